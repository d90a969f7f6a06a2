"""The fields of a change to the text: words by clause, ticks, places, new clauses."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import wtforms
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms.fields.choices import SelectChoice

from app.domain import generated, prose, references
from app.domain import written as writing
from app.domain.clauses import ClauseTree, Kind, Place
from app.domain.numbering import Label
from app.domain.operations import Operation
from app.domain.written import HEADED, WORDED, Added, Written
from app.kernel.errors import Invalid
from app.kernel.ids import new_clause_key
from app.web.forms.base import Form

_KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST_KEY = 28
MOST_NEW = 50
"""So many new clauses fit into one change."""

BLANK = "new-clause-key"
"""Where the key stands in the line of a clause that isn't there yet."""

_FEW_WORDS = 7
_MANY = 40
"""Among so many, a clause is moved by naming its new neighbour."""


class ChangeForm(Form):
    """What stands beside the text of a change; the text itself is a Sheet."""

    rationale = wtforms.TextAreaField(_("Why"), [wtforms.validators.Length(max=5_000)])
    on_behalf_of = wtforms.SelectField(
        _("For"), choices=[SelectChoice("", _("The facilitator"))], default=""
    )
    form_key = wtforms.HiddenField(validators=[wtforms.validators.Length(max=64)])
    row_version = wtforms.IntegerField(default=0)
    base = wtforms.HiddenField()

    def offer(self, parties: Iterable[tuple[str, str]]) -> None:
        """Let the facilitator enter it for one of these, each a code and a name."""
        own = SelectChoice("", _("The facilitator"))
        self.on_behalf_of.choices = [own, *(SelectChoice(*party) for party in parties)]


class WithdrawForm(Form):
    """Taking an amendment back, perhaps in favour of another."""

    in_favour_of = wtforms.StringField(_("In favour of"), [wtforms.validators.Length(max=20)])


@dataclass(frozen=True)
class Stop:
    """One of the clauses among which another stands: by what name it is said, and what it says."""

    name: str
    words: str
    is_own: bool


@dataclass(frozen=True)
class SheetLine:
    """One clause on the page: its fields, and what may be done to it.

    `behind` and `inside` name the kinds of a new neighbour and a new part, `follows` is the kind
    itself; `holds` says whether anything stands below it. `order` is what it stands among, itself
    included, `home` its own place there as the text has it (-1 where that is elsewhere).
    """

    key: str
    label: str
    name: str
    depth: int
    heading: str
    text: str
    has_heading: bool
    has_text: bool
    is_new: bool
    kind: Kind
    is_deleted: bool
    side: str
    beside: str
    behind: str
    inside: str
    holds: bool
    parent: str = ""
    follows: str = ""
    order: tuple["Stop", ...] = ()
    home: int = -1


