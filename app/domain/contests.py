"""What a conflict is about, in a sentence with names: "Kraków deletes this clause, Porto …"."""

from collections.abc import Mapping, Sequence

from app.domain import references
from app.domain.conflicts import ConflictFound, ConflictKind, Wording
from app.domain.numbering import Label
from app.domain.operations import (
    DeleteClause,
    InsertClause,
    MoveClause,
    Operation,
    ReplaceText,
    SetHeading,
)

SHORT: Mapping[ConflictKind, str] = {
    "words": "the same words",
    "order": "the order",
    "structure": "two places",
}
"""What a list says of a conflict in two or three words; see `short`."""


def short(found: ConflictFound) -> str:
    """What a conflict is about in a few words, for a list."""
    return "delete against edit" if is_deletion(found) else SHORT[found.kind]


def is_deletion(found: ConflictFound) -> bool:
    """Whether somebody deletes what somebody else keeps."""
    return found.kind == "structure" and any(
        isinstance(step, DeleteClause) for step in found.operations
    )


def told(found: ConflictFound, names: Mapping[int, str], labels: Mapping[str, Label]) -> str:
    """Say what the amendments want. `names` are those behind each amendment, by its number."""
    if found.kind == "words":
        return _words(found, names)
    if found.kind == "order":
        everybody = listed([_names(one, names) for one in found.wordings])
        where = references.label(found.clause, labels) if found.clause in labels else ""
        side = "behind" if _is_behind(found) else "in"
        place = f", {side} {where}" if where and where != references.UNNUMBERED else ""
        return f"{everybody} put different clauses at the same place{place}. All of them can stand."
    if is_deletion(found):
        goes, stays = found.wordings
        kept = _does(stays, names, *_deed(found.clause, found.operations))
        return f"{_does(goes, names, 'deletes', 'delete')} this clause; {kept}."
    places = [
        f"{_names(one, names)} {references.shown(one.text, labels)}" for one in found.wordings
    ]
    return f"The clause can stand at one place only: {'; '.join(places)}."


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them: "Lille, Porto and Tartu"."""
    held = list(dict.fromkeys(names))
    return " and ".join(filter(None, [", ".join(held[:-1]), *held[-1:]]))


def _is_behind(found: ConflictFound) -> bool:
    """Whether a place is named by the clause before it rather than by the one around it."""
    return any(
        isinstance(step, InsertClause | MoveClause) and step.after == found.clause
        for step in found.operations
    )


def _words(found: ConflictFound, names: Mapping[int, str]) -> str:
    everybody = listed([_names(one, names) for one in found.wordings])
    if not found.base:
        return f"{everybody} put different words at the same place."
    strikers = [one for one in found.wordings if not one.text]
    writers = [one for one in found.wordings if one.text]
    if strikers and writers:
        others = listed([_names(one, names) for one in writers])
        verb = "replaces" if len({n for one in writers for n in one.by}) == 1 else "replace"
        return f"{_does(strikers[0], names, 'deletes', 'delete')} words that {others} {verb}."
    return f"{everybody} replace the same words."


def _deed(clause: str, steps: Sequence[Operation]) -> tuple[str, str]:
    """What is done to a clause by those who keep it: for one, and for several."""
    for step in steps:
        if isinstance(step, ReplaceText) and step.clause == clause:
            return "rewrites it", "rewrite it"
        if isinstance(step, SetHeading) and step.clause == clause:
            return "gives it another heading", "give it another heading"
        if isinstance(step, MoveClause) and step.clause == clause:
            return "moves it", "move it"
    if any(isinstance(step, InsertClause | MoveClause) for step in steps):
        return "puts a clause into it", "put a clause into it"
    return "changes words below it", "change words below it"


def _does(wording: Wording, names: Mapping[int, str], one: str, many: str) -> str:
    who = list(dict.fromkeys(names.get(number, "") for number in wording.by))
    return f"{listed(who)} {one if len(who) == 1 else many}"


def _names(wording: Wording, names: Mapping[int, str]) -> str:
    return listed([names.get(number, f"amendment {number}") for number in wording.by])
