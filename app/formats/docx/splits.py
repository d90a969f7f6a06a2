"""One paragraph that became two, or two that became one: shown as Word shows it, by the mark.

The words stay untouched; only the mark between the two paragraphs comes or goes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.domain.changes import Change, RedlineNode, new_words, old_words
from app.domain.clauses import Kind

_KINDS = frozenset({Kind.CLAUSE, Kind.PARA, Kind.BULLET, Kind.RECITAL})


@dataclass(frozen=True, slots=True)
class Cut:
    """What happens to the mark at the end of a paragraph, and by whom."""

    change: Literal["ins", "del"]
    by: tuple[int, ...]


def with_cuts(nodes: Iterable[RedlineNode]) -> Iterator[tuple[RedlineNode, Cut | None]]:
    """Siblings in their order, each with the cut at its end, if there is one.

    Around a cut the nodes no longer say that words went from one and came to the other.
    """
    held = list(nodes)
    at = 0
    while at < len(held):
        pair = _split(held[at], held[at + 1]) if at + 1 < len(held) else None
        if pair is None:
            yield held[at], None
            at += 1
            continue
        first, second, cut = pair
        yield first, cut
        yield second, None
        at += 2


def _split(first: RedlineNode, second: RedlineNode) -> tuple[RedlineNode, RedlineNode, Cut] | None:
    """Two neighbours as halves of one paragraph, where they are."""
    if first.change != "text" or second.change not in {"insert", "delete"}:
        return None
    if not _may_be_halves(first, second):
        return None
    last = first.text[-1]
    comes = second.change == "insert"
    if not isinstance(last, Change) or last.op != ("-" if comes else "+"):
        return None
    words = (new_words if comes else old_words)(second.text)
    if not words or last.text.lstrip() != words or not _stays(first.text):
        return None
    gap = last.text[: len(last.text) - len(words)]
    between = (replace(last, text=gap),) if gap else ()
    return (
        replace(first, text=(*first.text[:-1], *between)),
        replace(second, change="same", text=(Change("=", words, words),)),
        Cut("ins" if comes else "del", second.by or last.by),
    )


def _may_be_halves(first: RedlineNode, second: RedlineNode) -> bool:
    plain = not (first.children or second.children or second.heading)
    numbered = any((first.number, first.old_number, second.number, second.old_number))
    return (
        first.kind is second.kind
        and first.kind in _KINDS
        and plain
        and not numbered
        and bool(first.text)
    )


def _stays(parts: Sequence[object]) -> bool:
    """Whether something of the first half stands on both sides."""
    return any(isinstance(one, Change) and one.op == "=" and one.text.strip() for one in parts)
