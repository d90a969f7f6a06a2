from datetime import timedelta

import pytest

from app.actions import amendments, comments, consolidation, dispositions, drafts, rounds
from app.actions.inside import keep_note
from app.domain import anchors, provenance
from app.domain import operations as ops
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.lifecycle import AgreementState, AmendmentState, Outcome
from app.domain.provenance import Source
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid, NotAllowed, WrongMoment
from app.models.agreements import Draft
from app.models.amendments import AmendmentRow
from app.queries import consolidations
from app.queries.versions import tree_by_id
from tests.factories.agreements import TREE, Case, make_case
from tests.factories.people import START

DURING = START + timedelta(days=5)
AFTER = START + timedelta(days=31)


def propose(case: Case, name: str, *operations: ops.Operation) -> AmendmentRow:
    with clock.at(DURING):
        draft = amendments.draft_amendment(
            case.actor(name), case.round, operations=operations, rationale="Because."
        )
        return amendments.propose_amendment(case.actor(name), draft)


def words(case: Case, name: str, old: str, new: str, key: str = "answer-time") -> AmendmentRow:
    text = TREE.find(key).text
    assert old in text
    return propose(case, name, ops.replace_text(TREE, key, text.replace(old, new)))


def consolidating(case: Case) -> None:
    with clock.at(AFTER):
        rounds.begin_consolidation(case.actor("facilitator"), case.round)


def decide(
    case: Case, amendment: AmendmentRow, outcome: Outcome, answer: str = "So decided."
) -> None:
    with clock.at(AFTER):
        dispositions.answer_amendment(
            case.actor("facilitator"),
            case.round,
            amendment_id=amendment.id,
            outcome=outcome,
            answer=answer,
        )


def test_what_is_accepted_makes_the_next_version_with_every_word_accounted_for(session):
    case = make_case()
    first = words(case, "Lille", "15 working days", "20 working days")
    second = words(case, "Porto", "A Hub", "Each Hub")
    consolidating(case)
    decide(case, first, Outcome.ACCEPTED)
    decide(case, second, Outcome.ACCEPTED)

    with clock.at(AFTER):
        version = consolidation.publish_version(case.actor("facilitator"), case.round)

    tree = tree_by_id(session, version.id)
    assert tree.find("answer-time").text == "Each Hub answers a request within 20 working days."
    assert version.hash == tree.version_hash
    provenance.check(tree, provenance.from_json(version.provenance))
    assert case.agreement.state == AgreementState.PUBLISHED
    assert case.round.settled_at == AFTER


def test_a_conflict_blocks_publication_until_it_is_resolved_and_again_when_undone(session):
    case = make_case()
    first = words(case, "Lille", "15", "20")
    second = words(case, "Porto", "15", "10")
    consolidating(case)
    decide(case, first, Outcome.ACCEPTED)
    decide(case, second, Outcome.ACCEPTED)
    facilitator = case.actor("facilitator")
    with clock.at(AFTER):
        with pytest.raises(WrongMoment, match="1 conflict is open"):
            consolidation.publish_version(facilitator, case.round)
        met = consolidations.standing_of(session, case.round).merged.conflicts[0]
        with pytest.raises(Invalid, match="reason"):
            consolidation.resolve_conflict(
                facilitator, case.round, conflict=met.id, choice="own", value="12"
            )
        row = consolidation.resolve_conflict(
            facilitator,
            case.round,
            conflict=met.id,
            choice="side",
            value=second.number,
            why="Faster.",
        )
        assert consolidations.standing_of(session, case.round).tree is not None
        consolidation.undo_resolution(facilitator, row)
        assert consolidations.standing_of(session, case.round).tree is None
        consolidation.resolve_conflict(
            facilitator, case.round, conflict=met.id, choice="own", value="12", why="In between."
        )
        version = consolidation.publish_version(facilitator, case.round)

    text = tree_by_id(session, version.id).find("answer-time").text
    assert text == "A Hub answers a request within 12 working days."


def test_only_the_facilitator_settles_and_publishes_and_only_while_consolidating(session):
    case = make_case()
    with clock.at(AFTER):
        with pytest.raises(NotAllowed):
            consolidation.publish_version(case.actor("Lille"), case.round)
        with pytest.raises(WrongMoment):
            consolidation.publish_version(case.actor("facilitator"), case.round)


def test_nothing_is_published_while_a_comment_or_an_amendment_waits_for_its_answer(session):
    case = make_case()
    with clock.at(DURING):
        thread = comments.start_thread(
            case.actor("Tartu"), case.round, text="Too short.", kind="concern"
        )
    amendment = words(case, "Lille", "15", "20")
    consolidating(case)
    facilitator = case.actor("facilitator")
    with clock.at(AFTER):
        with pytest.raises(WrongMoment, match="2 contributions have no answer"):
            consolidation.publish_version(facilitator, case.round)
        dispositions.answer_comments(
            facilitator, case.round, threads=[thread.id], outcome=Outcome.NOTED, answer="Noted."
        )
    decide(case, amendment, Outcome.REJECTED)
    with clock.at(AFTER):
        consolidation.publish_version(facilitator, case.round)
    assert case.agreement.state == AgreementState.PUBLISHED


