"""Words that somebody copied from a page, found again in the clause they stand in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain import numbering, placeholders, prose, references
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.numbering import Label
from app.domain.provenance import Part

_SPACES = re.compile(r"\s+")
_ALIKE = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "–": "-", "\u00ad": ""})


@dataclass(frozen=True, slots=True)
class Quoted:
    """Where quoted words stand: code points of the plain heading or text of a clause."""

    clause: str
    part: Part
    start: int
    end: int


def locate(
    tree: ClauseTree, key: str, words: str, blanks: Mapping[str, str] | None = None
) -> Quoted | None:
    """Find words as they are read on a page in a clause or below it; None where they aren't.

    References are read as their labels, blanks as their names; line breaks and the shape of
    quotation marks make no difference. Raises Conflict where there is no such clause.
    """
    wanted = _folded(words)
    if not wanted:
        return None
    labels = numbering.labels(tree)
    for node in tree.find(key).walk():
        for part, stretches in _parts(node, labels, blanks or {}):
            found = _within(stretches, wanted)
            if found is not None:
                return Quoted(node.key, part, *found)
    return None


def _parts(
    node: Clause, labels: Mapping[str, Label], blanks: Mapping[str, str]
) -> Iterator[tuple[Part, list[tuple[str, int]]]]:
    """Heading and text as stretches: what is read, and how many code points it stands for."""
    if node.kind is Kind.VERBATIM:
        yield "text", [(letter, 1) for letter in node.text]
        return
    yield "text", list(_stretches(node.text, labels, blanks))
    yield "heading", list(_stretches(node.heading, labels, blanks))


def _stretches(
    text: str, labels: Mapping[str, Label], blanks: Mapping[str, str]
) -> Iterator[tuple[str, int]]:
    for span in prose.parse(text):
        if span.ref is not None:
            yield references.label(span.ref, labels), len(span.text)
        elif span.blank is not None:
            yield placeholders.shown(span.blank, blanks), len(span.text)
        else:
            yield from ((letter, 1) for letter in span.text)


def _within(stretches: list[tuple[str, int]], wanted: str) -> tuple[int, int] | None:
    """The code points that the first occurrence of folded words covers."""
    read = ""
    places: list[tuple[int, int]] = []
    position = 0
    for shown, length in stretches:
        for letter in shown.translate(_ALIKE):
            folded = " " if letter.isspace() else letter
            if folded == " " and read.endswith(" "):
                continue
            read += folded
            places.append((position, position + length))
        position += length
    start = read.casefold().find(wanted) if len(read.casefold()) == len(read) else read.find(wanted)
    if start < 0:
        return None
    return places[start][0], places[start + len(wanted) - 1][1]


def _folded(words: str) -> str:
    return _SPACES.sub(" ", words.translate(_ALIKE)).strip().casefold()
