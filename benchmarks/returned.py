"""P12: a redline read back to clauses with authors and dates, beside the least any reader can do.

    PYTHONPATH=. python benchmarks/returned.py [--clauses 300,3000] [--rounds 5]

The floor unpacks document.xml, parses it with lxml and tells inserted words from deleted ones in
JSON. Ours passes the guard, reads every part, aligns the file with its text and names each change.
Every engine runs in a process of its own; printed are medians of the inner time, without imports.
"""

import argparse
import io
import json
import resource
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from app.domain import redline, roundtrip
from app.formats.docx import redline_writer, revisions_reader
from benchmarks.goals import Check
from benchmarks.word import HAND, agreement, edited

ROOT = Path(__file__).resolve().parent.parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def floor(data: bytes) -> str:
    """Words of each paragraph, told apart by the element around their run."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    found = []
    for paragraph in root.iter(f"{W}p"):
        words = []
        for text in paragraph.iter(f"{W}t", f"{W}delText"):
            around = text.getparent().getparent().tag
            kind = "ins" if around == f"{W}ins" else "del" if around == f"{W}del" else "eq"
            words.append((kind, text.text))
        found.append(words)
    return json.dumps(found)


def job(engine: str, clauses: int) -> Callable[[], object]:
    """What one engine does, everything it needs made before."""
    tree = agreement(clauses)
    data = redline_writer.write(redline.build(tree, edited(tree)), otherwise=HAND)
    if engine == "floor":
        return lambda: floor(data)
    if engine == "reading":
        return lambda: revisions_reader.read(data)

    def whole() -> object:
        document = revisions_reader.read(data)
        keys = [f"c{number}" for number in range(len(document.paragraphs))]
        return roundtrip.compare(document, tree, keys).items

    return whole


def child(engine: str, clauses: int) -> None:
    """Measure one engine once and print it as JSON."""
    go = job(engine, clauses)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    go()
    taken = time.perf_counter() - start
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
    print(json.dumps({"ms": taken * 1e3, "mib": more / 1024}))


def measured(engine: str, clauses: int) -> dict[str, float]:
    """One run of one engine in a process of its own."""
    command = [sys.executable, __file__, "--child", engine, "--clauses", str(clauses)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=300, cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def checks() -> Iterator[Check]:
    """P12 at both sizes, and how it grows."""
    small = 0.0
    for size in (300, 3_000):
        runs = [(measured("floor", size), measured("whole", size)) for _ in range(3)]
        times = statistics.median(ours["ms"] / least["ms"] for least, ours in runs)
        took = statistics.median(ours["ms"] for _, ours in runs)
        least_ms = statistics.median(least["ms"] for least, _ in runs)
        name = f"returned Word file, {size:,} clauses"
        yield Check(
            "P12", name, times, "x floor", 3, beside=f"{took:.0f} ms; floor {least_ms:.0f} ms"
        )
        if small:
            yield Check("P12", f"{name}, against 300", took / small, "x", 11)
        small = took


ENGINES = {
    "floor": "P12 floor: lxml, ins and del told apart",
    "reading": "P12 guard and reading, every part",
    "whole": "P12 to clauses, with authors and dates",
}


def main() -> None:
    """Measure everything and print a line for each engine and size."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--clauses", default="300,3000")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--child")
    chosen = options.parse_args()
    sizes = [int(size) for size in chosen.clauses.split(",")]
    if chosen.child:
        child(chosen.child, sizes[0])
        return
    before: dict[str, float] = {}
    for size in sizes:
        runs: dict[str, list[dict[str, float]]] = {engine: [] for engine in ENGINES}
        for _ in range(chosen.rounds):
            for engine in ENGINES:
                runs[engine].append(measured(engine, size))
        for engine, name in ENGINES.items():
            taken = statistics.median(run["ms"] for run in runs[engine])
            more = statistics.median(run["mib"] for run in runs[engine])
            pairs = zip(runs[engine], runs["floor"], strict=True)
            ratio = statistics.median(ours["ms"] / least["ms"] for ours, least in pairs)
            growth = f", {taken / before[engine]:.1f}x of {sizes[0]}" if engine in before else ""
            print(
                f"{name:42} {size:5} clauses {taken:8.1f} ms {ratio:6.2f}x floor{growth}, "
                f"{more:.0f} MiB more  <= 3x, linear"
            )
            before.setdefault(engine, taken)


if __name__ == "__main__":
    main()
