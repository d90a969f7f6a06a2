"""Names in addresses."""

import re
import unicodedata


def slug_of(words: str) -> str:
    """Small letters, digits and hyphens for an address: "Łódź & Kraków" becomes "lodz-krakow"."""
    plain = words.replace("ł", "l").replace("Ł", "L").replace("ß", "ss").replace("ø", "o")
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60].strip("-") or "agreement"
