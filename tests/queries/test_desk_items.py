"""Contributions made of rows: what becomes of them, where they point, who answers."""

from datetime import timedelta

from app.actions import amendments, comments, desk
from app.domain import operations as ops
from app.domain.lifecycle import AmendmentState, Outcome
from app.kernel import clock
from app.models.ballots import Ballot, BallotOption
from app.queries.desk_items import desk_of
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import AFTER, DURING, answer, comment, propose, reword


def test_what_nobody_needs_to_answer_is_over_whatever_was_said_before(session):
    case = make_case()
    withdrawn, overtaken = reword(case, "Lille", "15", "20"), reword(case, "Porto", "15", "30")
    fallen = reword(case, "Tartu", "15", "40")
    with clock.at(DURING):
        amendments.withdraw_amendment(case.actor("Lille"), withdrawn)
    overtaken.state, fallen.state = AmendmentState.OBSOLETE, AmendmentState.FALLEN
    session.commit()
    held = desk_of(case.agreement, case.round)
    assert [item.outcome for item in held.items] == ["withdrawn", "overtaken", "fell"]
    assert (held.unanswered, held.answered, held.over) == (0, 0, 3)
    assert held.groups == ()


def test_a_comment_with_replies_still_waits_though_its_author_took_it_back(session):
    case = make_case()
    thread = comment(case, "Lille")
    session.refresh(thread, ["comments"])
    opening = thread.comments[0]
    with clock.at(DURING + timedelta(hours=1)):
        comments.reply(case.actor("Porto"), thread, text="Indeed.")
        comments.retract_comment(case.actor("Lille"), opening)
    (item,) = desk_of(case.agreement, case.round).items
    assert (item.outcome, item.words) == ("", "Taken back by its author.")


def test_the_ballot_that_decides_stands_with_its_amendment_once(session):
    case = make_case()
    row = reword(case, "Lille", "15", "20")
    for number, subject, outcome in (
        (1, "straw", ""),
        (2, "amendment", "inquorate"),
        (3, "amendment", ""),
    ):
        held = Ballot(
            agreement_id=case.agreement.id,
            round_id=case.round.id,
            version_id=case.version.id,
            number=number,
            subject=subject,
            outcome=outcome,
            counted_at=AFTER if outcome else None,
            question="Adopt it?",
            wording_hash=row.operations_hash,
            choices=[["yes", "Yes"]],
            rule={},
            opens_at=DURING,
            closes_at=AFTER,
            opened_by=case.facilitator.id,
        )
        session.add(held)
        session.flush()
        session.add(BallotOption(ballot_id=held.id, amendment_id=row.id))
    session.commit()
    (item,) = desk_of(case.agreement, case.round).items
    assert (item.ballot.number, item.ballot.is_over) == (3, False)


def test_an_amendment_points_at_the_words_it_changes(session):
    case = make_case()
    reword(case, "Lille", "15", "20")
    propose(case, "Porto", ops.delete_clause(TREE, "ending"))
    change, deletion = desk_of(case.agreement, case.round).items
    start, end = change.at
    assert TREE.find("answer-time").text[start:end] == "15"
    assert (change.raw.split()[0], deletion.at) == ("20", (0, 0))


def test_who_answered_and_who_answers_are_named(session):
    case = make_case()
    thread = comment(case)
    answer(case, [thread], Outcome.NOTED, "Thanks.")
    sofie = case.facilitator.id
    desk.assign_contributions(case.actor("facilitator"), case.round, ids=[thread.id], to=sofie)
    held = desk_of(case.agreement, case.round, case.actor("facilitator"))
    (item,) = held.items
    assert (item.answered_by, item.assigned_to, held.me) == ("Sofie Maes", sofie, sofie)
    assert held.facilitators == {sofie: "Sofie Maes"}
