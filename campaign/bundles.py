"""Pulling out of a bundle against its acceptance: never both, and nothing pulled out is lost.

Three parties pull an amendment each out of a bundle around its deadline, and the facilitator
accepts the rest as soon as it has passed. The control passes no gate.
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

from app.actions import amendments, dispositions
from app.actions import bundles as actions
from app.actions import rounds as round_actions
from app.domain import operations as ops
from app.kernel import clock
from app.kernel.errors import WrongMoment
from app.models.base import db
from app.models.bundles import Bundle, BundleItem
from app.queries import bundles as found
from campaign import ground, unguarded
from campaign.report import Report
from campaign.together import together
from tests.factories.agreements import TREE, Case, make_case

PARTIES = ("Hub", "Other", "Third")
KEY = "answer-time"
Deed = Callable[..., Any]


def pulled(app: Flask, rounds: int, seed: int = 1, *, sabotage: bool = False) -> Report:
    """So many bundles of three, each pulled apart around its deadline and then accepted."""
    pull: Deed = actions.pull_out
    accept: Deed = dispositions.accept_bundle
    if sabotage:
        pull, accept = (unguarded.without_gate(one, seed) for one in (pull, accept))
    chance = random.Random(seed)
    faults: list[str] = []
    replied: Counter[str] = Counter()
    with app.app_context():
        case, offered = _offered(rounds)
        agreement, round_id, facilitator = case.agreement.id, case.round.id, case.facilitator.id
        people = [case.people[name].id for name in PARTIES]
    began = time.perf_counter()
    with unguarded.without_constraints(app) if sabotage else nullcontext():
        for number, rows in enumerate(offered, start=1):
            closes_at = clock.utcnow() + timedelta(milliseconds=150)
            with app.app_context():
                _bundle(agreement, round_id, facilitator, number, rows, closes_at)
            pulls = [
                partial(
                    _pull,
                    *(pull, agreement, number, row, person),
                    closes_at + timedelta(milliseconds=chance.uniform(-16, 1)),
                )
                for row, person in zip(rows, people, strict=True)
            ]
            end = partial(_accept, accept, agreement, number, facilitator, closes_at)
            *replies, ended = together(app, [*pulls, end])
            replied.update(type(reply).__name__ for reply in replies)
            with app.app_context():
                faults += _faults(agreement, number, rows, replies, ended)
    figures = {
        "pulled": replied["bool"],
        "late": replied[WrongMoment.__name__],
        "seconds": round(time.perf_counter() - began, 1),
    }
    return Report("pull-out", ground.engine_of(app), rounds, sabotage, tuple(faults), figures)


def _offered(bundles: int) -> tuple[Case, list[list[UUID]]]:
    """A round under consolidation with three open amendments for each bundle."""
    ended = clock.utcnow() - timedelta(hours=1)
    case = make_case(*PARTIES, opens_at=ended - timedelta(days=30))
    with clock.at(ended - timedelta(days=10)):
        offered = [
            [_proposed(case, name, f"{days + 20}") for name in PARTIES] for days in range(bundles)
        ]
    round_actions.begin_consolidation(case.actor("facilitator"), case.round)
    return case, offered


def _proposed(case: Case, name: str, days: str) -> UUID:
    step = ops.replace_text(TREE, KEY, TREE.find(KEY).text.replace("15", days))
    draft = amendments.draft_amendment(
        case.actor(name), case.round, operations=[step], rationale="Because."
    )
    return amendments.propose_amendment(case.actor(name), draft).id


def _bundle(
    agreement: UUID,
    round_id: UUID,
    facilitator: UUID,
    number: int,
    rows: Sequence[UUID],
    closes_at: datetime,
) -> None:
    db.session.add(
        Bundle(
            agreement_id=agreement,
            round_id=round_id,
            number=number,
            opens_at=closes_at - ground.HOUR,
            closes_at=closes_at,
            proposed_by=facilitator,
            items=[BundleItem(amendment_id=row, reasons=["Nobody minds."]) for row in rows],
        )
    )
    db.session.commit()


def _pull(
    pull: Deed, agreement: UUID, number: int, row: UUID, person: UUID, moment: datetime
) -> bool:
    bundle, who = found.get_bundle(db.session(), agreement, number), ground.actor(person)
    _wait_until(moment)
    pull(who, bundle, amendment_id=row)
    return True


def _accept(
    accept: Deed, agreement: UUID, number: int, facilitator: UUID, closes_at: datetime
) -> bool:
    """Accept at the first moment at which it is allowed."""
    bundle, who = found.get_bundle(db.session(), agreement, number), ground.actor(facilitator)
    _wait_until(closes_at)
    while True:
        try:
            accept(who, bundle)
        except WrongMoment:
            time.sleep(0.0005)
            bundle = found.get_bundle(db.session(), agreement, number)
        else:
            return True


def _wait_until(moment: datetime) -> None:
    time.sleep(max(0.0, (moment - clock.utcnow()).total_seconds()))


def _faults(
    agreement: UUID, number: int, rows: Sequence[UUID], replies: Sequence[object], ended: object
) -> Iterator[str]:
    """What is pulled out and accepted, or neither, or told otherwise than it is."""
    if ended is not True:
        yield f"bundle {number}: the acceptance answered {ended!r}"
    bundle = found.get_bundle(db.session(), agreement, number)
    items = {item.amendment_id: item for item in bundle.items}
    for row, reply in zip(rows, replies, strict=True):
        item, state = items[row], items[row].amendment.state
        if reply is not True and not isinstance(reply, WrongMoment):
            yield f"bundle {number}: a pull answered {reply!r}"
        elif (reply is True) != (item.pulled_at is not None):
            yield f"bundle {number}: told {reply!r}, kept {item.pulled_at}"
        elif state != ("accepted" if item.pulled_at is None else "proposed"):
            yield f"bundle {number}: {state}, pulled out at {item.pulled_at}"
        elif item.pulled_at is not None and item.pulled_at >= bundle.closes_at:
            yield f"bundle {number}: pulled out after the deadline"
