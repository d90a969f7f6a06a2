"""Long lists, a page at a time; a page number from an address is never an error."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

Row = TypeVar("Row")
PAGE_SIZE = 50
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, and where they stand in it. Pages count from 1."""

    rows: Sequence[Row]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def last(self) -> int:
        """The number of the last page; 1 for an empty list."""
        return max(1, -(-self.total // self.size))

    @property
    def previous(self) -> int | None:
        """The page before, if there is one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The page after, if there is one."""
        return self.number + 1 if self.number < self.last else None


def page_number() -> int:
    """The page that the address asks for; 1 where it asks for nonsense."""
    asked = request.args.get("page", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= len(str(LAST_PAGE))):
        return 1
    return min(max(1, int(asked)), LAST_PAGE)


def offset(number: int, size: int = PAGE_SIZE) -> int:
    """How many rows stand before the page."""
    return (number - 1) * size