def test_what_is_deferred_is_carried_to_the_new_version_or_needs_its_author(session):
    case = make_case()
    accepted = words(case, "Lille", "15", "20")
    clean = words(case, "Porto", "in writing", "by e-mail", key="answer-form")
    attention = words(case, "Tartu", "15", "30")
    same = words(case, "Porto", "15", "20")
    consolidating(case)
    decide(case, accepted, Outcome.ACCEPTED)
    for row in (clean, attention, same):
        decide(case, row, Outcome.DEFERRED)
    with clock.at(AFTER):
        version = consolidation.publish_version(case.actor("facilitator"), case.round)

    for row in (clean, attention, same):
        session.refresh(row)
    assert (clean.rebase_state, clean.version_id) == ("clean", version.id)
    assert attention.rebase_state == "attention" and attention.rebase_reasons
    assert same.state == AmendmentState.OBSOLETE


def test_an_internal_note_follows_its_words_too_and_waits_for_no_answer(session):
    case = make_case()
    text = TREE.find("answer-time").text
    at = text.index("working days")
    with clock.at(DURING):
        note = keep_note(
            case.actor("Tartu"),
            case.agreement,
            text="Ours: which calendar?",
            version_id=case.version.id,
            anchor=anchors.anchor(TREE, case.version.hash, "answer-time", "text", at, at + 12),
        )
    accepted = words(case, "Lille", "A Hub", "Each of the Hubs")
    consolidating(case)
    decide(case, accepted, Outcome.ACCEPTED)
    with clock.at(AFTER):
        version = consolidation.publish_version(case.actor("facilitator"), case.round)

    session.refresh(note)
    now = tree_by_id(session, version.id).find("answer-time").text
    assert (note.anchor_state, note.version_id) == ("moved", version.id)
    assert now[note.start : note.end] == "working days"


def test_a_comment_follows_its_words_to_the_new_version(session):
    case = make_case()
    text = TREE.find("answer-time").text
    at = text.index("working days")
    with clock.at(DURING):
        thread = comments.start_thread(
            case.actor("Tartu"),
            case.round,
            text="Which calendar?",
            kind="question",
            anchor=anchors.anchor(TREE, case.version.hash, "answer-time", "text", at, at + 12),
        )
    accepted = words(case, "Lille", "A Hub", "Each of the Hubs")
    consolidating(case)
    decide(case, accepted, Outcome.ACCEPTED)
    with clock.at(AFTER):
        dispositions.answer_comments(
            case.actor("facilitator"), case.round, threads=[thread.id], outcome=Outcome.NOTED
        )
        version = consolidation.publish_version(case.actor("facilitator"), case.round)

    session.refresh(thread)
    now = tree_by_id(session, version.id).find("answer-time").text
    assert thread.anchor_state == "moved"
    assert now[thread.start : thread.end] == "working days"


def test_the_facilitators_edit_lies_on_top_with_its_reason_and_can_be_undone(session):
    case = make_case()
    consolidating(case)
    facilitator = case.actor("facilitator")
    with clock.at(AFTER):
        preview = consolidations.standing_of(session, case.round).preview
        change = ops.set_heading(preview, "ending", "Leaving")
        with pytest.raises(Invalid):
            consolidation.edit_text(facilitator, case.round, operations=[change], why=" ")
        edit = consolidation.edit_text(
            facilitator, case.round, operations=[change], why="One word for it."
        )
        assert (
            consolidations.standing_of(session, case.round).preview.find("ending").heading
            == "Leaving"
        )
        consolidation.undo_edit(facilitator, edit)
        assert consolidations.standing_of(session, case.round).preview == preview


def test_a_reference_that_would_lead_nowhere_blocks_publication(session):
    case = make_case()
    gone = propose(case, "Lille", ops.delete_clause(TREE, "scope"))
    consolidating(case)
    decide(case, gone, Outcome.ACCEPTED)
    with clock.at(AFTER), pytest.raises(WrongMoment, match="no longer in the text"):
        consolidation.publish_version(case.actor("facilitator"), case.round)


def test_a_stale_draft_is_refused_and_filling_keeps_sources(session):
    case = make_case(state=AgreementState.DRAFTING)
    tree = ClauseTree("Draft", (Clause("one", Kind.CLAUSE, text="Pay {{sum}} to us."),))
    draft = Draft(
        agreement_id=case.agreement.id,
        tree=tree.to_json(),
        beside={},
        provenance=provenance.to_json(provenance.initial(tree, Source("template", "x"))),
        edited_at=START,
    )
    session.add(draft)
    session.commit()
    facilitator = case.actor("facilitator")
    with clock.at(DURING):
        drafts.fill_blanks(facilitator, draft, values={"sum": "100 euro"}, seen=1)
        with pytest.raises(Conflict):
            drafts.edit_draft(facilitator, draft, tree=tree, seen=1)
        with pytest.raises(Invalid):
            drafts.fill_blanks(facilitator, draft, values={"nothing": "x"}, seen=2)

    text = ClauseTree.from_json(draft.tree)
    assert text.find("one").text == "Pay 100 euro to us."
    spans = provenance.from_json(draft.provenance)["one"].text
    assert [(span.length, span.source.origin) for span in spans] == [
        (4, "template"),
        (8, "answer"),
        (7, "template"),
    ]
