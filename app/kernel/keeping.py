"""What this process keeps so as not to make it again: values whose key says all they depend on."""

import itertools
import math
import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any, Generic, TypeVar
from weakref import WeakSet

Value = TypeVar("Value")

MOST_IN_ALL = 8 * 1024 * 1024
"""How much all shelves of a process hold together: of text that is eight million signs.

What was made for a state of an agreement that has passed is asked for no more, and is most of what
full shelves hold.
"""

_SMALL = MOST_IN_ALL // 100
"""A shelf that never holds more than this keeps to itself: what it saves weighs nothing."""


class Shelf(Generic[Value]):
    """Values by their key, up to `most` in all; those not asked for longest leave first.

    Nothing is ever taken back because it changed: what is put here must be true of its key for
    ever, so a key names an immutable thing or the state of the record it was made from.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, tuple[Value, int, int]] = OrderedDict()
        self.size = 0
        if most > _SMALL:
            with _lock:
                _shelves.add(self)

    def get(self, key: Hashable) -> Value | None:
        """The value of a key; None where it isn't kept."""
        with _lock:
            found = self._held.pop(key, None)
            if found is None:
                return None
            value, size, _ = found
            self._held[key] = (value, size, next(_turns))
            return value

    def put(self, key: Hashable, value: Value, size: int = 1) -> None:
        """Keep a value; `size` is its share of what this shelf, and all together, may hold."""
        with _lock:
            if (old := self._held.pop(key, None)) is not None:
                self.size -= old[1]
            self._held[key] = (value, size, next(_turns))
            self.size += size
            while self.size > self._most:
                self.let_go()
            while sum(shelf.size for shelf in _shelves) > MOST_IN_ALL:
                min(_shelves, key=Shelf.last_turn).let_go()

    def let_go(self) -> None:
        """Take away what was not asked for longest."""
        _, (_, left, _) = self._held.popitem(last=False)
        self.size -= left

    def last_turn(self) -> float:
        """When the one that leaves first was asked for last, in turns; never, if there is none."""
        return next((turn for _, _, turn in self._held.values()), math.inf)


_lock = threading.Lock()
_turns = itertools.count()
_shelves: WeakSet[Shelf[Any]] = WeakSet()
