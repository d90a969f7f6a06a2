"""The collector of unreachable objects, and when it only costs time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_nothing(*, circles: bool = True) -> Iterator[None]:
    """Let nothing be collected for a moment, where very many objects are made that all stay.

    Each few hundred of them the collector would look through them again, for circles that are not
    there. It holds for the whole process: for work that is short, or has a process of its own.
    `circles`: whether the work leaves any behind. If not, what it made counts as old when it is
    done: the next full collection looks through it, not the very next of all.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not circles and not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
