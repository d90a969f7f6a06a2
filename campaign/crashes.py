"""The server is killed while people write (C1). Promised: what was acknowledged is there, once.

`concordat run` is ended by SIGKILL at a random moment and started again, round after round. Writers
send a comment with its form key until it is acknowledged. At the end what they hold acknowledged is
compared with the database, the record is verified, the file checked.
"""

import contextlib
import http.client
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select, text

from app.kernel.ids import new_token
from app.ledger import audit
from app.models.agreements import Agreement
from app.models.base import db
from app.models.comments import Comment
from app.models.people import User
from campaign import databases, ground
from campaign.report import Report

WRITERS = 6
HEALTHY_WITHIN = 15.0
CSRF = "0" * 40


@dataclass
class _Run:
    """What the writers share: where to write, until when, and what was acknowledged."""

    port: int
    path: str
    token: str
    cookies: Sequence[str]
    stop: threading.Event = field(default_factory=threading.Event)
    acknowledged: list[str] = field(default_factory=list)
    repeated: int = 0
    refused: list[str] = field(default_factory=list)


def kill(app: Flask, rounds: int, seed: int = 1, *, sabotage: bool = False) -> Report:
    """So many kills at 50 to 350 ms of writing, then the comparison."""
    chance = random.Random(seed)
    held = ground.network(app, WRITERS)
    with app.app_context():
        run = _prepared(app, held.agreement, [people[0] for people in held.voters])
    environment = _environment(app)
    slowest = 0.0
    writers = [
        threading.Thread(target=_write, args=(run, number), daemon=True)
        for number in range(WRITERS)
    ]
    for number in range(rounds):
        with _server(run.port, environment, hasty=sabotage) as (child, healthy):
            slowest = max(slowest, healthy)
            if number == 0:
                for writer in writers:
                    writer.start()
            time.sleep(chance.uniform(0.05, 0.35))
            child.kill()
    run.stop.set()
    with _server(run.port, environment, hasty=sabotage):
        for writer in writers:
            writer.join(HEALTHY_WITHIN)
    with app.app_context():
        faults = (*run.refused, *_faults(run.acknowledged))
    figures = {
        "acknowledged": len(run.acknowledged),
        "repeated": run.repeated,
        "slowest_start": round(slowest, 1),
    }
    return Report("kill", ground.engine_of(app), rounds, sabotage, faults, figures)


def _prepared(app: Flask, agreement: UUID, people: Sequence[UUID]) -> _Run:
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookies = [
        signer.dumps(
            {
                "_user_id": db.session.get_one(User, person).fs_uniquifier,
                "_fresh": True,
                "csrf_token": CSRF,
            }
        )
        for person in people
    ]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    token = URLSafeTimedSerializer(databases.SECRET, salt="wtf-csrf-token").dumps(CSRF)
    slug = db.session.get_one(Agreement, agreement).slug
    return _Run(port, f"/agreements/{slug}/comments/new", str(token), cookies)


def _environment(app: Flask) -> Mapping[str, str]:
    return {
        **os.environ,
        "CONCORDAT_DATABASE_URL": str(app.config["SQLALCHEMY_DATABASE_URI"]),
        "CONCORDAT_SECRET_KEY": databases.SECRET,
        "CONCORDAT_INSTANCE_FOLDER": app.instance_path,
        "CONCORDAT_THROTTLE": "false",
    }


@contextlib.contextmanager
def _server(
    port: int, environment: Mapping[str, str], *, hasty: bool
) -> Iterator[tuple["subprocess.Popen[bytes]", float]]:
    """A server that answers, and after how many seconds it did. It is dead afterwards."""
    concordat = str(Path(sys.executable).with_name("concordat"))
    command = [concordat, "run", "--no-worker", "--port", str(port)]
    if hasty:
        command = [sys.executable, "-m", "campaign.hasty", str(port)]
    began = time.perf_counter()
    child = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not _answers(port):
            if child.poll() is not None or time.perf_counter() - began > HEALTHY_WITHIN:
                raise ChildProcessError("The server does not start.")
            time.sleep(0.05)
        yield child, time.perf_counter() - began
    finally:
        child.kill()
        child.wait(HEALTHY_WITHIN)


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError, http.client.HTTPException):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        with contextlib.closing(connection):
            connection.request("GET", "/readyz")
            with connection.getresponse() as answer:
                return answer.status == 200
    return False


def _write(run: _Run, number: int) -> None:
    """Send one comment after another, each until it is acknowledged, until told to stop."""
    at = 0
    while not run.stop.is_set():
        words = f"writer {number} remark {at}"
        form = {"csrf_token": run.token, "kind": "question", "form_key": new_token(), "text": words}
        tries = 0
        while not _posted(run, number, urlencode(form)):
            tries += 1
            if tries > HEALTHY_WITHIN / 0.05:
                run.refused.append(f"{words!r} was never answered")
                return
            time.sleep(0.05)
        run.repeated += bool(tries)
        run.acknowledged.append(words)
        at += 1


def _posted(run: _Run, number: int, body: str) -> bool:
    headers = {
        "Cookie": f"session={run.cookies[number]}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    with contextlib.suppress(OSError, http.client.HTTPException):
        connection = http.client.HTTPConnection("127.0.0.1", run.port, timeout=5)
        with contextlib.closing(connection):
            connection.request("POST", run.path, body, headers)
            with connection.getresponse() as answer:
                status = answer.status
            if status not in {303, 503}:
                run.refused.append(f"answered {status}")
            return status == 303
    return False


def _faults(acknowledged: Sequence[str]) -> Iterator[str]:
    """What the database does not keep of its promises."""
    kept = Counter(db.session.scalars(select(Comment.text)))
    lost = [words for words in acknowledged if not kept[words]]
    double = [words for words, times in kept.items() if times > 1]
    if lost:
        yield f"{len(lost)} acknowledged comments are lost, such as {lost[0]!r}"
    if double:
        yield f"{len(double)} comments are there twice, such as {double[0]!r}"
    _, fault = audit.verify(db.session())
    if fault is not None:
        yield fault.why.format(seq=fault.seq)
    if db.engine.dialect.name == "sqlite":
        verdict = db.session.scalar(text("pragma integrity_check"))
        if verdict != "ok":
            yield str(verdict)
