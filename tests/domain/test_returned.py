"""A file with tracked changes: its two texts, and its changes one by one."""

from app.domain import returned
from app.domain.returned import Paragraph, Piece, ReturnedDocument, Revision, Row

COME, GO = 0, 1
REVISIONS = (Revision("ins", "Ana", "2026-05-01T09:00:00Z"), Revision("del", "Bo", ""))


def paragraph(*pieces, **more):
    held = tuple(Piece(one) if isinstance(one, str) else Piece(*one) for one in pieces)
    return Paragraph(held, **more)


def texts(*paragraphs, rows=()):
    document = ReturnedDocument(paragraphs, REVISIONS, rows)
    return tuple(
        list(returned.lines(document, view(document)))
        for view in (returned.accepting, returned.rejecting)
    )


def test_words_come_and_go():
    held = paragraph("within ", ("thirty", (GO,)), ("forty", (COME,)), " days")
    assert texts(held) == (["within forty days"], ["within thirty days"])


def test_what_comes_and_goes_again_is_in_no_view():
    assert texts(paragraph("a", ("b", (COME, GO)))) == (["a"], ["a"])


def test_a_mark_that_goes_joins_and_one_that_comes_splits():
    assert texts(paragraph("one ", mark=(GO,)), paragraph("two")) == (["one two"], ["one ", "two"])
    assert texts(paragraph("one ", mark=(COME,)), paragraph("two")) == (
        ["one ", "two"],
        ["one two"],
    )


def test_a_paragraph_wholly_gone_joins_nothing():
    gone = paragraph(("b", (GO,)), mark=(GO,))
    assert texts(paragraph("a"), gone, paragraph("c")) == (["a", "c"], ["a", "b", "c"])


def test_a_mark_before_a_table_cannot_join_across_it():
    before, after = paragraph("a", mark=(GO,), flow=0), paragraph("b", flow=1)
    assert texts(before, after) == (["a", "b"], ["a", "b"])


def test_rows_and_cells_come_and_go():
    rows = (Row(1, (COME,), ((),)), Row(1, (), ((), (GO,))))
    held = (
        paragraph("new", row=0, flow=1),
        paragraph("kept", row=1, flow=2),
        paragraph("cell", row=1, cell=1, flow=3),
    )
    assert texts(*held, rows=rows) == (["new", "kept"], ["kept", "cell"])


def test_changes_one_by_one():
    held = paragraph("a", ("b", (COME,)), ("c", (COME,)), mark=(GO,), row=0)
    document = ReturnedDocument((held,), REVISIONS, (Row(1, (COME,), ((),)),))
    found = [(one.revision.author, one.text) for one in returned.changes(document)]
    assert found == [("Ana", ""), ("Ana", "bc"), ("Bo", "\n")]
    assert returned.authors(document, (GO, COME, GO)) == ("Bo", "Ana")
