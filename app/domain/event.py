"""The base of all events; see events.py."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from app.kernel.said import kept


@dataclass(frozen=True)
class Event:
    """Something that happened and is worth keeping for ever."""

    tag: ClassVar[str]
    about: ClassVar[str] = "agreement"
    is_internal: ClassVar[bool] = False
    """Whether only the organisation in `organisation_id` may ever know of it."""

    def to_json(self) -> dict[str, Any]:
        """The fields as they are stored, sentences with their parameters apart."""
        return {name: kept(value) for name, value in asdict(self).items()}
