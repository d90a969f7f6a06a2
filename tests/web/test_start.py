"""Starting an agreement from a template."""

import re
from html import unescape

import pytest

from app.domain import placeholders, provenance
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AgreementState
from app.models.agreements import Agreement, Draft, Seat
from app.models.base import db
from tests.factories.agreements import make_case
from tests.factories.people import make_organisation, make_user, make_workspace
from tests.web.statements import own_statements

HERE = "/agreements/new/from/joint-service/1.0.0"
CHOICES = {
    "title": "Robotics for Acme",
    "timezone": "Europe/Brussels",
    "framework": "",
    "o_experts": "off",
    "o_facilities": "off",
    "o_payment": "fixed",
    "o_results": "makers",
    "o_noncompete": "on",
    "o_personaldata": "none",
    "o_cap": "share",
    "o_disputes": "courts",
}


@pytest.fixture
def person(session, client, sign_in):
    make_workspace()
    person = make_user("Sofie Maes", of=make_organisation("Ghent"))
    sign_in(client, person)
    return person


def test_one_chooses_what_to_start_from(client, person):
    answer = client.get("/agreements/new")
    assert HERE in answer.text
    assert "/agreements/new/file" in answer.text


def test_each_choice_names_the_clauses_it_brings(client, person):
    answer = client.get(HERE)
    assert answer.status_code == 200
    assert "Article 13 Non-compete; Annex G Existing relations with the Client" in answer.text
    assert 'name="q_' not in answer.text


def test_only_blanks_that_matter_are_asked_with_the_words_around_them(client, person):
    answer = client.post(HERE, data={**CHOICES, "step": "blanks"})
    assert answer.status_code == 200
    assert 'name="q_nc_months"' in answer.text
    assert 'name="q_arbitration_seat"' not in answer.text
    assert 'name="o_noncompete" value="on"' in answer.text
    assert re.search(r'name="q_answer_days"[^>]*value="3"', answer.text)
    assert "inform the Partners, within" in answer.text

    without = client.post(HERE, data={**CHOICES, "o_noncompete": "off", "step": "blanks"})
    assert 'name="q_nc_months"' not in without.text


def test_an_answer_that_is_none_is_told_at_its_question_and_kept(client, person):
    sent = {**CHOICES, "q_answer_days": "three", "q_start_date": "soon", "q_client_name": "Acme"}
    answer = client.post(HERE, data={**sent, "step": "read"})
    assert answer.status_code == 422
    assert "give a whole number" in answer.text
    assert "give a date as year-month-day" in answer.text
    assert 'value="three"' in answer.text
    assert ">\r\nAcme</textarea>" in answer.text


def test_the_text_is_read_before_anything_is_kept(client, session, person):
    sent = {**CHOICES, "q_client_name": "Acme Robotics", "q_fee_split": "", "q_answer_days": "5"}
    answer = client.post(HERE, data={**sent, "step": "read"})
    assert answer.status_code == 200
    assert "means Acme Robotics, with its registered seat" in answer.text
    assert "Non-compete" in answer.text
    assert "[Coordinator: name]" in answer.text
    assert session.query(Agreement).count() == 0


def test_it_is_started_with_everything_beside_it(client, session, person):
    sent = {**CHOICES, "q_client_name": "Acme *Robotics*", "q_start_date": "2027-05-03"}
    answer = client.post(HERE, data={**sent, "step": "start"})
    assert answer.status_code == 303
    agreement = session.query(Agreement).one()
    assert answer.location.endswith(f"/agreements/{agreement.slug}/draft")
    assert agreement.title == "Robotics for Acme"
    assert (agreement.template_slug, agreement.template_version) == ("joint-service", "1.0.0")
    assert agreement.scenario == "joint-service"
    assert session.query(Seat).one().user_id == person.id

    draft = session.get_one(Draft, agreement.id)
    tree = ClauseTree.from_json(draft.tree)
    client_term = next(node for node in tree.walk() if node.heading == "Client")
    assert client_term.text.startswith("means Acme \\*Robotics\\*, with")
    assert "coordinator.name" in placeholders.listed(tree)
    assert draft.beside["blanks"]["coordinator.name"] == "Coordinator: name"
    assert "client_name" not in draft.beside["blanks"]
    assert draft.beside["template_ids"][client_term.key]
    assert draft.beside["mandatory"]
    origins = provenance.from_json(draft.provenance)
    provenance.check(tree, origins)
    sources = {span.source.origin for span in origins[client_term.key].text}
    assert sources == {"template", "answer"}


def test_a_double_press_starts_one(client, session, person):
    for _ in range(2):
        answer = client.post(HERE, data={**CHOICES, "step": "start"})
        assert answer.status_code == 303
    assert session.query(Agreement).count() == 1


def test_no_agreement_stands_where_one_starts(client, session, person):
    client.post(HERE, data={**CHOICES, "title": "New", "step": "start"})
    assert session.query(Agreement).one().slug == "new-2"


def test_a_specific_agreement_names_its_framework(client, session, person, sign_in):
    case = make_case(state=AgreementState.IN_FORCE)
    case.agreement.scenario, case.agreement.title = "framework", "Our framework"
    stranger = make_case(state=AgreementState.IN_FORCE)
    stranger.agreement.scenario, stranger.agreement.title = "framework", "Somebody else's"
    db.session.commit()
    sign_in(client, case.people["Lille"])
    page = unescape(client.get(HERE).text)
    assert "Our framework" in page
    assert "Somebody else's" not in page
    assert "Made under" not in client.get("/agreements/new/from/framework-cooperation/1.1.0").text

    sent = {**CHOICES, "framework": str(case.agreement.id), "step": "start"}
    client.post(HERE, data=sent)
    started = session.query(Agreement).filter_by(title="Robotics for Acme").one()
    assert started.framework_id == case.agreement.id
    refused = client.post(
        HERE, data={**CHOICES, "framework": str(stranger.agreement.id), "step": "start"}
    )
    assert refused.status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"timezone": "Mars/Olympus"},
        {"o_noncompete": "perhaps"},
        {"title": "x" * 301},
    ],
)
def test_a_wrong_choice_leads_back_to_the_choices(client, session, person, wrong):
    answer = client.post(HERE, data={**CHOICES, **wrong, "step": "start"})
    assert answer.status_code == 422
    assert "What you choose" in answer.text
    assert session.query(Agreement).count() == 0


def test_who_belongs_nowhere_starts_nothing(client, session, person, sign_in):
    sign_in(client, make_user("Nobody"))
    answer = client.post(HERE, data={**CHOICES, "step": "start"})
    assert answer.status_code == 403
    assert "Only members of an organisation start an agreement" in answer.text


def test_unknown_templates_and_versions_are_not_found(client, person):
    assert client.get("/agreements/new/from/nothing/1.0.0").status_code == 404
    answer = client.get("/agreements/new/from/joint-service/9.9.9")
    assert answer.status_code == 404
    assert "Its newest is 1.0.0" in answer.text


def test_the_interview_asks_the_database_little(client, person, count_statements):
    # The framework agreements that can be named.
    assert len(own_statements(client, count_statements, HERE)) == 1
    assert own_statements(client, count_statements, "/agreements/new") == []
