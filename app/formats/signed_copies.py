"""What can be said of a signed copy without believing it: facts about its bytes, as sentences.

Nothing here says that a signature is good. A person has to look at the copy, and counts it or not.
"""

import hashlib
import re
from collections.abc import Iterator

from app.formats.docx import guard
from app.kernel.errors import Invalid

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_RANGE = re.compile(
    rb"/ByteRange\s{0,20}\[\s{0,20}(\d{1,12})\s{1,20}(\d{1,12})\s{1,20}(\d{1,12})\s{1,20}(\d{1,12})"
)
_FIELD = re.compile(rb"/FT\s{0,20}/Sig\b")
_ACTIVE = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/XFA")
_TAG = re.compile(rb"<[^<>]{0,4000}>")
_AFTER = 4
"""So many bytes may follow the end of a signed PDF: its last line break."""

LOOK = "A person has to look at it: nothing here proves who signed."


def findings(content: bytes, media_type: str, *, execution: bytes, digits: str) -> list[str]:
    """What the check of a copy saw.

    `execution` is the file that was handed out to be signed, `digits` the first digits of the
    fingerprint of its text.
    """
    kind = {PDF: "A PDF", WORD: "A Word file"}.get(media_type, "A picture")
    told = [f"{kind} of {_size(len(content))}, fingerprint {_digest(content)}."]
    if content == execution:
        told.append("It is byte for byte the text that was handed out: nobody has signed it.")
    elif execution in content:
        told.append("It holds the text that was handed out, byte for byte.")
    elif media_type == PDF:
        told += _of_pdf(content, digits)
    elif media_type == WORD:
        told += _of_word(content, digits)
    else:
        told.append("What a picture says can't be read here.")
    return [*told, LOOK]


def _of_pdf(content: bytes, digits: str) -> Iterator[str]:
    ranges = [tuple(map(int, found.groups())) for found in _RANGE.finditer(content)]
    if ranges:
        yield from _of_ranges(ranges, len(content))
    elif _FIELD.search(content):
        yield "It has a field for a digital signature, and nobody has signed in it."
    else:
        yield "It has no digital signature. It may be a scan of a page signed by hand."
    if digits.encode() in content:
        yield f"It names the text by its fingerprint {digits}."
    else:
        yield f"Whether it is the text {digits} can't be read from its bytes."
    if any(name in content for name in _ACTIVE):
        yield "It holds scripts, forms or attached files. Open it with care."


def _of_ranges(ranges: list[tuple[int, ...]], size: int) -> Iterator[str]:
    number = "a digital signature" if len(ranges) == 1 else f"{len(ranges)} digital signatures"
    end = max(start + length for _, _, start, length in ranges)
    begins = min(first for first, _, _, _ in ranges)
    if begins or end > size:
        yield f"It has {number} that does not cover the file from its beginning to an end."
    elif size - end > _AFTER:
        yield (
            f"It has {number}, and {size - end} bytes follow what is signed: "
            "something was added afterwards."
        )
    else:
        yield f"It has {number} over the whole file."


def _of_word(content: bytes, digits: str) -> Iterator[str]:
    try:
        parts = guard.parts(content)
    except Invalid as refusal:
        raise Invalid(refusal.message, "file", **refusal.params) from refusal
    if any(name.startswith("_xmlsignatures/") for name in parts):
        yield "It has a digital signature of Word."
    else:
        yield "It has no digital signature. It may hold a picture of one."
    said = b"".join(_TAG.sub(b"", parts[name]) for name in parts if _is_text(name))
    if digits.encode() in said:
        yield f"It names the text by its fingerprint {digits}."
    else:
        yield f"It does not name the text {digits} that was handed out."


def _is_text(name: str) -> bool:
    return bool(re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name))


def _digest(content: bytes) -> str:
    digits = hashlib.sha256(content).hexdigest()[:12]
    return " ".join(digits[at : at + 4] for at in range(0, 12, 4))


def _size(amount: int) -> str:
    if amount < 1024:
        return f"{amount} bytes"
    return f"{amount // 1024} kB" if amount < 1024 * 1024 else f"{amount / 1024 / 1024:.1f} MB"
