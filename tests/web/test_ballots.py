"""The pages of ballots."""

from datetime import timedelta

from app.domain import ballots as law
from tests.actions.test_ballots import CLOSES, DURING, FIVE, count, open_on, propose, vote
from tests.factories.agreements import Case, make_case


def address(case: Case, rest: str = "") -> str:
    return f"/agreements/{case.agreement.slug}/ballots{rest}"


def test_a_voter_reads_the_wording_and_the_rule_and_casts_and_changes_the_vote(
    client, session, sign_in, clock
):
    case = make_case(*FIVE)
    open_on(case, propose(case, "Lille", "20"), rule=law.VotingRule(2, 3, strict=False))
    clock.set(DURING)
    sign_in(client, case.people["Porto"])

    shown = client.get(address(case, "/1"))
    assert "Carried if at least two thirds of the votes for and against say yes." in shown.text
    assert "<ins" in shown.text and "<del" in shown.text
    assert "Cast the vote of Porto" in shown.text

    cast = client.post(address(case, "/1/votes"), data={"choice": "no"}, follow_redirects=True)
    assert "Cast: Porto votes no." in cast.text
    assert "1 of 5 organisations have voted" in cast.text
    changed = client.post(address(case, "/1/votes"), data={"choice": "yes"}, follow_redirects=True)
    assert "Porto has voted <b>yes</b>" in changed.text
    case.people["Porto"].language = "fr"
    session.commit()
    assert "<b>oui</b>" in client.get(address(case, "/1")).text


def test_a_vote_without_a_choice_is_asked_again(client, session, sign_in, clock):
    case = make_case()
    open_on(case, propose(case, "Lille", "20"))
    clock.set(DURING)
    answer = sign_in(client, case.people["Porto"]).post(address(case, "/1/votes"), data={})
    assert answer.status_code == 422
    assert "Choose one of the answers." in answer.text


def test_after_the_deadline_the_vote_is_refused_with_a_sentence(client, session, sign_in, clock):
    case = make_case()
    open_on(case, propose(case, "Lille", "20"))
    clock.set(CLOSES)
    sign_in(client, case.people["Porto"])
    assert "Cast the vote" not in client.get(address(case, "/1")).text
    late = client.post(address(case, "/1/votes"), data={"choice": "yes"})
    assert late.status_code == 409
    assert "The ballot is not open; no vote is accepted." in late.text


def test_the_result_sheet_shows_every_number_and_who_voted_how(client, session, sign_in, clock):
    case = make_case(*FIVE)
    ballot = open_on(case, propose(case, "Lille", "20"))
    vote(case, ballot, Lille="yes", Porto="yes", Tartu="no", Riga="abstain")
    count(case, ballot)
    clock.set(CLOSES)
    text = sign_in(client, case.people["Turin"]).get(address(case, "/1")).text
    assert "Carried" in text
    assert "2 yes, 1 no, 1 abstained: 2 of 3 meets the rule, so it is carried." in text
    assert "Every seat" in text and "not voted" in text


def test_while_open_nobody_sees_the_count_unless_it_was_so_chosen(client, session, sign_in, clock):
    case = make_case(*FIVE)
    row = propose(case, "Lille", "20")
    ballot = open_on(case, row, is_straw=True)
    shown = open_on_with_results(case)
    vote(case, ballot, Lille="yes")
    vote(case, shown, Lille="yes")
    clock.set(DURING)
    sign_in(client, case.people["Turin"])
    assert "The count is shown after the close." in client.get(address(case, "/1")).text
    assert "As it stands" not in client.get(address(case, "/1")).text
    assert "As it stands" in client.get(address(case, "/2")).text


def open_on_with_results(case: Case):
    return open_on(case, propose(case, "Porto", "10"), shows_results=True)


def test_a_confidential_ballot_shows_who_voted_and_never_what(client, session, sign_in, clock):
    case = make_case(*FIVE)
    ballot = open_on(case, propose(case, "Lille", "20"), is_confidential=True)
    vote(case, ballot, Lille="yes", Porto="no")
    clock.set(DURING)
    sign_in(client, case.people["Lille"])
    mine = client.get(address(case, "/1")).text
    assert "Lille has voted. A confidential vote can't be changed." in mine
    count(case, ballot)
    clock.set(CLOSES)
    counted = client.get(address(case, "/1")).text
    assert "Every seat" not in counted
    assert "1 yes, 1 no" in counted


