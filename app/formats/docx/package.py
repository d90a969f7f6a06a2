"""The container: parts in, the bytes of a DOCX out. The same parts always give the same bytes."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from app.formats.docx.ooxml import DECLARATION, quoted

_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_LEVEL = 4
"""The usual level takes four times as long to make a text a fifth smaller."""

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "[Content_Types].xml"


@dataclass(frozen=True)
class Part:
    """One file of the package. `relation` is how its owner (the body, the package) points at it.

    `xml` is all but the declaration; as bytes, which suit a long text, with the declaration.
    """

    name: str
    content_type: str
    xml: str | bytes
    relation: str
    relation_id: str = ""
    owner: str = "word/document.xml"


@dataclass(frozen=True)
class Link:
    """A relationship of the body to an address outside the file."""

    relation_id: str
    target: str


def pack(parts: Iterable[Part], links: Iterable[Link] = ()) -> bytes:
    """Write the package: content types first, then the parts by name, all with one fixed date."""
    held = tuple(parts)
    files = {part.name: part.xml for part in held} | _relationships(held, tuple(links))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        _add(archive, _TYPES, _content_types(held))
        for name in sorted(files):
            _add(archive, name, files[name])
    return out.getvalue()


def _add(archive: zipfile.ZipFile, name: str, xml: str | bytes) -> None:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.create_system = _UNIX
    entry.external_attr = 0o644 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    content = xml if isinstance(xml, bytes) else DECLARATION + xml.encode()
    archive.writestr(entry, content, compresslevel=_LEVEL)


def _content_types(parts: tuple[Part, ...]) -> str:
    overrides = "".join(
        f'<Override PartName="/{part.name}" ContentType="{part.content_type}"/>'
        for part in sorted(parts, key=lambda part: part.name)
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(parts: tuple[Part, ...], links: tuple[Link, ...]) -> dict[str, str | bytes]:
    """The relationship parts, by the owners that point at something."""
    rows: dict[str, list[str]] = {}
    for part in sorted(parts, key=lambda part: part.name):
        held = rows.setdefault(part.owner, [])
        number = part.relation_id or f"rIdP{len(held) + 1}"
        target = _relative(part.owner, part.name)
        kind = part.relation if "://" in part.relation else f"{_OFFICE}/{part.relation}"
        held.append(f'<Relationship Id="{number}" Type="{kind}" Target="{target}"/>')
    rows.setdefault("word/document.xml", []).extend(
        f'<Relationship Id="{link.relation_id}" Type="{_OFFICE}/hyperlink" '
        f'Target="{quoted(link.target)}" TargetMode="External"/>'
        for link in links
    )
    return {
        _relationship_part(owner): (
            f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(held)}</Relationships>'
        )
        for owner, held in rows.items()
        if held
    }


def _relationship_part(owner: str) -> str:
    folder, _, name = owner.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _relative(owner: str, name: str) -> str:
    """The path of a part as seen from the folder of its owner."""
    folder = owner.rpartition("/")[0]
    if not folder:
        return name
    return name.removeprefix(f"{folder}/") if name.startswith(f"{folder}/") else f"../{name}"
