"""Words copied from a page are found where they stand, however the page showed them."""

import pytest

from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.quoting import Quoted, locate
from app.kernel.errors import Conflict

TREE = ClauseTree(
    "T",
    (
        Clause(
            "scope", Kind.CLAUSE, "Scope", "Each Hub acts under [[time]] and **in good faith**."
        ),
        Clause(
            "time",
            Kind.CLAUSE,
            "Time",
            "A Hub’s answer is due:",
            (
                Clause("time-a", Kind.CLAUSE, text="within {{days}} working days; or"),
                Clause("time-b", Kind.CLAUSE, text="at once,  if “urgent”."),
            ),
        ),
        Clause("code", Kind.VERBATIM, text="if a  < b:\n  stop"),
    ),
)


@pytest.mark.parametrize(
    ("key", "words", "found"),
    [
        ("scope", "Each Hub", Quoted("scope", "text", 0, 8)),
        ("scope", "each hub", Quoted("scope", "text", 0, 8)),
        ("scope", "acts under Article 2 and", Quoted("scope", "text", 9, 25)),
        ("scope", "in good\n   faith.", Quoted("scope", "text", 26, 40)),
        ("scope", "Scope", Quoted("scope", "heading", 0, 5)),
        ("time", "A Hub's answer", Quoted("time", "text", 0, 14)),
        ("time", "working days", Quoted("time-a", "text", 9, 21)),
        ("time", "within [days] working", Quoted("time-a", "text", 0, 16)),
        ("time", 'if "urgent"', Quoted("time-b", "text", 10, 21)),
        ("code", "a < b: stop", Quoted("code", "text", 3, 17)),
    ],
)
def test_what_is_read_is_found(key, words, found):
    assert locate(TREE, key, words) == found


@pytest.mark.parametrize("words", ["", "  ", "words that stand nowhere", "Each Hub owes"])
def test_what_is_not_there_is_not_found(words):
    assert locate(TREE, "scope", words) is None


def test_words_of_another_clause_are_not_found():
    assert locate(TREE, "time", "good faith") is None


def test_a_blank_is_read_by_its_label():
    found = locate(TREE, "time", "within [number of days] working", {"days": "number of days"})
    assert found == Quoted("time-a", "text", 0, 16)


def test_a_clause_that_is_gone_is_refused():
    with pytest.raises(Conflict):
        locate(TREE, "nowhere", "words")
