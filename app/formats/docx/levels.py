"""How deep each paragraph of a Word file stands, told by its list, its heading and its indent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.imported import Foreign, Seen
from app.formats.docx.numbering_reader import Listed


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph or a table with all its rows, before it is known in which items it stands."""

    seen: Seen
    text: str = ""
    heading: int = 0
    listed: Listed | None = None
    indent: int = 0
    rows: tuple[str, ...] = ()


def levelled(parts: Sequence[Part]) -> Iterator[Foreign]:
    """The parts as pieces that know in how many list items they stand."""
    levels = _levels(parts)
    needed = _needed(parts, levels)
    for part, level, need in zip(parts, levels, needed, strict=True):
        if part.seen is Seen.HEADING:
            ordered = part.listed is not None and part.listed.ordered
            yield Foreign(Seen.HEADING, part.text, part.heading, ordered=ordered)
        elif part.seen is Seen.ITEM:
            ordered = part.listed is not None and part.listed.ordered
            yield Foreign(Seen.ITEM, part.text, level, ordered=ordered)
        else:
            yield Foreign(part.seen, part.text, max(level, need))
            yield from (Foreign(Seen.ROW, row, max(level, need)) for row in part.rows)


def _levels(parts: Sequence[Part]) -> list[int]:
    """For items how many items they stand in, for others how many their indent says."""
    items: list[Listed] = []
    found: list[int] = []
    for part in parts:
        if part.seen is Seen.HEADING:
            items = []
            found.append(0)
        elif part.seen is Seen.ITEM and part.listed:
            while items and not _is_below(items[-1], part.listed):
                items.pop()
            found.append(len(items))
            items.append(part.listed)
        else:
            found.append(sum(1 for item in items if 0 < item.indent <= part.indent))
    return found


def _is_below(above: Listed, item: Listed) -> bool:
    """In the same list by its level, in another by its indent."""
    if above.list_id == item.list_id:
        return item.level > above.level
    return item.indent > above.indent


def _needed(parts: Sequence[Part], levels: Sequence[int]) -> list[int]:
    """How many items must stay open, because the next item stands in them."""
    found: list[int] = []
    need = 0
    for part, level in zip(reversed(parts), reversed(levels), strict=True):
        if part.seen is Seen.HEADING:
            need = 0
        elif part.seen is Seen.ITEM:
            need = level
        found.append(need)
    return found[::-1]
