"""Paragraphs of a file as prose of ours."""

from app.domain import returned, returned_words
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.returned import Paragraph, Piece, ReturnedDocument, Row

TREE = ClauseTree(
    "Deal",
    (
        Clause("a-b", Kind.CLAUSE, "", "See [[c]] and {{fee_sum}}."),
        Clause("c", Kind.CLAUSE, "", "x"),
        Clause("parties", Kind.GENERATED, text="parties"),
    ),
)


def said(*paragraphs, rows=()):
    document = ReturnedDocument(paragraphs, rows=rows)
    words = returned_words.reading(document, (TREE,), {"fee_sum": "fee in euro"})
    view = returned.accepting(document)
    return [words.prose(unit, view) for unit in words.units(view)]


def line(*pieces, **more):
    return Paragraph(
        tuple(Piece(*one) if isinstance(one, tuple) else one for one in pieces), **more
    )


def test_references_blanks_marks_and_silent_words():
    pieces = (
        Piece("§ 3a\t", style="typed label"),
        Piece("See "),
        Piece("Article\u00a0", style="reference lead"),
        Piece("4.", target="_cl_c"),
        Piece("2", target="_cl_c"),
        Piece(" and [fee in "),
        Piece("euro]", strong=True, style="blank"),
        Piece(" or "),
        Piece("more", strong=True),
        Piece(" [x] *y*"),
    )
    assert said(line(*pieces)) == [r"See [[c]] and \[fee in **euro\]** or **more** \[x\] \*y\*"]
    assert said(line(Piece("to [fee in "), Piece("euro]."))) == ["to {{fee_sum}}."]


def test_a_heading_is_bold_by_its_style_not_by_a_mark():
    pieces = (Piece("Form. ", strong=True, style="run-in heading"), Piece("It is."))
    assert said(line(*pieces)) == ["Form. It is."]


def test_rows_are_cells_and_cells_may_hold_lines():
    cells = [
        line(("Step | 1",), row=0, flow=1),
        line(("more",), row=0, flow=1),
        line(("Due",), row=0, cell=1, flow=2),
    ]
    assert said(*cells, rows=(Row(1, (), ((), ())),)) == ["Step \\| 1\nmore | Due"]


def test_what_is_generated_and_what_we_put_around_is_no_text():
    generated = line(("Parties",), style="part title", bookmarks=("_cl_parties",))
    row = line(("Tartu Hub",), row=0, flow=1)
    assert said(generated, row, line(("Text",), flow=2), rows=(Row(1, (), ((),)),)) == ["Text"]
    assert said(line(("Contents",), style="Contents title"), line(("1",), style="toc 2")) == []


def test_bookmarks_give_keys_also_where_a_program_copied_them():
    document = ReturnedDocument((line(("x",), bookmarks=("_cl_a_b_Copy_1", "other")),))
    words = returned_words.reading(document, (TREE,), {})
    (unit,) = words.units(returned.accepting(document))
    assert words.keys(unit) == ["a-b"]
