"""The table of what we read in files with tracked changes, beside what other programs read.

    PYTHONPATH=. python -m tests.corpus.tracked_table CORPUS > docs/word-tracked-changes.md

Word's own results are there for some files (PowerTools' accepted and rejected documents, read by
pandoc); pandoc and LibreOffice read the tracked files themselves. Against LibreOffice the lines are
compared, against the others the letters in their order, because a plain text of theirs holds
numbers, notes and drawn tables as well.
"""

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain import returned
from app.domain.returned import ReturnedDocument
from app.formats.docx import revisions_reader
from app.kernel.errors import Invalid

REASONS = Path(__file__).with_name("tracked_reasons.tsv")
ORACLES = {
    "Word": ".{view}.powertools.txt",
    "pandoc": ".{view}.txt",
    "LibreOffice": ".lo-{view}.txt",
}
VIEWS = ("accept", "reject")
BECAUSE = {
    "notes": "The other text holds footnotes or the signs that call them; ours is the body alone.",
    "grid": "The same letters: pandoc draws the table line by line, so its words interleave.",
    "row": "A whole row was inserted and is not there once that is rejected; the other program "
    "keeps rows.",
    "formula": "LibreOffice keeps formulas as objects without text; pandoc loses deleted signs of "
    "one.",
    "field": "LibreOffice counts and dates fields anew when it opens a file; we read what the file "
    "shows.",
    "frame": "LibreOffice puts framed or floating paragraphs and tables outside the body.",
    "control": "LibreOffice leaves changes inside content controls alone or repeats them.",
    "caps": "pandoc writes words that are shown in capitals as capitals.",
    "picture": "pandoc writes the name of a picture; we read pictures as no words.",
    "sign": "LibreOffice leaves a sign without a shape where an object was.",
    "space": "LibreOffice loses a space, or keeps one, at the edge of a change.",
    "split": "LibreOffice keeps two paragraphs apart whose mark was deleted.",
    "lost": "pandoc loses the words of a paragraph whose mark carries two changes.",
    "arabic": "LibreOffice leaves most changes of this file untouched.",
    "tables": "pandoc prints [TABLE] for a table it can't draw, or nothing of it.",
}


@dataclass(frozen=True)
class Compared:
    """One view of one file beside one other program."""

    file: str
    view: str
    oracle: str
    equal: bool
    reason: str = ""


def letters(text: str) -> str:
    """The letters alone, in order."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalpha())


def lines(text: str) -> list[str]:
    """The lines with something on them, white space and soft hyphens aside."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\u2010", "-")
    held = (" ".join(line.split()) for line in plain.replace("\u2011", "-").split("\n"))
    return [line for line in held if line]


def text_of(document: ReturnedDocument, view: str) -> str:
    """Our text."""
    look = returned.accepting if view == "accept" else returned.rejecting
    return "\n".join(returned.lines(document, look(document)))


def compared(corpus: Path) -> Iterator[Compared]:
    """Everything that can be compared, in the order of the files."""
    reasons = known_reasons()
    folder = corpus / "tracked_changes"
    for path in sorted(folder.rglob("*.docx")):
        name = str(path.relative_to(folder))
        expected = [
            (view, oracle, found)
            for view in VIEWS
            for oracle, ending in ORACLES.items()
            if (found := corpus / "expected/tracked_changes" / (name + ending.format(view=view)))
            and found.exists()
        ]
        if not expected:
            continue
        try:
            document = revisions_reader.read(path.read_bytes())
        except Invalid as error:
            yield Compared(name, "", "", equal=False, reason=str(error))
            continue
        for view, oracle, found in expected:
            ours, theirs = text_of(document, view), found.read_text(encoding="utf-8")
            equal = is_equal(oracle, ours, theirs)
            grid = (
                not equal and sorted(letters(ours)) == sorted(letters(theirs)) and grid_of(theirs)
            )
            reason = "grid" if grid else reasons.get((name, view, oracle), "")
            yield Compared(name, view, oracle, equal, "" if equal else reason)


def is_equal(oracle: str, ours: str, theirs: str) -> bool:
    """Whether both say the same."""
    if oracle == "LibreOffice":
        return lines(ours) == lines(theirs)
    return letters(ours) == letters(theirs)


def grid_of(text: str) -> bool:
    """Whether a table is drawn in a plain text."""
    return bool(re.search(r"^ *[-+|]{2,}|-{4,}", text, re.MULTILINE))


def known_reasons() -> dict[tuple[str, str, str], str]:
    """Why a text differs: file, view and program (`*` for both views or every program)."""
    found = {}
    for row in REASONS.read_text(encoding="utf-8").splitlines()[1:]:
        file, view, oracle, reason = row.split("\t")
        for each in VIEWS if view == "*" else (view,):
            for program in ORACLES if oracle == "*" else (oracle,):
                found[file, each, program] = reason
    return found


def table(rows: list[Compared]) -> str:
    """The page."""
    out = [HEAD]
    for oracle in ORACLES:
        for view in VIEWS:
            held = [row for row in rows if (row.oracle, row.view) == (oracle, view)]
            equal = sum(row.equal for row in held)
            out.append(f"| {oracle} | {view} | {len(held)} | {equal} | {len(held) - equal} |")
    out += [
        "",
        "## Every case that differs",
        "",
        "| file | view | beside | why |",
        "|---|---|---|---|",
    ]
    out += [
        f"| {row.file} | {row.view} | {row.oracle} | {row.reason or '?'} |"
        for row in rows
        if row.oracle and not row.equal
    ]
    used = Counter(row.reason for row in rows if row.oracle and not row.equal)
    out += ["", "## Why", "", "| reason | cases | |", "|---|---|---|"]
    out += [
        f"| {reason} | {count} | {BECAUSE.get(reason, '')} |"
        for reason, count in used.most_common()
    ]
    refused = [row for row in rows if not row.oracle]
    out += ["", "## Refused, with this sentence", "", "| file | |", "|---|---|"]
    out += [f"| {row.file} | {row.reason} |" for row in refused]
    return "\n".join(out) + "\n"


HEAD = """# Files with tracked changes, read both ways

What `concordat word read --view accept` and `--view reject` say about real files, beside what other
programs say. This page is made by a command and checked by `tests/corpus/test_tracked_changes.py`:

    PYTHONPATH=. python -m tests.corpus.tracked_table CORPUS > docs/word-tracked-changes.md

*Word* means the accepted and rejected documents that come with the files of PowerTools, as Word
and that library left them. Lines are compared with LibreOffice's, letters in their order with the
others, because those texts hold list numbers and notes, too.

| beside | view | compared | equal | explained |
|---|---|---|---|---|"""


if __name__ == "__main__":
    sys.stdout.write(table(list(compared(Path(sys.argv[1])))))
