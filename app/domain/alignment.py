"""Which paragraph of one text is which of another, where there are no keys to tell (MODEL.md 3).

First the texts that occur once in both and stand in the same order, then between them the likest
in order, last those that moved.
"""

import sys
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import lt

from rapidfuzz import process
from rapidfuzz.distance import Indel

from app.domain import prose, text_diff
from app.domain.clauses import Clause, ClauseTree, Kind

ALIKE = 0.5
"""Two texts at the same place are one that changed from this likeness on."""
MOVED = 0.75
"""Two texts at different places are one that moved from this likeness on."""
_SHORTEST_MOVED = 15
_LENGTHS = 4
_LARGEST_TABLE = 250_000
_MOST_COMPARED = 400_000
"""So many pairs of texts are looked at in all; a stranger's long file can't ask for more."""
_QUOTES = str.maketrans("“”„«»‘’‚–—\xa0", '"""""\'\'\'-- ', "\xad")


def align(
    old: Sequence[str], new: Sequence[str], known: Mapping[int, int] | None = None
) -> dict[int, int]:
    """For positions in the new list the positions in the old one that they go on from.

    `known`: pairs that are certain already; their words are not looked at.
    """
    held = dict(known or {})
    taken = frozenset(held.values())
    before = {at: _bare(text) for at, text in enumerate(old) if at not in taken}
    after = {at: _bare(text) for at, text in enumerate(new) if at not in held}
    if not before or not after:
        return held
    signs = _Signs()
    found = dict(_chain(sorted([*_unique(before, after), *held.items()])))
    edges = [(-1, -1), *sorted(found.items()), (len(new), len(old))]
    spent = 0
    for (new_start, old_start), (new_end, old_end) in pairwise(edges):
        if new_end - new_start < 2 or old_end - old_start < 2:
            continue
        left = [at for at in range(old_start + 1, old_end) if at not in taken]
        right = [at for at in range(new_start + 1, new_end) if at not in held]
        spent += len(left) * len(right)
        if spent <= _MOST_COMPARED:
            found |= _in_gap(before, after, left, right, signs)
    found |= held
    return found | _moved(before, after, found)


