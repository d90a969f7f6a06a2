"""The base of all events; see events.py."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Event:
    """Something that happened and is worth keeping for ever."""

    tag: ClassVar[str]
    about: ClassVar[str] = "agreement"

    def to_json(self) -> dict[str, Any]:
        """The fields as they are stored."""
        return asdict(self)
