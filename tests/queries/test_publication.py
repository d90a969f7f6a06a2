"""What the next version would do to all that is open, told before it is done."""

from datetime import timedelta

from app.actions import amendments, comments, consolidation, dispositions, rounds
from app.domain import anchors
from app.domain import operations as ops
from app.domain.lifecycle import AmendmentState, Outcome
from app.kernel import clock
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot
from app.queries import consolidations, publication, reading_room
from app.queries.versions import tree_by_id
from tests.factories.agreements import TREE, Case, make_case
from tests.factories.people import START

DURING = START + timedelta(days=5)
AFTER = START + timedelta(days=31)
TEXT = TREE.find("answer-time").text


def propose(case: Case, name: str, *operations: ops.Operation) -> AmendmentRow:
    with clock.at(DURING):
        row = amendments.draft_amendment(
            case.actor(name), case.round, operations=operations, rationale=""
        )
        return amendments.propose_amendment(case.actor(name), row)


def words(case: Case, name: str, old: str, new: str) -> AmendmentRow:
    return propose(case, name, ops.replace_text(TREE, "answer-time", TEXT.replace(old, new)))


def amend(case: Case, name: str, primary: AmendmentRow, text: str) -> AmendmentRow:
    amended = ops.apply(TREE, ops.from_json(primary.operations))
    with clock.at(DURING):
        row = amendments.amend_amendment(
            case.actor(name),
            primary,
            operations=[ops.replace_text(amended, "answer-time", text)],
        )
        return amendments.propose_amendment(case.actor(name), row)


def decide(case: Case, outcome: Outcome, *rows: AmendmentRow) -> None:
    with clock.at(AFTER):
        if case.agreement.state != "consolidation":
            rounds.begin_consolidation(case.actor("facilitator"), case.round)
        for row in rows:
            dispositions.answer_amendment(
                case.actor("facilitator"),
                case.round,
                amendment_id=row.id,
                outcome=outcome,
                answer="So.",
            )


def publish(case: Case):
    with clock.at(AFTER):
        return consolidation.publish_version(case.actor("facilitator"), case.round)


def test_the_numbers_told_before_are_what_happens(session):
    case = make_case()
    accepted = words(case, "Lille", "15", "20")
    same, clashing = words(case, "Porto", "15", "20"), words(case, "Tartu", "15", "30")
    clean = words(case, "Porto", "A Hub", "Each Hub")
    at = TEXT.index("15")
    with clock.at(DURING):
        for start, end in ((at, at + 2), (at + 3, at + 15)):
            comments.start_thread(
                case.actor("Tartu"),
                case.round,
                text="Hm.",
                kind="concern",
                anchor=anchors.anchor(TREE, "", "answer-time", "text", start, end),
            )
    decide(case, Outcome.ACCEPTED, accepted)
    decide(case, Outcome.DEFERRED, same, clashing, clean)
    coming = publication.publication_of(session, case.round)
    assert coming.fates == {"obsolete": 1, "attention": 1, "clean": 1}
    assert coming.anchor_states == {"text changed": 1, "same": 1}
    assert [one.kind for one in coming.blockers] == ["answers"]


def test_every_blocker_says_where_it_is_put_right(session):
    case = make_case()
    one, other = words(case, "Lille", "15", "20"), words(case, "Porto", "15", "10")
    gone = propose(case, "Tartu", ops.delete_clause(TREE, "scope"))
    waiting = words(case, "Tartu", "A Hub", "Each Hub")
    decide(case, Outcome.ACCEPTED, one, other, gone)
    facilitator = case.actor("facilitator")
    with clock.at(AFTER):
        preview = consolidations.standing_of(session, case.round).preview
        consolidation.edit_text(
            facilitator,
            case.round,
            operations=[ops.replace_text(preview, "answer-time", TEXT.replace("A Hub", "The Hub"))],
            why="Style.",
        )
        met = consolidations.standing_of(session, case.round).merged.conflicts[0]
        session.add(
            Ballot(
                agreement_id=case.agreement.id,
                round_id=case.round.id,
                version_id=case.version.id,
                number=4,
                subject="amendment",
                question="?",
                wording_hash="",
                choices=[],
                rule={},
                opens_at=DURING,
                closes_at=AFTER,
                opened_by=case.facilitator.id,
            )
        )
        session.commit()
        found = publication.publication_of(session, case.round).blockers
        assert [(one.kind, one.place) for one in found] == [
            ("answers", ""),
            ("ballot", "4"),
            ("conflict", "answer-time"),
            ("reference", "answer-form"),
        ]
        consolidation.resolve_conflict(
            facilitator, case.round, conflict=met.id, choice="side", value=one.number
        )
        found = publication.publication_of(session, case.round).blockers
    assert ("edit", "answer-time") in [(one.kind, one.place) for one in found]
    assert waiting.state == AmendmentState.PROPOSED


