"""The draft, edited by its facilitator."""

import re
from html import unescape

import pytest

from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AgreementState
from app.models.agreements import Agreement, Draft
from app.models.base import db
from tests.factories.agreements import add_party, make_case
from tests.factories.people import make_organisation, make_user, make_workspace
from tests.web.statements import own_statements

INTERVIEW = "/agreements/new/from/joint-service/1.0.0"


@pytest.fixture
def person(session, client, sign_in):
    make_workspace()
    person = make_user("Sofie Maes", of=make_organisation("Ghent"))
    sign_in(client, person)
    return person


@pytest.fixture
def here(client, person) -> str:
    """A draft of a joint service, with the usual choices; where it is edited."""
    page = client.get(INTERVIEW).text
    usual = dict(re.findall(r'checked[^>]*name="(o_\w+)"[^>]*value="(\w+)"', page))
    form = {**usual, "title": "Bench", "timezone": "Europe/Brussels", "framework": ""}
    answer = client.post(INTERVIEW, data={**form, "step": "start"})
    assert answer.status_code == 303, answer.text
    return answer.location


def held(session) -> tuple[ClauseTree, Draft]:
    agreement = session.query(Agreement).filter_by(title="Bench").one()
    draft = session.get_one(Draft, agreement.id)
    session.refresh(draft)
    return ClauseTree.from_json(draft.tree), draft


def fields(page: str) -> dict[str, object]:
    """What a browser would send of the form on a page of the editor."""
    found: dict[str, object] = {}
    for name in ("open", "new"):
        found[name] = re.findall(rf'type="hidden" name="{name}" value="([^"]*)"', page)
    found |= dict(re.findall(r'name="(was-[\w-]+)" value="(\w+)"', page))
    found["row_version"] = re.search(r'name="row_version"[^>]*value="(\d+)"', page)[1]
    for name, words in re.findall(r'<textarea[^>]*name="([\w-]+)"[^>]*>([^<]*)</textarea>', page):
        found[name] = unescape(words)
    return found


def test_the_draft_is_shown_with_guidance_and_open_blanks(client, here):
    page = client.get(here).text
    assert "blanks are still open" in page
    assert "Nobody else takes part yet" in page
    assert 'class="guide"' in page
    assert "/draft/clauses/purpose" in page


def test_words_of_an_article_are_edited(client, session, here):
    page = client.get(f"{here}/clauses/purpose").text
    assert "Answers the risk of an unsuccessful partnership" in page
    form = fields(page)
    key = next(name for name in form if name.startswith("text-purpose"))
    form[key] = "The Hubs deliver the Service. {{bench_name}} is where."
    answer = client.post(f"{here}/clauses/purpose", data={**form, "do": "save"})
    assert answer.status_code == 303
    tree, _ = held(session)
    assert tree.find(key.removeprefix("text-")).text == form[key]
    assert "[bench name]" in client.get(here).text


def test_clauses_are_added_moved_and_deleted_without_script(client, session, here):
    address = f"{here}/clauses/purpose"
    before, _ = held(session)
    first, second = (node.key for node in before.find("purpose").children[:2])
    page = client.post(
        address, data={**fields(client.get(address).text), "do": f"add behind {first}"}
    )
    assert page.status_code == 200
    form = fields(page.text)
    key = form["new"][0].split()[0]
    form |= {f"text-{key}": "A new clause.", "delete": [second]}
    label = "Article 17.1"
    form |= {f"side-{first}": "behind", f"move-{first}": label}
    answer = client.post(address, data={**form, "do": "save"})
    assert answer.status_code == 303, answer.text
    tree, _ = held(session)
    assert tree.find(key).text == "A new clause."
    assert second not in tree.nodes
    assert tree.parents[first] != "purpose"


def test_what_cannot_be_kept_is_told_at_its_place(client, session, here):
    address = f"{here}/clauses/purpose"
    form = fields(client.get(address).text)
    key = next(name for name in form if name.startswith("text-"))
    own = key.removeprefix("text-")
    empty = {**form, key: " ", f"heading-{own}": " ", "do": "save"}
    answer = client.post(address, data=empty)
    assert answer.status_code == 422
    assert "No words are left here" in answer.text
    nowhere = {**form, f"side-{own}": "behind", f"move-{own}": "Article 99", "do": "save"}
    answer = client.post(address, data=nowhere)
    assert answer.status_code == 422
    assert "There is no clause “Article 99”" in answer.text


