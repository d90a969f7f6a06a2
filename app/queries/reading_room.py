"""The text of an agreement as it is read: what stands, what is proposed, what is said about it."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import combinations
from typing import Any, Literal

from markupsafe import Markup
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.domain import operations as ops
from app.domain import redline as lines
from app.domain.attribution import all_by
from app.domain.clauses import ClauseTree
from app.domain.generated import filled
from app.domain.lifecycle import AgreementState, AmendmentState
from app.domain.operations import InsertClause
from app.domain.redline import Author, Either, Redline, RedlineNode
from app.formats import markdown
from app.kernel.keeping import Shelf
from app.kernel.said import said
from app.models.agreements import Agreement, Draft, Version
from app.models.amendments import AmendmentRow
from app.models.clauses import tree_of
from app.models.rounds import Round
from app.queries import comments, consolidations, proposals
from app.queries.agreements import parties_of, round_of
from app.queries.beside import Decider, Sides, sides_of
from app.queries.comments import Speaker
from app.queries.heads import Head
from app.queries.inside import InsideNote, notes_of
from app.queries.narrowing import Choices, Narrowed, choices_of, narrow
from app.queries.opening_remarks import OpeningRemark, opening_remarks
from app.queries.reading import session as this_session
from app.queries.stances import Beside, held_in, stances_beside
from app.queries.versions import latest_version

View = Literal["stands", "all", "now"]
VIEWS: tuple[View, ...] = ("stands", "now", "all")
_ALL = Narrowed()
_NO_CHOICES = Choices()


@dataclass(frozen=True)
class Proposal:
    """An amendment as it stands in the margin."""

    number: int
    label: str
    who: Speaker
    at: datetime | None
    gist: str
    why: Markup
    state: str
    clauses: tuple[str, ...]
    supporters: tuple[str, ...]
    competes: tuple[str, ...]
    ballot: Decider | None
    is_mine: bool

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided on it."""
        return self.state == AmendmentState.PROPOSED


@dataclass(frozen=True)
class Reading:
    """One text with everything that stands beside it.

    `base` is the text as it stands; `is_draft`: no version is out yet.
    """

    view: View
    base: ClauseTree
    redline: Redline
    round: Round | None
    proposals: tuple[Proposal, ...]
    remarks: tuple[OpeningRemark, ...]
    contested: frozenset[str]
    guidance: Mapping[str, Markup]
    blanks: Mapping[str, str]
    choices: Choices = _NO_CHOICES
    stances: Mapping[str, Beside] = field(default_factory=dict)
    inside: tuple[InsideNote, ...] = ()
    is_draft: bool = False


@dataclass(frozen=True)
class _Text:
    """A published text with what its template says beside it."""

    version_id: uuid.UUID
    tree: ClauseTree
    guidance: Mapping[str, Markup]
    blanks: Mapping[str, str]


_TEXTS: Shelf[_Text] = Shelf(20_000)
"""By agreement and number of the version, which never changes; as many clauses in all."""


def reading_of(
    actor: Actor,
    agreement: Agreement,
    view: View,
    narrowed: Narrowed = _ALL,
    head: Head | None = None,
) -> Reading:
    """The text of an agreement in one of three views; statements don't grow with its size.

    The view of all amendments may be narrowed. What `head` knows is not asked again.
    """
    session = this_session()
    text = _text(session, agreement.id, head.version if head else 0)
    if text is None:
        return _draft(session, agreement)
    base = text.tree
    held = head.held if head else round_of(session, agreement.id)
    rows = _rows(session, agreement.id, text)
    sides = sides_of(session, actor, agreement.id)
    who = sides.speakers
    authors = proposals.authors_in(rows, {of: speaker.colour for of, speaker in who.items()})
    laid = lines.overlay(base, proposals.as_domains(rows), authors)
    clashes = dict(_clashes(laid.nodes))
    chosen = narrow(rows, narrowed if view == "all" else _ALL, base, who, _places)
    if narrowed:
        laid = lines.overlay(base, proposals.as_domains(chosen), authors)
    return Reading(
        view=view,
        base=base,
        redline=_shown(session, view, laid, base, held),
        round=held,
        proposals=_proposals(actor, chosen, sides, authors, clashes),
        remarks=opening_remarks(session, agreement.id, who),
        contested=frozenset(clashes),
        choices=choices_of(rows, who, _places),
        stances=stances_beside(actor, agreement.id, held_in(sides.stances, base)),
        inside=_inside(session, actor, agreement, sides),
        guidance=text.guidance,
        blanks=text.blanks,
    )


