"""References are shown by today's labels; broken and circular ones are found."""

from app.domain import references
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.numbering import labels


def _clause(key: str, text: str, *children: Clause) -> Clause:
    return Clause(key, Kind.CLAUSE, text=text, children=children)


TREE = ClauseTree(
    "T",
    (
        _clause("a", "See [[b]], [[gone]] and [[gone]].", _clause("a1", "Under [[a1]].")),
        _clause("b", "See [[c]].", Clause("b1", Kind.VERBATIM, text="[[nowhere]]")),
        _clause("c", "See [[a]] and [[d]]."),
        Clause("d", Kind.PARA, text="End."),
    ),
)


def test_references_to_nothing_are_found() -> None:
    assert references.dangling(TREE) == (("a", "gone"),)


def test_rings_are_found() -> None:
    assert references.circular(TREE) == (("a", "b", "c"), ("a1",))


def test_a_text_is_shown_with_labels() -> None:
    found = labels(TREE)
    assert references.shown("See **[[a1]]**.", found) == "See Article 1.1."
    assert references.shown("See [[gone]].", found) == "See [missing clause]."
    assert references.shown("See [[d]].", found) == "See [unnumbered text]."
    assert references.shown("In {{n}} days", found, {"n": "number"}) == "In [number] days"
