"""Foreign Word files: which nodes their paragraphs become."""

import pytest

from app.formats.docx.reader import read
from app.kernel.errors import Invalid
from tests.formats.docx_texts import R, W, come, docx, gone, p, r, table, zipped

BOLD = "<w:b/>"


def shape(*body, **more):
    """Kind, heading, text of every node, two spaces a level."""
    found = []

    def walk(nodes, depth):
        for node in nodes:
            found.append(f"{'  ' * depth}{node.kind} | {node.heading} | {node.text}")
            walk(node.children, depth + 1)

    walk(read(docx(*body, **more)).tree.clauses, 0)
    return found


def test_title_headings_and_lists():
    body = (
        p("Our deal", style="T"),
        p("Search", style="H1"),
        p(r("Duty.", BOLD), " The hub shall:", numbered=(0, 1)),
        p("answer; and", numbered=(1, 1)),
        p("help.", numbered=(1, 1)),
        p("Second.", style="N1"),
        p("Form", style="H2"),
        p("a bullet", numbered=(0, 2)),
    )
    assert read(docx(*body)).tree.title == "Our deal"
    assert shape(*body) == [
        "clause | Search | ",
        "  clause | Duty | The hub shall:",
        "    clause |  | answer; and",
        "    clause |  | help.",
        "  clause |  | Second.",
        "  clause | Form | ",
        "    bullet |  | a bullet",
    ]


def test_bullets_set_in_further_stand_under_the_clause():
    body = p("One:", numbered=(0, 1)), p("x", numbered=(0, 2)), p("Two", numbered=(0, 1))
    assert shape(*body) == [
        "clause |  | One:", "  bullet |  | x", "clause |  | Two",
    ]  # fmt: skip


def test_a_paragraph_between_items_does_not_end_the_list():
    body = p("One", numbered=(0, 1)), p("Words."), p("inner", numbered=(1, 1))
    assert shape(*body) == ["clause |  | One", "  para |  | Words.", "  clause |  | inner"]


def test_tracked_changes_are_read_as_accepted():
    body = p("Within ", gone("thirty"), come("ten"), " days.")
    assert shape(body) == ["para |  | Within ten days."]


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    body = p("First ", mark="del"), p("second."), p(gone("Gone."), mark="del"), p("Third.")
    assert shape(*body) == ["para |  | First second.", "para |  | Third."]


def test_rows_cells_and_a_frame_of_one_cell():
    body = table([p("a"), p("b") + p("c")], [p("d"), p("")]), table([p("framed")])
    assert shape(*body) == [
        "table |  | ", "  row |  | a | b\nc", "  row |  | d |", "para |  | framed",
    ]  # fmt: skip


def test_a_deleted_row_is_gone():
    body = table([p("a")], [p("b")]).replace(
        "<w:tr>", '<w:tr><w:trPr><w:del w:id="1"/></w:trPr>', 1
    )
    assert shape(body) == ["para |  | b"]


def test_links_notes_controls_and_signs():
    link = '<w:hyperlink r:id="l1"><w:r><w:t>here</w:t></w:r></w:hyperlink>'
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    control = f"<w:sdt><w:sdtContent>{r('kept')}</w:sdtContent></w:sdt>"
    tab = "<w:r><w:tab/><w:t>x</w:t><w:br/><w:t>y</w:t><w:noBreakHyphen/></w:r>"
    body = p("See ", link, note, " ", control, tab)
    assert shape(body, links=[("l1", "https://x.eu/a")]) == [
        "para |  | See [here](https://x.eu/a) kept x\ny-", "para |  | The note.",
    ]  # fmt: skip


def test_text_boxes_and_pictures_are_listed_and_their_words_kept():
    box = f"<w:r><w:pict><w:txbxContent>{p('in the box')}</w:txbxContent></w:pict></w:r>"
    found = read(docx(p("Before.", box), p("<w:r><w:drawing/></w:r>")))
    assert found.text == "Before.\nin the box"
    assert [item.what for item in found.unmapped] == [
        "text box, its words follow the paragraph", "picture",
    ]  # fmt: skip


def test_the_title_is_the_name_of_a_file_without_one():
    found = read(docx(p("Words {{x}}.")), "house_rules.docx")
    assert (found.tree.title, found.title_is_text) == ("house rules", False)
    assert found.tree.clauses[0].text == "Words \\{\\{x\\}\\}."


def test_a_file_without_body_is_refused():
    empty = f'<w:document xmlns:w="{W}" xmlns:r="{R}"/>'
    with pytest.raises(Invalid, match="its body is missing"):
        read(docx(parts={"word/document.xml": empty}))
    with pytest.raises(Invalid, match="not a Word file"):
        read(zipped([("a.txt", "x")]))
