"""Notes that only one's own organisation sees: written, read, answered, opened to everybody."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.actions.inside import keep_note, reply_inside
from app.models.comments import Comment, Thread
from app.models.inside import InternalNote, InternalRemark
from tests.actions.test_inside import colleague
from tests.factories.agreements import make_case
from tests.factories.amendments import make_amendment, make_draft, rewording
from tests.factories.people import START, make_workspace

WORDS = "Between us: twenty days would do."
ONLY = "Only Lille sees this."


@pytest.fixture
def case(session, clock):
    clock.set(START + timedelta(days=1))
    make_workspace()
    made = make_case()
    colleague(made, session)
    return made


@pytest.fixture
def lille(client, case, sign_in):
    return sign_in(client, case.people["Lille"])


def at(case, rest=""):
    return f"/agreements/{case.agreement.slug}{rest}"


def new(**fields):
    return {"kind": "concern", "text": WORDS, "form_key": "k", "audience": "inside", **fields}


def the_note(session):
    session.expire_all()
    return session.scalars(select(InternalNote)).one()


def test_the_form_asks_who_reads_it_and_means_everybody_unless_told(lille, case, sign_in):
    text = lille.get(at(case, "/comments/new?clause=answer-time")).text
    everybody = re.search(r'<input[^>]*value="everybody"[^>]*>', text)[0]
    assert "checked" in everybody
    assert "Only Lille</label>" in text
    sign_in(lille, case.facilitator)
    assert 'name="audience"' not in lille.get(at(case, "/comments/new")).text


def test_a_note_stands_beside_its_words_for_its_own_people_only(lille, case, session, sign_in):
    answer = lille.post(
        at(case, "/comments/new?clause=answer-time"), data=new(quote="15 working days")
    )
    note = the_note(session)
    assert answer.status_code == 303
    assert answer.location.endswith(f"?note=i{note.id.hex}#n-i{note.id.hex}")
    text = lille.get(answer.location).text
    assert ONLY in text
    assert WORDS in text
    assert "15 working days</" in text
    assert f'action="{at(case)}/inside/{note.id}/reply"' in text
    sign_in(lille, case.people["Marc Petit"])
    assert WORDS in lille.get(at(case)).text
    for other in (case.people["Porto"], case.facilitator):
        sign_in(lille, other)
        text = lille.get(answer.location).text
        assert WORDS not in text
        assert note.id.hex not in text


def test_a_comment_for_everybody_is_one(lille, case, session):
    lille.post(at(case, "/comments/new"), data=new(audience="everybody"))
    assert session.scalars(select(Comment.text)).one() == WORDS
    assert session.scalars(select(InternalNote)).all() == []


def test_it_is_found_answered_and_taken_back_on_its_page(lille, case, session, sign_in, clock):
    note = keep_note(case.actor("Marc Petit"), case.agreement, text=WORDS)
    here = at(case, f"/inside/{note.id}")
    assert f'href="{here}"' in lille.get(at(case, "/inside")).text
    assert at(case, "/inside") in lille.get(at(case, "/comments")).text
    clock.go_on(minutes=1)
    answer = lille.post(f"{here}/reply", data={"text": "Agreed.", "form_key": "r"})
    assert answer.location == here
    assert "Agreed." in lille.get(here).text
    assert lille.post(f"{here}/reply", data={"text": " "}).status_code == 422
    reply = session.scalars(select(InternalRemark).where(InternalRemark.text == "Agreed.")).one()
    lille.post(f"{here}/retract/{reply.id}")
    text = lille.get(here).text
    assert "Agreed." not in text
    assert "Taken back by its author." in text
    assert lille.post(f"{here}/retract/{note.id}").status_code == 404
    for other in (case.people["Porto"], case.facilitator):
        sign_in(lille, other)
        assert lille.get(here).status_code == 404
        assert lille.post(f"{here}/reply", data={"text": "Hello?"}).status_code == 404
        assert lille.post(f"{here}/open").status_code == 404


def test_its_author_edits_it_and_finds_it_again(lille, case, session, sign_in):
    note = keep_note(case.actor("Lille"), case.agreement, text=WORDS)
    first = session.scalars(select(InternalRemark)).one()
    here = at(case, f"/inside/{note.id}")
    form = lille.get(f"{here}/edit/{first.id}").text
    assert WORDS in form
    assert ONLY in form
    assert lille.post(f"{here}/edit/{first.id}", data={"text": " "}).status_code == 422
    answer = lille.post(f"{here}/edit/{first.id}", data={"text": "Quaggas would do."})
    assert answer.location == here
    page = lille.get(here).text
    assert "Quaggas would do." in page
    assert ", edited</span>" in page
    found = lille.get("/search?q=quagga").text
    assert "Note of Person Lille" in found
    assert f'href="{here}"' in found
    assert lille.get(f"{here}/edit/{note.id}").status_code == 404
    sign_in(lille, case.people["Marc Petit"])
    assert f'href="{here}"' in lille.get("/search?q=quagga").text
    assert lille.get(f"{here}/edit/{first.id}").status_code == 403
    for other in (case.people["Porto"], case.facilitator):
        sign_in(lille, other)
        assert "Nothing has these words" in lille.get("/search?q=quagga").text
        assert lille.get(f"{here}/edit/{first.id}").status_code == 404


def test_the_preview_says_what_goes_out_and_one_press_opens_it(lille, case, session, clock):
    note = keep_note(case.actor("Lille"), case.agreement, text=WORDS)
    clock.go_on(minutes=1)
    reply_inside(case.actor("Marc Petit"), note, text="Agreed.")
    here = at(case, f"/inside/{note.id}")
    text = lille.get(here).text
    said = "these words and one reply as a comment of Lille, by Marc Petit, Person Lille."
    assert said in text
    seen = re.search(r'name="seen" value="([^"]+)"', text)[1]
    answer = lille.post(f"{here}/open", data={"seen": seen, "with_replies": "y"})
    assert answer.location == at(case, "/comments/1")
    assert WORDS in lille.get(answer.location).text
    text = lille.get(here).text
    assert "This is open to everybody" in text
    assert "Reply inside" not in text
    assert ONLY not in lille.get(at(case)).text


def test_what_came_since_is_not_opened_unseen(lille, case, session, clock):
    note = keep_note(case.actor("Lille"), case.agreement, text=WORDS)
    here = at(case, f"/inside/{note.id}")
    seen = re.search(r'name="seen" value="([^"]+)"', lille.get(here).text)[1]
    clock.go_on(minutes=1)
    reply_inside(case.actor("Marc Petit"), note, text="Don't!")
    answer = lille.post(f"{here}/open", data={"seen": seen, "with_replies": "y"})
    assert answer.status_code == 409
    assert "A colleague wrote here meanwhile" in answer.text
    assert lille.post(f"{here}/open", data={"seen": "x"}).status_code == 409
    assert session.scalars(select(Thread)).all() == []


def test_a_note_on_an_amendment_stands_on_its_page_for_its_own_people(
    lille, case, session, sign_in
):
    row = make_amendment(case, "Porto", rewording(case, "answer-time", "15", "20"))
    there = at(case, f"/amendments/{row.label}")
    answer = lille.post(at(case, f"/comments/new?amendment={row.label}"), data=new())
    assert answer.location.startswith(there)
    text = lille.get(there).text
    assert WORDS in text
    assert "Inside Lille" in text
    sign_in(lille, case.people["Porto"])
    assert "Inside" not in lille.get(there).text


def test_a_draft_cannot_be_reached_by_the_label_or_id_of_another(lille, case, session, sign_in):
    draft = make_draft(case, "Lille", rewording(case, "answer-time", "15", "20"))
    sign_in(lille, case.people["Porto"])
    for rest in ("", "/inside"):
        assert lille.get(at(case, f"/amendments/drafts/{draft.id}{rest}")).status_code == 404


def test_a_note_on_the_whole_is_kept_also_when_no_round_is_open(lille, case, clock, sign_in):
    clock.go_on(days=40)
    done = lille.post(at(case, "/inside"), data={"text": WORDS, "form_key": "w"})
    assert done.location == at(case, "/inside")
    assert WORDS in lille.get(done.location).text
    assert lille.post(at(case, "/inside"), data={"text": ""}).status_code == 422
    sign_in(lille, case.facilitator)
    assert lille.post(at(case, "/inside"), data={"text": "x"}).status_code == 404


def test_people_of_no_organisation_have_no_inside(lille, case, sign_in):
    sign_in(lille, case.facilitator)
    assert lille.get(at(case, "/inside")).status_code == 404
    assert "Inside" not in lille.get(at(case, "/comments")).text
