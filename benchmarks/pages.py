"""P1 to P6: pages and forms over HTTP, beside hello and a one-row write.

One connection, kept open, asks one server (waitress, as `concordat run`) over the loopback; server
and client are processes of their own. Statements are counted in this process, without BEGIN,
COMMIT and the look-up of who has signed in.
"""

import contextlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import event

from app.kernel.ids import new_token
from app.models.base import db
from benchmarks import serving, site
from benchmarks.goals import Check, in_turn, ms, ratio
from benchmarks.site import DISCUSSED, LARGE, SMALL, Site

ROUNDS = 4
LINES = 1
"""With two, hello takes 0.2 or 1.1 ms, as its threads happen to wait for each other."""
_ANEW = (
    f"the text, made anew of parts that are there: {LARGE}",
    "50 of all comments, made anew",
    f"the whole text, made anew: {DISCUSSED}",
)
"""For whoever is the first of those who stand alike to ask after something happened."""
_NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "-- ")


@dataclass
class _Stand:
    """A site that is being served, with its people's cookies."""

    app: Flask
    site: Site
    port: int
    cookies: Sequence[str]
    token: str
    rows: Iterator[int] = field(default_factory=count)

    def get(self, path: str, goes: int) -> Callable[[], float]:
        """Ask for a page that is there so many times; the seconds of one."""
        one = serving.request(path, self.cookies[0])
        batches = [[one] * (goes // LINES)] * LINES

        def go() -> float:
            serving.each(self.port, [[one]], 200)
            return serving.each(self.port, batches, 200)

        return go

    def anew(self, path: str, goes: int) -> Callable[[], float]:
        """Ask for a page that is not there yet each time, of parts that are; the seconds of one."""
        sign = "&" if "?" in path else "?"

        def go() -> float:
            paths = [f"{path}{sign}go={next(self.rows)}" for _ in range(goes)]
            return serving.each(
                self.port, [[serving.request(one, self.cookies[0]) for one in paths]], 200
            )

        return go

    def unchanged(self, path: str, goes: int) -> Callable[[], float]:
        """Ask whether a page that the browser has is still so; the seconds of one."""
        tag = serving.tag_of(self.port, serving.request(path, self.cookies[0]))
        one = serving.request(path, self.cookies[0], held=tag)
        return lambda: serving.each(self.port, [[one] * (goes // LINES)] * LINES, 304)

    def hello(self) -> float:
        """H."""
        one = serving.request(f"{serving.FLOORS}/hello")
        return serving.each(self.port, [[one] * 200] * LINES, 200)

    def write(self) -> float:
        """W."""
        one = serving.request(f"{serving.FLOORS}/write", body="")
        return serving.each(self.port, [[one] * 100] * LINES, 200)

    def comment(self, *, large: bool = False) -> bytes:
        """A new comment on a clause, by somebody else each time; one person is in the large one."""
        number = next(self.rows)
        form = {
            "csrf_token": self.token,
            "form_key": new_token(),
            "kind": "concern",
            "quote": "",
            "text": f"Remark {number}: who decides what is reasonable here, and by when?",
        }
        slug, key = (self.site.large, "c300") if large else (self.site.small, "c30")
        path = f"/agreements/{slug}/comments/new?clause={key}-{number % 30}"
        cookie = self.cookies[0 if large else number % len(self.cookies)]
        return serving.request(path, cookie, urlencode(form))

    def vote(self, ballot: int, voter: int) -> bytes:
        """The first vote of an organisation in a ballot."""
        path = f"/agreements/{self.site.small}/ballots/{ballot}/votes"
        form = {"csrf_token": self.token, "choice": ("yes", "no", "abstain")[voter % 3]}
        return serving.request(path, self.cookies[voter], urlencode(form))


def pages() -> Iterator[Check]:
    """All of them on one site."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = site.app_on(folder)
        made = site.build(app, ballots=2 * (ROUNDS + 1) + 2)
        cookies = [site.cookie(app, person) for person in made.people]
        with serving.serving(folder) as port:
            stand = _Stand(app, made, port, cookies, site.csrf_token())
            yield from _reading(stand)
            yield from _writing(stand)
        with app.app_context():
            db.engine.dispose()


def _reading(stand: _Stand) -> Iterator[Check]:
    small, large = (f"/agreements/{slug}" for slug in (stand.site.small, stand.site.large))
    discussed = f"/agreements/{stand.site.discussed}?whole=on"
    thread = f"{serving.FLOORS}/thread"
    hello, floor, whole, text, long_text, same, thread_list, first, last, *anew = in_turn(
        [
            stand.hello,
            stand.get(thread, 20),
            stand.get(discussed, 20),
            stand.get(small, 40),
            stand.get(large, 20),
            stand.unchanged(large, 60),
            stand.get(f"{small}/comments?clause=c30-1", 20),
            stand.get(f"{large}/comments", 10),
            stand.get(f"{large}/comments?page=25", 10),
            stand.anew(large, 20),
            stand.anew(f"{large}/comments", 20),
            stand.anew(discussed, 10),
        ],
        ROUNDS,
    )
    for number, name, times, path, goal, most in (
        ("P1", f"the text: {SMALL}", text, small, 0.08, 6),
        ("P1", f"the text: {LARGE}", long_text, large, 0.08, 6),
        ("P4", "the comments of a clause", thread_list, f"{small}/comments?clause=c30-1", 0.2, 4),
        ("P4", "50 of all comments", first, f"{large}/comments", 0.2, 4),
    ):
        beside = f"{ms(times)}; H {ms(hello)}"
        yield Check(number, name, ratio(hello, times), "H", goal, at_least=True, beside=beside)
        first_time = _first_time(stand, path)
        beside = f"{first_time} for the first reader after a change"
        yield Check(number, name, _statements(stand, path), "statements", most, beside=beside)
    yield Check(
        "P2", "the text again, unchanged (304)", ratio(hello, same), "H", 0.5,
        at_least=True, beside=f"{ms(same)}; H {ms(hello)}",
    )  # fmt: skip
    beside = f"{ms(whole)}; floor {ms(floor)}"
    for figure, unit, goal in (
        (ratio(floor, whole), "x floor", 0.6),
        (ratio(hello, whole), "H", 0.024),
    ):
        name = f"the whole text on one page: {DISCUSSED}"
        yield Check("P3", name, figure, unit, goal, at_least=True, beside=beside)
    for number, name, times in zip(("P1", "P4", "P3"), _ANEW, anew, strict=True):
        beside = f"{ms(times)}; H {ms(hello)}"
        yield Check(number, name, ratio(hello, times), "H", None, at_least=True, beside=beside)
    yield Check("P1", "the long text, against the short one", ratio(long_text, text), "x", 1.3)
    yield Check(
        "P4", "page 25 of the comments, against page 1", ratio(last, first), "x", 1.3,
        beside=f"{ms(last)}; {ms(first)}",
    )  # fmt: skip


def _writing(stand: _Stand) -> Iterator[Check]:
    ballots = iter(range(1, stand.site.ballots + 1))
    voters = range(len(stand.cookies))

    def comments() -> float:
        batches = [[stand.comment() for _ in range(15)] for _ in range(LINES)]
        return serving.each(stand.port, batches, 303)

    def votes() -> float:
        pair = [next(ballots) for _ in range(LINES)]
        batches = [[stand.vote(ballot, voter) for voter in voters] for ballot in pair]
        return serving.each(stand.port, batches, 303)

    write, posted, cast = in_turn([stand.write, comments, votes], ROUNDS)
    for number, name, times, least, most, one in (
        ("P5", "post a comment", posted, 0.4, 8, stand.comment()),
        ("P6", "cast a vote", cast, 0.35, 10, stand.vote(next(ballots), 0)),
    ):
        beside = f"{ms(times)}; W {ms(write)}"
        yield Check(number, name, ratio(write, times), "W", least, at_least=True, beside=beside)
        yield Check(number, name, len(_sent(stand, one)), "statements", most)


def _first_time(stand: _Stand, path: str) -> int:
    """The statements of the first reader after a comment, in a process that knows the text."""
    _statements(stand, path)
    posted = _sent(stand, stand.comment(large=stand.site.large in path))
    if not any(one.startswith("INSERT INTO thread") for one in posted):
        raise ValueError(f"no comment was posted before {path}")
    return _statements(stand, path)


def _statements(stand: _Stand, path: str) -> int:
    return len(_sent(stand, serving.request(path, stand.cookies[0])))


def _sent(stand: _Stand, one: bytes) -> list[str]:
    """What a request sends to the database, asked in this process."""
    head, _, body = one.decode().partition("\r\n\r\n")
    method, path, _ = head.split(" ", 2)
    cookie = head.partition("Cookie: session=")[2].partition("\r\n")[0]
    client = stand.app.test_client()
    client.set_cookie("session", cookie.partition(";")[0], domain="127.0.0.1")
    client.set_cookie("script", "on", domain="127.0.0.1")
    with _listening(stand.app) as sent:
        client.open(
            path,
            method=method,
            data=body or None,
            base_url="http://127.0.0.1",
            content_type="application/x-www-form-urlencoded" if body else None,
        )
    return [one for one in sent if "fs_uniquifier =" not in one or "audit_entry" in one]


@contextlib.contextmanager
def _listening(app: Flask) -> Iterator[list[str]]:
    """All that goes to SQLite, as the driver tells it: some goes past SQLAlchemy."""
    sent: list[str] = []

    def note(statement: str) -> None:
        # What triggers do is told as their statement once more, or as a remark.
        if statement not in sent and not statement.startswith(_NOT_COUNTED):
            sent.append(statement)

    def listen(connection: Any, *_rest: object) -> None:
        connection.set_trace_callback(note)

    def unlisten(connection: Any, *_rest: object) -> None:
        connection.set_trace_callback(None)

    with app.app_context():
        pool = db.engine.pool
    event.listen(pool, "checkout", listen)
    event.listen(pool, "checkin", unlisten)
    try:
        yield sent
    finally:
        event.remove(pool, "checkout", listen)
        event.remove(pool, "checkin", unlisten)
