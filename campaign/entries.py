"""The record under pressure: six write in it at once, each on the end that it saw before.

Promised (RELIABILITY: A1): the record has one end and no gap, and nobody is refused because
somebody else was faster. The control trusts the end that it saw, without the database's help.
"""

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from functools import partial

from flask import Flask
from sqlalchemy import select

from app.access.actor import SYSTEM
from app.domain.events import OrganisationAdded
from app.kernel import clock
from app.ledger import audit
from app.models.audit import AuditHead
from app.models.base import begin_writing, db
from campaign import ground, unguarded
from campaign.report import Report
from campaign.together import together

WRITERS = 6


def together_in_one_record(
    app: Flask, rounds: int, seed: int = 1, *, sabotage: bool = False
) -> Report:
    """So many rounds of six entries; every other writer tells two things at once."""
    chance = random.Random(seed)
    faults: list[str] = []
    written = 0
    began = time.perf_counter()
    _write(app)
    with unguarded.without_trigger(app) if sabotage else nullcontext():
        for number in range(1, rounds + 1):
            writers = [
                partial(_told, 1 + writer % 2, chance.uniform(0, 0.004), sabotage=sabotage)
                for writer in range(WRITERS)
            ]
            replies = together(app, writers)
            written += sum(reply for reply in replies if isinstance(reply, int))
            with app.app_context():
                faults += _faults(number, replies, written + 1)
    took = time.perf_counter() - began
    figures = {"entries": written, "seconds": round(took, 1)}
    engine = ground.engine_of(app)
    return Report("one-record", engine, rounds, sabotage, tuple(faults), figures)


def _write(app: Flask) -> None:
    """The first entry of all, which makes the head."""
    with app.app_context():
        _told(1, 0.0)


def _told(many: int, pause: float, *, sabotage: bool = False) -> int:
    """Write so many entries after what was the end a moment ago; how many were written."""
    session = db.session()
    head = session.execute(select(AuditHead.seq, AuditHead.hash)).one_or_none()
    time.sleep(pause)
    events = [OrganisationAdded(organisation=f"Hub {number}") for number in range(many)]
    begin_writing(session)
    try:
        if sabotage:
            unguarded.append(session, audit.End(*head or (0, audit.GENESIS)), events)
        else:
            end = audit.End(*head) if head else None
            audit.write(session, SYSTEM, clock.utcnow(), None, events, end)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    return many


def _faults(number: int, replies: Sequence[object], written: int) -> Iterator[str]:
    refused = [reply for reply in replies if not isinstance(reply, int)]
    if refused:
        yield f"round {number}: {len(refused)} were refused, by {type(refused[0]).__name__}"
    found, fault = audit.verify(db.session())
    if fault is not None:
        yield f"round {number}: {fault.why.format(seq=fault.seq)}"
    elif found != written:
        yield f"round {number}: {written} entries were confirmed, {found} are there"
