"""What an amendment does: replace a text, set a heading, insert, delete or move a clause.

Operations are written against one version. Each names what it found there by hash, so a stale one
fails and is never applied to something else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, cast

from app.domain import placement, prose, text_diff
from app.domain.clauses import Clause, ClauseTree, Kind, digest
from app.domain.placement import Placing
from app.domain.text_diff import TOKENISER, Edit
from app.kernel.errors import Conflict, Invalid


class _Hashed:
    """An operation that knows what identifies it."""

    @cached_property
    def identity(self) -> str:
        """The hash of what the operation does."""
        return operations_hash((cast("Operation", self),))


@dataclass(frozen=True)
class ReplaceText(_Hashed):
    """The text of a clause becomes `text`; `edits` say the same in tokens of the base."""

    clause: str
    base: str
    text: str
    edits: tuple[Edit, ...] = ()
    tokeniser: int = TOKENISER


@dataclass(frozen=True)
class SetHeading(_Hashed):
    """The heading of a clause becomes another."""

    clause: str
    base: str
    heading: str


@dataclass(frozen=True)
class InsertClause(_Hashed):
    """A new clause, with all below it. `split_from` names the clause whose second part it is."""

    parent: str | None
    after: str | None
    node: Clause
    split_from: str | None = None

    @property
    def clause(self) -> str:
        """The key of the new clause."""
        return self.node.key


@dataclass(frozen=True)
class DeleteClause(_Hashed):
    """A clause goes, with all below it. `into` names the clause that takes its words in."""

    clause: str
    base: str
    into: str | None = None


@dataclass(frozen=True)
class MoveClause(_Hashed):
    """A clause, with all below it, stands elsewhere."""

    clause: str
    parent: str | None
    after: str | None


Operation = ReplaceText | SetHeading | InsertClause | DeleteClause | MoveClause


def replace_text(tree: ClauseTree, key: str, text: str) -> ReplaceText:
    """Give a clause another text. Raises Invalid where nothing would change."""
    node = tree.find(key)
    wanted = _settled(node, text)
    if wanted == node.text:
        raise Invalid("This leaves the text as it is. Change a word first.", field="text")
    _check_words(replace(node, text=wanted))
    found = text_diff.edits(node.text, wanted, verbatim=node.kind is Kind.VERBATIM)
    return ReplaceText(key, node.node_hash, wanted, found)


def set_heading(tree: ClauseTree, key: str, heading: str) -> SetHeading:
    """Give a clause another heading. Raises Invalid where nothing would change."""
    node = tree.find(key)
    wanted = prose.canonical(heading)
    if wanted == node.heading:
        raise Invalid("This leaves the heading as it is. Change a word first.", field="heading")
    _check_words(replace(node, heading=wanted))
    return SetHeading(key, node.node_hash, wanted)


def insert_clause(
    tree: ClauseTree,
    parent: str | None,
    after: str | None,
    node: Clause,
    split_from: str | None = None,
) -> InsertClause:
    """Put a new clause somewhere. Raises what `apply` would raise for it alone."""
    operation = InsertClause(parent, after, node, split_from)
    apply(tree, (operation,))
    return operation


def delete_clause(tree: ClauseTree, key: str, into: str | None = None) -> DeleteClause:
    """Let a clause go; `into` takes its words in. Raises Conflict where either isn't there."""
    if into is not None:
        tree.find(into)
    return DeleteClause(key, tree.find(key).subtree_hash, into)


def move_clause(tree: ClauseTree, key: str, parent: str | None, after: str | None) -> MoveClause:
    """Take a clause elsewhere. Raises Invalid where it would stay, and what `apply` would raise."""
    operation = MoveClause(key, parent, after)
    if apply(tree, (operation,)) == tree:
        raise Invalid("The clause stands there already. Choose another place.", field="after")
    return operation


def apply(tree: ClauseTree, operations: Iterable[Operation]) -> ClauseTree:
    """The text with all operations done at once.

    Raises Conflict where one was written against another text or its place is gone, Invalid where
    the operations contradict each other or a clause can't stand where it is put.
    """
    held = tuple(operations)
    check(held)
    texts: dict[str, str] = {}
    headings: dict[str, str] = {}
    for operation in held:
        check_base(tree, operation)
        if isinstance(operation, ReplaceText):
            texts[operation.clause] = operation.text
        elif isinstance(operation, SetHeading):
            headings[operation.clause] = operation.heading
    inserted = {step.clause: step.node for step in held if isinstance(step, InsertClause)}
    gone = frozenset(step.clause for step in held if isinstance(step, DeleteClause))
    spots = placement.chains(placings(held))
    placement.check_spots(tree, inserted, spots)

    def changed(node: Clause) -> Clause:
        if node.key not in texts and node.key not in headings:
            return node
        return replace(
            node,
            text=texts.get(node.key, node.text),
            heading=headings.get(node.key, node.heading),
        )

    return placement.rebuilt(tree, inserted, gone, spots, changed)


