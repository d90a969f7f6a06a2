"""Defined terms: which there are, and where a text uses them."""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from app.domain import prose
from app.domain.clauses import Clause, ClauseTree, Kind

_SPACE = re.compile(r"\s")
_NEXT = re.compile(r" ([^\W\d_a-z][\w’'-]*)")
_LAST = re.compile(r"(?<!\w)([^\W\d_a-z][\w’'-]*) $")
_BEGINS = re.compile(r"(?:[.!?:;\n]|[(“\"])\s*$")
_QUOTES = "“”„\"'‘’«»"


def forms(node: Clause) -> tuple[str, ...]:
    """The term a definition defines, and its further forms ("Client; Clients")."""
    parts = (part.strip().strip(_QUOTES).strip() for part in prose.plain(node.heading).split(";"))
    return tuple(part for part in parts if part)


def terms(tree: ClauseTree) -> Mapping[str, str]:
    """Every form of every defined term, with the key of its definition; the first one counts."""
    found: dict[str, str] = {}
    for node in tree.walk():
        if node.kind is Kind.DEFINITION:
            for form in forms(node):
                found.setdefault(form, node.key)
    return found


def defined_twice(tree: ClauseTree) -> tuple[tuple[str, str], ...]:
    """Terms with more than one definition: the form, and the key of each later definition."""
    first = terms(tree)
    return tuple(
        (form, node.key)
        for node in tree.walk()
        if node.kind is Kind.DEFINITION
        for form in forms(node)
        if first[form] != node.key
    )


def occurrences(text: str, terms: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """Where a plain text uses defined terms: start, end, key of the definition.

    Whole words only, the longest term that fits, case as defined.
    """
    if not terms:
        return []
    keys = {_SPACE.sub(" ", form): key for form, key in terms.items()}
    return [
        (match.start(), match.end(), keys[_SPACE.sub(" ", match.group())])
        for match in _pattern(tuple(keys)).finditer(text)
    ]


def uses(text: str, terms: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """The same for readers: without those that are part of a name ("Hub" in "AI Hub Tartu").

    A capital letter right beside a term makes a name of both, unless a sentence begins there or
    that word belongs to another term.
    """
    found = occurrences(text, terms)
    known = {place for start, end, _ in found for place in (start, end)}
    return [one for one in found if not _is_in_name(text, one[0], one[1], known)]


def _is_in_name(text: str, start: int, end: int, known: Collection[int]) -> bool:
    if not text[start].isupper():
        return False
    after = _NEXT.match(text, end)
    if after is not None and after[1][0].isupper() and after.start(1) not in known:
        return True
    before = _LAST.search(text[:start])
    return (
        before is not None
        and before[1][0].isupper()
        and before.end(1) not in known
        and before.start(1) > 0
        and _BEGINS.search(text[: before.start(1)]) is None
    )


@lru_cache(maxsize=64)
def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=len, reverse=True)
    words = "|".join(re.escape(form).replace(r"\ ", r"\s") for form in longest_first)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")
