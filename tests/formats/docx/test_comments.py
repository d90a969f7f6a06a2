import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import prose
from app.domain.clauses import Kind
from app.formats.docx import lint, writer
from app.formats.docx.comments import Comments, Note
from app.formats.docx.readback import views
from tests.domain.strategies import trees
from tests.formats.docx.samples import agreement, text_of

THREAD = Note("Ana Ito", "Why?\nReally?", "2026-05-01T09:05:00Z", (Note("Bo Kern", "So."),), True)


def made():
    comments = Comments({"form": (THREAD, Note("Cy", "Else"))})
    return comments.around("form", "<w:r/>"), {part.name: part.xml for part in comments.parts()}


def test_every_reply_has_its_own_marks_in_the_body():
    body, _ = made()
    for number in range(3):
        assert f'<w:commentRangeStart w:id="{number}"/>' in body
        assert f'<w:commentRangeEnd w:id="{number}"/>' in body
        assert f'<w:commentReference w:id="{number}"/>' in body


def test_the_six_parts_agree_on_thread_and_state():
    _, parts = made()
    extended = parts["word/commentsExtended.xml"]
    assert 'w15:paraId="0C000002" w15:paraIdParent="0C000001" w15:done="1"' in extended
    assert 'w15:paraId="0C000003" w15:done="0"' in extended
    assert 'w16cid:paraId="0C000002" w16cid:durableId="20000002"' in parts["word/commentsIds.xml"]
    assert 'w16cex:dateUtc="2026-05-01T09:05:00Z"' in parts["word/commentsExtensible.xml"]
    assert parts["word/people.xml"].count("<w15:person ") == 3


def test_the_id_of_a_comment_stands_on_its_last_paragraph():
    _, parts = made()
    comments = parts["word/comments.xml"]
    assert (
        comments.index("Why?") < comments.index('w14:paraId="0C000001"') < comments.index("Really?")
    )
    assert 'w:initials="AI"' in comments


def test_nobody_remarked_anything():
    comments = Comments({})
    assert comments.around("form", "x") == "x" and comments.parts() == ()


def test_a_comment_on_words_stands_around_them_and_needs_no_quote():
    note = Note("Ana", "Why?", quote="binding", part="text", start=6, end=13)
    whole = Note("Bo", "Gone?", quote="long gone")
    data = writer.write(agreement(), status="", version="", notes={"form": (note, whole)})
    assert lint.check(data) == ()
    document = text_of(data)
    begin = document.index('<w:commentRangeStart w:id="0"/>')
    end = document.index('<w:commentRangeEnd w:id="0"/>')
    assert re.sub("<[^>]*>", "", document[begin:end]) == "binding"
    said = text_of(data, "word/comments.xml")
    assert "“binding”" not in said
    assert "“long gone” Gone?" in said


@settings(max_examples=40, deadline=None)
@given(trees(), st.data())
def test_comments_on_any_words_leave_the_text_as_it_is(tree, data):
    notes = {}
    for node in tree.walk():
        size = len(prose.plain(node.text))
        if size and node.kind not in {Kind.ROW, Kind.VERBATIM, Kind.GENERATED, Kind.TABLE}:
            start = data.draw(st.integers(0, size - 1))
            end = data.draw(st.integers(start + 1, size))
            note = Note("Ana", "Why?", part="text", start=start, end=end)
            notes[node.key] = (note, replace(note, start=0))
    marked = writer.write(tree, status="", version="", notes=notes)
    assert lint.check(marked) == ()
    plain = writer.write(tree, status="", version="")
    assert views(text_of(marked).encode()) == views(text_of(plain).encode())
