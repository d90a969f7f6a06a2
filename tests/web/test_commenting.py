"""What comes too late is told both moments, in the agreement's own time."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.clauses import Clause, ClauseTree, Kind
from app.kernel.errors import WrongMoment
from app.web.commenting import back, too_late
from tests.factories.agreements import make_case
from tests.factories.people import START, make_workspace

CLOSES = datetime(2026, 12, 4, 17, 0, tzinfo=UTC)
NO = WrongMoment("The round is closed.")


@pytest.mark.parametrize(
    ("late", "told"),
    [
        (timedelta(minutes=1), "Round 2 closed at 18:00; you pressed at 18:01."),
        (timedelta(days=1), "closed at 18:00 on 04 December; you pressed at 18:00 on 05 December."),
    ],
)
def test_both_moments_are_told(clock, late, told):
    clock.set(CLOSES + late)
    assert told in str(too_late(NO, 2, CLOSES, "Europe/Brussels"))


def test_another_refusal_stays_what_it_is(clock):
    clock.set(CLOSES - timedelta(days=1))
    assert too_late(NO, 2, CLOSES, "Europe/Brussels") is NO


def test_one_comes_back_to_the_open_note(app):
    with app.test_request_context():
        assert back("deal", 7) == "/agreements/deal?note=t7#n-t7"


def test_a_table_made_from_the_parties_is_quoted_by_its_rows_alone(client, session, sign_in, clock):
    make_workspace()
    rows = (Clause("p-1", Kind.ROW, text="Atelier | Lille"),)
    table = Clause("who", Kind.GENERATED, text="parties", children=rows)
    tree = ClauseTree("A deal", (Clause("a", Kind.CLAUSE, "Parties", children=(table,)),))
    case = make_case(tree=tree)
    clock.set(START + timedelta(days=2))
    session.commit()
    sign_in(client, case.people["Lille"])
    page = client.get(f"/agreements/{case.agreement.slug}/comments/new?clause=a").text
    assert "<p>Atelier | Lille</p>" in page
    assert "<p>parties</p>" not in page


def test_the_table_of_the_parties_is_no_text_to_write_on(client, session, sign_in, clock):
    make_workspace()
    lines = (
        Clause("p-1", Kind.ROW, text="Party | Seat"),
        Clause("p-2", Kind.ROW, text="L | Lille"),
    )
    table = Clause("parties", Kind.GENERATED, text="parties", children=lines)
    made = Clause("made", Kind.PARA, text="It is made between these.")
    tree = ClauseTree("A deal", (Clause("a", Kind.CLAUSE, "Parties", children=(made, table)),))
    case = make_case(tree=tree)
    lille = sign_in(client, case.people["Lille"])
    clock.set(START + timedelta(days=2))
    home = f"/agreements/{case.agreement.slug}/amendments/new"
    for key in ("a", "parties"):
        page = lille.get(f"{home}?clause={key}").text
        assert "It is made of what each party confirmed about itself" in page
        assert 'name="text-p-2"' not in page
    assert 'name="text-made"' in lille.get(f"{home}?clause=a").text
    stamp = tree.version_hash[:12]
    refused = lille.post(home, data={"do": "propose", "base": stamp, "text-p-2": "Roubaix"})
    assert refused.status_code == 422
    assert "Change something in the text first." in refused.text
    reading = lille.get(f"/agreements/{case.agreement.slug}").text
    assert "amendments/new?clause=a" in reading
    assert "amendments/new?clause=parties" not in reading
    assert '<th scope="col">Party</th>' in reading
