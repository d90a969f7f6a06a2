"""A page one holds is answered at once, and never after anything changed that it rests on."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from app.actions import comments
from app.models.agreements import Agreement, Participant, Seat
from app.models.notices import Notice
from app.models.people import Membership, User
from app.models.rounds import Round
from tests.factories.agreements import make_case
from tests.factories.people import START, make_workspace

DURING = START + timedelta(days=2, hours=1)


@pytest.fixture
def case(session, clock):
    clock.set(DURING)
    make_workspace()
    made = make_case()
    session.commit()
    comments.start_thread(made.actor("Lille"), made.round, text="Why?", kind="question")
    return made


@pytest.fixture
def again(client, case, sign_in):
    """The text as the person of Porto's browser asks for it, which holds it from before."""
    sign_in(client, case.people["Porto"])
    address = f"/agreements/{case.agreement.slug}"
    client.get(address).close()
    name = client.get(address).headers["ETag"]

    def ask(**headers: str):
        return client.get(address, headers={"If-None-Match": name, **headers})

    assert ask().status_code == 304
    return ask


def test_an_unchanged_page_loads_nothing(again, count_statements):
    with count_statements() as sent:
        answer = again()
    assert (answer.status_code, answer.data, sent) == (304, b"", [])


def test_it_has_the_headers_of_every_answer(again, client, case):
    client.get(f"/agreements/{case.agreement.slug}", headers={"Accept-Language": "en-GB"}).close()
    first, short = again(**{"Accept-Language": "en-GB"}), again()
    for name in ("Content-Security-Policy", "Cache-Control", "ETag", "Vary", "Referrer-Policy"):
        assert short.headers[name] == first.headers[name]
    assert "Content-Type" not in short.headers
    assert "Set-Cookie" not in short.headers


def test_what_happens_in_the_agreement_is_seen_at_once(again, case):
    comments.start_thread(case.actor("Lille"), case.round, text="And this?", kind="concern")
    answer = again()
    assert answer.status_code == 200
    assert "And this?" in answer.text


def test_what_happens_elsewhere_is_nothing_to_it(again, count_statements):
    other = make_case("Lund", "Turku")
    comments.start_thread(other.actor("Lund"), other.round, text="Elsewhere", kind="concern")
    with count_statements() as sent:
        assert again().status_code == 304
    assert sent == []


def test_who_was_removed_loses_the_page_at_once(again, session, case):
    person = case.people["Porto"].id
    session.execute(delete(Seat).where(Seat.user_id == person))
    session.execute(delete(Membership).where(Membership.user_id == person))
    session.commit()
    assert again().status_code == 404


def test_whose_organisation_has_left_loses_the_page_at_once(again, session, case):
    left = {"left_at": DURING}
    session.execute(
        update(Participant).where(Participant.id == case.participants["Porto"].id).values(left)
    )
    session.commit()
    assert again().status_code == 404


@pytest.mark.parametrize("change", [{"active": False}, {"fs_uniquifier": "another"}])
def test_who_was_signed_out_must_sign_in(again, session, case, change):
    session.execute(update(User).where(User.id == case.people["Porto"].id).values(change))
    session.commit()
    assert again().status_code == 302


def test_a_page_follows_its_reader(again, session, case):
    session.execute(update(User).where(User.id == case.people["Porto"].id).values(name="Ana"))
    session.commit()
    assert again().status_code == 200


def test_the_count_of_notices_is_that_of_now(again, session, case):
    told = {"tag": "reminder_sent", "data": {}, "seq": 1, "created_at": DURING}
    session.add(Notice(user_id=case.people["Porto"].id, agreement_id=case.agreement.id, **told))
    session.commit()
    assert again().status_code == 200


def test_a_deadline_ends_it(again, clock, case, session):
    case_round = session.get_one(Round, case.round.id)
    clock.set(case_round.closes_at - timedelta(seconds=20))
    assert again().status_code == 200
    clock.set(case_round.closes_at)
    answer = again()
    assert answer.status_code == 200
    assert "/comments/new" not in answer.text


def test_after_a_minute_it_is_looked_at_again(again, clock, count_statements):
    clock.set(DURING + timedelta(seconds=61))
    with count_statements() as sent:
        assert again().status_code == 304
    assert sent
    with count_statements() as sent:
        assert again().status_code == 304
    assert sent == []


def test_other_cookies_another_language_or_name_go_the_long_way(again, client, count_statements):
    with count_statements() as sent:
        assert again(**{"Accept-Language": "de"}).status_code in {200, 304}
        assert again(**{"If-None-Match": 'W/"another"'}).status_code == 200
    assert len(sent) > 2
    client.delete_cookie("session")
    assert again().status_code == 302


def test_a_session_that_ends_within_a_minute_goes_the_long_way(
    client, case, sign_in, app, monkeypatch, count_statements
):
    sign_in(client, case.people["Porto"])
    monkeypatch.setattr(app, "permanent_session_lifetime", timedelta(seconds=50))
    address = f"/agreements/{case.agreement.slug}"
    client.get(address).close()
    held = {"If-None-Match": client.get(address).headers["ETag"]}
    with count_statements() as sent:
        assert client.get(address, headers=held).status_code == 304
    assert sent


def test_no_such_agreement_is_nobodys(client, case, sign_in, session):
    assert sign_in(client, case.people["Porto"]).get("/agreements/nowhere").status_code == 404
    assert session.get(Agreement, case.agreement.id) is not None
