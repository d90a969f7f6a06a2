"""Any text cut into blocks without losing a byte: what files are compared, merged and imported by.

A block is a heading, a list item, a paragraph, a table row, a fence, front matter, HTML and so
on. Its `raw` is the piece of the file with the blank lines after it; the pieces joined are the
file. How a text is read follows CommonMark, with tables, footnotes and lettered lists; text that
follows none of these rules is paragraphs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

TAB = 4
CODE_INDENT = 4


class BlockKind(StrEnum):
    """What a piece of a file is."""

    BLANK = "blank"
    FRONT = "front"
    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    ROW = "row"
    RULE = "rule"
    FENCE = "fence"
    HTML = "html"
    LINK = "link"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a file.

    `lines` are its words without indents, marker and ends of line. `level` is a heading's level (1
    to 6); `depth` tells how many list items it stands in; `marker` is the sign of an item ("1.",
    "-"), the fence, or the name of a footnote or link.
    """

    kind: BlockKind
    raw: str
    lines: tuple[str, ...] = ()
    marker: str = ""
    level: int = 0
    depth: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its end: how far in it begins, and the rest."""

    raw: str
    indent: int
    body: str


_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$")
_RULE = re.compile(r"(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_UNDERLINE = re.compile(r"(=+|-+)[ \t]*$")
_FENCE = re.compile(r"(`{3,}|~{3,})([^`]*)$")
_BULLET = r"[-+*•·▪‣◦–]"
_MARKER = re.compile(
    rf"({_BULLET}|\d{{1,9}}[.)]|\(\d{{1,4}}\)"
    r"|\([A-Za-z]{1,2}\)|[a-z][.)]|[A-Z]\)|[A-Z]\.(?=[ \t]{2})"
    r"|\([ivxlcdm]{1,7}\)|\([IVXLCDM]{1,7}\)|[ivxlcdm]{1,7}[.)]|[IVXLCDM]{1,7}\))"
    r"(?=[ \t]|$)([ \t]*)"
)
_SURE_MARKER = re.compile(r"(?:[-+*•]|1[.)])[ \t]+\S")
_DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_GRID = re.compile(r"\+(?:[-=:]+\+)+[ \t]*$")
_LINK = re.compile(r"\[(?!\^)((?:[^\[\]\\]|\\.)+)\]:[ \t]*\S")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")
_TAGS = (
    "address|article|aside|blockquote|body|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|h[1-6]|head|header|hr|html|iframe|legend|li|link|"
    "main|menu|nav|ol|optgroup|option|p|pre|script|section|style|summary|table|tbody|td|template|"
    "tfoot|th|thead|title|tr|track|ul"
)
_HTML = re.compile(rf"</?(?:{_TAGS})(?=[\s/>]|$)|<!--|<[?!]", re.IGNORECASE)
_FRONT_ENDS = {"---": ("---", "..."), "+++": ("+++",)}


def cut(text: str) -> tuple[Block, ...]:
    """Cut a text into blocks; their `raw` joined is the text."""
    return tuple(_Cutter(text).blocks())


def lines_of(text: str) -> list[str]:
    """The lines of a text with their ends; joined they are the text."""
    return _LINES.findall(text)


class _Cutter:
    """Reads a text line by line and keeps what is open: list items, a paragraph, a table."""

    def __init__(self, text: str) -> None:
        self.lines = lines_of(text)
        self.position = 0
        self.found: list[Block] = []
        self.items: list[int] = []  # where the text of each open item begins
        self.open: BlockKind | None = None  # what the next line may go on with

    def blocks(self) -> Iterator[Block]:
        self._front()
        while self.position < len(self.lines):
            raw = self.lines[self.position]
            self.position += 1
            if raw.strip("\r\n\t \ufeff"):
                self._line(raw)
            else:
                self._blank(raw)
        yield from self.found

    def _front(self) -> None:
        """Take front matter between two lines of signs, if the text begins with it."""
        first = self.lines[0].strip().lstrip("\ufeff") if self.lines else ""
        for end in range(1, len(self.lines)) if first in _FRONT_ENDS else ():
            if self.lines[end].strip() in _FRONT_ENDS[first]:
                inner = tuple(line.rstrip("\r\n") for line in self.lines[1:end])
                raw = "".join(self.lines[: end + 1])
                self.found.append(Block(BlockKind.FRONT, raw, inner, marker=first))
                self.position = end + 1
                return

    def _blank(self, raw: str) -> None:
        """Blank lines belong to the block before them."""
        self.open = None
        if self.found:
            self.found[-1] = replace(self.found[-1], raw=self.found[-1].raw + raw)
        else:
            self.found.append(Block(BlockKind.BLANK, raw))

    def _line(self, raw: str) -> None:
        line = _read(raw)
        while self._may_quote() and (
            quote := _QUOTE.match(" " * min(line.indent, CODE_INDENT) + line.body)
        ):
            rest = (" " * line.indent + line.body)[quote.end() :]
            if not rest.strip():
                self._quoted_blank(raw)
                return
            line = replace(_read(rest), raw=raw)
        if self._goes_on(line):
            return
        self.open = None
        while self.items and line.indent < self.items[-1]:
            self.items.pop()
        self._start(line)

    def _may_quote(self) -> bool:
        """A sign ">" inside a paragraph that is no quotation is a sign like any other."""
        if self.open is None or not self.found:
            return True
        return bool(_QUOTE.match(lines_of(self.found[-1].raw)[-1].lstrip(" ")))

    def _quoted_blank(self, raw: str) -> None:
        self._blank(raw)

    def _goes_on(self, line: _Line) -> bool:
        """Whether the line belongs to the paragraph or table that is open, and was put there."""
        last = self.found[-1] if self.found else None
        if last is None or self.open is None:
            return False
        if self.open is BlockKind.ROW:
            return self._next_row(last, line)
        if self._underlines(last, line) or self._begins_table(last, line):
            return True
        if self._interrupts(last, line):
            return False
        self.found[-1] = replace(last, raw=last.raw + line.raw, lines=(*last.lines, line.body))
        return True

    def _underlines(self, last: Block, line: _Line) -> bool:
        """Make a heading of a paragraph that has a line of = or - under it."""
        if last.kind is not BlockKind.PARAGRAPH or not _UNDERLINE.match(line.body):
            return False
        if self.items and line.indent < self.items[-1]:
            return False
        level = 1 if line.body.startswith("=") else 2
        raw = last.raw + line.raw
        self.found[-1] = replace(last, kind=BlockKind.HEADING, raw=raw, level=level)
        self.open = None
        return True

    def _begins_table(self, last: Block, line: _Line) -> bool:
        """Make table rows of a line with cells and the line of dashes under it."""
        if "|" not in line.body or not _DELIMITER.match(line.body) or "|" not in last.lines[-1]:
            return False
        if last.kind is BlockKind.ITEM and len(last.lines) == 1:
            return False
        raws = lines_of(last.raw)
        if len(last.lines) > 1:
            kept = replace(last, raw="".join(raws[:-1]), lines=last.lines[:-1])
            self.found[-1:] = [kept, Block(BlockKind.ROW, "")]
        head = (last.lines[-1],)
        raw = raws[-1] + line.raw
        self.found[-1] = Block(BlockKind.ROW, raw, head, marker="head", depth=len(self.items))
        self.open = BlockKind.ROW
        return True

    def _next_row(self, last: Block, line: _Line) -> bool:
        if "|" not in line.body and self._interrupts(last, line):
            return False
        self.found.append(Block(BlockKind.ROW, line.raw, (line.body,), depth=last.depth))
        return True

    def _interrupts(self, last: Block, line: _Line) -> bool:
        """Whether a line begins a block of its own although a paragraph is open before it."""
        body = line.body
        if line.indent >= CODE_INDENT + (self.items[-1] if self.items else 0):
            return bool(self.items and _SURE_MARKER.match(body))
        if _HEADING.match(body) or _RULE.match(body) or _FENCE.match(body) or _HTML.match(body):
            return True
        if _SURE_MARKER.match(body) or _GRID.match(body):
            return True
        marker = _MARKER.match(body)
        if marker is None:
            return bool(_NOTE.match(body)) and last.kind is not BlockKind.PARAGRAPH
        return self._continues_list(marker[1])

    def _continues_list(self, marker: str) -> bool:
        """Whether a marker that could be a word is one: an open list has markers of its kind."""
        shapes = {_shape(b.marker) for b in self.found[-40:] if b.kind is BlockKind.ITEM}
        return bool(self.items) and _shape(marker) in shapes

    def _start(self, line: _Line) -> None:
        """Begin the block that the line is the first of."""
        body = line.body
        inside = line.indent - (self.items[-1] if self.items else 0)
        marker = None if _RULE.match(body) else _MARKER.match(body)
        if marker:
            self._item(line, marker)
        elif inside >= CODE_INDENT:
            self._code(line)
        elif heading := _HEADING.match(body):
            words, level = heading[2] or "", len(heading[1])
            self._add(BlockKind.HEADING, line, words, level=level)
        elif _RULE.match(body):
            self._add(BlockKind.RULE, line)
        elif fence := _FENCE.match(body):
            self._fence(line, fence[1])
        elif _HTML.match(body):
            self._html(line)
        elif note := _NOTE.match(body):
            self._add(BlockKind.NOTE, line, body[note.end() :], marker=note[1], goes_on=True)
        elif link := _LINK.match(body):
            self._add(BlockKind.LINK, line, body, marker=link[1])
        elif _GRID.match(body):
            self._grid(line)
        else:
            self._add(BlockKind.PARAGRAPH, line, body, goes_on=True)

    def _add(
        self,
        kind: BlockKind,
        line: _Line,
        *words: str,
        marker: str = "",
        level: int = 0,
        goes_on: bool = False,
    ) -> None:
        self.found.append(Block(kind, line.raw, words, marker, level, len(self.items)))
        self.open = kind if goes_on else None

    def _item(self, line: _Line, marker: re.Match[str]) -> None:
        """An item, and what stands on its line: words, or another block."""
        rest = _read(line.body[marker.end() :]).body
        width = len(marker[1]) + len(marker[2].expandtabs(TAB))
        if not rest or len(marker[2].expandtabs(TAB)) > CODE_INDENT + 1:
            width = len(marker[1]) + 1
        depth = len(self.items)
        self.items.append(line.indent + width)
        nested = _MARKER.match(rest) if not _RULE.match(rest) else _RULE.match(rest)
        if rest and (nested or _HEADING.match(rest) or _FENCE.match(rest)):
            at = (
                len(line.raw) - len(line.raw.lstrip())
                if not line.raw.lstrip().startswith(">")
                else 0
            )
            at = line.raw.index(marker[1], at) + len(marker[1]) + len(marker[2])
            self.found.append(Block(BlockKind.ITEM, line.raw[:at], ("",), marker[1], 0, depth))
            self._start(_Line(line.raw[at:], self.items[-1], rest))
            return
        self.found.append(Block(BlockKind.ITEM, line.raw, (rest,), marker[1], 0, depth))
        self.open = BlockKind.ITEM

    def _code(self, line: _Line) -> None:
        """Text set in by four columns stands as it is."""
        last = self.found[-1] if self.found else None
        base = (self.items[-1] if self.items else 0) + CODE_INDENT
        words = " " * (line.indent - base) + line.body
        if last and last.kind is BlockKind.FENCE and not last.marker:
            gap = ("",) * (len(lines_of(last.raw)) - len(last.lines))
            whole = (*last.lines, *gap, words)
            self.found[-1] = replace(last, raw=last.raw + line.raw, lines=whole)
        else:
            self._add(BlockKind.FENCE, line, words)

    def _fence(self, line: _Line, fence: str) -> None:
        """Everything up to the line that closes the fence, or to the end."""
        raws, words = [line.raw], []
        while self.position < len(self.lines):
            raw = self.lines[self.position]
            self.position += 1
            raws.append(raw)
            if _closes(raw, fence):
                break
            words.append(_unindented(raw, line.indent))
        block = Block(BlockKind.FENCE, "".join(raws), tuple(words), fence, 0, len(self.items))
        self.found.append(block)

    def _html(self, line: _Line) -> None:
        """HTML up to the next blank line; a comment up to its end."""
        raws = [line.raw]
        comment = line.body.startswith("<!--")
        while self.position < len(self.lines):
            if comment and "-->" in raws[-1]:
                break
            raw = self.lines[self.position]
            if not comment and not raw.strip():
                break
            raws.append(raw)
            self.position += 1
        words = tuple(raw.strip() for raw in raws)
        self.found.append(Block(BlockKind.HTML, "".join(raws), words, depth=len(self.items)))

    def _grid(self, line: _Line) -> None:
        """A table drawn with + and |: a row for each band between two lines of dashes."""
        raws: list[str] = [line.raw]
        depth = len(self.items)
        while self.position < len(self.lines) and self.lines[self.position].lstrip()[:1] in "|+":
            raw = self.lines[self.position]
            if not raw.strip():
                break
            raws.append(raw)
            self.position += 1
            if _GRID.match(raw.strip()):
                words = tuple(one.strip() for one in raws if one.lstrip().startswith("|"))
                self.found.append(Block(BlockKind.ROW, "".join(raws), words, "grid", depth=depth))
                raws = []
        if raws:
            words = tuple(one.strip() for one in raws)
            self.found.append(Block(BlockKind.PARAGRAPH, "".join(raws), words, depth=depth))


def _read(raw: str) -> _Line:
    """Measure how far in a line begins, a tab reaching to the next fourth column."""
    body = raw.rstrip("\r\n").lstrip("\ufeff")
    inner = body.lstrip(" \t")
    lead = body[: len(body) - len(inner)].expandtabs(TAB)
    return _Line(raw, len(lead), inner)


def _unindented(raw: str, indent: int) -> str:
    line = _read(raw)
    return " " * max(line.indent - indent, 0) + line.body


def _closes(raw: str, fence: str) -> bool:
    words = raw.strip()
    return words.startswith(fence) and not words.strip(fence[0])


def _shape(marker: str) -> str:
    """What markers of one list have in common: "(a)" and "(b)" are both "(x)"."""
    return re.sub(r"[A-Za-z]+", "x", re.sub(r"\d+", "1", marker))
