"""The pages of consolidation: the queue, whose words are whose, what was decided and by whom."""

import pytest

from app.actions import consolidation, dispositions
from app.domain import operations as ops
from app.domain.lifecycle import Outcome
from app.domain.redline import Change
from app.kernel import clock
from app.kernel.errors import NotFound
from app.queries.settling import HAND, settling_of
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import AFTER, consolidate, decide, propose, reword


def words(line, key: str) -> list[tuple[str, str, tuple[int, ...]]]:
    return [
        (part.op, part.text.strip(), part.by)
        for node in line.nodes
        if node.key == key
        for part in (*node.heading, *node.text)
        if isinstance(part, Change) and part.op != "="
    ]


@pytest.fixture
def contested(session):
    """Two want other days, one another subject, one that an article goes that is referred to."""
    case = make_case()
    rows = [
        reword(case, "Lille", "15", "20"),
        reword(case, "Porto", "15", "10"),
        reword(case, "Tartu", "A Hub", "Each Hub"),
        propose(case, "Tartu", ops.delete_clause(TREE, "scope")),
        reword(case, "Porto", "three", "six", key="ending"),
    ]
    consolidate(case)
    decide(case, Outcome.ACCEPTED, *rows)
    return case, rows


def test_the_queue_says_in_reading_order_what_waits(session, contested):
    case, _ = contested
    queue = settling_of(session, case.round).queue
    assert [(one.key, one.label, one.words, one.bad) for one in queue] == [
        ("scope", "1", "Goes", False),
        ("answer-time", "1.1", "Conflict: the same words", True),
        ("answer-form", "1.2", "A reference leads nowhere", True),
        ("ending", "2", "Merges", False),
    ]


def test_every_word_of_the_result_has_its_author(session, contested):
    case, rows = contested
    settled = settling_of(session, case.round)
    third, last = rows[2].number, rows[4].number
    assert words(settled.result("answer-time"), "answer-time") == [
        ("-", "A", (third,)),
        ("+", "Each", (third,)),
    ]
    assert words(settled.result("ending"), "ending") == [
        ("-", "three", (last,)),
        ("+", "six", (last,)),
    ]
    assert settled.result("scope").nodes[0].by == (rows[3].number,)
    assert settled.authors[third].name == "Tartu"
    assert [ask.author.label for ask in settled.asks("answer-time")] == ["A1", "A2", "A3"]


def test_a_settled_conflict_stays_with_who_settled_it_and_how(session, contested):
    case, _ = contested
    open_one = settling_of(session, case.round).open[0]
    assert open_one.sentence == "Lille and Porto replace the same words."
    with clock.at(AFTER):
        consolidation.resolve_conflict(
            case.actor("facilitator"),
            case.round,
            conflict=open_one.found.id,
            choice="own",
            value="12",
            why="Between the two.",
        )
    settled = settling_of(session, case.round)
    assert settled.open == ()
    assert [(one.found.id, one.who) for one in settled.contests] == [
        (open_one.found.id, "Sofie Maes")
    ]
    assert ("+", "12", (HAND,)) in words(settled.result("answer-time"), "answer-time")
    assert [one.words for one in settled.queue if one.key == "answer-time"] == ["Decided"]


def test_a_decision_whose_amendments_changed_is_outdated_and_the_conflict_gone(session, contested):
    case, rows = contested
    facilitator = case.actor("facilitator")
    with clock.at(AFTER):
        met = settling_of(session, case.round).open[0].found
        row = consolidation.resolve_conflict(
            facilitator, case.round, conflict=met.id, choice="base"
        )
        dispositions.answer_amendment(
            facilitator,
            case.round,
            amendment_id=rows[1].id,
            outcome=Outcome.REJECTED,
            answer="After all.",
        )
    settled = settling_of(session, case.round)
    assert settled.contests == ()
    assert [one.id for one in settled.outdated] == [row.id]


def test_sides_of_one_organisation_are_told_apart_by_their_amendments(session):
    case = make_case()
    rows = reword(case, "Lille", "15", "20"), reword(case, "Lille", "15", "10")
    consolidate(case)
    decide(case, Outcome.ACCEPTED, *rows)
    told = settling_of(session, case.round).open[0].sentence
    assert told == "Lille with A1 and Lille with A2 replace the same words."


def test_an_edit_by_hand_is_told_and_marked_as_such(session, contested):
    case, _ = contested
    with clock.at(AFTER):
        text = settling_of(session, case.round).standing.preview
        consolidation.edit_text(
            case.actor("facilitator"),
            case.round,
            operations=[ops.set_heading(text, "ending", "Leaving")],
            why="One word.",
        )
    settled = settling_of(session, case.round)
    edit = settled.edits("ending")[0]
    assert (edit.who, edit.stale) == ("Sofie Maes", False)
    assert edit.told == ("Changes the heading of Article 2 to “Leaving”",)
    assert ("+", "Leaving", (HAND,)) in words(settled.result("ending"), "ending")
    assert settled.edits("scope") == ()


def test_a_clause_of_neither_text_is_not_found(session, contested):
    case, _ = contested
    with pytest.raises(NotFound):
        settling_of(session, case.round).node("nowhere")
