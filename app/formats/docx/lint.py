"""Our own rules for Word files: the defects that open without a complaint, or break, in Word only.

Validators look at one element at a time; these rules look at what must agree across a file.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from app.formats.docx import lint_package
from app.formats.docx.ooxml import W14, W15, W

_N = f"{{{W}}}"
_ID, _NAME, _VALUE = _N + "id", _N + "name", _N + "val"
_MOST_HEX = 0x7FFFFFFE
_TRACKED = ("ins", "del", "moveFrom", "moveTo")
_REVISIONS = frozenset(
    _N + name
    for name in (*_TRACKED, "moveFromRangeStart", "moveToRangeStart", "rPrChange", "pPrChange")
)
_GONE = frozenset({_N + "del"})
_BOOKMARK = re.compile(r"[^\W\d]\w{0,39}")
_HEX_IDS = ("paraId", "textId", "durableId", "paraIdParent")
_WORD = "word/document.xml"


@dataclass(frozen=True)
class _File:
    """The parsed XML parts of one file."""

    parts: Mapping[str, etree._Element]

    @property
    def body(self) -> etree._Element:
        return self.parts[_WORD]

    def part(self, name: str) -> etree._Element | None:
        return self.parts.get(name)


def check(data: bytes) -> tuple[str, ...]:
    """Every defect as a sentence; empty for a clean file."""
    found: list[str] = []
    parts: dict[str, etree._Element] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        for name in names:
            if name.endswith((".xml", ".rels")):
                try:
                    parts[name] = etree.fromstring(archive.read(name), _PARSER)
                except etree.XMLSyntaxError:
                    found.append(f"The part {name} is not XML.")
    found += lint_package.check(names, parts)
    if _WORD in parts:
        file = _File(parts)
        found += [defect for rule in _RULES for defect in rule(file)]
    return tuple(found)


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _twice(values: Iterable[str | None]) -> list[str]:
    counted = Counter(value for value in values if value is not None)
    return [value for value, times in counted.items() if times > 1]


def _all(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    return root.iter(*(_N + name for name in names))


def _revision_ids(file: _File) -> Iterator[str]:
    """Revisions and bookmarks count in one space; each has an author and a date."""
    marks = [one for one in file.body.iter() if one.tag in _REVISIONS]
    starts = list(_all(file.body, "bookmarkStart"))
    for number in _twice(one.get(_ID) for one in [*marks, *starts]):
        yield f"The id {number} is used by two revisions or bookmarks."
    for mark in marks:
        if not mark.get(_N + "author") or not mark.get(_N + "date"):
            yield f"Revision {mark.get(_ID)} lacks an author or a date."


def _bookmarks(file: _File) -> Iterator[str]:
    starts = list(_all(file.body, "bookmarkStart"))
    ends = [end.get(_ID) for end in _all(file.body, "bookmarkEnd")]
    for name in _twice((start.get(_NAME) or "").casefold() for start in starts):
        yield f"The bookmark {name} stands twice."
    for start in starts:
        name = start.get(_NAME) or ""
        if not _BOOKMARK.fullmatch(name):
            yield f"The bookmark {name!r} has a name that Word refuses."
        if ends.count(start.get(_ID)) != 1:
            yield f"The bookmark {name} has no end."
    known = {start.get(_ID) for start in starts}
    for end in ends:
        if end not in known:
            yield f"A bookmark ends (id {end}) that never began."


def _deleted_text(file: _File) -> Iterator[str]:
    for text in _all(file.body, "t", "instrText"):
        if _stands_in(text, _GONE):
            yield f"Deleted words stand in {_local(text)}: {(text.text or '')[:40]!r}."
    for text in _all(file.body, "delText", "delInstrText"):
        if not _stands_in(text, _GONE):
            yield f"Words that are not deleted stand in {_local(text)}: {(text.text or '')[:40]!r}."


def _nesting(file: _File) -> Iterator[str]:
    for change in _all(file.body, *_TRACKED):
        if _stands_in(change, frozenset({change.tag})):
            yield f"A {_local(change)} stands inside another (id {change.get(_ID)})."


def _lists(file: _File) -> Iterator[str]:
    part = file.part("word/numbering.xml")
    numbers = set() if part is None else {n.get(_N + "numId") for n in _all(part, "num")}
    levels = (
        set() if part is None else {a.get(_N + "abstractNumId") for a in _all(part, "abstractNum")}
    )
    used = {n.get(_VALUE) for n in _all(file.body, "numId")} - {"0"}
    yield from (f"No list has the number {n}." for n in sorted(map(str, used - numbers)))
    points = set() if part is None else {a.get(_VALUE) for a in _all(part, "abstractNumId")}
    yield from (
        f"No list definition has the number {n}." for n in sorted(map(str, points - levels))
    )


def _styles(file: _File) -> Iterator[str]:
    part = file.part("word/styles.xml")
    known = set() if part is None else {s.get(_N + "styleId") for s in _all(part, "style")}
    used = {s.get(_VALUE) for s in _all(file.body, "pStyle", "rStyle", "tblStyle")}
    yield from (f"There is no style {name}." for name in sorted(map(str, used - known)))


def _hex_ids(file: _File) -> Iterator[str]:
    """Ids of eight hex digits: 1 to 7FFFFFFE, a paragraph's only once."""
    for name, root in file.parts.items():
        paragraphs = [p.get(f"{{{W14}}}paraId") for p in _all(root, "p")]
        for value in _twice(paragraphs):
            yield f"The paragraph id {value} stands twice in {name}."
        for element in root.iter():
            for attribute, held in element.attrib.items():
                if str(attribute).rpartition("}")[2] in _HEX_IDS and not _in_range(str(held)):
                    yield f"The id {held!s} in {name} is out of Word's range."


