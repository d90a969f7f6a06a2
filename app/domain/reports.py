"""The report of a round: every contribution with what was decided and why, as a table."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class ReportLine:
    """One contribution. `clause` is the topmost clause it is about, `paragraph` the exact place.

    `decision` is empty while it waits for an answer. Words hold no marks; lines may break.
    """

    number: str
    organisation: str
    code: str
    clause: str
    paragraph: str
    kind: str
    comment: str
    proposed: str
    decision: str
    reason: str
    said_at: datetime | None

    @property
    def is_amendment(self) -> bool:
        """Whether it is an amendment (A7), not a comment (C12)."""
        return self.number.startswith("A")


@dataclass(frozen=True)
class ClauseStand:
    """How many organisations stand where on one clause, in the order of `stances.WORDS`."""

    clause: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Report:
    """A round with its lines in the order of the text. `organisation`: whose lines only, or "".

    `stands` are the numbers of all stances by clause, where its reader may know them.

    `as_of` is when it was read; `settled_at` is set once the version of the round is out, and
    nothing in the report changes any more. Moments are UTC; `zone` is in which they are told.
    """

    agreement: str
    round: int
    version: int
    opens_at: datetime
    closes_at: datetime
    settled_at: datetime | None
    as_of: datetime
    zone: str
    organisation: str
    lines: tuple[ReportLine, ...]
    stands: tuple[ClauseStand, ...] = ()

    @property
    def title(self) -> str:
        """What the report is called."""
        if self.organisation:
            return f"Answers to {self.organisation}, round {self.round}"
        return f"Comments and decisions, round {self.round}"

    @property
    def decided(self) -> int:
        """How many lines have a decision."""
        return sum(bool(line.decision) for line in self.lines)

    @property
    def facts(self) -> tuple[str, str]:
        """When the round was, and of when the report is."""
        place = self.zone.rpartition("/")[2].replace("_", " ")
        held = (
            f"Round {self.round} on version {self.version}, {self._day(self.opens_at)} to "
            f"{self._moment(self.closes_at)} ({place} time)."
        )
        of = f"{self.decided} of {len(self.lines)} have a decision." if self.lines else ""
        if self.settled_at:
            return held, f"Settled on {self._day(self.settled_at)}. {of}".rstrip()
        return held, f"As of {self._moment(self.as_of)}; decisions may still change. {of}".rstrip()

    def _day(self, moment: datetime) -> str:
        local = moment.astimezone(ZoneInfo(self.zone))
        return f"{local.day} {local:%B %Y}"

    def _moment(self, moment: datetime) -> str:
        return f"{self._day(moment)}, {moment.astimezone(ZoneInfo(self.zone)):%H:%M}"
