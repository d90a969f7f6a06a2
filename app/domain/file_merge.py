"""Files merged: what several sides did to one text that has no keys (MODEL.md 3).

First by lines, as everybody is used to: what stands apart there is settled there, and every byte
that nobody changed stays. Where lines collide, by the words in them, through the same core as
clauses.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain import merging, text_diff, tokens
from app.domain.blocks import Block, BlockKind, cut, lines_of
from app.domain.line_changes import line_swaps
from app.domain.merging import Change, Contested, Kept, Segment, Taken, Wording

MARK = 7
_GIST = 60


@dataclass(frozen=True, slots=True)
class FileWording:
    """What the sides `by` (counted from 1) want to stand there."""

    by: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class FileConflict:
    """Words for which sides want different ones, under the heading or block `clause`."""

    clause: str
    kind: Literal["words", "order", "structure"]
    wordings: tuple[FileWording, ...]
    base: str


@dataclass(frozen=True, slots=True)
class FileReview:
    """Changes of several sides that stand side by side in one place: both were kept."""

    clause: str
    by: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Base lines `start` to `end` as they came out; `versions` by side where they are contested."""

    start: int
    end: int
    text: str
    base: str
    versions: Mapping[int, str] | None = None


@dataclass(frozen=True, slots=True)
class FileMerge:
    """A merged file: `text` is None while there is a conflict, `marked` shows them in the text."""

    text: str | None
    marked: str
    conflicts: tuple[FileConflict, ...]
    reviews: tuple[FileReview, ...]


def merge(base: str, sides: Sequence[str]) -> FileMerge:
    """Put together what the sides made of the base."""
    merger = _Merger(base, tuple(sides))
    chunks = list(merger.chunks())
    if not merger.conflicts:
        text = "".join(chunk.text for chunk in chunks)
        return FileMerge(text, text, (), tuple(merger.reviews))
    marked = "".join(_shown(chunk) for chunk in _by_blocks(chunks, _blocks(base)))
    return FileMerge(None, marked, tuple(merger.conflicts), tuple(merger.reviews))


class _Merger:
    """Goes through the base from top to bottom and collects what is found on the way."""

    def __init__(self, base: str, sides: tuple[str, ...]) -> None:
        self.base = base
        self.lines = lines_of(base)
        self.sides = sides
        self.conflicts: list[FileConflict] = []
        self.reviews: list[FileReview] = []
        self._names: list[str] | None = None

    def chunks(self) -> Iterator[_Chunk]:
        found = [
            Change(swap.start, swap.end, tuple(lines[swap.new_start : swap.new_end]), (number,))
            for number, side in enumerate(self.sides, start=1)
            for lines in [lines_of(side)]
            for swap in line_swaps(self.lines, lines)
        ]
        for segment in merging.merge(self.lines, found, _by_lines):
            if isinstance(segment, Kept):
                for at in range(segment.start, segment.end):
                    yield _Chunk(at, at + 1, self.lines[at], self.lines[at])
            elif isinstance(segment, Taken):
                before = "".join(self.lines[segment.start : segment.end])
                yield _Chunk(segment.start, segment.end, "".join(segment.words), before)
            else:
                yield from self._region(segment)

    def _region(self, region: Contested) -> Iterator[_Chunk]:
        """Lines that collide, merged by their words."""
        base = tokens.tokens("".join(self.lines[region.start : region.end]))
        found = [
            change
            for wording in region.wordings
            for change in _word_changes(base, "".join(wording.words), wording.by)
        ]
        segments = [
            _agreed(base, segment)
            for segment in merging.merge(base, found, merging.by_words_or_lines(base))
        ]
        words = merging.merged(base, segments)
        if words is None:
            yield from self._contested(base, segments, region)
            return
        text = "".join(words)
        by = merging.reviewed(segments)
        if by:
            self.reviews.append(FileReview(self._clause(region.start), by, text.strip("\r\n")))
        yield _Chunk(region.start, region.end, text, "".join(base))

    def _contested(
        self, base: Sequence[str], segments: Sequence[Segment], region: Contested
    ) -> Iterator[_Chunk]:
        """The region, its lines that hold contested words apart from the others."""
        at = region.start
        for segment in segments:
            if isinstance(segment, Contested):
                self.conflicts.append(self._conflict(base, segment, region))
        for inside, contested in _line_spans(base, segments):
            before = _of_base(base, inside)
            end = at + len(lines_of(before))
            versions = {number: _of_side(base, inside, number) for number in _numbers(inside)}
            text = _of_side(base, inside, 0)
            yield _Chunk(at, end, text, before, versions if contested else None)
            at = end

    def _conflict(self, base: Sequence[str], segment: Contested, region: Contested) -> FileConflict:
        wordings = tuple(
            FileWording(wording.by, "".join(wording.words)) for wording in segment.wordings
        )
        before = "".join(base[segment.start : segment.end])
        line = region.start + base[: segment.start].count("\n")
        return FileConflict(self._clause(line), _kind(before, wordings), wordings, before)

    def _clause(self, line: int) -> str:
        """The heading that a line stands under, else the first words of its block."""
        if self._names is None:
            self._names = list(_names(cut(self.base)))
        return self._names[min(line, len(self._names) - 1)] if self._names else ""


