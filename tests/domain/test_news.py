from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.events import EVENTS
from app.domain.news import KINDS, Deed, called, news_of

TAGS = sorted(KINDS)


def deed(seq: int, tag: str = "comment:made", name: str = "1", **more: object) -> Deed:
    return Deed(seq, tag, EVENTS[tag].about, name, **more)


def test_only_events_that_exist_are_news_and_nothing_that_is_a_draft():
    assert set(KINDS) <= set(EVENTS)
    assert not {"amendment:drafted", "amendment:discarded", "person:reminded"} & set(KINDS)


def test_news_are_counted_by_kind_and_by_clause():
    found = news_of(
        [
            deed(4, clauses=("scope",)),
            deed(6, "comment:replied", clauses=("scope",)),
            deed(7, "amendment:proposed", "A1", clauses=("scope", "ending")),
            deed(9, "desk:assigned", "", clauses=()),
        ],
        since=3,
    )
    assert (found.total, found.last) == (4, 9)
    assert found.by_kind == {"comment": 2, "amendment": 1, "desk": 1}
    assert found.by_clause == {"scope": 3, "ending": 1}
    assert not found.turns_the_page


def test_what_is_about_one_amendment_counts_its_threads_and_nothing_else():
    on_it = deed(5, name="2", on="A1")
    it = deed(6, "amendment:supported", "A1")
    assert news_of([deed(4), on_it, it], since=0, about="A1").deeds == (on_it, it)
    assert news_of([deed(4), on_it], since=0, about="C2").deeds == (on_it,)


def test_a_publication_is_one_piece_of_news_not_one_for_each_amendment():
    carried = [deed(n, "amendment:rebased", f"A{n}") for n in range(5, 9)]
    found = news_of([*carried, deed(9, "version:published", "2")], since=4)
    assert found.total == 1 and found.turns_the_page
    assert news_of(carried, since=4).total == 4


def test_nothing_new_keeps_the_cursor():
    assert news_of([], since=12).last == 12
    assert called(deed(1, "round:extended", "")) == ""
    assert called(deed(1, "ballot:opened", "3")) == "B3"


@settings(max_examples=60)
@given(st.lists(st.sampled_from(TAGS), max_size=12), st.sampled_from(["", "A1", "C1"]))
def test_what_is_told_is_some_of_what_happened_in_its_order(tags, about):
    deeds = [deed(n + 1, tag) for n, tag in enumerate(tags)]
    found = news_of(deeds, since=0, about=about)
    assert [one for one in deeds if one in found.deeds] == list(found.deeds)
    assert sum(found.by_kind.values()) == found.total <= len(tags)
    assert found.last <= len(tags)
