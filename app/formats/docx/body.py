"""The body: blocks become paragraphs and tables, each at its place and in its list."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from app.domain.clauses import Kind, Numbering
from app.formats.docx.blocks import Block
from app.formats.docx.numbering_part import (
    MOST_LEVELS,
    NumberingPart,
    Placed,
    clause_levels,
    text_column,
)
from app.formats.docx.ooxml import indent, paragraph, run
from app.formats.docx.styles import HEADING_LEVELS, TEXT_WIDTH, TYPED_LABEL
from app.formats.docx.tables import table

_BULLET_HANGING = 340
_LABEL_WIDTH = 624


class Frame(NamedTuple):
    """Where a block stands: in which annex, under which parent, how deep, from where text runs."""

    container: str | None = None
    parent: str | None = None
    depth: int = 0
    left: int = 0
    in_list: bool = False


class Body:
    """Lays out blocks in reading order. `parted`: Heading 1 belongs to divisions.

    `generated` writes what stands in the place of a generated block.
    """

    def __init__(
        self,
        numbering: Numbering,
        lists: NumberingPart,
        generated: Callable[[Block], str],
        *,
        parted: bool,
    ) -> None:
        self._lists = lists
        self._levels = clause_levels(numbering)
        self._column = text_column(numbering)
        self._generated = generated
        self._parted = parted

    def xml(self, blocks: Iterable[Block]) -> Iterator[str]:
        """The paragraphs and tables of all blocks, one after another."""
        return self._all(blocks, Frame())

    def _all(self, blocks: Iterable[Block], frame: Frame) -> Iterator[str]:
        for block in blocks:
            match block.kind:
                case Kind.CLAUSE:
                    yield from self._clause(block, frame)
                case Kind.DIVISION:
                    yield self._line("Heading1", block)
                    yield from self._all(block.children, frame)
                case Kind.ANNEX:
                    yield from self._annex(block)
                case Kind.TABLE:
                    yield self._table(block, frame.left)
                case Kind.GENERATED:
                    yield self._generated(block)
                case _:
                    yield from self._paragraph(block, frame)

    def _clause(self, block: Block, frame: Frame) -> Iterator[str]:
        depth = frame.depth + 1
        placed = self._placed(block, frame, depth)
        level = self._levels[min(depth, MOST_LEVELS) - 1]
        left, hanging, layout = level.left, level.hanging, ""
        if frame.in_list:
            left, hanging = frame.left + _LABEL_WIDTH, _LABEL_WIDTH
            layout = indent(left, hanging)
        style = self._clause_style(block, frame, depth)
        yield self._line(style, block, placed, layout or indent(left, hanging))
        if block.children:
            under = Frame(frame.container, block.key, depth, left)
            yield from self._all(block.children, under)

    def _placed(self, block: Block, frame: Frame, depth: int) -> Placed:
        if block.leaving and not block.typed:
            return self._lists.uncounted(frame.container, depth)
        return self._lists.clause(frame.container, frame.parent, depth, block.label)

    def _clause_style(self, block: Block, frame: Frame, depth: int) -> str:
        if block.standing:
            above = self._parted or frame.container is not None
            return f"Heading{min(depth + above, HEADING_LEVELS)}"
        return "ClauseText" if depth <= 2 and not frame.in_list else "SubclauseText"

    def _annex(self, block: Block) -> Iterator[str]:
        placed = self._lists.annex("" if block.leaving else block.label)
        layout = "<w:pageBreakBefore/>" + placed.layout
        yield (
            paragraph("Heading1", self._labelled(block, placed), layout + _mark(block))
            + block.after
        )
        yield from self._all(block.children, Frame(container=block.key, parent=block.key))

    def _paragraph(self, block: Block, frame: Frame) -> Iterator[str]:
        left = frame.left
        if block.kind is Kind.RECITAL:
            placed = self._lists.recital("" if block.leaving else block.label)
            left = self._column
            yield self._line("Recital", block, placed, indent(left, left))
        elif block.kind is Kind.BULLET:
            left += _BULLET_HANGING
            placed = self._lists.bullet() if block.number is None else Placed("", block.number)
            yield self._line("BulletText", block, placed, indent(left, _BULLET_HANGING))
        else:
            yield self._line(_STYLES[block.kind], block, Placed(""), indent(left) if left else "")
        under = frame._replace(left=left, in_list=True, parent=block.key)
        yield from self._all(block.children, under)

    def _line(self, style: str, block: Block, placed: Placed | None = None, place: str = "") -> str:
        """One paragraph; what its list already says about its place isn't repeated."""
        placed = placed or Placed("", block.number or "")
        shown = self._labelled(block, placed)
        return paragraph(style, shown, placed.layout + place + _mark(block)) + block.after

    def _labelled(self, block: Block, placed: Placed) -> str:
        typed = block.typed or (run(f"{placed.typed}\t", TYPED_LABEL) if placed.typed else "")
        return block.around(typed + block.inline)

    def _table(self, block: Block, left: int) -> str:
        """Its caption, if any, and its rows; without a caption its marks stand behind it."""
        caption, end = "", ""
        if block.inline:
            layout = (indent(left) if left else "") + _mark(block)
            caption = paragraph("TableCaption", block.around(block.inline), layout)
        else:
            end = block.around("")
        return caption + table(
            block.children, left=left, width=TEXT_WIDTH - left, mark=block.mark, end=end
        )


_STYLES = {
    Kind.PARA: "PlainText",
    Kind.DEFINITION: "Definition",
    Kind.VERBATIM: "Verbatim",
    Kind.ROW: "PlainText",
}


def _mark(block: Block) -> str:
    mark = block.mark()
    return f"<w:rPr>{mark}</w:rPr>" if mark else ""
