"""A page that is there is answered at once, and never after anything changed that it rests on."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from app.actions import comments
from app.models.agreements import Agreement, Participant, Seat
from app.models.notices import Notice
from app.models.people import Membership, User
from app.models.rounds import Round
from tests.factories.agreements import make_case
from tests.factories.people import START, make_user, make_workspace

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


def test_a_round_that_opens_ends_it(client, case, sign_in, clock, session):
    # On PostgreSQL it opens by the clock of the database, which may be a little ahead of ours.
    session.get_one(Round, case.round.id).opens_at = DURING + timedelta(seconds=3)
    sign_in(client, case.people["Porto"])
    address = f"/agreements/{case.agreement.slug}"
    for _ in range(2):
        assert "/comments/new" not in client.get(address).text
    clock.go_on(seconds=3)
    assert "/comments/new" in client.get(address).text


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


def test_a_session_that_has_ended_goes_the_long_way(
    client, case, sign_in, app, clock, monkeypatch, count_statements
):
    sign_in(client, case.people["Porto"])
    monkeypatch.setattr(app, "permanent_session_lifetime", timedelta(seconds=50))
    address = f"/agreements/{case.agreement.slug}"
    client.get(address).close()
    held = {"If-None-Match": client.get(address).headers["ETag"]}
    for seconds, is_asked in ((40, False), (55, True)):
        clock.set(DURING + timedelta(seconds=seconds))
        with count_statements() as sent:
            client.get(address, headers=held).close()
        assert bool(sent) is is_asked


def test_no_such_agreement_is_nobodys(client, case, sign_in, session):
    assert sign_in(client, case.people["Porto"]).get("/agreements/nowhere").status_code == 404
    assert session.get(Agreement, case.agreement.id) is not None


@pytest.fixture
def colleague(session, case):
    """Somebody who stands where the person of Porto stands, of another name."""
    made = make_user("Rita Marques", of=case.organisations["Porto"])
    session.add_all(
        Seat(
            agreement_id=case.agreement.id,
            participant_id=case.participants["Porto"].id,
            user_id=made.id,
            role=role,
        )
        for role in ("legal_contact", "voter", "signatory")
    )
    session.commit()
    return made


@pytest.fixture
def reader(app, case, sign_in):
    """A browser of their own for each person, who was here before: `reader(person)(address)`."""

    def opened(person):
        browser = sign_in(app.test_client(), person)
        for _ in range(2):  # the first answer gives the cookie that is known from then on
            browser.get(f"/agreements/{case.agreement.slug}").close()

        def ask(address, **headers):
            return browser.get(address, headers=headers)

        return ask

    return opened


@pytest.mark.parametrize("rest", ["", "?view=all", "/comments", "/comments?kind=question"])
def test_who_stands_alike_gets_what_is_there_under_their_own_name(
    case, colleague, reader, rest, count_statements
):
    address = f"/agreements/{case.agreement.slug}{rest}"
    ana, rita = reader(case.people["Porto"]), reader(colleague)
    for ask in (ana, rita):
        ask(address).close()
    comments.start_thread(case.actor("Lille"), case.round, text="And this?", kind="question")
    long_way = ana(address)
    with count_statements() as sent:
        answer = rita(address)
    assert (answer.status_code, sent) == (200, [])
    assert "And this?" in answer.text
    assert colleague.name in answer.text
    assert case.people["Porto"].name not in answer.text
    ours, theirs = (masthead_of(one.text) for one in (answer, long_way))
    assert answer.text.replace(ours, theirs) == long_way.text
    assert answer.headers["Content-Type"] == long_way.headers["Content-Type"]
    assert answer.headers["ETag"] != long_way.headers["ETag"]
    assert rita(address, **{"If-None-Match": answer.headers["ETag"]}).status_code == 304


def masthead_of(page):
    return page[page.index("<header") : page.index("</header>")]


def test_it_is_what_the_long_way_would_have_answered(
    app, case, colleague, reader, count_statements
):
    address = f"/agreements/{case.agreement.slug}"
    ana, rita = reader(case.people["Porto"]), reader(colleague)
    for ask in (ana, rita):
        ask(address).close()
    short = rita(address)
    with count_statements() as sent:
        long_way = rita(address, **{"If-None-Match": "", "Accept-Language": "en"})
    assert sent
    assert (short.data, short.headers["ETag"]) == (long_way.data, long_way.headers["ETag"])
    assert set(short.headers.keys()) == set(long_way.headers.keys())


def test_who_stands_elsewhere_goes_the_long_way(case, reader, count_statements):
    address = f"/agreements/{case.agreement.slug}"
    porto, lille = reader(case.people["Porto"]), reader(case.people["Lille"])
    comments.start_thread(case.actor("Tartu"), case.round, text="And this?", kind="question")
    porto(address).close()
    with count_statements() as sent:
        assert "And this?" in lille(address).text
    assert sent


def test_who_has_no_seat_any_more_goes_the_long_way(case, colleague, reader, session):
    address = f"/agreements/{case.agreement.slug}"
    porto, rita = reader(case.people["Porto"]), reader(colleague)
    assert "/comments/new" in rita(address).text
    session.execute(delete(Seat).where(Seat.user_id == colleague.id))
    session.commit()
    assert "/comments/new" in porto(address).text
    assert "/comments/new" not in rita(address).text


def test_the_page_of_a_message_shown_once_is_nobody_elses(client, case, colleague, sign_in, reader):
    address = f"/agreements/{case.agreement.slug}"
    sign_in(client, case.people["Porto"])
    with client.session_transaction() as cookie:
        cookie["_flashes"] = [("good", "Told to Porto once.")]
    assert "Told to Porto once." in client.get(address).text
    assert "Told to Porto once." not in client.get(address).text
    rita = reader(colleague)
    assert "Told to Porto once." not in rita(address).text + rita(address).text


def test_a_browser_with_script_gets_its_own_page(app, case, colleague, reader, sign_in):
    address = f"/agreements/{case.agreement.slug}"
    ana = reader(case.people["Porto"])
    ana(address).close()
    browser = sign_in(app.test_client(), colleague)
    browser.set_cookie("script", "on")
    browser.get(address).close()
    with_script = browser.get(address).headers["ETag"]
    assert with_script != ana(address).headers["ETag"]


def test_of_two_sessions_in_one_header_the_first_is_who_asks(app, case, sign_in):
    address, held = f"/agreements/{case.agreement.slug}", {}
    for name in ("Porto", "Lille"):
        browser = sign_in(app.test_client(), case.people[name])
        browser.get(address).close()
        held[name] = f"session={browser.get_cookie('session').value}"
    anybody = app.test_client(use_cookies=False)
    for first, second in (("Porto", "Lille"), ("Lille", "Porto")):
        for _ in range(2):  # the long way, then what is there
            answer = anybody.get(address, headers={"Cookie": f"{held[first]}; {held[second]}"})
            assert case.people[first].name in masthead_of(answer.text)
            assert case.people[second].name not in masthead_of(answer.text)