def _by_lines(end: int, start: int) -> bool:
    """One unchanged line keeps two changes of lines apart."""
    return start > end


def _word_changes(base: Sequence[str], text: str, by: tuple[int, ...]) -> list[Change]:
    words = tokens.tokens(text)
    return [
        Change(swap.start, swap.end, tuple(words[swap.new_start : swap.new_end]), by)
        for swap in text_diff.swaps(base, words)
    ]


def _agreed(base: Sequence[str], segment: Segment) -> Segment:
    """A contested stretch that isn't one: white space aside, one side did all that the others did.

    So it is where the others left the words as they were, wrote the same words, or took out and
    added only words that this side took out and added, too.
    """
    if not isinstance(segment, Contested):
        return segment
    before = _signs(base[segment.start : segment.end])
    by_length = sorted(segment.wordings, key=lambda wording: (len(wording.words), wording.words))
    wanted = {tuple(_signs(wording.words)): wording for wording in by_length}
    wanted.pop(tuple(before), None)
    for words, wording in wanted.items():
        if all(_did_all(before, words, other) for other in wanted):
            return Taken(segment.start, segment.end, wording.words, wording.by)
    return segment if wanted else Kept(segment.start, segment.end)


def _signs(words: Sequence[str]) -> list[str]:
    return [word for word in words if not word.isspace()]


def _did_all(before: Sequence[str], words: Sequence[str], other: Sequence[str]) -> bool:
    """Whether who wrote `words` did at least what another did who wrote `other`."""
    if words == other:
        return True
    added = _is_within(before, other) and _is_within(other, words)
    removed = _is_within(words, other) and _is_within(other, before)
    if added or removed:
        return True
    (gone, come), (others_gone, others_come) = _done(before, words), _done(before, other)
    return _is_within(others_gone, gone) and _is_within(others_come, come)