def _text(session: Session, agreement_id: uuid.UUID, number: int) -> _Text | None:
    """The latest text; it is kept by its number, where that is known."""
    kept = _TEXTS.get((agreement_id, number))
    if kept is not None:
        return kept
    version = latest_version(session, agreement_id)
    if version is None:
        return None
    tree, beside = tree_of(version), version.beside
    made = _Text(version.id, tree, _guidance(beside), blank_labels(beside))
    _TEXTS.put((agreement_id, version.number), made, len(tree.nodes))
    return made


def _rows(session: Session, agreement_id: uuid.UUID, text: _Text) -> Sequence[AmendmentRow]:
    """The amendments that stand beside a version: proposed or accepted, and in no doubt."""
    states = AmendmentState.PROPOSED, AmendmentState.ACCEPTED
    return [
        row
        for row in proposals.amendments_in(session, agreement_id, *states)
        if row.version_id == text.version_id and row.rebase_state != "attention"
    ]


def text_of(session: Session, agreement: Agreement) -> tuple[ClauseTree, Version | None]:
    """The text as it stands: the latest version, or the draft with the parties of today."""
    version = latest_version(session, agreement.id)
    if version is not None:
        return tree_of(version), version
    draft = session.get_one(Draft, agreement.id)
    return filled(ClauseTree.from_json(draft.tree), parties_of(session, agreement.id)), None


def blanks_of(version: Version) -> Mapping[str, str]:
    """`blank_labels` of a version, which never changes."""
    kept = _BLANKS.get(version.id)
    if kept is None:
        kept = blank_labels(version.beside)
        _BLANKS.put(version.id, kept)
    return kept


_BLANKS: Shelf[Mapping[str, str]] = Shelf(1_000)


def blank_labels(beside: Mapping[str, Any]) -> Mapping[str, str]:
    """By the name of a blank, what it waits for in words."""
    held = beside.get("blanks", {})
    if not isinstance(held, Mapping):
        return {}
    return {
        name: str(about.get("label", name)) if isinstance(about, Mapping) else str(about)
        for name, about in held.items()
    }


def _draft(session: Session, agreement: Agreement) -> Reading:
    tree, _ = text_of(session, agreement)
    beside = session.get_one(Draft, agreement.id).beside
    return Reading(
        view="stands",
        base=tree,
        redline=lines.build(tree, tree),
        is_draft=True,
        round=None,
        proposals=(),
        remarks=(),
        contested=frozenset(),
        guidance=_guidance(beside),
        blanks=blank_labels(beside),
    )


def _guidance(beside: Mapping[str, Any]) -> Mapping[str, Markup]:
    held = beside.get("guidance", {})
    return {key: markdown.to_html(text) for key, text in held.items()}


def _shown(
    session: Session, view: View, laid: Redline, base: ClauseTree, held: Round | None
) -> Redline:
    """The redline of a view: nothing marked, everything proposed, or what is decided by now."""
    if view == "all":
        return laid
    if view == "now" and held is not None and held.settled_at is None:
        standing = consolidations.standing_of(session, held)
        if standing.base == base:
            touching = _touching(standing.amendments)
            made = lines.build(base, standing.preview)
            nodes = tuple(_signed(node, touching) for node in made.nodes)
            return replace(made, nodes=nodes, authors=laid.authors)
    return lines.build(base, base)


