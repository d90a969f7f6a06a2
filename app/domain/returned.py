"""A Word file that came back: its paragraphs with every tracked change, and its comments.

A reader (`formats/docx`) tells what it saw; `roundtrip` says what it means for a text. Dates and
names are claims of the file: anybody can write any.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal, NamedTuple

Change = Literal["ins", "del", "moveFrom", "moveTo"]
GOING = frozenset({"del", "moveFrom"})
BOOKMARK = "_cl_"
"""How a bookmark begins that carries the key of a clause."""


class Revision(NamedTuple):
    """A tracked change as the file tells it: what it does, whose it is, and when ("" unknown)."""

    change: Change
    author: str
    date: str


class Piece(NamedTuple):
    """A stretch of characters under the same changes (numbers of revisions, outermost first).

    `style`: the name of its character style; `target`: the bookmark that a reference or a link
    inside the file leads to; `link`: an address outside.
    """

    text: str
    revisions: tuple[int, ...] = ()
    strong: bool = False
    em: bool = False
    style: str = ""
    link: str = ""
    target: str = ""


class Spot(NamedTuple):
    """Where a comment begins, ends or is called: before the piece with that number."""

    comment: str
    kind: Literal["start", "end", "reference"]
    piece: int


class Paragraph(NamedTuple):
    """One paragraph as it lies in the file, before any change is taken or left.

    `mark`: the changes of its mark; `flow`: grows where a paragraph can't run on into the next
    (at the edge of a table or a cell); `row`: the number of its table row, -1 outside; `cell`: the
    place in that row; `level`: its level in a list, -1 for none; `indent`: where its words begin,
    in twips.
    """

    pieces: tuple[Piece, ...]
    mark: tuple[int, ...] = ()
    style: str = ""
    level: int = -1
    indent: int = 0
    bookmarks: tuple[str, ...] = ()
    flow: int = 0
    row: int = -1
    cell: int = 0
    spots: tuple[Spot, ...] = ()


class Row(NamedTuple):
    """A table row: in which table it stands, its own changes, and those of its cells."""

    table: int
    revisions: tuple[int, ...] = ()
    cells: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment of the file. `parent` is the number of the one it answers, "" for none."""

    number: str
    author: str
    date: str
    text: str
    parent: str = ""
    resolved: bool = False


class Carried(NamedTuple):
    """An amendment that a copy took along as tracked changes.

    `digest` is the hash of its operations; `author` and `date` are those of its changes.
    """

    label: str
    digest: str
    author: str
    date: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Which copy of ours a file says it is; all "" for one that lost it, or never was ours.

    `kind` is version, signature or redline; `keys` maps a bookmark to the key it carries;
    `amendments` are those it held when it left.
    """

    agreement: str = ""
    version: str = ""
    version_hash: str = ""
    kind: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    amendments: tuple[Carried, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnedDocument:
    """Everything that was read in a file.

    `formatting` counts the tracked changes of looks alone; `ignored` names what has no words here.
    """

    paragraphs: tuple[Paragraph, ...]
    revisions: tuple[Revision, ...] = ()
    rows: tuple[Row, ...] = ()
    remarks: tuple[Remark, ...] = ()
    origin: Origin = Origin()
    formatting: int = 0
    ignored: tuple[str, ...] = ()


class View:
    """One way to look at a file: which of its changes are taken; the others are left.

    `hidden`: the changes whose words are not there.
    """

    def __init__(self, document: ReturnedDocument, taken: Callable[[Revision], bool]) -> None:
        hidden = [(one.change in GOING) is bool(taken(one)) for one in document.revisions]
        self.hidden = frozenset(at for at, is_hidden in enumerate(hidden) if is_hidden)

    def shows(self, revisions: tuple[int, ...]) -> bool:
        """Whether what stands under these changes is there."""
        return not revisions or self.hidden.isdisjoint(revisions)


def accepting(document: ReturnedDocument) -> View:
    """All changes taken."""
    return View(document, lambda _: True)


def rejecting(document: ReturnedDocument) -> View:
    """All changes left."""
    return View(document, lambda _: False)


_ROUND: Mapping[Change, Change] = {
    "ins": "del",
    "del": "ins",
    "moveFrom": "moveTo",
    "moveTo": "moveFrom",
}


def taken(document: ReturnedDocument, is_taken: Callable[[Revision], bool]) -> ReturnedDocument:
    """The file with some changes turned round: left, each shows what it showed when it was taken.

    So a view that leaves them looks at the file as if they had been accepted before.
    """
    turned = tuple(
        one._replace(change=_ROUND[one.change]) if is_taken(one) else one
        for one in document.revisions
    )
    return replace(document, revisions=turned)


def lines(document: ReturnedDocument, view: View) -> Iterator[str]:
    """The paragraphs of the text in one view, those in tables cell by cell."""
    for stretch in joined(document, view):
        yield "".join(
            piece.text
            for at in stretch
            for piece in document.paragraphs[at].pieces
            if view.shows(piece.revisions)
        )


def joined(document: ReturnedDocument, view: View) -> Iterator[tuple[int, ...]]:
    """The paragraphs of a view, each as the numbers of those in the file that it consists of.

    A paragraph whose mark is not there runs on into the next one, unless nothing of it is there.
    """
    held: list[int] = []
    flow = 0
    for at, paragraph in enumerate(document.paragraphs):
        _, mark, _, _, _, _, here, row, _, _ = paragraph
        if row >= 0 and not _stands(document, view, paragraph):
            continue
        if held and here != flow:
            yield tuple(held)
            held = []
        flow = here
        if not mark or view.shows(mark):
            yield (*held, at)
            held = []
        elif any(view.shows(piece.revisions) for piece in paragraph.pieces):
            held.append(at)
    if held:
        yield tuple(held)


def _stands(document: ReturnedDocument, view: View, paragraph: Paragraph) -> bool:
    """Whether the table row and the cell of a paragraph in a table are there."""
    row = document.rows[paragraph.row]
    return view.shows(row.revisions) and view.shows(row.cells[paragraph.cell])


class TrackedChange(NamedTuple):
    """Words that one revision brings or takes away, in one paragraph."""

    paragraph: int
    revision: Revision
    text: str


def changes(document: ReturnedDocument) -> Iterator[TrackedChange]:
    """All changes of words, paragraph marks (as a line end) and rows, in reading order."""
    rows: set[int] = set()
    for at, paragraph in enumerate(document.paragraphs):
        if paragraph.row >= 0 and paragraph.row not in rows:
            rows.add(paragraph.row)
            held = document.rows[paragraph.row]
            for one in (*held.revisions, *(n for cell in held.cells for n in cell)):
                yield TrackedChange(at, document.revisions[one], "")
        by_revision = groupby(paragraph.pieces, key=lambda piece: piece.revisions)
        for revisions, pieces in by_revision:
            text = "".join(piece.text for piece in pieces)
            for one in revisions:
                yield TrackedChange(at, document.revisions[one], text)
        for one in paragraph.mark:
            yield TrackedChange(at, document.revisions[one], "\n")


def authors(document: ReturnedDocument, used: Iterable[int]) -> tuple[str, ...]:
    """The names behind some revisions, each once, in their order."""
    return tuple(dict.fromkeys(document.revisions[one].author for one in used))
