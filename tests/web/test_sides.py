"""Every wording of a conflict as a choice, with what it makes of the words."""

import pytest

from app.actions import consolidation
from app.domain import operations as ops
from app.domain.clauses import Clause, Kind
from app.domain.lifecycle import Outcome
from app.kernel import clock
from app.queries.settling import settling_of
from app.web import sides
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import AFTER, consolidate, decide, propose, reword

NAMES = ("Lille", "Porto", "Tartu")


@pytest.fixture
def shown(session, app):
    """The conflicts of a clause as its page shows them, all amendments accepted."""

    def show(case, key: str):
        with app.test_request_context():
            return sides.disputes_of("x", settling_of(session, case.round), key, None)

    return show


def all_accepted(case, *rows):
    consolidate(case)
    decide(case, Outcome.ACCEPTED, *rows)


def test_words_are_shown_with_what_stands_around_them(session, shown):
    case = make_case()
    all_accepted(case, reword(case, "Lille", "15", "20"), reword(case, "Porto", "15", "10"))
    (dispute,) = shown(case, "answer-time")
    assert [(side.value, side.title) for side in dispute.sides] == [
        ("side-1", "A1"),
        ("side-2", "A2"),
        ("base", "As it stands"),
    ]
    first = str(dispute.sides[0].html)
    assert "A Hub answers a request within" in first and "working days" in first
    assert "[deleted by Lille: " in first and "[inserted by Lille: " in first
    assert dispute.may_own and dispute.own == "15" and not dispute.places


def test_the_same_wish_of_two_is_one_choice(session, shown):
    case = make_case()
    rows = [reword(case, name, "15", days) for name, days in zip(NAMES, "992", strict=True)]
    all_accepted(case, *rows)
    (dispute,) = shown(case, "answer-time")
    assert [side.title for side in dispute.sides] == ["A1, A2", "A3", "As it stands"]
    assert dispute.sides[0].small == "With Porto."


def test_what_only_meets_at_a_place_can_all_stand(session, shown):
    case = make_case("Lille", "Porto")
    rows = [reword(case, n, "working days.", f"working days {n}.") for n in ("Lille", "Porto")]
    all_accepted(case, *rows)
    (dispute,) = shown(case, "answer-time")
    assert [side.value for side in dispute.sides] == [
        *("side-1", "side-2", "order-1-2", "order-2-1", "base"),
    ]


def test_three_at_a_place_are_numbered(session, shown):
    case = make_case()
    rows = [
        propose(
            case,
            name,
            ops.insert_clause(
                TREE, None, "ending", Clause(f"c{at}000000000", Kind.CLAUSE, text=f"{name}.")
            ),
        )
        for at, name in enumerate(NAMES)
    ]
    all_accepted(case, *rows)
    (dispute,) = shown(case, "ending")
    assert [author.name for author in dispute.places] == list(NAMES)
    assert [side.value for side in dispute.sides] == ["side-1", "side-2", "side-3", "base"]
    assert dispute.sides[-1].title == "Neither" and not dispute.may_own


def test_a_deletion_stands_beside_the_edit_and_the_clause_as_it_is(session, shown):
    case = make_case()
    gone = propose(case, "Porto", ops.delete_clause(TREE, "ending"))
    all_accepted(case, gone, reword(case, "Lille", "three", "six", key="ending"))
    (dispute,) = shown(case, "ending")
    goes, stays, base = (str(side.html) for side in dispute.sides)
    assert "<strong>Ending</strong>" in goes and "[deleted by Porto: " in goes
    assert "[inserted by Lille: </span>six" in stays
    assert "deleted" not in base
    assert dispute.own == TREE.find("ending").text


def test_a_clause_moved_to_two_places_has_one_choice_for_each(session, shown):
    case = make_case()
    all_accepted(
        case,
        propose(case, "Lille", ops.move_clause(TREE, "ending", None, None)),
        propose(case, "Porto", ops.move_clause(TREE, "ending", None, "scope")),
    )
    (dispute,) = shown(case, "ending")
    assert [str(side.html) for side in dispute.sides] == [
        "at the beginning",
        "after Article 1",
        "It stays where it is.",
    ]
    assert not dispute.may_own


@pytest.mark.parametrize(
    ("choice", "value", "told"),
    [
        ("base", None, "It stays as it stands. So."),
        ("side", 2, "The wording of Porto (A2). So."),
        ("own", "12", "Another wording: “12”. So."),
    ],
)
def test_a_settled_conflict_says_how_and_where_it_is_undone(session, shown, choice, value, told):
    case = make_case()
    all_accepted(case, reword(case, "Lille", "15", "20"), reword(case, "Porto", "15", "10"))
    with clock.at(AFTER):
        met = settling_of(session, case.round).open[0].found
        row = consolidation.resolve_conflict(
            case.actor("facilitator"),
            case.round,
            conflict=met.id,
            choice=choice,
            value=value,
            why="So.",
        )
    (dispute,) = shown(case, "answer-time")
    assert (dispute.is_open, dispute.settled_words) == (False, told)
    assert dispute.undo_address.endswith(f"/answer-time/undo/{row.id}")
    assert dispute.settled_by == "Sofie Maes"