@dataclass(frozen=True)
class Sheet:
    """What is typed over some clauses of a text, as it was typed.

    `moves` are (side, label) by key, `opened` the clauses shown with all below them.
    """

    base: ClauseTree
    names: Mapping[str, Label]
    opened: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    deleted: frozenset[str] = frozenset()
    moves: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    added: tuple[Added, ...] = ()

    def written(self) -> Written:
        """What it means. Raises Invalid for a place that can't be found."""
        return Written(
            words=self.words,
            deleted=self.deleted,
            moved={
                key: writing.place_of(self.base, self.names, key, side, self._meant(name))
                for key, (side, name) in self.moves.items()
            },
            added=self.added,
        )

    def operations(self) -> tuple[Operation, ...]:
        """The operations it comes to. Raises Invalid, naming the field at fault."""
        return writing.operations_of(self.base, self.written())

    def opening(self, key: str) -> "Sheet":
        """With one more clause to write on."""
        if key not in self.base.nodes or key in self.opened:
            return self
        return replace(self, opened=(*self.opened, key))

    def adding(self, side: str, key: str) -> "Sheet":
        """With a new clause behind another, or as the last part inside it."""
        tree = writing.with_additions(self.base, Written(added=self.added))
        if key not in tree.nodes or len(self.added) >= MOST_NEW:
            return self
        kind, place = writing.may_follow(tree, key), Place(tree.place_of(key).parent, key)
        if side == "inside":
            inside = writing.may_stand_in(tree, key)
            if inside is None:
                return self
            parts = tree.find(key).children
            kind, place = inside, Place(key, parts[-1].key if parts else None)
        return replace(self, added=(*self.added, Added(new_clause_key(), kind, place)))

    def moving(self, key: str, by: int) -> "Sheet":
        """With a clause some places further down (up where negative) among its neighbours."""
        if key not in self.base.nodes:
            return self
        place = self._place(key)
        order = writing.neighbours(self.base, key, place)
        at = max(0, min(len(order), writing.stands_at(order, place) + by))
        moves = {other: said for other, said in self.moves.items() if other != key}
        if place.parent != self.base.place_of(key).parent or at != self._home(key):
            side, beside = ("behind", order[at - 1]) if at else ("before", order[0])
            moves[key] = (side, self._name(beside))
        return replace(self, moves=moves) if order else self

    def blanks(self) -> tuple[SheetLine, ...]:
        """An empty line for each kind of clause that may follow those shown, for the script."""
        kinds = dict.fromkeys(Kind(line.follows) for line in self.lines())
        return tuple(_blank(kind) for kind in kinds)

    def _place(self, key: str) -> Place:
        """Where a clause stands now; where it stood if what was typed names no place."""
        if key in self.moves:
            side, name = self.moves[key]
            try:
                return writing.place_of(self.base, self.names, key, side, self._meant(name))
            except Invalid:
                pass
        return self.base.place_of(key)

    def _home(self, key: str) -> int:
        place = self.base.place_of(key)
        return writing.stands_at(writing.neighbours(self.base, key, place), place)

    def _order(self, key: str) -> tuple[Stop, ...]:
        place = self._place(key)
        order = list(writing.neighbours(self.base, key, place))
        if len(order) >= _MANY:
            return ()
        order.insert(writing.stands_at(order, place), key)
        return tuple(Stop(self._name(other), self._called(other), other == key) for other in order)

    def saying(self, places: Mapping[str, Place]) -> "Sheet":
        """With these moves, each said as it is typed."""
        return replace(self, moves={key: self._said(place) for key, place in places.items()})

    def _said(self, place: Place) -> tuple[str, str]:
        """A place as it is typed: behind or before a clause."""
        if place.after is not None:
            return "behind", self._name(place.after)
        inside = place.parent in (None, *self.base.nodes)
        siblings = self.base.children_of(place.parent) if inside else ()
        return "before", self._name(siblings[0].key) if siblings else ""

    @cached_property
    def _by_words(self) -> Mapping[str, str]:
        """The clauses without a number, by how they begin; those that begin alike are left out."""
        named = [(f"“{self._called(key)}”", key) for key in self.base.nodes if not self._full(key)]
        many = Counter(words for words, _ in named)
        return {words: key for words, key in named if many[words] == 1}

    def _full(self, key: str) -> str:
        return writing.name_of(self.base, self.names, key)

    def _name(self, key: str) -> str:
        """What a clause is called where a place is typed: its number, else how it begins."""
        words = f"“{self._called(key)}”"
        return self._full(key) or (words if words in self._by_words else f"[[{key}]]")

    def _meant(self, name: str) -> str:
        """The name of a place as the law knows it."""
        key = self._by_words.get(name.strip()) if "“" in name else None
        return f"[[{key}]]" if key else name

    def _called(self, key: str) -> str:
        """A clause in few words: its number, and how it begins."""
        node, label = self.base.find(key), self.names.get(key)
        words = references.shown(node.heading or node.text, self.names).split()
        begins = " ".join(words[:_FEW_WORDS]) + (" …" if len(words) > _FEW_WORDS else "")
        return f"{label.own} {begins}".strip() if label else begins

    def dropping(self, key: str) -> "Sheet":
        """Without one of the new clauses; what stood behind it stands behind its neighbour."""
        gone = next((new for new in self.added if new.key == key), None)
        if gone is None:
            return self
        dropped = {key}
        kept: list[Added] = []
        for new in self.added:
            if new.key == key or new.place.parent in dropped:
                dropped.add(new.key)
            else:
                kept.append(replace(new, place=gone.place) if new.place.after == key else new)
        return replace(self, added=tuple(kept))

    def legend(self) -> tuple[tuple[str, str], ...]:
        """The references that stand in the shown words: as they are typed, and what they name."""
        shown = " ".join(f"{line.heading} {line.text}" for line in self.lines())
        return tuple(
            (f"[[{key}]]", references.label(key, self.names))
            for key in dict.fromkeys(prose.references_in(shown))
        )

    def lines(self) -> Iterator[SheetLine]:
        """The clauses to show, in reading order."""
        tree = writing.with_additions(self.base, Written(added=self.added))
        new = {added.key for added in self.added}
        shown = new | set(self.opened)
        top = min((len(tree.path(key)) for key in shown if key in tree.nodes), default=1)
        for key, node in tree.nodes.items():
            path = [step.key for step in tree.path(key)]
            if not shown.intersection(path) or generated.is_filled_in(tree, key):
                continue
            heading, text = self.words.get(key, (node.heading, node.text))
            label = self.names.get(key)
            side, beside = self.moves.get(key, ("", ""))
            inside = writing.may_stand_in(tree, key)
            yield SheetLine(
                key=key,
                label=label.own if label else "new",
                name=label.full if label and label.full else _("this clause"),
                depth=min(3, len(path) - top),
                heading=heading,
                text=text,
                has_heading=node.kind in HEADED
                and (bool(heading) or key in new or key in self.words),
                has_text=node.kind in WORDED,
                is_new=key in new,
                kind=node.kind,
                is_deleted=key in self.deleted,
                side=side,
                beside=beside,
                behind=_called(writing.may_follow(tree, key)),
                inside=_called(inside) if inside else "",
                holds=bool(node.children),
                parent=tree.place_of(key).parent or "",
                follows=writing.may_follow(tree, key),
                order=self._order(key) if key in self.base.nodes else (),
                home=self._home(key)
                if key in self.base.nodes
                and self._place(key).parent == self.base.place_of(key).parent
                else -1,
            )