def test_the_facilitator_opens_a_ballot_and_others_do_not(client, session, sign_in, clock):
    case = make_case()
    row = propose(case, "Lille", "20")
    clock.set(DURING)
    data = {
        "question": "Shall a hub have twenty days?",
        "rule": "majority",
        "closes_at": (DURING + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M"),
        "amendments": [str(row.id)],
    }
    assert sign_in(client, case.people["Lille"]).get(address(case, "/new")).status_code == 403
    sign_in(client, case.facilitator)
    assert row.label in client.get(address(case, "/new")).text
    nothing = client.post(address(case, "/new"), data={**data, "amendments": []})
    assert nothing.status_code == 422
    assert "Shall a hub have twenty days?" in nothing.text
    past = client.post(address(case, "/new"), data={**data, "closes_at": "2026-01-01T10:00"})
    assert past.status_code == 422 and "must lie ahead" in past.text
    opened = client.post(address(case, "/new"), data=data, follow_redirects=True)
    assert "Ballot 1 is open." in opened.text


def test_the_facilitator_extends_voids_and_counts(client, session, sign_in, clock):
    case = make_case()
    open_on(case, propose(case, "Lille", "20"))
    open_on(case, propose(case, "Porto", "10"))
    clock.set(DURING)
    sign_in(client, case.facilitator)
    later = client.post(
        address(case, "/1/extend"), data={"closes_at": "2026-11-20T18:00"}, follow_redirects=True
    )
    assert "The deadline is later now." in later.text
    without = client.post(address(case, "/2/void"), data={"reason": " "})
    assert without.status_code == 422
    void = client.post(address(case, "/2/void"), data={"reason": "A typo."}, follow_redirects=True)
    assert "This ballot is void: A typo." in void.text
    assert client.post(address(case, "/1/count")).status_code == 409


def test_the_whole_text_is_put_to_adoption(client, session, sign_in, clock):
    case = make_case(state="published")
    clock.set(DURING)
    sign_in(client, case.facilitator)
    assert "Version 1 goes to every party" in client.get(address(case, "/adoption")).text
    answer = client.post(
        address(case, "/adoption"),
        data={"question": "Adopt?", "rule": "two_thirds_all", "closes_at": "2026-11-20T18:00"},
        follow_redirects=True,
    )
    assert "on the whole text is open" in answer.text


def test_unknown_ballots_and_strangers_get_nothing(client, session, sign_in, clock):
    case, other = make_case(), make_case()
    open_on(case, propose(case, "Lille", "20"))
    clock.set(DURING)
    sign_in(client, other.people["Lille"])
    assert client.get(address(case, "/1")).status_code == 404
    assert client.post(address(case, "/1/votes"), data={"choice": "yes"}).status_code == 404
    sign_in(client, case.people["Lille"])
    assert client.get(address(case, "/99")).status_code == 404


def test_the_list_and_a_ballot_ask_the_database_the_same_whatever_is_in_them(
    client, session, sign_in, clock, count_statements
):
    sizes = []
    for names in (FIVE, tuple(f"Hub {n}" for n in range(20))):
        case = make_case(*names)
        for days in ("20",) if names is FIVE else ("20", "10", "5", "25"):
            open_on(case, propose(case, names[0], days))
        clock.set(DURING)
        sign_in(client, case.people[names[0]])
        client.get(address(case))
        with count_statements() as listed:
            client.get(address(case))
        with count_statements() as shown:
            client.get(address(case, "/1"))
        sizes.append((len(listed), len(shown)))
    assert sizes[0] == sizes[1]
    assert sizes[0][0] <= 12 and sizes[0][1] <= 20, (listed, shown)


def test_a_vote_asks_the_database_little_whoever_is_on_the_roll(
    client, session, sign_in, clock, count_statements
):
    for names in (FIVE, tuple(f"Hub {n}" for n in range(20))):
        case = make_case(*names)
        open_on(case, propose(case, names[0], "20"))
        clock.set(DURING)
        sign_in(client, case.people[names[1]])
        with count_statements() as sent:
            answer = client.post(address(case, "/1/votes"), data={"choice": "yes"})
        assert answer.status_code == 303
        # Seven, and the look-up of who has signed in.
        assert len(sent) == 8, sent
