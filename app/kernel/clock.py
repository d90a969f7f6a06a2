"""The only reader of the wall clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_fixed: ContextVar[datetime | None] = ContextVar("fixed_moment", default=None)


def utcnow() -> datetime:
    """The present moment in UTC, or the one that `at` has set."""
    return _fixed.get() or datetime.now(UTC)


def is_fixed() -> bool:
    """Whether `at` stands in for the clock, so that the database's clock must not be asked."""
    return _fixed.get() is not None


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be `moment` inside the block; for tests and for making the demonstration network."""
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
