"""Changes in a returned file that were made within an amendment that is tracked in it.

On the text alone they have no place: the words they change are the amendment's. They are told on
the text with that amendment, so they can become an amendment to it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain import operations, prose, roundtrip
from app.domain.amendments import Amendment
from app.domain.clauses import ClauseTree
from app.domain.consolidation import consolidate
from app.domain.operations import InsertClause
from app.domain.returned import Carried, Paragraph, Piece, ReturnedDocument, taken
from app.domain.returned_fates import is_of
from app.domain.returned_halves import Bit, Half, Sayings, changed
from app.domain.returned_lines import is_typed_alike
from app.domain.roundtrip import Item, Returned


@dataclass(frozen=True)
class Within:
    """What a file would change in one amendment: `items` of `returned`, a look at it with that."""

    number: int
    returned: Returned
    items: tuple[Item, ...]

    def seen(self) -> Returned:
        """The look with nothing but what was changed in the amendment."""
        return replace(self.returned, items=self.items)


@dataclass(frozen=True)
class Copy:
    """A file that came back, the text it was taken from, and what it held of amendments.

    `new_keys`, `blanks`, `known`: as for `roundtrip.compare`; `accepted` in Word are text.
    """

    document: ReturnedDocument
    base: ClauseTree
    held: Mapping[Carried, Amendment]
    accepted: Sequence[Amendment]
    new_keys: Sequence[str]
    blanks: Mapping[str, str]
    known: Collection[tuple[str, str]]


def within(copy: Copy, halves: Mapping[int, Half], said: Sayings) -> Iterator[Within]:
    """For each amendment that stands by itself, what was changed in it."""
    amended = {one.primary for one in copy.held.values()}
    settled = {one.number for one in copy.accepted}
    new = frozenset(
        at
        for at, one in enumerate(copy.document.revisions)
        if (one.author, one.date) not in copy.known
    )
    fresh = [one for one in copy.document.paragraphs if not new.isdisjoint(_revisions(one))]
    for carried, one in copy.held.items():
        if one.primary is not None or one.number in amended | settled:
            continue
        half = halves.get(one.number)
        inside = _inside(copy.document, carried, fresh, new)
        silent = _silent(copy.base, one, said)
        if inside or silent or (half and half.left):
            returned = _seen(copy, carried, one)
            left = half.left if half else ()
            items = tuple(
                item
                for item in returned.items
                if item.revisions & inside
                or (not item.tracked and (item.clause in silent or _is_of(returned, item, left)))
            )
            if items:
                yield Within(one.number, returned, items)


def outside(main: Returned, found: Sequence[Within], halves: Mapping[int, Half]) -> Returned:
    """The look at the text without what is told of amendments: changes in them, parts of them."""
    inside = frozenset(at for one in found for item in one.items for at in item.revisions)
    parts = [bit for half in halves.values() for bit in half.taken]
    items = tuple(
        item
        for item in main.items
        if not item.revisions & inside and (item.tracked or not _is_of(main, item, parts))
    )
    return replace(main, items=items)


def _seen(copy: Copy, carried: Carried, one: Amendment) -> Returned:
    """The file as a copy of the text with one amendment in it."""
    base = consolidate(copy.base, [*copy.accepted, one]).preview
    document = taken(copy.document, lambda revision: is_of(carried, revision))
    return roundtrip.compare(document, base, copy.new_keys, blanks=copy.blanks, known=copy.known)


def _is_of(returned: Returned, item: Item, bits: Collection[Bit]) -> bool:
    """Whether an untracked change is no more than some parts of an amendment, taken or left."""
    if item.kind != "insert":
        return any(bit.clause == item.clause for bit in bits)
    texts = {bit.text for bit in bits}
    steps = returned.operations([item.number])
    return all(
        isinstance(step, InsertClause) and prose.plain(step.node.text or step.node.heading) in texts
        for step in steps
    )


def _silent(base: ClauseTree, one: Amendment, said: Sayings) -> frozenset[str]:
    """New clauses of an amendment that the file has with other words, untracked ones."""
    keys = [key for key in operations.touched(one.operations) if key not in base.nodes]
    if not any(key in said.amended for key in keys):
        return frozenset()
    return frozenset(
        key
        for key, (was, is_now) in changed(base, one).items()
        if was is None
        and is_now is not None
        and key in said.amended
        and not is_typed_alike(said.amended[key], is_now.text)
    )


def _revisions(paragraph: Paragraph) -> Iterator[int]:
    yield from paragraph.mark
    for piece in paragraph.pieces:
        yield from piece.revisions


def _inside(
    document: ReturnedDocument, carried: Carried, fresh: Sequence[Paragraph], new: frozenset[int]
) -> frozenset[int]:
    """The new changes that stand in words, or clauses, which an amendment brings.

    `fresh`: the paragraphs that any of the `new` changes stands in.
    """
    own = frozenset(
        at
        for at, one in enumerate(document.revisions)
        if one.change in {"ins", "moveTo"} and is_of(carried, one)
    )
    return frozenset(at for paragraph in fresh for at in _inside_of(paragraph, own, new))


def _inside_of(paragraph: Paragraph, own: frozenset[int], new: frozenset[int]) -> Iterator[int]:
    if own.intersection(paragraph.mark):
        yield from new.intersection(one for p in paragraph.pieces for one in p.revisions)
        return
    pieces = [piece for piece in paragraph.pieces if piece.text]
    for at, piece in enumerate(pieces):
        changes = new.intersection(piece.revisions)
        if changes and (
            own.intersection(piece.revisions)
            or (_next(pieces[:at][::-1], new, own) and _next(pieces[at + 1 :], new, own))
        ):
            yield from changes
    if any(own.intersection(piece.revisions) for piece in pieces):
        yield from new.intersection(paragraph.mark)


def _next(pieces: Sequence[Piece], new: frozenset[int], own: frozenset[int]) -> bool:
    """Whether the nearest words that are not new are the amendment's."""
    for piece in pieces:
        if own.intersection(piece.revisions):
            return True
        if not new.intersection(piece.revisions):
            return False
    return False
