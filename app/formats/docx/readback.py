"""Read a body of ours back: what it says once every change is accepted, and once all are rejected.

Cross-references are read by their target, not by the number that was shown; what we put around the
text (title page facts, contents, typed labels, the ends of tables) is left out.
"""

from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from lxml import etree

from app.formats.docx.ooxml import W

_NAME = f"{{{W}}}"
_FURNITURE = frozenset(
    {
        *("CoverFacts", "CoverBetween", "CoverParty", "CoverFoot", "ContentsTitle", "TOC1", "TOC2"),
        *("PartTitle", "NotYet", "TableEnd", "SignatureEnd", "SignatureParty", "SignatureFact"),
        "SignatureLine",
    }
)
_COMES = frozenset({_NAME + "ins", _NAME + "moveTo"})
_GOES = frozenset({_NAME + "del", _NAME + "moveFrom"})
_TEXT = frozenset({_NAME + "t", _NAME + "delText"})
_INSTRUCTION = frozenset({_NAME + "instrText", _NAME + "delInstrText"})
_SILENT = frozenset({"TypedLabel", "ReferenceLead"})
_P, _R, _PROPERTIES = _NAME + "p", _NAME + "r", _NAME + "pPr"
_LINK, _FIELD, _BREAK = _NAME + "hyperlink", _NAME + "fldChar", _NAME + "br"
_RUN_PROPERTIES = _NAME + "rPr"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, collect_ids=False)
_STYLE = _NAME + "pStyle"
# Attributes are asked for by bytes: lxml needs a fifth less time for these.
_VALUE, _ANCHOR, _KIND = (f"{_NAME}{name}".encode() for name in ("val", "anchor", "fldCharType"))


class Views(NamedTuple):
    """The paragraphs of both texts inside a file, empty ones left out."""

    accepted: tuple[str, ...]
    rejected: tuple[str, ...]


def views(*documents: bytes) -> Views:
    """Read document.xml both ways, in one or in several documents that follow each other.

    A long one takes far more memory, and so more time, at once than in pieces.
    """
    accepted, rejected = _View(_GOES), _View(_COMES)
    read = (etree.fromstring(document, _PARSER) for document in documents)
    for paragraph in chain.from_iterable(body.iter(_P) for body in read):
        style, mark = _properties(paragraph)
        if style in _FURNITURE:
            continue
        said = _Said()
        said.read(paragraph, "", said.new, said.old)
        accepted.take("".join(said.new), mark)
        rejected.take("".join(said.old), mark)
    return Views(accepted.lines(), rejected.lines())


@dataclass
class _View:
    """The paragraphs of one side. Where the mark between two goes, their words become one line.

    What is wholly gone never joins what follows it.
    """

    gone: frozenset[str]
    held: list[str] = field(default_factory=list)
    open: str = ""

    def take(self, words: str, mark: str) -> None:
        if mark not in self.gone:
            self.held.append(self.open + words)
            self.open = ""
        elif words:
            self.open += words

    def lines(self) -> tuple[str, ...]:
        return tuple(filter(None, map(str.strip, (*self.held, self.open))))


def _properties(paragraph: etree._Element) -> tuple[str, str]:
    """The style of a paragraph, and the change that its mark stands in, "" for none.

    The style is the first of its properties, the mark the last.
    """
    properties = paragraph[0] if len(paragraph) else None
    if properties is None or properties.tag != _PROPERTIES:
        return "", ""
    first, last = properties[0], properties[-1]
    style = first.get(_VALUE) if first.tag == _STYLE else None
    mark = last[0].tag if last.tag == _RUN_PROPERTIES and len(last) else ""
    return style or "", mark if mark in _COMES or mark in _GOES else ""


class _Said:
    """The words of one paragraph on both sides, while it is read."""

    def __init__(self) -> None:
        self.new: list[str] = []
        self.old: list[str] = []
        self.in_field = False

    def read(
        self,
        element: etree._Element,
        anchor: str,
        new: list[str] | None,
        old: list[str] | None,
    ) -> None:
        """Take in what an element holds, on the sides where it stands.

        `anchor`: the clause that a link around it leads to.
        """
        for one in element:
            tag = one.tag
            if tag == _R:
                words = f"[[{anchor}]]" if anchor else self.of_run(one)
                if new is not None:
                    new.append(words)
                if old is not None:
                    old.append(words)
            elif tag in _COMES:
                self.read(one, anchor, new, None)
            elif tag in _GOES:
                self.read(one, anchor, None, old)
            elif tag == _LINK:
                self.read(one, one.get(_ANCHOR) or "", new, old)

    def of_run(self, run: etree._Element) -> str:
        if len(run) == 1 and not self.in_field and (only := run[0]).tag in _TEXT:
            return only.text or ""
        found = ""
        for part in run:
            tag = part.tag
            if tag in _TEXT:
                if not self.in_field:
                    found += part.text or ""
            elif tag == _RUN_PROPERTIES:
                if len(part) and part[0].get(_VALUE) in _SILENT:
                    return found
            elif tag == _FIELD:
                self.in_field = part.get(_KIND) != "end"
            elif tag in _INSTRUCTION:
                found += _target(part.text or "")
            elif tag == _BREAK and not self.in_field:
                found += "\n"
        return found


def _target(code: str) -> str:
    """What the code of a field refers to, "" where it is no cross-reference."""
    words = code.split()
    return f"[[{words[1]}]]" if words[:1] == ["REF"] else ""
