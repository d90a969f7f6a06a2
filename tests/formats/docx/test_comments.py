from app.formats.docx.comments import Comments, Note

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
