"""Which paragraphs of the file with changes taken go on from which of the file with none taken."""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from operator import lt

from app.domain import alignment, placement, prose
from app.domain.returned import ReturnedDocument, View
from app.domain.returned_words import Unit

Side = tuple[Sequence[Unit], View, Sequence[str]]
"""The units of a view, the view, and what each unit says."""


@dataclass
class Pairing:
    """What goes on from what.

    By place in the accepted file: `keys` of clauses that go on, `split` of those cut off from one,
    `moved` for those that stand elsewhere. By key: `joined` into which other, `said` in the file
    before any change, `units` the paragraphs behind it, `left` of what is gone, `elsewhere` for
    those whose words went in one place and came in another.
    """

    keys: dict[int, str] = field(default_factory=dict)
    split: dict[int, str] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)
    joined: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    left: dict[str, Unit] = field(default_factory=dict)
    elsewhere: set[str] = field(default_factory=set)


def paired(
    document: ReturnedDocument,
    before: Side,
    after: Side,
    keys: Mapping[int, str],
    order: Sequence[str],
    same: Mapping[int, int],
) -> Pairing:
    """Pair both views. `keys`: which clauses the units before are; `order`: all of the text.

    `same`: the `same_units` of both views.
    """
    found = Pairing(said={key: before[2][at] for at, key in keys.items()})
    found.keys = {at: keys[was] for at, was in same.items() if was in keys}
    everywhere = frozenset(same.values())
    used = {*everywhere.intersection(keys)}
    owner = _owners(before[0], everywhere)
    shared = _shared(document, before, after, owner, same)
    best = _best(shared)
    for at, counts in shared.items():
        _go_on(found, at, counts, keys, used, best)
    _find_moved(found, before, after, keys, used)
    _find_out_of_order(found, order)
    _find_units(found, before[0], after[0], keys, owner, same)
    found.left = {key: before[0][at] for at, key in keys.items() if at not in used}
    return found


def same_units(before: Sequence[Unit], after: Sequence[Unit]) -> dict[int, int]:
    """For units that consist of the same paragraphs in both views, by place after, that before."""
    places = {unit.paragraphs[0]: was for was, unit in enumerate(before)}
    return {
        at: was
        for at, unit in enumerate(after)
        if (was := places.get(unit.paragraphs[0])) is not None and before[was] == unit
    }


def _owners(units: Sequence[Unit], same: Container[int]) -> dict[int, int]:
    """The unit of each paragraph; of units that are the same in both views none is asked for."""
    return {
        one: number
        for number, unit in enumerate(units)
        if number not in same
        for one in unit.paragraphs
    }


def _find_units(
    found: Pairing,
    before: Sequence[Unit],
    after: Sequence[Unit],
    keys: Mapping[int, str],
    was: Mapping[int, int],
    same: Mapping[int, int],
) -> None:
    """The paragraphs behind each clause: of both views, where no other unit has them."""
    place = {key: at for at, key in keys.items()}
    came = _owners(after, same)
    for at, key in found.keys.items():
        unit = after[at]
        if at not in same and at not in found.moved and unit != before[place[key]]:
            old = place[key]
            members = sorted({*unit.paragraphs, *before[old].paragraphs})
            unit = Unit(
                tuple(
                    one for one in members if came.get(one, at) == at and was.get(one, old) == old
                ),
                unit.row,
            )
        found.units[key] = unit


def _shared(
    document: ReturnedDocument,
    before: Side,
    after: Side,
    owner: Mapping[int, int],
    same: Mapping[int, int],
) -> dict[int, dict[int, int]]:
    """How many characters each unit after has of each unit before; 0 where only a mark is left.

    Units of the same paragraphs in both are left out: no other one has any of these.
    """
    found: dict[int, dict[int, int]] = {}
    for number, unit in enumerate(after[0]):
        if number in same:
            continue
        counts: dict[int, int] = defaultdict(int)
        for at in unit.paragraphs:
            was = owner.get(at)
            if was is None:
                continue
            pieces = document.paragraphs[at].pieces
            count = sum(
                len(piece.text.strip())
                for piece in pieces
                if before[1].shows(piece.revisions) and after[1].shows(piece.revisions)
            )
            mark = at == unit.paragraphs[-1] == before[0][was].paragraphs[-1] or unit.row >= 0
            if count or mark:
                counts[was] += count
        found[number] = dict(counts)
    return found


def _best(shared: Mapping[int, Mapping[int, int]]) -> dict[int, int]:
    """For each unit before the unit after that has the most of it."""
    found: dict[int, tuple[int, int]] = {}
    for at, counts in shared.items():
        for was, count in counts.items():
            if was not in found or count > found[was][0]:
                found[was] = (count, at)
    return {was: at for was, (_, at) in found.items()}


def _go_on(
    found: Pairing,
    at: int,
    counts: Mapping[int, int],
    keys: Mapping[int, str],
    used: set[int],
    best: Mapping[int, int],
) -> None:
    """Say what one unit after goes on from, is cut off from, and takes in."""
    held = [was for was in sorted(counts) if was in keys]
    heavy = [was for was in held if counts[was]]
    free = [was for was in heavy if was not in used] or [
        was for was in held if was not in used and not heavy
    ]
    if free:
        first, *others = free
        found.keys[at] = keys[first]
        used.add(first)
        for was in others:
            if best[was] == at and counts[was]:
                found.joined[keys[was]] = keys[first]
                used.add(was)
    elif heavy:
        found.split[at] = keys[heavy[0]]


def _find_moved(
    found: Pairing, before: Side, after: Side, keys: Mapping[int, str], used: set[int]
) -> None:
    """Pair what went in one place with what came in another, by its words."""
    gone = [at for at in keys if at not in used]
    come = [
        at
        for at in range(len(after[0]))
        if at not in found.keys and at not in found.split and after[2][at]
    ]
    for rows in (False, True):
        old = [at for at in gone if (before[0][at].row >= 0) is rows]
        new = [at for at in come if (after[0][at].row >= 0) is rows]
        said = [prose.plain(before[2][at]) for at in old]
        pairs = alignment.moved(said, [prose.plain(after[2][at]) for at in new])
        for come_at, gone_at in pairs.items():
            found.keys[new[come_at]] = keys[old[gone_at]]
            found.moved.add(new[come_at])
            found.elsewhere.add(keys[old[gone_at]])
            used.add(old[gone_at])


def _find_out_of_order(found: Pairing, order: Sequence[str]) -> None:
    """What stands in another order than in the text was moved, too."""
    place_of = {key: at for at, key in enumerate(order)}
    here = [(at, place_of[key]) for at, key in sorted(found.keys.items()) if at not in found.moved]
    places = [place for _, place in here]
    if all(map(lt, places, places[1:])):
        return
    kept = set(placement.rising(places))
    found.moved |= {at for number, (at, _) in enumerate(here) if number not in kept}
