"""A text ready for its page: every clause with its words as HTML and the notes beside it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from app.domain import definitions, prose, references
from app.domain.clauses import Kind
from app.domain.numbering import Label
from app.domain.redline import Change, RedlineNode, cells, new_words, old_words
from app.formats.prose_html import Quote
from app.formats.redline_html import Shown, moved, node_class, words
from app.http.languages import tell
from app.kernel.said import said
from app.queries.reading_room import Reading
from app.web import inside_margin, notes, stance_signs
from app.web.notes import Note
from app.web.stance_signs import Sign

_NONE = Markup()
_FIRST_WORDS = 6
_GENERATED = {
    "parties": said("[table of the parties]"),
    "signatures": said("[signatures of the parties]"),
}


@dataclass(frozen=True)
class Node:
    """One clause, as clauses/_clause.html asks for it.

    `is_new`: it stands in no version yet; `is_copy`: it is shown where it would move to.
    """

    key: str
    kind: str
    label: str
    name: str
    heading_html: Markup
    text_html: Markup
    cells_html: tuple[Markup, ...]
    children: tuple["Node", ...]
    notes: tuple[Note, ...]
    change: str
    moved_html: Markup
    guidance_html: Markup
    title: str
    is_new: bool
    is_copy: bool
    stance: Sign | None = None


@dataclass(frozen=True)
class Entry:
    """A line of the contents, as _ui/outline.html asks for it."""

    key: str
    label: str
    title: str
    heat: int
    contested: bool
    red_lines: int = 0
    children: tuple["Entry", ...] = ()
    current: bool = False


@dataclass(frozen=True)
class Margin:
    """The notes of a page by the clause they stand beside; those of no clause under ""."""

    notes: Mapping[str, tuple[Note, ...]]
    quotes: Mapping[tuple[str, str], tuple[Quote, ...]]


def margin_of(reading: Reading, slug: str, *, opened: str = "", may_amend: bool = False) -> Margin:
    """Put every note to its clause; `opened` is the id of the amendment that is open."""
    held: dict[str, list[Note]] = {}
    quotes: dict[tuple[str, str], list[Quote]] = {}
    for remark in reading.remarks:
        key = remark.clause if remark.clause in reading.base.nodes else None
        name = f"t{remark.number}"
        place = f"q-{name}" if remark.quote else _place(key)
        held.setdefault(key or "", []).append(notes.of_opening(remark, slug, words=place))
        if key and remark.quote and remark.anchor_state in {"same", "moved"}:
            found = Quote(remark.start, remark.end, name)
            quotes.setdefault((key, remark.part), []).append(found)
    for inside in reading.inside:
        key = inside.clause if inside.clause in reading.base.nodes else None
        name = f"i{inside.row.id.hex}"
        place = f"q-{name}" if inside.row.quote else _place(key)
        held.setdefault(key or "", []).append(inside_margin.note_of(inside, slug, words=place))
        if key and inside.row.quote and inside.row.anchor_state in {"same", "moved"}:
            found = Quote(inside.row.start, inside.row.end, name)
            quotes.setdefault((key, inside.row.part), []).append(found)
    shown = _keys(reading.redline.nodes)
    for proposal in reading.proposals:
        key = next((key for key in proposal.clauses if key in shown), None)
        note = notes.of_amendment(
            proposal,
            slug,
            words=_place(key),
            is_open=str(proposal.number) == opened,
            may_amend=may_amend,
        )
        held.setdefault(key or "", []).append(note)
    return Margin(
        {key: tuple(found) for key, found in held.items()},
        {key: tuple(sorted(found, key=lambda q: q.start)) for key, found in quotes.items()},
    )


def nodes_of(reading: Reading, margin: Margin, *, guided: bool = False) -> tuple[Node, ...]:
    """The whole text; `guided` where the template's guidance is shown beside its clauses."""
    return tuple(_Setter(reading, margin, guided).nodes(reading.redline.nodes))


def outline_of(reading: Reading, nodes: Iterable[Node]) -> tuple[Entry, ...]:
    """The contents: every article and annex with its numbered clauses."""
    return tuple(_entry(reading, node) for node in _listed(nodes))


