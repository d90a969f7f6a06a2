"""P10 and P11: a version and a redline as Word files, each beside its floor in the same run.

    PYTHONPATH=. python benchmarks/word.py [--clauses 300,3000] [--rounds 5]

The floor of a clean file is deflating the ready bytes of its own parts, at the usual level 6 (the
writer packs at 4: a quarter of the time, a file a fifth larger); the floor of a redline is the
least any writer can do: word opcodes by rapidfuzz for each clause, joined strings, one archive.
Every engine runs in a process of its own; printed are medians of the inner time, without imports.
"""

import argparse
import io
import json
import random
import resource
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from rapidfuzz.distance import Indel

from app.domain import redline
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.generated import Party
from app.formats.docx import redline_writer, writer

ROOT = Path(__file__).resolve().parent.parent
VOCABULARY = (
    *(
        "each",
        "Hub",
        "shall",
        "may",
        "notify",
        "the",
        "other",
        "without",
        "undue",
        "delay",
        "of",
        "any",
    ),
    *("event", "that", "could", "prevent", "performance", "and", "reasonable", "cost", "data"),
    *("service", "client", "partner", "request", "within", "working", "days", "written", "unless"),
    *("agreement", "liability", "confidential", "purpose", "board", "majority", "vote", "duty"),
)
HAND = redline_writer.Hand("Comparison", datetime(2026, 5, 1, 9, tzinfo=UTC))
PARTIES = tuple(Party(f"H{n:02}", f"Hub {n}", "Foundation", "Tartu", str(n)) for n in range(30))
PER_ARTICLE = 10


def sentence(rng: random.Random, words: int) -> str:
    """So many words with a full stop."""
    return " ".join(rng.choices(VOCABULARY, k=words)).capitalize() + "."


def agreement(clauses: int) -> ClauseTree:
    """Articles of ten clauses of 60 to 140 words; terms, references, lists and blocks to sign."""
    rng = random.Random(7)
    terms = tuple(
        Clause(f"term-{n}", Kind.DEFINITION, f"Term {n}", "means " + sentence(rng, 12))
        for n in range(20)
    )
    articles = [Clause("definitions", Kind.CLAUSE, "Definitions", "", terms)]
    for start in range(0, clauses, PER_ARTICLE):
        held = tuple(_clause(rng, n) for n in range(start, min(start + PER_ARTICLE, clauses)))
        articles.append(Clause(f"article-{start}", Kind.CLAUSE, f"Matter {start}", "", held))
    signed = Clause("signatures", Kind.GENERATED, text="signatures")
    return ClauseTree("Sample agreement", (*articles, signed))


def _clause(rng: random.Random, number: int) -> Clause:
    text = sentence(rng, rng.randint(60, 140))
    if number % 5 == 4:
        text += f" This applies under [[clause-{rng.randrange(number)}]]."
    heading = "Heading" if number % 3 == 0 else ""
    return Clause(f"clause-{number}", Kind.CLAUSE, heading, text)


def edited(tree: ClauseTree) -> ClauseTree:
    """A second version: words of three clauses in ten changed, some clauses dropped and added."""
    rng = random.Random(11)

    def changed(node: Clause) -> Iterator[Clause]:
        if node.kind is not Kind.CLAUSE or not node.text:
            yield Clause(node.key, node.kind, node.heading, node.text, _all(node.children))
            return
        if rng.random() < 0.02:
            return
        text = _reworded(rng, node.text) if rng.random() < 0.3 else node.text
        yield Clause(node.key, node.kind, node.heading, text)
        if rng.random() < 0.02:
            yield Clause(f"{node.key}-new", node.kind, "", sentence(rng, 80))

    def _all(nodes: tuple[Clause, ...]) -> tuple[Clause, ...]:
        return tuple(new for node in nodes for new in changed(node))

    return ClauseTree(tree.title, _all(tree.clauses))


def _reworded(rng: random.Random, text: str) -> str:
    words = text.split(" ")
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(max(1, len(words) - 10))
        words[at : at + rng.randint(0, 4)] = rng.choices(VOCABULARY, k=rng.randint(0, 5))
    return " ".join(words)


def clean(tree: ClauseTree) -> bytes:
    """Our writer."""
    return writer.write(tree, status="Adopted", version="3", parties=PARTIES, signatures=PARTIES)


