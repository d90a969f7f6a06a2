"""The one merge: what several sides did to one sequence of tokens, all at once.

Nothing is folded: every side is compared with the base alone, so no result depends on an order.
Agreements use it for the words of a clause, files for the words of a block.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.domain import text_diff, tokens
from app.domain.text_diff import NEAR

Separated = Callable[[int, int], bool]
"""Whether the unchanged base tokens from one place to another keep two changes apart."""


class Change(NamedTuple):
    """Base tokens `start` to `end` become `words` on the sides `by`.

    A `cut` only divides the text there: it meets nothing but a change that spans it.
    """

    start: int
    end: int
    words: tuple[str, ...]
    by: tuple[int, ...]
    cut: bool = False


Made = Mapping[int, Sequence[Change]]
"""The changes of each side that a segment consists of, in order."""


class Kept(NamedTuple):
    """Base tokens that no side changed."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Taken:
    """Base tokens that became `words`; every side that changed them agrees.

    `made` are the changes it consists of, by side.
    """

    start: int
    end: int
    words: tuple[str, ...]
    by: tuple[int, ...]
    made: Made = field(default_factory=dict, compare=False)


class Wording(NamedTuple):
    """What the sides `by` want for the contested base tokens."""

    by: tuple[int, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contested:
    """Base tokens for which the sides want different words; `made` are the changes that meet."""

    start: int
    end: int
    wordings: tuple[Wording, ...]
    made: Made = field(default_factory=dict, compare=False)


Segment = Kept | Taken | Contested


@dataclass(slots=True)
class _Group:
    """Changes that meet each other, so that they stand or fall together."""

    changes: list[Change] = field(default_factory=list)
    start: int = 0
    end: int = 0

    def add(self, changes: Sequence[Change]) -> None:
        if not self.changes:
            self.start, self.end = changes[0].start, changes[0].end
            self.changes.append(changes[0])
            changes = changes[1:]
        for change in changes:
            # The one that reaches furthest comes last: it is the likeliest to meet the next.
            insort(self.changes, change, key=_end)
            self.start = min(self.start, change.start)
        self.end = self.changes[-1].end


def _end(change: Change) -> int:
    return change.end


def changes(
    base: Sequence[str], words: Sequence[str], side: int, near: int = NEAR
) -> tuple[Change, ...]:
    """What one side did to the base, as the changes a reader would see."""
    found = text_diff.cleaned(base, text_diff.swaps(base, words), near)
    return tuple(
        Change(swap.start, swap.end, tuple(words[swap.new_start : swap.new_end]), (side,))
        for swap in found
    )


def merge(
    base: Sequence[str], found: Iterable[Change], separated: Separated
) -> tuple[Segment, ...]:
    """All changes of all sides together, in the order of the base.

    Equal changes are one. Two changes conflict if they overlap or nothing between them keeps them
    apart, unless every side that made the one made the other too.
    """
    groups = _spread(_groups(_united(found), separated))
    segments: list[Segment] = []
    position = 0
    for group in groups:
        if group.start > position:
            segments.append(Kept(position, group.start))
        segments.append(_settled(base, group))
        position = group.end
    if position < len(base):
        segments.append(Kept(position, len(base)))
    return tuple(segments)


def merged(base: Sequence[str], segments: Iterable[Segment]) -> list[str] | None:
    """The tokens of a merge without conflicts; None while there is one."""
    words: list[str] = []
    for segment in segments:
        if isinstance(segment, Contested):
            return None
        if isinstance(segment, Taken):
            words += segment.words
        else:
            words += base[segment.start : segment.end]
    return words


def reviewed(segments: Iterable[Segment]) -> tuple[int, ...]:
    """The sides whose different changes stand side by side; empty where nothing needs a look."""
    takers = {segment.by for segment in segments if isinstance(segment, Taken)}
    if len(takers) < 2:
        return ()
    return tuple(sorted({side for by in takers for side in by}))


def by_words(base: Sequence[str]) -> Separated:
    """One unchanged word keeps two changes apart."""

    def separated(end: int, start: int) -> bool:
        return tokens.has_word(base[end:start])

    return separated


def by_words_or_lines(base: Sequence[str]) -> Separated:
    """One unchanged word or one whole unchanged line keeps two changes apart."""
    has_word = by_words(base)
    lines = [0, *(place + 1 for place, word in enumerate(base) if word == "\n")]
    if lines[-1] != len(base):
        lines.append(len(base))

    def separated(end: int, start: int) -> bool:
        if has_word(end, start):
            return True
        return bisect_right(lines, start) - bisect_left(lines, end) >= 2

    return separated


def rendered(base: Sequence[str], start: int, end: int, found: Iterable[Change]) -> tuple[str, ...]:
    """Base tokens `start` to `end` with some changes (in order, none overlapping) made."""
    words: list[str] = []
    position = start
    for change in found:
        words += base[position : change.start]
        words += change.words
        position = change.end
    words += base[position:end]
    return tuple(words)


def _united(found: Iterable[Change]) -> list[Change]:
    """Equal changes as one with all their sides, in the order of the base."""
    known: dict[tuple[int, int, tuple[str, ...], bool], Change] = {}
    for change in found:
        start, end, words, by, cut = change
        same = known.setdefault((start, end, words, cut), change)
        if same is not change:
            both = tuple(sorted({*same.by, *by}))
            known[start, end, words, cut] = same._replace(by=both)
    return sorted(known.values())


def _groups(found: Sequence[Change], separated: Separated) -> list[_Group]:
    """The changes grouped by whom they meet; a change that meets none is a group of its own."""
    done: list[_Group] = []
    reachable: list[_Group] = []
    for change in found:
        met: list[_Group] = []
        still: list[_Group] = []
        for group in reachable:
            if _is_met(group, change, separated):
                met.append(group)
            elif separated(min(group.end, change.start), change.start):
                done.append(group)
            else:
                still.append(group)
        own = max(met, key=_size) if met else _Group()
        own.add([change])
        for group in met:
            if group is not own:
                own.add(group.changes)
        reachable = [*still, own]
    return done + reachable


def _size(group: _Group) -> int:
    return len(group.changes)


def _is_met(group: _Group, change: Change, separated: Separated) -> bool:
    for other in reversed(group.changes):
        if other.end < change.start and separated(other.end, change.start):
            return False
        if _collide(other, change):
            return True
    return False


def _collide(one: Change, other: Change) -> bool:
    """Whether two changes that nothing keeps apart want different things."""
    if one.cut or other.cut:
        crossing = one.start < other.end and other.start < one.end
        return crossing or _inside(one, other) or _inside(other, one)
    shared = set(one.by) & set(other.by)
    return len(shared) < min(len(one.by), len(other.by))


def _inside(inner: Change, outer: Change) -> bool:
    return outer.start < inner.start == inner.end < outer.end


def _spread(groups: list[_Group]) -> list[_Group]:
    """Groups in the order of the base; one that lies within another's reach joins it."""
    found: list[_Group] = []
    for group in sorted(groups, key=lambda held: (held.start, held.end)):
        if found and group.start < found[-1].end:
            found[-1].add(group.changes)
        else:
            found.append(group)
    return found


def _settled(base: Sequence[str], group: _Group) -> Taken | Contested:
    start, end = group.start, group.end
    if len(group.changes) == 1:
        only = group.changes[0]
        return Taken(start, end, only.words, only.by, dict.fromkeys(only.by, (only,)))
    made: dict[int, list[Change]] = {}
    for change in sorted(group.changes):
        for side in change.by:
            made.setdefault(side, []).append(change)
    wanted: dict[tuple[str, ...], list[int]] = {}
    for side, own in sorted(made.items()):
        wanted.setdefault(rendered(base, start, end, own), []).append(side)
    wordings = [(tuple(by), words) for words, by in wanted.items()]
    if len(wordings) == 1:
        return Taken(start, end, wordings[0][1], wordings[0][0], made)
    return Contested(start, end, tuple(Wording(by, words) for by, words in wordings), made)
