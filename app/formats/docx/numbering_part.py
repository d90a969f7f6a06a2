"""Native multilevel numbering: Word counts, and shows exactly the labels that the domain computed.

The writer asks for every label. Where Word's own counting arrives at it, the paragraph simply joins
the list; where counting would go astray (items that begin again under a definition), a list of its
own begins at the right number; a label that no list can show ("§ 3a") is typed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from app.domain.clauses import Numbering
from app.domain.numbering import letters, roman
from app.formats.docx.ooxml import NAMESPACES, indent, numbered

MOST_LEVELS = 9
_COUNTING: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "lowerLetter": letters,
    "lowerRoman": roman,
    "upperLetter": lambda value: letters(value).upper(),
}
_ENOUGH = 400
"""Beyond this many siblings a list that begins anew is not looked for."""


@dataclass(frozen=True)
class Level:
    """One level of a list: Word's text ("%1.%2"), how its number counts, and where it stands."""

    text: str
    counts: str
    left: int
    hanging: int

    def shown(self, values: list[int]) -> str:
        """The label that Word prints for these counters."""
        out = self.text
        for at, sign in self.places:
            if at < len(values):
                out = out.replace(sign, str(values[at - 1]))
            elif at == len(values):
                out = out.replace(sign, _COUNTING[self.counts](values[-1]))
        return out

    @cached_property
    def places(self) -> tuple[tuple[int, str], ...]:
        """The levels whose counters its text shows, each with what stands for it there."""
        signs = ((at, f"%{at}") for at in range(1, MOST_LEVELS + 1))
        return tuple((at, sign) for at, sign in signs if sign in self.text)


@dataclass
class _List:
    """A list while it is being written: number, levels, starts, and where counting stands."""

    number: int
    levels: tuple[Level, ...]
    starts: tuple[int, ...]
    values: list[int] = field(default_factory=list)

    def counted(self, level: int) -> list[int]:
        """Where the counters would stand after one more paragraph of this level."""
        held = self.values[: level + 1]
        if level < len(held):
            held[level] += 1
        return held + list(self.starts[len(held) : level + 1])

    def takes(self, level: int, label: str) -> bool:
        """Count one paragraph of this level, if Word would show it with this very label."""
        values = self.counted(level)
        if self.levels[level].shown(values) != label:
            return False
        self.values = values
        return True

    def xml(self, style: str = "") -> str:
        """Its definition. `style`: the heading style that is tied to the first level, or none."""
        rows = []
        for at, level in enumerate(self.levels):
            tied = f'<w:pStyle w:val="{style}"/>' if style and not at else ""
            legal = "<w:isLgl/>" if level.text.count("%") > 1 else ""
            rows.append(
                f'<w:lvl w:ilvl="{at}"><w:start w:val="{self.starts[at]}"/>'
                f'<w:numFmt w:val="{level.counts}"/>{tied}{legal}<w:lvlText w:val="{level.text}"/>'
                f'<w:lvlJc w:val="left"/><w:pPr>{indent(level.left, level.hanging)}</w:pPr></w:lvl>'
            )
        return (
            f'<w:abstractNum w:abstractNumId="{self.number}">'
            f'<w:multiLevelType w:val="multilevel"/>{"".join(rows)}</w:abstractNum>'
        )


class Placed(NamedTuple):
    """How a paragraph gets its label: `layout` puts it in a list; `typed` stands in the text."""

    layout: str
    typed: str = ""


