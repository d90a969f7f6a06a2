"""What every test may ask for: app, session, client, clock, count_statements, on both databases."""

import contextvars
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.globals import _cv_app
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.factory import create_app
from app.http.limits import limiter
from app.kernel import clock as kernel_clock
from app.models.base import db
from app.settings import Settings
from tests.backends import (
    NoPostgreSQLError,
    PostgreSQLDatabase,
    SQLiteFile,
    drop,
    postgres_url,
)

if os.environ.get("CI"):
    # A red build is about the change it builds: laws are held on the same examples each time.
    # Everywhere else they are drawn anew, and what fails there is a find.
    settings.register_profile("ci", derandomize=True)
    settings.load_profile("ci")

SECRET = "a secret for tests, of forty characters."
NO_POSTGRESQL = "NO POSTGRESQL: the tests ran on SQLite only"


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> SQLiteFile:
    return SQLiteFile(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql(worker_id: str) -> Iterator[PostgreSQLDatabase]:
    try:
        url = postgres_url(worker_id)
    except NoPostgreSQLError as reason:
        if os.environ.get("CI"):
            pytest.fail(f"{NO_POSTGRESQL}: {reason}")
        pytest.skip(f"{NO_POSTGRESQL}: {reason}")
    yield PostgreSQLDatabase(url)
    drop(url)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> SQLiteFile | PostgreSQLDatabase:
    """A migrated database; asking for it runs the test on both kinds."""
    return request.getfixturevalue("sqlite_file" if request.param == "sqlite" else "postgresql")


@pytest.fixture(scope="session")
def the_app(
    backend: SQLiteFile | PostgreSQLDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    app = make_app(tmp_path_factory.mktemp("instance"), backend.url)
    yield app
    with app.app_context():
        db.engine.dispose()


def make_app(instance: Path, url: str, **settings: object) -> Flask:
    """An application as an installation would have it, with quick password hashes."""
    app = create_app(
        Settings(
            _env_file=None,
            instance_folder=instance,
            database_url=url,
            secret_key=SECRET,
            **{"demonstration": True, **settings},
        )
    )
    app.extensions["security"].pwd_context.update(
        argon2__time_cost=1, argon2__memory_cost=8, argon2__parallelism=1
    )
    app.test_client_class = LoneClient
    app.testing = True
    return app


@pytest.fixture
def app(the_app: Flask, backend: SQLiteFile | PostgreSQLDatabase) -> Iterator[Flask]:
    """The application on an empty, migrated database. No context is pushed."""
    with the_app.app_context():
        backend.clean(db.engine)
    limiter.reset()
    yield the_app


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session, in a pushed application context. What you add before a request is committed."""
    with app.app_context():
        yield db.session()
        db.session.remove()


class LoneClient(FlaskClient):
    """A client whose requests never see the test's own application context.

    What the test has added is committed first; what the request changed is read anew after it.
    """

    def open(self, *arguments: object, **keywords: object) -> TestResponse:
        outer = _cv_app.get(None)
        if outer is None:
            return super().open(*arguments, **keywords)
        db.session.commit()
        response = contextvars.copy_context().run(self._alone, *arguments, **keywords)
        db.session.rollback()
        return response

    def _alone(self, *arguments: object, **keywords: object) -> TestResponse:
        _cv_app.set(None)
        return super().open(*arguments, **keywords)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without script, signed in as nobody; `sign_in` changes that."""
    app.config["WTF_CSRF_ENABLED"] = False
    yield app.test_client()
    app.config["WTF_CSRF_ENABLED"] = True


@pytest.fixture
def strict_client(app: Flask) -> FlaskClient:
    """The same, with forms checked for their token as in an installation."""
    return app.test_client()


@pytest.fixture
def sign_in() -> Callable[..., FlaskClient]:
    """Sign a client in as the person of a row: `sign_in(client, user)`."""

    def enter(client: FlaskClient, person: object) -> FlaskClient:
        with client.session_transaction() as cookie:
            cookie.clear()
            cookie["_user_id"] = person.fs_uniquifier
            cookie["_fresh"] = True
            cookie["fs_paa"] = datetime.now(UTC).timestamp()  # noqa: TID251 - as Flask-Security does
        return client

    return enter


@pytest.fixture
def mails(app: Flask) -> Callable[[], list[str]]:
    """The mails sent in this test, as text: `mails()`."""
    folder = Path(app.config["MAIL_FILE_PATH"])
    for old in folder.iterdir():
        old.unlink()

    def sent() -> list[str]:
        return [file.read_text() for file in sorted(folder.iterdir())]

    return sent


class Clock:
    """The clock of a test: stands still until it is told to go on."""

    def __init__(self, start: datetime) -> None:
        self.now = start
        kernel_clock._fixed.set(start)

    def set(self, moment: datetime) -> None:
        """Let it be `moment`."""
        self.now = moment
        kernel_clock._fixed.set(moment)

    def go_on(self, **span: float) -> None:
        """Let time pass: `clock.go_on(hours=2)`."""
        self.set(self.now + timedelta(**span))


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The clock, standing at Monday 2 November 2026, 09:00 UTC."""
    standing = Clock(datetime(2026, 11, 2, 9, 0, tzinfo=UTC))
    yield standing
    kernel_clock._fixed.set(None)


@pytest.fixture
def count_statements(app: Flask) -> Callable[[], object]:
    """Count what is sent to the database: `with count_statements() as sent: …; len(sent)`."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        sent: list[str] = []

        def note(_connection, _cursor, statement, *_rest) -> None:
            if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA")):
                sent.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """Which of the parallel workers this is; also where pytest-xdist isn't at work."""
    return getattr(request.config, "workerinput", {}).get("workerid", "only")


def pytest_terminal_summary(terminalreporter) -> None:
    """Say loudly what could not be tested."""
    reasons = {
        str(report.longrepr[2])
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    }
    for reason in sorted(reasons):
        terminalreporter.write_line(f"NOT TESTED HERE: {reason}", red=True, bold=True)
