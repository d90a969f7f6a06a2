"""The sets of a round."""

from app.actions.alternatives import declare_alternatives
from app.kernel import clock
from app.queries import alternatives
from tests.factories.agreements import make_case
from tests.factories.contributions import AFTER, consolidate, reword


def test_what_competes_is_proposed_until_it_is_declared(session):
    case = make_case()
    rows = [reword(case, who, "15", new) for who, new in (("Lille", "20"), ("Porto", "30"))]
    reword(case, "Tartu", "in writing", "by letter", "answer-form")
    consolidate(case)
    (found,) = alternatives.proposed_in(session, case.round)
    assert [row.label for row in found] == ["A1", "A2"]
    with clock.at(AFTER):
        declare_alternatives(
            case.actor("facilitator"), case.round, amendments=[row.id for row in rows]
        )
    assert alternatives.proposed_in(session, case.round) == ()
    assert [row.label for row in alternatives.declared_in(session, case.round)[1]] == ["A1", "A2"]
    assert [row.label for row in alternatives.beside(session, rows[0].id)] == ["A2"]
