"""Two facilitators at one clause: neither loses a word, and the slower one is told."""

import html
import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.access.actor import Role
from app.domain.lifecycle import Outcome
from app.models.agreements import Seat
from app.models.base import db
from app.models.decisions import ResolutionRow
from app.queries.consolidations import standing_of
from app.web import meeting
from tests.factories.agreements import make_case
from tests.factories.contributions import AFTER, consolidate, decide, reword
from tests.factories.people import make_user, make_workspace


@pytest.fixture
def case(session, app, client, sign_in, clock):
    make_workspace()
    made = make_case()
    second = make_user("Jan Novák")
    session.add(Seat(agreement_id=made.agreement.id, user_id=second.id, role=Role.FACILITATOR))
    session.commit()
    sign_in(client, made.facilitator)
    made.jan = sign_in(app.test_client(), second)
    rows = reword(made, "Lille", "15", "20"), reword(made, "Porto", "15", "10")
    clock.set(AFTER)
    consolidate(made)
    decide(made, Outcome.ACCEPTED, *rows)
    made.here = f"/agreements/{made.agreement.slug}/desk/consolidate/answer-time"
    return made


def field(page: str, name: str) -> str:
    return html.unescape(re.search(rf'name="{name}"[^>]*value="([^"]*)"', page).group(1))


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_slower_decision_is_refused_with_the_other_told_and_its_own_words_kept(
    case, client, session, clock
):
    conflict = field(client.get(case.here).text, "conflict")
    sent = {"conflict": conflict, "choice": "side-1", "why": "Slow is fine."}
    assert case.jan.post(case.here, data=sent).status_code == 303
    clock.go_on(minutes=2)
    mine = {"conflict": conflict, "choice": "own", "own": "twelve", "why": "Between them."}
    refused = client.post(case.here, data=mine)
    assert refused.status_code == 409
    text = words_of(refused.text)
    assert "Jan Novák decided this 2 minutes ago: The wording of Lille (A1)." in text
    assert "Yours is kept below." in text
    assert "What you wrote. It was not sent. twelve Between them." in text
    assert session.scalars(select(ResolutionRow.choice)).all() == ["side"]


def test_the_slower_edit_is_refused_with_both_texts(case, client, session, clock):
    pages = [one.get(case.here).text for one in (client, case.jan)]
    sent = [
        {"seen": field(page, "seen"), "text": f"A Hub answers {how}.", "why": "Clearer."}
        for page, how in zip(pages, ("quickly", "slowly"), strict=True)
    ]
    assert case.jan.post(f"{case.here}/edit", data=sent[1]).status_code == 303
    refused = client.post(f"{case.here}/edit", data=sent[0])
    assert refused.status_code == 409
    text = words_of(refused.text)
    assert "Jan Novák changed this clause just now." in text
    assert "It reads now: “A Hub answers slowly.”" in text
    assert "A Hub answers quickly.</textarea>" in refused.text
    again = {**sent[0], "seen": field(refused.text, "seen")}
    assert client.post(f"{case.here}/edit", data=again).status_code == 303
    assert standing_of(session, case.round).preview.find("answer-time").text == (
        "A Hub answers quickly."
    )


def test_words_for_a_conflict_that_is_no_more_are_not_lost(case, client):
    sent = {"conflict": "0" * 64, "choice": "own", "own": "twelve", "why": "Between them."}
    refused = client.post(case.here, data=sent)
    assert refused.status_code == 409
    assert "What you wrote. It was not sent. twelve Between them." in words_of(refused.text)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "just now"), (61, "1 minute ago"), (150, "2 minutes ago"), (7_300, "2 hours ago")],
)
def test_how_long_ago_is_said_in_words(clock, seconds, words):
    assert meeting.ago(clock.now - timedelta(seconds=seconds)) == words


def test_one_begins_with_the_words_of_the_others(case, client):
    page = client.get(case.here).text
    assert "Begin with the words of Lille" in page and "Begin with both" in page
    assert 'value="begin 1-2" formnovalidate' in page, "nothing needs to be chosen before"
    sent = {"conflict": field(page, "conflict"), "do": "begin 1-2", "why": "A reason."}
    begun = client.post(case.here, data=sent)
    assert begun.status_code == 200
    assert ">20 / 10</textarea>" in begun.text and ">A reason.</textarea>" in begun.text
    assert 'value="own" checked' in begun.text
    settled = client.post(case.here, data={**sent, "do": "decide", "choice": "own", "own": "20"})
    assert settled.status_code == 303
    assert client.post(case.here, data=sent).status_code == 409


