"""Which paragraph of a returned file is which node of the text that it was taken from.

The view with every change rejected is the text as it left us, so it is aligned, not the other.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from app.domain import alignment, prose, sequences, text_diff, tokens
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.tokens import Tokens

_LEAST_LIKE = 0.3
_SENTENCE_ENDS = (".", ":", "?", "!", ";", ",", "–", "—")
_TYPED = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'",
    "–": "-", "—": "-", "\u00a0": " ", "\u202f": " ", "\u00ad": None, "\u2011": "-",
})  # fmt: skip
_DEFINITION = Kind.DEFINITION
_GENERATED, _ROW = frozenset({Kind.GENERATED}), frozenset({Kind.ROW})
_TYPED_SIGN = re.compile("[" + "".join(map(chr, _TYPED)) + "]")


class Line(NamedTuple):
    """A node of the text as one paragraph says it."""

    key: str
    text: str
    is_row: bool


def lines_of(tree: ClauseTree) -> Iterator[Line]:
    """Every node that stands in a file as words of ours, in reading order."""
    tops = [node for node in tree.nodes.values() if node.kind in _GENERATED]
    generated = frozenset(below.key for node in tops for below in node.walk())
    for key, node in tree.nodes.items():
        if key not in generated and (text := line_of(node)):
            yield Line._make((key, text, node.kind in _ROW))


def line_of(node: Clause) -> str:
    """Heading and text of a node as prose in one paragraph."""
    if not prose.may_be_marked(node.text) and not prose.may_be_marked(node.heading):
        return node.heading + between(node.kind, node.heading, node.text) + node.text
    text = prose.escape(node.text) if node.kind is Kind.VERBATIM else node.text
    return prose.join((node.heading, between(node.kind, node.heading, text), text))


def between(kind: Kind, heading: str, text: str) -> str:
    """What stands between the heading and the text of one paragraph."""
    if not heading or not text:
        return ""
    if kind is _DEFINITION or heading.rstrip("*").endswith(_SENTENCE_ENDS):
        return " "
    return ". "


def aligned(
    lines: Sequence[Line], said: Sequence[Line], marked: Mapping[int, Sequence[str]]
) -> dict[int, str]:
    """The keys of what a file says, by its place in the file.

    `said` has no keys; `marked`: keys by bookmark. A bookmark counts where its words are like
    those it stood at, or nothing else in the file says them.
    """
    found: dict[int, str] = {}
    for rows in (False, True):
        old = [line for line in lines if line.is_row is rows]
        new = [at for at, line in enumerate(said) if line.is_row is rows]
        known = _known(old, [said[at].text for at in new], [marked.get(at, ()) for at in new])
        pairs = known if len(known) == len(new) else _likest(old, [said[at] for at in new], known)
        found |= {new[at]: old[was].key for at, was in pairs.items()}
        if len(pairs) < len(new):
            found |= _left_over(old, new, marked, found)
    return found


def _likest(
    old: Sequence[Line], new: Sequence[Line], known: Mapping[int, int]
) -> Mapping[int, int]:
    """The pairs that are known and, of what is left, those that are alike."""
    taken = frozenset(known.values())
    return alignment.align(
        ["" if at in taken else prose.plain(line.text) for at, line in enumerate(old)],
        ["" if at in known else prose.plain(line.text) for at, line in enumerate(new)],
        known,
    )


def _left_over(
    old: Sequence[Line],
    new: Sequence[int],
    marked: Mapping[int, Sequence[str]],
    found: Mapping[int, str],
) -> dict[int, str]:
    """What stands at a bookmark and is like nothing: the words of its clause, written anew."""
    free = {line.key for line in old} - {*found.values()}
    more: dict[int, str] = {}
    for at in new:
        if at in found:
            continue
        here = next((key for key in marked.get(at, ()) if key in free), None)
        if here is not None:
            more[at] = here
            free.discard(here)
    return more


def _known(
    old: Sequence[Line], new: Sequence[str], marked: Sequence[Sequence[str]]
) -> dict[int, int]:
    """The pairs that bookmarks make sure of, as positions in the new and the old list."""
    places = {line.key: at for at, line in enumerate(old)}
    everywhere = frozenset(new)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for at, keys in enumerate(marked):
        fits = []
        said = new[at]
        for key in keys:
            was = places.get(key)
            if was is None or was in taken:
                continue
            line = old[was].text
            if line is said or _fits(line, said, everywhere):
                fits.append(was)
        if fits:
            best = fits[0]
            if len(fits) > 1:
                best = max(
                    fits, key=lambda was: (old[was].text == new[at], _like(old[was].text, new[at]))
                )
            found[at] = best
            taken.add(best)
    return found


def _fits(old: str, new: str, everywhere: frozenset[str]) -> bool:
    return old == new or (old not in everywhere and _like(old, new) > _LEAST_LIKE)


def _like(old: str, new: str) -> float:
    return 1.0 if old == new else text_diff.similarity(old, new)


def carried(base: str, old: str, new: str) -> str:
    """The base with what changed from `old` to `new`, both read in a file.

    What stays keeps the words and marks of the base: a program that turned a straight quote round
    or wrote bold in another way changed nothing that anybody said.
    """
    if old == new and (old == base or is_typed_alike(old, base)):
        return base
    if old == base and _is_simply_changed(base, new):
        return new
    first, before, after = tokens.read(base), tokens.read(old), tokens.read(new)
    if _typed_alike(first, before):
        return _put(first, before, after, keep=False)
    return _put(first, first, after, keep=True)


def _is_simply_changed(old: str, new: str) -> bool:
    """Whether there are neither marks nor changed quotes, dashes or spaces of which one goes on."""
    if "*" in old or "*" in new or _may_link(old) or _may_link(new):
        return False
    if old.isascii() and new.isascii():
        return True
    start, end, new_end = sequences.trimmed(old, new)
    return not (_TYPED_SIGN.search(old, start, end) or _TYPED_SIGN.search(new, start, new_end))


def _may_link(text: str) -> bool:
    return "]" in text and "](" in text


def is_typed_alike(one: str, other: str) -> bool:
    """Whether two texts differ at most in quotes, dashes and spaces as they were typed."""
    return one == other or prose.plain(one).translate(_TYPED) == prose.plain(other).translate(
        _TYPED
    )


def _typed_alike(one: Tokens, other: Tokens) -> bool:
    return len(one.words) == len(other.words) and all(
        a == b or _typed(a) == _typed(b) for a, b in zip(one.words, other.words, strict=True)
    )


def _typed(word: str) -> str:
    return word.translate(_TYPED)


def _put(base: Tokens, before: Tokens, after: Tokens, *, keep: bool) -> str:
    """The tokens of the base, changed where `after` differs from `before` (as long as the base)."""
    parts: list[Tokens] = []
    at = 0
    for swap in text_diff.swaps(before.words, after.words):
        gone = before.words[swap.start : swap.end]
        come = after.part(swap.new_start, swap.new_end)
        parts.append(base.part(at, swap.start))
        same = keep and _typed("".join(gone)) == _typed("".join(come.words))
        parts.append(base.part(swap.start, swap.end) if same else come)
        at = swap.end
    parts.append(base.part(at, len(base.words)))
    return prose.canonical(tokens.write(parts))


def parted(node: Clause, line: str, opening: int | None = None) -> tuple[str, str]:
    """Heading and text of a node once its paragraph says `line`.

    `opening`: how many characters are styled as a heading. The heading ends where it ended before;
    where that is gone, at the styled words.
    """
    if node.kind is Kind.VERBATIM:
        return node.heading, prose.plain(line)
    if not node.heading:
        return "", line
    if not node.text:
        return line, ""
    base = line_of(node)
    if line == base:
        return node.heading, node.text
    end = between(node.kind, node.heading, node.text)
    if line.startswith(node.heading + end) and base.startswith(node.heading + end):
        return node.heading, line.removeprefix(node.heading + end)
    head, joint = len(tokens.read(node.heading).words), len(tokens.read(end).words)
    old, new = tokens.read(base), tokens.read(line)
    cut = _cut(old, new, head, head + joint)
    if cut is None:
        return opened(line, opening) if opening else ("", line)
    return (
        prose.canonical(tokens.write([new.part(0, cut[0])])),
        prose.canonical(tokens.write([new.part(cut[1], len(new.words))])),
    )


def _cut(old: Tokens, new: Tokens, start: int, end: int) -> tuple[int, int] | None:
    """Where what stands between heading and text went, if all of it is there."""
    shift = 0
    for swap in text_diff.swaps(old.words, new.words):
        if swap.end <= start:
            shift = swap.new_end - swap.end
        elif swap.start < end:
            return None
    return start + shift, end + shift


def opened(line: str, opening: int) -> tuple[str, str]:
    """Heading and text of a paragraph whose first characters (`opening`) look like a heading."""
    words = tokens.read(line)
    count = at = 0
    while at < len(words.words) and count < opening:
        count += tokens.plain_length([words.words[at]])
        at += 1
    heading = prose.canonical(tokens.write([words.part(0, at)]))
    text = prose.canonical(tokens.write([words.part(at, len(words.words))]))
    if heading.endswith(".") and text:
        heading = heading.removesuffix(".")
    return (heading, text) if heading else ("", text)
