"""Home, as somebody finds it in the morning."""

from datetime import timedelta

from app.actions import ballots as ballot_actions
from app.kernel import clock as kernel_clock
from tests.actions.test_ballots import DURING, FIVE, open_on, propose
from tests.factories import contributions
from tests.factories.agreements import make_case
from tests.factories.people import make_user, make_workspace


def test_home_says_what_waits_and_ends_soon(client, session, sign_in, clock, count_statements):
    make_workspace()
    case = make_case()
    ballot = open_on(case, propose(case, "Lille", "20"))
    clock.set(DURING)
    sign_in(client, case.people["Porto"])
    home = client.get("/").text
    assert "One thing waits for you" in home and "Do you want it?" in home
    assert "Ballot 1 closes" in home and "Round 1 closes" in home
    with kernel_clock.at(DURING):
        ballot_actions.cast_vote(case.actor("Porto"), ballot, choice="yes")
    assert "Nothing waits for you" in client.get("/").text
    with count_statements() as sent:
        client.get("/")
    assert len(sent) <= 20, sent
    clock.set(DURING + timedelta(days=10))
    assert "Ballot 1 closes" not in client.get("/").text


def test_everything_that_waits_leads_to_where_it_is_done(client, session, sign_in, clock):
    make_workspace()
    case = make_case()
    open_on(case, propose(case, "Lille", "20"))
    row = propose(case, "Porto", "10")
    row.rebase_state = "attention"
    session.commit()
    clock.set(DURING)
    sign_in(client, case.people["Porto"])
    home = client.get("/").text
    assert "Two things wait for you" in home
    for rest in ("ballots/1", f"amendments/{row.label}"):
        address = f"/agreements/{case.agreement.slug}/{rest}"
        assert f'href="{address}"' in home
        assert client.get(address).status_code == 200


def test_somebody_without_an_agreement_is_told_so(client, session, sign_in):
    make_workspace()
    make_case()
    sign_in(client, make_user("Nina"))
    home = client.get("/").text
    assert "Nothing waits for you" in home
    assert "This is your first visit." in home and "Cooperation Agreement" not in home


def at_home(client) -> str:
    """Home, read and put away."""
    answer = client.get("/")
    answer.close()
    return str(answer.text)


def test_what_others_did_since_the_last_visit_stands_there_for_the_whole_visit(
    client, session, sign_in, clock
):
    make_workspace()
    case = make_case()
    clock.set(DURING)
    sign_in(client, case.people["Lille"])
    assert "This is your first visit." in at_home(client)
    clock.go_on(hours=2)
    with kernel_clock.at(clock.now):
        thread = contributions.comment(case, "Porto")
        row = contributions.reword(case, "Tartu", "15", "20")
    for _ in range(2):
        home = at_home(client)
        assert "Since you were here, " in home
        assert "1 new comment" in home and "1 new amendment" in home
        for rest in (f"comments/{thread.number}", f"amendments/{row.label}", "comments"):
            assert f'href="/agreements/{case.agreement.slug}/{rest}"' in home
        clock.go_on(minutes=10)
    clock.go_on(hours=2)
    home = at_home(client)
    assert "Nothing new since then." in home
    assert "1 new comment" in home.partition("Before that")[2]


def test_it_takes_as_many_statements_for_many_things_as_for_one(
    client, session, sign_in, clock, count_statements
):
    make_workspace()
    sizes = []
    for names in (("Lille",), FIVE):
        case = make_case(*names)
        for name in names:
            open_on(case, propose(case, name, "20"))
        clock.set(DURING)
        sign_in(client, case.people["Lille"])
        client.get("/")
        with count_statements() as sent:
            client.get("/")
        sizes.append(len(sent))
    assert sizes[0] == sizes[1]
