"""What can be said of a signed copy without believing it: facts about its bytes, as sentences.

Nothing here says that a signature is good. A person has to look at the copy, and counts it or not.
"""

import hashlib
import re
from collections.abc import Iterator

from app.formats.docx import guard
from app.kernel.errors import Invalid
from app.kernel.said import counted, said

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

LOOK = said("A person has to look at it: nothing here proves who signed.")
_KINDS = {
    PDF: said("A PDF of {size}, fingerprint {digest}."),
    WORD: said("A Word file of {size}, fingerprint {digest}."),
}
_NAMED = said("It names the text by its fingerprint {digits}.")


def findings(content: bytes, media_type: str, *, execution: bytes, digits: str) -> list[str]:
    """What the check of a copy saw.

    `execution` is the file that was handed out to be signed, `digits` the first digits of the
    fingerprint of its text.
    """
    whole = _KINDS.get(media_type, said("A picture of {size}, fingerprint {digest}."))
    told: list[str] = [said(whole, size=_size(len(content)), digest=_digest(content))]
    if content == execution:
        told.append(said("It is byte for byte the text that was handed out: nobody has signed it."))
    elif execution in content:
        told.append(said("It holds the text that was handed out, byte for byte."))
    elif media_type == PDF:
        told += _of_pdf(content, digits)
    elif media_type == WORD:
        told += _of_word(content, digits)
    else:
        told.append(said("What a picture says can't be read here."))
    return [*told, LOOK]


def _of_pdf(content: bytes, digits: str) -> Iterator[str]:
    ranges = [tuple(map(int, found.groups())) for found in _RANGE.finditer(content)]
    if ranges:
        yield from _of_ranges(ranges, len(content))
    elif _FIELD.search(content):
        yield said("It has a field for a digital signature, and nobody has signed in it.")
    else:
        yield said("It has no digital signature. It may be a scan of a page signed by hand.")
    if digits.encode() in content:
        yield said(_NAMED, digits=digits)
    else:
        yield said("Whether it is the text {digits} can't be read from its bytes.", digits=digits)
    if any(name in content for name in _ACTIVE):
        yield said("It holds scripts, forms or attached files. Open it with care.")


def _of_ranges(ranges: list[tuple[int, ...]], size: int) -> Iterator[str]:
    end = max(start + length for _, _, start, length in ranges)
    begins = min(first for first, _, _, _ in ranges)
    if begins or end > size:
        yield counted(
            len(ranges),
            "It has a digital signature that does not cover the file from its beginning to an end.",
            "It has {n} digital signatures that do not cover the file from its beginning to "
            "an end.",
        )
    elif size - end > _AFTER:
        yield counted(
            len(ranges),
            "It has a digital signature, and {bytes} follow what is signed: something was added "
            "afterwards.",
            "It has {n} digital signatures, and {bytes} follow what is signed: something was added "
            "afterwards.",
            bytes=_size(size - end),
        )
    else:
        yield counted(
            len(ranges),
            "It has a digital signature over the whole file.",
            "It has {n} digital signatures over the whole file.",
        )


def _of_word(content: bytes, digits: str) -> Iterator[str]:
    try:
        parts = guard.parts(content)
    except Invalid as refusal:
        raise Invalid(refusal.message, "file", **refusal.params) from refusal
    if any(name.startswith("_xmlsignatures/") for name in parts):
        yield said("It has a digital signature of Word.")
    else:
        yield said("It has no digital signature. It may hold a picture of one.")
    words = b"".join(_TAG.sub(b"", parts[name]) for name in parts if _is_text(name))
    if digits.encode() in words:
        yield said(_NAMED, digits=digits)
    else:
        yield said("It does not name the text {digits} that was handed out.", digits=digits)


def _is_text(name: str) -> bool:
    return bool(re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name))


def _digest(content: bytes) -> str:
    digits = hashlib.sha256(content).hexdigest()[:12]
    return " ".join(digits[at : at + 4] for at in range(0, 12, 4))


def _size(amount: int) -> str:
    if amount < 1024:
        return counted(amount, "{n} byte", "{n} bytes")
    if amount < 1024 * 1024:
        return said("{amount} kB", amount=amount // 1024)
    return said("{amount} MB", amount=round(amount / 1024 / 1024, 1))
