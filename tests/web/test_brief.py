"""The page for a director."""

from tests.factories.agreements import make_case
from tests.factories.contributions import reword
from tests.factories.versions import publish


def test_a_party_reads_the_brief_and_strangers_do_not(client, session, sign_in):
    case = make_case()
    publish(case, reword(case, "Lille", "15", "20"))
    sign_in(client, case.people["Lille"])
    address = f"/agreements/{case.agreement.slug}/brief"
    page = client.get(address).text
    assert "What changed since version 1" in page and "Reworded" in page
    assert "One page" not in page and f'href="{address}"' in page
    assert client.get("/agreements/not-there/brief").status_code == 404
    other = make_case("Vigo")
    sign_in(client, other.people["Vigo"])
    assert client.get(address).status_code == 404
