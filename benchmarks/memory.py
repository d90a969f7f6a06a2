"""P17: the memory of the server before and after ten thousand mixed requests (PSS, Linux only)."""

import itertools
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from app.kernel.ids import new_token
from app.models.base import db
from benchmarks import serving, site
from benchmarks.goals import Check
from benchmarks.site import Site

REQUESTS = 10_000
_WARM = 1_000
_LINES = 4
_ROLLUP = "/proc/{}/smaps_rollup"


def memory() -> Iterator[Check]:
    """One server process, asked over four lines."""
    if not Path(_ROLLUP.format("self")).exists():
        print("NO PSS: this system does not tell it; the memory was not measured", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = site.app_on(folder)
        made = site.build(app, ballots=0)
        cookies = [site.cookie(app, person) for person in made.people]
        mixed = _mixed(made, cookies, site.csrf_token())
        with serving.process(folder) as (port, number):
            _ask(port, mixed, _WARM)
            before = _pss(number)
            _ask(port, mixed, REQUESTS)
            after = _pss(number)
        with app.app_context():
            db.engine.dispose()
    words = f"memory of the server after {REQUESTS:,} mixed requests"
    beside = f"{before:.0f} MiB after the first {_WARM:,}"
    yield Check("P17", words, after, "MiB", 120, beside=beside)
    yield Check("P17", f"{words}: growth", 100 * (after - before) / before, "%", 5, beside=beside)


def _mixed(made: Site, cookies: list[str], token: str) -> Iterator[tuple[bytes, int]]:
    """Requests as people send them, each with the status of its answer; one in a hundred writes."""
    rng = random.Random(17)
    small, large = (f"/agreements/{slug}" for slug in (made.small, made.large))
    read = (
        *(small, small, f"{small}?view=all", f"{small}/text", f"{small}/comments"),
        *(f"{small}/amendments", f"{small}/notes/t1", f"{small}/activity", "/", "/agreements"),
        f"{small}/participants",
    )
    large_read = (large, f"{large}/comments", f"{large}/text")
    for number in itertools.count():
        cookie = rng.choice(cookies)
        if number % 100 == 0:
            form = {
                "csrf_token": token,
                "form_key": new_token(),
                "kind": "concern",
                "quote": "",
                "text": f"Remark {number}: who decides what is reasonable here, and by when?",
            }
            path = f"{small}/comments/new?clause=c30-{number % 30}"
            yield serving.request(path, cookie, urlencode(form)), 303
        elif number % 10 == 1:
            yield serving.request(rng.choice(large_read), cookies[0]), 200
        else:
            yield serving.request(rng.choice(read), cookie), 200


def _ask(port: int, mixed: Iterator[tuple[bytes, int]], many: int) -> None:
    lines = [serving.Line(port) for _ in range(_LINES)]
    for line, (one, status) in zip(itertools.cycle(lines), itertools.islice(mixed, many)):
        got, body = line.ask(one)
        if got != status:
            raise ValueError(f"{got} for {one[:80]!r}: {body[:500]!r}")
    for line in lines:
        line.close()


def _pss(number: int) -> float:
    """The memory of a process in MiB, what it shares with others counted in part."""
    told = Path(_ROLLUP.format(number)).read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in told if line.startswith("Pss:")) / 1024
