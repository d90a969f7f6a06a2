"""P16: many readers at once, each with a line of its own that stays open.

    python -m benchmarks.crowd PORT LINES SECONDS < REQUEST

The client is a process of its own and asks as long as it was told; server and client share this
machine, so what many lines cost the client is in the figure too.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.cli.serving import lines as files_for_lines
from app.models.base import db
from benchmarks import serving, site
from benchmarks.goals import Check

ROUNDS = 2
SECONDS = 2.0
_BESIDE = 8
_HELD = ((1, None), (100, 0.9), (1_000, 0.7), (5_000, 0.5))
_SENT = ((100, 0.9), (1_000, 0.7))


@dataclass
class _Count:
    """How many answers came, and what went wrong."""

    answers: int = 0
    wrong: list[str] = field(default_factory=list)


def crowd() -> Iterator[Check]:
    """Each number of lines beside eight, in turn: those who hold the page, and those who don't."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = site.app_on(folder)
        made = site.build(app, ballots=0)
        path, cookie = f"/agreements/{made.small}", site.cookie(app, made.people[0])
        sent = serving.request(path, cookie)
        with serving.serving(folder) as port:
            held = serving.request(path, cookie, held=serving.tag_of(port, sent))
            yield from _beside(port, "the text, held already (304)", held, _HELD)
            yield from _beside(port, "the text", sent, _SENT)
        with app.app_context():
            db.engine.dispose()


def _beside(
    port: int, words: str, one: bytes, goals: Sequence[tuple[int, float | None]]
) -> Iterator[Check]:
    found: dict[int, list[float]] = {many: [] for many, _ in goals}
    wrong: dict[int, list[str]] = {many: [] for many, _ in goals}
    _ask(port, _BESIDE, one)
    for _ in range(ROUNDS):
        eight, _none = _ask(port, _BESIDE, one)
        for many, _goal in goals:
            rate, failed = _ask(port, many, one)
            found[many].append(rate / eight)
            wrong[many] += failed
    for many, goal in goals:
        who = "1 reader" if many == 1 else f"{many:,} readers at once"
        beside = f"{len(wrong[many])} failed" + (f": {wrong[many][0]}" if wrong[many] else "")
        figure = statistics.median(found[many])
        yield Check("P16", f"{words}: {who}", figure, "of 8", goal, at_least=True, beside=beside)


def _ask(port: int, many: int, one: bytes) -> tuple[float, list[str]]:
    """Answers a second, and what went wrong."""
    command = [sys.executable, "-m", "benchmarks.crowd", str(port), str(many), str(SECONDS)]
    done = subprocess.run(command, input=one, capture_output=True, check=True, timeout=300)
    told = json.loads(done.stdout)
    return float(told["rate"]), list(told["wrong"])


async def _all(port: int, many: int, seconds: float, one: bytes) -> tuple[float, list[str]]:
    count = _Count()
    lines = []
    for start in range(0, many, 100):
        batch = (
            asyncio.open_connection("127.0.0.1", port) for _ in range(start, min(many, start + 100))
        )
        lines += await asyncio.gather(*batch)
    began = time.perf_counter()
    ends = began + seconds
    await asyncio.gather(*(_reader(*line, one, ends, count) for line in lines))
    took = time.perf_counter() - began
    for _, writer in lines:
        writer.close()
    return count.answers / took, count.wrong[:20]


async def _reader(
    comes: asyncio.StreamReader,
    goes: asyncio.StreamWriter,
    one: bytes,
    ends: float,
    count: _Count,
) -> None:
    """Ask again and again; what was asked in time is waited for."""
    try:
        while time.perf_counter() < ends:
            goes.write(one)
            head = await asyncio.wait_for(comes.readuntil(b"\r\n\r\n"), 120)
            fields = head.lower().split(b"\r\n")
            said = [int(field[15:]) for field in fields if field.startswith(b"content-length:")]
            size = said[0] if said else 0
            await asyncio.wait_for(comes.readexactly(size), 120)
            if head[9:12] not in {b"200", b"304"}:
                count.wrong.append(head[:40].decode())
            count.answers += 1
    except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
        count.wrong.append(repr(error))


def main() -> None:
    """Be the crowd."""
    port, many, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    files_for_lines()
    rate, wrong = asyncio.run(_all(port, many, seconds, sys.stdin.buffer.read()))
    print(json.dumps({"rate": rate, "wrong": wrong}))


if __name__ == "__main__":
    main()
