"""What the link of a letter opens to somebody who never signs in."""

import io
import zipfile
from datetime import timedelta

import pytest

from app.domain import redline
from app.domain.lifecycle import Outcome
from app.formats.docx import redline_writer
from app.http import passes
from app.http.passes import Pass
from app.kernel import clock
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import answer, comment, consolidate
from tests.factories.people import make_workspace
from tests.formats.docx.samples import HAND
from tests.queries.test_word_passes import seat_of


@pytest.fixture
def case(session):
    make_workspace()
    return make_case()


@pytest.fixture
def link(app, session, case):
    with app.app_context():
        return f"/word/{passes.written(Pass(seat_of(session, case, 'Lille').id, 1))}"


def said(answer_):
    return zipfile.ZipFile(io.BytesIO(answer_.data)).read("word/comments.xml").decode()


def test_the_copy_is_taken_without_signing_in(client, case, link):
    comment(case, "Porto", "Too long.", key="answer-time")
    with clock.at(case.round.opens_at + timedelta(days=6)):
        text = client.get(link).text
    assert "for Person Lille of Lille" in text
    assert "Comments and amendments close" in text
    assert "The answers" not in text
    assert "Too long." in said(client.get(f"{link}/copy.docx"))
    assert client.get(f"{link}/answers.docx").status_code == 404


def test_the_answers_come_by_the_same_link(client, case, link):
    mine = comment(case, "Lille", "Is this needed?", key="ending")
    other = comment(case, "Porto", "Too long.", key="answer-time")
    consolidate(case)
    answer(case, [mine, other], Outcome.NOTED, "We keep it.")
    with clock.at(case.round.closes_at + timedelta(days=2)):
        assert "Its round is over." in client.get(link).text
        words = said(client.get(f"{link}/answers.docx"))
    assert "Is this needed?" in words
    assert "Noted. We keep it." in words
    assert "Too long." not in words


def test_a_link_opens_nothing_else(client, case, link):
    assert client.get(link[:-1]).status_code == 404
    assert client.get(link).status_code == 200
    assert client.get(f"/agreements/{case.agreement.slug}").status_code == 302


def test_a_copy_comes_back_without_signing_in(client, session, case, link):
    edited = TREE.replace("ending", text="A Hub leaves with six months of notice.")
    content = redline_writer.write(redline.build(TREE, edited), otherwise=HAND, version="1")
    with clock.at(case.round.closes_at - timedelta(hours=1)):
        room = client.post(f"{link}/back")
        assert room.status_code == 303
        shown = client.get(room.location).text
        assert "You act for Person Lille of Lille" in shown
        assert f'href="/agreements/{case.agreement.slug}' not in shown
        answer_ = client.post(
            room.location,
            data={"file": (io.BytesIO(content), "copy.docx")},
            content_type="multipart/form-data",
        )
        assert answer_.status_code == 303
        preview = client.get(answer_.location)
        assert "six" in preview.text
        waiting = answer_.location.rpartition("/")[2]
        assert "Look at it as Person Lille" in client.get(f"{link}/back/{waiting}").text
        assert client.post(f"{link}/back/{waiting}").location == answer_.location
        assert client.get(f"/agreements/{case.agreement.slug}").status_code == 302
    with clock.at(case.round.closes_at):
        assert client.post(f"{link}/back").location.endswith(link)
        assert client.get(answer_.location).status_code == 409


def test_a_copy_as_large_as_any_may_come_back_by_the_link_and_nothing_else(client, case, link):
    content = b"PK\x03\x04" + bytes(100_000)
    with clock.at(case.round.opens_at + timedelta(days=6)):
        back = f"/agreements/{case.agreement.slug}/word/back"
        sent = {"file": (io.BytesIO(content), "copy.docx")}
        refused = client.post(back, data=sent, content_type="multipart/form-data")
        assert refused.status_code == 413
        room = client.post(f"{link}/back").location
        sent = {"file": (io.BytesIO(content), "copy.docx")}
        read = client.post(room, data=sent, content_type="multipart/form-data")
        assert read.status_code == 422
        assert client.post("/sign-in", data={"email": "a" * 100_000}).status_code == 413


def test_who_signs_out_leaves_the_pass_behind(client, case, link, sign_in):
    with clock.at(case.round.opens_at + timedelta(days=6)):
        room = client.post(f"{link}/back").location
        assert client.get(room).status_code == 200
        sign_in(client, case.people["Porto"])
        client.post("/sign-out")
        assert client.get(room).status_code == 302


