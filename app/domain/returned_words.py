"""The paragraphs of a returned file as prose of ours, in one view of its changes.

What we put around the text on its way out (title page, contents, typed labels, ends of tables, what
is generated) is no text and is left out; references are read by their aim, blanks by their label.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from app.domain import placeholders, prose
from app.domain.clauses import ClauseTree, Kind
from app.domain.prose import Span
from app.domain.returned import BOOKMARK, Paragraph, Piece, ReturnedDocument, View, joined
from app.domain.returned_lines import Line, lines_of

_STAND_IN = "\ufffc"
_AROUND = frozenset({"parttitle", "notyetfilled", "title"})
_AROUND_BEGINS = ("cover", "toc", "contents", "signature")
_SILENT = frozenset({"referencelead", "typedlabel"})
_OPENINGS = frozenset({"runinheading", "definedterm"})
_WORD = "x"
_PLAIN = Piece("")[2:]
_REVISIONS = itemgetter(Piece._fields.index("revisions"))
_COPY = re.compile(r"_copy_\d+$", re.IGNORECASE)


class Unit(NamedTuple):
    """A paragraph, or a table row, as one view shows it: its paragraphs in the file."""

    paragraphs: tuple[int, ...]
    row: int = -1


@cache
def bare(style: str) -> str:
    """A style's name whatever a program did to its spaces and capitals."""
    return re.sub(r"[\s_-]", "", style.casefold())


def bookmark(key: str) -> str:
    """The name of the bookmark that carries a key."""
    return BOOKMARK + key.replace("-", "_")


