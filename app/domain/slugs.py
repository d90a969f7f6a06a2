"""Names in addresses."""

import re
import unicodedata
from collections.abc import Iterable


def slug_of(words: str) -> str:
    """Small letters, digits and hyphens for an address: "Łódź & Kraków" becomes "lodz-krakow"."""
    plain = words.replace("ł", "l").replace("Ł", "L").replace("ß", "ss").replace("ø", "o")
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60].strip("-") or "agreement"


def free_slug(wanted: str, taken: Iterable[str]) -> str:
    """The wanted slug, or the same with the next number; "new" is the address of a page."""
    held = {"new", *taken}
    if wanted not in held:
        return wanted
    number = 2
    while f"{wanted}-{number}" in held:
        number += 1
    return f"{wanted}-{number}"