def upload(client, room, content=b"PK\x03\x04 no"):
    sent = {"file": (io.BytesIO(content), "copy.docx")}
    return client.post(room, data=sent, content_type="multipart/form-data")


def test_opening_anothers_link_lets_nobody_act_for_them(client, case, link):
    room = f"/agreements/{case.agreement.slug}/word/back"
    with clock.at(case.round.opens_at + timedelta(days=6)):
        for address in (link, f"{link}/back", f"{link}/copy.docx"):
            assert client.get(address).status_code == 200
        assert client.get(room).status_code == 302
        assert upload(client, room).status_code == 401
        elsewhere = {"Origin": "https://evil.example"}
        assert client.post(f"{link}/back", headers=elsewhere).status_code == 403
        assert client.get(room).status_code == 302


def test_a_form_of_another_page_lets_nobody_act_for_anybody(strict_client, case, link):
    with clock.at(case.round.opens_at + timedelta(days=6)):
        assert "csrf_token" in strict_client.get(link).text
        assert strict_client.post(f"{link}/back").status_code == 400
        room = f"/agreements/{case.agreement.slug}/word/back"
        assert strict_client.get(room).status_code == 302


def test_who_is_signed_in_acts_as_themselves_whatever_link_they_open(client, case, link, sign_in):
    with clock.at(case.round.opens_at + timedelta(days=6)):
        sign_in(client, case.people["Porto"])
        text = client.get(link).text
        assert "You are signed in as Person Porto, and this link is for Person Lille" in text
        room = client.post(f"{link}/back").location
        assert "You act for" not in client.get(room).text
        client.post("/sign-out")
        assert client.get(room).status_code == 302


def test_who_signs_in_puts_the_pass_away(client, case, link, sign_in):
    with clock.at(case.round.opens_at + timedelta(days=6)):
        room = client.post(f"{link}/back").location
        sign_in(client, case.people["Porto"])
        assert "You act for" not in client.get(room).text


def test_a_pass_is_put_away_by_a_press_and_by_itself(client, case, link):
    start = case.round.opens_at + timedelta(days=1)
    with clock.at(start):
        room = client.post(f"{link}/back").location
        assert client.get(room).status_code == 200
        client.post(f"{link}/leave")
        assert client.get(room).status_code == 302
        client.post(f"{link}/back")
    with clock.at(start + timedelta(hours=11)):
        assert client.get(room).status_code == 200
    with clock.at(start + timedelta(hours=12)):
        assert client.get(room).status_code == 302


def test_only_its_person_goes_on_with_a_file_that_came_by_mail(client, session, case, link):
    other = f"/word/{passes.written(Pass(seat_of(session, case, 'Porto').id, 1))}"
    content = redline_writer.write(redline.build(TREE, TREE), otherwise=HAND, version="1")
    with clock.at(case.round.opens_at + timedelta(days=6)):
        room = client.post(f"{link}/back").location
        waiting = upload(client, room, content).location.rpartition("/")[2]
        assert client.get(f"{other}/back/{waiting}").status_code == 404
        preview = client.post(f"{other}/back/{waiting}").location
        assert client.get(preview).status_code == 404


def test_what_comes_by_a_link_leaves_its_person_room_for_their_own(
    client, session, case, link, sign_in
):
    content = redline_writer.write(redline.build(TREE, TREE), otherwise=HAND, version="1")
    with clock.at(case.round.opens_at + timedelta(days=6)):
        room = client.post(f"{link}/back").location
        codes = [upload(client, room, content).status_code for _ in range(4)]
        assert codes == [303, 303, 303, 409]
        codes = [upload(client, room).status_code for _ in range(9)]
        assert codes == [409] * 9
        assert "that is as many as it takes" in upload(client, room, content).text
        sign_in(client, case.people["Lille"])
        assert upload(client, room, content).status_code == 303


def test_a_link_ends_some_time_after_the_next_version(client, case, link):
    consolidate(case)
    with clock.at(case.round.closes_at + timedelta(days=300)):
        assert client.get(link).status_code == 200
    with clock.at(case.round.closes_at + timedelta(days=366)):
        ended = client.get(f"{link}/copy.docx")
        assert ended.status_code == 404
        assert "This link has ended" in ended.text
