"""Contributions as the desk shows them, made of the rows of a round."""

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Row

from app.access.actor import Actor
from app.domain import deeds, text_diff
from app.domain import operations as ops
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AmendmentState, Outcome
from app.formats import markdown
from app.kernel.errors import AppError
from app.kernel.said import said, strung
from app.models.agreements import Agreement
from app.models.rounds import Round
from app.queries import desk_rows
from app.queries.comments import FACILITATOR, Speaker
from app.queries.desk import AMENDMENT, FELL, OVERTAKEN, WITHDRAWN, Decision, Desk, Item
from app.queries.desk_rows import Text
from app.queries.reading import session as this_session

_OVER: Mapping[str, str] = {
    AmendmentState.WITHDRAWN: WITHDRAWN,
    AmendmentState.FALLEN: FELL,
    AmendmentState.OBSOLETE: OVERTAKEN,
}
"""What is shown for an amendment that nobody needs to answer."""

_DECIDED: Mapping[str, str] = {
    AmendmentState.ACCEPTED: Outcome.ACCEPTED,
    AmendmentState.REJECTED: Outcome.REJECTED,
}
"""What is shown for an amendment that was decided without an answer."""

_MOST_DEEDS = 2
_GIST = 240
_RAW = 1_200
_ADDRESS = re.compile(r"https?://\S+")


def desk_of(agreement: Agreement, held: Round, actor: Actor | None = None) -> Desk:
    """Everything on the desk: four statements, whatever the number of contributions."""
    session = this_session()
    text = desk_rows.text_of(session, held)
    speakers, facilitators = desk_rows.people_of(session, agreement.id)
    rows = {row.id: row for row in desk_rows.amendments_of(session, held)}
    maker = _Maker(text, speakers, facilitators, rows)
    items = [maker.of_thread(row) for row in desk_rows.threads_of(session, held)]
    items += [maker.of_amendment(row) for row in rows.values()]
    items.sort(key=lambda item: (item.place, item.is_amendment, item.figures))
    return Desk(
        held,
        text.number,
        tuple(items),
        tuple(_places(text, items)),
        facilitators,
        actor.user_id if actor else None,
    )


