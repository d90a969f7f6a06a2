"""Labels from position, in every style."""

import pytest
from hypothesis import given, settings

from app.domain.clauses import Clause, ClauseTree, Kind, Numbering
from app.domain.numbering import Label, labels, letters, roman, unnumbered
from tests.domain.strategies import trees


def _clause(key: str, *children: Clause, number: str | None = None) -> Clause:
    return Clause(key, Kind.CLAUSE, text="Words.", children=children, number=number)


def _deep(style: Numbering) -> ClauseTree:
    node = _clause("f")
    for key in ("e", "d", "c", "b", "a"):
        node = _clause(key, _clause(f"{key}-first"), node)
    return ClauseTree("T", (_clause("first"), node), numbering=style)


@pytest.mark.parametrize(
    ("style", "own", "full"),
    [
        (
            Numbering.ARTICLE,
            ["Article 2", "2.2", "(b)", "(ii)", "(B)", "(2)"],
            ["Article 2", "Article 2.2", "Article 2.2(b)", "Article 2.2(b)(ii)"],
        ),
        (
            Numbering.PLAIN,
            ["2.", "2.2", "(b)", "(ii)", "(B)", "(2)"],
            ["2", "2.2", "2.2(b)", "2.2(b)(ii)"],
        ),
        (
            Numbering.DECIMAL,
            ["2.", "2.2", "2.2.2", "2.2.2.2", "2.2.2.2.2", "2.2.2.2.2.2"],
            ["2", "2.2", "2.2.2", "2.2.2.2"],
        ),
    ],
)
def test_each_depth_has_its_label(style: Numbering, own: list[str], full: list[str]) -> None:
    found = labels(_deep(style))
    assert [found[key].own for key in "abcdef"] == own
    assert [found[key].full for key in "abcd"] == full


def test_divisions_do_not_restart_and_recitals_run_through() -> None:
    recital = Clause("r1", Kind.RECITAL, text="One.")
    tree = ClauseTree(
        "T",
        (
            Clause("d1", Kind.DIVISION, "Recitals", children=(recital,)),
            Clause("d2", Kind.DIVISION, "Part I", children=(_clause("a"), _clause("b"))),
            Clause("d3", Kind.DIVISION, "Part II", children=(_clause("c"),)),
            Clause("r2", Kind.RECITAL, text="Two."),
            _clause("d"),
        ),
    )
    found = labels(tree)
    assert [found[key].own for key in ("a", "b", "c", "d")] == [
        "Article 1",
        "Article 2",
        "Article 3",
        "Article 4",
    ]
    assert found["r1"] == Label("(A)", "Recital (A)")
    assert found["r2"] == Label("(B)", "Recital (B)")
    assert found["d2"] == Label("", "Part I")


def test_an_annex_counts_for_itself() -> None:
    tree = ClauseTree(
        "T",
        (
            _clause("a"),
            Clause("x", Kind.ANNEX, "Fee", children=(_clause("x1"),)),
            Clause(
                "y",
                Kind.ANNEX,
                "Data",
                children=(
                    Clause("y0", Kind.PARA, text="Words."),
                    Clause("y-part", Kind.DIVISION, "Basics", children=(_clause("y1"),)),
                    _clause("y2", _clause("y2-1", _clause("y2-1-a"))),
                ),
            ),
        ),
    )
    found = labels(tree)
    assert found["x"] == Label("Annex A", "Annex A")
    assert found["x1"] == Label("Article 1", "Annex A, Article 1")
    assert found["y0"] == Label("", "Annex B")
    assert found["y-part"] == Label("", "Annex B, Basics")
    assert found["y1"].own == "Article 1"
    assert found["y2-1"] == Label("2.1", "Annex B, 2.1")
    assert found["y2-1-a"] == Label("(a)", "Annex B, 2.1(a)")


def test_a_given_number_wins_and_does_not_count() -> None:
    tree = ClauseTree(
        "T",
        (
            _clause("a"),
            _clause("b", _clause("b1", _clause("b1a")), number="§ 3a"),
            _clause("c", _clause("c1", _clause("ca"), _clause("cb", number="(ba)"))),
        ),
    )
    found = labels(tree)
    assert found["b"] == Label("§ 3a", "§ 3a")
    assert found["b1"] == Label("3a.1", "§ 3a.1")
    assert found["b1a"] == Label("(a)", "§ 3a.1(a)")
    assert found["c"].own == "Article 2"
    assert found["cb"] == Label("(ba)", "Article 2.1(ba)")


def test_what_has_no_number_is_named_by_its_clause() -> None:
    inner = (
        Clause("p", Kind.PARA, text="Words."),
        Clause("b", Kind.BULLET, text="Words."),
        Clause("d", Kind.DEFINITION, "**Hub**; Hubs", "means a hub."),
    )
    tree = ClauseTree("T", (_clause("a", *inner), Clause("q", Kind.PARA, text="Words.")))
    found = labels(tree)
    assert found["p"] == Label("", "Article 1")
    assert found["b"] == Label("•", "Article 1")
    assert found["d"] == Label("", "Article 1, “Hub”")
    assert found["q"] == Label("", "")


def test_counting_by_letters_and_roman_numerals() -> None:
    assert [letters(number) for number in (1, 26, 27, 28, 53)] == ["a", "z", "aa", "bb", "aaa"]
    assert [roman(number) for number in (1, 4, 9, 14, 40, 99)] == [
        "i",
        "iv",
        "ix",
        "xiv",
        "xl",
        "xcix",
    ]


def test_without_given_numbers_every_number_is_computed() -> None:
    tree = ClauseTree(
        "Deal", (_clause("a", number="§ 3a"), _clause("b", _clause("b1", number="9")))
    )
    assert [label.own for label in labels(unnumbered(tree)).values()] == [
        "Article 1",
        "Article 2",
        "2.1",
    ]


@settings(max_examples=60)
@given(trees())
def test_every_node_has_a_label_and_computed_ones_differ_among_siblings(tree: ClauseTree) -> None:
    found = labels(tree)
    assert list(found) == list(tree.nodes)
    for parent in (None, *tree.nodes):
        own = [
            found[node.key].own
            for node in tree.children_of(parent)
            if node.kind is Kind.CLAUSE and node.number is None
        ]
        assert len(own) == len(set(own))
