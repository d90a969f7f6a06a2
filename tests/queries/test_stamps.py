"""Stamps: the same while nothing happens, another after every action."""

from datetime import timedelta

from app.actions import comments
from app.actions.inside import keep_note
from app.queries.stamps import stamp_and_round
from tests.factories.agreements import make_case
from tests.factories.people import START, make_workspace


def test_a_stamp_changes_with_what_happens_and_only_then(session, clock, count_statements):
    clock.set(START + timedelta(days=2))
    make_workspace()
    case = make_case()
    session.commit()

    def post() -> None:
        comments.start_thread(case.actor("Lille"), case.round, text="Why?", kind="question")

    post()
    before = stamp_and_round(session, case.agreement.id)
    with count_statements() as sent:
        assert stamp_and_round(session, case.agreement.id) == before
    assert len(sent) == 1
    post()
    assert stamp_and_round(session, case.agreement.id)[0] != before[0]


def test_what_happens_inside_changes_the_stamps_of_its_own_people_only(session, clock):
    clock.set(START + timedelta(days=2))
    make_workspace()
    case = make_case()
    comments.start_thread(case.actor("Lille"), case.round, text="Why?", kind="question")

    def stamps() -> list[str]:
        whose = [[case.organisations[name].id] for name in ("Lille", "Porto")]
        return [stamp_and_round(session, case.agreement.id, own)[0] for own in (*whose, [])]

    before = stamps()
    keep_note(case.actor("Lille"), case.agreement, text="Ours.")
    after = stamps()
    assert after[0] != before[0]
    assert after[1:] == before[1:]


def test_what_nobody_recorded_has_no_stamp(session):
    make_workspace()
    case = make_case()
    session.commit()
    assert stamp_and_round(session, case.agreement.id)[0] == ""
