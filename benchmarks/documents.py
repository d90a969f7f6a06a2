"""P10 and P11: a version and a redline as Word files, each engine in a process of its own."""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import word as engines
from benchmarks.goals import Check

ROUNDS = 3
SIZES = (300, 3_000)


def measured(engine: str, clauses: int) -> dict[str, float]:
    """One run of one engine. A shell stands between: a child's peak begins with its parent's."""
    command = ["sh", "-c", '"$0" "$@"; exit $?', sys.executable, str(engines.__file__)]
    done = subprocess.run(
        [*command, "--child", engine, "--clauses", str(clauses)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
        env={"PYTHONPATH": str(Path(engines.__file__).parent.parent), "PATH": "/usr/bin:/bin"},
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def word() -> Iterator[Check]:
    """Both files at both sizes, how they grow, and what they take of memory."""
    small: dict[str, float] = {}
    for size in SIZES:
        found: dict[str, list[dict[str, float]]] = {}
        for _ in range(ROUNDS if size == SIZES[0] else 2):
            for engine in ("clean floor", "clean", "redline floor", "redline"):
                found.setdefault(engine, []).append(measured(engine, size))
        for number, engine, most in (("P10", "clean", 25), ("P11", "redline", 60)):
            ours, floor = found[engine], found[f"{engine} floor"]
            times = statistics.median(
                one["ms"] / least["ms"] for one, least in zip(ours, floor, strict=True)
            )
            took = statistics.median(one["ms"] for one in ours)
            least_ms = statistics.median(one["ms"] for one in floor)
            memory = statistics.median(one["mib"] for one in ours)
            name = f"{'clean Word file' if engine == 'clean' else 'Word redline'}, {size:,} clauses"
            beside = f"{took:.0f} ms; floor {least_ms:.0f} ms"
            yield Check(number, name, times, "x floor", 2.5, beside=beside)
            if size == SIZES[0]:
                small[engine] = took
                continue
            yield Check(number, f"{name}, memory above start", memory, "MiB", most)
            if engine == "clean":
                yield Check(number, f"{name}, against 300", took / small[engine], "x", 11)
