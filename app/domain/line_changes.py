"""What changed between two files by whole lines, placed where a line merge places it.

Of the ways to say the same change ("a blank line and b after a", "b and a blank line before c") one
is chosen by a rule that both files follow: as late as possible, unless the change then loses sight
of the change opposite. So a merge by lines settles here what it settles elsewhere.
"""

from collections.abc import Iterator, Sequence

from app.domain import text_diff
from app.domain.text_diff import Swap


def line_swaps(old: Sequence[str], new: Sequence[str]) -> list[Swap]:
    """The changed stretches of lines, in order."""
    gone, come = [False] * len(old), [False] * len(new)
    for swap in text_diff.swaps(old, new):
        gone[swap.start : swap.end] = [True] * (swap.end - swap.start)
        come[swap.new_start : swap.new_end] = [True] * (swap.new_end - swap.new_start)
    _place(old, gone, _sizes(come))
    _place(new, come, _sizes(gone))
    return list(_swaps(gone, come))


def _sizes(changed: Sequence[bool]) -> list[int]:
    """How many changed lines stand before each unchanged one, and after the last."""
    sizes = [0]
    for is_changed in changed:
        if is_changed:
            sizes[-1] += 1
        else:
            sizes.append(0)
    return sizes


def _swaps(gone: Sequence[bool], come: Sequence[bool]) -> Iterator[Swap]:
    at = new_at = 0
    for removed, added in zip(_sizes(gone), _sizes(come), strict=True):
        if removed or added:
            yield Swap(at, at + removed, new_at, new_at + added)
        at += removed + 1
        new_at += added + 1


def _place(lines: Sequence[str], changed: list[bool], opposite: Sequence[int]) -> None:
    """Slide each run of changed lines to where it belongs."""
    run = _Run(lines, changed, opposite)
    while run.find_next():
        run.settle()


class _Run:
    """One run of changed lines; `slot` counts the unchanged lines before it."""

    def __init__(self, lines: Sequence[str], changed: list[bool], opposite: Sequence[int]) -> None:
        self.lines = lines
        self.changed = changed
        self.opposite = opposite
        self.start = self.end = self.slot = 0

    def find_next(self) -> bool:
        """Go to the next run; false at the end of the file."""
        at = self.end
        while at < len(self.changed) and not self.changed[at]:
            at += 1
            self.slot += 1
        self.start = self.end = at
        while self.end < len(self.changed) and self.changed[self.end]:
            self.end += 1
        return self.start < self.end

    def settle(self) -> None:
        """Slide up, then down, as long as that joins runs; then rest."""
        while True:
            size = self.end - self.start
            while self._can_go_up():
                self._up()
            first = self.end
            facing = self.end if self.opposite[self.slot] else None
            while self._can_go_down():
                self._down()
                if self.opposite[self.slot]:
                    facing = self.end
            if self.end - self.start == size:
                break
        if facing is not None and self.end != first:
            while self.end > facing:
                self._up()

    def _can_go_up(self) -> bool:
        return self.start > 0 and self.lines[self.start - 1] == self.lines[self.end - 1]

    def _can_go_down(self) -> bool:
        return self.end < len(self.lines) and self.lines[self.start] == self.lines[self.end]

    def _up(self) -> None:
        self.start -= 1
        self.end -= 1
        self.slot -= 1
        self.changed[self.start], self.changed[self.end] = True, False
        self._grow()

    def _down(self) -> None:
        self.changed[self.start], self.changed[self.end] = False, True
        self.start += 1
        self.end += 1
        self.slot += 1
        self._grow()

    def _grow(self) -> None:
        """Take in the changed lines that touch."""
        while self.start > 0 and self.changed[self.start - 1]:
            self.start -= 1
        while self.end < len(self.changed) and self.changed[self.end]:
            self.end += 1
