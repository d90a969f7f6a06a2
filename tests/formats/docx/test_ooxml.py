from app.formats.docx.ooxml import (
    By,
    Ids,
    bookmark,
    clause_bookmark,
    document,
    encoded,
    paragraph,
    party_bookmark,
    quoted,
    run,
)


def test_a_run_keeps_spaces_breaks_lines_and_drops_what_xml_cannot_hold():
    assert run(" a<b\x07 ") == '<w:r><w:t xml:space="preserve"> a&lt;b </w:t></w:r>'
    assert run("a\nb").count("<w:br/>") == 1
    assert run("") == ""
    assert (
        run("gone", deleted=True) == '<w:r><w:delText xml:space="preserve">gone</w:delText></w:r>'
    )


def test_a_long_text_is_encoded_in_pieces_and_says_the_same():
    blocks = [paragraph("", run(f"{n} “café” 日本")) for n in range(150)]
    blocks[40:90] = [""] * 50
    pieces = list(encoded(blocks))
    assert len(pieces) > 1 and b"".join(pieces).decode() == "".join(blocks)
    assert "".join(blocks) in document(*pieces).decode()
    assert document(*pieces).count(b"<w:body>") == document(*pieces).count(b"<?xml ") == 1


def test_a_run_with_a_look_carries_it():
    assert run("x", "<w:b/>").startswith("<w:r><w:rPr><w:b/></w:rPr>")


def test_an_attribute_is_one_line_without_quotes():
    assert quoted('a "b"\nc & d') == "a &quot;b&quot; c &amp; d"


def test_names_of_bookmarks_are_short_and_plain():
    assert clause_bookmark("answer-time") == "_cl_answer_time"
    assert party_bookmark("TÜR-1") == "_pa_T_R_1"
    assert len(party_bookmark("x" * 60)) == 40


def test_ids_are_never_given_twice_and_a_change_names_its_author():
    ids = Ids()
    assert [ids.next(), ids.next()] == [1, 2]
    assert By("A & B", "2026-05-01T09:00:07Z").attributes(3) == (
        'w:id="3" w:author="A &amp; B" w:date="2026-05-01T09:00:07Z"'
    )


def test_a_bookmark_stands_around_what_it_names():
    assert bookmark(4, "_cl_x", "y") == (
        '<w:bookmarkStart w:id="4" w:name="_cl_x"/>y<w:bookmarkEnd w:id="4"/>'
    )


def test_a_paragraph_without_properties_is_bare():
    assert paragraph("", "x") == "<w:p>x</w:p>"
    assert paragraph("Title", "", "<w:jc/>") == (
        '<w:p><w:pPr><w:pStyle w:val="Title"/><w:jc/></w:pPr></w:p>'
    )
