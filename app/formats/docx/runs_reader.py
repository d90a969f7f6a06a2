"""The words of one Word paragraph: its runs as prose, and what else stands in it.

Tracked changes are read as accepted: what was deleted or moved away is not there, what was inserted
or moved here is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from app.domain.prose import Span
from app.formats.docx.guard import Element
from app.formats.docx.source_package import (
    MC,
    M,
    R,
    Relationship,
    Styles,
    W,
    chosen,
    is_on,
    value,
)
from app.kernel.said import said

_GONE = frozenset({f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}sdtEndPr"})
_SIGNS = {
    "tab": " ", "ptab": " ", "noBreakHyphen": "-", "cr": "\n", "softHyphen": "",
}  # fmt: skip
_WEB = ("http://", "https://", "mailto:")
_OBJECTS = {
    f"{W}object": said("embedded object"),
    f"{W}control": said("form control"),
    f"{W}altChunk": said("embedded file"),
}
_SYMBOL_BULLET = "\uf0b7"


@dataclass
class Words:
    """What a paragraph holds: spans, notes by kind and number, text boxes, pictures, formulas."""

    spans: list[Span] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    pictures: int = 0


class RunsReader:
    """Reads paragraphs of one part, whose links it knows."""

    def __init__(self, styles: Styles, links: Mapping[str, Relationship]) -> None:
        self.styles = styles
        self.links = links

    def read(self, paragraph: Element) -> Words:
        """The accepted words of a paragraph."""
        words = Words()
        self._children(paragraph, words, None)
        return words

    def _children(self, node: Element, words: Words, link: str | None) -> None:
        for child in node:
            if isinstance(child.tag, str) and child.tag not in _GONE:
                self._child(child, words, link)

    def _child(self, child: Element, words: Words, link: str | None) -> None:
        if child.tag == f"{W}r":
            self._run(child, words, link)
        elif child.tag == f"{W}hyperlink":
            self._children(child, words, self._target(child) or link)
        elif child.tag in {f"{M}oMath", f"{M}oMathPara"}:
            self._formula(child, words)
        elif child.tag == f"{MC}AlternateContent":
            self._children(chosen(child), words, link)
        elif child.tag in {f"{W}p", f"{W}tbl"}:
            words.boxes.append(child)
        else:
            self._children(child, words, link)

    def _target(self, node: Element) -> str | None:
        link = self.links.get(node.get(f"{R}id", ""))
        if link and link.external and link.target.startswith(_WEB):
            return link.target
        return None

    def _formula(self, node: Element, words: Words) -> None:
        text = "".join(part.text or "" for part in node.iter(f"{M}t"))
        words.left_out.append(said("formula, its signs are kept as words"))
        words.spans.append(Span(text))

    def _run(self, run: Element, words: Words, link: str | None) -> None:
        properties = run.find(f"{W}rPr")
        strong = self._mark(properties, "b")
        em = self._mark(properties, "i") or (link is None and _is_underlined(properties))
        for child in run:
            if isinstance(child.tag, str):
                for text in self._signs(child, words):
                    words.spans.append(Span(text, strong, em, link))

    def _mark(self, properties: Element | None, tag: str) -> bool:
        if properties is None:
            return False
        node = properties.find(f"{W}{tag}")
        if node is not None:
            return is_on(node)
        return self.styles.switch(value(properties, "rStyle"), tag)

    def _signs(self, node: Element, words: Words) -> Iterator[str]:
        """The characters of one element of a run; notes, boxes and pictures are put aside."""
        name = etree.QName(node).localname
        if node.tag == f"{W}t":
            yield node.text or ""
        elif node.tag == f"{W}br":
            yield "\n" if node.get(f"{W}type", "textWrapping") == "textWrapping" else " "
        elif node.tag == f"{W}sym":
            yield _symbol(node)
        elif node.tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
            words.notes.append((name.removesuffix("Reference"), node.get(f"{W}id", "")))
        elif node.tag.startswith(W) and name in _SIGNS:
            yield _SIGNS[name]
        elif node.tag == f"{MC}AlternateContent":
            for child in chosen(node):
                yield from self._signs(child, words)
        elif node.tag in {f"{W}drawing", f"{W}pict", *_OBJECTS}:
            yield from self._object(node, words)

    def _object(self, node: Element, words: Words) -> Iterator[str]:
        """The text boxes of a drawing; a picture gives the words that describe it."""
        boxes = [child for box in node.iter(f"{W}txbxContent") for child in box]
        words.boxes.extend(boxes)
        if boxes:
            words.left_out.append(said("text box, its words follow the paragraph"))
            return
        words.pictures += 1
        words.left_out.append(_OBJECTS.get(node.tag, "picture"))
        for child in node.iter():
            if isinstance(child.tag, str) and etree.QName(child).localname == "docPr":
                yield child.get("descr", "")
                return


def _is_underlined(properties: Element | None) -> bool:
    """Underlined words are emphasised: prose has no other mark for them."""
    return value(properties, "u") not in {"", "none"}


def _symbol(node: Element) -> str:
    """A sign given by its number in a font of symbols."""
    code = _hex(node.get(f"{W}char"))
    if code is None:
        return ""
    character = chr(code)
    return "•" if character == _SYMBOL_BULLET else character


def _hex(text: str | None) -> int | None:
    """A number in hexadecimal digits, None for anything else or anything that is no character."""
    try:
        code = int(text or "", 16)
    except ValueError:
        return None
    return code if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else None
