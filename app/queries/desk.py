"""The facilitator's desk: every comment and amendment of a round in the order of the clauses."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.policy import require
from app.domain.likeness import Alike, Said, arranged
from app.kernel import clock
from app.kernel.errors import NotFound, WrongMoment
from app.models.agreements import Agreement
from app.models.rounds import Round
from app.queries import agreements
from app.queries.comments import Speaker
from app.queries.reading import session as this_session

AMENDMENT = "amendment"
OPEN, ALL = "open", "all"
MINE, NOBODY = "mine", "nobody"
WITHDRAWN, FELL, OVERTAKEN = "withdrawn", "fell", "overtaken"
OVER = frozenset({WITHDRAWN, FELL, OVERTAKEN})
"""What became of contributions that nobody needs to answer."""

SORTS = ("clause", "newest", "oldest", "organisation")


@dataclass(frozen=True)
class Decision:
    """The ballot that decided an amendment, or will."""

    number: int
    outcome: str
    is_over: bool


@dataclass(frozen=True)
class Item:
    """One contribution with its answer. `seen` is the press that gave the answer, 0 without one.

    `outcome` is empty while it waits; `place` is where it stands in the text, `clause` its key
    (None: the agreement as a whole), `path` the keys from the topmost clause down to it. `on` is
    the amendment a comment is about, or the one an amendment amends. `raw` is all it says, for
    finding; `at` the words of its clause it points at;
    `excludes` the other alternatives of its set, `bundle` the open bundle it stands in.
    """

    id: uuid.UUID
    number: str
    kind: str
    who: Speaker
    clause: str | None
    path: tuple[str, ...]
    label: str
    place: int
    on: str
    outcome: str
    answer: str
    duplicate_of: str
    seen: int
    answered_by: str
    ballot: Decision | None
    state: str
    needs_attention: bool
    excludes: tuple[str, ...]
    bundle: int | None
    clauses: tuple[str, ...]
    assigned_to: uuid.UUID | None
    goes_with: str | None
    said_at: datetime | None
    quote: str
    raw: str
    at: tuple[int, int]
    tell: Callable[[], str]

    @cached_property
    def words(self) -> str:
        """What it asks: the first words of a comment, or an amendment's operations."""
        return self.tell()

    @property
    def is_amendment(self) -> bool:
        """Whether it is an amendment, decided with its answer."""
        return self.kind == AMENDMENT

    @property
    def is_over(self) -> bool:
        """Whether nobody needs to answer it any more: taken back, fallen or overtaken."""
        return self.outcome in OVER

    @property
    def is_accepted(self) -> bool:
        """Whether it is an amendment that goes into the next version."""
        return self.state == "accepted"

    @property
    def moment(self) -> float:
        """When it was said, in seconds."""
        return self.said_at.timestamp() if self.said_at else 0.0

    @property
    def figures(self) -> tuple[int, ...]:
        """Its number as numbers count: A9 before A10 before A10.2."""
        return tuple(int(part) for part in self.number[1:].split(".") if part.isdecimal())

    def has(self, words: Sequence[str]) -> bool:
        """Whether all these words, in small letters, occur in it or in its answer."""
        if not words:
            return True
        held = f"{self.number} {self.who.name} {self.label} {self.raw} {self.quote} {self.answer}"
        held = held.casefold()
        return all(word in held for word in words)


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; an empty value narrows nothing. `show` is an outcome.

    `assigned` is "mine", "nobody" or the id of a facilitator; `group` the number of a head.
    """

    show: str = ""
    clause: str = ""
    organisation: str = ""
    kind: str = ""
    assigned: str = ""
    group: str = ""
    words: str = ""
    sort: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the outcome narrows it."""
        return any(
            (self.clause, self.organisation, self.kind, self.assigned, self.group, self.words)
        )


