"""One agreement of the demonstration network, from its interview to the opening of a round."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from app.actions import agreements, rounds
from app.cli.demonstration import material
from app.cli.demonstration.calendar import ZONE, Act
from app.cli.demonstration.network import FACILITATING, Network, party
from app.domain.clauses import ClauseTree
from app.formats import template_source
from app.formats.template_source import TemplateDocument
from app.queries import drafts, versions
from app.queries.reading import session

if TYPE_CHECKING:
    from app.models.agreements import Agreement
    from app.models.amendments import AmendmentRow
    from app.models.comments import Thread
    from app.models.inside import InternalNote
    from app.models.rounds import Round


@cache
def _library() -> Mapping[tuple[str, str], TemplateDocument]:
    """The shipped templates, read once for all agreements."""
    return template_source.library(template_source.SHIPPED)


@dataclass
class Deal:
    """An agreement as far as its story has come: its rows, by the names of the material."""

    network: Network
    story: str
    agreement: "Agreement" = field(init=False)
    round: "Round" = field(init=False)
    base: ClauseTree = field(init=False)
    notes: dict[str, "InternalNote"] = field(default_factory=dict)
    threads: dict[str, "Thread"] = field(default_factory=dict)
    amendments: dict[str, "AmendmentRow"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.answers: Mapping[str, Any] = material.answers(self.story)

    @property
    def signs(self) -> tuple[str, ...]:
        """The parties, by sign."""
        return tuple(self.answers.get("hubs", ())) or self.network.signs

    def starting(self, day: float, framework: "Deal | None" = None) -> Iterator[Act]:
        """Interview and invitations, from a day on."""
        at = self.network.calendar.at
        yield Act(at(day, 10), lambda: self._start(framework))
        for place, sign in enumerate(self.answers.get("observers", (FACILITATING,))):
            yield Act(at(day, 11, place), partial(self._seat, sign, "observer"))
        for place, sign in enumerate(self.signs):
            yield Act(at(day + 1, 9, place), partial(self._seat, sign, "party"))

    def _seat(self, sign: str, kind: str) -> None:
        role = self._role_of(sign) if kind == "party" else ""
        self.network.seat(self.agreement, sign, kind=kind, role=role)

    def _start(self, framework: "Deal | None") -> None:
        told = self.answers
        document = _library()[told["template"], told["version"]]
        hubs = {hub.code: hub for hub in self.network.cast.hubs}
        parties = {
            role: [party(hubs[sign]) for sign in signs]
            for role, signs in told.get("roles", {}).items()
        }
        instantiate = partial(
            template_source.instantiate, document, title=told["title"], choices=told["choices"]
        )
        blanks = {one.name: one.label for one in template_source.blanks(document)}
        beginning = drafts.from_template(
            document,
            instantiate(),
            instantiate(answers=self._dated(told["answers"]), parties=parties),
            blanks,
        )
        self.agreement = agreements.start_agreement(
            self.network.facilitator,
            self.network.workspace,
            tree=beginning.tree,
            beside=beginning.beside,
            provenance=beginning.provenance,
            timezone=ZONE,
            template=(document.slug, document.version),
            scenario=document.scenario,
            framework_id=framework.agreement.id if framework else None,
            threshold=told.get("threshold"),
        )

    def _dated(self, answers: Mapping[str, str]) -> Mapping[str, str]:
        """The answers with days from today ("+40") as dates."""
        today = self.network.calendar.today
        return {
            name: (today + timedelta(days=int(words))).isoformat() if words[0] in "+-" else words
            for name, words in answers.items()
        }

    def _role_of(self, sign: str) -> str:
        roles: Mapping[str, list[str]] = self.answers.get("roles", {})
        return next((role for role, signs in roles.items() if sign in signs), "hub")

    def opening(self, at: datetime, closes_at: datetime, question: str) -> Act:
        """The opening of a round."""
        return Act(at, lambda: self._open(closes_at, question))

    def _open(self, closes_at: datetime, question: str) -> None:
        self.round = rounds.open_round(
            self.network.facilitator, self.agreement, closes_at=closes_at, question=question
        )
        self.base = versions.tree_by_id(session(), self.round.version_id)
