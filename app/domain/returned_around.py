"""Changes in a returned file outside the clauses: its title, the parties, the signature blocks.

No amendment changes these, so they bring nothing; whoever made them is told that.
"""

from collections.abc import Iterator
from typing import Literal

from app.domain import prose
from app.domain.clauses import ClauseTree, Kind
from app.domain.returned import Paragraph, ReturnedDocument, rejecting
from app.domain.returned_lines import is_typed_alike
from app.domain.returned_words import Words, bare

Area = Literal["title", "parties", "signatures"]


def changed_around(words: Words, base: ClauseTree) -> tuple[Area, ...]:
    """Where a file changed what stands around the clauses of a text, tracked or not."""
    found = {*_tracked(words)}
    title = " ".join(_said(words, "title"))
    if title and not is_typed_alike(title, " ".join(base.title.split())):
        found.add("title")
    cells = {cell for row in _rows(base) for cell in row}
    said = {*_said(words, "parties")}
    if cells and said and any(not _is_among(cell, said) for cell in cells):
        found.add("parties")
    order: tuple[Area, ...] = ("title", "parties", "signatures")
    return tuple(area for area in order if area in found)


def _area(paragraph: Paragraph) -> Area | None:
    """Which part of what we put around the text a paragraph belongs to."""
    style = bare(paragraph.style)
    if style == "title":
        return "title"
    if style.startswith("signature"):
        return "signatures"
    return "parties" if paragraph.row >= 0 or style == "coverparty" else None


def _tracked(words: Words) -> Iterator[Area]:
    document = words.document
    for at in words.around:
        paragraph = document.paragraphs[at]
        area = _area(paragraph)
        if area and _is_changed(document, paragraph):
            yield area


def _is_changed(document: ReturnedDocument, paragraph: Paragraph) -> bool:
    row = document.rows[paragraph.row] if paragraph.row >= 0 else None
    return bool(
        paragraph.mark
        or any(piece.revisions for piece in paragraph.pieces)
        or (row and (row.revisions or any(row.cells)))
    )


def _said(words: Words, area: Area) -> Iterator[str]:
    """What the paragraphs of a part say before any change, those on the title page left out."""
    view = rejecting(words.document)
    for at in sorted(words.around):
        paragraph = words.document.paragraphs[at]
        if _area(paragraph) == area and bare(paragraph.style) != "coverparty":
            shown = (one.text for one in paragraph.pieces if view.shows(one.revisions))
            text = " ".join("".join(shown).split())
            if text:
                yield text


def _rows(base: ClauseTree) -> Iterator[list[str]]:
    """The cells of the tables of parties, as plain words."""
    for node in base.walk():
        if node.kind is Kind.GENERATED and node.text == "parties":
            for row in node.children:
                yield [text for cell in prose.cells(row.text) if (text := prose.plain(cell))]


def _is_among(cell: str, said: set[str]) -> bool:
    return cell in said or any(is_typed_alike(cell, one) for one in said)
