"""A whole file with its changes, rows and levels; ours as well as anybody's."""

import pytest

from app.domain import returned
from app.formats.docx import revisions_reader, writer
from app.kernel.errors import Invalid
from tests.formats.docx.samples import PARTIES, agreement
from tests.formats.docx_texts import come, docx, gone, p, r, table


def lines(data, view=returned.accepting):
    document = revisions_reader.read(data)
    return list(returned.lines(document, view(document)))


def test_both_texts_of_a_small_file():
    data = docx(p("A ", gone("b"), come("c")), p("gone", mark="del"), p("kept"))
    assert lines(data) == ["A c", "gonekept"]
    assert lines(data, returned.rejecting) == ["A b", "gone", "kept"]


def test_controls_and_block_changes_are_seen_through():
    control = f"<w:sdt><w:sdtContent>{p('in')}</w:sdtContent></w:sdt>"
    block = f'<w:ins w:id="9" w:author="A">{p("new")}</w:ins>'
    assert lines(docx(control, block), returned.rejecting) == ["in"]


def test_rows_and_cells():
    cells = table((p("a"), p("b")), (p("c"), p("d")))
    gone_row = cells.replace("<w:tr>", '<w:tr><w:trPr><w:del w:id="1" w:author="A"/></w:trPr>', 1)
    assert lines(docx(gone_row)) == ["c", "d"]
    gone_cell = cells.replace(
        "<w:tc>", '<w:tc><w:tcPr><w:cellDel w:id="1" w:author="A"/></w:tcPr>', 1
    )
    assert lines(docx(gone_cell)) == ["b", "c", "d"]
    assert lines(docx(gone_cell), returned.rejecting) == ["a", "b", "c", "d"]


def test_levels_styles_and_tables_in_tables():
    inner = table((p("deep"),))
    document = revisions_reader.read(
        docx(p("Head", style="H1"), p("item", numbered=(1, 1)), table((inner + p("cell"),)))
    )
    head, item, deep, cell = document.paragraphs
    assert (head.style, head.level, item.level) == ("heading 1", -1, 1)
    assert (deep.row, cell.row, len({deep.flow, cell.flow, item.flow})) == (0, 0, 3)


def test_a_copy_of_ours_says_where_it_comes_from():
    tree = agreement()
    data = writer.write(tree, status="Version", version="3", agreement="deal", parties=PARTIES)
    document = revisions_reader.read(data)
    origin = document.origin
    assert (origin.agreement, origin.version, origin.kind) == ("deal", "3", "version")
    assert origin.version_hash == tree.version_hash
    marked = {mark for one in document.paragraphs for mark in one.bookmarks}
    assert set(origin.keys) <= marked
    assert set(origin.keys.values()) == set(tree.nodes)
    assert document.revisions == ()


def test_what_is_no_word_file_is_refused():
    with pytest.raises(Invalid, match="not a Word file"):
        revisions_reader.read(b"words")


def test_looks_of_paragraphs_are_counted():
    changed = p(r("a")).replace("<w:pPr>", '<w:pPr><w:pPrChange w:author="A"/>')
    assert revisions_reader.read(docx(changed)).formatting == 1