def check(operations: Sequence[Operation]) -> None:
    """Raise Invalid where a clause has two operations of a kind, or one beside a delete."""
    seen: set[tuple[str, type]] = set()
    keys: dict[str, int] = {}
    for operation in operations:
        name = (operation.clause, type(operation))
        if name in seen:
            raise Invalid(
                "An amendment can change clause {key} only once in one way.", key=operation.clause
            )
        seen.add(name)
        keys[operation.clause] = keys.get(operation.clause, 0) + 1
    for key, count in keys.items():
        if count > 1 and {(key, DeleteClause), (key, InsertClause)} & seen:
            raise Invalid(
                "Clause {key} is new or deleted here, so nothing else can be done to it.", key=key
            )


def check_base(tree: ClauseTree, operation: Operation) -> None:
    """Raise Conflict unless the operation finds in `tree` what it was written against."""
    if isinstance(operation, InsertClause):
        for node in operation.node.walk():
            if node.key in tree.nodes:
                raise Conflict("There is a clause {key} in this text already.", key=node.key)
            _check_words(node)
        return
    node = tree.find(operation.clause)
    if isinstance(operation, DeleteClause):
        stale = operation.base != node.subtree_hash
    elif isinstance(operation, MoveClause):
        stale = False
    else:
        stale = operation.base != node.node_hash
    if stale:
        raise Conflict(
            "Clause {key} reads differently now. Look at its present text and propose again.",
            key=operation.clause,
        )


def placings(operations: Iterable[Operation]) -> list[Placing]:
    """Where the operations put clauses, in their order."""
    return [
        Placing(step.clause, step.parent, step.after)
        for step in operations
        if isinstance(step, InsertClause | MoveClause)
    ]


def touched(operations: Iterable[Operation]) -> frozenset[str]:
    """The keys of all clauses that are changed, moved, deleted or inserted."""
    return frozenset(
        key
        for step in operations
        for key in (
            [node.key for node in step.node.walk()]
            if isinstance(step, InsertClause)
            else [step.clause]
        )
    )


def to_json(operations: Iterable[Operation]) -> list[dict[str, Any]]:
    """The operations as they are stored."""
    return [_to_json(operation) for operation in operations]


def from_json(data: Iterable[Mapping[str, Any]]) -> tuple[Operation, ...]:
    """Read back what `to_json` wrote. Raises Invalid on anything else."""
    try:
        return tuple(_from_json(entry) for entry in data)
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid("This is not an operation: {why}.", why=str(error)) from error


def operations_hash(operations: Iterable[Operation]) -> str:
    """Identifies what the operations do; how their edits are cut into tokens doesn't matter."""
    plain = to_json(operations)
    for entry in plain:
        entry.pop("edits", None)
        entry.pop("tokeniser", None)
    return digest(plain)


def _settled(node: Clause, text: str) -> str:
    return text if node.kind is Kind.VERBATIM else prose.canonical(text)


def _check_words(node: Clause) -> None:
    if node.kind is Kind.CLAUSE and not node.heading and not node.text:
        raise Invalid("A clause needs a heading or a text. Delete it if it should go.")


def _to_json(step: Operation) -> dict[str, Any]:
    match step:
        case ReplaceText():
            return {
                "op": "replace",
                "clause": step.clause,
                "base": step.base,
                "text": step.text,
                "edits": [[edit.start, edit.end, edit.text] for edit in step.edits],
                "tokeniser": step.tokeniser,
            }
        case SetHeading():
            return {
                "op": "heading", "clause": step.clause, "base": step.base, "heading": step.heading,
            }  # fmt: skip
        case InsertClause():
            node = step.node.to_json()
            data = {"op": "insert", "parent": step.parent, "after": step.after, "node": node}
            return data | ({"from": step.split_from} if step.split_from else {})
        case DeleteClause():
            data = {"op": "delete", "clause": step.clause, "base": step.base}
            return data | ({"into": step.into} if step.into else {})
        case MoveClause():
            return {
                "op": "move", "clause": step.clause, "parent": step.parent, "after": step.after,
            }  # fmt: skip


def _from_json(data: Mapping[str, Any]) -> Operation:
    match data["op"]:
        case "replace":
            found = tuple(Edit(int(a), int(b), str(text)) for a, b, text in data.get("edits", ()))
            tokeniser = int(data.get("tokeniser", 0 if not found else TOKENISER))
            return ReplaceText(data["clause"], data["base"], data["text"], found, tokeniser)
        case "heading":
            return SetHeading(data["clause"], data["base"], data["heading"])
        case "insert":
            node = Clause.from_json(data["node"])
            return InsertClause(data["parent"], data["after"], node, data.get("from"))
        case "delete":
            return DeleteClause(data["clause"], data["base"], data.get("into"))
        case "move":
            return MoveClause(data["clause"], data["parent"], data["after"])
        case other:
            raise Invalid("There is no operation {name}.", name=str(other))
