"""A lawyer works on a copy in a word processor, with tracking and without, and brings it back."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.models.amendments import AmendmentRow
from app.models.base import db
from app.models.comments import Comment, Thread
from app.models.imports import WordImport
from tests.formats.docx import office
from tests.formats.docx.samples import changed, text_of
from tests.journeys.walking import press

pytestmark = pytest.mark.browser

BODY, SAID = "word/document.xml", "word/comments.xml"
MARK = 'w:id="9{}" w:author="Ana Ito" w:date="2026-05-03T10:0{}:00Z"'
RUN = '</w:t></w:r>{}<w:r><w:t xml:space="preserve">'


def tracked(data, days="15"):
    """The lawyer changes a number, writes a new clause, and asks about another, all tracked."""
    gone = f"<w:del {MARK.format(1, 1)}><w:r><w:delText>{days}</w:delText></w:r></w:del>"
    come = f"<w:ins {MARK.format(2, 1)}><w:r><w:t>25</w:t></w:r></w:ins>"
    data = changed(data, BODY, f"within {days} ", f"within {RUN.format(gone + come)} ")
    body = text_of(data)
    line = re.search(r"<w:p>(?:(?!</w:p>).)*across borders\.(?:(?!</w:p>).)*</w:p>", body)[0]
    look = re.match(r"<w:p>(<w:pPr>.*?)</w:pPr>", line)[1]
    new = (
        f"<w:p>{look}<w:rPr><w:ins {MARK.format(3, 2)}/></w:rPr></w:pPr>"
        f"<w:ins {MARK.format(4, 2)}><w:r><w:t>Each Hub bears its own costs.</w:t></w:r></w:ins>"
        "</w:p>"
    )
    asked = (
        '<w:commentRangeStart w:id="77"/><w:r><w:t>cooperate</w:t></w:r>'
        '<w:commentRangeEnd w:id="77"/><w:r><w:commentReference w:id="77"/></w:r>'
    )
    data = changed(data, BODY, line, line + new)
    data = changed(data, BODY, "cooperate", RUN.format(asked))
    comment = (
        '<w:comment w:id="77" w:author="Ana Ito" w:date="2026-05-03T10:05:00Z" w:initials="AI">'
        "<w:p><w:r><w:t>Also with others?</w:t></w:r></w:p></w:comment></w:comments>"
    )
    return changed(data, SAID, "</w:comments>", comment)


def bring_back(page, slug, data, folder, name):
    """Send a file through LibreOffice and upload what it wrote."""
    path = folder / f"{name}.docx"
    path.write_bytes(office.saved_again({name: data}, folder / name)[name])
    page.goto(f"/agreements/{slug}/word")
    press(page.get_by_role("link", name="Bring a file back"))
    page.get_by_label("The Word file").set_input_files(path)
    press(page.get_by_role("button", name="Read the file"))


def rows(site, table):
    with site.inside():
        return list(db.session.scalars(select(table)))


def test_a_copy_is_worked_on_and_comes_back(site, person, network, tmp_path):
    office.needed()
    slug = network.slugs["open"]
    page = person(network.claire)
    page.goto(f"/agreements/{slug}/word")
    page.get_by_label("With the comments").first.check()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Take a clean copy").click()
    copy = coming.value.path().read_bytes()

    before = len(rows(site, AmendmentRow)), len(rows(site, Thread))
    bring_back(page, slug, tracked(copy), tmp_path, "tracked")
    expect(page.get_by_text("2 tracked changes")).to_be_visible()
    expect(page.get_by_text("Words changed, marked by Ana Ito")).to_be_visible()
    expect(page.get_by_text("New, marked by Ana Ito")).to_be_visible()
    expect(page.get_by_text("Also with others?")).to_be_visible()
    page.get_by_label("One amendment for each clause").check()
    press(page.get_by_role("button", name="Take it in"))
    expect(page.get_by_text("2 amendments proposed, 1 comment posted")).to_be_visible()
    after = len(rows(site, AmendmentRow)), len(rows(site, Thread))
    assert after == (before[0] + 2, before[1] + 1)
    (asked,) = [one for one in rows(site, Comment) if one.text.startswith("Also with others?")]
    (thread,) = [one for one in rows(site, Thread) if one.id == asked.thread_id]
    assert (thread.clause_key, thread.quote) == ("scope-aim", "cooperate")

    silent = changed(copy, BODY, "across borders", "across all borders")
    bring_back(page, slug, silent, tmp_path, "silent")
    expect(page.get_by_text("1 change that was not tracked")).to_be_visible()
    expect(page.get_by_text("not tracked in the file")).to_be_visible()
    page.get_by_label("Keep them as drafts to go over").check()
    press(page.get_by_role("button", name="Take it in"))
    expect(page.get_by_text("1 amendment kept as a draft")).to_be_visible()
    assert [row.state for row in rows(site, AmendmentRow)].count("draft") == 1
    assert len(rows(site, WordImport)) == 2
    expect(page.get_by_role("link", name="silent.docx")).to_be_visible()
