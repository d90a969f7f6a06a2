"""What people contribute to a round, and what becomes of it: a few words each."""

from collections.abc import Sequence
from datetime import timedelta

from app.actions import amendments, comments, dispositions, rounds
from app.domain import operations as ops
from app.domain.anchors import Anchor
from app.domain.lifecycle import Outcome
from app.kernel import clock
from app.models.amendments import AmendmentRow
from app.models.comments import Thread
from tests.factories.agreements import TREE, Case
from tests.factories.people import START

DURING = START + timedelta(days=5)
AFTER = START + timedelta(days=31)


def comment(case: Case, name: str = "Tartu", text: str = "Too short.", key: str = "") -> Thread:
    """A comment of an organisation, on a clause or on the whole."""
    anchor = Anchor(case.version.hash, key) if key else None
    with clock.at(DURING):
        return comments.start_thread(
            case.actor(name), case.round, text=text, kind="concern", anchor=anchor
        )


def propose(case: Case, name: str, *operations: ops.Operation) -> AmendmentRow:
    """A proposed amendment of an organisation."""
    with clock.at(DURING):
        row = amendments.draft_amendment(
            case.actor(name), case.round, operations=operations, rationale="Because."
        )
        return amendments.propose_amendment(case.actor(name), row)


def reword(case: Case, name: str, old: str, new: str, key: str = "answer-time") -> AmendmentRow:
    """A proposed amendment that replaces some words of a clause."""
    text = TREE.find(key).text
    assert old in text
    return propose(case, name, ops.replace_text(TREE, key, text.replace(old, new)))


def consolidate(case: Case) -> None:
    """Let consolidation begin, after the round."""
    with clock.at(AFTER):
        rounds.begin_consolidation(case.actor("facilitator"), case.round)


def decide(case: Case, outcome: Outcome, *rows: AmendmentRow, answer: str = "So decided.") -> None:
    """Answer amendments alike, during consolidation."""
    with clock.at(AFTER):
        for row in rows:
            dispositions.answer_amendment(
                case.actor("facilitator"),
                case.round,
                amendment_id=row.id,
                outcome=outcome,
                answer=answer,
            )


def answer(
    case: Case, threads: Sequence[Thread], outcome: Outcome = Outcome.NOTED, words: str = "Noted."
) -> None:
    """Answer comments alike."""
    with clock.at(AFTER):
        dispositions.answer_comments(
            case.actor("facilitator"),
            case.round,
            threads=[thread.id for thread in threads],
            outcome=outcome,
            answer=words,
        )
