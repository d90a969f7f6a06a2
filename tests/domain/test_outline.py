"""A tree as lines of words."""

from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.outline import lines, words

TREE = ClauseTree(
    "T",
    (
        Clause(
            "search",
            Kind.CLAUSE,
            "Search",
            "",
            (
                Clause("duty", Kind.CLAUSE, "Duty", "See [[search]] within {{days}} days."),
                Clause("note", Kind.PARA, "", "One\n*two* three four five six seven eight nine"),
            ),
        ),
    ),
)


def test_the_words_have_no_labels_of_their_own_and_no_marks():
    assert list(words(TREE)) == [
        "Search",
        "Duty See Article 1 within {{days}} days.",
        "One two three four five six seven eight nine",
    ]


def test_the_outline_has_label_first_words_and_key():
    assert list(lines(TREE)) == [
        "Article 1 Search [search]",
        "  1.1 Duty [duty]",
        "  One two three four five six seven eight … [note]",
    ]
