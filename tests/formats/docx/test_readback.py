from app.formats.docx.ooxml import document
from app.formats.docx.readback import views

BY = 'w:author="A" w:date="2026-05-01T09:00:00Z"'


def read(*paragraphs):
    body = "".join(f"<w:p>{held}</w:p>" for held in paragraphs)
    return views(document(body.encode()))


def r(words):
    return f"<w:r><w:t>{words}</w:t></w:r>"


def test_inserted_and_deleted_words_stand_in_one_view_each():
    gone = f'<w:del w:id="1" {BY}><w:r><w:delText>thirty</w:delText></w:r></w:del>'
    come = f'<w:ins w:id="2" {BY}>{r("sixty")}</w:ins>'
    assert read(f"{r('within ')}{gone}{come}{r(' days')}") == (
        ("within sixty days",),
        ("within thirty days",),
    )


def marked(change):
    return f'<w:pPr><w:rPr><w:{change} w:id="9" {BY}/></w:rPr></w:pPr>'


def test_where_a_mark_goes_two_lines_are_one():
    first = f"{marked('ins')}{r('One. ')}"
    assert read(first, r("Two.")) == (("One.", "Two."), ("One. Two.",))
    assert read(f"{marked('del')}{r('One. ')}", r("Two.")) == (("One. Two.",), ("One.", "Two."))


def test_what_is_wholly_gone_joins_nothing():
    gone = f'<w:del w:id="1" {BY}><w:r><w:delText>Gone.</w:delText></w:r></w:del>'
    assert read(r("One."), f"{marked('del')}{gone}", r("Two.")) == (
        ("One.", "Two."),
        ("One.", "Gone.", "Two."),
    )


def test_moved_words_stand_where_they_are_in_each_view():
    source = f'<w:moveFrom w:id="1" {BY}>{r("It moves.")}</w:moveFrom>'
    target = f'<w:moveTo w:id="2" {BY}>{r("It moves.")}</w:moveTo>'
    assert read(source, r("Stays."), target) == (("Stays.", "It moves."), ("It moves.", "Stays."))


def test_a_reference_is_read_by_its_target():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:instrText> REF _cl_a \\w \\h </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("4.2")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    link = f'<w:hyperlink w:anchor="_cl_b">{r("Article 4")}</w:hyperlink>'
    lead = '<w:r><w:rPr><w:rStyle w:val="ReferenceLead"/></w:rPr><w:t>Article </w:t></w:r>'
    assert read(f"{lead}{field} {link}").accepted == ("[[_cl_a]][[_cl_b]]",)


def test_what_we_put_around_the_text_is_left_out():
    style = '<w:pPr><w:pStyle w:val="TOC1"/></w:pPr>'
    assert read(f"{style}{r('Article 1')}", r("Text")) == (
        ("Text",),
        ("Text",),
    )


def test_a_text_in_pieces_reads_as_one():
    first, second = f"<w:p>{marked('ins')}{r('One. ')}</w:p>", f"<w:p>{r('Two.')}</w:p>"
    whole = views(document((first + second).encode()))
    assert views(document(first.encode()), document(second.encode())) == whole
