"""Hostile and broken Word files, stopped before any library touches them (docs/word.md).

Cheapest questions first: what kind of file is it, what does its directory of parts say, is that
true, and is each part without declarations that would fetch or multiply anything and of a sane
size; then only is a part parsed, once. Each refusal has its own sentence.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter

from lxml import etree

from app.kernel.errors import Invalid
from app.kernel.said import said

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_PARTS = 2000
MOST_UNPACKED = 64 * MEGABYTE
MOST_IN_A_PART = 24 * MEGABYTE
MOST_RATIO = 100
RATIO_FROM = MEGABYTE
MOST_ELEMENTS = 500_000
MOST_DEPTH = 100
_LEAST_ELEMENT = len(b"<a/>")
Element = etree._Element  # noqa: SLF001 - lxml has no public name for the type
children: Callable[[Element], Sequence[Element]] = itemgetter(slice(None))
"""What stands directly in an element, all at once: one after another takes four times as long."""

_XML = (".xml", ".rels")
_OPENING = 400
_OPENS = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<"
    rb"(?:\?xml[^>]*?\sencoding\s*=\s*[\"']([\w.:-]*))?"
)
_ENCODING = re.compile(rb"(?i)utf-?8|utf-16(?:[bl]e)?|us-ascii|iso-8859-\d+|windows-125\d")
"""In others a declaration could hide from whoever looks at the bytes."""

_IS_TOO_DEEP = etree.XPath(f"boolean({'/*' * (MOST_DEPTH + 1)})")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL = struct.Struct("<4s5H3I2H")
_ENCRYPTED = 0x1
_SYMLINK = 0o120000
_TYPES = "[Content_Types].xml"
_NEEDED = (_TYPES, "_rels/", "word/")
_MACRO_SIGNS = ("macroenabled", "vbaproject")
_BROKEN = said("This Word file is damaged: {why}. Save it again in Word and upload the new file.")
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError),
    UnicodeError,
)
_UNSAFE = said("This file was refused because it could harm the server: {why}.")


def check(data: bytes) -> None:
    """Pass a Word file that can be read without harm. Raises Invalid with the reason otherwise."""
    for name, content in parts(data).items():
        if name.endswith(_XML) and name.startswith(_NEEDED):
            xml(name, content)


def parts(data: bytes) -> Mapping[str, bytes]:
    """The parts of a Word file by name, unpacked and fit to be parsed (`xml`). Raises Invalid."""
    _first_bytes(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _directory(entries)
            found = dict(_unpacked(entries, _bodies(data, entries)))
    except _UNREADABLE as error:
        raise Invalid(_BROKEN, why=said("its container can't be read")) from error
    _content_types(found)
    for name, content in found.items():
        if name.endswith(_XML):
            _declarations(name, content)
    return found


def _first_bytes(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise Invalid("The file is larger than {size} MB.", size=MOST_BYTES // MEGABYTE)
    if not data:
        raise Invalid("The file is empty.")
    if data.startswith(_OLE):
        raise Invalid(
            "The file is protected by a password or has the old .doc format. "
            "Open it in Word and save it as .docx without a password."
        )
    if data.startswith(b"%PDF"):
        raise Invalid("This is a PDF. Upload the Word file it was made from.")
    if not data.startswith(b"PK"):
        raise Invalid("This is not a Word file (.docx).")


def _directory(entries: list[zipfile.ZipInfo]) -> None:
    """What the directory claims: names, sizes, methods."""
    if len(entries) > MOST_PARTS:
        raise Invalid(
            _UNSAFE, why=said("it holds more than {most_parts} parts", most_parts=MOST_PARTS)
        )
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Invalid(_UNSAFE, why=said("unpacked it would be far too large"))
    names: set[str] = set()
    for entry in entries:
        folded = entry.filename.casefold()
        if folded in names:
            raise Invalid(_UNSAFE, why=said("two of its parts have the same name"))
        names.add(folded)
        _entry(entry)


def _entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    odd = "\\" in name or min(name, default=" ") < " "
    if odd or name.startswith("/") or ".." in name.split("/") or ":" in name[:3]:
        raise Invalid(_UNSAFE, why=said("one of its parts has a name that leads outside the file"))
    if entry.flag_bits & _ENCRYPTED:
        raise Invalid("The file is encrypted. Save it without a password.")
    if entry.external_attr >> 16 & 0o170000 == _SYMLINK:
        raise Invalid(_UNSAFE, why=said("one of its parts is a link"))
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Invalid(_BROKEN, why=said("it is packed in a way that Word doesn't use"))
    _size(entry, entry.file_size)


def _size(entry: zipfile.ZipInfo, size: int) -> None:
    ratio = size / max(entry.compress_size, 1)
    if size > MOST_IN_A_PART or (size > RATIO_FROM and ratio > MOST_RATIO):
        raise Invalid(_UNSAFE, why=said("one of its parts would be far too large when unpacked"))


def _bodies(data: bytes, entries: list[zipfile.ZipInfo]) -> Mapping[str, bytes]:
    """The packed parts by name: where the directory says, one after another, under these names."""
    found: dict[str, bytes] = {}
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise Invalid(_UNSAFE, why=said("its parts overlap"))
        header = _LOCAL.unpack_from(data, entry.header_offset)
        start = entry.header_offset + _LOCAL.size
        name = data[start : start + header[9]]
        if header[0] != b"PK\x03\x04" or name != _raw_name(entry):
            raise Invalid(_UNSAFE, why=said("its directory and its parts disagree"))
        start += header[9] + header[10]
        end = start + entry.compress_size
        found[entry.filename] = data[start:end]
    if end > len(data):
        raise Invalid(_BROKEN, why=said("it ends too early"))
    return found


def _raw_name(entry: zipfile.ZipInfo) -> bytes:
    utf8 = 0x800
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & utf8 else "cp437")


def _unpacked(
    entries: list[zipfile.ZipInfo], packed: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    """Unpack each part, never more than it may have, because a directory may lie."""
    total = 0
    for entry in entries:
        if entry.is_dir():
            continue
        content = _inflated(entry, packed[entry.filename])
        total += len(content)
        if total > MOST_UNPACKED:
            raise Invalid(_UNSAFE, why=said("unpacked it would be far too large"))
        yield entry.filename, content


def _inflated(entry: zipfile.ZipInfo, packed: bytes) -> bytes:
    content = packed
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        most = min(MOST_IN_A_PART, max(RATIO_FROM, MOST_RATIO * entry.compress_size))
        content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most + 1)
    _size(entry, len(content))
    if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise zipfile.BadZipFile
    return content


def _content_types(found: Mapping[str, bytes]) -> None:
    if _TYPES not in found:
        raise Invalid("This is not a Word file (.docx).")
    types = found[_TYPES].decode("utf-8", "replace").casefold()
    if any(sign in types for sign in _MACRO_SIGNS) or any(
        name.casefold().endswith("vbaproject.bin") for name in found
    ):
        raise Invalid("The file holds macros. Save it as a plain Word document (.docx).")
    if "wordprocessingml.document.main+xml" in types:
        return
    if "wordprocessingml.template" in types:
        raise Invalid("This is a Word template (.dotx). Save it as a document (.docx).")
    raise Invalid("This is an Office file of another kind, not a Word document (.docx).")


def _declarations(name: str, content: bytes) -> None:
    """Refuse a part that declares a document type, or holds more than any text does."""
    signs = content.replace(b"\0", b"") if b"\0" in content else content
    # Most parts have no "!" at all, which is seen at once; nor bytes for so many elements.
    if b"!" in signs and b"<!DOCTYPE" in signs:
        raise Invalid(_UNSAFE, why=said("the part {part} declares a document type", part=name))
    elements = signs.count(b"<") if len(signs) > MOST_ELEMENTS * _LEAST_ELEMENT else 0
    if elements > MOST_ELEMENTS and elements - signs.count(b"</") > MOST_ELEMENTS:
        raise Invalid(_UNSAFE, why=said("the part {part} is too large", part=name))


def xml(name: str, content: bytes) -> Element:
    """A part that passed as XML, whatever its name. Raises Invalid: it is none, or too deep."""
    if not name.endswith(_XML):
        _declarations(name, content)
    opens = _OPENS.match(content[:_OPENING].replace(b"\0", b""))
    if opens is None or not _ENCODING.fullmatch(opens[1] or b"utf-8"):
        raise Invalid(_BROKEN, why=said("the part {part} is not XML", part=name))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise Invalid(_BROKEN, why=said("the part {part} is not XML", part=name)) from error
    if _IS_TOO_DEEP(root):
        raise Invalid(_UNSAFE, why=said("the part {part} is too deep", part=name))
    return root
