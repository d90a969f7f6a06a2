"""A clause tree → the text of a template file, so that an agreement can be kept and read again."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from app.domain import placeholders
from app.domain.clauses import Clause, ClauseTree, Kind
from app.formats.template_blocks import STEP
from app.kernel.errors import Invalid

_PARTS = (Kind.DIVISION, Kind.ANNEX)
_PLAIN_HEADING = re.compile(r"[^*\n]+")
_RUN_IN = re.compile(r"\*\*[^*]+\.\*\*( |$)")
_MARKS = {Kind.RECITAL: "A.", Kind.BULLET: "-", Kind.DEFINITION: ":"}


def to_source(tree: ClauseTree, *, slug: str, version: str, summary: str) -> str:
    """Write a tree as a template without options; `template_reading.read` gives the same tree back.

    Rows of generated nodes are left out: they are made anew. Raises Invalid where the tree holds
    what a template can't say: a label that was given, a hard line break, rows with keys of their
    own, a clause after the parts of the text.
    """
    body = "\n\n".join(_root(tree.clauses))
    return f"+++\n{_front(tree, slug, version, summary)}+++\n# {_line(tree.title)}\n\n{body}\n"


def _front(tree: ClauseTree, slug: str, version: str, summary: str) -> str:
    names = placeholders.listed(tree)
    texts = {
        "slug": slug,
        "version": version,
        "title": tree.title,
        "scenario": slug,
        "language": tree.language,
        "numbering": str(tree.numbering),
        "summary": summary,
    }
    lines = [f"{name} = {_toml(value)}" for name, value in texts.items()]
    lines.append('changelog = ["Written from an agreement."]')
    roles = dict.fromkeys(name.partition(".")[0] for name in names if "." in name)
    lines += _entries("roles", [{"name": role, "label": role, "max": 1} for role in roles])
    own = [name for name in names if "." not in name]
    lines += _entries("variables", [{"name": name, "label": name} for name in own])
    return "\n".join(lines) + "\n"


def _entries(name: str, entries: Sequence[Mapping[str, str | int]]) -> list[str]:
    if not entries:
        return []
    rows = (", ".join(f"{k} = {_toml(v)}" for k, v in entry.items()) for entry in entries)
    return [f"{name} = [", *(f"  {{ {row} }}," for row in rows), "]"]


def _toml(value: str | int) -> str:
    """A basic string or a number of TOML, which a JSON string of printable text always is."""
    return json.dumps(value, ensure_ascii=False)


def _root(clauses: Sequence[Clause]) -> Iterator[str]:
    first = next((at for at, c in enumerate(clauses) if c.kind in _PARTS), len(clauses))
    yield from _below(clauses[:first], "##")
    for part in clauses[first:]:
        if part.kind not in _PARTS:
            raise Invalid("A template can't say that {key} follows the parts.", key=part.key)
        opening = "Annex: " if part.kind is Kind.ANNEX else ""
        yield f"# {opening}{_line(part.heading)} {{#{part.key}}}"
        yield from _below(part.children, "##")


def _below(clauses: Sequence[Clause], mark: str) -> Iterator[str]:
    """What stands under a heading: first blocks, then the clauses with headings of their own."""
    at = len(clauses)
    while mark and at and _is_headed(clauses[at - 1]):
        at -= 1
    for clause in clauses[:at]:
        yield from _block(clause, 0)
    for clause in clauses[at:]:
        yield f"{mark} {_line(clause.heading)} {{#{clause.key}}}"
        yield from _below(clause.children, "###" if mark == "##" else "")


def _is_headed(clause: Clause) -> bool:
    return clause.kind is Kind.CLAUSE and bool(clause.heading) and not clause.text


def _block(clause: Clause, indent: int) -> Iterator[str]:
    """One block and, indented, what stands below it."""
    if clause.number is not None:
        raise Invalid("A template can't keep the given label of {key}.", key=clause.key)
    pad = " " * STEP * indent
    if clause.kind is Kind.TABLE:
        yield "\n".join(pad + line for line in _table(clause))
        return
    if clause.kind is Kind.VERBATIM:
        yield "\n".join((f"{pad}```{{#{clause.key}}}", *_fenced(clause, pad), f"{pad}```"))
        return
    if clause.kind is Kind.GENERATED:
        if clause.key != clause.text:
            raise Invalid("A template can't give {key} a key of its own.", key=clause.key)
        yield f"{pad}{{{{{clause.text}}}}}"
        return
    yield pad + _opening(clause)
    for child in clause.children:
        yield from _block(child, indent + 1)


def _opening(clause: Clause) -> str:
    text = _line(clause.text)
    if clause.kind is Kind.DEFINITION:
        text = f"**{_heading(clause)}** {text}"
    elif clause.kind is Kind.CLAUSE and clause.heading:
        text = f"**{_heading(clause)}.** {text}".rstrip()
    elif clause.kind is Kind.CLAUSE and _RUN_IN.match(text):
        raise Invalid("The bold opening of {key} would be read as a heading.", key=clause.key)
    mark = _MARKS.get(clause.kind, "" if clause.kind is Kind.PARA else "1.")
    return f"{mark} {{#{clause.key}}} {text}".strip()


def _table(table: Clause) -> Iterator[str]:
    yield f"Table: {_line(table.heading)} {{#{table.key}}}".replace("  ", " ")
    for at, row in enumerate(table.children, 1):
        if row.key != f"{table.key}-{at}":
            raise Invalid("A template can't give the row {key} a key of its own.", key=row.key)
        yield f"| {_line(row.text)} |"


def _fenced(clause: Clause, pad: str) -> Iterator[str]:
    for line in clause.text.split("\n"):
        if line.strip() == "```":
            raise Invalid("A template can't hold the fence within {key}.", key=clause.key)
        yield pad + line if line else ""


def _heading(clause: Clause) -> str:
    if not _PLAIN_HEADING.fullmatch(clause.heading):
        raise Invalid("A template can't say the marks in the heading of {key}.", key=clause.key)
    return clause.heading


def _line(text: str) -> str:
    if "\n" in text:
        raise Invalid("A template can't hold the line break in “{words}”.", words=text[:40])
    return text
