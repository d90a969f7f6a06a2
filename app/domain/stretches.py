"""Stretches of a merged text: tokens with the sources of their words, and how they are joined."""

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import NamedTuple

from app.domain import provenance, tokens
from app.domain.provenance import ProvenanceSpan, Spans
from app.domain.tokens import PLAIN, Mark, Marks, Tokens

CUT = "\x00"
"""Begins the token that divides a text; the key of the clause with the second part follows."""


MarkChanges = Sequence[tuple[Mark, Mark]]
"""What some words were marked as and are now."""


class Stretch(NamedTuple):
    """Tokens with their sources; cuts take no length."""

    tokens: Tokens
    spans: Sequence[ProvenanceSpan]


class Piece(NamedTuple):
    """A text with its sources; `key` is the clause it stands in."""

    key: str
    text: str
    spans: Spans


def with_marks(found: Sequence[Stretch], others: Sequence[Sequence[Marks]]) -> list[Stretch]:
    """Stretches whose tokens also carry the marks of others, given token by token."""
    position = 0
    result: list[Stretch] = []
    for held in found:
        marks = tuple(
            one
            if word.isspace() or word[0] == CUT
            else united(PLAIN, [one, *(other[place] for other in others)])
            for place, (word, one) in enumerate(zip(*held.tokens, strict=True), position)
        )
        result.append(Stretch(Tokens(held.tokens.words, marks), held.spans))
        position += len(marks)
    return result


def remarked(found: Sequence[Stretch], changed: Iterable[Sequence[MarkChanges]]) -> list[Stretch]:
    """Stretches whose words follow the changes of marks given for each: where all of one agree."""
    rest = iter(changed)
    return [
        Stretch(
            Tokens(
                held.tokens.words,
                tuple(
                    marks
                    if word.isspace() or word[0] == CUT
                    else tokens.packed([reduce(_followed, own, mark) for mark in marks])
                    for word, marks, own in zip(*held.tokens, rest, strict=False)
                ),
            ),
            held.spans,
        )
        for held in found
    ]


def _followed(mark: Mark, changed: MarkChanges) -> Mark:
    """A mark that was as all those and becomes what they became, each part of it for itself."""
    strong, em = ({(was[at], now[at]) for was, now in changed} for at in range(2))
    link = {(was[2], now[2]) for was, now in changed}
    return (
        mark[0] != (strong == {(mark[0], not mark[0])}),
        mark[1] != (em == {(mark[1], not mark[1])}),
        next((now for was, now in link if was == mark[2] and len(link) == 1), mark[2]),
    )


def divided(key: str, stretches: Sequence[Stretch]) -> list[tuple[str, list[Stretch]]]:
    """The stretches up to each cut, with the key of the clause they belong to (first: `key`)."""
    held: list[tuple[str, list[Stretch]]] = [(key, [])]
    for stretch in stretches:
        start = position = 0
        for place, word in enumerate(stretch.tokens.words):
            if word[0] != CUT:
                continue
            length = tokens.plain_length(stretch.tokens.words[start:place])
            own = provenance.cut(stretch.spans, position, position + length)
            held[-1][1].append(Stretch(stretch.tokens.part(start, place), own))
            held.append((word[1:], []))
            start, position = place + 1, position + length
        rest = stretch.tokens.part(start, len(stretch.tokens.words))
        end = sum(span.length for span in stretch.spans)
        own = provenance.cut(stretch.spans, position, end) if start else list(stretch.spans)
        held[-1][1].append(Stretch(rest, own))
    return held


def tidied(found: Sequence[Stretch]) -> list[Stretch]:
    """The same without white space at the ends or twice in a row."""
    result: list[Stretch] = []
    before = " "
    for held in found:
        words = held.tokens.words
        twice = bool(words) and before.isspace() and words[0].isspace()
        rest = _shortened(held, 1, 0) if twice else held
        if rest.tokens.words:
            result.append(rest)
            before = rest.tokens.words[-1]
    while result and result[-1].tokens.words[-1].isspace():
        last = _shortened(result.pop(), 0, 1)
        if last.tokens.words:
            result.append(last)
    return result


def piece(key: str, found: Sequence[Stretch], verbatim: bool) -> Piece:
    """The text of a clause made of stretches, tidied unless it is verbatim."""
    parts = list(found) if verbatim else tidied(found)
    text = tokens.write([held.tokens for held in parts], verbatim=verbatim)
    return Piece(key, text, provenance.joined(span for held in parts for span in held.spans))


def _shortened(held: Stretch, front: int, back: int) -> Stretch:
    """A stretch without tokens at its front or back."""
    words = held.tokens.words
    end = len(words) - back
    start_length = tokens.plain_length(words[:front])
    length = tokens.plain_length(words[front:end])
    spans = provenance.cut(held.spans, start_length, start_length + length)
    return Stretch(held.tokens.part(front, end), spans)


def united(was: Marks, wanted: Sequence[Marks]) -> Marks:
    """Every change of marks made; of two links the first stands."""
    length = max(map(len, (was, *wanted)))
    before = was * length if len(was) == 1 else was
    given = [marks * length if len(marks) == 1 else marks for marks in wanted]
    return tokens.packed(
        [
            _one_united(before[at], [marks[at] for marks in given if marks[at] != before[at]])
            for at in range(length)
        ]
    )


def _one_united(was: Mark, changed: Sequence[Mark]) -> Mark:
    links = [mark[2] for mark in changed if mark[2] != was[2]]
    return (
        was[0] != any(mark[0] != was[0] for mark in changed),
        was[1] != any(mark[1] != was[1] for mark in changed),
        links[0] if links else was[2],
    )
