"""What stands in a document's body, ready to be laid out: a node whose words are runs already."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.domain import prose
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.numbering import Label
from app.formats.docx.ooxml import run
from app.formats.docx.words import RUN_IN, TERM, Words, run_in_end, term_spans

_UNLABELLED = Label("", "")


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


def of_tree(
    tree: ClauseTree, words: Words, around: Callable[[str], Callable[[str], str]]
) -> Iterator[Block]:
    """The blocks of a whole text, each made when it is asked for, to be read once.

    `around` gives for a key what puts the marks around its runs.
    """
    return _of_nodes(tree.clauses, words, around)


def _of_nodes(
    nodes: Iterable[Clause], words: Words, around: Callable[[str], Callable[[str], str]]
) -> Iterator[Block]:
    return (_of_node(node, words, around) for node in nodes)


def _of_node(node: Clause, words: Words, around: Callable[[str], Callable[[str], str]]) -> Block:
    cells = prose.cells(node.text) if node.kind is Kind.ROW else ()
    label = words.labels.get(node.key, _UNLABELLED)
    return Block(
        key=node.key,
        kind=node.kind,
        label=label.own,
        number=node.number,
        standing=stands_alone(node.kind, node.heading, node.text),
        inline="" if cells else _inline(node, words),
        cells=tuple(words.runs(cell) for cell in cells),
        shown=tuple(words.shown(cell) for cell in cells),
        children=_of_nodes(node.children, words, around),
        around=around(node.key),
    )


def generated_title(text: str) -> str:
    """The line above a generated block; `text` is what the block holds."""
    return "Signatures" if text == "signatures" else "Parties"


def stands_alone(kind: Kind, heading: str, text: str) -> bool:
    """Whether a heading is a line of its own: an outline entry rather than a paragraph."""
    if kind in (Kind.DIVISION, Kind.ANNEX):
        return True
    return kind is Kind.CLAUSE and bool(heading) and not text


def _inline(node: Clause, words: Words) -> str:
    if node.kind is Kind.GENERATED:
        return ""
    if node.kind is Kind.VERBATIM:
        return run(node.text)
    if node.kind is Kind.DEFINITION:
        term = words.of_spans(term_spans(node.heading), TERM)
        return (
            term + words.runs(between(node.kind, node.heading, node.text)) + words.runs(node.text)
        )
    if not node.heading:
        return words.runs(node.text)
    if not node.text:
        return words.runs(node.heading)
    end = between(node.kind, node.heading, node.text)
    return words.runs(node.heading, RUN_IN) + words.runs(end, RUN_IN) + words.runs(node.text)


def between(kind: Kind, heading: str, text: str) -> str:
    """What stands between the heading and the text of one paragraph."""
    if not heading or not text:
        return ""
    return " " if kind is Kind.DEFINITION else run_in_end(heading)
