"""Foreign Markdown and plain text in: what stands in the file, as the pieces of a clause tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from app.domain import prose
from app.domain.blocks import Block, BlockKind, cut
from app.domain.imported import Foreign, ImportedDocument, Seen, Unmapped, mapped
from app.formats.markdown_inline import Inline, link_name

_DEFINED = re.compile(r"\[[^\]]+\]:[ \t]*(?:<([^<>]*)>|(\S+))")
_AUTOMATIC = re.compile(r"\d+[.)]$")
_BULLET = re.compile(r"[^\w(]$")
_HEADING_ID = re.compile(r"\s*\{[:#.][^{}]*\}\s*$")
_COMMENT = re.compile(r"<!--.*?(?:-->|$)|<\?.*?\?>|<![A-Z].*?>", re.DOTALL)
_UNSEEN = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<(/?[A-Za-z][\w-]*)(?:\s[^<>]*)?>")
_INLINE_TAGS = frozenset(
    {
        "a",
        "abbr",
        "b",
        "code",
        "em",
        "font",
        "i",
        "label",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
    }
)
_CELL = re.compile(r"((?:\\.|`[^`]*`|[^|\\])*)(?:\||$)")
_TITLE = re.compile(r"title\s*[:=]\s*[\"']?(.*?)[\"']?\s*$", re.IGNORECASE)


def read(text: str, name: str = "") -> ImportedDocument:
    """Read Markdown or plain text; `name` gives the title where the text has none."""
    reader = _Reader(cut(text))
    pieces = list(reader.pieces())
    title = reader.title or _title_of(name)
    return mapped(pieces, title=title, unmapped=tuple(reader.unmapped.values()))


def _title_of(name: str) -> str:
    stem = PurePath(name).stem
    return " ".join(re.split(r"[\s_]+", stem)) or "Untitled"


@dataclass
class _Reader:
    """Walks over the blocks; notes and links are known before, a note follows its block."""

    blocks: tuple[Block, ...]
    title: str = ""
    unmapped: dict[str, Unmapped] = field(default_factory=dict)
    line: int = 1

    def __post_init__(self) -> None:
        self.links: dict[str, str] = {}
        self.notes: dict[str, str] = {}
        self.pending: list[str] = []
        self.used: set[str] = set()
        for block in self.blocks:
            if block.kind is BlockKind.LINK and (match := _DEFINED.match(block.lines[0])):
                self.links.setdefault(link_name(block.marker), match[1] or match[2])
            elif block.kind is BlockKind.NOTE:
                self.notes.setdefault(block.marker, "\n".join(block.lines))

    def pieces(self) -> Iterator[Foreign]:
        table = False
        for number, block in enumerate(self.blocks):
            is_row = block.kind is BlockKind.ROW
            if self.pending and not (is_row and table and block.marker != "head"):
                yield from self._notes()
            if is_row and (not table or block.marker == "head"):
                yield Foreign(Seen.TABLE, level=block.depth)
            table = is_row
            inside = number > 0 and self._is_inside(self.blocks[number - 1], block)
            yield from self._of(block, inside=inside)
            self.line += block.raw.count("\n")
        yield from self._notes()
        for name in [name for name in self.notes if name not in self.used]:
            self._leave_out(f"footnote {name} without a reference, its words stand at the end")
            self.pending.append(name)
        yield from self._notes()

    def _is_inside(self, last: Block, block: Block) -> bool:
        return last.kind is BlockKind.ITEM and last.lines == ("",) and block.depth > last.depth

    def _of(self, block: Block, *, inside: bool) -> Iterator[Foreign]:
        match block.kind:
            case BlockKind.FRONT:
                self._front(block)
            case BlockKind.HEADING:
                words = _HEADING_ID.sub("", "\n".join(block.lines))
                label = "inside" if inside else ""
                yield Foreign(Seen.HEADING, self._words(words), block.level, label=label)
            case BlockKind.ITEM:
                yield self._item(block)
            case BlockKind.PARAGRAPH:
                yield Foreign(Seen.PARA, self._words(_joined(block.lines)), block.depth)
            case BlockKind.ROW:
                yield Foreign(Seen.ROW, self._row(block), block.depth)
            case BlockKind.FENCE:
                yield Foreign(Seen.VERBATIM, "\n".join(block.lines).strip("\n"), block.depth)
            case BlockKind.HTML:
                yield from self._html(block)
            case _:
                return

    def _front(self, block: Block) -> None:
        self._leave_out("front matter")
        for line in block.lines:
            if match := _TITLE.match(line):
                self.title = " ".join(match[1].split())
                return

    def _item(self, block: Block) -> Foreign:
        ordered = not _BULLET.match(block.marker)
        label = block.marker if ordered and not _AUTOMATIC.match(block.marker) else ""
        text = self._words(_joined(block.lines))
        return Foreign(
            Seen.ITEM, text, block.depth, ordered=ordered, label=label, marker=block.marker
        )

    def _row(self, block: Block) -> str:
        if block.marker == "grid":
            columns = zip(*(_cells(line) for line in block.lines), strict=False)
            return prose.row(self._words("\n".join(column)) for column in columns)
        return prose.row(self._words(cell) for cell in _cells(block.lines[0]))

    def _html(self, block: Block) -> Iterator[Foreign]:
        """The words of HTML as paragraphs; what is not words is listed."""
        source = "\n".join(block.lines)
        bare = _UNSEEN.sub("", _COMMENT.sub("", source))
        if bare != source:
            self._leave_out("HTML comment or script")
        for match in _TAG.finditer(bare):
            self._leave_out(f"HTML tag <{match[1].lstrip('/').lower()}>, its words are kept")
        split = _TAG.sub(lambda tag: tag[0] if _is_inline(tag[1]) else "\n\n", bare)
        for chunk in re.split(r"\n\s*\n", split):
            if words := self._words(chunk):
                yield Foreign(Seen.PARA, words, block.depth)

    def _words(self, text: str) -> str:
        inline = Inline(self.links)
        words = inline.read(text)
        for what in inline.left_out:
            self._leave_out(what)
        for name in inline.notes:
            if name in self.notes:
                self.pending.append(name)
            else:
                words = prose.join([words, prose.escape(f"[^{name}]")])
        return words

    def _notes(self) -> Iterator[Foreign]:
        while self.pending:
            name = self.pending.pop(0)
            if name not in self.used:
                self.used.add(name)
                yield Foreign(Seen.NOTE, self._words(self.notes[name]))

    def _leave_out(self, what: str) -> None:
        self.unmapped.setdefault(what, Unmapped(f"line {self.line}", what))


def _is_inline(name: str) -> bool:
    return name.lstrip("/").lower() in _INLINE_TAGS


def _joined(lines: tuple[str, ...]) -> str:
    """The lines of a paragraph; a definition list's ": " goes on with its term."""
    return re.sub(r"\n:[ \t]+", ": ", "\n".join(lines))


def _cells(line: str) -> list[str]:
    inner = line.strip()
    inner = inner.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    found = [match[1] for match in _CELL.finditer(inner + "|") if match.end() > match.start()]
    return [cell.replace("\\|", "|").strip() for cell in found]