def test_a_decision_on_a_conflict_that_changed_stands_as_a_suggestion(case, client, session):
    sent = {"conflict": field(client.get(case.here).text, "conflict"), "choice": "side-2"}
    client.post(case.here, data={**sent, "why": "Quick is fine."})
    third = reword(case, "Tartu", "15", "12")
    decide(case, Outcome.ACCEPTED, third)
    text = words_of(client.get(case.here).text)
    assert "An earlier decision that no longer applies" in text
    assert "The wording of Porto (A2). Quick is fine." in text
    row = db.session.scalars(select(ResolutionRow)).one()
    assert "Decide so again" in text
    client.post(f"{case.here}/undo/{row.id}")
    assert "no longer applies" not in client.get(case.here).text
    assert session.scalars(select(ResolutionRow.undone_at)).one() is not None


def test_an_earlier_decision_is_confirmed_in_one_press(case, client, session):
    sent = {"conflict": field(client.get(case.here).text, "conflict"), "choice": "side-2"}
    client.post(case.here, data={**sent, "why": "Quick is fine."})
    decide(case, Outcome.ACCEPTED, reword(case, "Tartu", "15", "12"))
    offer = client.get(case.here).text.partition("An earlier decision")[2].partition("</form>")[0]
    again = {name: field(offer, name) for name in ("conflict", "choice", "why", "do")}
    assert client.post(case.here, data=again).status_code == 303
    row = session.scalars(select(ResolutionRow).order_by(ResolutionRow.decided_at.desc())).first()
    assert (row.choice, row.value, row.why) == ("side", 2, "Quick is fine.")
    assert "no longer applies" not in client.get(case.here).text


def test_own_words_for_a_conflict_that_changed_are_looked_at_first(case, client, session):
    sent = {"conflict": field(client.get(case.here).text, "conflict"), "choice": "own"}
    client.post(case.here, data={**sent, "own": "14", "why": "In between."})
    decide(case, Outcome.ACCEPTED, reword(case, "Tartu", "15", "12"))
    page = client.get(case.here).text
    offer = page.partition("An earlier decision")[2].partition("</form>")[0]
    again = {name: field(offer, name) for name in ("conflict", "choice", "own", "why", "do")}
    looked = client.post(case.here, data=again)
    assert looked.status_code == 200
    assert "What would come of it" in looked.text and ">14</textarea>" in looked.text
    assert len(session.scalars(select(ResolutionRow)).all()) == 1


def test_words_kept_for_a_conflict_that_changed_are_shown_until_they_are_discarded(case, client):
    conflict = field(client.get(case.here).text, "conflict")
    place = f"settle:answer-time:{conflict[:12]}"
    content = json.dumps({"words": {"own": "twelve months"}, "choices": {"choice": "own"}})
    home = case.here.partition("/desk")[0]
    client.post(f"{home}/kept", data={"place": place, "content": content, "base": conflict[:12]})
    page = client.get(case.here).text
    assert page.count('class="kept-text">twelve months') == 1 and "is no more" not in page
    decide(case, Outcome.ACCEPTED, reword(case, "Tartu", "15", "12"))
    page = client.get(case.here).text
    assert page.count('class="kept-text">twelve months') == 1 and "is no more" in page
    assert "twelve" not in case.jan.get(case.here).text
    client.post(f"{home}/kept/discard", data={"kept": place, "kept-back": case.here})
    assert "twelve months" not in client.get(case.here).text


def test_the_steps_of_a_clause_are_shown(case, client):
    page = client.get(f"{case.here}/steps")
    text = words_of(page.text)
    assert page.status_code == 200
    assert "Lille and Porto replace the same words. Until a person decides" in text
    assert client.get(f"{case.here}x/steps").status_code == 404


@pytest.mark.parametrize("to", ["ballot", "round"])
def test_a_conflict_is_put_off_to_a_ballot_or_to_the_next_round(case, client, session, to):
    conflict = field(client.get(case.here).text, "conflict")
    done = client.post(f"{case.here}/put-off", data={"conflict": conflict, "to": to})
    assert done.status_code == 303
    following = client.get(done.location)
    text = words_of(following.text)
    assert "A1 and A2 are open again." in text
    if to == "ballot":
        assert following.text.count("checked") == 2
    assert not standing_of(session, case.round).merged.conflicts
    again = client.post(f"{case.here}/put-off", data={"conflict": conflict, "to": to})
    assert again.status_code == 409
