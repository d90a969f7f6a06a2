"""A text against its template, and a specific agreement against its framework."""

from app.domain.clauses import Clause, Kind, Place
from app.domain.deviations import departures, deviations
from tests.factories.agreements import TREE


def test_a_text_as_the_template_has_it_deviates_nowhere():
    report = deviations(TREE, TREE)
    assert report.unchanged == len(TREE.nodes)
    assert report.found == ()


def test_changed_deleted_added_and_moved_are_told_apart():
    text = TREE.replace("answer-time", text="A Hub answers within 20 working days.")
    text = text.remove("ending").move("answers", Place(None, None))
    text = text.insert(Place("scope", None), Clause("own", Kind.CLAUSE, text="Ours."))
    report = deviations(TREE, text)
    told = {way: [one.key for one in report.of(way)] for way in ("changed", "deleted", "added")}
    assert told == {"changed": ["answer-time"], "deleted": ["ending"], "added": ["own"]}
    assert len(report.of("moved")) == 1
    assert not report.mandatory


def test_the_title_is_no_deviation():
    text = type(TREE)("Another title", TREE.clauses)
    assert deviations(TREE, text).found == ()


def test_mandatory_clauses_come_apart_with_what_stands_below_them():
    text = TREE.replace("answer-time", text="Never.").remove("ending")
    report = deviations(TREE, text, {"answers", "ending"})
    assert [(one.key, one.way) for one in report.mandatory] == [
        ("answer-time", "changed"),
        ("ending", "deleted"),
    ]
    assert not report.of("changed")


def test_a_new_article_is_one_deviation():
    child = Clause("own-1", Kind.CLAUSE, text="One.")
    own = Clause("own", Kind.CLAUSE, "Own", children=(child,))
    report = deviations(TREE, TREE.insert(Place(None, "ending"), own))
    assert [one.key for one in report.found] == ["own"]
    assert report.unchanged == len(TREE.nodes)


def test_a_clause_moved_into_a_new_article_is_told_too():
    own = Clause("own", Kind.CLAUSE, "Own")
    text = TREE.insert(Place(None, "ending"), own).move("answer-form", Place("own", None))
    report = deviations(TREE, text)
    assert [(one.key, one.way) for one in report.found] == [
        ("own", "added"),
        ("answer-form", "moved"),
    ]


def test_a_specific_agreement_departs_only_where_it_speaks():
    specific = TREE.remove("answers").replace("ending", text="A Hub leaves at once.")
    found = departures(TREE, specific, {"ending"})
    assert [(pair.key, pair.mandatory) for pair in found.pairs] == [("ending", True)]
    assert (found.same, found.silent) == (1, 2)
