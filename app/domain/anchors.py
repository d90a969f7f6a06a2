"""Where a comment points: words of a clause of one version, found again in the next."""

from dataclasses import dataclass, replace
from typing import Literal

from app.domain import provenance, text_diff, tokens
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.provenance import Part
from app.kernel.errors import Invalid

CONTEXT = 32
"""How many code points around the quote are kept."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words of the plain heading or text of a clause, in code points, with the words around them.

    Start and end 0 and no quote: the whole clause.
    """

    version: str
    clause: str
    part: Part = "text"
    start: int = 0
    end: int = 0
    quote: str = ""
    prefix: str = ""
    suffix: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it points at the clause rather than at words of it."""
        return self.end == 0


@dataclass(frozen=True, slots=True)
class Carried:
    """An anchor in the next version.

    `text changed`: the clause stands, the quoted words don't; the old quote is kept. `clause gone`:
    it points at the former neighbour (no clause: the agreement), the old quote is kept.
    """

    anchor: Anchor
    state: Literal["same", "moved", "text changed", "clause gone"]


def anchor(
    tree: ClauseTree, version: str, key: str, part: Part = "text", start: int = 0, end: int = 0
) -> Anchor:
    """Point at words of a clause, or with 0 and 0 at the whole of it.

    Raises Conflict where there is no such clause, Invalid where there are no such words.
    """
    node = tree.find(key)
    if start == end == 0:
        return Anchor(version, key, part)
    words = provenance.plain_part(node, part)
    if not 0 <= start < end <= len(words):
        raise Invalid("These words aren't in the clause. Select them again.", field="quote")
    return _at(Anchor(version, key, part), words, start, end)


def carry(held: Anchor, old: ClauseTree, new: ClauseTree, version: str) -> Carried:
    """Find again in `new` what an anchor on `old` points at, through what changed between them."""
    node = new.nodes.get(held.clause)
    if node is None:
        return Carried(_at_neighbour(held, old, new, version), "clause gone")
    if held.is_whole:
        return Carried(replace(held, version=version), "same")
    before = old.find(held.clause)
    words = provenance.plain_part(node, held.part)
    if provenance.plain_part(before, held.part) == words:
        return Carried(replace(held, version=version), "same")
    start, end = _moved(held, before, node)
    if end <= start or words[start:end] != held.quote:
        found = _quoted_once(held, words)
        if found is None:
            changed = replace(held, version=version, start=min(start, len(words)))
            return Carried(
                replace(changed, end=max(changed.start, min(end, len(words)))), "text changed"
            )
        start, end = found, found + len(held.quote)
    moved = _at(replace(held, version=version), words, start, end)
    return Carried(moved, "same" if start == held.start else "moved")


def _at(held: Anchor, words: str, start: int, end: int) -> Anchor:
    return replace(
        held,
        start=start,
        end=end,
        quote=words[start:end],
        prefix=words[max(0, start - CONTEXT) : start],
        suffix=words[end : end + CONTEXT],
    )


def _moved(held: Anchor, before: Clause, after: Clause) -> tuple[int, int]:
    """Where the quoted stretch lies after the edits of its heading or text."""
    verbatim = held.part == "text" and before.kind is Kind.VERBATIM
    old, new = (
        (before.heading, after.heading) if held.part == "heading" else (before.text, after.text)
    )
    was = tokens.read(old, verbatim=verbatim).words
    now = tokens.read(new, verbatim=verbatim).words
    places = tokens.offsets(was)
    new_places = tokens.offsets(now)
    start, end = held.start, held.end
    shift_start = shift_end = 0
    # The raw changes, not the cleaned ones: an unchanged word keeps its comment.
    for swap in text_diff.swaps(was, now):
        first, last = places[swap.start], places[swap.end]
        grown = new_places[swap.new_end] - new_places[swap.new_start] - (last - first)
        if last <= start:
            shift_start += grown
        if last <= end and first < end:
            shift_end += grown
        elif first < end:
            shift_end += max(grown, first - end)
    return start + shift_start, end + shift_end


def _quoted_once(held: Anchor, words: str) -> int | None:
    """Where exactly the quoted words stand, if they stand there just once."""
    return words.index(held.quote) if words.count(held.quote) == 1 else None


def _at_neighbour(held: Anchor, old: ClauseTree, new: ClauseTree, version: str) -> Anchor:
    """The nearest clause before the one that went, else its parent, else the agreement."""
    place = old.path(held.clause)
    for node in reversed(place):
        siblings = [one.key for one in old.children_of(old.parents[node.key])]
        before = siblings[: siblings.index(node.key)]
        for key in (*reversed(before), old.parents[node.key]):
            if key is not None and key in new.nodes:
                return replace(held, version=version, clause=key, start=0, end=0)
    return replace(held, version=version, clause="", start=0, end=0)
