from datetime import timedelta

from app.queries import keeping
from tests.actions.test_keeping import keep
from tests.factories.agreements import make_case


def test_kept_words_are_found_by_their_writer_alone_at_their_place_and_below(session, clock):
    case = make_case()
    keep(case, place="settle:ending:a1")
    clock.go_on(minutes=1)
    keep(case, place="settle:ending:b2")
    keep(case, place="settle:ending-2:c3")
    slug, lille = case.agreement.slug, case.actor("Lille")
    assert keeping.kept_at(session, lille, slug, "settle:ending:a1").base == "v1"
    assert keeping.kept_at(session, lille, slug, "settle:ending") is None
    assert keeping.kept_at(session, case.actor("Porto"), slug, "settle:ending:a1") is None
    below = keeping.kept_below(session, lille, slug, "settle:ending")
    assert [row.place for row in below] == ["settle:ending:b2", "settle:ending:a1"]


def test_one_knows_whether_there_is_something_to_sweep(session, clock):
    case = make_case()
    past = clock.now - timedelta(days=1)
    assert not keeping.is_old(session, clock.now, clock.now)
    keep(case)
    assert not keeping.is_old(session, past, past)
    assert keeping.is_old(session, clock.now + timedelta(seconds=1), past)