def moved(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """For positions in the new list the positions in the old one whose words stand there now."""
    before, after = (dict(enumerate(map(_bare, texts))) for texts in (old, new))
    places: dict[str, list[int]] = {}
    for at, text in before.items():
        places.setdefault(text, []).append(at)
    found = {at: places[text].pop(0) for at, text in after.items() if places.get(text)}
    return found | _moved(before, after, found)


def with_keys_of(old: ClauseTree, new: ClauseTree) -> ClauseTree:
    """The new tree, each node under the key of the old node that it goes on from."""
    before, after = list(old.walk()), list(new.walk())
    keys: dict[str, str] = {}
    for rows in (True, False):
        first = [node for node in before if (node.kind is Kind.ROW) is rows]
        second = [node for node in after if (node.kind is Kind.ROW) is rows]
        pairs = align([_words(node) for node in first], [_words(node) for node in second])
        keys |= {second[at].key: first[was].key for at, was in pairs.items()}
    keys |= _by_children(old, after, keys)
    return replace(new, clauses=tuple(_rekeyed(node, keys) for node in new.clauses))


def _by_children(
    old: ClauseTree, after: Sequence[Clause], keys: Mapping[str, str]
) -> dict[str, str]:
    """Nodes not paired by their words (a heading that changed), by most of what stands in them."""
    found: dict[str, str] = {}
    taken = set(keys.values())
    for node in reversed(after):
        if node.key in keys or not node.children:
            continue
        was = [keys.get(child.key) or found.get(child.key) for child in node.children]
        parents = Counter(old.parents[key] for key in was if key)
        parent, count = parents.most_common(1)[0] if parents else (None, 0)
        if parent and parent not in taken and count * 2 >= len(node.children):
            found[node.key] = parent
            taken.add(parent)
    return found


def _rekeyed(node: Clause, keys: Mapping[str, str]) -> Clause:
    children = tuple(_rekeyed(child, keys) for child in node.children)
    return replace(node, key=keys.get(node.key, node.key), children=children)


def _words(node: Clause) -> str:
    if node.kind is Kind.TABLE:
        return "\n".join([node.heading, *(prose.plain(row.text) for row in node.children)])
    return f"{prose.plain(node.heading)} {prose.plain(node.text)}"


def _bare(text: str) -> str:
    """What is left of a text when case, quotes, dashes and spaces don't count."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_QUOTES)
    return " ".join(text.casefold().split())


def _unique(before: Mapping[int, str], after: Mapping[int, str]) -> list[tuple[int, int]]:
    """Pairs (new, old) of equal texts that occur once on either side, in the order of the new."""
    once = Counter(before.values())
    places = {text: at for at, text in before.items() if once[text] == 1}
    again = Counter(after.values())
    return [
        (at, places[text])
        for at, text in after.items()
        if text and again[text] == 1 and text in places
    ]


def _chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs that rise on both sides."""
    rises = [old for _, old in pairs]
    if all(map(lt, rises, rises[1:])):
        return list(pairs)
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (_, old) in enumerate(pairs):
        place = bisect_left(ends, old)
        before.append(last[place - 1] if place else -1)
        ends[place : place + 1] = [old]
        last[place : place + 1] = [at]
    found: list[tuple[int, int]] = []
    step = last[-1] if last else -1
    while step >= 0:
        found.append(pairs[step])
        step = before[step]
    return found[::-1]


class _SignOfWord(dict[str, str]):
    """A character for each word, the next one for a new word."""

    def __missing__(self, word: str) -> str:
        found = self[word] = chr(min(len(self), sys.maxunicode))
        return found


class _Signs:
    """Writes texts with one character for each of their words, so that many compare fast."""

    def __init__(self) -> None:
        self._of_word = _SignOfWord()
        self._of_texts: dict[str, str] = {}

    def of(self, text: str) -> str:
        """The words of a text; "" where it has none."""
        found = self._of_texts.get(text)
        if found is None:
            words = text_diff.words_of(text)
            found = self._of_texts[text] = "".join(map(self._of_word.__getitem__, words))
        return found

    def likeness(self, one: str, other: str) -> float:
        """How much two texts have in common, 0 to 1, measured over words."""
        if one == other:
            return 1.0
        shorter, longer = sorted((len(one), len(other)))
        if shorter * _LENGTHS < longer:
            return 0.0
        first, second = self.of(one), self.of(other)
        return Indel.normalized_similarity(first, second) if first or second else 0.0


def _in_gap(
    before: Mapping[int, str],
    after: Mapping[int, str],
    old: Sequence[int],
    new: Sequence[int],
    signs: _Signs,
) -> dict[int, int]:
    """The pairs in order whose likenesses add up to the most."""
    if not old or not new or len(old) * len(new) > _LARGEST_TABLE:
        return {}
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike: dict[tuple[int, int], float] = {}
    for row in range(len(old) - 1, -1, -1):
        for column in range(len(new) - 1, -1, -1):
            likeness = signs.likeness(before[old[row]], after[new[column]])
            kept = max(best[row + 1][column], best[row][column + 1])
            if likeness >= ALIKE:
                alike[row, column] = likeness
                kept = max(kept, likeness + best[row + 1][column + 1])
            best[row][column] = kept
    return _walked(best, alike, old, new)


def _walked(
    best: list[list[float]],
    alike: dict[tuple[int, int], float],
    old: Sequence[int],
    new: Sequence[int],
) -> dict[int, int]:
    found: dict[int, int] = {}
    row = column = 0
    while row < len(old) and column < len(new):
        likeness = alike.get((row, column))
        if likeness and best[row][column] == likeness + best[row + 1][column + 1]:
            found[new[column]] = old[row]
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return found


def _moved(
    before: Mapping[int, str], after: Mapping[int, str], found: dict[int, int]
) -> dict[int, int]:
    """Of what is left over, each new text with the likest old one."""
    taken = set(found.values())
    left = [at for at, text in before.items() if at not in taken and len(text) > _SHORTEST_MOVED]
    come = [at for at, text in after.items() if at not in found and len(text) > _SHORTEST_MOVED]
    if len(come) * len(left) > _MOST_COMPARED:
        return {}
    signs = _Signs()
    written = {was: words for was in left if (words := signs.of(before[was]))}
    moved: dict[int, int] = {}
    for at in come:
        words = signs.of(after[at])
        likest = process.extractOne(
            words, written, scorer=Indel.normalized_similarity, score_cutoff=MOVED
        )
        if words and likest:
            moved[at] = likest[2]
            del written[likest[2]]
    return moved