def zipped(parts: list[tuple[str, bytes]]) -> bytes:
    """The parts deflated, and nothing else."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def by_python_docx(tree: ClauseTree) -> bytes:
    """The library's own way: a heading or a paragraph at a time."""
    document = docx.Document()
    for node in tree.walk():
        if node.heading:
            document.add_heading(node.heading, 2)
        if node.text:
            document.add_paragraph(node.text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def floor_redline(old: ClauseTree, new: ClauseTree) -> bytes:
    """Clauses paired by key, words compared, runs marked, one archive; nothing is checked."""
    rows = []
    for key in dict.fromkeys((*old.nodes, *new.nodes)):
        was, now = (tree.nodes.get(key) for tree in (old, new))
        before = was.text.split(" ") if was else []
        after = now.text.split(" ") if now else []
        rows.append(f"<w:p>{''.join(_marked(before, after))}</w:p>")
    return zipped([("word/document.xml", "".join(rows).encode())])


def _marked(before: list[str], after: list[str]) -> Iterator[str]:
    if before == after:
        yield f"<w:r><w:t>{escape(' '.join(after))}</w:t></w:r>"
        return
    mark = 'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'
    for code in Indel.opcodes(before, after):
        gone = escape(" ".join(before[code.src_start : code.src_end]))
        come = escape(" ".join(after[code.dest_start : code.dest_end]))
        if code.tag == "equal":
            yield f"<w:r><w:t>{come}</w:t></w:r>"
            continue
        if gone:
            yield f"<w:del {mark}><w:r><w:delText>{gone}</w:delText></w:r></w:del>"
        if come:
            yield f"<w:ins {mark}><w:r><w:t>{come}</w:t></w:r></w:ins>"


def job(engine: str, clauses: int) -> Callable[[], bytes]:
    """What one engine does, everything it needs made before."""
    tree = agreement(clauses)
    if engine == "clean":
        return lambda: clean(tree)
    if engine == "clean floor":
        with zipfile.ZipFile(io.BytesIO(clean(tree))) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
        return lambda: zipped(parts)
    if engine == "python-docx":
        return lambda: by_python_docx(tree)
    new = edited(tree)
    if engine == "redline floor":
        return lambda: floor_redline(tree, new)
    return lambda: redline_writer.write(redline.build(tree, new), otherwise=HAND)


def child(engine: str, clauses: int) -> None:
    """Measure one engine once and print it as JSON."""
    go = job(engine, clauses)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    size = len(go())
    taken = time.perf_counter() - start
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
    print(json.dumps({"ms": taken * 1e3, "mib": more / 1024, "kib": size / 1024}))


def measured(engine: str, clauses: int) -> dict[str, float]:
    """One run of one engine in a process of its own."""
    command = [sys.executable, __file__, "--child", engine, "--clauses", str(clauses)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=300, cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


ENGINES = {
    "clean floor": ("P10 floor: zip of the same bytes", "clean floor", ""),
    "clean": ("P10 clean DOCX", "clean floor", "<= 2.5x, 3,000 <= 11x of 300, <= 25 MiB"),
    "python-docx": ("P10 python-docx, plain text only", "clean", ">= 10x ours"),
    "redline floor": ("P11 floor: opcodes, strings, zip", "redline floor", ""),
    "redline": ("P11 redline, built, written, read back", "redline floor", "<= 2.5x, <= 60 MiB"),
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
        for engine, (name, floor, goal) in ENGINES.items():
            middle = {
                key: statistics.median(run[key] for run in runs[engine])
                for key in ("ms", "mib", "kib")
            }
            pairs = zip(runs[engine], runs[floor], strict=True)
            ratio = statistics.median(ours["ms"] / least["ms"] for ours, least in pairs)
            growth = (
                f", {middle['ms'] / before[engine]:.1f}x of {sizes[0]}"
                if before.get(engine)
                else ""
            )
            print(
                f"{name:42} {size:5} clauses {middle['ms']:8.1f} ms {ratio:6.2f}x {floor}{growth}, "
                f"{middle['mib']:.0f} MiB more, {middle['kib']:.0f} KiB  {goal}"
            )
            before.setdefault(engine, middle["ms"])


if __name__ == "__main__":
    main()
