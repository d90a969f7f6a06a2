"""Six facilitators at one clause of a consolidation: no edit is lost, no conflict settled twice.

Each settles the same conflict, then adds words of their own to the clause. The control passes no
gate: nothing is locked, and nobody looks again.
"""

import random
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select

from app.actions import amendments, consolidation, dispositions
from app.actions import rounds as round_actions
from app.domain import operations as ops
from app.domain.lifecycle import Outcome
from app.kernel import clock
from app.kernel.errors import Conflict
from app.models.base import db
from app.models.decisions import ResolutionRow
from app.models.rounds import Round
from app.queries.consolidations import standing_of
from campaign import ground, unguarded
from campaign.report import Report
from campaign.together import together
from tests.factories.agreements import TREE, Case, make_case

WRITERS = 6
KEY = "answer-time"
_SETTLED = "settled"


def two_at_once(app: Flask, rounds: int, seed: int = 1, *, sabotage: bool = False) -> Report:
    """Everybody settles the one conflict at one moment, then adds `rounds` words of their own."""
    with app.app_context():
        held, facilitator = _contested()
    settle: Callable[..., Any] = consolidation.resolve_conflict
    edit: Callable[..., Any] = consolidation.edit_text
    if sabotage:
        settle, edit = (unguarded.without_gate(one, seed) for one in (settle, edit))
    began = time.perf_counter()
    with unguarded.without_constraints(app) if sabotage else nullcontext():
        settled = together(app, [partial(_settle, held, facilitator, settle)] * WRITERS)
        writers = [
            partial(_write, held, facilitator, f"w{number}", rounds, seed + number, edit)
            for number in range(WRITERS)
        ]
        written = together(app, writers)
    took = time.perf_counter() - began
    replies = [*settled, *written]
    expected = (int, str, Conflict)
    faults = [f"answered {reply!r}" for reply in replies if not isinstance(reply, expected)]
    with app.app_context():
        faults += _broken(held, rounds)
    refused = sum(reply for reply in written if isinstance(reply, int))
    figures = {
        "settled": settled.count(_SETTLED),
        "saved": WRITERS * rounds,
        "refused": refused,
        "seconds": round(took, 1),
    }
    return Report("consolidating", ground.engine_of(app), rounds, sabotage, tuple(faults), figures)


def _contested() -> tuple[UUID, UUID]:
    """A round under consolidation in which two accepted amendments collide."""
    ended = clock.utcnow() - timedelta(hours=1)
    case = make_case("Hub", "Other", opens_at=ended - timedelta(days=30))
    assert case.round is not None
    with clock.at(ended - timedelta(days=10)):
        rows = [_reworded(case, name, days) for name, days in (("Hub", "20"), ("Other", "10"))]
    facilitator = case.actor("facilitator")
    round_actions.begin_consolidation(facilitator, case.round)
    for row in rows:
        dispositions.answer_amendment(
            facilitator, case.round, amendment_id=row, outcome=Outcome.ACCEPTED, answer="Agreed."
        )
    return case.round.id, case.facilitator.id


def _reworded(case: Case, name: str, days: str) -> UUID:
    assert case.round is not None
    step = ops.replace_text(TREE, KEY, TREE.find(KEY).text.replace("15", days))
    draft = amendments.draft_amendment(
        case.actor(name), case.round, operations=[step], rationale="Because."
    )
    return amendments.propose_amendment(case.actor(name), draft).id


def _settle(held: UUID, facilitator: UUID, settle: Callable[..., Any]) -> str:
    row = db.session.get_one(Round, held)
    conflict = standing_of(db.session(), row).merged.conflicts[0].id
    actor = ground.actor(facilitator)
    db.session.rollback()
    settle(actor, row, conflict=conflict, choice="side", value=1)
    return _SETTLED


def _write(
    held: UUID, facilitator: UUID, name: str, times: int, seed: int, edit: Callable[..., Any]
) -> int:
    """Add so many words; how often an edit was refused because the clause had changed."""
    chance = random.Random(seed)
    refused = 0
    for at in range(times):
        while not _added(held, facilitator, f"{name}x{at}", chance.uniform(0, 0.004), edit):
            refused += 1
    return refused


def _added(
    held: UUID, facilitator: UUID, word: str, pause: float, edit: Callable[..., Any]
) -> bool:
    row = db.session.get_one(Round, held, populate_existing=True)
    text = standing_of(db.session(), row).preview
    actor = ground.actor(facilitator)
    db.session.rollback()
    time.sleep(pause)
    step = ops.replace_text(text, KEY, f"{text.find(KEY).text} {word}")
    try:
        edit(actor, row, operations=[step], why="One word more.")
    except Conflict:
        return False
    return True


def _broken(held: UUID, rounds: int) -> list[str]:
    """What is lost or there twice."""
    db.session.rollback()
    standing = standing_of(db.session(), db.session.get_one(Round, held))
    words = set(standing.preview.find(KEY).text.split())
    wanted = {f"w{writer}x{at}" for writer in range(WRITERS) for at in range(rounds)}
    faults = [f"{word} was saved and is lost" for word in sorted(wanted - words)]
    live = db.session.scalar(
        select(func.count())
        .select_from(ResolutionRow)
        .where(ResolutionRow.round_id == held, ResolutionRow.undone_at.is_(None))
    )
    if live != 1:
        faults.append(f"the conflict has {live} resolutions")
    return faults