def test_what_amends_an_adopted_amendment_amends_the_text_from_now_on(session):
    case = make_case()
    primary = words(case, "Lille", "15", "20")
    deferred = amend(case, "Porto", primary, "A Hub answers a request within 20 calendar days.")
    decide(case, Outcome.ACCEPTED, primary)
    decide(case, Outcome.DEFERRED, deferred)
    version = publish(case)
    session.refresh(deferred)
    assert (deferred.rebase_state, deferred.primary_id) == ("clean", None)
    text = ops.apply(tree_by_id(session, version.id), ops.from_json(deferred.operations))
    assert text.find("answer-time").text == "A Hub answers a request within 20 calendar days."


def test_what_amends_an_open_amendment_shares_its_fate(session):
    case = make_case()
    accepted = words(case, "Lille", "15", "20")
    stuck, overtaken = words(case, "Porto", "15", "30"), words(case, "Tartu", "15", "20")
    of_stuck = amend(case, "Tartu", stuck, TEXT.replace("15", "33"))
    of_overtaken = amend(case, "Porto", overtaken, TEXT.replace("15", "22"))
    decide(case, Outcome.ACCEPTED, accepted)
    decide(case, Outcome.DEFERRED, stuck, overtaken, of_stuck, of_overtaken)
    publish(case)
    for row in (stuck, overtaken, of_stuck, of_overtaken):
        session.refresh(row)
    assert (stuck.rebase_state, of_stuck.rebase_state) == ("attention", "attention")
    assert of_stuck.rebase_reasons == [f"What it amends, {stuck.label}, waits for its author."]
    assert overtaken.state == AmendmentState.OBSOLETE
    assert of_overtaken.state == AmendmentState.FALLEN
    assert "Propose it on the text itself" in of_overtaken.reason


def test_what_was_left_open_waits_in_the_next_round_and_can_be_adopted_there(session):
    case = make_case()
    accepted, later = words(case, "Lille", "15", "20"), words(case, "Porto", "A Hub", "Each Hub")
    with clock.at(DURING):
        open_one, done = (
            comments.start_thread(case.actor("Tartu"), case.round, text="?", kind="question")
            for _ in range(2)
        )
    decide(case, Outcome.ACCEPTED, accepted)
    decide(case, Outcome.DEFERRED, later)
    facilitator, first = case.actor("facilitator"), case.round
    with clock.at(AFTER):
        for thread, outcome in ((open_one, Outcome.DEFERRED), (done, Outcome.NOTED)):
            dispositions.answer_comments(
                facilitator, case.round, threads=[thread.id], outcome=outcome
            )
    publish(case)
    with clock.at(AFTER):
        case.round = rounds.open_round(
            facilitator, case.agreement, closes_at=AFTER + timedelta(days=9)
        )
    for row in (open_one, done, accepted, later):
        session.refresh(row)
    assert [open_one.round_id, later.round_id] == [case.round.id] * 2
    assert [done.round_id, accepted.round_id] == [first.id] * 2
    assert consolidations.unanswered(session, case.round) == 2
    with clock.at(AFTER + timedelta(days=10)):
        rounds.begin_consolidation(facilitator, case.round)
        dispositions.answer_amendment(
            facilitator, case.round, amendment_id=later.id, outcome=Outcome.ACCEPTED
        )
        preview = consolidations.standing_of(session, case.round).preview
    assert preview.find("answer-time").text == TEXT.replace("15", "20").replace("A Hub", "Each Hub")


def test_the_text_can_be_read_while_an_amendment_waits_for_its_author(session):
    case = make_case()
    accepted, stuck = words(case, "Lille", "15", "20"), words(case, "Porto", "15", "30")
    decide(case, Outcome.ACCEPTED, accepted)
    decide(case, Outcome.DEFERRED, stuck)
    publish(case)
    reading = reading_room.reading_of(case.actor("Lille"), case.agreement, "all")
    assert "20 working days" in reading.base.find("answer-time").text
