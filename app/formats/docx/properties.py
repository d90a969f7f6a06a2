"""What the file says about itself: document properties and the map of its clauses."""

import hashlib
from collections.abc import Iterable

from app.domain.clauses import Clause, ClauseTree
from app.domain.returned import Carried
from app.formats.docx.cover import Edition
from app.formats.docx.ooxml import clause_bookmark, escaped, quoted
from app.formats.docx.package import Part

MAP = "urn:concordat:clause-map:1"
"""Namespace of the clause map."""
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_MAP_ID = "{6B0C2D5E-3A55-4D0B-9F6B-0C07C0DA0001}"
_TYPE = "application/vnd.openxmlformats-officedocument."


def parts(
    tree: ClauseTree, edition: Edition, *, kind: str, carried: Iterable[Carried] = ()
) -> tuple[Part, ...]:
    """The parts beside the document. `kind`: "version", "signature" or "redline".

    `carried`: the amendments whose changes the document holds.
    """
    facts = {
        "Concordat agreement": edition.agreement,
        "Concordat version": edition.version,
        "Concordat version hash": tree.version_hash,
        "Concordat file": kind,
    }
    return (
        *described(edition, tree.language),
        Part(
            "docProps/custom.xml",
            f"{_TYPE}custom-properties+xml",
            _custom(facts),
            "custom-properties",
            owner="",
        ),
        Part(
            "customXml/item1.xml",
            "application/xml",
            _clause_map(tree, edition, carried),
            "customXml",
        ),
        Part(
            "customXml/itemProps1.xml",
            f"{_TYPE}customXmlProperties+xml",
            _map_properties(),
            "customXmlProps",
            owner="customXml/item1.xml",
        ),
    )


def described(edition: Edition, language: str) -> tuple[Part, ...]:
    """What any file of ours says about itself: title, state, language, day, and who made it."""
    return (
        Part(
            "docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml",
            _core(edition, language),
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
            owner="",
        ),
        Part(
            "docProps/app.xml",
            f"{_TYPE}extended-properties+xml",
            f'<Properties xmlns="{_PROPERTIES}/extended-properties">'
            "<Application>Concordat</Application></Properties>",
            "extended-properties",
            owner="",
        ),
    )


def _core(edition: Edition, language: str) -> str:
    terms = "http://purl.org/dc"
    stamp = f"{edition.day.isoformat()}T00:00:00Z" if edition.day else ""
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>'
        for name in ("created", "modified")
        if stamp
    )
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        f'core-properties" xmlns:dc="{terms}/elements/1.1/" xmlns:dcterms="{terms}/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(edition.title)}</dc:title>"
        f"<dc:subject>{escaped(edition.named)}</dc:subject><dc:creator>Concordat</dc:creator>"
        f"<dc:language>{escaped(language)}</dc:language>{dates}</cp:coreProperties>"
    )


def _custom(facts: dict[str, str]) -> str:
    rows = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{escaped(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(facts.items(), 2)
    )
    return (
        f'<Properties xmlns="{_PROPERTIES}/custom-properties" '
        f'xmlns:vt="{_PROPERTIES}/docPropsVTypes">{rows}</Properties>'
    )


def _clause_map(tree: ClauseTree, edition: Edition, carried: Iterable[Carried]) -> str:
    """Every node in reading order, nested as in the text: key, kind, bookmark, hash of words.

    Behind them the amendments that the document holds.
    """
    held = "".join(_mapped(node) for node in tree.clauses)
    held += "".join(
        f'<a label="{quoted(one.label)}" operations="{quoted(one.digest)}" '
        f'author="{quoted(one.author)}" date="{quoted(one.date)}"/>'
        for one in carried
    )
    return (
        f'<clauses xmlns="{MAP}" agreement="{quoted(edition.agreement)}" '
        f'version="{quoted(edition.version)}" hash="{tree.version_hash}" '
        f'language="{quoted(tree.language)}" numbering="{tree.numbering}">{held}</clauses>'
    )


def _mapped(node: Clause) -> str:
    number = f' number="{quoted(node.number)}"' if node.number is not None else ""
    opened = (
        f'<c key="{node.key}" kind="{node.kind}" bookmark="{clause_bookmark(node.key)}" '
        f'words="{words_hash(node)}"{number}'
    )
    if not node.children:
        return f"{opened}/>"
    return f"{opened}>{''.join(_mapped(child) for child in node.children)}</c>"


def words_hash(node: Clause) -> str:
    """Tells whether heading and text still read as they did: 16 hex digits."""
    said = f"{node.heading}\n\n{node.text}".encode()
    return hashlib.blake2b(said, digest_size=8).hexdigest()


def _map_properties() -> str:
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    return (
        f'<ds:datastoreItem ds:itemID="{_MAP_ID}" xmlns:ds="{namespace}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{MAP}"/></ds:schemaRefs></ds:datastoreItem>'
    )
