"""An agreement whose second version came from amendments and an edit of the facilitator."""

from datetime import timedelta

from app.actions import amendments, consolidation, dispositions, rounds
from app.domain import operations as ops
from app.domain.lifecycle import Outcome
from app.kernel import clock
from app.models.amendments import AmendmentRow
from app.models.base import db
from app.models.clauses import new_version
from app.models.rounds import Round
from app.queries import consolidations
from app.queries.versions import latest_version, tree_by_id
from tests.factories.agreements import Case, make_case
from tests.factories.people import START

AFTER = START + timedelta(days=31)


def propose(case: Case, name: str, *operations: ops.Operation) -> AmendmentRow:
    """Propose in the round that is open."""
    with clock.at(case.round.opens_at + timedelta(days=5)):
        draft = amendments.draft_amendment(
            case.actor(name), case.round, operations=operations, rationale="Because."
        )
        return amendments.propose_amendment(case.actor(name), draft)


def replacing(case: Case, key: str, old: str, new: str) -> ops.Operation:
    """The change of some words of a clause."""
    tree = tree_by_id(db.session(), case.round.version_id)
    return ops.replace_text(tree, key, tree.find(key).text.replace(old, new))


def publish(case: Case, *accepted: AmendmentRow, edits: tuple[ops.Operation, ...] = ()) -> None:
    """Accept what was proposed, edit the rest, publish the next version."""
    facilitator = case.actor("facilitator")
    with clock.at(case.round.closes_at + timedelta(days=1)):
        rounds.begin_consolidation(facilitator, case.round)
        for row in accepted:
            dispositions.answer_amendment(
                facilitator,
                case.round,
                amendment_id=row.id,
                outcome=Outcome.ACCEPTED,
                answer="Supported by most.",
            )
        if edits:
            assert consolidations.standing_of(db.session(), case.round).tree is not None
            consolidation.edit_text(facilitator, case.round, operations=edits, why="For clarity.")
        consolidation.publish_version(facilitator, case.round, note="After the round.")


def two_versions() -> Case:
    """Lille says 20 days, Porto strikes a clause, the facilitator edits another."""
    case = make_case()
    days = propose(case, "Lille", replacing(case, "answer-time", "15", "20"))
    tree = tree_by_id(db.session(), case.round.version_id)
    strike = propose(case, "Porto", ops.delete_clause(tree, "scope-limit"))
    edit = replacing(case, "ending", "three months", "six months")
    publish(case, days, strike, edits=(edit,))
    return case


def next_round(case: Case) -> None:
    """Open a round on the latest version."""
    version = latest_version(db.session(), case.agreement.id)
    opens = case.round.closes_at + timedelta(days=10)
    case.round = Round(
        agreement_id=case.agreement.id,
        number=case.round.number + 1,
        version_id=version.id,
        opens_at=opens,
        closes_at=opens + timedelta(days=20),
    )
    case.agreement.state = "consultation"
    db.session.add(case.round)
    db.session.commit()


def add_versions(case: Case, count: int) -> None:
    """Versions that say the same, so many."""
    version = latest_version(db.session(), case.agreement.id)
    tree = tree_by_id(db.session(), version.id)
    for number in range(version.number + 1, version.number + 1 + count):
        db.session.add(
            new_version(
                case.agreement.id,
                number,
                tree,
                beside={},
                provenance=dict(version.provenance),
                published_at=AFTER + timedelta(days=number),
                published_by=case.facilitator.id,
            )
        )
    db.session.commit()