class NumberingPart:
    """All lists of one document. Ask for labels in reading order."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._lists: list[_List] = []
        self._of_container: dict[str | None, _List] = {}
        self._of_parent: dict[str | None, _List] = {}
        self.body = self._new(clause_levels(numbering))
        self._of_container[None] = self.body
        self._recitals = self._new(
            _repeated(Level("(%1)", "upperLetter", *recital_place(numbering)))
        )
        self._annexes = self._new(_repeated(Level("Annex %1", "upperLetter", *_ANNEX_PLACE)))
        self._bullets = self._new(_repeated(Level("•", "bullet", 340, 340)))

    def clause(self, container: str | None, parent: str | None, depth: int, label: str) -> Placed:
        """Place a clause. `container`: the key of its annex, None in the body; `depth` from 1."""
        if not 1 <= depth <= MOST_LEVELS or not label:
            return Placed(numbered(0, 0), label)
        main = self._of_container.get(container)
        if main is None:
            main = self._new(clause_levels(self._numbering))
            self._of_container[container] = main
        held = self._of_parent.get(parent, main) if parent is not None else main
        for candidate in (held, main):
            if candidate.takes(depth - 1, label):
                return Placed(numbered(candidate.number, depth - 1))
        fresh = self._begun(main, depth - 1, label)
        if fresh is None:
            return Placed(numbered(0, 0), label)
        self._of_parent[parent] = fresh
        return Placed(numbered(fresh.number, depth - 1))

    def uncounted(self, container: str | None, depth: int) -> Placed:
        """Place a clause that stands in the old text only: in its list, but not counted here."""
        held = self._of_container.get(container, self.body)
        return Placed(numbered(held.number, min(depth, MOST_LEVELS) - 1))

    def recital(self, label: str) -> Placed:
        """Place a recital: "(A)"; without a label it isn't counted."""
        return self._only(self._recitals, label)

    def annex(self, label: str) -> Placed:
        """Place the heading of an annex: "Annex B"; without a label it isn't counted."""
        return self._only(self._annexes, label)

    def bullet(self) -> Placed:
        """Place a bullet; where it stands is its paragraph's own indentation."""
        return Placed(numbered(self._bullets.number, 0))

    def xml(self, style: str) -> str:
        """Numbering.xml. `style`: the heading style that the first level of the body is tied to."""
        held = "".join(one.xml(style if one is self.body else "") for one in self._lists)
        numbers = "".join(
            f'<w:num w:numId="{one.number}"><w:abstractNumId w:val="{one.number}"/></w:num>'
            for one in self._lists
        )
        return f"<w:numbering {NAMESPACES}>{held}{numbers}</w:numbering>"

    def _new(
        self, levels: tuple[Level, ...], starts: tuple[int, ...] = (1,) * MOST_LEVELS
    ) -> _List:
        made = _List(len(self._lists) + 1, levels, starts)
        self._lists.append(made)
        return made

    def _only(self, held: _List, label: str) -> Placed:
        if not label or held.takes(0, label):
            return Placed(numbered(held.number, 0))
        return Placed(numbered(0, 0), label)

    def _begun(self, main: _List, level: int, label: str) -> _List | None:
        """A list of its own whose first paragraph shows this label, or None if no counting does."""
        above = [*main.values[:level], *main.starts[len(main.values) : level]]
        for value in range(1, _ENOUGH):
            values = [*above, value]
            if main.levels[level].shown(values) == label:
                starts = (*values, *(1,) * (MOST_LEVELS - len(values)))
                made = self._new(main.levels, starts)
                made.values = values
                return made
        return None


_COLUMN = {Numbering.ARTICLE: 1134, Numbering.PLAIN: 794, Numbering.DECIMAL: 794}
_STEP = 624
_ANNEX_PLACE = (1361, 1361)


def text_column(numbering: Numbering) -> int:
    """Where the text of an article begins, right of its label, in twips."""
    return _COLUMN[numbering]


def recital_place(numbering: Numbering) -> tuple[int, int]:
    """Left indentation and hanging of a recital."""
    return (_COLUMN[numbering], _COLUMN[numbering])


def clause_levels(numbering: Numbering) -> tuple[Level, ...]:
    """The nine levels of the clauses of the body, and of each annex."""
    column = _COLUMN[numbering]
    first = "Article %1" if numbering is Numbering.ARTICLE else "%1."
    levels = [Level(first, "decimal", column, column), Level("%1.%2", "decimal", column, column)]
    if numbering is Numbering.DECIMAL:
        for at in range(3, MOST_LEVELS + 1):
            hanging = 567 + 200 * (at - 1)
            text = ".".join(f"%{n}" for n in range(1, at + 1))
            levels.append(Level(text, "decimal", column + 340 * (at - 3) + hanging, hanging))
        return tuple(levels)
    cycle = ("lowerLetter", "lowerRoman", "upperLetter", "decimal")
    for at in range(3, MOST_LEVELS + 1):
        left = column + _STEP * (at - 2)
        levels.append(Level(f"(%{at})", cycle[(at - 3) % len(cycle)], left, _STEP))
    return tuple(levels)


def _repeated(level: Level) -> tuple[Level, ...]:
    """A list in which only the first level is used; Word wants nine."""
    return (level,) * MOST_LEVELS
