"""The pages of amendments: what everybody sees, and what may be done from them."""

import pytest

from app.actions import amendments as act
from app.domain import operations as ops
from app.models.amendments import AmendmentRow, Support
from tests.factories.agreements import TREE, make_case
from tests.factories.amendments import make_amendment, make_draft, rewording
from tests.factories.people import make_user, make_workspace
from tests.queries.test_proposals import make_ballot

DAYS_20 = ops.replace_text(TREE, "answer-time", "A Hub answers a request within 20 working days.")
DAYS_30 = ops.replace_text(TREE, "answer-time", "A Hub answers a request within 30 working days.")


@pytest.fixture
def case(session, clock):
    make_workspace()
    return make_case()


@pytest.fixture
def lille(client, case, sign_in):
    return sign_in(client, case.people["Lille"])


def at(case, rest=""):
    return f"/agreements/{case.agreement.slug}/amendments{rest}"


def state_of(session, label):
    session.expire_all()
    return session.query(AmendmentRow).filter_by(label=label).one().state


def test_nobody_else_finds_the_amendments(client, case, sign_in, session):
    make_amendment(case, "Lille", DAYS_20)
    outsider = make_user("Out Sider")
    session.commit()
    sign_in(client, outsider)
    assert client.get(at(case)).status_code == 404
    assert client.get(at(case, "/A1")).status_code == 404


def test_an_empty_list_says_what_to_do(lille, case):
    answer = lille.get(at(case))
    assert "No amendment yet." in answer.text
    assert "Propose a change" in answer.text


def test_the_list_tells_what_each_changes(lille, case):
    make_amendment(case, "Porto", DAYS_20)
    make_amendment(case, "Tartu", DAYS_30)
    make_draft(case, "Lille", ops.set_heading(TREE, "scope", "<b>Aim"))
    text = lille.get(at(case)).text
    assert "with “within 20 working days” in Article 2.1" in text
    assert f'≠ <a href="{at(case, "/A2")}">A2</a> Tartu' in text
    assert "“&lt;b&gt;Aim”" in text
    assert "Drafts, seen by your own side only" in text


def test_the_list_is_narrowed_by_its_address(lille, case):
    make_amendment(case, "Porto", DAYS_20)
    make_amendment(case, "Lille", ops.set_heading(TREE, "scope", "Aim"))
    text = lille.get(at(case, "?clause=answers&mine=")).text
    assert ">A1</a>" in text
    assert ">A2</a>" not in text
    assert ">A2</a>" in lille.get(at(case, "?mine=1")).text
    assert "No amendment is of this kind." in lille.get(at(case, "?state=adopted")).text


def test_a_page_shows_the_redline_the_reason_and_links_other_labels(lille, case):
    make_amendment(case, "Porto", DAYS_20)
    make_amendment(case, "Tartu", DAYS_30, rationale="Unlike A1 on an A4 sheet. <script>x</script>")
    text = lille.get(at(case, "/A2")).text
    assert "<del" in text
    assert "30" in text
    assert f'<a href="{at(case, "/A1")}"' in text
    assert "A4 sheet" in text
    assert "A4</a>" not in text
    assert "<script>x" not in text


def test_an_unknown_label_is_not_found(lille, case):
    assert lille.get(at(case, "/A9")).status_code == 404


def test_support_is_shown_and_taken_back(lille, case, session):
    make_amendment(case, "Porto", DAYS_20)
    assert "Support for Lille" in lille.get(at(case, "/A1")).text
    answer = lille.post(at(case, "/A1/support"), data={"supports": "1"}, follow_redirects=True)
    assert "Lille supports amendment A1." in answer.text
    assert "Take back" in answer.text
    lille.post(at(case, "/A1/support"), data={"supports": "0"})
    assert session.query(Support).count() == 0


def test_ones_own_is_not_supported(lille, case):
    make_amendment(case, "Lille", DAYS_20)
    assert "Support for Lille" not in lille.get(at(case, "/A1")).text
    answer = lille.post(at(case, "/A1/support"), data={"supports": "1"})
    assert answer.status_code == 403
    assert "doesn&#39;t support its own" in answer.text
    assert "A1" in answer.text


def test_theirs_is_adopted_instead(lille, case, session):
    make_amendment(case, "Lille", DAYS_20)
    make_amendment(case, "Porto", DAYS_30)
    assert "withdraw A1 in favour of A2" in lille.get(at(case, "/A2")).text
    answer = lille.post(
        at(case, "/A1/withdraw"), data={"in_favour_of": "A2"}, follow_redirects=True
    )
    assert "A1 is withdrawn in favour of A2." in answer.text
    assert state_of(session, "A1") == "withdrawn"
    assert "in favour of" in lille.get(at(case, "/A1")).text