@dataclass(frozen=True)
class Desk:
    """All contributions of the latest round, in clause order, and the facilitators by id.

    `me` is who looks. `places` are the clauses something is said about or below: key, name, depth.
    """

    round: Round
    version: int
    items: tuple[Item, ...]
    places: tuple[tuple[str, str, int], ...]
    facilitators: Mapping[uuid.UUID, str]
    me: uuid.UUID | None = None
    _by_number: dict[str, Item] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_number", {item.number: item for item in self.items})

    @property
    def unanswered(self) -> int:
        """How many wait for an answer."""
        return sum(not item.outcome for item in self.items)

    @property
    def over(self) -> int:
        """How many were taken back, fell or were overtaken: nobody needs to answer them."""
        return sum(item.is_over for item in self.items)

    @property
    def answered(self) -> int:
        """How many have an answer, or a ballot that gave it."""
        return len(self.items) - self.unanswered - self.over

    @cached_property
    def groups(self) -> tuple[Alike, ...]:
        """What asks for much the same, or was put together: by likeness and by hand."""
        said = tuple(
            Said(item.number, item.clause or item.on or None, item.raw, *item.at)
            for item in sorted(self.items, key=lambda item: (item.moment, item.figures))
            if not item.is_over
        )
        known = {one.number for one in said}
        marks = {
            item.number: item.goes_with
            for item in self.items
            if item.goes_with is not None and item.number in known
        }
        return arranged(said, marks)

    @cached_property
    def group_of(self) -> Mapping[str, Alike]:
        """The group that each contribution stands in, by its number."""
        return {number: group for group in self.groups for number in group.numbers}

    def shown(self, wanted: Wanted) -> tuple[Item, ...]:
        """The contributions that were asked for, in the order that was asked for."""
        found = [item for item in self.narrowed(wanted) if _is_shown(item, wanted.show)]
        if wanted.sort == "organisation":
            found.sort(key=lambda item: item.who.name.casefold())
        elif wanted.sort in ("newest", "oldest"):
            found.sort(
                key=lambda item: (item.moment, item.figures), reverse=wanted.sort == "newest"
            )
        else:
            found.sort(key=self._beside_its_head)
        return tuple(found)

    def _beside_its_head(self, item: Item) -> tuple[int, int, int]:
        """In the order of the text, a group where its head stands."""
        group = self.group_of.get(item.number)
        if group is None:
            return self._places[item.number], 0, 0
        return self._places[group.head], 1, group.numbers.index(item.number)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {item.number: at for at, item in enumerate(self.items)}

    def narrowed(self, wanted: Wanted) -> Iterator[Item]:
        """Those of the clause, organisation, kind and so on asked for, whatever their outcome."""
        words = wanted.words.casefold().split()
        group = self.group_of.get(wanted.group) if wanted.group else None
        for item in self.items:
            if wanted.clause and wanted.clause not in item.path:
                continue
            if wanted.organisation and wanted.organisation != item.who.code:
                continue
            if wanted.kind and wanted.kind != item.kind:
                continue
            if wanted.assigned and not self._is_for(item, wanted.assigned):
                continue
            if wanted.group and (group is None or item.number not in group.numbers):
                continue
            if item.has(words):
                yield item

    def _is_for(self, item: Item, assigned: str) -> bool:
        if assigned == NOBODY:
            return item.assigned_to is None
        wanted = str(self.me) if assigned == MINE else assigned
        return str(item.assigned_to) == wanted

    def counts(self, wanted: Wanted) -> Mapping[str, int]:
        """How many there are by outcome; those without an answer under "open"."""
        return Counter(item.outcome or OPEN for item in self.narrowed(wanted))

    def next_after(self, number: str) -> Item | None:
        """The next contribution without an answer behind one, else the first of all."""
        at = self._places.get(number, -1)
        around = self.items[at + 1 :] + self.items[: max(at, 0)]
        return next((item for item in around if not item.outcome), None)

    def item(self, number: str) -> Item | None:
        """The contribution of that number."""
        return self._by_number.get(number)

    def get(self, number: str) -> Item:
        """The contribution of that number. Raises NotFound."""
        item = self.item(number)
        if item is None:
            raise NotFound("{number} is not on the desk: it waits in another round.", number=number)
        return item


def round_on_desk(actor: Actor, agreement: Agreement) -> Round:
    """The latest round, for its facilitator.

    Raises NotAllowed for others, WrongMoment before the first round.
    """
    require(actor, Permission.DESK_READ, agreement, clock.utcnow())
    held = agreements.round_of(this_session(), agreement.id)
    if held is None:
        raise WrongMoment("The desk fills when a round opens. Until then the text is drafted.")
    return held


def _is_shown(item: Item, show: str) -> bool:
    if show == ALL:
        return True
    return not item.outcome if show in ("", OPEN) else item.outcome == show
