"""A person's inbox: their own notices as sentences, the newest first."""

import pytest

from app.actions import agreements, comments, notices, rounds
from app.queries import notices as found
from tests.factories.agreements import make_case


@pytest.fixture
def case(session, clock):
    """Lille has commented, the deadline was moved, and Porto has replied."""
    case = make_case()
    thread = comments.start_thread(case.actor("Lille"), case.round, text="Why?", kind="question")
    clock.go_on(hours=1)
    later = case.round.closes_at.replace(month=12, day=24, hour=23)
    rounds.extend_round(case.actor("facilitator"), case.round, closes_at=later)
    clock.go_on(hours=1)
    comments.reply(case.actor("Porto"), thread, text="Because.")
    return case


def inbox(case, name, zone="Europe/Brussels", **more):
    return found.inbox_of(case.actor(name), zone, **more)


def test_each_reads_what_concerns_them_the_newest_first(case, clock):
    replied, extended = inbox(case, "Lille")
    assert replied.sentence == "Person Porto replied for Porto to comment 1."
    assert extended.sentence == "Sofie Maes extended round 1 until Fri 25 Dec 2026, 00:00."
    assert (replied.agreement, replied.slug) == ("Cooperation Agreement", case.agreement.slug)
    assert (replied.noun, replied.value, replied.at) == ("thread", 1, clock.now)
    assert [line.noun for line in inbox(case, "Tartu")] == ["round"]
    assert [line.noun for line in inbox(case, "facilitator")] == ["thread"]


def test_moments_are_told_in_the_zone_of_the_reader(case):
    assert inbox(case, "Tartu", "UTC")[0].sentence.endswith("Thu 24 Dec 2026, 23:00.")


def test_what_is_read_stays_and_is_marked(case, clock):
    assert found.unread_of(case.actor("Lille")) == 2
    notices.mark_all_read(case.actor("Lille"), case.people["Lille"])
    assert found.unread_of(case.actor("Lille")) == 0
    assert [line.is_read for line in inbox(case, "Lille")] == [True, True]
    assert inbox(case, "Lille", only_unread=True) == []
    clock.go_on(hours=1)
    agreements.abandon_agreement(case.actor("facilitator"), case.agreement)
    (unread,) = inbox(case, "Lille", only_unread=True)
    assert unread.sentence == "Sofie Maes abandoned the agreement."


def test_who_did_nothing_and_takes_no_part_has_an_empty_inbox(case):
    other = make_case("Riga")
    assert inbox(other, "Riga") == []
    assert found.unread_of(other.actor("Riga")) == 0


def test_the_inbox_ends_somewhere_and_takes_one_statement(case, session, clock, count_statements):
    thread = comments.start_thread(case.actor("Lille"), case.round, text="And?", kind="question")
    for number in range(found.PAGE):
        clock.go_on(minutes=1)
        comments.reply(case.actor("Porto"), thread, text=f"Answer {number}.")
    actor = case.actor("Lille")
    session.commit()
    with count_statements() as sent:
        lines = found.inbox_of(actor, "UTC")
    assert len(lines) == found.PAGE
    assert {line.value for line in lines} == {2}
    assert len(sent) == 1
    assert found.unread_of(actor) == found.PAGE + 2
