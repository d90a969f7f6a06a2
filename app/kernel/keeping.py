"""What this process keeps so as not to make it again: values whose key says all they depend on."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Shelf(Generic[Value]):
    """Values by their key, up to `most` in all; those not asked for longest leave first.

    Nothing is ever taken back because it changed: what is put here must be true of its key for
    ever, so a key names an immutable thing or the state of the record it was made from.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Value | None:
        """The value of a key; None where it isn't kept."""
        with self._lock:
            found = self._held.get(key)
            if found is None:
                return None
            self._held.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: Value, size: int = 1) -> None:
        """Keep a value; `size` is its share of what the shelf holds in all."""
        with self._lock:
            if (old := self._held.pop(key, None)) is not None:
                self._size -= old[1]
            self._held[key] = (value, size)
            self._size += size
            while self._size > self._most and self._held:
                _, (_, left) = self._held.popitem(last=False)
                self._size -= left
