"""What came from a foreign file: its blocks, and the clause tree they are mapped to (MODEL.md 3).

A reader (Markdown, Word) tells what it saw as `Foreign` pieces in reading order; `mapped` makes the
tree of them. No word is dropped: a piece stands under the deepest open node that may hold it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain import openings, outline, prose, typed_numbers
from app.domain.clauses import MAY_HOLD, Clause, ClauseTree, Kind
from app.domain.typed_numbers import Sequences, Typed
from app.kernel import ids


class Seen(StrEnum):
    """What a reader saw. A line is a paragraph that is no clause whatever it begins with."""

    TITLE = "title"
    HEADING = "heading"
    ITEM = "item"
    PARA = "para"
    LINE = "line"
    TABLE = "table"
    ROW = "row"
    VERBATIM = "verbatim"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Foreign:
    """One piece of a foreign file, its words as prose.

    `level` is a heading's level from 1, else the number of list items it stands in. `ordered` tells
    numbered and lettered items from bullets; `label` is what a numbered item was called, where that
    was typed and can't be counted again, `marker` what it was called in any case.
    """

    seen: Seen
    text: str = ""
    level: int = 0
    ordered: bool = False
    label: str = ""
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Unmapped:
    """Something that has no place in a clause tree: where it stood, and what it was."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class ImportedDocument:
    """A foreign file as a clause tree, and what had to be left out or simplified.

    `title_is_text` tells that the title stood among the words of the file, not beside them;
    `headings` counts what the file set as headings, a title among them.
    """

    tree: ClauseTree
    unmapped: tuple[Unmapped, ...] = ()
    title_is_text: bool = False
    headings: int = 0

    @property
    def text(self) -> str:
        """The words in reading order, a paragraph a line, without labels."""
        title = [self.tree.title] if self.title_is_text else []
        return "\n".join([*title, *outline.words(self.tree)])


_LONGEST_LABELLED_TERM = 60
_ITEM = 100
_STEP = 10


@dataclass
class _Draft:
    """A node that is being made. `rank` orders what may stand under what: headings, then items."""

    kind: Kind
    rank: int
    heading: str = ""
    text: str = ""
    label: str = ""
    children: list["_Draft"] = field(default_factory=list)

    @property
    def is_bare(self) -> bool:
        return not (self.heading or self.text or self.children)


def mapped(
    pieces: Sequence[Foreign],
    *,
    title: str,
    language: str = "en",
    unmapped: Sequence[Unmapped] = (),
    new_key: Callable[[], str] = ids.new_clause_key,
) -> ImportedDocument:
    """Make the tree of what a reader saw; `title` is taken where the words have none."""
    own = _title_among(pieces)
    builder = _Builder(pieces)
    for position, piece in enumerate(pieces):
        if position != own:
            builder.add(position, piece)
    given: dict[str, str] = {}
    nodes = tuple(
        node for draft in builder.root.children for node in _nodes(draft, None, new_key, given)
    )
    name = title if own is None else _as_title(pieces[own].text)
    tree = typed_numbers.settle(ClauseTree(name, nodes, language), given)
    headings = sum(1 for piece in pieces if piece.seen is Seen.HEADING and piece.text)
    return ImportedDocument(tree, tuple(unmapped), own is not None, headings)


def _title_among(pieces: Sequence[Foreign]) -> int | None:
    """Which piece is the title: Word's own, else the first heading of level 1 that is no clause."""
    for position, piece in enumerate(pieces):
        if piece.seen is Seen.TITLE and piece.text:
            return position
    for position, piece in enumerate(pieces):
        if piece.seen is Seen.HEADING and piece.level == 1 and piece.text:
            is_clause = (
                piece.ordered
                or typed_numbers.typed_in_heading(piece.text)
                or openings.annex(piece.text)
            )
            return None if is_clause else position
    return None


def _as_title(text: str) -> str:
    return " ".join(prose.plain(text).split())