@dataclass
class _Setter:
    """Sets the nodes of one text."""

    reading: Reading
    margin: Margin
    guided: bool
    copies: int = 0
    how: Shown = field(init=False)

    def __post_init__(self) -> None:
        line, base = self.reading.redline, self.reading.base
        self.how = Shown(
            line.labels,
            line.old_labels,
            line.authors,
            tell=tell,
            blanks=self.reading.blanks,
            terms=definitions.terms(base),
        )

    def nodes(self, nodes: Iterable[RedlineNode]) -> Iterator[Node]:
        for node in nodes:
            if self.reading.view == "now" and node.change in {"delete", "moved-from"}:
                continue
            yield self.node(node)

    def node(self, node: RedlineNode) -> Node:
        """One node; a clause that would move has its notes where it stands."""
        label = self.label(node)
        is_copy = node.change == "moved-to" and self.reading.view == "all"
        self.copies += is_copy
        guidance = self.reading.guidance.get(node.key, _NONE) if self.guided else _NONE
        row = node.kind is Kind.ROW
        stance = None if is_copy else stance_signs.beside(self.reading.stances.get(node.key))
        return Node(
            key=f"{node.key}-to-{self.copies}" if is_copy else node.key,
            kind=str(node.kind),
            label=label.own,
            name=label.full,
            heading_html=self.heading(node),
            text_html=_NONE if row else self.text(node),
            cells_html=self.cells(node) if row else (),
            children=tuple(self.nodes(node.children)),
            notes=() if is_copy else self.margin.notes.get(node.key, ()),
            change=f"{node_class(node, self.how)} {stance.css if stance else ''}".strip(),
            moved_html=moved(node, self.how),
            guidance_html=guidance,
            title=self.title(node),
            is_new=is_copy or node.key not in self.reading.base.nodes,
            is_copy=is_copy,
            stance=stance,
        )

    def title(self, node: RedlineNode) -> str:
        """For the contents: the heading in plain words, else the first words of the text."""
        if node.kind not in {Kind.CLAUSE, Kind.ANNEX} or node.label.own.startswith("("):
            return ""
        heading = old_words(node.heading) or new_words(node.heading)
        text = heading or old_words(node.text) or new_words(node.text)
        shown = references.shown(text, self.how.labels, self.reading.blanks)
        first = shown.split()
        if heading or len(first) <= _FIRST_WORDS:
            return shown
        return " ".join(first[:_FIRST_WORDS]) + " …"

    def label(self, node: RedlineNode) -> Label:
        """Today's number, at an old place the old one."""
        stood = node.old_label if node.change in {"moved-from", "delete"} else None
        return stood or node.label

    def heading(self, node: RedlineNode) -> Markup:
        if node.kind is Kind.DEFINITION and not _is_changed(node):
            return escape(prose.plain(old_words(node.heading)).partition(";")[0].strip())
        return self.arrived(node, self.words(node, "heading"))

    def text(self, node: RedlineNode) -> Markup:
        if node.kind is Kind.GENERATED:
            name = new_words(node.text) or old_words(node.text)
            return escape(tell(_GENERATED.get(name, f"[{name}]")))
        return self.arrived(node, self.words(node, "text"))

    def words(self, node: RedlineNode, part: str) -> Markup:
        told = [node.by] if part == "text" and node.change == "insert" and node.heading else ()
        held = node.heading if part == "heading" else node.text
        return words(held, self.how, self.margin.quotes.get((node.key, part), ()), told)

    def arrived(self, node: RedlineNode, shown: Markup) -> Markup:
        if node.change != "moved-to" or not shown:
            return shown
        return Markup('<span class="moved">{}</span>').format(shown)

    def cells(self, node: RedlineNode) -> tuple[Markup, ...]:
        return tuple(words(cell, self.how).strip() for cell in cells(node.text))


def _entry(reading: Reading, node: Node) -> Entry:
    held = list(_walk(node))
    return Entry(
        key=node.key,
        label=node.label.rpartition(" ")[2],
        title=node.title,
        heat=sum(note.waits for one in held for note in one.notes),
        contested=any(one.key in reading.contested for one in held),
        red_lines=sum(one.stance.red_lines for one in held if one.stance),
        children=tuple(_entry(reading, child) for child in _listed(node.children)),
    )


def _listed(nodes: Iterable[Node]) -> Iterator[Node]:
    """The numbered clauses; a division has no line of its own, what is in it has."""
    for node in nodes:
        if node.kind == Kind.DIVISION:
            yield from _listed(node.children)
        elif node.is_copy or node.label.startswith("("):
            continue
        elif node.kind in {Kind.CLAUSE, Kind.ANNEX}:
            yield node


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _place(key: str | None) -> str:
    return f"c-{key}" if key else ""


def _keys(nodes: Iterable[RedlineNode]) -> frozenset[str]:
    found: set[str] = set()
    for node in nodes:
        found.add(node.key)
        found |= _keys(node.children)
    return frozenset(found)


def _is_changed(node: RedlineNode) -> bool:
    return any(not isinstance(part, Change) or part.op != "=" for part in node.heading)
