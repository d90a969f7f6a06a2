"""Six people edit one clause of a draft at once. Promised: no saved edit is lost (D1, D2).

The control saves with a row version that fits every row.
"""

import random
import time
from functools import partial
from uuid import UUID

from flask import Flask

from app.actions import drafts as actions
from app.domain import operations, provenance
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AgreementState
from app.domain.provenance import Source
from app.kernel import clock
from app.kernel.errors import Conflict
from app.models.agreements import Draft
from app.models.base import db
from campaign import ground
from campaign.report import Report
from campaign.together import together
from tests.factories.agreements import TREE, make_case

WRITERS = 6
KEY = "answer-time"


class _Fitting(int):
    """A row version that differs from none."""

    def __ne__(self, other: object) -> bool:
        return False

    __hash__ = int.__hash__


def lost_update(app: Flask, rounds: int, seed: int = 1, *, sabotage: bool = False) -> Report:
    """Each writer saves `rounds` words of their own; a stale save is refused and repeated."""
    with app.app_context():
        case = make_case("Hub", state=AgreementState.DRAFTING, opens_at=clock.utcnow())
        agreement, facilitator = case.agreement.id, case.facilitator.id
        row = Draft(
            agreement_id=agreement,
            tree=TREE.to_json(),
            beside={},
            provenance=provenance.to_json(provenance.initial(TREE, Source("import"))),
            edited_at=clock.utcnow(),
        )
        db.session.add(row)
        db.session.commit()
    began = time.perf_counter()
    writers = [
        partial(_write, agreement, facilitator, f"w{number}", rounds, seed + number, sabotage)
        for number in range(WRITERS)
    ]
    replies = together(app, writers)
    took = time.perf_counter() - began
    with app.app_context():
        text = ClauseTree.from_json(db.session.get_one(Draft, agreement).tree).find(KEY).text
    words = set(text.split())
    wanted = {f"w{writer}x{at}" for writer in range(WRITERS) for at in range(rounds)}
    faults = [f"answered {reply!r}" for reply in replies if not isinstance(reply, int)]
    faults += [f"{word} was saved and is lost" for word in sorted(wanted - words)]
    figures = {
        "saved": len(wanted),
        "refused": sum(reply for reply in replies if isinstance(reply, int)),
        "seconds": round(took, 1),
    }
    engine = ground.engine_of(app)
    return Report("lost-update", engine, rounds, sabotage, tuple(faults), figures)


def _write(
    agreement: UUID, facilitator: UUID, name: str, times: int, seed: int, sabotage: bool
) -> int:
    """Save so many words; how often a save was refused as stale."""
    chance = random.Random(seed)
    refused = 0
    for at in range(times):
        while not _saved(
            agreement, facilitator, f"{name}x{at}", chance.uniform(0, 0.004), sabotage
        ):
            refused += 1
    return refused


def _saved(agreement: UUID, facilitator: UUID, word: str, pause: float, sabotage: bool) -> bool:
    draft = db.session.get_one(Draft, agreement, populate_existing=True)
    tree, seen = ClauseTree.from_json(draft.tree), draft.row_version
    db.session.rollback()
    time.sleep(pause)
    text = f"{tree.find(KEY).text} {word}"
    wanted = operations.apply(tree, [operations.replace_text(tree, KEY, text)])
    given = _Fitting() if sabotage else seen
    try:
        actions.edit_draft(ground.actor(facilitator), draft, tree=wanted, seen=given)
    except Conflict:
        return False
    return True
