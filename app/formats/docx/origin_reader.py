"""What a Word file says about where it came from: the properties and the clause map of our copies.

Both are claims: whoever holds the file can change them. They say where to look first, no more.
"""

from collections.abc import Mapping

from lxml import etree

from app.domain.returned import Origin
from app.formats.docx.properties import MAP
from app.formats.docx.source_package import SourcePackage

_NAMES = {
    "Concordat agreement": "agreement",
    "Concordat version": "version",
    "Concordat version hash": "version_hash",
    "Concordat file": "kind",
}
_LONGEST = 200


def read(package: SourcePackage) -> Origin:
    """What the file claims; an empty origin where it claims nothing."""
    said = _properties(package)
    keys: dict[str, str] = {}
    for name in package.parts:
        if name.casefold().startswith("customxml/item") and name.endswith(".xml"):
            about, found = _clause_map(package, name)
            said = {**about, **said}
            keys |= found
    return Origin(**{name: said.get(name, "")[:_LONGEST] for name in _NAMES.values()}, keys=keys)


def _properties(package: SourcePackage) -> dict[str, str]:
    root = package.xml("docProps/custom.xml") if "docProps/custom.xml" in package.parts else None
    return {
        _NAMES[node.get("name", "")]: "".join(str(text) for text in node.itertext()).strip()
        for node in (root if root is not None else ())
        if isinstance(node.tag, str) and node.get("name") in _NAMES
    }


def _clause_map(package: SourcePackage, name: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What a custom part says about its copy, and the keys that its bookmarks carry."""
    if MAP.encode() not in package.parts[name]:
        return {}, {}
    root = package.xml(name)
    if root is None or etree.QName(root).namespace != MAP:
        return {}, {}
    about = {
        "agreement": root.get("agreement", ""),
        "version": root.get("version", ""),
        "version_hash": root.get("hash", ""),
    }
    keys = {
        node.get("bookmark", ""): node.get("key", "")
        for node in root.iter(f"{{{MAP}}}c")
        if node.get("bookmark") and node.get("key")
    }
    return about, keys
