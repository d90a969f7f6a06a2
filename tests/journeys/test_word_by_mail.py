"""A whole negotiation by mail: a legal contact who never signs in, from the copy to the answers."""

import email
import io
import re
import sys
import zipfile
from datetime import timedelta
from email import policy
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.actions import comments, consolidation, dispositions, rounds
from app.cli import notices
from app.cli.mail import COMMANDS
from app.domain.lifecycle import Outcome
from app.kernel import clock
from app.models.agreements import Agreement
from app.models.amendments import AmendmentRow
from app.models.base import db
from app.models.comments import Thread
from app.models.rounds import Round
from app.queries.people import actor_of
from tests.formats.docx import office
from tests.formats.docx.samples import changed
from tests.formats.test_mail import letter
from tests.journeys.conftest import PATIENCE
from tests.journeys.test_word_and_back import BODY, tracked
from tests.journeys.walking import press

pytestmark = pytest.mark.browser


@pytest.fixture
def visitor(site, browser):
    """A browser of somebody who never signs in."""
    context = browser.new_context(base_url=site.address, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


class Post:
    """The mail of the site: what came to one person since it was last looked at."""

    def __init__(self, site, address):
        self.site, self.address, self.seen = site, address, set()

    def come(self):
        folder = self.site.app.config["MAIL_FILE_PATH"]
        found = []
        for file in sorted({*Path(folder).iterdir()} - self.seen):
            self.seen.add(file)
            with file.open("rb") as opened:
                message = email.message_from_binary_file(opened, policy=policy.default)
            if self.address in str(message["To"]):
                found.append(message)
        return found[-1]


def attached(message):
    (part,) = message.iter_attachments()
    return part.get_filename(), part.get_content()


def link_of(message):
    return re.search(r"https?://\S+/word/\S+", message.get_body().get_content()).group()


def send(site, data):
    """Hand a letter to the command, as a mail server does."""
    before, sys.stdin = sys.stdin, SimpleNamespace(buffer=io.BytesIO(data))
    try:
        with site.inside():
            assert COMMANDS["mail receive"]([]) == 0
    finally:
        sys.stdin = before


def facilitate(site, network, agreement_id, act):
    with site.inside():
        agreement = db.session.get_one(Agreement, agreement_id)
        held = db.session.scalars(
            select(Round).where(Round.agreement_id == agreement_id).order_by(Round.number.desc())
        ).first()
        act(actor_of(db.session, network.sofie.id), agreement, held)
        notices.deliver()


def open_with_a_question(facilitator, agreement, _held):
    closes_at = clock.utcnow() + timedelta(days=20)
    opened = rounds.open_round(facilitator, agreement, closes_at=closes_at)
    comments.start_thread(facilitator, opened, text="Is it enough?", kind="question")


def answer_all(facilitator, _agreement, held):
    """Accept the amendments, answer the comments, publish."""
    rounds.begin_consolidation(facilitator, held)
    for row in db.session.scalars(select(AmendmentRow).where(AmendmentRow.round_id == held.id)):
        dispositions.answer_amendment(
            facilitator,
            held,
            amendment_id=row.id,
            outcome=Outcome.ACCEPTED,
            answer="Agreed by all.",
        )
    threads = db.session.scalars(select(Thread.id).where(Thread.round_id == held.id)).all()
    dispositions.answer_comments(
        facilitator, held, threads=threads, outcome=Outcome.NOTED, answer="With everybody."
    )
    consolidation.publish_version(facilitator, held, note="")


def test_a_negotiation_by_mail(site, visitor, network, tmp_path):
    office.needed()
    case, claire = network.whole.agreement.id, network.whole.people["Lille"].email
    site.app.config["MAIL_INBOUND"] = "word@example.org"
    post = Post(site, claire)
    site.now += timedelta(days=60)
    facilitate(site, network, case, lambda *_: None)
    post.come()
    facilitate(site, network, case, open_with_a_question)

    # The copy comes with the letter; it is worked on and brought back by the letter's link.
    first = post.come()
    name, copy = attached(first)
    assert name.endswith("-2.docx")
    worked = office.saved_again({"worked": tracked(copy, days="20")}, tmp_path)["worked"]
    path = tmp_path / "worked.docx"
    path.write_bytes(worked)
    visitor.goto(link_of(first))
    press(visitor.get_by_role("button", name="Bring the copy back as Person Lille"))
    expect(visitor.get_by_text("You act for Person Lille of Lille")).to_be_visible()
    visitor.get_by_label("The Word file").set_input_files(path)
    press(visitor.get_by_role("button", name="Read the file"))
    expect(visitor.get_by_text("Words changed, marked by Ana Ito")).to_be_visible()
    visitor.get_by_label("One amendment for each clause").check()
    press(visitor.get_by_role("button", name="Take it in"))
    expect(visitor.get_by_text("2 amendments proposed, 1 comment posted")).to_be_visible()
    press(visitor.get_by_role("button", name="Stop acting for Person Lille"))

    # Another file is sent as the answer to the letter.
    again = changed(copy, BODY, "across borders", "across all borders")
    send(site, letter(str(first["Reply-To"]), content=again))
    visitor.goto(link_of(post.come()))
    expect(visitor.get_by_text("copy.docx came by mail and was read.")).to_be_visible()
    press(visitor.get_by_role("button", name="Look at it as Person Lille"))
    expect(visitor.get_by_text("not tracked in the file")).to_be_visible()
    press(visitor.get_by_role("button", name="Take it in"))
    expect(visitor.get_by_text("1 amendment proposed")).to_be_visible()

    # The answers come with the letter about the next version, as replies in the comments.
    site.now += timedelta(days=25)
    facilitate(site, network, case, answer_all)
    last = post.come()
    name, answers = attached(last)
    assert name.endswith("-2-answers.docx")
    said = zipfile.ZipFile(io.BytesIO(answers)).read("word/comments.xml").decode()
    for words in ("Also with others?", "Noted. With everybody.", "Accepted. Agreed by all."):
        assert words in said
    visitor.goto(link_of(last))
    expect(visitor.get_by_text("Its round is over.")).to_be_visible()
    with visitor.expect_download() as coming:
        visitor.get_by_role("link", name="Take the answers").click()
    assert coming.value.path().read_bytes() == answers


def test_a_file_that_says_nothing_of_itself_is_asked_about(site, person, network, tmp_path):
    page = person(network.claire)
    slug = network.slugs["open"]
    foreign = tmp_path / "foreign.docx"
    with zipfile.ZipFile(foreign, "w") as made:
        made.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
            'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        made.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        made.writestr(
            "word/document.xml",
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            "<w:body><w:p><w:r><w:t>The Hubs cooperate across all borders.</w:t></w:r></w:p>"
            "</w:body></w:document>",
        )
    page.goto(f"/agreements/{slug}/word/back")
    page.get_by_label("The Word file").set_input_files(foreign)
    press(page.get_by_role("button", name="Read the file"))
    expect(page.get_by_role("heading", name="Which version was this taken from?")).to_be_visible()
    page.get_by_label("Version", exact=True).select_option("1")
    press(page.get_by_role("button", name="Compare"))
    expect(
        page.get_by_role("heading", name="This is what foreign.docx would bring")
    ).to_be_visible()
