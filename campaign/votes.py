"""Votes under pressure: one organisation votes eight times at once; votes meet the deadline.

Promised (RELIABILITY: V1, V3, V4, V5): one vote an organisation counts, the last accepted one;
nothing is accepted at or after the deadline; whatever was accepted is in the tally.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.access.actor import SYSTEM
from app.actions import ballots as actions
from app.domain.events import VoteCast
from app.kernel import clock
from app.kernel.errors import Conflict, WrongMoment
from app.models.audit import AuditEntry
from app.models.ballots import Ballot, RollEntry, SecretVote, Vote
from app.models.base import db
from campaign import ground
from campaign.report import Report
from campaign.together import together
from campaign.unguarded import without_constraints, without_gate

POSTS = 8
VOTERS = 7
Cast = Callable[..., Any]


def double(app: Flask, rounds: int, seed: int = 1, *, sabotage: bool = False) -> Report:
    """Eight votes at once for one organisation, by two of its people; every other ballot secret."""
    held = ground.network(app, 1, voters=2)
    cast = without_gate(actions.cast_vote, seed) if sabotage else actions.cast_vote
    faults: list[str] = []
    accepted = 0
    began = time.perf_counter()
    with without_constraints(app) if sabotage else nullcontext():
        for number in range(1, rounds + 1):
            secret = number % 2 == 0
            closes_at = clock.utcnow() + ground.HOUR / 2
            held_on = ground.ballot(app, held, number, closes_at, confidential=secret)
            votes = [
                partial(_vote, cast, held_on, held.voters[0][post % 2], "yes" if post < 4 else "no")
                for post in range(POSTS)
            ]
            replies = together(app, votes)
            accepted += replies.count(True)
            with app.app_context():
                faults += _faults_of_double(number, held_on, replies, secret=secret)
    took = time.perf_counter() - began
    figures = {"posts": rounds * POSTS, "accepted": accepted, "seconds": round(took, 1)}
    engine = ground.engine_of(app)
    return Report("double-vote", engine, rounds, sabotage, tuple(faults), figures)


def _vote(
    cast: Cast, ballot_id: UUID, person: UUID, choice: str, moment: datetime | None = None
) -> bool:
    """Vote on what was read before; with a moment, wait for it as a person before a page does."""
    row = db.session.scalars(
        select(Ballot)
        .where(Ballot.id == ballot_id)
        .options(selectinload(Ballot.roll).joinedload(RollEntry.organisation))
    ).one()
    who = ground.actor(person)
    if moment is not None:
        _wait_until(moment)
    cast(who, row, choice=choice)
    return True


def _faults_of_double(
    number: int, ballot_id: UUID, replies: Sequence[object], *, secret: bool
) -> Iterator[str]:
    strange = [r for r in replies if r is not True and not isinstance(r, Conflict)]
    if strange:
        yield f"ballot {number}: answered {strange[0]!r}"
    if secret:
        kept = db.session.scalar(
            select(func.count()).select_from(SecretVote).where(SecretVote.ballot_id == ballot_id)
        )
        if kept != 1 or replies.count(True) != 1:
            yield f"ballot {number}: {kept} secret votes, {replies.count(True)} accepted"
        return
    rows = db.session.scalars(select(Vote).where(Vote.ballot_id == ballot_id)).all()
    live = [row.choice for row in rows if row.is_live]
    if len(live) != 1:
        yield f"ballot {number}: {len(live)} live votes"
        return
    told = [entry for entry in _told_of_votes() if entry["ballot"] == number]
    if len(told) != len(rows):
        yield f"ballot {number}: {len(rows)} votes, {len(told)} in the record"
    elif told[-1]["choice"] != live[0]:
        yield f"ballot {number}: the last vote in the record is not the one that counts"


def _told_of_votes() -> list[dict[str, Any]]:
    return list(
        db.session.scalars(
            select(AuditEntry.data).where(AuditEntry.tag == VoteCast.tag).order_by(AuditEntry.seq)
        )
    )


def closing(app: Flask, rounds: int, seed: int = 1, *, sabotage: bool = False) -> Report:
    """Seven votes around the deadline, and the count as soon as it has passed."""
    held = ground.network(app, VOTERS)
    cast = without_gate(actions.cast_vote, seed) if sabotage else actions.cast_vote
    chance = random.Random(seed)
    faults: list[str] = []
    replied: Counter[str] = Counter()
    began = time.perf_counter()
    with without_constraints(app) if sabotage else nullcontext():
        for number in range(1, rounds + 1):
            closes_at = clock.utcnow() + timedelta(milliseconds=120)
            held_on = ground.ballot(app, held, number, closes_at)
            votes = [
                partial(
                    _vote,
                    cast,
                    held_on,
                    people[0],
                    chance.choice(("yes", "no")),
                    closes_at + timedelta(milliseconds=chance.uniform(-16, 1)),
                )
                for people in held.voters
            ]
            replies = together(app, [*votes, partial(_count_at, closes_at, held_on)])[:-1]
            replied.update(type(reply).__name__ for reply in replies)
            with app.app_context():
                faults += _faults_of_closing(number, held_on, replies)
    took = time.perf_counter() - began
    figures = {
        "accepted": replied["bool"],
        "late": replied[WrongMoment.__name__],
        "seconds": round(took, 1),
    }
    engine = ground.engine_of(app)
    return Report("vote-against-close", engine, rounds, sabotage, tuple(faults), figures)


def _count_at(closes_at: datetime, ballot_id: UUID) -> bool:
    _wait_until(closes_at)
    while True:
        row = db.session.get_one(Ballot, ballot_id)
        try:
            actions.count_ballot(SYSTEM, row)
        except WrongMoment:
            time.sleep(0.0005)
        else:
            return True


def _wait_until(moment: datetime) -> None:
    time.sleep(max(0.0, (moment - clock.utcnow()).total_seconds()))


def _faults_of_closing(number: int, ballot_id: UUID, replies: Sequence[object]) -> Iterator[str]:
    row = db.session.get_one(Ballot, ballot_id)
    votes = db.session.scalars(select(Vote).where(Vote.ballot_id == ballot_id, Vote.is_live)).all()
    counted = (row.result or {"by_choice": {}})["by_choice"]
    accepted = replies.count(True)
    strange = [r for r in replies if r is not True and not isinstance(r, WrongMoment | Conflict)]
    if strange:
        yield f"ballot {number}: answered {strange[0]!r}"
    if sum(counted.values()) != accepted:
        yield f"ballot {number}: {accepted} accepted, {sum(counted.values())} counted"
    elif Counter(vote.choice for vote in votes) != Counter(counted):
        yield f"ballot {number}: a recount differs from the count"
    if any(vote.cast_at >= row.closes_at for vote in votes):
        yield f"ballot {number}: a vote after the deadline"
