"""A redline's nodes as blocks: each word in the tracked change that it belongs to."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from app.domain import prose
from app.domain.changes import Change, Either, Part, RedlineNode, new_words, old_words
from app.domain.clauses import Kind
from app.domain.prose import Span
from app.formats.docx.blocks import Block, between, generated_title, stands_alone
from app.formats.docx.ooxml import By, Ids, bookmark, clause_bookmark, run
from app.formats.docx.splits import Cut, with_cuts
from app.formats.docx.styles import TYPED_LABEL
from app.formats.docx.words import RUN_IN, TERM, Track, Words

# Reading a member of an enumeration takes ten times as long as looking into a set.
_ROW, _GENERATED = frozenset({Kind.ROW}), frozenset({Kind.GENERATED})
_DEFINITION = frozenset({Kind.DEFINITION})
_LEAVES = {"delete": "del", "moved-from": "moveFrom"}
_COMES = {"insert": "ins", "moved-to": "moveTo"}


_Stretch = tuple[Words, str, Track | None]


@dataclass(frozen=True, slots=True)
class _State:
    """How a node stands in the file: which change its mark is part of, "" for none.

    `arrives`: it stood elsewhere before, so its bookmark stays there.
    """

    change: str
    by: By
    arrives: bool = False

    @property
    def track(self) -> Track | None:
        return Track(self.change, self.by) if self.change else None

    @property
    def leaves(self) -> bool:
        return self.change in {"del", "moveFrom"}


_STILL = _State("", By("", ""))
"""A node that neither comes nor goes nor moves; whose words changed, its changes say."""


@dataclass
class RedlineBlocks:
    """Makes blocks of redline nodes. `words` shows new text, `before` removed text.

    `hand` tells whose a change is; `around` puts comments around a clause's runs, their marks in
    the change of the clause. Contested words are tracked by their first wording; `others` gathers
    what else is proposed, by clause key.
    """

    ids: Ids
    words: Words
    before: Words
    hand: Callable[[Sequence[int]], By]
    around: Callable[[str, str, Callable[[str], str]], str]
    names: Mapping[int, str]
    others: dict[str, list[str]] = field(default_factory=dict)

    def of_nodes(self, nodes: Iterable[RedlineNode], within: str = "") -> tuple[Block, ...]:
        """Blocks of siblings. `within`: the change of what they stand in, where it is a move."""
        found: list[Block] = []
        for node, cut in with_cuts(nodes):
            found += self._of_node(node, within, cut)
        return tuple(found)

    def title(self, parts: Sequence[Part]) -> str:
        """The runs of the title."""
        return self._parts("", parts, _STILL, "")

    def _of_node(self, node: RedlineNode, within: str, cut: Cut | None) -> Iterable[Block]:
        change = _LEAVES.get(node.change) or _COMES.get(node.change) or within
        if within == "moveTo" and node.change in _LEAVES:
            return ()  # its old words stand where the clause above it stood
        state = _STILL
        if change:
            state = _State(change, self.hand(node.by or _authors(node)), change == "moveTo")
        below = change if change in {"moveTo", "moveFrom"} else ""
        if node.kind in _ROW:
            return self._row(node, state)
        if change and node.kind in {Kind.TABLE, Kind.GENERATED}:
            state = replace(state, change="del" if state.leaves else "ins")
        return (self._plain(node, state, below, cut),)

    def _plain(self, node: RedlineNode, state: _State, below: str, cut: Cut | None) -> Block:
        leaving = state.leaves
        leaves = leaving or node.new_label is None
        label = node.old_label if leaves else node.new_label
        heading = old_words(node.heading) if leaving else new_words(node.heading)
        text = _opening(node.text, old=leaving)
        opening, after = self._move(node.key, state)
        inline = self._inline(node, state, heading=heading, text=text)
        marking = _State(cut.change, self.hand(cut.by)) if cut else state
        return Block(
            key=node.key,
            kind=node.kind,
            label=label.own if label else "",
            number=node.old_number if leaving else node.number,
            standing=stands_alone(node.kind, heading, text),
            inline=inline,
            typed=self._typed(node, state),
            mark=partial(self._mark, marking) if marking.change else str,
            around=self._marks(node, state, opening),
            after=after,
            leaving=leaves,
            children=self.of_nodes(node.children, below) if node.children else (),
        )

    def _inline(self, node: RedlineNode, state: _State, *, heading: str, text: str) -> str:
        if not node.heading and node.kind not in _GENERATED:
            return self._parts(node.key, node.text, state, "")
        if node.kind in _GENERATED:
            held = run(generated_title(heading or text), deleted=state.change == "del")
            return self.words.tracked(held, state.track)
        look = ""
        if node.kind in _DEFINITION:
            look = TERM
        elif heading and text:
            look = RUN_IN
        end_look = RUN_IN if look == RUN_IN else ""
        if not state.change and _is_kept(node.heading) and _is_kept(node.text):
            runs = self.words.runs
            end = between(node.kind, heading, text)
            if end == between(node.old_kind, heading, text):
                return runs(heading, look) + runs(end, end_look) + runs(text)
        return (
            self._parts(node.key, node.heading, state, look)
            + self._parts(node.key, _ends(node), state, end_look)
            + self._parts(node.key, node.text, state, "")
        )

    def _parts(self, key: str, parts: Sequence[Part], state: _State, look: str) -> str:
        if not state.change and _is_kept(parts):
            return self.words.runs(new_words(parts), look)
        stretches = self._carried(key, parts, state) if state.change else self._marked(key, parts)
        return "".join([words.runs(text, look, track) for words, text, track in stretches])

    def _marked(self, key: str, parts: Iterable[Part]) -> Iterator[_Stretch]:
        """The prose of a node that stays, with who shows it and how it is tracked."""
        for part in parts:
            if isinstance(part, Either):
                self._note_others(key, part)
                yield from self._marked(key, part.wordings[0])
            elif part.op == "=" and part.text == part.was:
                yield self.words, part.text, None
            elif part.op == "+":
                yield self.words, part.text, Track("ins", self.hand(part.by))
            else:
                by = self.hand(part.by)
                yield self.before, part.was or part.text, Track("del", by)
                if part.op == "=":
                    yield self.words, part.text, Track("ins", by)

    def _carried(self, key: str, parts: Iterable[Part], state: _State) -> Iterator[_Stretch]:
        """The same of one that comes, goes or moves as a whole."""
        for part in parts:
            if isinstance(part, Either):
                self._note_others(key, part)
                yield from self._carried(key, part.wordings[0], state)
            elif state.leaves:
                gone = part.was if part.op == "=" else part.text
                if part.op != "+":
                    yield self.before, gone, state.track
            elif part.op == "=":
                yield self.words, part.text, state.track
            elif part.op == "+":
                by = state.by if state.change == "ins" else self.hand(part.by)
                yield self.words, part.text, Track("ins", by)

    def _note_others(self, key: str, part: Either) -> None:
        for wording in part.wordings[1:]:
            numbers = dict.fromkeys(n for change in wording for n in _by(change))
            names = ", ".join(self.names.get(number, str(number)) for number in numbers)
            said = self.words.shown(new_words(wording))
            self.others.setdefault(key, []).append(f"{names} would write here instead: {said}")

    def _typed(self, node: RedlineNode, state: _State) -> str:
        """A label that was given with the text, tracked where it comes or goes."""
        old, new = node.old_number, node.number
        if old is None and new is None:
            return ""
        if state.change:
            shown = old if state.leaves else new
            return self._label(shown, state.track)
        if old == new:
            return self._label(new, None)
        by = self.hand(node.by)
        return self._label(old, Track("del", by)) + self._label(new, Track("ins", by))

    def _label(self, label: str | None, track: Track | None) -> str:
        if not label:
            return ""
        held = run(f"{label}\t", TYPED_LABEL, deleted=track is not None and track.deletes)
        return self.words.tracked(held, track)

    def _mark(self, state: _State) -> str:
        if not state.change:
            return ""
        return f"<w:{state.change} {state.by.attributes(self.ids.next())}/>"

    def _move(self, key: str, state: _State) -> tuple[str, str]:
        """What opens the range of a move inside the paragraph, and what closes it behind."""
        if state.change not in {"moveFrom", "moveTo"}:
            return "", ""
        number = self.ids.next()
        start = f"w:{state.change}RangeStart"
        name = "mv_" + key.replace("-", "_")
        opening = f'<{start} {state.by.attributes(number)} w:name="{name}"/>'
        return opening, f'<w:{state.change}RangeEnd w:id="{number}"/>'

    def _marks(self, node: RedlineNode, state: _State, opening: str) -> Callable[[str], str]:
        def tracked(runs: str) -> str:
            return self.words.tracked(runs, state.track)

        def marked(runs: str) -> str:
            held = runs
            if not state.arrives:
                held = bookmark(self.ids.next(), clause_bookmark(node.key), runs)
            if state.change != "moveFrom":  # its comments go with it
                held = self.around(node.key, held, tracked)
            return opening + held

        return marked

    def _row(self, node: RedlineNode, state: _State) -> Iterator[Block]:
        """A row; where its cells don't match, the old row goes and the new one comes."""
        if state.change:
            state = replace(state, change="del" if state.leaves else "ins")
            yield self._cells(node, state, [list(node.text)])
            return
        cells = _cut(node.text)
        if cells is not None:
            yield self._cells(node, state, cells)
            return
        old, new = old_words(node.text), new_words(node.text)
        by = self.hand(node.by)
        yield self._cells(node, _State("del", by), [[Change("-", old)]])
        yield self._cells(node, _State("ins", by), [[Change("+", new)]], again=True)

    def _cells(
        self,
        node: RedlineNode,
        state: _State,
        cells: Sequence[Sequence[Part]],
        *,
        again: bool = False,
    ) -> Block:
        if state.change:
            words = (old_words if state.leaves else new_words)(cells[0])
            speaker = self.before if state.leaves else self.words
            plain = prose.cells(words)
            shown = tuple(speaker.runs(cell, "", state.track) for cell in plain)
        else:
            plain = tuple(new_words(cell) for cell in cells)
            shown = tuple(self._parts(node.key, cell, state, "") for cell in cells)
        return Block(
            key=node.key,
            kind=Kind.ROW,
            label="",
            standing=False,
            cells=shown,
            shown=tuple(self.words.shown(cell) for cell in plain),
            mark=partial(self._mark, state) if state.change else str,
            row_mark=self._mark(state),
            around=str if again else self._marks(node, state, ""),
        )


