"""The blocks of a template as a clause tree, with guidance, conditions and the rest beside it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain import prose
from app.domain.clauses import MAY_HOLD, Clause, ClauseTree, Kind, Numbering
from app.formats.template_blocks import HEADINGS, Block, Mark
from app.formats.template_document import Condition, Conditions, TemplateError

_RUN_IN = re.compile(r"\*\*(?P<heading>[^*]+)\.\*\*(?: +(?P<text>.*))?")
_TERM = re.compile(r"\*\*(?P<heading>[^*]+)\*\* +(?P<text>.+)")
_ANNEX = "Annex:"
_KINDS = {
    Mark.HEADING: Kind.CLAUSE,
    Mark.SUBHEADING: Kind.CLAUSE,
    Mark.CLAUSE: Kind.CLAUSE,
    Mark.RECITAL: Kind.RECITAL,
    Mark.BULLET: Kind.BULLET,
    Mark.DEFINITION: Kind.DEFINITION,
    Mark.TABLE: Kind.TABLE,
    Mark.FENCE: Kind.VERBATIM,
    Mark.GENERATED: Kind.GENERATED,
    Mark.PARA: Kind.PARA,
}
_RANK = {mark: rank for rank, mark in enumerate(HEADINGS)}
_BELOW_HEADINGS = len(HEADINGS)


@dataclass
class _Open:
    """A node whose children may still come."""

    block: Block
    kind: Kind
    heading: str
    text: str
    rank: int
    children: list["_Open"] = field(default_factory=list)
    id: str = ""

    def clause(self) -> Clause:
        """The finished node."""
        children = tuple(child.clause() for child in self.children)
        return Clause(self.id, self.kind, self.heading, self.text, children)


@dataclass(frozen=True)
class Beside:
    """The tree of a template and what stands beside it, by clause id."""

    tree: ClauseTree
    guidance: Mapping[str, str]
    conditions: Mapping[str, Conditions]
    mandatory: frozenset[str]
    rules: Mapping[str, str]
    keys: Mapping[str, str]
    lines: Mapping[str, int]


class _Builder:
    """Puts one block after the other where it belongs, and refuses the first that fits nowhere."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.top: list[_Open] = []
        self.path: list[_Open] = []
        self.last: _Open | None = None
        self.guidance: dict[str, str] = {}
        self.conditions: dict[str, Conditions] = {}
        self.rules: dict[str, str] = {}
        self.keys: dict[str, str] = {}
        self.lines: dict[str, int] = {}
        self.mandatory: set[str] = set()

    def refusal(self, block: Block, reason: str, **params: object) -> TemplateError:
        """A refusal of this block."""
        return TemplateError(self.file, block.line, reason, **params)

    def add(self, block: Block) -> None:
        """Take the next block."""
        if block.mark is Mark.GUIDANCE:
            self.note(block)
        elif block.mark is Mark.ROW:
            self.row(block)
        else:
            self.place(self.opened(block))

    def note(self, block: Block) -> None:
        """Guidance for the clause above; each further line of it is a paragraph."""
        if self.last is None:
            raise self.refusal(block, "Guidance stands below the clause it is about.")
        before = self.guidance.get(self.last.id)
        self.guidance[self.last.id] = f"{before}\n\n{block.words}" if before else block.words

    def row(self, block: Block) -> None:
        """A row of the table above; the first is its head and says how many cells a row has."""
        table = self.path[-1] if self.path else None
        if table is None or table.kind is not Kind.TABLE:
            raise self.refusal(block, "A row stands below a line Table: caption {#its-id}.")
        cells = prose.cells(self.inline(block, block.words.removesuffix("|")))
        head = table.children[0].text if table.children else ""
        if head and len(prose.cells(head)) != len(cells):
            raise self.refusal(block, "This row has another number of cells than the first.")
        row = _Open(block, Kind.ROW, "", prose.row(cells), rank=0)
        row.id = f"{table.id}-{len(table.children) + 1}"
        self.remember(row, self.conditions.get(table.id, frozenset()))
        table.children.append(row)

    def opened(self, block: Block) -> _Open:
        """The node a block begins, with its words read."""
        rank = _RANK.get(block.mark, _BELOW_HEADINGS + block.indent)
        heading, text = "", ""
        kind = _KINDS.get(block.mark, Kind.DIVISION)
        if block.mark is Mark.PART and block.words.startswith(_ANNEX):
            kind = Kind.ANNEX
            heading = block.words.removeprefix(_ANNEX).strip()
        elif block.mark in (*HEADINGS, Mark.TABLE):
            heading = block.words
        elif block.mark is Mark.DEFINITION:
            heading, text = self.split(block, _TERM, "A definition is **Term** means …")
        elif block.mark is Mark.CLAUSE and _RUN_IN.fullmatch(block.words):
            heading, text = self.split(block, _RUN_IN, "")
        elif block.mark is Mark.GENERATED:
            text = block.words.strip("{}")
        else:
            text = block.words
        if kind is not Kind.TABLE and not heading and not text:
            raise self.refusal(block, "A {kind} without words can't stand.", kind=kind)
        if kind not in (Kind.VERBATIM, Kind.GENERATED):
            heading, text = self.inline(block, heading), self.inline(block, text)
        return _Open(block, kind, heading, text, rank)

    def split(self, block: Block, pattern: re.Pattern[str], reason: str) -> tuple[str, str]:
        """Heading and text of a block whose words begin in bold."""
        found = pattern.fullmatch(block.words)
        if found is None:
            raise self.refusal(block, reason)
        return found["heading"].strip(), (found["text"] or "").strip()

    def inline(self, block: Block, words: str) -> str:
        """The words as canonical prose; a mark that is no mark is refused."""
        text = prose.canonical(words)
        bare = prose.plain(text)
        for odd in ("[[", "{{", "]]", "}}", "**"):
            if odd in bare:
                raise self.refusal(block, "There is a {odd} here that marks nothing.", odd=odd)
        return text

    def place(self, node: _Open) -> None:
        """Hang a node under the one it belongs to."""
        while self.path and self.path[-1].rank >= node.rank:
            self.path.pop()
        parent = self.path[-1] if self.path else None
        above = parent.rank if parent else -1
        if node.block.indent and above != node.rank - 1:
            raise self.refusal(node.block, "This is indented, but nothing above it holds it.")
        if node.block.mark is Mark.SUBHEADING and above != node.rank - 1:
            raise self.refusal(node.block, "A ### heading stands under a ## heading.")
        kind = parent.kind if parent else None
        if node.kind not in MAY_HOLD[kind]:
            raise self.refusal(
                node.block,
                "A {kind} can't stand under a {parent}.",
                kind=node.kind,
                parent=kind or "document",
            )
        attributes = node.block.attributes
        node.id = node.text if node.kind is Kind.GENERATED else attributes.id
        if not node.id:
            raise self.refusal(node.block, "This {kind} needs an id.", kind=node.kind)
        inherited = self.conditions.get(parent.id, frozenset()) if parent else frozenset()
        self.remember(node, inherited)
        (parent.children if parent else self.top).append(node)
        self.path.append(node)
        self.last = node

    def remember(self, node: _Open, inherited: Conditions) -> None:
        """Note what stands beside a node. Refuses an id that is already taken."""
        if node.id in self.lines:
            raise self.refusal(
                node.block,
                "The id {id} is already used on line {line}.",
                id=node.id,
                line=self.lines[node.id],
            )
        attributes = node.block.attributes
        self.lines[node.id] = node.block.line
        self.keys[node.id] = attributes.key or node.id
        own = frozenset({self.condition(node.block)}) if attributes.condition else frozenset()
        if inherited | own:
            self.conditions[node.id] = inherited | own
        if attributes.mandatory:
            self.mandatory.add(node.id)
        if attributes.rule:
            self.rules[node.id] = attributes.rule

    def condition(self, block: Block) -> Condition:
        """The choice a block asks for; `if=option` alone asks that a switch is on."""
        option, colon, choice = block.attributes.condition.partition(":")
        if not option or (colon and not choice):
            raise self.refusal(block, "A condition is if=option or if=option:choice.")
        return Condition(option, choice if colon else "on")


def build(
    blocks: tuple[Block, ...], file: str, first_line: int, *, language: str, numbering: str
) -> Beside:
    """The tree of a template. Raises TemplateError at the first block that does not fit."""
    if not blocks or blocks[0].mark is not Mark.PART or blocks[0].words.startswith(_ANNEX):
        line = blocks[0].line if blocks else first_line
        raise TemplateError(file, line, "The text begins with its title: # and the words.")
    if blocks[0].attributes.id:
        raise TemplateError(file, blocks[0].line, "The title has no id.")
    builder = _Builder(file)
    for block in blocks[1:]:
        builder.add(block)
    tree = ClauseTree(
        title=blocks[0].words,
        clauses=tuple(node.clause() for node in builder.top),
        language=language,
        numbering=Numbering(numbering),
    )
    return Beside(
        tree=tree,
        guidance=builder.guidance,
        conditions=builder.conditions,
        mandatory=frozenset(builder.mandatory),
        rules=builder.rules,
        keys=builder.keys,
        lines=builder.lines,
    )