class _Builder:
    """Puts each piece where it belongs; `open` leads from the root to the node last begun."""

    def __init__(self, pieces: Sequence[Foreign]) -> None:
        self.pieces = pieces
        self.root = _Draft(Kind.CLAUSE, -1)
        self.open = [self.root]
        self.sequences: dict[int, Sequences] = {}
        self.rows: _Draft | None = None

    def add(self, position: int, piece: Foreign) -> None:
        if piece.seen is not Seen.ROW:
            self.rows = None
        match piece.seen:
            case Seen.HEADING:
                self._heading(position, piece)
            case Seen.ITEM:
                self._item(piece)
            case Seen.TABLE:
                self.rows = self._leaf(Kind.TABLE, piece, heading=piece.text)
            case Seen.ROW:
                self._row(piece)
            case Seen.VERBATIM:
                self._leaf(Kind.VERBATIM, piece, text=piece.text)
            case Seen.LINE:
                self._leaf(Kind.PARA, piece, text=piece.text)
            case Seen.NOTE:
                self._put(_Draft(Kind.PARA, _ITEM * _STEP, text=piece.text))
            case _:
                self._para(piece)

    def _heading(self, position: int, piece: Foreign) -> None:
        text = openings.unbolded(piece.text)
        if not text:
            return
        top = self.open[-1]
        if top.is_bare and top.rank >= _ITEM and piece.level and self._is_inside(piece):
            top.heading = text
            return
        self.sequences.clear()
        draft = self._headed(position, piece, text)
        self._close(draft.rank if draft.kind is not Kind.ANNEX else 0)
        self._put(draft)

    def _is_inside(self, piece: Foreign) -> bool:
        return piece.label == "inside"

    def _headed(self, position: int, piece: Foreign, text: str) -> _Draft:
        """An annex, a division that has headings below, else a clause."""
        if annex := openings.annex(text):
            return _Draft(Kind.ANNEX, piece.level, heading=annex.rest, label=annex.label)
        if openings.is_division(text) and self._is_above(position, piece.level):
            return _Draft(Kind.DIVISION, piece.level, heading=text)
        number = typed_numbers.typed_in_heading(text)
        label, rest = (number.label, number.rest) if number and number.rest else ("", text)
        if not openings.is_long(rest):
            return _Draft(Kind.CLAUSE, piece.level, heading=rest, label=label)
        run_in = openings.run_in(rest)
        heading, words = (run_in.label, run_in.rest) if run_in else ("", rest)
        return _Draft(Kind.CLAUSE, piece.level, heading, words, label)

    def _is_above(self, position: int, level: int) -> bool:
        for piece in self.pieces[position + 1 :]:
            if piece.seen is Seen.HEADING:
                return piece.level > level
        return False

    def _item(self, piece: Foreign) -> None:
        rank = _ITEM + piece.level * _STEP
        for level in [level for level in self.sequences if level > piece.level]:
            del self.sequences[level]
        label, text, ordered = piece.label, piece.text, piece.ordered
        if not ordered and (number := typed_numbers.typed_in_text(text)):
            depth = self._sequence(piece.level).depth_of(number.label)
            if depth is not None:
                label, text, ordered = number.label, number.rest, True
        elif ordered and (label or piece.level in self.sequences):
            # A list of another kind right below typed numbers stands under the last of them.
            rank += self._sequence(piece.level).depth_of(label or piece.marker) or 0
        self._close(rank)
        if ordered:
            self._put(self._clause(rank, text, label))
        elif term := self._term(text):
            self._put(_Draft(Kind.DEFINITION, rank, heading=term.label, text=term.rest))
        else:
            self._put(_Draft(Kind.BULLET, rank, text=text))

    def _sequence(self, level: int) -> Sequences:
        return self.sequences.setdefault(level, Sequences())

    def _clause(self, rank: int, text: str, label: str) -> _Draft:
        run_in = openings.run_in(text)
        if run_in:
            return _Draft(Kind.CLAUSE, rank, run_in.label, run_in.rest, label)
        return _Draft(Kind.CLAUSE, rank, text=text, label=label)

    def _para(self, piece: Foreign) -> None:
        """A paragraph: the words of an item without any, a typed clause, a definition, a para."""
        if not piece.text:
            return
        top = self.open[-1]
        rank = _ITEM + piece.level * _STEP
        if top.is_bare and top.rank >= _ITEM and (rank > top.rank or top.label):
            filled = self._filled(top, piece.text)
            top.heading, top.text = (
                (filled.heading, filled.text) if top.kind is Kind.CLAUSE else ("", piece.text)
            )
            return
        number = typed_numbers.typed_in_text(piece.text)
        depth = self._sequence(piece.level).depth_of(number.label) if number else None
        if number and depth is not None:
            self._close(rank + depth)
            self._put(self._clause(rank + depth, number.rest, number.label))
            return
        self._close_before_words(rank)
        if term := self._term(piece.text):
            self._put(_Draft(Kind.DEFINITION, rank, heading=term.label, text=term.rest))
        else:
            self._put(_Draft(Kind.PARA, _ITEM * _STEP, text=piece.text))

    def _filled(self, top: _Draft, text: str) -> _Draft:
        """The words that follow a number alone: after "Article 5" a short line is its heading."""
        name = top.label.partition(" ")[0]
        if (
            name.isalpha()
            and len(name) > 1
            and not openings.is_long(text)
            and text[-1] not in ".;:,"
        ):
            return _Draft(Kind.CLAUSE, top.rank, heading=openings.unbolded(text), label=top.label)
        return self._clause(top.rank, text, top.label)

    def _term(self, text: str) -> Typed | None:
        """Term and meaning of a paragraph under a definitions heading."""
        if not any(openings.names_definitions(self._name(draft)) for draft in self.open):
            return None
        return openings.term(text)

    def _name(self, draft: _Draft) -> str:
        if draft.kind is Kind.DEFINITION:
            return ""
        short = draft.text if len(draft.text) <= _LONGEST_LABELLED_TERM else ""
        return prose.plain(draft.heading) or prose.plain(short)

    def _leaf(self, kind: Kind, piece: Foreign, heading: str = "", text: str = "") -> _Draft:
        self._close_before_words(_ITEM + piece.level * _STEP)
        return self._put(_Draft(kind, _ITEM * _STEP, heading, text))

    def _row(self, piece: Foreign) -> None:
        if self.rows is None:
            self.rows = self._leaf(Kind.TABLE, piece)
        self.rows.children.append(_Draft(Kind.ROW, _ITEM * _STEP, text=piece.text))

    def _close(self, rank: int) -> None:
        while self.open[-1].rank >= max(rank, 0):
            self.open.pop()

    def _close_before_words(self, rank: int) -> None:
        """As for any piece, but a numbered heading keeps the words that follow it."""
        top = self.open[-1]
        headed = top.kind is Kind.CLAUSE and top.rank >= _ITEM and top.heading and not top.text
        self._close(top.rank + 1 if headed else rank)

    def _put(self, draft: _Draft) -> _Draft:
        """Stand under the deepest open node that may hold it, and open what may hold others."""
        while draft.kind not in MAY_HOLD[None if len(self.open) == 1 else self.open[-1].kind]:
            self.open.pop()
        self.open[-1].children.append(draft)
        if MAY_HOLD[draft.kind] and draft.kind is not Kind.TABLE:
            self.open.append(draft)
        return draft


def _nodes(
    draft: _Draft, parent: Kind | None, new_key: Callable[[], str], given: dict[str, str]
) -> list[Clause]:
    """The node of a draft; one without words gives way to what stands below it."""
    if not (draft.heading or draft.text) and draft.kind in {Kind.CLAUSE, Kind.BULLET}:
        below = [node for child in draft.children for node in _nodes(child, parent, new_key, given)]
        return [node for node in below if node.kind in MAY_HOLD[parent]]
    key = new_key()
    if draft.label:
        given[key] = draft.label
    children = tuple(
        node for child in draft.children for node in _nodes(child, draft.kind, new_key, given)
    )
    return [Clause(key, draft.kind, draft.heading, draft.text, children)]