def _touching(rows: Iterable[AmendmentRow]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for row in rows:
        for key in row.clauses:
            if row.number is not None:
                found[key] = (*found.get(key, ()), row.number)
    return found


def _signed(
    node: RedlineNode, touching: Mapping[str, tuple[int, ...]], above: tuple[int, ...] = ()
) -> RedlineNode:
    """The node with its changes put down to the accepted amendments that name it."""
    by = touching.get(node.key, above if node.change == "insert" else ())
    return replace(
        node,
        by=by,
        heading=all_by(node.heading, by),
        text=all_by(node.text, by),
        children=tuple(_signed(child, touching, by) for child in node.children),
    )


def _clashes(nodes: Iterable[RedlineNode]) -> Iterator[tuple[str, frozenset[int]]]:
    """The clauses with contested words, and the numbers of all amendments that contest them."""
    for node in nodes:
        numbers = {
            number
            for part in (*node.heading, *node.text)
            if isinstance(part, Either)
            for wording in part.wordings
            for change in wording
            for number in change.by
        }
        if numbers:
            yield node.key, frozenset(numbers)
        yield from _clashes(node.children)


def _inside(
    session: Session, actor: Actor, agreement: Agreement, sides: Sides
) -> tuple[InsideNote, ...]:
    if not sides.has_notes:
        return ()
    return notes_of(session, agreement.id, actor.organisations_in(agreement.id), on_text=True)


def _proposals(
    actor: Actor,
    rows: Sequence[AmendmentRow],
    sides: Sides,
    authors: Mapping[int, Author],
    clashes: Mapping[str, frozenset[int]],
) -> tuple[Proposal, ...]:
    rivals: dict[int, set[int]] = {}
    for numbers in clashes.values():
        for one, other in combinations(sorted(numbers), 2):
            rivals.setdefault(one, set()).add(other)
            rivals.setdefault(other, set()).add(one)
    mine = actor.voice_in(rows[0].agreement_id) if rows else None
    return tuple(
        Proposal(
            number=row.number or 0,
            label=row.label,
            who=sides.speakers.get(row.organisation_id, comments.FACILITATOR)
            if row.organisation_id
            else comments.FACILITATOR,
            at=row.proposed_at,
            gist=markdown.to_plain(row.rationale, 300),
            why=markdown.to_html(row.rationale),
            state=row.state,
            clauses=_places(row),
            supporters=sides.supporters.get(row.id, ()),
            competes=tuple(
                authors[number].label for number in sorted(rivals.get(row.number or 0, ()))
            ),
            ballot=sides.ballots.get(row.id),
            is_mine=mine is not None and row.organisation_id == mine,
        )
        for row in rows
    )


def _places(row: AmendmentRow) -> tuple[str, ...]:
    """The clauses an amendment touches, then those beside which it would put new ones."""
    beside = [
        key
        for step in ops.from_json(row.operations)
        if isinstance(step, InsertClause)
        for key in (step.after, step.parent)
        if key
    ]
    return tuple(dict.fromkeys((*row.clauses, *beside)))


def sentence_of(state: AgreementState, held: Round | None, now: datetime) -> str:
    """What is the case with an agreement, in one sentence for lists and the top of the text."""
    if state is AgreementState.CONSULTATION and held is not None:
        if now < held.closes_at:
            return said("Round {number} is open for comments and amendments.", number=held.number)
        return said(
            "Round {number} is closed. The facilitator begins voting or consolidation.",
            number=held.number,
        )
    return _SENTENCES[state]


_SENTENCES: Mapping[AgreementState, str] = {
    AgreementState.DRAFTING: said("It is being drafted; nothing can be commented on yet."),
    AgreementState.CONSULTATION: said("It is in consultation."),
    AgreementState.VOTING: said("Ballots decide on its amendments."),
    AgreementState.CONSOLIDATION: said("The facilitator puts the next version together."),
    AgreementState.PUBLISHED: said(
        "A new version is out. A further round or the adoption comes next."
    ),
    AgreementState.ADOPTION: said("The whole text is up for adoption."),
    AgreementState.ADOPTED: said("The text is adopted. Signing comes next."),
    AgreementState.SIGNING: said("It waits for signatures."),
    AgreementState.IN_FORCE: said("It is in force."),
    AgreementState.TERMINATED: said("It has ended."),
    AgreementState.ABANDONED: said("It was abandoned."),
}
