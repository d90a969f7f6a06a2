"""Comments come back as they were written: threads, states, moments."""

from app.formats.docx import comments_reader, writer
from app.formats.docx.comments import Note
from app.formats.docx.source_package import SourcePackage
from tests.formats.docx.samples import agreement
from tests.formats.docx_texts import OFFICE, PACKAGE, W, docx, p


def test_threads_with_their_state():
    reply = Note("Bo", "No.\nNever.", "2026-05-02T09:00:00Z")
    notes = {
        "form": (Note("Ana", "Why?", "2026-05-01T09:00:00Z", (reply,), resolved=True),),
        "duty": (Note("Cy", "When?"),),
    }
    data = writer.write(agreement(), status="Version", version="3", notes=notes)
    why, no, when = comments_reader.read(SourcePackage(data))
    assert (why.author, why.date, why.text, why.parent) == (
        "Ana",
        "2026-05-01T09:00:00Z",
        "Why?",
        "",
    )
    assert (no.text, no.parent, no.resolved, why.resolved) == (
        "No.\nNever.",
        why.number,
        True,
        True,
    )
    assert (when.text, when.date, when.resolved) == ("When?", "", False)


def test_a_file_of_an_old_program_has_comments_without_threads():
    said = f'<w:comment w:id="4" w:author="A" w:date="d">{p("One")}{p("two")}</w:comment>'
    parts = {
        "word/comments.xml": f'<w:comments xmlns:w="{W}">{said}</w:comments>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="c" Type="{OFFICE}/comments" Target="comments.xml"/></Relationships>',
    }
    (one,) = comments_reader.read(SourcePackage(docx(p("x"), parts=parts)))
    assert (one.number, one.text, one.parent, one.resolved) == ("4", "One\ntwo", "", False)


def test_no_comments():
    assert comments_reader.read(SourcePackage(docx(p("x")))) == ()