@dataclass(frozen=True)
class _Maker:
    """Makes items of rows, with everything that was read for all of them at once."""

    text: Text
    speakers: Mapping[uuid.UUID, Speaker]
    facilitators: Mapping[uuid.UUID, str]
    amendments: Mapping[uuid.UUID, Row[Any]]

    def of_thread(self, row: Row[Any]) -> Item:
        about = self.amendments.get(row.amendment_id) if row.amendment_id else None
        clause = self.clause_of(about) if about else row.clause_key
        words = row.text if row.text and row.retracted_at is None else ""
        return self.item(
            row,
            number=f"C{row.number}",
            kind=row.kind,
            clause=clause if clause in self.text.order else None,
            on=about.label if about else "",
            outcome=row.outcome or ("" if row.standing else WITHDRAWN),
            answer=row.answer or "",
            ballot=None,
            state="",
            needs_attention=False,
            excludes=(),
            bundle=None,
            clauses=(),
            quote=row.quote,
            raw=_ADDRESS.sub(" ", words[:_RAW]),
            at=(row.start, row.end) if row.part == "text" and row.quote else (0, 0),
            tell=lambda: (
                markdown.to_plain(words, _GIST) if words else said("Taken back by its author.")
            ),
        )

    def of_amendment(self, row: Row[Any]) -> Item:
        primary = self.amendments.get(row.primary_id) if row.primary_id else None
        ballot = None
        if row.ballot is not None:
            ballot = Decision(row.ballot, row.ballot_outcome, row.counted_at is not None)
        return self.item(
            row,
            number=row.label,
            kind=AMENDMENT,
            clause=self.clause_of(row),
            on=primary.label if primary else "",
            outcome=_OVER.get(row.state) or row.outcome or _DECIDED.get(row.state, ""),
            answer=row.answer or row.reason,
            ballot=ballot,
            state=row.state,
            needs_attention=row.rebase_state == "attention",
            excludes=tuple(label for label in self.set_of(row) if label != row.label),
            bundle=row.bundle if row.state == AmendmentState.PROPOSED else None,
            clauses=tuple(row.clauses),
            quote="",
            raw=_wishes(row.operations) + " " + row.rationale[:_RAW],
            at=self.first_place(row),
            tell=lambda: self.told(row, primary),
        )

    def item(self, row: Row[Any], *, clause: str | None, **more: Any) -> Item:
        """One contribution: what both kinds have in common, and what each has of its own."""
        path = self.text.tree.path(clause) if clause else ()
        return Item(
            id=row.id,
            who=self.speakers.get(row.organisation_id, FACILITATOR),
            clause=clause,
            path=tuple(node.key for node in path),
            label=self.label(clause),
            place=self.text.order[clause] if clause else -1,
            duplicate_of=row.duplicate_of or "",
            seen=row.given_in or 0,
            answered_by=self.facilitators.get(row.decided_by, ""),
            assigned_to=row.assigned_to,
            goes_with=row.goes_with,
            said_at=row.said_at,
            **more,
        )

    def label(self, clause: str | None) -> str:
        """How the column names a clause: its number, else that of the clause it stands in."""
        if clause is None:
            return said("Whole")
        return self.text.names[clause].full.removeprefix("Article ") or said("Text")

    def clause_of(self, row: Row[Any]) -> str | None:
        """The first clause of the text that an amendment touches, or stands beside."""
        after = [str(step.get("after")) for step in row.operations]
        parents = [str(step.get("parent")) for step in row.operations]
        for keys in (row.clauses, after, parents):
            held = [key for key in keys if key in self.text.order]
            if held:
                return min(held, key=lambda key: self.text.order[key])
        return None

    def first_place(self, row: Row[Any]) -> tuple[int, int]:
        """The words that an amendment changes first, as a comment would point at them."""
        step = row.operations[0] if row.operations else {}
        node = self.text.tree.nodes.get(str(step.get("clause")))
        if step.get("op") != "replace" or node is None or row.primary_id or not step.get("edits"):
            return 0, 0
        words = list(text_diff.tokens(node.text))
        start, end = step["edits"][0][:2]
        return len("".join(words[:start])), len("".join(words[:end]))

    def set_of(self, row: Row[Any]) -> Sequence[str]:
        """The labels of the set of alternatives in which an amendment stands."""
        return self.sets.get(row.alternatives, ()) if row.alternatives else ()

    @cached_property
    def sets(self) -> Mapping[int, Sequence[str]]:
        """The declared sets of alternatives by number."""
        found: dict[int, list[str]] = {}
        for row in self.amendments.values():
            if row.alternatives:
                found.setdefault(row.alternatives, []).append(row.label)
        return found

    def told(self, row: Row[Any], primary: Row[Any] | None) -> str:
        """What an amendment does, in a sentence."""
        steps = ops.from_json(row.operations)
        if primary is None:
            found = deeds.told(self.text.tree, steps, self.text.names)
        else:
            found = deeds.told(amended(self.text.tree, primary), steps)
        held = strung([deed.sentence for deed in found[:_MOST_DEEDS]], "; ")
        more = len(found) - _MOST_DEEDS
        return said("{deeds}; and {more} more", deeds=held, more=more) if more > 0 else held


def _wishes(operations: Sequence[Mapping[str, Any]]) -> str:
    """The new words an amendment brings."""
    found: list[str] = []
    for step in operations:
        if step.get("edits"):
            found += [edit[2] for edit in step["edits"]]
        found.append(str(step.get("heading", "")))
        if isinstance(node := step.get("node"), dict):
            found += [node.get("heading", ""), node.get("text", "")]
    return " ".join(filter(None, found))


def repeats(item: Item) -> str:
    """What a contribution repeats, in words; empty where it repeats nothing."""
    return said("Repeats {number}.", number=item.duplicate_of) if item.duplicate_of else ""


def amended(base: ClauseTree, primary: Any) -> ClauseTree:
    """The text as an amendment makes it; as it was where the amendment fits it no more."""
    try:
        return ops.apply(base, ops.from_json(primary.operations))
    except AppError:
        return base


def _places(text: Text, items: Iterable[Item]) -> Iterator[tuple[str, str, int]]:
    """The clauses that something is said about or below: key, label with first words, depth."""
    found = {key for item in items for key in item.path}
    for key, node in text.tree.nodes.items():
        if key in found:
            words = deeds.first_words(node.heading or node.text, text.names, 8)
            depth = len(text.tree.path(key)) - 1
            yield key, f"{text.names[key].own} {words}".strip(), depth
