"""Bringing a Word file back: upload, look, take or leave."""

import io
import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.actions import amendments
from app.domain import operations
from app.formats.docx import revisions_reader
from app.http import quarantine
from app.models.amendments import AmendmentRow
from app.models.imports import WordImport
from app.queries import word_exports
from app.queries.word_exports import Wish
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import propose, reword
from tests.factories.people import START, make_workspace
from tests.factories.returned import NEW, file_of, inside
from tests.formats.docx import settling


@pytest.fixture
def case(session, clock):
    clock.set(START + timedelta(days=2))
    make_workspace()
    return make_case()


@pytest.fixture
def room(case, client, sign_in):
    sign_in(client, case.people["Lille"])
    return f"/agreements/{case.agreement.slug}/word/back"


def upload(client, room, data, name="deal.docx"):
    form = {"file": (io.BytesIO(data), name)}
    return client.post(room, data=form, content_type="multipart/form-data")


def numbers(page):
    return re.findall(r'name="take" value="([^"]+)"', page)


def test_a_file_is_read_looked_at_and_taken(client, room, case, session):
    assert "What came back already" in client.get(room).text
    answer = upload(client, room, file_of(case))
    assert answer.status_code == 303
    seen = client.get(answer.location).text
    assert "1 tracked change" in seen
    assert "marked by Ana Ito" in seen
    (number,) = numbers(seen)
    taken = client.post(answer.location, data={"take": number, "why": "Too short."})
    assert taken.status_code == 303
    row = session.scalars(select(AmendmentRow)).one()
    assert row.label == "A1"
    assert row.rationale == "Too short.\n\nFrom the Word file deal.docx, as marked by Ana Ito."
    kept = client.get(room)
    assert "deal.docx" in kept.text
    link = re.search(r'href="(/agreements/[^"]+/files/[^"]+)"', kept.text)[1]
    assert client.get(link).data == file_of(case)
    assert client.get(answer.location).status_code == 404


def test_what_is_left_stays_left_and_the_page_keeps_what_was_typed(client, room, case, session):
    there = upload(client, room, file_of(case)).location
    answer = client.post(there, data={"why": "My words."})
    assert answer.status_code == 422
    assert "Take at least one" in answer.text
    assert "My words." in answer.text
    assert session.scalars(select(AmendmentRow)).all() == []
    thrown = client.post(f"{there}/discard")
    assert thrown.status_code == 303
    assert client.get(there).status_code == 404


def test_the_same_file_twice_says_so(client, room, case, session):
    for _ in range(2):
        there = upload(client, room, file_of(case)).location
        seen = client.get(there).text
        client.post(there, data={"take": numbers(seen)})
    assert "already" in seen
    assert len(session.scalars(select(WordImport)).all()) == 1
    assert len(session.scalars(select(AmendmentRow)).all()) == 1


def test_a_file_that_says_nothing_of_itself_asks_for_its_version(client, room, case):
    other = TREE
    for node in TREE.walk():
        if node.text:
            other = other.replace(node.key, text=f"Other words than in {node.key}, all of them.")
    there = upload(client, room, file_of(case, other, old=other, named=False)).location
    seen = client.get(there).text
    assert "Which version was this taken from?" in seen
    compared = client.get(f"{there}?version=1").text
    assert "not tracked in the file" in compared


def test_what_is_no_word_file_is_refused_with_a_sentence(client, room):
    answer = upload(client, room, b"PK\x03\x04 broken")
    assert answer.status_code == 422
    assert "damaged" in answer.text
    assert upload(client, room, b"%PDF-1", "deal.pdf").status_code == 422


def test_nobody_has_more_than_some_files_waiting(client, app, room, case):
    assert upload(client, room, file_of(case)).status_code == 303
    folder = Path(app.instance_path) / "quarantine"
    latest = max(folder.iterdir(), key=lambda place: (place / "about.json").stat().st_mtime)
    for number in range(quarantine.MOST_WAITING - 1):
        shutil.copytree(latest, folder / f"{latest.name}-{number}")
    answer = upload(client, room, file_of(case, NEW.replace("scope-aim", text="Other.")))
    assert answer.status_code == 409
    assert "wait to be confirmed" in answer.text


