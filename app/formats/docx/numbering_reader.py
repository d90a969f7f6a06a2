"""Which paragraphs of a Word file are numbered, how deep, and whether by numbers or by bullets."""

from dataclasses import dataclass

from app.formats.docx.guard import Element
from app.formats.docx.source_package import Styles, W, value, whole

_NO_LIST = "0"
_BULLETS = frozenset({"bullet", "none", ""})


@dataclass(frozen=True, slots=True)
class Listed:
    """A paragraph's place in a list. `indent` is where its words begin, in twips."""

    list_id: str
    level: int
    ordered: bool
    indent: int


class Numbering:
    """The lists that a file defines. A list is known by its abstract definition."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self.styles = styles
        self.abstract: dict[str, Element] = {}
        self.by_number: dict[str, Element] = {}
        for node in root.iterfind(f"{W}abstractNum") if root is not None else ():
            self.abstract[node.get(f"{W}abstractNumId", "")] = node
        for node in root.iterfind(f"{W}num") if root is not None else ():
            self.by_number[node.get(f"{W}numId", "")] = node

    def of(self, properties: Element | None, style: str) -> Listed | None:
        """The list place that a paragraph's own properties or its style give it."""
        own = None if properties is None else properties.find(f"{W}numPr")
        number, level = value(own, "numId"), whole(value(own, "ilvl"))
        if not number:
            number, styled = self._of_style(style)
            level = styled if level is None else level
        if number in {"", _NO_LIST}:
            return None
        return self._listed(number, level or 0, self.indent(properties, style))

    def _of_style(self, style: str) -> tuple[str, int | None]:
        for name, held in self.styles.properties(style):
            node = held.find(f"{W}numPr")
            if node is None:
                continue
            number, level = value(node, "numId"), whole(value(node, "ilvl"))
            if number:
                return number, self._level_of_style(number, name) if level is None else level
        return "", None

    def _level_of_style(self, number: str, style: str) -> int | None:
        """The level that a list definition itself ties to a style."""
        definition = self._definition(number)
        for node in definition.iterfind(f"{W}lvl") if definition is not None else ():
            if value(node, "pStyle") == style:
                return whole(node.get(f"{W}ilvl"))
        return None

    def _definition(self, number: str) -> Element | None:
        """The abstract definition of a list; one that names a style is found through that."""
        found = self.abstract.get(value(self.by_number.get(number), "abstractNumId"))
        link = value(found, "numStyleLink")
        for node in self.abstract.values() if link else ():
            if value(node, "styleLink") == link:
                return node
        return found

    def _listed(self, number: str, level: int, indent: int | None) -> Listed | None:
        definition = self._definition(number)
        if definition is None:
            return None
        node = self._level(number, definition, level)
        form = value(node, "numFmt") or "decimal"
        text = value(node, "lvlText")
        if node is None or (form == "none" and not text.strip()):
            return None
        ordered = form not in _BULLETS or (form == "none" and any(map(str.isalnum, text)))
        if indent is None:
            indent = _left(node.find(f"{W}pPr")) or 0
        name = definition.get(f"{W}abstractNumId", "")
        return Listed(name, level, ordered, indent)

    def _level(self, number: str, definition: Element, level: int) -> Element | None:
        for override in self.by_number[number].iterfind(f"{W}lvlOverride"):
            node = override.find(f"{W}lvl")
            if node is not None and override.get(f"{W}ilvl") == str(level):
                return node
        for node in definition.iterfind(f"{W}lvl"):
            if node.get(f"{W}ilvl") == str(level):
                return node
        return None

    def indent(self, properties: Element | None, style: str) -> int | None:
        """Where a paragraph's words begin by its own properties or its style's, in twips."""
        own = _left(properties)
        if own is not None:
            return own
        for _, held in self.styles.properties(style):
            styled = _left(held)
            if styled is not None:
                return styled
        return None


def _left(properties: Element | None) -> int | None:
    node = None if properties is None else properties.find(f"{W}ind")
    if node is None:
        return None
    return whole(node.get(f"{W}left") or node.get(f"{W}start"))