def _opening(parts: Sequence[Part], *, old: bool) -> str:
    """How the words of one side begin, "" where it has none."""
    side = old_words if old else new_words
    if len(parts) == 1:
        return side(parts)
    for part in parts:
        if words := side((part,)):
            return words
    return ""


def _is_kept(parts: Sequence[Part]) -> bool:
    """Whether words stay as they are, marks and all."""
    if len(parts) != 1:
        return not parts
    only = parts[0]
    return isinstance(only, Change) and only.op == "=" and only.text == only.was


def _ends(node: RedlineNode) -> list[Part]:
    """The changes of what stands between a heading and its text."""
    was, is_now = old_words(node.heading), new_words(node.heading)
    old_end = between(node.old_kind, was, _opening(node.text, old=True))
    new_end = between(node.kind, is_now, _opening(node.text, old=False))
    if old_end == new_end:
        return [Change("=", new_end, old_end)]
    by = _authors(node) or node.by
    return [Change("-", old_end, by=by), Change("+", new_end, by=by)]


def _by(part: Part) -> tuple[int, ...]:
    if isinstance(part, Either):
        return tuple(number for wording in part.wordings for c in wording for number in c.by)
    return part.by


def _authors(node: RedlineNode) -> tuple[int, ...]:
    """Whose the first change of a node's own words is."""
    return next((by for part in (*node.heading, *node.text) if (by := _by(part))), ())


def _cut(parts: Iterable[Part]) -> list[list[Part]] | None:
    """The changes of a row cell by cell, or None where a change crosses the end of a cell."""
    cells: list[list[Part]] = [[]]
    for part in parts:
        if isinstance(part, Either) or part.op != "=":
            if any(span.cell for text in _texts(part) for span in prose.parse(text)):
                return None
            cells[-1].append(part)
            continue
        new, old = _by_cell(part.text), _by_cell(part.was)
        if len(new) != len(old):
            return None
        for at, (text, was) in enumerate(zip(new, old, strict=True)):
            if at:
                cells.append([])
            if text or was:
                cells[-1].append(Change("=", text, was, part.by))
    return cells


def _by_cell(text: str) -> list[str]:
    held: list[list[Span]] = [[]]
    for span in prose.parse(text):
        if span.cell:
            held.append([])
        else:
            held[-1].append(span)
    return [prose.write(spans) for spans in held]


def _texts(part: Part) -> tuple[str, ...]:
    if isinstance(part, Either):
        return tuple(change.text for wording in part.wordings for change in wording)
    return (part.text,)
