"""The inbox."""

from app.actions import agreements
from app.queries.people import actor_of
from tests.actions.test_ballots import DURING, open_on, propose
from tests.factories.agreements import make_case
from tests.factories.people import make_user, make_workspace


def test_notices_are_told_as_sentences_and_marked_read(client, session, sign_in, clock):
    make_workspace()
    case = make_case()
    open_on(case, propose(case, "Lille", "20"))
    clock.set(DURING)
    sign_in(client, case.people["Porto"])
    inbox = client.get("/notices").text
    assert "Ballot 1 opened; it closes Wed 11 Nov 2026" in inbox
    assert "1 not read." in inbox
    read = client.post("/notices/read", follow_redirects=True).text
    assert "All read." in read


def test_a_notice_leads_to_where_one_reads_on(client, session, sign_in, clock):
    make_workspace()
    case = make_case()
    open_on(case, propose(case, "Lille", "20"))
    clock.set(DURING)
    sign_in(client, case.people["Porto"])
    address = f"/agreements/{case.agreement.slug}/ballots/1"
    assert f'href="{address}"' in client.get("/notices").text
    assert client.get(address).status_code == 200


def test_one_sees_and_reads_ones_own_alone(client, session, sign_in, clock):
    make_workspace()
    case, other = make_case(), make_case("Riga")
    open_on(case, propose(case, "Lille", "20"))
    sign_in(client, other.people["Riga"])
    assert "Nothing has happened yet" in client.get("/notices").text
    client.post("/notices/read")
    sign_in(client, case.people["Porto"])
    assert "1 not read." in client.get("/notices").text


def test_notices_take_as_many_statements_for_many_as_for_one(
    client, session, sign_in, clock, count_statements
):
    make_workspace()
    case = make_case()
    sign_in(client, case.people["Porto"])
    sizes = []
    for days in (("20",), ("5", "6", "7", "8")):
        for one in days:
            open_on(case, propose(case, "Lille", one))
        client.get("/notices")
        with count_statements() as sent:
            text = client.get("/notices").text
        sizes.append(len(sent))
    assert "5 not read." in text
    assert sizes[0] == sizes[1]


def test_who_has_left_still_reads_what_happened_before_and_is_told_nothing_new(
    client, session, sign_in, clock
):
    make_workspace()
    case = make_case()
    open_on(case, propose(case, "Lille", "20"))
    keeper = make_user("Anne", of=case.organisations["Porto"], administrator=True)
    agreements.end_participation(actor_of(session, keeper.id), case.participants["Porto"])
    agreements.abandon_agreement(case.actor("facilitator"), case.agreement)
    sign_in(client, case.people["Porto"])
    inbox = client.get("/notices").text
    assert "Ballot 1 opened" in inbox and "abandoned" not in inbox
    assert client.get(f"/agreements/{case.agreement.slug}").status_code == 404
