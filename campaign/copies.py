"""Copies made while people write (C7). Promised: each is sound and holds what was acknowledged.

The control copies the file as it lies there, without what is in the write-ahead log.
"""

import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from uuid import UUID

from flask import Flask
from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from app.actions import upkeep
from app.ledger import audit
from app.models.base import db
from app.models.comments import Comment
from campaign import ground, remarks
from campaign.report import Report
from campaign.together import together
from tests.backends import make_engine

WRITERS = 3
PAUSE = 0.2


def backup(app: Flask, rounds: int, seed: int = 1, *, sabotage: bool = False) -> Report:  # noqa: ARG001 - nothing here is left to chance
    """So many copies, one every 200 ms, while three people comment; each is opened and checked."""
    held = ground.network(app, WRITERS)
    engine = ground.engine_of(app)
    acknowledged: list[str] = []
    stop = threading.Event()
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        writers = [
            partial(_write, held.round, people[0], f"w{number}", acknowledged, stop)
            for number, people in enumerate(held.voters)
        ]
        copier = partial(_copy, folder, rounds, acknowledged, stop, _raw if sabotage else None)
        *_, told = together(app, [*writers, copier])
        if not isinstance(told, list):
            faults.append(f"copying: {told!r}")
            told = []
        for file, wanted in told:
            try:
                faults += _faults_of_copy(file, wanted, app)
            except Exception as error:  # noqa: BLE001 - whatever a damaged file leads to
                faults.append(f"{file.name}: {error}")
    figures = {"copies": len(told), "acknowledged": len(acknowledged)}
    return Report("backup", engine, rounds, sabotage, tuple(faults), figures)


def _write(
    round_id: UUID, person: UUID, name: str, acknowledged: list[str], stop: threading.Event
) -> int:
    at = 0
    while not stop.is_set():
        words = f"{name} says {at}"
        remarks.post(round_id, person, words)
        acknowledged.append(words)
        at += 1
    return at


def _copy(
    folder: Path,
    rounds: int,
    acknowledged: list[str],
    stop: threading.Event,
    instead: Callable[[Path], object] | None,
) -> list[tuple[Path, frozenset[str]]]:
    """The copies, each with what had been acknowledged when it was begun."""
    made = []
    try:
        for number in range(rounds):
            time.sleep(PAUSE)
            wanted, file = frozenset(acknowledged), folder / f"copy {number}"
            (instead or upkeep.back_up)(file)
            made.append((file, wanted))
    finally:
        stop.set()
    return made


def _raw(file: Path) -> None:
    """The file alone; of PostgreSQL the tables without their rows."""
    if db.engine.dialect.name == "sqlite":
        shutil.copyfile(str(db.engine.url.database), file)
        return
    url = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    command = ["pg_dump", "--format=custom", "--schema-only", f"--file={file}", url]
    subprocess.run(command, check=True)


def _faults_of_copy(file: Path, wanted: frozenset[str], app: Flask) -> Iterator[str]:
    with _opened(file, app) as engine, Session(engine) as session:
        if engine.dialect.name == "sqlite":
            verdict = session.scalar(text("pragma integrity_check"))
            if verdict != "ok":
                yield f"{file.name}: {verdict}"
        _, fault = audit.verify(session)
        if fault is not None:
            yield f"{file.name}: {fault.why}"
        missing = wanted - set(session.scalars(select(Comment.text)))
        if missing:
            yield f"{file.name}: {len(missing)} acknowledged comments are not in it"


@contextmanager
def _opened(file: Path, app: Flask) -> Iterator[Engine]:
    """The copy as a database of its own: the file, or a restored dump."""
    with app.app_context():
        url = db.engine.url
    if url.get_backend_name() == "sqlite":
        engine = make_engine(f"sqlite:///{file}")
        try:
            yield engine
        finally:
            engine.dispose()
        return
    name = f"{url.database}_copy"
    admin = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'create database "{name}"'))
    target = url.set(database=name)
    engine = create_engine(target)
    try:
        address = target.set(drivername="postgresql").render_as_string(hide_password=False)
        subprocess.run(["pg_restore", "--no-owner", f"--dbname={address}", str(file)], check=True)
        yield engine
    finally:
        engine.dispose()
        with admin.connect() as connection:
            connection.execute(text(f'drop database "{name}" with (force)'))
        admin.dispose()