def _in_range(value: str) -> bool:
    return bool(re.fullmatch(r"[0-9A-F]{8}", value)) and 1 <= int(value, 16) <= _MOST_HEX


def _moves(file: _File) -> Iterator[str]:
    ends = {
        side: [one.get(_NAME) for one in _all(file.body, f"{side}RangeStart")]
        for side in ("moveFrom", "moveTo")
    }
    for name in sorted({str(n) for n in {*ends["moveFrom"]} ^ {*ends["moveTo"]}}):
        yield f"The move {name} has only one end."
    for side in ends:
        starts = sorted(str(s.get(_ID)) for s in _all(file.body, f"{side}RangeStart"))
        stops = sorted(str(s.get(_ID)) for s in _all(file.body, f"{side}RangeEnd"))
        if starts != stops:
            yield f"The ranges of {side} don't open and close in pairs."


def _fields(file: _File) -> Iterator[str]:
    for name, root in file.parts.items():
        depth = 0
        for mark in _all(root, "fldChar"):
            kind = mark.get(_N + "fldCharType")
            depth += {"begin": 1, "end": -1}.get(str(kind), 0)
            if depth < 0:
                break
        if depth:
            yield f"A field in {name} doesn't begin and end in pairs."
    for change in _all(file.body, *_TRACKED):
        kinds = Counter(m.get(_N + "fldCharType") for m in _all(change, "fldChar"))
        if kinds["begin"] != kinds["end"]:
            yield f"Revision {change.get(_ID)} holds only a part of a field."


def _references(file: _File) -> Iterator[str]:
    names = {start.get(_NAME) for start in _all(file.body, "bookmarkStart")}
    wanted = {link.get(_N + "anchor") for link in _all(file.body, "hyperlink")} - {None}
    for code in _all(file.body, "instrText", "delInstrText"):
        words = (code.text or "").split()
        if words[:1] == ["REF"]:
            wanted.update(words[1:2])
    yield from (
        f"Nothing is named {name}, but something refers to it."
        for name in sorted(map(str, wanted - names))
    )


def _cells(file: _File) -> Iterator[str]:
    for cell in _all(file.body, "tc"):
        if not len(cell) or cell[-1].tag != _N + "p":
            yield "A table cell doesn't end in a paragraph."
    for row in _all(file.body, "tr"):
        if next(_all(row, "tc"), None) is None:
            yield "A table row has no cell."


def _comments(file: _File) -> Iterator[str]:
    """A comment is whole: its marks in the body, its text, its entry in the three newer parts."""
    part = file.part("word/comments.xml")
    comments = [] if part is None else list(_all(part, "comment"))
    ids = {comment.get(_ID) for comment in comments}
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        marks = {mark.get(_ID) for mark in _all(file.body, name)}
        yield from (f"Comment {n} lacks its {name}." for n in sorted(map(str, ids - marks)))
        yield from (f"{name} {n} has no comment." for n in sorted(map(str, marks - ids)))
    if not comments:
        return
    paragraphs = {p.get(f"{{{W14}}}paraId") for c in comments for p in [*_all(c, "p")][-1:]}
    newer = {"commentsExtended": "paraId", "commentsIds": "paraId", "commentsExtensible": None}
    if not any(file.part(f"word/{name}.xml") is not None for name in newer):
        return  # written before there were threads
    for name, attribute in newer.items():
        root = file.part(f"word/{name}.xml")
        if root is None or len(root) != len(comments):
            yield f"{name}.xml doesn't have one entry for each comment."
        elif attribute:
            held = {_attribute(entry, attribute) for entry in root}
            if held != paragraphs:
                yield f"{name}.xml names other paragraphs than the comments have."
    extended = file.part("word/commentsExtended.xml")
    for entry in extended if extended is not None else ():
        parent = entry.get(f"{{{W15}}}paraIdParent")
        if parent is not None and parent not in paragraphs:
            yield f"A reply names the parent {parent}, which no comment has."


def _attribute(element: etree._Element, name: str) -> str:
    return next(
        (str(v) for key, v in element.attrib.items() if str(key).rpartition("}")[2] == name), ""
    )


def _stands_in(element: etree._Element, tags: frozenset[str]) -> bool:
    return any(above.tag in tags for above in element.iterancestors())


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


_RULES: tuple[Callable[[_File], Iterator[str]], ...] = (
    _revision_ids,
    _bookmarks,
    _deleted_text,
    _nesting,
    _lists,
    _styles,
    _hex_ids,
    _moves,
    _fields,
    _references,
    _cells,
    _comments,
)
