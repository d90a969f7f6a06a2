"""The report of a round: every contribution with what was decided and why, as a table."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.kernel.said import City, Day, said, strung


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
            return said(
                "Answers to {organisation}, round {round}",
                organisation=self.organisation,
                round=self.round,
            )
        return said("Comments and decisions, round {round}", round=self.round)

    @property
    def decided(self) -> int:
        """How many lines have a decision."""
        return sum(bool(line.decision) for line in self.lines)

    @property
    def facts(self) -> tuple[str, str]:
        """When the round was, and of when the report is."""
        held = said(
            "Round {round} on version {version}, {opens} to {closes}, {time} ({place} time).",
            round=self.round,
            version=self.version,
            opens=Day(self.opens_at, self.zone),
            closes=Day(self.closes_at, self.zone),
            time=self._time(self.closes_at),
            place=City(self.zone),
        )
        of = said("{decided} of {all} have a decision.", decided=self.decided, all=len(self.lines))
        return held, strung((self._state(), of if self.lines else ""))

    def _state(self) -> str:
        if self.settled_at:
            return said("Settled on {day}.", day=Day(self.settled_at, self.zone))
        return said(
            "As of {day}, {time}; decisions may still change.",
            day=Day(self.as_of, self.zone),
            time=self._time(self.as_of),
        )

    def _time(self, moment: datetime) -> str:
        return f"{moment.astimezone(ZoneInfo(self.zone)):%H:%M}"
