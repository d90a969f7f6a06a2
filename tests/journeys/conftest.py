"""A running site with a clock of its own, and people in real browsers."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from waitress import wasyncore
from waitress.server import create_server

from app.kernel import clock as kernel_clock
from app.models.base import db
from tests.backends import SQLiteFile
from tests.conftest import make_app
from tests.factories.people import START
from tests.journeys.network import DURING, PASSWORD, Network
from tests.journeys.walking import press

PATIENCE = 30_000
"""Milliseconds: a busy machine is slow, and that is no failure of what is tested."""

expect.set_options(timeout=PATIENCE)

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
NO_BROWSER = "NO BROWSER: install a Chromium-family browser to walk the journeys"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Site:
    """The application, served on loopback; every request happens at `now`."""

    def __init__(self, app) -> None:
        self.app = app
        self.now: datetime = START
        self._server = create_server(self._answer, host="127.0.0.1", port=0, threads=4)
        self.address = f"http://127.0.0.1:{self._server.effective_port}"
        self._is_closed = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _answer(self, environ, start_response):
        with kernel_clock.at(self.now):
            return self.app(environ, start_response)

    def go_on(self, **time: float) -> None:
        self.now += timedelta(**time)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Work with the database directly, at the site's moment."""
        with self.app.app_context(), kernel_clock.at(self.now):
            yield
            db.session.remove()

    def _serve(self) -> None:
        while not self._is_closed.is_set():
            wasyncore.loop(timeout=1, map=self._server._map, count=1)

    def stop(self) -> None:
        self._is_closed.set()
        self._server.pull_trigger()
        self._thread.join(timeout=10)
        # What is written once a page is on its way must be done before the file is put back.
        self._server.task_dispatcher.shutdown(cancel_pending=True, timeout=10)
        wasyncore.close_all(self._server._map, ignore_all=True)  # lines that a browser still holds


@pytest.fixture
def site(tmp_path: Path, sqlite_file: SQLiteFile) -> Iterator[Site]:
    app = make_app(tmp_path, sqlite_file.url)
    with app.app_context():
        sqlite_file.clean(db.engine)
    running = Site(app)
    app.config["BASE_URL"] = running.address
    app.config["TRUSTED_HOSTS"] = None
    yield running
    running.stop()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def network(site: Site) -> Network:
    """A small network with something on every page; the moment is within its open round."""
    site.now = DURING
    with site.inside():
        return Network()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        if os.environ.get("CI"):
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def person(site: Site, browser: Browser) -> Iterator:
    """Open a browser for one person, signed in; what the console says of errors fails the test."""
    opened, said = [], []

    def enter(user, width: int = 1440) -> Page:
        context = browser.new_context(
            base_url=site.address, viewport={"width": width, "height": 900}, accept_downloads=True
        )
        opened.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
        page.goto("/sign-in")
        page.get_by_label("E-mail").fill(user.email)
        page.get_by_label("Password").fill(PASSWORD)
        press(page.get_by_role("button", name="Sign in"))
        page.wait_for_url(site.address + "/")
        return page

    yield enter
    for context in opened:
        context.close()
    told = ("status of 4", "ERR_INTERNET_DISCONNECTED")
    refused = [words for words in said if not any(one in words for one in told)]
    assert not refused
