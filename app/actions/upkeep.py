"""What an operator does to the database as a whole. No row changes, so the gate isn't asked."""

import os
import subprocess
from pathlib import Path

from sqlalchemy import Engine

from app.kernel.errors import Conflict, Invalid
from app.models import engines, migrations
from app.models.base import db


def bring_up_to_date() -> tuple[str, ...]:
    """Make the tables this program needs; hand back what the operator must know of the database."""
    if db.engine.dialect.name == "sqlite" and db.engine.url.database:
        file = Path(db.engine.url.database)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    migrations.upgrade(db.engine)
    return engines.weaknesses(db.engine)


def back_up(file: Path) -> int:
    """Copy the whole database into `file`, check the copy, hand back its size in bytes.

    Conflict if the file exists; Invalid if the copy can't be made or isn't sound.
    """
    if file.exists():
        raise Conflict("{file} exists already. Name a file that doesn't.", file=file)
    unfinished = file.with_name(file.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        if db.engine.dialect.name == "sqlite":
            _copy_sqlite(db.engine, unfinished)
        else:
            _dump_postgresql(db.engine, unfinished)
        _keep(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)
    return file.stat().st_size


def _copy_sqlite(engine: Engine, target: Path) -> None:
    target.touch(mode=0o600)
    copy = engines.sqlite_driver.connect(str(target))
    source = engine.raw_connection()
    try:
        source.driver_connection.backup(copy)  # type: ignore[union-attr]
        verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        copy.close()
        source.close()
    if verdict != "ok":
        raise Invalid("The copy is damaged: {verdict}", verdict=verdict)


def _dump_postgresql(engine: Engine, target: Path) -> None:
    url = engine.url.set(drivername="postgresql")
    environment = {**os.environ, "PGPASSWORD": url.password or ""}
    address = url.set(password=None).render_as_string()
    command = ["pg_dump", "--format=custom", f"--file={target}", address]
    try:
        subprocess.run(command, check=True, env=environment, capture_output=True)  # noqa: S603 - no shell, our words
    except FileNotFoundError as error:
        raise Invalid("Copying PostgreSQL needs pg_dump, which isn't on the PATH.") from error
    except subprocess.CalledProcessError as error:
        raise Invalid("pg_dump: {reason}", reason=error.stderr.decode().strip()) from error


def _keep(unfinished: Path, file: Path) -> None:
    """Give the finished copy its name, so that a power cut can't leave half of one under it."""
    with unfinished.open("rb") as written:
        os.fsync(written.fileno())
    unfinished.rename(file)
    if os.name == "posix":
        folder = os.open(file.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
