"""One server for the application and its floors, and the client that asks it.

    python -m benchmarks.serving FOLDER PORT

The floors are the least a Flask service can do under the same server in the same process: a page
that says hello (H), and one row written in a transaction of its own at the same synchronous level
of the same SQLite (W).
"""

import contextlib
import itertools
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from app.cli.serving import serve
from app.models.engines import has_safe_wal, sqlite_driver
from benchmarks import site
from benchmarks.word import sentence

FLOORS = "/floors"
THREADS = 8
_WAIT = 20.0


_PAGE = """<!doctype html><title>Text</title>{% for id, text in paragraphs %}
<section id="p{{ id }}"><p>{{ text }}</p>
{% for words in said[id] %}<article><p>{{ words }}</p></article>{% endfor %}</section>
{% endfor %}"""


def _discuss(connection: Any) -> None:
    """The floor of P3: a hundred paragraphs of a hundred words, with ten comments of forty each."""
    rng = random.Random(3)
    connection.execute("create table if not exists paragraph(id integer primary key, text text)")
    connection.execute(
        "create table if not exists comment(id integer primary key, paragraph integer, text text)"
    )
    if connection.execute("select count(*) from paragraph").fetchone()[0]:
        return
    connection.execute("begin")
    for number in range(1, 101):
        connection.execute("insert into paragraph values(?, ?)", (number, sentence(rng, 100)))
        for _ in range(10):
            words = (number, sentence(rng, 40))
            connection.execute("insert into comment(paragraph, text) values(?, ?)", words)
    connection.execute("commit")


def floors(file: Path) -> Flask:
    """Hello, a write, and a page of a hundred paragraphs with a thousand comments."""
    app = Flask("floors")
    held = threading.local()
    lock = threading.Lock()
    numbers = itertools.count()

    def connection() -> Any:
        if not hasattr(held, "connection"):
            held.connection = sqlite_driver.connect(str(file), isolation_level=None, timeout=30)
            wal = has_safe_wal()
            held.connection.execute(f"pragma journal_mode={'wal' if wal else 'delete'}")
            held.connection.execute(f"pragma synchronous={'full' if wal else 'extra'}")
        return held.connection

    @app.get("/hello")
    def hello() -> str:
        return "hello"

    @app.get("/thread")
    def thread() -> str:
        own = connection()
        paragraphs = own.execute("select id, text from paragraph order by id").fetchall()
        said: dict[int, list[str]] = {}
        for paragraph, text in own.execute("select paragraph, text from comment order by id"):
            said.setdefault(paragraph, []).append(text)
        return page.render(paragraphs=paragraphs, said=said)

    @app.post("/write")
    def write() -> str:
        with lock:
            own = connection()
            own.execute("begin immediate")
            own.execute("insert into vote(organisation, choice) values(?, ?)", (next(numbers), 1))
            own.execute("commit")
        return "ok"

    page = app.jinja_env.from_string(_PAGE)
    _discuss(connection())
    connection().execute(
        "create table if not exists vote(id integer primary key, organisation int, choice int)"
    )
    return app


class Line:
    """A connection that asks one thing after another; called again where the server hangs up."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket = self._called()

    def _called(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self._port), _WAIT)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """The status and the body of the answer."""
        status, _, body = self.answer(request)
        return status, body

    def answer(self, request: bytes) -> tuple[int, bytes, bytes]:
        """The status, the head and the body of the answer."""
        self._socket.sendall(request)
        data = self._more(65_536)
        while b"\r\n\r\n" not in data:
            data += self._more(65_536)
        head, _, body = data.partition(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        parts, missing = [body], _length(status, head) - len(body)
        while missing > 0:
            part = self._more(min(missing, 1 << 20))
            parts.append(part)
            missing -= len(part)
        if b"\r\nconnection: close" in head.lower():
            self._socket.close()
            self._socket = self._called()
        return status, head, b"".join(parts)

    def _more(self, most: int) -> bytes:
        """What comes next; ConnectionError where the server has hung up."""
        part = self._socket.recv(most)
        if not part:
            raise ConnectionError("The server hung up.")
        return part

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


def _length(status: int, head: bytes) -> int:
    """How long the body is; an answer without one, as 304 is, says nothing of it."""
    fields = head.lower().split(b"\r\n")
    said = [int(field[15:]) for field in fields if field.startswith(b"content-length:")]
    if said or status in (204, 304):
        return said[0] if said else 0
    raise ValueError(f"An answer without a length: {head!r}")


def request(path: str, cookie: str = "", body: str | None = None, held: str = "") -> bytes:
    """A request as it goes over the wire: a GET, or a POST of a form.

    `held` is the tag of the page that the browser has already.
    """
    lines = [f"{'GET' if body is None else 'POST'} {path} HTTP/1.1", "Host: 127.0.0.1"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if held:
        lines.append(f"If-None-Match: {held}")
    if body is not None:
        lines.append("Content-Type: application/x-www-form-urlencoded")
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n" + (body or "")).encode()


def tag_of(port: int, request: bytes) -> str:
    """The tag by which the browser asks again for what it was sent. KeyError where it has none."""
    line = Line(port)
    _, head, _ = line.answer(request)
    line.close()
    fields = dict(field.split(b": ", 1) for field in head.split(b"\r\n")[1:])
    return {name.lower(): value.decode() for name, value in fields.items()}[b"etag"]


def each(port: int, batches: Sequence[Sequence[bytes]], status: int) -> float:
    """Send each batch over a connection of its own, all at once; the seconds a request took.

    ValueError where an answer has another status than it should, or none comes.
    """
    lines = [Line(port) for _ in batches]
    wrong: list[str] = []

    def send(line: Line, batch: Sequence[bytes]) -> None:
        for one in batch:
            try:
                got, body = line.ask(one)
            except (OSError, ValueError) as error:
                wrong.append(f"{error!r} for {one[:80]!r}")
                return
            if got != status:
                wrong.append(f"{got} for {one[:80]!r}: {body[:2000]!r}")

    threads = [
        threading.Thread(target=send, args=pair) for pair in zip(lines, batches, strict=True)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    for line in lines:
        line.close()
    if wrong:
        raise ValueError(wrong[0])
    return took / sum(map(len, batches))


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[int]:
    """The server in a process of its own: its port on the loopback."""
    with process(folder) as (port, _):
        yield port


@contextlib.contextmanager
def process(folder: Path) -> Iterator[tuple[int, int]]:
    """The server in a process of its own: its port on the loopback, and its number."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    child = subprocess.Popen([sys.executable, "-m", "benchmarks.serving", str(folder), str(port)])
    try:
        _wait_for(port, child)
        yield port, child.pid
    finally:
        child.terminate()
        child.wait(_WAIT)


def _wait_for(port: int, child: "subprocess.Popen[bytes]") -> None:
    for _ in range(int(_WAIT / 0.1)):
        if child.poll() is not None:
            raise ChildProcessError("The server did not start.")
        with contextlib.suppress(OSError):
            Line(port).close()
            return
        time.sleep(0.1)
    raise TimeoutError("The server did not answer.")


def main() -> None:
    """Serve until terminated."""
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    both = DispatcherMiddleware(site.app_on(folder), {FLOORS: floors(folder / "floors.sqlite3")})
    serve(both, host="127.0.0.1", port=port, threads=THREADS)


if __name__ == "__main__":
    main()
