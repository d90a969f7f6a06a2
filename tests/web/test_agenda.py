"""The agenda: deadlines as a calendar on the page, and as a file."""

from tests.actions.test_ballots import DURING, open_on, propose
from tests.factories.agreements import make_case
from tests.factories.people import make_user, make_workspace


def test_a_day_with_deadlines_leads_to_them(client, session, sign_in, clock):
    make_workspace()
    case = make_case()
    open_on(case, propose(case, "Lille", "20"))
    clock.set(DURING)
    home = sign_in(client, case.people["Porto"]).get("/").text
    assert "<caption>November 2026</caption>" in home and "December 2026" in home
    assert 'abbr="Monday"' in home and 'aria-current="date"' in home
    assert home.count("1 deadline</span>") == 2
    assert 'href="#d-1"' in home and 'id="d-1"' in home


def test_the_deadlines_ahead_come_as_a_calendar_file(client, session, sign_in, clock):
    make_workspace()
    case = make_case()
    open_on(case, propose(case, "Lille", "20"))
    clock.set(DURING)
    answer = sign_in(client, case.people["Porto"]).get("/deadlines.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.text.count("BEGIN:VEVENT") == 2
    assert "SUMMARY:Round 1 closes: Cooperation Agreement" in answer.text
    sign_in(client, make_user("Nina"))
    assert "BEGIN:VEVENT" not in client.get("/deadlines.ics").text


def test_the_calendar_file_is_in_the_language_of_who_takes_it(client, session, sign_in, clock):
    make_workspace()
    case = make_case()
    clock.set(DURING)
    sign_in(client, case.people["Porto"])
    answer = client.get("/deadlines.ics", headers={"Accept-Language": "fr"}).text
    assert "SUMMARY:Clôture du tour 1" in answer


def test_nobody_gets_deadlines_without_signing_in(client, session):
    make_workspace()
    assert client.get("/deadlines.ics").status_code == 302
