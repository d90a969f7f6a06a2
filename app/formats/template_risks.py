"""The risk table beside a template: what each actor gains, pays and risks, and what answers it."""

import tomllib
from dataclasses import dataclass
from typing import Any

from app.formats.template_document import TemplateDocument, TemplateError

KINDS = ("gain", "cost", "risk")
_FIELDS = frozenset({"actor", "kind", "text", "clauses", "left"})


@dataclass(frozen=True)
class Risk:
    """One row: `kind` is gain, cost or risk; `clauses` are ids; `left` is what they leave open."""

    actor: str
    kind: str
    text: str
    clauses: tuple[str, ...] = ()
    left: str = ""


def read_risks(text: str, name: str = "") -> tuple[Risk, ...]:
    """Read a risk table. Raises TemplateError with the line of the row that does not fit."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(name, 1, "This is not TOML: {why}.", why=str(error)) from error
    rows = data.get("rows", [])
    if set(data) - {"rows"} or not isinstance(rows, list):
        raise TemplateError(name, 1, "A risk table holds [[rows]] and nothing else.")
    lines = [at for at, line in enumerate(text.split("\n"), 1) if line.strip() == "[[rows]]"]
    return tuple(
        _row(row, name, lines[at] if at < len(lines) else 1) for at, row in enumerate(rows)
    )


def _row(row: dict[str, Any], name: str, line: int) -> Risk:
    if odd := set(row) - _FIELDS:
        raise TemplateError(name, line, "{field} is not known in a row.", field=min(odd))
    for field in ("actor", "text"):
        if not isinstance(row.get(field), str) or not row[field].strip():
            raise TemplateError(name, line, "A row needs {field}, in words.", field=field)
    if row.get("kind") not in KINDS:
        raise TemplateError(name, line, "The kind of a row is gain, cost or risk.")
    clauses = row.get("clauses", [])
    if not isinstance(clauses, list) or not all(isinstance(id_, str) for id_ in clauses):
        raise TemplateError(name, line, "clauses is a list of clause ids.")
    return Risk(row["actor"], row["kind"], row["text"], tuple(clauses), str(row.get("left", "")))


def check_risks(text: str, name: str, document: TemplateDocument) -> tuple[Risk, ...]:
    """Read a risk table and refuse a row that names a clause the template does not have."""
    risks = read_risks(text, name)
    known = {*document.keys, *document.keys.values()}
    lines = text.split("\n")
    for risk in risks:
        for id_ in risk.clauses:
            if id_ not in known:
                quoted = f'"{id_}"'
                line = next((at for at, words in enumerate(lines, 1) if quoted in words), 1)
                raise TemplateError(name, line, "The template has no clause {clause}.", clause=id_)
    return risks
