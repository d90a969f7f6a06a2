"""Rules for the container: names, content types and relationships must close."""

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

_TYPES = "[Content_Types].xml"
_RELS = ".rels"
_EXTERNAL = "External"


def check(names: Sequence[str], parts: Mapping[str, etree._Element]) -> Iterator[str]:
    """What does not close in the container, as sentences."""
    counted = Counter(name.casefold() for name in names)
    yield from (f"The part {name} stands twice." for name, times in counted.items() if times > 1)
    if _TYPES not in parts:
        yield "The content types are missing."
        return
    yield from _types(names, parts[_TYPES])
    for name, root in parts.items():
        if name.endswith(_RELS):
            yield from _relationships(name, root, frozenset(names))


def _types(names: Sequence[str], root: etree._Element) -> Iterator[str]:
    overrides = [entry.get("PartName", "") for entry in root if entry.tag.endswith("Override")]
    folded = {part.casefold() for part in overrides}
    endings = {
        entry.get("Extension", "").casefold() for entry in root if entry.tag.endswith("Default")
    }
    for part in overrides:
        if part.lstrip("/") not in names:
            yield f"The content types name {part}, which is not there."
    for name in names:
        ending = name.rpartition(".")[2].casefold()
        if name != _TYPES and f"/{name}".casefold() not in folded and ending not in endings:
            yield f"The part {name} has no content type."


def _relationships(name: str, root: etree._Element, names: frozenset[str]) -> Iterator[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    ids = Counter(entry.get("Id") for entry in root)
    yield from (
        f"The relationship {one} stands twice in {name}." for one, n in ids.items() if n > 1
    )
    for entry in root:
        target = entry.get("Target", "")
        if entry.get("TargetMode") == _EXTERNAL:
            continue
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        if posixpath.normpath(path) not in names:
            yield f"{name} points at {target}, which is not there."
