"""The reports on where an agreement deviates, for everybody who takes part."""

import pytest

from app.models.agreements import Agreement
from tests.factories.agreements import TREE, make_case
from tests.factories.people import make_user
from tests.factories.templates import make_templated, template_text


@pytest.fixture
def room(session):
    case = make_templated()
    return case, f"/agreements/{case.agreement.slug}/deviations"


def test_a_participant_reads_every_deviation(client, sign_in, room):
    case, address = room
    sign_in(client, case.people["Lille"])
    text = client.get(address).text
    assert "2 deviations;" in text
    assert "Deleted <span" in text and "Changed <span" in text
    assert "Minimum attendance" in text
    assert "/template-upgrade" not in text


def test_a_mandatory_clause_comes_first(client, session, sign_in):
    tree = template_text().remove("liability-never")
    case = make_templated(tree=tree)
    sign_in(client, case.people["Lille"])
    text = client.get(f"/agreements/{case.agreement.slug}/deviations").text
    assert "Mandatory clauses" in text
    assert "The template asks that these stay as they are." in text


def test_outsiders_and_agreements_without_template_get_nothing(client, sign_in, room):
    _, address = room
    sign_in(client, make_user("Nobody"))
    assert client.get(address).status_code == 404
    other = make_case()
    sign_in(client, other.people["Lille"])
    assert client.get(f"/agreements/{other.agreement.slug}/deviations").status_code == 404
    assert client.get(f"/agreements/{other.agreement.slug}/deviations/framework").status_code == 404


def test_a_specific_agreement_beside_its_framework(client, session, sign_in):
    framework = make_case(tree=TREE)
    specific = make_case(tree=TREE.replace("ending", text="A Hub leaves at once."))
    row = session.get_one(Agreement, specific.agreement.id)
    row.framework_id = framework.agreement.id
    session.commit()
    address = f"/agreements/{row.slug}/deviations/framework"
    sign_in(client, specific.people["Lille"])
    assert client.get(address).status_code == 404, "who takes no part in the framework"
    sign_in(client, framework.facilitator)
    assert client.get(address).status_code == 404, "nor in the specific agreement"
