"""Which contributions ask for much the same, so that one answer can serve them together.

Without any model of a language: words are compared by how they begin, what nearly everybody says
counts for nothing, and only what is about the same clause is compared at all. A group has a head,
the first who said it; whoever joins is like the head itself, so no chain of small steps leads from
one wish to another. The result depends on nothing but what is given.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

ENOUGH = 0.45
"""The share of words in common from which two contributions are alike*."""

ENOUGH_QUOTED = 0.2
"""The same where both quote the same words*."""

CLOSE = 70
"""How like they must read as a whole, of 100, where few words decide*."""

_STEM = 6
_SHORTEST = 3
_COMMON = 0.25
_FEW = 8
_MOST_SHARED = 4
_MOST_HEADS = 300
_FIGURES = re.compile(r"\d+")
_WORD = re.compile(r"\w+(?:[’']\w+)*")
_SAID_BY_ALL = (
    "about above after again against all also although always among and another any are because "
    "been before being below between both but can cannot could did does doing don down during each "
    "either else even every few for from further had has have having here how however into its "
    "itself just let may might more most much must neither nor not now off once one only other our "
    "out over own please same see shall she should since some still such than that the their them "
    "then there these they this those through thus too under until upon very was way well were "
    "what when where whether which while who whom whose why will with within without would yet you "
    "your agree agrees agreed think believe propose suggest hub hubs clause article text "
    "replaces deletes inserts moves"
)
_EVERYDAY = frozenset(_SAID_BY_ALL.split())


@dataclass(frozen=True)
class Said:
    """One contribution: its number, the clause it is about, what it says, what it points at.

    `start` and `end` are where the words it quotes stand in the clause; equal where it quotes none.
    """

    number: str
    clause: str | None
    words: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Alike:
    """Contributions that go together: the head, the others in their order, what they share.

    `quoted`: all of them point at the same words of the clause.
    """

    head: str
    others: tuple[str, ...]
    shared: tuple[str, ...]
    quoted: bool

    @property
    def numbers(self) -> tuple[str, ...]:
        """All of them, the head first."""
        return (self.head, *self.others)


@lru_cache(maxsize=8)
def alike(said: tuple[Said, ...]) -> tuple[Alike, ...]:
    """Group what is alike, in the order of the heads; what stands alone is in no group.

    The last eight results are kept: a list of the desk is asked for again and again.
    """
    by_clause: defaultdict[str | None, list[Said]] = defaultdict(list)
    for one in said:
        by_clause[one.clause].append(one)
    common = _common(said)
    places = {one.number: at for at, one in enumerate(said)}
    found = [
        group for held in by_clause.values() for group in _groups(held, common) if group.others
    ]
    return tuple(sorted(found, key=lambda group: places[group.head]))


def arranged(said: Sequence[Said], marks: Mapping[str, str]) -> tuple[Alike, ...]:
    """The same, with what people said about it on top.

    `marks` give by number the contribution that one goes with, "" where it stands alone.
    """
    free = tuple(one for one in said if one.number not in marks)
    groups = {group.head: group for group in alike(free)}
    heads = {number: group.head for group in groups.values() for number in group.numbers}
    known = {one.number for one in said}
    joined: defaultdict[str, list[str]] = defaultdict(list)
    for number in (one.number for one in said if marks.get(one.number)):
        if (head := _led_to(number, marks, heads)) in known and head != number:
            joined[head].append(number)
    for head, numbers in joined.items():
        group = groups.get(head, Alike(head, (), (), quoted=False))
        groups[head] = Alike(head, (*group.others, *numbers), group.shared, quoted=False)
    places = {one.number: at for at, one in enumerate(said)}
    return tuple(sorted(groups.values(), key=lambda group: places[group.head]))


def _led_to(number: str, marks: Mapping[str, str], heads: Mapping[str, str]) -> str:
    """The head of the group in which a contribution was put, mark by mark; never in a circle."""
    seen = {number}
    here = marks[number]
    while marks.get(here) and here not in seen:
        seen.add(here)
        here = marks[here]
    return heads.get(here, here)


@dataclass(frozen=True)
class _Read:
    """A contribution as it is compared: its stems as the bits of a number."""

    said: Said
    bits: int
    size: int


def _groups(held: Sequence[Said], common: frozenset[str]) -> Iterator[Alike]:
    """Everybody joins the head they are most like; who is like none becomes a head.

    Behind the first 300 heads of one clause nobody becomes a head any more: it bounds the time.
    """
    letters: dict[str, int] = {}
    heads: list[_Read] = []
    below: dict[str, list[_Read]] = {}
    for said in held:
        read = _read(said, common, letters)
        best = max(
            ((near, -at) for at, head in enumerate(heads) if (near := _nearness(head, read))),
            default=None,
        )
        if best is None and len(heads) < _MOST_HEADS:
            heads.append(read)
            below[said.number] = []
        elif best is not None:
            below[heads[-best[1]].said.number].append(read)
    names = {at: stem for stem, at in letters.items()}
    for head in heads:
        others = below[head.said.number]
        yield Alike(
            head.said.number,
            tuple(read.said.number for read in others),
            _shared(head, others, names),
            all(_overlap(head.said, read.said) for read in others),
        )


def _read(said: Said, common: frozenset[str], letters: dict[str, int]) -> _Read:
    stems = dict.fromkeys(stem for stem, _ in _stems(said.words) if stem not in common)
    bits = 0
    for stem in stems:
        bits |= 1 << letters.setdefault(stem, len(letters))
    return _Read(said, bits, len(stems))


def _nearness(one: _Read, other: _Read) -> float:
    """How alike two are, from 0; 0 where it is not enough to go together."""
    both = (one.bits & other.bits).bit_count()
    if not both:
        return 0.0
    if _apart(one.said, other.said):
        return 0.0
    share = 2 * both / (one.size + other.size)
    quoted = _overlap(one.said, other.said)
    if share < (ENOUGH_QUOTED if quoted else ENOUGH):
        return 0.0
    if not quoted and min(one.size, other.size) < _FEW and not _read_alike(one.said, other.said):
        return 0.0
    return share + quoted


def _read_alike(one: Said, other: Said) -> bool:
    """Whether few words say the same: with the same figures, and close as a whole."""
    if set(_FIGURES.findall(one.words)) != set(_FIGURES.findall(other.words)):
        return False
    return fuzz.token_set_ratio(one.words.casefold(), other.words.casefold()) >= CLOSE


def _apart(one: Said, other: Said) -> bool:
    """Whether both point at words, and at none in common: they want two things."""
    points = one.start < one.end and other.start < other.end
    return points and min(one.end, other.end) <= max(one.start, other.start)


def _overlap(one: Said, other: Said) -> bool:
    """Whether both quote the same words, or mostly."""
    both = min(one.end, other.end) - max(one.start, other.start)
    either = max(one.end, other.end) - min(one.start, other.start)
    return both > 0 and 2 * both >= either


def _common(said: Iterable[Said]) -> frozenset[str]:
    """What so many say that it tells nobody apart."""
    held = [frozenset(stem for stem, _ in _stems(one.words)) for one in said]
    counted = Counter(stem for stems in held for stem in stems)
    return frozenset(
        stem for stem, many in counted.items() if many > max(_FEW, _COMMON * len(held))
    )


def _stems(words: str) -> Iterator[tuple[str, str]]:
    """The words that mean something, each by how it begins and as it is written."""
    for word in _WORD.findall(words.casefold()):
        if word not in _EVERYDAY and (len(word) >= _SHORTEST or word.isdigit()):
            yield word[:_STEM], word


def _shared(head: _Read, others: Sequence[_Read], names: Mapping[int, str]) -> tuple[str, ...]:
    """Words of the head that all the others have too, as the head wrote them."""
    bits = head.bits
    for other in others:
        bits &= other.bits
    stems = {stem for at, stem in names.items() if bits >> at & 1}
    written: dict[str, str] = {}
    for stem, word in _stems(head.said.words):
        if stem in stems:
            written.setdefault(stem, word)
    return tuple(written.values())[:_MOST_SHARED]
