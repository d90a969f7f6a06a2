"""What somebody writes a change on: the text, its labels, the round, what it amends or replaces."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.domain import deeds
from app.domain import operations as ops
from app.domain.clauses import ClauseTree, Kind
from app.domain.lifecycle import AmendmentState
from app.domain.numbering import Label, labels
from app.domain.operations import Operation
from app.domain.rebase import rebase
from app.domain.redline import Author
from app.kernel.errors import NotFound, WrongMoment
from app.models.agreements import Agreement, Version
from app.models.amendments import AmendmentRow
from app.models.clauses import tree_of
from app.models.people import Organisation
from app.models.rounds import Round
from app.queries import agreements, proposals
from app.queries.amendment_pages import NOBODY, Written, mandatory_in, rivals_with, written
from app.queries.amendments import colours_of, get_amendment, get_draft
from app.queries.heads import OwnOrganisation
from app.queries.loading import FOR_POLICY
from app.queries.reading import session as this_session
from app.queries.rebased import rebased_of
from app.queries.versions import version_by_id


@dataclass(frozen=True)
class Ground:
    """The text a change is written on.

    `primary` is the amendment it amends, `replaces` one's own that it betters, `row` the draft or
    the amendment that is being rewritten, `steps` what the page begins with.
    """

    agreement: Agreement
    base: ClauseTree
    version: Version
    round: Round
    primary: AmendmentRow | None = None
    replaces: AmendmentRow | None = None
    row: AmendmentRow | None = None
    steps: tuple[Operation, ...] = ()
    rationale: str = ""
    names: Mapping[str, Label] = field(default_factory=dict)

    @property
    def draft(self) -> AmendmentRow:
        """The row that is written on."""
        if self.row is None:
            raise AssertionError("nothing is kept of this change yet")
        return self.row

    @property
    def row_version(self) -> int:
        """The edition of the row that the page shows; 0 for a new one."""
        return self.row.row_version if self.row is not None else 0

    @property
    def stamp(self) -> str:
        """Identifies the text, so that words written on another one are not taken for changes."""
        return self.base.version_hash[:12]


def for_round(agreement: Agreement) -> Ground:
    """The text of the latest round. Raises WrongMoment before the first one."""
    opened = agreements.round_of(this_session(), agreement.id)
    if opened is None:
        raise WrongMoment(
            "The text is still drafted. Changes are proposed once the facilitator opens a round."
        )
    version = version_by_id(this_session(), opened.version_id)
    tree = tree_of(version)
    return Ground(agreement, tree, version, opened, names=labels(tree))


def for_primary(agreement: Agreement, label: str) -> Ground:
    """The text as an amendment makes it, to amend that. Raises NotFound."""
    row = get_amendment(agreement, label)
    return replace(_amended(row), primary=row)


def for_draft(actor: Actor, agreement: Agreement, draft_id: uuid.UUID) -> Ground:
    """The text a draft is written on, and the draft. Raises NotFound for others' drafts."""
    return _of_row(get_draft(actor, agreement, draft_id))


def for_rewriting(agreement: Agreement, label: str) -> Ground:
    """The text of an amendment that a new version put in doubt, and what could be carried."""
    return _of_row(get_amendment(agreement, label))


def beginning_with(actor: Actor, ground: Ground, source: str) -> Ground:
    """The same ground, the page filled with what an earlier amendment or draft of one's own says.

    It is carried to this text as far as it can be. Raises NotFound.
    """
    row = _source(actor, ground.agreement, source)
    old = proposals.base_of(this_session(), row)
    steps = ops.from_json(row.operations)
    carried = steps if old == ground.base else rebase(steps, old, ground.base).operations
    return replace(ground, steps=carried, rationale=row.rationale)


def bettering(actor: Actor, ground: Ground, label: str) -> Ground:
    """The same ground for a better wording of one's own amendment, filled with the present one."""
    filled = beginning_with(actor, ground, label)
    return replace(filled, replaces=get_amendment(ground.agreement, label))