def _done(before: Sequence[str], words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words that were taken out and those that were added."""
    gone: list[str] = []
    come: list[str] = []
    for swap in text_diff.swaps(before, words):
        gone += before[swap.start : swap.end]
        come += words[swap.new_start : swap.new_end]
    return gone, come


def _is_within(few: Sequence[str], many: Sequence[str]) -> bool:
    """Whether the words are among the others in this order."""
    left = iter(many)
    return all(word in left for word in few)


def _names(blocks: Sequence[Block]) -> Iterator[str]:
    """For each line of the base what it stands under."""
    heading = ""
    for block in blocks:
        words = " ".join(" ".join(block.lines).split())[:_GIST]
        if block.kind is BlockKind.HEADING:
            heading = words
        yield from [heading or words] * len(lines_of(block.raw))


def _kind(base: str, wordings: Sequence[FileWording]) -> Literal["words", "order", "structure"]:
    """Whole lines put at one place: order. Lines that one side took out: structure."""
    if not base and all(wording.text.endswith("\n") for wording in wordings):
        return "order"
    if base.strip() and "\n" in base and any(not wording.text.strip() for wording in wordings):
        return "structure"
    return "words"


def _line_spans(
    base: Sequence[str], segments: Sequence[Segment]
) -> list[tuple[list[Segment], bool]]:
    """The segments, cut at line ends, gathered into stretches with and without conflict."""
    spans: list[tuple[list[Segment], bool]] = []
    line: list[Segment] = []
    for segment in _by_line(base, segments):
        line.append(segment)
        ends = isinstance(segment, Kept) and base[segment.end - 1] == "\n"
        if ends:
            _gather(spans, line)
            line = []
    if line:
        _gather(spans, line)
    return spans


def _gather(spans: list[tuple[list[Segment], bool]], line: list[Segment]) -> None:
    contested = any(isinstance(segment, Contested) for segment in line)
    if spans and spans[-1][1] is contested:
        spans[-1][0].extend(line)
    else:
        spans.append((list(line), contested))


def _by_line(base: Sequence[str], segments: Sequence[Segment]) -> Iterator[Segment]:
    for segment in segments:
        if not isinstance(segment, Kept):
            yield segment
            continue
        start = segment.start
        for at in range(segment.start, segment.end):
            if base[at] == "\n":
                yield Kept(start, at + 1)
                start = at + 1
        if start < segment.end:
            yield Kept(start, segment.end)


def _numbers(segments: Sequence[Segment]) -> list[int]:
    """The sides that want something in a contested stretch."""
    wordings = [w for s in segments if isinstance(s, Contested) for w in s.wordings]
    return sorted({number for wording in wordings for number in wording.by})


def _of_base(base: Sequence[str], segments: Sequence[Segment]) -> str:
    return "".join(word for segment in segments for word in base[segment.start : segment.end])


def _of_side(base: Sequence[str], segments: Sequence[Segment], number: int) -> str:
    """A stretch as one side wants it, with all that is not contested."""
    words: list[str] = []
    for segment in segments:
        if isinstance(segment, Taken):
            words += segment.words
        elif isinstance(segment, Contested):
            words += _wanted(segment.wordings, number, base[segment.start : segment.end])
        else:
            words += base[segment.start : segment.end]
    return "".join(words)


def _wanted(wordings: Sequence[Wording], number: int, base: Sequence[str]) -> Sequence[str]:
    for wording in wordings:
        if number in wording.by:
            return wording.words
    return base


def _blocks(base: str) -> list[int]:
    """For each line of the base the number of its block; blank lines after one stand alone."""
    return [
        number if line.strip() else -1
        for number, block in enumerate(cut(base))
        for line in lines_of(block.raw)
    ]


def _by_blocks(chunks: Sequence[_Chunk], blocks: Sequence[int]) -> list[_Chunk]:
    """The chunks, a contested one together with all that stands in the same block."""
    found: list[_Chunk] = []
    for chunk in chunks:
        found.append(chunk)
        while len(found) > 1 and _is_one_block(found[-2], found[-1], blocks):
            last = found.pop()
            found[-1] = _joined(found[-1], last)
    return found


def _is_one_block(one: _Chunk, other: _Chunk, blocks: Sequence[int]) -> bool:
    if one.versions is None and other.versions is None:
        return False
    return bool(_blocks_of(one, blocks) & _blocks_of(other, blocks))


def _blocks_of(chunk: _Chunk, blocks: Sequence[int]) -> set[int]:
    """The blocks a chunk has lines of; of what was put in between, the one around it."""
    if chunk.start == chunk.end:
        return set(blocks[max(chunk.start - 1, 0) : chunk.start]) & set(
            blocks[chunk.end : chunk.end + 1]
        ) - {-1}
    return set(blocks[chunk.start : chunk.end]) - {-1}


def _joined(one: _Chunk, other: _Chunk) -> _Chunk:
    first, second = one.versions or {}, other.versions or {}
    versions = {
        number: first.get(number, one.text) + second.get(number, other.text)
        for number in sorted({*first, *second})
    }
    return _Chunk(one.start, other.end, one.text + other.text, one.base + other.base, versions)


def _shown(chunk: _Chunk) -> str:
    return chunk.text if chunk.versions is None else _marked(chunk.base, chunk.versions)


def _marked(base: str, versions: Mapping[int, str]) -> str:
    """A conflict as a text shows it: each side's lines and the base between marker lines."""
    (first, opening), *others = versions.items()
    parts = [
        f"{'<' * MARK} side {first}\n",
        _closed(opening),
        f"{'|' * MARK} base\n",
        _closed(base),
    ]
    for _, text in others:
        parts += [f"{'=' * MARK}\n", _closed(text)]
    last = others[-1][0] if others else first
    return "".join([*parts, f"{'>' * MARK} side {last}\n"])


def _closed(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"
