"""Amendments as people propose them: through the actions, so that the record tells of them."""

from collections.abc import Sequence

from app.actions import amendments as act
from app.domain import operations as ops
from app.domain.operations import Operation
from app.models.amendments import AmendmentRow
from app.models.base import db
from app.models.clauses import tree_of
from app.queries import proposals
from app.queries.versions import version_by_id
from tests.factories.agreements import Case


def rewording(case: Case, key: str, old: str, new: str, of: AmendmentRow | None = None):
    """Replace some words of a clause, in the round's text or in what an amendment makes of it."""
    tree = (
        tree_of(version_by_id(db.session(), case.round.version_id))
        if of is None
        else proposals.text_with(db.session(), of)
    )
    assert old in tree.find(key).text
    return ops.replace_text(tree, key, tree.find(key).text.replace(old, new))


def make_draft(
    case: Case,
    who: str,
    *steps: Operation,
    to: AmendmentRow | None = None,
    rationale: str = "Because.",
    **more: object,
) -> AmendmentRow:
    """A draft of an organisation's person, or of the facilitator."""
    db.session.commit()
    held: Sequence[Operation] = steps
    actor = case.actor(who)
    if to is not None:
        return act.amend_amendment(actor, to, operations=held, rationale=rationale, **more)
    return act.draft_amendment(actor, case.round, operations=held, rationale=rationale, **more)


def make_amendment(case: Case, who: str, *steps: Operation, **more: object) -> AmendmentRow:
    """An amendment that is proposed."""
    row = make_draft(case, who, *steps, **more)
    return act.propose_amendment(case.actor(who), row)
