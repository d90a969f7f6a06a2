"""What a Word file says about where it came from: the properties and the clause map of our copies.

Both are claims: whoever holds the file can change them. They say where to look first, no more.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from app.domain.returned import Carried, Origin
from app.formats.docx.properties import MAP
from app.formats.docx.source_package import SourcePackage

_NAMES = {
    "Concordat agreement": "agreement",
    "Concordat version": "version",
    "Concordat version hash": "version_hash",
    "Concordat file": "kind",
}
_LONGEST = 200
_MOST_AMENDMENTS = 1_000


def read(package: SourcePackage) -> Origin:
    """What the file claims; an empty origin where it claims nothing."""
    said = _properties(package)
    keys: dict[str, str] = {}
    carried: tuple[Carried, ...] = ()
    for name in package.parts:
        root = _map_root(package, name)
        if root is not None:
            said = {**_about(root), **said}
            keys |= _keys(root)
            carried += tuple(_carried(root))
    return Origin(
        **{name: said.get(name, "")[:_LONGEST] for name in _NAMES.values()},
        keys=keys,
        amendments=carried[:_MOST_AMENDMENTS],
    )


def _properties(package: SourcePackage) -> dict[str, str]:
    root = package.xml("docProps/custom.xml") if "docProps/custom.xml" in package.parts else None
    return {
        _NAMES[node.get("name", "")]: "".join(str(text) for text in node.itertext()).strip()
        for node in (root if root is not None else ())
        if isinstance(node.tag, str) and node.get("name") in _NAMES
    }


def _map_root(package: SourcePackage, name: str) -> etree._Element | None:
    """The clause map, where a part is one."""
    is_custom = name.casefold().startswith("customxml/item") and name.endswith(".xml")
    if not is_custom or MAP.encode() not in package.parts[name]:
        return None
    root = package.xml(name)
    return root if root is not None and etree.QName(root).namespace == MAP else None


def _about(root: etree._Element) -> Mapping[str, str]:
    return {
        "agreement": root.get("agreement", ""),
        "version": root.get("version", ""),
        "version_hash": root.get("hash", ""),
    }


def _keys(root: etree._Element) -> Mapping[str, str]:
    """The keys that the bookmarks carry."""
    return {
        bookmark: key
        for node in root.iter(f"{{{MAP}}}c")
        if (bookmark := node.get("bookmark")) and (key := node.get("key"))
    }


def _carried(root: etree._Element) -> Iterator[Carried]:
    for node in root.iter(f"{{{MAP}}}a"):
        names = ("label", "operations", "author", "date")
        yield Carried(*(node.get(name, "")[:_LONGEST] for name in names))
