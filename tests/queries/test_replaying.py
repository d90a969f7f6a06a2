"""A merge replayed: every step is told, and the last is the real result."""

import random

from app.actions import consolidation
from app.domain import operations as ops
from app.domain.clauses import Clause, Kind
from app.domain.lifecycle import Outcome
from app.kernel import clock
from app.queries.replaying import steps_of
from app.queries.settling import settling_of
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import AFTER, consolidate, decide, propose, reword


def merged(case, *rows):
    consolidate(case)
    decide(case, Outcome.ACCEPTED, *rows)


def same(settled, key, steps) -> bool:
    last = steps[-1].text if steps else settled.standing.base
    real = settled.standing.preview
    if key not in real.nodes:
        return key not in last.nodes
    return last.find(key).subtree_hash == real.find(key).subtree_hash


def test_each_step_says_who_what_and_how_it_goes_with_those_before(session):
    case = make_case()
    rows = [
        reword(case, "Lille", "15", "20"),
        reword(case, "Tartu", "A Hub", "Each Hub"),
        reword(case, "Porto", "15", "10"),
        reword(case, "Tartu", "15", "20"),
        reword(case, "Porto", "three", "six", key="ending"),
    ]
    merged(case, *rows)
    with clock.at(AFTER):
        met = settling_of(session, case.round).open[0].found
        consolidation.resolve_conflict(
            case.actor("facilitator"), case.round, conflict=met.id, choice="side", value=3
        )
        text = settling_of(session, case.round).standing.preview
        change = ops.replace_text(text, "answer-time", text.find("answer-time").text + " Always.")
        consolidation.edit_text(
            case.actor("facilitator"), case.round, operations=[change], why="For clarity."
        )
    settled = settling_of(session, case.round)
    steps = steps_of(settled, "answer-time")
    assert [step.author.label for step in steps] == ["A1", "A2", "A3", "A4", "", ""]
    assert steps[0].notes == ()
    assert steps[1].notes == ("It changes other words than A1. All stand.",)
    assert steps[2].notes[0] == "Lille and Porto replace the same words."
    assert steps[2].notes[-1] == "Until a person decides, the words of the version stand there."
    assert "It asks the same as A1. Both are named." in steps[3].notes
    assert not steps[3].line.nodes
    assert steps[4].told == ("Settles what collided, by Sofie Maes",)
    assert steps[5].notes == ("For clarity.",)
    assert steps[0].text.find("answer-time").text.count("20 working days") == 1
    assert same(settled, "answer-time", steps)


def test_a_clause_nobody_changes_has_no_steps(session):
    case = make_case()
    merged(case, reword(case, "Lille", "15", "20"))
    settled = settling_of(session, case.round)
    assert steps_of(settled, "ending") == ()


def test_the_last_step_is_the_real_result_whatever_was_accepted(session):
    """Random deeds of many on few clauses: every clause replayed ends as it is published."""
    for seed in range(4):
        chance, case = random.Random(seed), make_case(*(f"Hub{seed}x{at}" for at in range(3)))
        rows = []
        for at in range(8):
            name = chance.choice(list(case.people))
            key = chance.choice(
                ["scope-aim", "scope-limit", "answer-time", "answer-form", "ending"]
            )
            kind = chance.randrange(5)
            if kind < 2:
                words = TREE.find(key).text.split()
                words[chance.randrange(len(words) - 1)] = f"word{at}"
                step = ops.replace_text(TREE, key, " ".join(words))
            elif kind == 2:
                step = ops.delete_clause(TREE, key)
            elif kind == 3:
                node = Clause(f"c{at:010d}", Kind.CLAUSE, text=f"New words {at}.")
                step = ops.insert_clause(TREE, "answers", "answer-time", node)
            else:
                parent = "answers" if key.startswith("scope") else "scope"
                step = ops.move_clause(TREE, key, parent, None)
            rows.append(propose(case, name, step))
        merged(case, *rows)
        with clock.at(AFTER):
            for found in settling_of(session, case.round).open[:2]:
                consolidation.resolve_conflict(
                    case.actor("facilitator"), case.round, conflict=found.found.id, choice="base"
                )
        settled = settling_of(session, case.round)
        for key in settled.standing.base.nodes.keys() | settled.standing.preview.nodes.keys():
            assert same(settled, key, steps_of(settled, key)), (seed, key)
