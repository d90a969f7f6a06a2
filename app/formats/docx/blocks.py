"""What stands in a document's body, ready to be laid out: a node whose words are runs already."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from app.domain import prose
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.numbering import Label
from app.formats.docx.ooxml import run
from app.formats.docx.words import RUN_IN, TERM, Words, run_in_end, term_spans

_UNLABELLED = Label("", "")
# Reading a member of an enumeration takes ten times as long as looking into a set.
_OUTLINE = frozenset({Kind.DIVISION, Kind.ANNEX})
_CLAUSE = frozenset({Kind.CLAUSE})
_WITHOUT_MARKS = frozenset({Kind.GENERATED, Kind.VERBATIM})


@dataclass(slots=True)
class Block:
    """One node to lay out; one that may not be changed would take longer to make than to write.

    `inline`: its runs, heading and text together; `cells`: a row's instead, and `shown` their plain
    words. `standing`: its heading is a line of its own. `mark`: makes what tracks a paragraph mark,
    `row_mark` what tracks the row; `around`: puts marks around the runs (bookmark, comment, move),
    `after`: what stands behind the paragraph. `typed`: the runs of a label that was given with the
    text; `leaving`: it stands in the old text only, so no list counts it.
    """

    key: str
    kind: Kind
    label: str
    standing: bool
    inline: str = ""
    cells: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    mark: Callable[[], str] = str
    row_mark: str = ""
    number: str | None = None
    typed: str = ""
    after: str = ""
    leaving: bool = False
    children: Iterable["Block"] = ()
    around: Callable[[str], str] = str


class Around(Protocol):
    """What stands around the words of clauses."""

    def clause(self, key: str) -> Callable[[str], str]:
        """What puts marks around the runs of a whole clause."""
        ...

    def words(self, key: str, part: str) -> Mapping[int, str]:
        """Marks within a part of a clause, by where in its plain text they stand."""
        ...


def of_tree(tree: ClauseTree, words: Words, around: Around) -> Iterator[Block]:
    """The blocks of a whole text, each made when it is asked for, to be read once."""
    return _of_nodes(tree.clauses, words, around)


def _of_nodes(nodes: Iterable[Clause], words: Words, around: Around) -> Iterator[Block]:
    return (_of_node(node, words, around) for node in nodes)


def _of_node(node: Clause, words: Words, around: Around) -> Block:
    cells = prose.cells(node.text) if node.kind is Kind.ROW else ()
    label = words.labels.get(node.key, _UNLABELLED)
    return Block(
        key=node.key,
        kind=node.kind,
        label=label.own,
        number=node.number,
        standing=stands_alone(node.kind, node.heading, node.text),
        inline="" if cells else _inline(node, words, around),
        cells=tuple(words.runs(cell) for cell in cells) if cells else (),
        shown=tuple(words.shown(cell) for cell in cells) if cells else (),
        children=_of_nodes(node.children, words, around),
        around=around.clause(node.key),
    )


def generated_title(text: str) -> str:
    """The line above a generated block; `text` is what the block holds."""
    return "Signatures" if text == "signatures" else "Parties"


def stands_alone(kind: Kind, heading: str, text: str) -> bool:
    """Whether a heading is a line of its own: an outline entry rather than a paragraph."""
    if kind in _CLAUSE:
        return bool(heading) and not text
    return kind in _OUTLINE


def _inline(node: Clause, words: Words, around: Around) -> str:
    if node.kind in _WITHOUT_MARKS:
        return run(node.text) if node.kind is Kind.VERBATIM else ""
    text = words.runs(node.text, marks=around.words(node.key, "text")) if node.text else ""
    if not node.heading:
        return text
    end = between(node.kind, node.heading, node.text)
    if node.kind is Kind.DEFINITION:
        return words.of_spans(term_spans(node.heading), TERM) + words.runs(end) + text
    look = RUN_IN if node.text else ""
    heading = words.runs(node.heading, look, marks=around.words(node.key, "heading"))
    return heading + words.runs(end, look) + text


def between(kind: Kind, heading: str, text: str) -> str:
    """What stands between the heading and the text of one paragraph."""
    if not heading or not text:
        return ""
    return " " if kind is Kind.DEFINITION else run_in_end(heading)
