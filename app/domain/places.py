"""Places in an agreement: where somebody is just now, or where what they type belongs."""

import re

from app.kernel.errors import Invalid

LONGEST = 80
_PLACE = re.compile(r"[a-z]+(:[A-Za-z0-9.-]+){0,2}")


def checked(place: str) -> str:
    """A place like `desk`, `clause:payment` or `settle:payment:3f2a`. Raises Invalid."""
    if len(place) > LONGEST or not _PLACE.fullmatch(place):
        raise Invalid("There is no such place in an agreement.", "place")
    return place


def is_on_desk(place: str) -> bool:
    """Whether a place is the facilitators' own: who is there is told to nobody else."""
    return place.partition(":")[0] == "desk"
