import pytest

from app.access.actor import ANYONE
from app.actions import amendments, comments, inside
from app.actions.desk import assign_contributions
from app.domain.lifecycle import Outcome
from app.kernel.errors import NotFound
from app.models.audit import AuditHead
from app.queries.news import news_in, news_since
from app.queries.stamps import cursor_of, stamp_and_round
from tests.factories import contributions
from tests.factories.agreements import make_case
from tests.factories.amendments import make_draft
from tests.queries.test_presence import colleague_of


@pytest.fixture
def case(session, clock):
    made = make_case()
    clock.set(contributions.DURING)
    return made


def told(session, case, name: str, since: int = 0, about: str = ""):
    actor = case.actor(name)
    return news_in(session, actor, case.agreement.slug, since=since, about=about)[1]


def end(session) -> int:
    return session.get_one(AuditHead, 1).seq


def test_one_hears_of_what_others_said_beside_which_clause(session, case):
    thread = contributions.comment(case, "Tartu", key="answer-time")
    seen = end(session)
    comments.reply(case.actor("Porto"), thread, text="So we think.")
    row = contributions.reword(case, "Porto", "15", "20")
    found = told(session, case, "Lille", seen)
    assert found.by_kind == {"comment": 1, "amendment": 1}
    assert found.by_clause == {"answer-time": 2}
    assert [deed.note for deed in found.deeds] == [f"t{thread.number}", str(row.number)]
    assert found.last == end(session)
    assert told(session, case, "Lille", found.last).total == 0
    assert told(session, case, "Porto", seen).total == 0, "one's own deeds are no news"


def test_the_cursor_of_a_page_is_where_its_news_begin(session, case):
    assert cursor_of(stamp_and_round(session, case.agreement.id)[0]) == 0
    contributions.comment(case, "Tartu")
    stamp, _ = stamp_and_round(session, case.agreement.id)
    assert cursor_of(stamp) == end(session)
    assert told(session, case, "Lille", cursor_of(stamp)).total == 0


def test_a_draft_is_nobodys_news(session, case):
    make_draft(case, "Porto")
    assert told(session, case, "Lille").total == 0
    assert told(session, case, "facilitator").total == 0


def test_the_page_of_an_amendment_hears_of_it_alone(session, case):
    row = contributions.reword(case, "Porto", "15", "20")
    contributions.reword(case, "Tartu", "15", "10")
    comments.start_thread(
        case.actor("Tartu"), case.round, text="Why?", kind="question", amendment=row
    )
    amendments.support_amendment(case.actor("Tartu"), row, supports=True)
    found = told(session, case, "Lille", about=row.label)
    assert [deed.tag for deed in found.deeds] == [
        "amendment:proposed",
        "comment:made",
        "amendment:supported",
    ]


def test_only_a_facilitator_hears_of_steps_at_the_desk(session, case):
    thread = contributions.comment(case, "Tartu")
    seen = end(session)
    row = contributions.reword(case, "Lille", "15", "20")
    contributions.consolidate(case)
    contributions.decide(case, Outcome.ACCEPTED, row)
    contributions.answer(case, [thread])
    assert told(session, case, "Porto", seen).by_kind["answer"] == 2
    assert told(session, case, "Porto", seen).turns_the_page
    desk = case.actor("facilitator"), case.round
    assign_contributions(*desk, ids=[thread.id], to=case.facilitator.id)
    assert "desk" not in told(session, case, "Porto", seen).by_kind


def test_a_stranger_is_told_that_there_is_no_such_agreement(session, case):
    other = make_case("Oslo")
    contributions.comment(case, "Tartu")
    for actor in (other.actor("Oslo"), ANYONE):
        with pytest.raises(NotFound):
            news_in(session, actor, case.agreement.slug, since=0)
    with pytest.raises(NotFound):
        news_in(session, case.actor("Lille"), "no-such-agreement", since=0)


def test_home_is_told_of_all_ones_agreements_and_of_no_other(session, case):
    other = make_case("Oslo", "Lille")
    contributions.comment(case, "Tartu")
    contributions.comment(other, "Oslo")
    found = news_since(session, case.actor("Lille"), 0)
    assert [one.slug for one in found] == [case.agreement.slug]
    assert found[0].news.by_kind["comment"] == 1
    assert list(news_since(session, case.actor("Lille"), end(session))) == []


def test_what_is_inside_an_organisation_is_news_to_its_own_people_alone(session, case):
    with_colleague, _ = colleague_of(session, case, "Porto")
    stamp = stamp_and_round(session, case.agreement.id)[0]
    inside.keep_note(case.actor("Porto"), case.agreement, text="Between us: no.")
    assert news_in(session, with_colleague, case.agreement.slug, since=cursor_of(stamp))[
        1
    ].by_kind == {"inside": 1}
    assert [one.news.total for one in news_since(session, with_colleague, 0)] == [1]
    for stranger in ("Lille", "Tartu", "facilitator"):
        assert told(session, case, stranger).total == 0
        assert list(news_since(session, case.actor(stranger), 0)) == []
    own = [case.participants["Porto"].organisation_id]
    assert cursor_of(stamp_and_round(session, case.agreement.id, own)[0]) == end(session)
    assert cursor_of(stamp_and_round(session, case.agreement.id)[0]) == 0


def test_it_takes_one_statement_however_much_is_new(session, case, count_statements):
    sizes = []
    for many in (0, 3):
        for _ in range(many):
            contributions.reword(case, "Tartu", "15", "20")
        with count_statements() as sent:
            told(session, case, "Lille")
        sizes.append(len(sent))
    assert sizes[0] == sizes[1]
