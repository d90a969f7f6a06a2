import pytest

from app.domain import redline
from app.domain.clauses import ClauseTree, Place
from app.formats.docx import lint, redline_writer
from app.formats.docx.readback import views
from tests.formats.docx.samples import HAND, clause, text_of

WHOLE = ClauseTree(
    "Deal",
    (
        clause("a", text="The Hub pays within 30 days of the invoice. It may set off claims."),
        clause("z", text="Counting goes on."),
    ),
)
HALVES = WHOLE.replace("a", text="The Hub pays within 30 days of the invoice.").insert(
    Place(None, "a"), clause("b", text="It may set off claims.")
)


def written(old, new):
    data = redline_writer.write(redline.build(old, new), otherwise=HAND)
    assert lint.check(data) == ()
    return text_of(data)


@pytest.mark.parametrize(
    ("old", "new", "mark"), [(WHOLE, HALVES, "<w:ins "), (HALVES, WHOLE, "<w:del ")]
)
def test_only_the_mark_between_two_halves_comes_or_goes(old, new, mark):
    document = written(old, new)
    assert f"<w:rPr>{mark}" in document
    assert "It may set off claims." in document
    assert document.count("set off") == 1
    assert "delText" not in document.replace('<w:delText xml:space="preserve"> </w:delText>', "")
    whole = "The Hub pays within 30 days of the invoice. It may set off claims."
    found = views(document.encode())
    assert (whole in found.rejected) is (old is WHOLE)
    assert (whole in found.accepted) is (new is WHOLE)


def test_halves_keep_their_own_changes():
    new = HALVES.replace("a", text="The Hub pays within 45 days of the invoice.")
    found = views(written(WHOLE, new).encode())
    assert "The Hub pays within 45 days of the invoice." in found.accepted
    assert "It may set off claims." in found.accepted
    assert len(found.rejected) == 3


@pytest.mark.parametrize(
    "new",
    [
        HALVES.replace("b", text="It may set off its claims."),
        HALVES.replace("b", heading="Set-off"),
        HALVES.insert(Place("b", None), clause("c", text="Only once.")),
    ],
)
def test_what_is_no_mere_cut_is_told_as_words(new):
    assert "<w:delText" in written(WHOLE, new)
