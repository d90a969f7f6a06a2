"""What a conflict is about, in a sentence with names: "Kraków deletes this clause, Porto …"."""

from collections.abc import Mapping

from app.domain import references
from app.domain.conflicts import ConflictFound, ConflictKind, Wording
from app.domain.numbering import Label
from app.domain.operations import (
    DeleteClause,
    InsertClause,
    MoveClause,
    ReplaceText,
    SetHeading,
)
from app.kernel.said import Said, counted, listed, said

SHORT: Mapping[ConflictKind, str] = {
    "words": said("the same words"),
    "order": said("the order"),
    "structure": said("two places"),
}
"""What a list says of a conflict in two or three words; see `short`."""


def short(found: ConflictFound) -> str:
    """What a conflict is about in a few words, for a list."""
    return said("delete against edit") if is_deletion(found) else SHORT[found.kind]


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
        if not where or where == references.UNNUMBERED:
            message = said(
                "{everybody} put different clauses at the same place. All of them can stand."
            )
        elif _is_behind(found):
            message = said(
                "{everybody} put different clauses at the same place, behind {where}. All of "
                "them can stand."
            )
        else:
            message = said(
                "{everybody} put different clauses at the same place, in {where}. All of them "
                "can stand."
            )
        return said(message, everybody=everybody, where=where)
    if is_deletion(found):
        goes, stays = found.wordings
        deletes = _several(goes, names, "{names} deletes this clause", "{names} delete this clause")
        return said("{one}; {other}.", one=deletes, other=_kept(stays, names, found))
    places = [
        f"{_names(one, names)} {references.shown(one.text, labels)}" for one in found.wordings
    ]
    return said("The clause can stand at one place only: {places}.", places="; ".join(places))


def _is_behind(found: ConflictFound) -> bool:
    """Whether a place is named by the clause before it rather than by the one around it."""
    return any(
        isinstance(step, InsertClause | MoveClause) and step.after == found.clause
        for step in found.operations
    )


def _words(found: ConflictFound, names: Mapping[int, str]) -> str:
    everybody = listed([_names(one, names) for one in found.wordings])
    if not found.base:
        return said("{everybody} put different words at the same place.", everybody=everybody)
    strikers = [one for one in found.wordings if not one.text]
    writers = [one for one in found.wordings if one.text]
    if strikers and writers:
        others = listed([_names(one, names) for one in writers])
        striker = listed(_who(strikers[0], names))
        told = {"names": striker, "others": others}
        several = len({n for one in writers for n in one.by}) > 1
        if len(_who(strikers[0], names)) == 1 and not several:
            return said("{names} deletes words that {others} replaces.", **told)
        if not several:
            return said("{names} delete words that {others} replaces.", **told)
        if len(_who(strikers[0], names)) == 1:
            return said("{names} deletes words that {others} replace.", **told)
        return said("{names} delete words that {others} replace.", **told)
    return said("{everybody} replace the same words.", everybody=everybody)


def _kept(wording: Wording, names: Mapping[int, str], found: ConflictFound) -> Said:
    """What is done to a clause by those who keep it."""
    clause = found.clause
    for step in found.operations:
        if isinstance(step, ReplaceText) and step.clause == clause:
            return _several(wording, names, "{names} rewrites it", "{names} rewrite it")
        if isinstance(step, SetHeading) and step.clause == clause:
            one, many = "{names} gives it another heading", "{names} give it another heading"
            return _several(wording, names, one, many)
        if isinstance(step, MoveClause) and step.clause == clause:
            return _several(wording, names, "{names} moves it", "{names} move it")
    if any(isinstance(step, InsertClause | MoveClause) for step in found.operations):
        one, many = "{names} puts a clause into it", "{names} put a clause into it"
        return _several(wording, names, one, many)
    one, many = "{names} changes words below it", "{names} change words below it"
    return _several(wording, names, one, many)


def _several(wording: Wording, names: Mapping[int, str], one: str, many: str) -> Said:
    who = _who(wording, names)
    return counted(len(who), one, many, names=listed(who))


def _who(wording: Wording, names: Mapping[int, str]) -> list[str]:
    return list(dict.fromkeys(names.get(number, "") for number in wording.by))


def _names(wording: Wording, names: Mapping[int, str]) -> str:
    return listed([names.get(number, f"amendment {number}") for number in wording.by])
