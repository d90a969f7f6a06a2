"""Tables: captions aside, rows of cells with widths that follow their words."""

from collections.abc import Callable, Iterable, Sequence

from app.formats.docx.blocks import Block
from app.formats.docx.ooxml import paragraph

_LEAST, _MOST = 4, 60
_CHARACTER, _CELL_SIDES = 112, 220


def table(
    held: Iterable[Block], *, left: int, width: int, mark: Callable[[], str] = str, end: str = ""
) -> str:
    """A table of rows, the first of them its head; the empty paragraph after it ends it.

    `mark` tracks that paragraph where the whole table comes or goes, `end` stands in it.
    """
    rows = tuple(held)
    last = paragraph("TableEnd", end, _tracked(mark))
    if not rows:
        return last if end else ""
    columns = max(max(len(row.cells), 1) for row in rows)
    widths = _widths(rows, columns, width)
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    body = "".join(_row(row, widths, head=at == 0) for at, row in enumerate(rows))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="AgreementTable"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblInd w:w="{left}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>" + last
    )


def _tracked(mark: Callable[[], str]) -> str:
    """The properties of a paragraph whose mark comes or goes."""
    held = mark()
    return f"<w:rPr>{held}</w:rPr>" if held else ""


def _row(row: Block, widths: Sequence[int], *, head: bool) -> str:
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + row.row_mark
    cells = (*row.cells, *[""] * (len(widths) - len(row.cells)))
    held = []
    for at, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        words = row.around(cell) if at == 0 else cell
        shown = paragraph("TableHead" if head else "TableText", words, _tracked(row.mark))
        held.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{shown}</w:tc>')
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(held)}</w:tr>"


def _widths(rows: Sequence[Block], columns: int, width: int) -> list[int]:
    """Column widths in twips that add up to the width: no word is cut, long cells get the rest."""
    longest, whole = [1] * columns, [1] * columns
    for row in rows:
        for at, words in enumerate(row.shown):
            longest[at] = max(longest[at], *map(len, words.split()), 1)
            whole[at] = max(whole[at], min(len(words), _MOST))
    least = [_CELL_SIDES + _CHARACTER * max(one, _LEAST) for one in longest]
    spare = max(width - sum(least), 0)
    wanted = [
        max(_CHARACTER * most - least_one, 1) for most, least_one in zip(whole, least, strict=True)
    ]
    scale = min(width, sum(least)) if spare else width
    widths = [one * scale // sum(least) for one in least]
    widths = [one + spare * want // sum(wanted) for one, want in zip(widths, wanted, strict=True)]
    widths[-1] += width - sum(widths)
    return widths
