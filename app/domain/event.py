"""The base of all events; see events.py."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Event:
    """Something that happened and is worth keeping for ever."""

    tag: ClassVar[str]
    about: ClassVar[str] = "agreement"
    is_internal: ClassVar[bool] = False
    """Whether only the organisation in `organisation_id` may ever know of it."""

    def to_json(self) -> dict[str, Any]:
        """The fields as they are stored."""
        return asdict(self)
