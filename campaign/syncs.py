"""Every commit waits for the disk (C3b): calls of fsync and fdatasync, counted by strace.

    python -m campaign.syncs URL ROUND PERSON COMMITS [unsafe]

The child commits one comment after another through the gate. On PostgreSQL the process that does
the work is the server's, so its calls are counted. The control sets synchronous to normal (off).
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from flask import Flask
from sqlalchemy import Engine, event, text

from app.factory import create_app
from app.models.base import db
from app.settings import Settings
from campaign import databases, ground, remarks
from campaign.report import Report

_CALL = re.compile(r"\b(fsync|fdatasync)\(")
_SECONDS = 120


class NoTraceError(Exception):
    """Calls can't be counted here."""


def commits(app: Flask, rounds: int, seed: int = 1, *, sabotage: bool = False) -> Report:  # noqa: ARG001 - nothing here is left to chance
    """As many synchronisations as commits, at least. NoTraceError without strace."""
    if shutil.which("strace") is None:
        raise NoTraceError("counting needs strace")
    databases.durable(app)
    held = ground.network(app, 1)
    with app.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
    words = [url, str(held.round), str(held.voters[0][0])]
    unsafe = ["unsafe"] if sabotage else []
    none = _counted([*words, "0", *unsafe])
    found = _counted([*words, str(rounds), *unsafe]) - none
    faults = () if found >= rounds else (f"{found} synchronisations in {rounds} commits",)
    figures = {"commits": rounds, "syncs": found}
    return Report("syncs", ground.engine_of(app), rounds, sabotage, faults, figures)


def _counted(words: Sequence[str]) -> int:
    """The calls while a child ran with these words."""
    with tempfile.TemporaryDirectory() as name:
        trace = Path(name) / "trace"
        tracing = ["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(trace)]
        child = [sys.executable, "-m", "campaign.syncs", *words]
        if words[0].startswith("sqlite"):
            subprocess.run([*tracing, *child], check=True, timeout=_SECONDS)
        else:
            _with_backend_traced(child, tracing)
        return len(_CALL.findall(trace.read_text(encoding="utf-8", errors="replace")))


def _with_backend_traced(child: Sequence[str], tracing: Sequence[str]) -> None:
    """Let the child connect, trace the server's process that serves it, then let it go on."""
    with subprocess.Popen(
        child, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as working:
        assert working.stdin is not None
        assert working.stdout is not None
        pid = working.stdout.readline().strip()
        tracer = subprocess.Popen([*tracing, "-p", pid])
        try:
            _wait_for_tracer(pid, tracer)
            working.stdin.write("go\n")
            working.stdin.flush()
            working.wait(_SECONDS)
        finally:
            tracer.terminate()
            tracer.wait(_SECONDS)


def _wait_for_tracer(pid: str, tracer: "subprocess.Popen[bytes]") -> None:
    for _ in range(100):
        if tracer.poll() is not None:
            raise NoTraceError("strace may not attach to the server")
        if f"TracerPid:\t{tracer.pid}\n" in Path(f"/proc/{pid}/status").read_text(encoding="utf-8"):
            return
        time.sleep(0.05)
    raise NoTraceError("strace does not attach to the server")


def main(words: Sequence[str]) -> None:
    """The child: commit so many comments."""
    url, round_id, person, count, *unsafe = words
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            _env_file=None,
            instance_folder=Path(folder),
            database_url=url,
            secret_key=databases.SECRET,
        )
        with create_app(settings).app_context():
            if unsafe:
                _make_unsafe(db.engine)
            if db.engine.dialect.name != "sqlite":
                print(_backend(db.engine), flush=True)
                sys.stdin.readline()
            for number in range(int(count)):
                remarks.post(UUID(round_id), UUID(person), f"Remark {number} of {os.getpid()}")
            db.engine.dispose()


def _backend(engine: Engine) -> int:
    """The server's process behind the one connection of the pool."""
    with engine.connect() as connection:
        return int(connection.execute(text("select pg_backend_pid()")).scalar_one())


def _make_unsafe(engine: Engine) -> None:
    def weaken(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        if engine.dialect.name == "sqlite":
            cursor.execute("pragma synchronous=normal")
        else:
            cursor.execute("set synchronous_commit = off")
        cursor.close()
        connection.commit()  # type: ignore[attr-defined]

    event.listen(engine, "connect", weaken)


if __name__ == "__main__":
    main(sys.argv[1:])
