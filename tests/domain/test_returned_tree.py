"""Places of paragraphs in the tree, by kind, level and indent."""

from app.domain.clauses import Kind
from app.domain.returned_tree import Builder, Said, Sign
from tests.domain.returned_files import TEXT


def known(key, sign=None):
    node = TEXT.find(key)
    usual = Sign("heading1", 0, 0) if not node.text else Sign("clausetext", 1, 700)
    return Said(key, node.heading, node.text, sign or usual, known=True)


def new(text, style="", level=-1, indent=0, table=0, heading=""):
    return Said(
        f"n-{text[:3].lower()}", heading, text, Sign(style, level, indent, table), known=False
    )


def built(*said):
    tree = Builder(TEXT).tree(said)
    return {node.text or node.heading: (node.kind, tree.parents[node.key]) for node in tree.walk()}


def test_a_new_clause_beside_one_of_its_level_and_a_deeper_one_below():
    found = built(
        known("search"), known("form"), new("One", "clausetext", 1, 700),
        new("Sub", "subclausetext", 2, 1300), new("Top", "", 0, 0), known("end"),
    )  # fmt: skip
    assert found["One"] == (Kind.CLAUSE, "search")
    assert found["Sub"] == (Kind.CLAUSE, "n-one")
    assert found["Top"] == (Kind.CLAUSE, None)


def test_paragraphs_points_and_headings():
    found = built(
        known("search"), known("form"), new("Plain", "unnumberedtext", -1, 700),
        new("Dot", "bullettext", 0, 1040), new("Also", "bullettext", 0, 1040),
        new("", "heading 1".replace(" ", ""), -1, 0, heading="Part two"),
    )  # fmt: skip
    assert found["Plain"] == (Kind.PARA, "form")
    assert found["Dot"] == found["Also"] == (Kind.BULLET, "form")
    assert found["Part two"] == (Kind.DIVISION, None)


def test_a_new_table_and_its_rows():
    found = built(known("search"), new("Step | Due", table=4), new("Two | Now", table=4))
    (kind, table) = found["Step | Due"]
    assert kind is Kind.ROW
    assert found["Two | Now"] == (Kind.ROW, table)


def test_what_lost_its_parent_finds_another():
    found = built(known("duty"), known("end"))
    assert found["The Hub shall answer within thirty days."][1] is None
