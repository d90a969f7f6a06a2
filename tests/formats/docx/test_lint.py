"""Each rule catches the defect that it is for, and only then speaks."""

import io
import re
import zipfile

import pytest

from app.domain import redline
from app.domain.clauses import Place
from app.formats.docx import lint, redline_writer, writer
from app.formats.docx.comments import Note
from tests.formats.docx.samples import HAND, agreement, changed, text_of

BODY, COMMENTS = "word/document.xml", "word/comments.xml"


@pytest.fixture(scope="module")
def file():
    """A redline with a move, a deletion, an insertion, a table, references, fields and a thread."""
    old = agreement()
    new = old.remove("after").move("costs", Place("relief", None))
    new = new.replace("answer", text="answer under [[fee-sum]].")
    notes = {"form": (Note("Ana", "Why?", HAND.at.isoformat(), (Note("Bo", "So."),)),)}
    return redline_writer.write(redline.build(old, new), otherwise=HAND, notes=notes)


DEFECTS = [
    (BODY, 'w:name="_cl_search"', 'w:name="_cl_FORM"', "_cl_form stands twice"),
    (BODY, 'w:name="_cl_search"', f'w:name="_{"x" * 40}"', "a name that Word refuses"),
    (BODY, "<w:bookmarkEnd", "<w:proofErr", "has no end"),
    (BODY, "<w:bookmarkStart", "<w:proofErr", "that never began"),
    (BODY, 'w:author="Tartu Hub"', 'w:author=""', "lacks an author or a date"),
    (BODY, '<w:numId w:val="1"/>', '<w:numId w:val="77"/>', "No list has the number 77"),
    ("word/numbering.xml", '<w:abstractNumId w:val="1"/>', '<w:abstractNumId w:val="78"/>',
     "No list definition has the number 78"),
    (BODY, 'w:pStyle w:val="Title"', 'w:pStyle w:val="Titel"', "There is no style Titel"),
    (COMMENTS, '"0C000002"', '"0C000001"', "The paragraph id 0C000001 stands twice"),
    (COMMENTS, '"0C000001"', '"8C000001"', "out of Word's range"),
    (COMMENTS, '"0C000001"', '"00000000"', "out of Word's range"),
    (BODY, 'w:name="mv_costs"', 'w:name="mv_other"', "has only one end"),
    (BODY, "<w:moveToRangeEnd", "<w:moveFromRangeEnd", "don't open and close in pairs"),
    (BODY, '<w:fldChar w:fldCharType="end"/>', "", "doesn't begin and end in pairs"),
    (BODY, "REF _cl_fee_sum", "REF _cl_nowhere", "Nothing is named _cl_nowhere"),
    (BODY, 'w:anchor="_cl_given"', 'w:anchor="_cl_gone"', "Nothing is named _cl_gone"),
    (BODY, '<w:commentRangeStart w:id="1"/>', "", "Comment 1 lacks its commentRangeStart"),
    (BODY, '<w:commentReference w:id="1"/>', '<w:commentReference w:id="9"/>',
     "commentReference 9 has no comment"),
    ("word/commentsIds.xml", 'w16cid:paraId="0C000002"', 'w16cid:paraId="0C000009"',
     "names other paragraphs"),
    ("word/commentsExtended.xml", 'w15:paraIdParent="0C000001"', 'w15:paraIdParent="0C00000F"',
     "names the parent 0C00000F"),
]  # fmt: skip


def test_our_own_file_is_clean(file):
    assert lint.check(file) == ()


@pytest.mark.parametrize(("name", "old", "new", "said"), DEFECTS)
def test_a_seeded_defect_is_named(file, name, old, new, said):
    assert any(said in defect for defect in lint.check(changed(file, name, old, new)))


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("word/commentsExtensible.xml", "<w16cex:commentExtensible ", "<w16cex:other/><w16cex:x ",
         "one entry for each comment"),
        (BODY, "<w:tc>", "<w:tc></w:tc><w:tc>", "doesn't end in a paragraph"),
        (BODY, "<w:tbl>", "<w:tbl><w:tr/>", "A table row has no cell"),
    ],
)  # fmt: skip
def test_a_missing_piece_is_named(file, name, old, new, said):
    assert any(said in defect for defect in lint.check(changed(file, name, old, new)))


def test_a_change_inside_the_same_kind_of_change_and_half_a_field_are_named(file):
    nested = '<w:ins w:id="9001" w:author="A" w:date="D">'
    twice = changed(file, BODY, "<w:ins ", f"{nested}<w:ins ")
    twice = changed(twice, BODY, "</w:ins>", "</w:ins></w:ins>")
    assert any("stands inside another" in defect for defect in lint.check(twice))
    half = changed(file, BODY, '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
                   f'{nested}<w:r><w:fldChar w:fldCharType="begin"/></w:r></w:ins>')  # fmt: skip
    assert any("only a part of a field" in defect for defect in lint.check(half))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("w:delText", "w:t", "Deleted words stand in t"),
        ("w:t", "w:delText", "not deleted stand in delText"),
        ("w:delInstrText", "w:instrText", "Deleted words stand in instrText"),
        ("w:instrText", "w:delInstrText", "not deleted stand in delInstrText"),
    ],
)
def test_words_in_the_wrong_element_are_named(file, old, new, said):
    body = text_of(file)
    renamed = body.replace(f"<{old} ", f"<{new} ").replace(f"</{old}>", f"</{new}>")
    assert any(said in defect for defect in lint.check(changed(file, BODY, body, renamed)))


def test_an_id_used_twice_is_named(file):
    first, second = re.findall(r'<w:(?:ins|del) w:id="(\d+)"', text_of(file))[:2]
    defects = lint.check(
        changed(file, BODY, f' w:id="{second}" w:author', f' w:id="{first}" w:author')
    )
    assert defects == (f"The id {first} is used by two revisions or bookmarks.",)


def test_a_clean_version_has_no_defect():
    assert lint.check(writer.write(agreement(), status="Draft", version="1")) == ()


def test_a_part_that_is_no_xml_is_named(file):
    broken = changed(file, "word/styles.xml", "<?xml", "<?no")
    assert "The part word/styles.xml is not XML." in lint.check(
        changed(broken, "word/styles.xml", "<w:styles", "w:styles")
    )


def test_comments_written_before_there_were_threads_are_whole(file):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as was, zipfile.ZipFile(out, "w") as older:
        for name in was.namelist():
            content = was.read(name)
            if name in {"[Content_Types].xml", "word/_rels/document.xml.rels"}:
                content = re.sub(
                    rb"<(Override|Relationship) [^>]*comments(Ex|Ids)[^>]*/>", b"", content
                )
            if not re.search("comments(Ex|Ids)", name):
                older.writestr(name, content)
    assert lint.check(out.getvalue()) == ()
