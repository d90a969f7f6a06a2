"""What consolidation tells people: conflicts, reviews, what became of each operation."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from app.domain import prose
from app.domain.clauses import Clause, digest
from app.domain.operations import Operation
from app.kernel.errors import Invalid

ConflictKind = Literal["words", "order", "structure"]
Choice = Literal["base", "side", "order", "own"]
State = Literal["applied", "conflicted", "obsolete"]


class Wording(NamedTuple):
    """What some amendments want at a contested place: words, an order, or nothing (a deletion)."""

    by: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class ConflictFound:
    """A place where accepted amendments want different things.

    `base` is what stands there now, `operations` are those that meet there. `part`, `start` and
    `end` say which tokens of the heading or text are contested (of `words` only).
    """

    id: str
    clause: str
    kind: ConflictKind
    wordings: tuple[Wording, ...]
    base: str
    operations: tuple[Operation, ...] = ()
    part: Literal["heading", "text", ""] = ""
    start: int = 0
    end: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "clause": self.clause,
            "class": self.kind,
            "wordings": [{"by": list(one.by), "text": one.text} for one in self.wordings],
            "base": self.base,
        }


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a conflict was settled, by whom and why.

    `value` is, for the choice `side`, the number of an amendment; for `order`, amendment numbers or
    (of clauses) keys in their order; for `own`, the words. It can be undone until publication.
    """

    conflict: str
    choice: Choice
    value: Any = None
    why: str = ""
    by: str = ""
    at: str = ""

    def side(self, wordings: Iterable[Wording]) -> int:
        """The position of the chosen wording. Raises Invalid where no such amendment takes part."""
        for position, wording in enumerate(wordings):
            if self.value in wording.by:
                return position
        raise Invalid("Amendment {number} takes no part in this conflict.", number=self.value)

    def order(self, wordings: Iterable[Wording]) -> list[int]:
        """The positions of the wordings in the chosen order. Raises Invalid unless it names all."""
        chosen = self.value if isinstance(self.value, list | tuple) else ()
        held = list(enumerate(wordings))
        found = [place for number in chosen for place, one in held if number in one.by]
        if set(found) != {place for place, _ in held}:
            raise Invalid("Name the amendments of this conflict in the order you choose.")
        return list(dict.fromkeys(found))

    def words(self) -> str:
        """The resolver's own wording. Raises Invalid unless it is a text."""
        if not isinstance(self.value, str):
            raise Invalid("An own wording is a text.", field="value")
        return self.value


class Review(NamedTuple):
    """Several amendments changed different words of one clause; all stand, and deserve a look."""

    clause: str
    by: tuple[int, ...]
    text: str


class Outcome(NamedTuple):
    """What became of one operation (from 0) of an amendment, and why if it isn't applied."""

    amendment: int
    operation: int
    state: State
    reason: str = ""


def conflict_id(
    clause: str, kind: ConflictKind, involved: Iterable[Operation], span: tuple[object, ...]
) -> str:
    """Names a conflict by what it is about, so that an unrelated decision leaves the name alone."""
    hashes = sorted({operation.identity for operation in involved})
    return digest([clause, kind, hashes, list(span)])


def all_words(node: Clause) -> str:
    """Heading and text of a clause and of all below it, a paragraph a line."""
    return "\n".join(
        prose.join(
            part for part in (one.heading, " " if one.heading and one.text else "", one.text)
        )
        for one in node.walk()
        if one.heading or one.text
    )


def place_shown(parent: str | None, after: str | None) -> str:
    """A place in words, clauses named by references."""
    if after is not None:
        return f"after [[{after}]]"
    return "at the beginning" if parent is None else f"first in [[{parent}]]"
