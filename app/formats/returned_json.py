"""A returned file as it is handed over by the process that read it, and taken in again."""

from collections.abc import Mapping
from typing import Any, get_args

from app.domain.returned import (
    Carried,
    Change,
    Origin,
    Paragraph,
    Piece,
    Remark,
    ReturnedDocument,
    Revision,
    Row,
    Spot,
)
from app.domain.written import MOST_FROM_A_FILE
from app.kernel.errors import Invalid

MOST_PARAGRAPHS = 10_000
MOST_REMARKS = 5_000
_UNREADABLE = "This file is too large or too tangled to be read. Save it anew, or cut it in parts."
_CHANGES = frozenset(get_args(Change))
_SPOTS = frozenset({"start", "end", "reference"})


def to_json(document: ReturnedDocument) -> dict[str, Any]:
    """A read file as JSON, in lists rather than by names: it has many pieces."""
    origin = document.origin
    return {
        "revisions": [list(one) for one in document.revisions],
        "rows": [list(one) for one in document.rows],
        "paragraphs": [list(one) for one in document.paragraphs],
        "remarks": [
            [one.number, one.author, one.date, one.text, one.parent, one.resolved]
            for one in document.remarks
        ],
        "origin": [origin.agreement, origin.version, origin.version_hash, origin.kind],
        "keys": dict(origin.keys),
        "amendments": [list(one) for one in origin.amendments],
        "formatting": document.formatting,
        "ignored": list(document.ignored),
    }


def from_json(data: Mapping[str, Any]) -> ReturnedDocument:
    """Read what `to_json` wrote, trusting nothing. Raises Invalid."""
    try:
        found = _document(data)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise Invalid(_UNREADABLE, "file") from error
    _check(found)
    return found


def _document(data: Mapping[str, Any]) -> ReturnedDocument:
    revisions = tuple(Revision(*map(str, one)) for one in data["revisions"])  # type: ignore[arg-type]
    rows = tuple(
        Row(int(table), _numbers(own), tuple(_numbers(cell) for cell in cells))
        for table, own, cells in data["rows"]
    )
    return ReturnedDocument(
        paragraphs=tuple(_paragraph(one) for one in data["paragraphs"]),
        revisions=revisions,
        rows=rows,
        remarks=tuple(_remark(one) for one in data["remarks"]),
        origin=_origin(data["origin"], data["keys"], data["amendments"]),
        formatting=int(data["formatting"]),
        ignored=tuple(map(str, data["ignored"])),
    )


def _remark(data: list[Any]) -> Remark:
    number, author, date, text, parent, resolved = data
    return Remark(str(number), str(author), str(date), str(text), str(parent), bool(resolved))


def _origin(data: list[Any], keys: Mapping[str, Any], amendments: list[Any]) -> Origin:
    agreement, version, version_hash, kind = map(str, data)
    held = {str(name): str(key) for name, key in keys.items()}
    carried = tuple(
        Carried(str(label), str(digest), str(author), str(date))
        for label, digest, author, date in amendments
    )
    return Origin(agreement, version, version_hash, kind, held, carried)


def _paragraph(data: list[Any]) -> Paragraph:
    pieces, mark, style, level, indent, bookmarks, flow, row, cell, spots = data
    return Paragraph(
        pieces=tuple(
            Piece(
                str(text), _numbers(changes), bool(strong), bool(em), str(look), str(link), str(aim)
            )
            for text, changes, strong, em, look, link, aim in pieces
        ),
        mark=_numbers(mark),
        style=str(style),
        level=int(level),
        indent=int(indent),
        bookmarks=tuple(map(str, bookmarks)),
        flow=int(flow),
        row=int(row),
        cell=int(cell),
        spots=tuple(Spot(str(one), kind, int(at)) for one, kind, at in spots if kind in _SPOTS),
    )


def _numbers(data: list[Any]) -> tuple[int, ...]:
    return tuple(map(int, data))


def _check(document: ReturnedDocument) -> None:
    """Raise Invalid unless every number names something, and nothing is larger than it may be."""
    paragraphs, revisions = document.paragraphs, range(len(document.revisions))
    if len(paragraphs) > MOST_PARAGRAPHS or len(document.remarks) > MOST_REMARKS:
        raise Invalid(
            "This file has {count} paragraphs and {remarks} comments; "
            "{most} and {most_remarks} can be taken in. Cut it in parts.",
            "file",
            count=len(paragraphs),
            remarks=len(document.remarks),
            most=MOST_PARAGRAPHS,
            most_remarks=MOST_REMARKS,
        )
    if any(one.change not in _CHANGES for one in document.revisions):
        raise Invalid(_UNREADABLE, "file")
    for row in document.rows:
        used = (*row.revisions, *(one for cell in row.cells for one in cell))
        if any(one not in revisions for one in used):
            raise Invalid(_UNREADABLE, "file")
    for paragraph in paragraphs:
        _check_paragraph(document, paragraph)


def _check_paragraph(document: ReturnedDocument, paragraph: Paragraph) -> None:
    revisions = range(len(document.revisions))
    used = (*paragraph.mark, *(one for piece in paragraph.pieces for one in piece.revisions))
    fits = paragraph.row < 0 or (
        paragraph.row < len(document.rows)
        and 0 <= paragraph.cell < len(document.rows[paragraph.row].cells)
    )
    if not fits or any(one not in revisions for one in used):
        raise Invalid(_UNREADABLE, "file")
    size = sum(len(piece.text) for piece in paragraph.pieces)
    if size > MOST_FROM_A_FILE:
        raise Invalid(
            "One paragraph of this file has {count} characters; {most} can be taken in.",
            "file",
            count=size,
            most=MOST_FROM_A_FILE,
        )