def look(ground: Ground, steps: Sequence[Operation], author: Author = NOBODY) -> Written:
    """What a change that is being written comes to, and what it competes with."""
    found = written(ground.base, steps, author=author, mandatory=mandatory_in(ground.version))
    own = {row.id for row in (ground.row, ground.replaces) if row is not None}
    others = [row for row in _beside(ground) if row.id not in own]
    rivals = rivals_with(ground.base, steps, others, colours_of(ground.agreement.id))
    return replace(found, rivals=rivals)


def author_of(mine: OwnOrganisation | None) -> Author:
    """Whose hand a change shows while it is written."""
    if mine is None:
        return NOBODY
    return Author(0, mine.name, mine.code, mine.colour)


def clauses_to_open(ground: Ground) -> tuple[tuple[str, str], ...]:
    """The clauses one may take into a change, with label and first words, in reading order."""
    return tuple(
        (key, f"{label.full} {_words(ground, key)}".strip())
        for key, label in ground.names.items()
        if _depth(ground.base, key) <= 2
        and ground.base.nodes[key].kind not in (Kind.ROW, Kind.GENERATED)
    )


def organisation_by_code(ground: Ground, code: str) -> Organisation | None:
    """A party of the agreement by its code, for whom the facilitator enters something."""
    for participant in agreements.participants_of(this_session(), ground.agreement.id):
        if participant.kind == "party" and participant.organisation.code == code:
            return participant.organisation
    return None


def parties(ground: Ground) -> tuple[tuple[str, str], ...]:
    """The parties as a list to choose from: code and name, by name."""
    return tuple(
        sorted(
            (
                (participant.organisation.code, participant.organisation.name)
                for participant in agreements.participants_of(this_session(), ground.agreement.id)
                if participant.kind == "party"
            ),
            key=lambda party: party[1],
        )
    )


def _depth(tree: ClauseTree, key: str) -> int:
    return sum(node.kind is not Kind.DIVISION for node in tree.path(key))


def _words(ground: Ground, key: str) -> str:
    node = ground.base.nodes[key]
    return deeds.first_words(node.heading or node.text, ground.names, 7)


def _of_row(row: AmendmentRow) -> Ground:
    session = this_session()
    if row.primary_id is not None:
        primary = session.get_one(AmendmentRow, row.primary_id, options=FOR_POLICY[AmendmentRow])
        ground = replace(_amended(primary), primary=primary)
    else:
        version = version_by_id(session, row.version_id)
        tree = tree_of(version)
        ground = Ground(row.agreement, tree, version, row.round, names=labels(tree))
    replaces = session.get(AmendmentRow, row.replaces_id) if row.replaces_id else None
    steps = rebased_of(session, row, ground.base).suggested
    return replace(
        ground, row=row, round=row.round, replaces=replaces, steps=steps, rationale=row.rationale
    )


def _amended(primary: AmendmentRow) -> Ground:
    version = version_by_id(this_session(), primary.version_id)
    tree = ops.apply(tree_of(version), ops.from_json(primary.operations))
    opened = (
        this_session()
        .scalars(
            select(Round).where(Round.id == primary.round_id).options(joinedload(Round.agreement))
        )
        .one()
    )
    return Ground(primary.agreement, tree, version, opened, names=labels(tree))


def _source(actor: Actor, agreement: Agreement, source: str) -> AmendmentRow:
    try:
        return get_draft(actor, agreement, uuid.UUID(source))
    except ValueError:
        row = get_amendment(agreement, source)
    voice = actor.voice_in(agreement.id)
    if row.organisation_id != voice and row.entered_by != actor.user_id:
        raise NotFound("You can begin with an amendment of your own organisation only.")
    return row


def _beside(ground: Ground) -> Sequence[AmendmentRow]:
    primary_id = ground.primary.id if ground.primary else None
    return (
        this_session()
        .scalars(
            select(AmendmentRow)
            .where(
                AmendmentRow.agreement_id == ground.agreement.id,
                AmendmentRow.version_id == ground.version.id,
                AmendmentRow.state == AmendmentState.PROPOSED,
                AmendmentRow.rebase_state != "attention",
                AmendmentRow.primary_id.is_(None)
                if primary_id is None
                else AmendmentRow.primary_id == primary_id,
            )
            .options(joinedload(AmendmentRow.organisation))
            .order_by(AmendmentRow.number)
        )
        .all()
    )
