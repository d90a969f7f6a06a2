"""Consolidation as it stands, and as it would stand with one more conflict settled."""

import pytest

from app.actions import consolidation
from app.domain import operations as ops
from app.domain.lifecycle import Outcome
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid, NotFound
from app.kernel.ids import new_id
from app.queries import consolidations
from tests.factories.agreements import make_case
from tests.factories.contributions import AFTER, answer, comment, consolidate, decide, reword


def contested(case):
    rows = reword(case, "Lille", "15", "20"), reword(case, "Porto", "15", "10")
    consolidate(case)
    decide(case, Outcome.ACCEPTED, *rows)
    return rows, consolidations.standing_of(case.session, case.round)


@pytest.fixture
def case(session):
    made = make_case()
    made.session = session
    return made


def test_settling_a_conflict_can_be_tried_without_doing_it(case):
    (first, _), standing = contested(case)
    met = standing.merged.conflicts[0]
    tried = consolidations.try_out(standing, met.id, "side", first.number)
    assert "20 working days" in tried.preview.find("answer-time").text
    assert "15 working days" in standing.preview.find("answer-time").text
    assert consolidations.standing_of(case.session, case.round).tree is None
    with pytest.raises(Conflict):
        consolidations.try_out(standing, "nothing", "base", None)
    with pytest.raises(Invalid):
        consolidations.try_out(standing, met.id, "side", 99)


def test_a_settled_conflict_is_still_told_of(case):
    (first, _), standing = contested(case)
    met = standing.merged.conflicts[0]
    with clock.at(AFTER):
        row = consolidation.resolve_conflict(
            case.actor("facilitator"),
            case.round,
            conflict=met.id,
            choice="side",
            value=first.number,
        )
    now = consolidations.standing_of(case.session, case.round)
    assert now.merged.conflicts == ()
    assert [one.id for one in consolidations.unsettled(now, {met.id})] == [met.id]
    assert consolidations.get_resolution(case.session, case.round.id, row.id) is row
    for round_id, row_id in ((case.round.id, new_id()), (new_id(), row.id)):
        with pytest.raises(NotFound):
            consolidations.get_resolution(case.session, round_id, row_id)


def test_edits_lie_on_top_in_their_order_and_are_found_by_number(case):
    _, _standing = contested(case)
    with clock.at(AFTER):
        for heading in ("Leaving", "Going"):
            text = consolidations.standing_of(case.session, case.round).preview
            edit = consolidation.edit_text(
                case.actor("facilitator"),
                case.round,
                operations=[ops.set_heading(text, "ending", heading)],
                why="One word for it.",
            )
    now = consolidations.standing_of(case.session, case.round)
    assert now.preview.find("ending").heading == "Going"
    assert consolidations.get_edit(case.session, case.round.id, 2) is edit
    with pytest.raises(NotFound):
        consolidations.get_edit(case.session, case.round.id, 3)


def test_what_waits_is_counted_with_what_is_left_open(case):
    threads = [comment(case) for _ in range(3)]
    row = reword(case, "Lille", "15", "20")
    assert consolidations.unanswered(case.session, case.round) == 4
    answer(case, threads[:1])
    answer(case, threads[1:2], Outcome.DEFERRED)
    assert consolidations.unanswered(case.session, case.round) == 2
    assert list(consolidations.left_open(case.session, case.round)) == [row, threads[1]]


def test_the_statements_do_not_grow_with_what_was_decided(case, count_statements):
    def counted() -> int:
        case.session.expire_all()
        held = case.round
        held.id, held.version_id  # noqa: B018 - read it before the counting
        with count_statements() as sent:
            consolidations.standing_of(case.session, held)
        return len(sent)

    rows = [reword(case, "Lille", "15", "20")]
    before = counted()
    rows += [reword(case, "Porto", old, new) for old, new in (("15", "10"), ("A Hub", "Each Hub"))]
    consolidate(case)
    decide(case, Outcome.ACCEPTED, *rows)
    assert counted() == before + 1  # whose the accepted amendments are