def test_strangers_and_late_comers(client, sign_in, case, clock):
    room = f"/agreements/{case.agreement.slug}/word/back"
    sign_in(client, case.people["Lille"])
    there = upload(client, room, file_of(case)).location
    clock.set(START + timedelta(days=31))
    assert client.get(there).status_code == 409
    assert client.post(there, data={"take": "x"}).status_code == 409


@pytest.mark.parametrize("version", ["9" * 30, "-1", "2", "x"])
def test_a_version_that_never_was_is_no_version(client, room, case, version):
    there = upload(client, room, file_of(case)).location
    assert client.get(f"{there}?version={version}").status_code == 200
    assert client.post(there, data={"take": "x", "version": version}).status_code == 422


@pytest.mark.parametrize("fate", ["accepted", "rejected"])
def test_what_was_settled_in_word_is_said_on_the_page(client, room, case, session, fate):
    reword(case, "Porto", "15", "20")
    data = word_exports.export(session, case.agreement, Wish("open")).content
    hands = [one.date for one in revisions_reader.read(data).origin.amendments]
    there = upload(client, room, settling.settled(data, **{fate: hands})).location
    seen = client.get(there).text
    assert f"{fate.capitalize()} in Word, which decides nothing here." in seen
    assert f"/agreements/{case.agreement.slug}/amendments/A1" in seen
    assert numbers(seen) == []


def test_what_was_typed_into_a_pending_insertion_becomes_an_amendment_to_it(
    client, room, case, session
):
    primary = reword(case, "Porto", "days", "days of a written request that names the need")
    data = word_exports.export(session, case.agreement, Wish("open")).content
    data = inside(data, b"written request", b" or letter")
    there = upload(client, room, data).location
    page = client.get(there).text
    assert "brings, so it becomes an amendment to it" in page
    (number,) = numbers(page)
    assert number.startswith("A1:")
    assert client.post(there, data={"take": number, "put": "propose"}).status_code == 303
    session.expire_all()
    made = session.scalars(select(AmendmentRow).where(AmendmentRow.label == "A1.1")).one()
    assert (made.primary_id, made.primary_hash) == (primary.id, primary.operations_hash)
    assert "written request or letter that names" in made.operations[0]["text"]


def test_an_amendment_that_was_taken_back_meanwhile_is_amended_no_more(client, room, case, session):
    primary = reword(case, "Porto", "days", "days of a written request that names the need")
    data = word_exports.export(session, case.agreement, Wish("open")).content
    there = upload(client, room, inside(data, b"written request", b" or letter")).location
    (number,) = numbers(client.get(there).text)
    amendments.withdraw_amendment(case.actor("Porto"), primary)
    refused = client.post(there, data={"take": number, "put": "propose"})
    assert refused.status_code == 422
    assert session.scalars(select(AmendmentRow).where(AmendmentRow.label == "A1.1")).all() == []


def test_what_was_taken_in_part_in_word_is_said_on_the_page(client, room, case, session):
    text = TREE.find("answer-time").text
    propose(
        case, "Porto",
        operations.replace_text(TREE, "answer-time", text.replace("15", "20")),
        operations.set_heading(TREE, "scope", "What this is about"),
    )  # fmt: skip
    data = word_exports.export(session, case.agreement, Wish("open")).content
    hands = [one.date for one in revisions_reader.read(data).origin.amendments]
    data = settling.settled(
        data, accepted=hands, which=lambda node: "".join(node.itertext()) in {"15", "20"}
    )
    there = upload(client, room, settling.settled(data, rejected=hands)).location
    page = client.get(there).text
    assert "Settled in part in Word, which decides nothing here." in page
    assert "Taken: <del" in page
    assert "it becomes an amendment to it" in page
