"""A Word file from elsewhere: its checked parts, how they refer to each other, its styles."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.formats.docx import guard
from app.formats.docx.guard import Element
from app.kernel.errors import Invalid

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
)
_STRICT_SIGN = b"http://purl.oclc.org/ooxml/"
_OFFICE = "/officeDocument"
_TRUE = frozenset({"1", "true", "on"})
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part points at: another part of the file, or an address outside."""

    kind: str
    target: str
    external: bool


class SourcePackage:
    """The parts of a foreign Word file. Raises Invalid for one that the guard refuses."""

    def __init__(self, data: bytes) -> None:
        self.parts = guard.parts(data)
        self.main = self._main()

    def _main(self) -> str:
        for link in self.relationships("").values():
            if link.kind.endswith(_OFFICE) and link.target in self.parts:
                return link.target
        raise Invalid("The Word file has no text in it: its main part is missing.")

    def relationships(self, owner: str) -> dict[str, Relationship]:
        """What a part (or the package itself, "") points at, by id."""
        folder, name = posixpath.split(owner)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relationship] = {}
        for node in root if root is not None else ():
            external = node.get("TargetMode") == "External"
            target = node.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[node.get("Id", "")] = Relationship(node.get("Type", ""), target, external)
        return found

    def xml(self, name: str) -> Element | None:
        """A part as XML, None where there is none of that name. Raises Invalid for broken XML."""
        content = self.parts.get(name)
        if content is None:
            return None
        for strict, usual in _STRICT if _STRICT_SIGN in content else ():
            content = content.replace(strict, usual)
        return guard.xml(name, content)

    @cached_property
    def links(self) -> dict[str, Relationship]:
        """What the main part points at."""
        return self.relationships(self.main)

    def related(self, kind: str) -> Element | None:
        """The part that the main one points at by a kind ("styles", "numbering", "footnotes")."""
        for link in self.links.values():
            if link.kind.endswith(f"/{kind}") and not link.external:
                return self.xml(link.target)
        return None

    @property
    def body(self) -> Element:
        """The body of the document. Raises Invalid where there is none."""
        root = self.xml(self.main)
        body = None if root is None else root.find(f"{W}body")
        if body is None:
            raise Invalid("The Word file has no text in it: its body is missing.")
        return body


@dataclass(frozen=True, slots=True)
class Style:
    """A style of paragraphs or characters, as far as it tells what a paragraph is."""

    name: str
    based_on: str
    properties: Element | None
    run_properties: Element | None


class Styles:
    """The styles of a file, each asked together with those it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._nodes: dict[str, Element] = {}
        self._read: dict[str, Style] = {}
        self.default = ""
        for node in root.iterchildren(f"{W}style") if root is not None else ():
            number = node.get(f"{W}styleId", "")
            self._nodes[number] = node
            if node.get(f"{W}default") in _TRUE and node.get(f"{W}type") == "paragraph":
                self.default = number

    def get(self, number: str) -> Style | None:
        """A style by its id; of the many that a file has most are never asked for."""
        node = self._nodes.get(number)
        if node is None:
            return None
        style = self._read.get(number)
        if style is None:
            held = {one.tag: one for one in reversed(node)}
            style = self._read[number] = Style(
                name=_value(held.get(f"{W}name")).casefold(),
                based_on=_value(held.get(f"{W}basedOn")),
                properties=held.get(f"{W}pPr"),
                run_properties=held.get(f"{W}rPr"),
            )
        return style

    def chain(self, number: str) -> Iterator[tuple[str, Style]]:
        """A style and those it is based on, nearest first."""
        for _ in range(_LONGEST_CHAIN):
            style = self.get(number)
            if style is None:
                return
            yield number, style
            number = style.based_on

    def properties(self, number: str) -> Iterator[tuple[str, Element]]:
        """The paragraph properties along the chain, with the style each belongs to."""
        for name, style in self.chain(number):
            if style.properties is not None:
                yield name, style.properties

    def switch(self, number: str, tag: str) -> bool:
        """Whether a style of characters switches something on ("b", "i")."""
        for _, style in self.chain(number):
            if style.run_properties is not None:
                node = style.run_properties.find(f"{W}{tag}")
                if node is not None:
                    return is_on(node)
        return False


def value(node: Element | None, tag: str) -> str:
    """The `w:val` of a child, "" where there is no such child."""
    return _value(None if node is None else node.find(f"{W}{tag}"))


def _value(node: Element | None) -> str:
    return "" if node is None else node.get(f"{W}val", "")


def is_on(node: Element) -> bool:
    """Whether an element that switches something says yes: it does so without a value, too."""
    return node.get(f"{W}val", "1") in _TRUE


def whole(text: str | None) -> int | None:
    """A whole number as Word writes it, None for anything else."""
    try:
        return int(float(text or ""))
    except ValueError:
        return None


def chosen(node: Element) -> Element:
    """Of several forms of the same content the one that every program reads, else the first."""
    choice = node.find(f"{MC}Choice")
    fallback = node.find(f"{MC}Fallback")
    if fallback is not None and (choice is None or len(fallback)):
        return fallback
    return node if choice is None else choice
