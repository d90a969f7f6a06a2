"""News: the small answer that a page asks for now and then."""

import pytest

from app.actions import ballots as ballot_actions
from app.actions import presence
from tests.actions.test_ballots import open_on
from tests.factories import contributions
from tests.factories.agreements import make_case
from tests.factories.people import make_workspace
from tests.web.statements import own_statements


@pytest.fixture
def case(session, clock):
    make_workspace()
    made = make_case()
    clock.set(contributions.DURING)
    made.news = f"/agreements/{made.agreement.slug}/news"
    return made


def ask(client, case, since: int = 0, **headers: str):
    return client.get(f"{case.news}?since={since}", headers=headers)


def test_it_says_how_much_is_new_where_and_what_to_go_to(case, client, sign_in):
    thread = contributions.comment(case, "Tartu", "A secret worth keeping.", key="answer-time")
    row = contributions.reword(case, "Porto", "15", "20")
    answer = ask(sign_in(client, case.people["Lille"]), case)
    told = answer.json
    assert told["total"] == 2 and told["words"] == "1 new comment · 1 new amendment"
    assert told["clauses"] == {"answer-time": 2} and not told["turns"]
    named = {one["name"]: one for one in told["named"]}
    assert named[f"C{thread.number}"]["note"] == f"n-t{thread.number}"
    assert named[row.label]["href"].endswith(f"/amendments/{row.label}")
    assert "secret" not in answer.text and len(answer.data) < 1_000


def test_nothing_new_costs_an_empty_answer(case, client, sign_in):
    contributions.comment(case, "Tartu")
    sign_in(client, case.people["Lille"])
    first = ask(client, case)
    again = ask(client, case, **{"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.data
    contributions.comment(case, "Porto")
    later = ask(client, case, **{"If-None-Match": first.headers["ETag"]})
    assert later.status_code == 200 and later.json["total"] == 2
    assert ask(client, case, later.json["last"]).json["total"] == 0


def test_what_one_reader_was_told_is_no_answer_for_another(case, client, sign_in):
    contributions.comment(case, "Tartu")
    held = ask(sign_in(client, case.people["Lille"]), case).headers["ETag"]
    other = ask(sign_in(client, case.people["Porto"]), case, **{"If-None-Match": held})
    assert other.status_code == 200
    spoken = ask(client, case, **{"If-None-Match": other.headers["ETag"], "Accept-Language": "fr"})
    assert spoken.status_code == 200 and spoken.json["words"] != other.json["words"]


def test_it_takes_two_statements_beside_those_of_every_page(
    case, client, sign_in, count_statements
):
    contributions.comment(case, "Tartu")
    sign_in(client, case.people["Lille"])
    assert len(own_statements(client, count_statements, f"{case.news}?since=0")) <= 2


def test_a_vote_is_news_and_what_was_voted_is_not(case, client, sign_in):
    ballot = open_on(case, contributions.reword(case, "Lille", "15", "20"))
    ballot_actions.cast_vote(case.actor("Porto"), ballot, choice="no")
    answer = ask(sign_in(client, case.people["Lille"]), case)
    assert "1 vote cast" in answer.json["words"]
    assert "no" not in answer.json.values() and case.people["Porto"].name not in answer.text


def test_somebody_who_writes_is_told_by_name_to_colleagues_alone(case, client, sign_in):
    porto = case.people["Porto"]
    presence.be_at(
        case.actor("Porto"),
        porto,
        agreement=case.agreement,
        place="clause:ending",
        doing="writing",
    )
    writing = ask(sign_in(client, case.people["Lille"]), case).json["here"]
    assert "Somebody else is writing here" in writing["clause:ending"]
    assert porto.name not in writing["clause:ending"]
    assert ask(sign_in(client, porto), case).json["here"] == {}


def test_strangers_and_nonsense_are_told_nothing(case, client, sign_in):
    contributions.comment(case, "Tartu")
    assert client.get(case.news).status_code == 302
    sign_in(client, make_case("Oslo").people["Oslo"])
    assert ask(client, case).status_code == 404
    sign_in(client, case.people["Lille"])
    for nonsense in ("x", "-1", "9" * 30, ""):
        answer = client.get(f"{case.news}?since={nonsense}")
        assert answer.status_code == 200 and answer.json["total"] == 0
