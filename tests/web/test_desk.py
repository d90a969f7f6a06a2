"""The desk in a browser without script: the list, one answer, the same answer for several."""

import pytest
from sqlalchemy import select

from app.actions import amendments, comments
from app.domain import operations as ops
from app.domain.lifecycle import AmendmentState, Outcome
from app.kernel.clock import at as clock_at
from app.models.decisions import Disposition
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import AFTER, DURING, answer, comment, consolidate, reword
from tests.factories.people import make_workspace


@pytest.fixture
def case(session, client, sign_in, clock):
    make_workspace()
    made = make_case()
    sign_in(client, made.facilitator)
    made.desk = f"/agreements/{made.agreement.slug}/desk"
    clock.set(AFTER)
    return made


def test_the_list_shows_what_waits_with_links_to_text_and_answer(case, client):
    first = comment(case, "Lille", "Is <b>this</b> enough?", "answer-time")
    reword(case, "Porto", "15", "20")
    page = client.get(case.desk)
    assert page.status_code == 200
    home = f"/agreements/{case.agreement.slug}"
    for link in (
        f"{home}#c-answer-time",
        f"{home}/comments/{first.number}",
        f"{home}/amendments/A1",
        f"{case.desk}/comments/{first.number}",
        f"{case.desk}/amendments/A1",
    ):
        assert f'href="{link}"' in page.text
    assert (
        "Replaces “within 15 working days”"
        " with “within 20 working days” in Article 2.1" in page.text
    )
    assert "<b>this</b>" not in page.text
    assert "0 of 2 are answered" in page.text


def test_filters_are_links_and_nonsense_narrows_nothing(case, client):
    answer(case, [comment(case, "Lille", "The first.")], Outcome.NOTED, "Thanks.")
    comment(case, "Porto", "The second.", "ending")
    assert "The first." not in client.get(case.desk).text
    assert "The first." in client.get(f"{case.desk}?show=noted").text
    assert "The second." not in client.get(f"{case.desk}?show=noted").text
    for query in ("show=all", "show=all&kind=nonsense&page=99", "show=all&clause="):
        page = client.get(f"{case.desk}?{query}").text
        assert "The first." in page and "The second." in page
    assert "Nothing here is like that" in client.get(f"{case.desk}?clause=nowhere").text
    assert "Nothing has this answer" in client.get(f"{case.desk}?show=rejected").text
    code = case.organisations["Porto"].code
    assert "The second." in client.get(f"{case.desk}?organisation={code}&kind=concern").text


@pytest.mark.parametrize(
    "path", ["", "/participation", "/consolidate", "/consolidate/scope", "/publish", "/comments/1"]
)
def test_others_are_told_whose_it_is_and_strangers_nothing(case, client, sign_in, path):
    comment(case)
    refused = sign_in(client, case.people["Lille"]).get(case.desk + path)
    assert refused.status_code == 403
    assert "Only the facilitator of this agreement may do this." in refused.text
    other = make_case("Bilbao")
    assert sign_in(client, other.people["Bilbao"]).get(case.desk + path).status_code == 404


def test_one_comment_is_answered_and_the_next_is_opened(case, client, session):
    comment(case, "Lille", "One.")
    comment(case, "Porto", "Two.")
    here = f"{case.desk}/comments/1?kind=concern"
    page = client.get(here)
    assert "Answer and go to C2" in page.text
    done = client.post(here, data={"outcome": "noted", "answer": "", "seen": "0", "then": "next"})
    assert done.location.endswith("/desk/comments/2?kind=concern")
    done = client.post(done.location, data={"outcome": "noted", "seen": "0", "then": "next"})
    assert done.location.endswith("/desk?kind=concern&kept=C2#row-C2")
    assert "Every contribution has an answer." in client.get(case.desk).text


def test_an_answer_is_changed_and_a_stale_one_shows_the_colleagues(case, client, session):
    thread = comment(case)
    answer(case, [thread], Outcome.NOTED, "Theirs.")
    here = f"{case.desk}/comments/{thread.number}"
    refused = client.post(here, data={"outcome": "accepted", "answer": "Mine.", "seen": "0"})
    assert refused.status_code == 409
    for words in ("What stands now: Noted.", "Theirs.", "Mine.", 'name="seen" type="hidden"'):
        assert words in refused.text
    assert 'value="1"' in refused.text
    done = client.post(here, data={"outcome": "accepted", "answer": "Mine.", "seen": "1"})
    assert done.status_code == 303
    assert session.scalars(select(Disposition)).one().answer == "Mine."