def test_withdrawing_in_favour_of_nothing_that_exists_withdraws_nothing(lille, case, session):
    make_amendment(case, "Lille", DAYS_20)
    answer = lille.post(at(case, "/A1/withdraw"), data={"in_favour_of": "A7"})
    assert answer.status_code == 404
    assert state_of(session, "A1") == "proposed"


def test_what_a_ballot_decides_on_stays(lille, case, session):
    row = make_amendment(case, "Lille", DAYS_20)
    make_ballot(session, case, row)
    answer = lille.post(at(case, "/A1/withdraw"))
    assert answer.status_code == 409
    assert "Ballot 1 is deciding on A1" in answer.text


def test_others_withdraw_nothing(lille, case, session):
    make_amendment(case, "Porto", DAYS_20)
    assert lille.post(at(case, "/A1/withdraw")).status_code == 403
    assert state_of(session, "A1") == "proposed"


def test_what_fell_can_be_begun_anew(lille, case, clock):
    primary = make_amendment(case, "Porto", DAYS_20)
    make_amendment(
        case, "Lille", rewording(case, "answer-form", "writing", "ink", primary), to=primary
    )
    act.withdraw_amendment(case.actor("Porto"), primary)
    text = lille.get(at(case, "/A1.1")).text
    assert "A1.1 falls because A1 is withdrawn" in text
    assert "Propose its words on the text" in text
    clock.go_on(days=30)
    assert "Propose its words" not in lille.get(at(case, "/A1.1")).text


def test_what_is_in_doubt_is_confirmed(lille, case, session):
    row = make_amendment(case, "Lille", DAYS_20)
    row.rebase_state, row.rebase_reasons = "attention", ["Another changed the same words."]
    text = lille.get(at(case, "/A1")).text
    assert "Another changed the same words." in text
    assert "Confirm as shown here" in text
    lille.post(at(case, "/A1/confirm"))
    session.expire_all()
    assert session.query(AmendmentRow).one().rebase_state == "clean"
    assert lille.post(at(case, "/A1/confirm")).status_code == 409


def test_the_facilitator_may_offer_a_compromise(client, case, sign_in):
    make_amendment(case, "Porto", DAYS_20)
    make_amendment(case, "Tartu", DAYS_30)
    sign_in(client, case.facilitator)
    assert "compromise=A1,A2" in client.get(at(case, "/A1")).text.replace("%2C", ",")
    text = client.get(at(case, "/new?clause=answer-time&compromise=A1,A2")).text
    assert "A compromise between A1 and A2." in text


@pytest.mark.parametrize("number", [3, 60])
def test_the_list_asks_the_database_little(lille, case, session, count_statements, number):
    for months in range(number):
        words = f"A Hub leaves with {months + 4} months of notice."
        make_amendment(case, "Porto", ops.replace_text(TREE, "ending", words))
    lille.get(at(case))
    with count_statements() as sent:
        lille.get(at(case))
    # Who is calling (account, standing: 4); the agreement; its head (4); the round; amendments,
    # versions, clauses, colours, support; unread notices.
    assert len(sent) <= 17, sent


@pytest.mark.parametrize("number", [3, 60])
def test_a_page_asks_the_database_little(lille, case, session, count_statements, number):
    for months in range(number):
        words = f"A Hub leaves with {months + 4} months of notice."
        make_amendment(case, "Porto", ops.replace_text(TREE, "ending", words))
    lille.get(at(case, "/A1"))
    with count_statements() as sent:
        lille.get(at(case, "/A1"))
    # As above without the list, and the ten of the page.
    assert len(sent) <= 21, sent


def test_after_the_round_the_page_offers_nothing_to_write(lille, case, clock):
    make_amendment(case, "Porto", DAYS_20)
    clock.go_on(days=30)
    text = lille.get(at(case, "/A1")).text
    assert "Amend it" not in text
    assert "Propose a change" not in lille.get(at(case)).text


def test_a_long_list_is_turned_page_by_page(lille, case):
    for months in range(101):
        words = f"A Hub leaves with {months + 4} months of notice."
        make_amendment(case, "Porto", ops.replace_text(TREE, "ending", words))
    text = lille.get(at(case, "?clause=ending")).text
    assert "Page 1 of 2" in text
    assert "clause=ending&amp;page=2" in text
    last = lille.get(at(case, "?page=2")).text
    assert ">A101</a>" in last
    assert "Later clauses" not in last
