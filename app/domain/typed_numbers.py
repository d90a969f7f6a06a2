"""Numbers that people typed before the words of a clause ("1.1", "(a)", "§ 3a"), found and settled.

A typed number that equals the computed one is dropped, any other is kept in the node's `number`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.domain import numbering, prose
from app.domain.clauses import Clause, ClauseTree, Numbering

_ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$")
_WORDS = (
    "article|artikel|art|section|sec|clause|paragraph|artículo|articulo|articolo|artigo|"
    "madde|статья"
)
_NUMBER = r"\d+(?:\.\d+)*[a-z]?"
_HEADING = re.compile(
    rf"(?P<label>(?P<word>(?:{_WORDS})\.?|§§?)\s*(?P<number>{_NUMBER}|[ivxlc]+)(?![\w.]*\w)"
    rf"|(?:\d+(?:\.\d+)+|\d{{1,3}})(?=[.):]|\s)(?<=[.\d])"
    r"|[a-z](?=[.):])|[ivxlc]+(?=[.):])|\((?:[a-z]{1,2}|\d{1,3}|[ivxlc]+)\))"
    r"(?P<end>[.):]*\s*(?:[-–—:]+\s+)?)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?P<label>\d+(?:\.\d+)+\.?|\d{1,3}[.)]|\(\d{1,3}\)|\([a-z]{1,2}\)|\([ivxlc]+\)|[a-z][.)]|"
    r"[ivxlc]+[.)]|\([A-Z]\)|[A-Z]\.|(?:Article|Section|Clause|§)\s*\d+(?:\.\d+)*[.:]?)(?:\s+|$)"
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A number before words: as it was typed, and the prose after it."""

    label: str
    rest: str


def typed_in_heading(text: str) -> Typed | None:
    """The number a heading begins with ("Article 4:", "2.1", "B."), if it begins with one."""
    plain = prose.plain(text)
    match = _HEADING.match(plain)
    if match is None or _is_a_year_or_word(match, plain):
        return None
    label = (match["label"] + match["end"]).strip(" \n-–—:")
    return Typed(label, after(text, match.end()))


def typed_in_text(text: str) -> Typed | None:
    """What may be a number before a paragraph; whether it is one, `Sequences` tells."""
    match = _OPENING.match(prose.plain(text))
    return Typed(match["label"], after(text, match.end())) if match else None


def after(text: str, length: int) -> str:
    """Prose without its first characters (counted in its plain text)."""
    left: list[prose.Span] = []
    for span in prose.parse(text):
        kept = span.text[length:]
        length = max(length - len(span.text), 0)
        if kept:
            left.append(span._replace(text=kept))
    return prose.canonical(prose.write(left))


def _is_a_year_or_word(match: re.Match[str], plain: str) -> bool:
    """A bare number needs a sign after it or inside it; one letter, a full stop and more words."""
    if match["word"]:
        return False
    label, rest = match["label"], plain[match.end() :]
    if label.isdigit() and not match["end"].strip():
        return True
    return label.isalpha() and not rest


@dataclass
class Sequences:
    """The lists of typed numbers that are open at one place, outermost first."""

    open: list[tuple[str, int]] = field(default_factory=list)

    def depth_of(self, label: str) -> int | None:
        """How deep the number stands, None where it neither begins nor goes on with a list."""
        readings = _readings(label)
        for depth in range(len(self.open) - 1, -1, -1):
            style, value = self.open[depth]
            if (style, value + 1) in readings:
                self.open[depth:] = [(style, value + 1)]
                return depth
        for style, value in readings:
            if value == 1 and all(style != held for held, _ in self.open):
                self.open.append((style, value))
                return len(self.open) - 1
        return None


def _readings(label: str) -> list[tuple[str, int]]:
    """What a number can be: its style and its place in a list; "(i)" is the first and the ninth."""
    core = label.strip("().: §").rpartition(" ")[2]
    stem, _, last = core.rpartition(".")
    shape = label.replace(core, "#")
    if last.isdigit():
        return [(f"{stem}{shape}" if stem else shape, int(last))]
    case = "A" if last.isupper() else "a"
    found = []
    if _ROMAN.match(last.lower()):
        found.append((shape + ("I" if case == "A" else "i"), _roman(last.lower())))
    if len(last) == 1:
        found.append((shape + case, ord(last.lower()) - ord("a") + 1))
    elif len(set(last)) == 1:
        found.append((shape + case, 26 * (len(last) - 1) + ord(last[0].lower()) - ord("a") + 1))
    return found


def _roman(word: str) -> int:
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    numbers = [values[letter] for letter in word]
    following = [*numbers[1:], 0]
    return sum(-one if one < two else one for one, two in zip(numbers, following, strict=True))


def settle(tree: ClauseTree, given: Mapping[str, str]) -> ClauseTree:
    """Choose the numbering that fits the typed numbers best, and keep those that it can't make."""
    if not given:
        return tree
    styled = [replace(tree, numbering=style) for style in Numbering]
    best = max(styled, key=lambda one: len(_equal(one, given)))
    equal = _equal(best, given)
    kept = {key: label for key, label in given.items() if key not in equal}
    return replace(best, clauses=tuple(_with_numbers(node, kept) for node in best.clauses))


def _equal(tree: ClauseTree, given: Mapping[str, str]) -> set[str]:
    """The nodes whose typed number says what the computed label says."""
    labels = numbering.labels(tree)
    return {
        key
        for key, label in given.items()
        if _bare(label) in {_bare(labels[key].own), _bare(labels[key].full)}
    }


def _bare(label: str) -> str:
    """A number without signs around it: "1.", "1)" and "Article 1" all say 1."""
    words = re.sub(rf"^(?:{_WORDS})\b\.?\s*", "", label.casefold())
    return words.strip(" .:-–—)").replace("(", "").replace(")", "")


def _with_numbers(node: Clause, kept: Mapping[str, str]) -> Clause:
    children = tuple(_with_numbers(child, kept) for child in node.children)
    return replace(node, children=children, number=kept.get(node.key, node.number))