@dataclass
class Words:
    """Reads units of one file.

    `names`: keys by bookmark; `blanks`: labels by name; `generated`: bookmarks of generated blocks;
    `lines`: what the texts say that it may be a copy of.
    """

    document: ReturnedDocument
    names: Mapping[str, str]
    blanks: Mapping[str, str] = field(default_factory=dict)
    blank_names: Iterable[str] = ()
    generated: frozenset[str] = frozenset()
    lines: tuple[Line, ...] = ()

    def units(self, view: View) -> list[Unit]:
        """What stands in a view, in order."""
        found: list[Unit] = []
        held, around, alone = self.document.paragraphs, self.around, self._alone
        runs = groupby(joined(self.document, view), key=lambda run: held[run[-1]].row)
        for row, paragraphs in runs:
            if row >= 0:
                members = tuple(at for run in paragraphs for at in run)
                if not members or members[0] not in around:
                    found.append(Unit(members, row))
                continue
            found += [
                alone[run[0]] if len(run) == 1 else Unit(run)
                for run in paragraphs
                if not around.issuperset(run)
            ]
        return found

    @cached_property
    def _alone(self) -> list[Unit]:
        """Each paragraph as the unit that it mostly is, one object in every view."""
        return [Unit._make(((at,), -1)) for at in range(len(self.document.paragraphs))]

    @cached_property
    def around(self) -> frozenset[int]:
        """The paragraphs that are ours, not the text's."""
        return frozenset(self._around())

    def _around(self) -> Iterator[int]:
        generated = False
        table = 0
        for at, paragraph in enumerate(self.document.paragraphs):
            style = bare(paragraph.style)
            here = self.document.rows[paragraph.row].table if paragraph.row >= 0 else 0
            if here and here != table:
                table = here
                generated = generated or style.startswith("signature")
            elif not here:
                table = 0
                generated = style == "parttitle" or self._carries_generated(paragraph)
            if (here and generated) or style in _AROUND or style.startswith(_AROUND_BEGINS):
                yield at

    def _carries_generated(self, paragraph: Paragraph) -> bool:
        return not self.generated.isdisjoint(paragraph.bookmarks)

    def prose(self, unit: Unit, view: View) -> str:
        """What a unit says. Cells are joined as a table row has them."""
        if unit.row < 0:
            return self._line(self._shown(unit.paragraphs, view))
        cells: dict[int, list[str]] = {
            at: []
            for at, changes in enumerate(self.document.rows[unit.row].cells)
            if view.shows(changes)
        }
        for at in unit.paragraphs:
            line = self._line(self._shown((at,), view))
            cells.setdefault(self.document.paragraphs[at].cell, []).append(line)
        return prose.row("\n".join(filter(None, lines)) for lines in cells.values())

    def _line(self, pieces: Sequence[Piece]) -> str:
        """The prose of one paragraph; most have no marks, and say what they always said."""
        if len(pieces) == 1 and pieces[0][2:] == _PLAIN:
            only = self._texts.get(pieces[0].text)
            if only is not None and not prose.may_be_marked(only):
                return only
        stretches = self._bare(pieces)
        if stretches is not None:
            line = words = "".join(stretches)
            if len(stretches) > 1:
                words = _WORD.join(stretches[::2])
            known = self._texts.get(line)
            if known is not None and not prose.may_be_marked(words):
                return known
            if prose.is_bare(words):
                return line
        return prose.canonical(prose.write(self.spans(pieces)))

    @cached_property
    def _texts(self) -> dict[str, str]:
        """What the lines say; where a file says it again it is the same object, fast to compare."""
        return {line.text: line.text for line in self.lines}

    def _bare(self, pieces: Iterable[Piece]) -> list[str] | None:
        """Words and, at every odd place, a reference; None where anything stands under a mark."""
        found: list[str] = []
        words = aim = ""
        for text, _, strong, em, style, link, target in pieces:
            if target and (key := self.names.get(target)) is not None:
                if aim != target:
                    found += (words, f"[[{key}]]")
                    words = ""
                aim = target
                continue
            if style or strong or em or link:
                named = bare(style)
                if named in _SILENT:
                    continue
                if em or link or (strong and named not in _OPENINGS):
                    return None
            aim = ""
            words += text
        found.append(words)
        return found

    def opening(self, unit: Unit, view: View) -> int | None:
        """How many characters of plain text at the beginning are styled as a heading or a term."""
        count = 0
        for piece in self._shown(unit.paragraphs, view):
            style = bare(piece.style)
            if style in _SILENT:
                continue
            if style not in _OPENINGS:
                break
            count += len(piece.text)
        return count or None

    @cached_property
    def tracked(self) -> frozenset[int]:
        """The paragraphs in which any words come or go; the others say the same in every view."""
        return frozenset(
            at
            for at, paragraph in enumerate(self.document.paragraphs)
            if any(map(_REVISIONS, paragraph.pieces))
        )

    def _shown(self, paragraphs: Sequence[int], view: View) -> Sequence[Piece]:
        held, hidden = self.document.paragraphs, view.hidden
        if len(paragraphs) == 1 and paragraphs[0] not in self.tracked:
            return held[paragraphs[0]].pieces
        return [
            piece
            for at in paragraphs
            for piece in held[at].pieces
            if not piece.revisions or hidden.isdisjoint(piece.revisions)
        ]

    def spans(self, pieces: Iterable[Piece]) -> Iterator[Span]:
        """Pieces as spans of prose."""
        merged: list[Span] = []
        aim = ""
        for piece in pieces:
            style = bare(piece.style)
            key = self.names.get(piece.target)
            if key is not None:
                if aim != piece.target:
                    merged.append(Span(_STAND_IN, ref=key))
                aim = piece.target
                continue
            if style in _SILENT:
                continue
            aim = ""
            strong = piece.strong and style not in _OPENINGS
            span = Span(piece.text, strong, piece.em, piece.link or None)
            last = merged[-1] if merged else None
            if last is not None and last.ref is None and last.marks == span.marks:
                merged[-1] = last._replace(text=last.text + span.text)
            else:
                merged.append(span)
        for span in merged:
            yield from self._with_blanks(span)

    def _with_blanks(self, span: Span) -> Iterator[Span]:
        """The blanks of the text, where their label stands in brackets."""
        if span.ref is not None or "[" not in span.text or not self._labels:
            yield span
            return
        for at, part in enumerate(self._pattern.split(span.text)):
            if at % 2:
                yield span._replace(text=_STAND_IN, blank=self._labels[part])
            elif part:
                yield span._replace(text=part)

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {placeholders.shown(name, self.blanks): name for name in self.blank_names}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("(" + "|".join(map(re.escape, self._labels)) + ")")

    def keys(self, unit: Unit) -> list[str]:
        """The keys whose bookmarks begin in a unit."""
        held, names = self.document.paragraphs, self.names
        return [
            key
            for at in unit.paragraphs
            for mark in held[at].bookmarks
            if (key := names.get(mark) or names.get(_COPY.sub("", mark)))
        ]


def reading(
    document: ReturnedDocument, bases: Sequence[ClauseTree], blanks: Mapping[str, str]
) -> Words:
    """Look at a file as a copy of one of some texts. `blanks`: what their blanks are called."""
    nodes = [node for base in bases for node in base.nodes.values()]
    generated = [bookmark(node.key) for node in nodes if node.kind is Kind.GENERATED]
    waiting = dict.fromkeys(name for base in bases for name in placeholders.listed(base))
    return Words(
        document,
        names={bookmark(node.key): node.key for node in nodes},
        blanks=blanks,
        blank_names=tuple(waiting),
        generated=frozenset(generated),
        lines=tuple(line for base in bases for line in lines_of(base)),
    )