def fresh_sheet(
    base: ClauseTree,
    names: Mapping[str, Label],
    opened: tuple[str, ...],
    steps: Iterable[Operation] = (),
) -> Sheet:
    """The page as it is first shown: the clauses asked for, and those the operations touch."""
    found = writing.read(base, steps)
    touched = [*found.words, *found.deleted, *found.moved]
    touched += [new.place.after or new.place.parent or "" for new in found.added]
    keys = dict.fromkeys(key for key in (*opened, *touched) if key in base.nodes)
    opened = tuple(key for key in keys if not _is_below(base, key, keys))
    sheet = Sheet(base, names, opened, found.words, found.deleted, added=found.added)
    return sheet.saying(found.moved)


def read_sheet(base: ClauseTree, names: Mapping[str, Label], data: "MultiDict[str, str]") -> Sheet:
    """What a browser sent. Whatever fits no field is left aside; nothing typed is changed."""
    opened = tuple(dict.fromkeys(key for key in data.getlist("open") if key in base.nodes))
    added = tuple(_new(data))
    keys = [key.removeprefix("text-") for key in data if key.startswith("text-")]
    keys += [key.removeprefix("heading-") for key in data if key.startswith("heading-")]
    words: dict[str, tuple[str, str]] = {}
    for key in dict.fromkeys(keys):
        if (node := base.nodes.get(key)) and not generated.is_filled_in(base, key):
            heading = _unix(data.get(f"heading-{key}", node.heading))
            text = _unix(data.get(f"text-{key}", node.text))
            if (heading, text) != (node.heading, node.text):
                words[key] = (heading, text)
    return Sheet(
        base,
        names,
        opened,
        words,
        frozenset(key for key in data.getlist("delete") if key in base.nodes),
        {
            key: (data[f"side-{key}"], data.get(f"move-{key}", ""))
            for key in base.nodes
            if data.get(f"side-{key}") in ("behind", "before")
        },
        added,
    )


def _new(data: "MultiDict[str, str]") -> Iterator[Added]:
    """The new clauses, each named by a hidden field "key kind side other"."""
    for line in data.getlist("new")[:MOST_NEW]:
        key, _, rest = line.partition(" ")
        kind, _, place = rest.partition(" ")
        parent, _, after = place.partition(" ")
        if kind not in set(Kind) or not _is_key(key):
            continue
        yield Added(
            key,
            Kind(kind),
            Place(parent if _is_key(parent) else None, after if _is_key(after) else None),
            _unix(data.get(f"heading-{key}", "")),
            _unix(data.get(f"text-{key}", "")),
        )


def _is_key(words: str) -> bool:
    return len(words) <= _LONGEST_KEY and _KEY.fullmatch(words) is not None


def _unix(words: str) -> str:
    return words.replace("\r\n", "\n")


def _is_below(base: ClauseTree, key: str, keys: Mapping[str, None]) -> bool:
    return any(step.key in keys for step in base.path(key)[:-1])


def _called(kind: Kind) -> str:
    names = {Kind.PARA: "paragraph", Kind.BULLET: "point", Kind.DIVISION: "part"}
    return names.get(kind, str(kind))


def _blank(kind: Kind) -> SheetLine:
    return SheetLine(
        key=BLANK,
        label="new",
        name="this clause",
        depth=0,
        heading="",
        text="",
        has_heading=kind in HEADED,
        has_text=kind in WORDED,
        is_new=True,
        kind=kind,
        is_deleted=False,
        side="",
        beside="",
        behind=_called(kind),
        inside="",
        holds=False,
        follows=kind,
    )
