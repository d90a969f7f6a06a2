"""Two facilitators answer the same rows of the desk at once, one batch against the other's.

Promised: no answer is overwritten unseen; who comes second reads a sentence, and what nobody
answered meanwhile is answered all the same. The control sends no word of what was seen.
"""

import random
import time
from datetime import timedelta
from functools import partial
from uuid import UUID

from flask import Flask

from app.access.actor import Role
from app.actions import comments, dispositions
from app.domain.answering import Given, Pressed
from app.domain.lifecycle import Outcome
from app.kernel import clock
from app.models.agreements import Seat
from app.models.base import db
from app.models.decisions import Disposition
from app.models.desk import AnswerChange
from app.models.rounds import Round
from campaign import ground
from campaign.report import Report
from campaign.together import together
from tests.factories.agreements import Case, make_case
from tests.factories.people import make_user

ROWS = 3
SENTENCE = "answered"


def both(app: Flask, rounds: int, seed: int = 1, *, sabotage: bool = False) -> Report:
    """`rounds` times: one answers rows 1 to 3, the other 2 to 4, having seen no answer yet."""
    chance = random.Random(seed)
    began = time.perf_counter()
    with app.app_context():
        case = make_case("Hub", opens_at=clock.utcnow() - timedelta(days=1))
        colleague = make_user("Jan Novák")
        db.session.add(
            Seat(agreement_id=case.agreement.id, user_id=colleague.id, role=Role.FACILITATOR)
        )
        db.session.commit()
        held, people = case.round.id, (case.facilitator.id, colleague.id)
    faults, figures = [], {"answered": 0, "left_out": 0}
    for _ in range(rounds):
        with app.app_context():
            threads = [_say(case) for _ in range(ROWS + 1)]
        tasks = [
            partial(_answer, held, who, threads[at : at + ROWS], chance.uniform(0, 0.003), sabotage)
            for at, who in enumerate(people)
        ]
        replies = together(app, tasks)
        with app.app_context():
            faults += _faults(threads, replies)
        for reply in replies:
            if isinstance(reply, Pressed):
                figures["answered"] += len(reply.changed)
                figures["left_out"] += len(reply.left_out)
    took = {"seconds": round(time.perf_counter() - began)}
    return Report(
        "answers-meet",
        ground.engine_of(app),
        rounds,
        sabotage,
        tuple(faults),
        {**figures, **took},
    )


def _say(case: Case) -> UUID:
    thread = comments.start_thread(
        case.actor("Hub"),
        db.session.get_one(Round, case.round.id),
        text="Too short.",
        kind="concern",
    )
    return thread.id


def _answer(held: UUID, who: UUID, threads: list[UUID], pause: float, sabotage: bool) -> Pressed:
    row = db.session.get_one(Round, held)
    time.sleep(pause)
    seen = None if sabotage else 0
    return dispositions.answer_contributions(
        ground.actor(who),
        row,
        given=[Given(thread, f"By {who}.", seen) for thread in threads],
        outcome=Outcome.NOTED,
    )


def _faults(threads: list[UUID], replies: list[object]) -> list[str]:
    """Each row has one answer, given once; each who came second was told."""
    found = [f"answered {reply!r}" for reply in replies if not isinstance(reply, Pressed)]
    for thread in threads:
        rows = db.session.query(Disposition).filter_by(thread_id=thread).all()
        changes = db.session.query(AnswerChange).filter_by(thread_id=thread).all()
        if len(rows) != 1:
            found.append(f"{len(rows)} answers stand on one comment")
        if len(changes) != 1:
            found.append(f"an answer was overwritten unseen, {len(changes)} presses")
    for reply in replies:
        if isinstance(reply, Pressed):
            found += [one.why for one in reply.left_out if SENTENCE not in one.why]
    return found