def test_an_amendment_is_decided_on_its_page(case, client, session):
    row = reword(case, "Lille", "15", "20")
    here = f"{case.desk}/amendments/{row.label}"
    early = client.post(here, data={"outcome": "accepted", "seen": "0"})
    assert early.status_code == 409 and "decided during consolidation" in early.text
    consolidate(case)
    assert "Replaces" in client.get(here).text
    refused = client.post(here, data={"outcome": "rejected", "answer": " ", "seen": "0"})
    assert refused.status_code == 422 and "Give the reason" in refused.text
    for none_of_these in ("noted", "accepted_in_part"):
        sent = {"outcome": none_of_these, "answer": "x", "seen": "0"}
        assert client.post(here, data=sent).status_code == 422
    assert client.post(here, data={"outcome": "accepted", "seen": "0"}).status_code == 303
    session.refresh(row)
    assert row.state == AmendmentState.ACCEPTED


def test_what_amends_an_amendment_has_its_page_too(case, client):
    primary = reword(case, "Lille", "15", "20")
    amended = ops.apply(TREE, ops.from_json(primary.operations))
    with clock_at(DURING):
        row = amendments.amend_amendment(
            case.actor("Porto"),
            primary,
            operations=[ops.replace_text(amended, "answer-time", "A Hub answers in 22 days.")],
        )
        amendments.propose_amendment(case.actor("Porto"), row)
    page = client.get(f"{case.desk}/amendments/A1.1")
    assert page.status_code == 200 and ">A1</a>" in page.text


def test_an_amendment_is_answered_beside_what_was_said_about_it(case, client):
    row = reword(case, "Lille", "15", "20")
    with clock_at(DURING):
        comments.start_thread(
            case.actor("Porto"), case.round, text="Still too long.", kind="concern", amendment=row
        )
    page = client.get(f"{case.desk}/amendments/{row.label}").text
    said = page.partition("What was said about it")[2]
    assert "Still too long." in said and f"{case.desk}/comments/1" in said


def test_what_is_not_on_the_desk_is_not_found(case, client):
    for path in ("/comments/9", "/amendments/A9", "/amendments/<script>"):
        assert client.get(case.desk + path).status_code == 404


def test_after_publication_the_answers_stay(case, client, session):
    thread = comment(case)
    answer(case, [thread], Outcome.NOTED, "Thanks.")
    case.round.settled_at = AFTER
    page = client.get(f"{case.desk}?show=all").text
    assert "Round 1 is settled" in page and '<select id="outcome"' not in page
    here = f"{case.desk}/comments/{thread.number}"
    assert "its answers stay" in client.get(here).text
    late = client.post(here, data={"outcome": "accepted", "answer": "x", "seen": "1"})
    assert late.status_code == 409


def test_participation_shows_every_seat(case, client):
    comment(case, "Lille")
    page = client.get(f"{case.desk}/participation").text
    assert "1 of 3 hubs commented, proposed or voted in round 1." in page
    assert page.count(", not yet") == 8


def test_the_desk_asks_as_much_with_two_hundred_as_with_five(case, client, count_statements):
    def counted(path: str) -> int:
        client.get(case.desk + path)
        with count_statements() as sent:
            assert client.get(case.desk + path).status_code == 200
        return len(sent)

    for name in ("Lille", "Porto", "Tartu"):
        comment(case, name, "Words.", "answer-time")
        reword(case, name, "15", "20")
    answer(case, [comment(case)])
    paths = ("?show=all", "/comments/1", "/participation", "/consolidate", "/publish")
    before = [counted(path) for path in paths]
    threads = [comment(case, "Lille", f"Remark {number}.", "ending") for number in range(190)]
    answer(case, threads[:90])
    reword(case, "Porto", "A Hub", "Each Hub")
    assert [counted(path) for path in paths] == before


def test_participation_says_who_owes_what_and_reminds_by_one_press(case, client, clock, session):
    comment(case, "Lille", "Short.", "answer-time")
    clock.set(DURING)
    page = client.get(f"{case.desk}/participation").text
    assert "comment on or amend the text of round 1" in page
    assert "Remind 2 people" in page
    assert "Where it is contested" in page
    assert "Day by day" in page
    assert client.post(f"{case.desk}/reminders").status_code == 303
    assert (
        "All were reminded within the last 24 hours."
        in client.get(f"{case.desk}/participation").text
    )
    assert client.post(f"{case.desk}/reminders").status_code == 409


def test_nothing_is_counted_as_zero(case, client):
    assert "Nobody has said anything yet." in client.get(case.desk).text
    everybody = [comment(case, name, f"We are {name}.") for name in case.organisations]
    assert "Every hub has taken part." in client.get(f"{case.desk}/participation").text
    consolidate(case)
    answer(case, everybody, Outcome.NOTED, "Read.")
    page = client.get(case.desk).text
    assert "<h2>Every contribution has an answer.</h2>" in page
    assert "when this is zero" not in page