def test_a_stale_save_shows_both_texts_and_may_be_repeated(client, session, here):
    address = f"{here}/clauses/purpose"
    mine = fields(client.get(address).text)
    theirs = fields(client.get(address).text)
    key = next(name for name in mine if name.startswith("text-purpose"))
    assert (
        client.post(address, data={**theirs, key: "Their words.", "do": "save"}).status_code == 303
    )
    answer = client.post(address, data={**mine, key: "My words.", "do": "save"})
    assert answer.status_code == 409
    assert "My words." in answer.text
    assert "Their words." in answer.text
    again = client.post(address, data={**fields(answer.text), "do": "save"})
    assert again.status_code == 303
    tree, _ = held(session)
    assert tree.find(key.removeprefix("text-")).text == "My words."


def test_what_only_they_changed_stays_theirs_after_a_stale_save(client, session, here):
    address = f"{here}/clauses/purpose"
    page = fields(client.get(address).text)
    mine, theirs = [name for name in page if name.startswith("text-purpose")][:2]
    client.post(address, data={**page, theirs: "Their words.", "do": "save"})
    answer = client.post(address, data={**page, mine: "My words.", "do": "save"})
    assert answer.status_code == 409
    client.post(address, data={**fields(answer.text), "do": "save"})
    tree, _ = held(session)
    assert tree.find(mine.removeprefix("text-")).text == "My words."
    assert tree.find(theirs.removeprefix("text-")).text == "Their words."


def test_blanks_are_filled_all_at_once_as_they_read(client, session, here):
    page = client.get(f"{here}/blanks").text
    assert 'name="q_coordinator.name"' in page
    row_version = fields(page)["row_version"]
    sent = {"row_version": row_version, "q_client_name": "Acme", "q_start_date": "2027-05-03"}
    answer = client.post(f"{here}/blanks", data={**sent, "q_client_fee": "120000"})
    assert answer.status_code == 303, answer.text
    tree, _ = held(session)
    words = " ".join(node.text for node in tree.walk())
    assert "means Acme, with" in words
    assert "3 May 2027" in words
    assert "120,000" in words
    assert "{{client_name}}" not in words
    stale = client.post(f"{here}/blanks", data={**sent, "q_client_seat": "Ghent"})
    assert stale.status_code in (409, 422)


def test_a_blank_that_is_answered_wrongly_is_told_at_its_field(client, session, here):
    row_version = fields(client.get(f"{here}/blanks").text)["row_version"]
    sent = {"row_version": row_version, "q_client_fee": "a lot", "q_client_name": "Acme"}
    answer = client.post(f"{here}/blanks", data=sent)
    assert answer.status_code == 422
    assert "give a sum in figures" in answer.text
    assert "Acme" in answer.text
    assert "{{client_name}}" in str(held(session)[1].tree)


def test_a_party_with_a_role_fills_its_blanks(client, session, here):
    _, draft = held(session)
    agreement = session.get_one(Agreement, draft.agreement_id)
    lille = make_organisation("Lille", "LIL")
    home = f"/agreements/{agreement.slug}/participants"
    form = {"organisation": lille.slug, "kind": "party", "role": "coordinator"}
    assert client.post(home, data=form).status_code == 303
    page = client.get(f"{here}/blanks").text
    assert re.search(r'name="q_coordinator.name"[^>]*>\s*Lille</textarea>', page)


def test_title_and_numbers_are_changed(client, session, here):
    row_version = fields(client.get(here).text)["row_version"]
    form = {"row_version": row_version, "title": "Bench two", "numbering": "decimal"}
    assert client.post(f"{here}/details", data=form).status_code == 303
    page = client.get(here).text
    assert "Bench two" in page
    assert client.post(f"{here}/details", data=form).status_code == 409
    assert client.post(f"{here}/details", data={**form, "title": ""}).status_code == 422


def test_only_the_facilitator_writes_and_only_while_drafting(client, session, sign_in, here):
    _, draft = held(session)
    agreement = session.get_one(Agreement, draft.agreement_id)
    case = make_case("Porto")
    case.agreement = agreement
    add_party(case, "Lille")
    sign_in(client, case.people["Lille"])
    for address in (here, f"{here}/blanks", f"{here}/clauses/purpose"):
        assert client.get(address).status_code == 403
        assert client.post(address, data={"row_version": "1"}).status_code in (403, 405)
    sign_in(client, case.people["Porto"])
    assert client.get(here).status_code == 404

    sign_in(client, session.get(type(case.facilitator), agreement.created_by))
    agreement.state = AgreementState.CONSULTATION
    db.session.commit()
    answer = client.get(here)
    assert answer.status_code == 409
    assert "no longer drafted" in answer.text


def test_a_clause_that_is_gone_is_not_found(client, here):
    assert client.get(f"{here}/clauses/nothing-here").status_code == 404


def test_the_pages_ask_the_database_little(client, here, count_statements):
    # The agreement, its draft, its head (1); the blanks also the parties' own details.
    for address, most in ((here, 3), (f"{here}/blanks", 4), (f"{here}/clauses/purpose", 3)):
        assert len(own_statements(client, count_statements, address)) == most
