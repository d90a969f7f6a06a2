"""A draft checked inside its organisation, page by page and without script."""

import re
from datetime import timedelta

import pytest

from app.domain.lifecycle import AmendmentState
from app.models.amendments import AmendmentRow
from app.models.people import Membership
from tests.actions.test_inside import colleague
from tests.factories.agreements import TREE, make_case
from tests.factories.amendments import make_draft, rewording
from tests.factories.people import START, make_workspace


@pytest.fixture
def case(session, clock):
    clock.set(START + timedelta(days=1))
    make_workspace()
    made = make_case()
    colleague(made, session)
    made.organisations["Lille"].checks_drafts = True
    session.commit()
    return made


@pytest.fixture
def draft(case):
    return make_draft(case, "Lille", rewording(case, "answer-time", "15", "20"))


@pytest.fixture
def here(case, draft):
    return f"/agreements/{case.agreement.slug}/amendments/drafts/{draft.id}"


@pytest.fixture
def lille(client, case, sign_in):
    return sign_in(client, case.people["Lille"])


def seen(text):
    return re.search(r'name="seen" value="(\d+)"', text)[1]


def state(session, draft):
    session.expire_all()
    return session.get_one(AmendmentRow, draft.id).state


def test_from_draft_to_checked_to_proposed(lille, case, draft, here, session, sign_in, clock):
    text = lille.get(f"{here}/inside").text
    assert "Nobody has checked it. Lille proposes nothing unchecked." in text
    assert "Propose it to everybody" not in text
    assert "It may be proposed" not in text
    refused = lille.post(f"{here}/propose")
    assert refused.status_code == 409
    assert "Ask a colleague to check this draft first." in refused.text
    lille.post(f"{here}/ask", data={"remark": "Is *20* enough?"})
    assert "waits for a colleague’s check" in lille.get(f"{here}/inside").text

    sign_in(lille, case.people["Marc Petit"])
    assert "A draft amendment of Lille" in lille.get("/").text
    assert f'href="{here}/inside"' in lille.get("/notices").text
    assert lille.get(here).location.endswith("/inside")
    text = lille.get(f"{here}/inside").text
    assert "Is <em>20</em> enough?" in text
    clock.go_on(minutes=5)
    done = lille.post(f"{here}/check", data={"do": "check", "seen": seen(text), "remark": "It is."})
    assert done.status_code == 303
    assert state(session, draft) == AmendmentState.CHECKED
    assert "A draft amendment of Lille" not in lille.get("/").text

    sign_in(lille, case.people["Lille"])
    text = lille.get(f"{here}/inside").text
    assert "checked. It can be proposed." in text
    assert "Marc Petit</b>" in text
    assert lille.post(f"{here}/propose").location.endswith("/amendments/A1")


def test_a_refusal_is_told_in_the_language_of_its_reader(lille, here):
    refused = lille.post(f"{here}/propose", headers={"Accept-Language": "fr"})
    assert refused.status_code == 409
    assert "Ask a colleague to check this draft first." not in refused.text
    assert "Votre organisation ne propose rien sans relecture." in refused.text


def test_it_goes_back_with_a_remark_that_a_refusal_keeps(
    lille, case, draft, here, session, sign_in
):
    sign_in(lille, case.people["Marc Petit"])
    page = lille.get(f"{here}/inside").text
    data = {"do": "back", "seen": seen(page), "remark": ""}
    refused = lille.post(f"{here}/check", data=data)
    assert (refused.status_code, "Say what is to change." in refused.text) == (422, True)
    stale = lille.post(f"{here}/check", data={**data, "seen": "99", "remark": "Say why."})
    assert stale.status_code == 409
    assert ">Say why.</textarea>" in stale.text
    assert lille.post(f"{here}/check", data={**data, "seen": "x"}).status_code == 422
    lille.post(f"{here}/check", data={**data, "remark": "Say why."})
    assert "and sent back" in lille.get(f"{here}/inside").text
    assert state(session, draft) == AmendmentState.DRAFT


def test_who_wrote_it_does_not_check_it(lille, here, draft):
    data = {"do": "check", "seen": str(draft.row_version)}
    refused = lille.post(f"{here}/check", data=data)
    assert refused.status_code == 403
    assert "A colleague checks them." in refused.text


def test_a_note_about_it_stays_beside_it(lille, here):
    assert lille.post(f"{here}/note", data={"text": "", "form_key": "n"}).status_code == 422
    done = lille.post(f"{here}/note", data={"text": "Porto will mind.", "form_key": "n"})
    assert done.location.endswith("/inside#notes")
    assert "Porto will mind." in lille.get(f"{here}/inside").text


def test_others_find_nothing_there(lille, case, here, sign_in):
    for other in (case.people["Porto"], case.people["Tartu"], case.facilitator):
        sign_in(lille, other)
        for rest in ("/inside",):
            assert lille.get(here + rest).status_code == 404
        for rest in ("/ask", "/check", "/note", "/propose"):
            assert lille.post(here + rest, data={"text": "x", "seen": "1"}).status_code == 404


def test_the_page_that_writes_offers_no_proposing_where_it_would_be_refused(
    lille, case, here, session
):
    text = lille.get(here).text
    assert "Have it checked, and talk about it inside" in text
    assert 'value="propose"' not in text
    room = f"/agreements/{case.agreement.slug}/amendments"
    words = TREE.find("answer-time").text.replace("15", "30")
    form = {
        "do": "propose",
        "open": "answers",
        "base": TREE.version_hash[:12],
        "form_key": "k",
        "text-answer-time": words,
        "heading-answers": "Answers",
        "text-answer-form": TREE.find("answer-form").text,
    }
    refused = lille.post(f"{room}/new", data=form)
    assert refused.status_code == 409
    assert words in refused.text
    case.organisations["Lille"].checks_drafts = False
    session.commit()
    assert 'value="propose"' in lille.get(here).text


def test_the_organisation_chooses_on_its_page(lille, case, session, sign_in):
    organisation = case.organisations["Lille"]
    there = f"/network/{organisation.slug}"
    assert "only once a colleague has checked it" in lille.get(there).text
    assert lille.post(f"{there}/checking", data={"checks": ""}).status_code == 403
    session.get_one(Membership, (case.people["Lille"].id, organisation.id)).is_administrator = True
    session.commit()
    assert lille.post(f"{there}/checking", data={"checks": ""}).status_code == 303
    assert "can be proposed unchecked" in lille.get(there).text
    sign_in(lille, case.people["Porto"])
    assert "Checking drafts" not in lille.get(there).text
