"""Carry an open amendment to the next version, or say where it no longer fits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.domain import join_merging, operations, placement, sides, twins, word_merging
from app.domain.clauses import ClauseTree, Kind
from app.domain.conflicts import Resolution
from app.domain.operations import (
    DeleteClause,
    InsertClause,
    MoveClause,
    Operation,
    ReplaceText,
    SetHeading,
)
from app.domain.provenance import Part, Source
from app.domain.word_merging import Ground, Merged, Wanted
from app.kernel.errors import AppError
from app.kernel.said import said

State = Literal["clean", "attention", "obsolete"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an operation (counted from 0 in the old amendment) can't simply be carried."""

    operation: int
    clause: str
    state: State
    sentence: str


@dataclass(frozen=True)
class Rebased:
    """An amendment after a new version.

    `clean`: `operations` say the same on the new text. `obsolete`: the text says so already.
    `attention`: the author has to look; `operations` hold what can be carried, `suggested` the same
    with the author's own wording put through on the new text, to be confirmed or rewritten.
    """

    state: State
    operations: tuple[Operation, ...]
    reasons: tuple[Reason, ...]
    suggested: tuple[Operation, ...] = ()


@dataclass(frozen=True, slots=True)
class _Carried:
    """One operation on the new text (None: there is nothing left to do), or why it isn't.

    `own` is the operation where its author's wish would win.
    """

    step: Operation | None = None
    state: State = "clean"
    sentence: str = ""
    own: Operation | None = None


_Moves = dict[str, _Carried | None]
"""What became of the author's own moves, by clause; None where that isn't known yet."""

_STANDS = _Carried(None, "obsolete", said("The text says so already."))
_GONE = _Carried(None, "attention", said("The clause it changes is no longer there."))
_PARENT_GONE = _Carried(None, "attention", said("The place it names is no longer there."))
_VERSION, _MINE = 0, 1


def rebase(given: Sequence[Operation], old: ClauseTree, new: ClauseTree) -> Rebased:
    """Carry operations written against `old` to `new`, each through what changed between them.

    Nothing is ever applied to other words than it was written for: where the same words were
    changed, or the clause is gone, the author has to look.
    """
    if names := twins.twins(given, old, new):
        given = [sides.renamed_step(step, names) for step in given]
    carried = _all_carried(given, old, new)
    reasons = tuple(
        Reason(at, step.clause, one.state, one.sentence)
        for at, (step, one) in enumerate(zip(given, carried, strict=True))
        if one.state != "clean"
    )
    kept = _replaced(given, carried, old, new)
    state: State = "clean" if kept else "obsolete"
    if any(one.state == "attention" for one in carried):
        state = "attention"
    elif refusal := _refusal(new, kept):
        reason = Reason(0, given[0].clause, "attention", refusal)
        return Rebased("attention", (), (*reasons, reason))
    if state != "attention":
        return Rebased(state, kept, reasons, kept)
    if _refusal(new, kept):
        kept = ()
    wished = _replaced(given, [replace(one, step=one.own or one.step) for one in carried], old, new)
    return Rebased(state, kept, reasons, () if _refusal(new, wished) else wished)


def _all_carried(given: Sequence[Operation], old: ClauseTree, new: ClauseTree) -> list[_Carried]:
    """What becomes of each operation; of the moves first, since others stand beside these."""
    found = _carried_into_joins(given, old, new)
    moves: _Moves = {step.clause: None for step in given if isinstance(step, MoveClause)}
    for at, step in sorted(enumerate(given), key=lambda one: one[1].clause not in moves):
        if at not in found:
            found[at] = _carried(step, old, new, moves)
        if isinstance(step, MoveClause):
            moves[step.clause] = found[at]
    return [found[at] for at in range(len(given))]


def _refusal(tree: ClauseTree, steps: Sequence[Operation]) -> str:
    """Why the operations can't be done together on the text; empty if they can."""
    try:
        operations.apply(tree, steps)
    except AppError as error:
        return said(error.message, **error.params)
    return ""


def _carried(step: Operation, old: ClauseTree, new: ClauseTree, moves: _Moves) -> _Carried:
    match step:
        case ReplaceText() | SetHeading():
            return _carried_words(step, old, new)
        case DeleteClause():
            return _carried_deletion(step, old, new)
        case MoveClause():
            return _carried_move(step, old, new, moves)
        case InsertClause():
            return _carried_insertion(step, old, new, moves)


def _carried_words(step: ReplaceText | SetHeading, old: ClauseTree, new: ClauseTree) -> _Carried:
    node = new.nodes.get(step.clause)
    if node is None:
        return _GONE
    before = old.find(step.clause)
    part: Part = "text" if isinstance(step, ReplaceText) else "heading"
    was, now = (before.text, node.text) if part == "text" else (before.heading, node.heading)
    wanted = step.text if isinstance(step, ReplaceText) else step.heading
    if now == wanted:
        return _STANDS
    if now == was:
        return _Carried(replace(step, base=node.node_hash))
    ground = Ground(step.clause, part, was, (), verbatim=node.kind is Kind.VERBATIM)
    return _merged(ground, now, wanted, (step,), new)


def _merged(
    ground: Ground, now: str, wanted: str, steps: tuple[Operation, ...], new: ClauseTree
) -> _Carried:
    """What an author wants of a heading or text together with what the version made of it."""
    source = Source("edit")
    both = (Wanted(_VERSION, now, source, ()), Wanted(_MINE, wanted, source, steps))
    merged = word_merging.merge_part(ground, both, {})
    if merged.found:
        mine = {one.id: Resolution(one.id, "side", _MINE) for one in merged.found}
        chosen = word_merging.merge_part(ground, both, mine)
        own = _reworded(new, ground.clause, ground.part, chosen)
        return _Carried(None, "attention", said("The words it changes read differently now."), own)
    again = _reworded(new, ground.clause, ground.part, merged)
    return _STANDS if again is None else _Carried(again)


def _carried_into_joins(
    given: Sequence[Operation], old: ClauseTree, new: ClauseTree
) -> dict[int, _Carried]:
    """New texts of clauses that the version joined to others, by operation: they follow the words.

    All that an author wants of clauses that are one now is one operation, that of the first.
    """
    texts = {step.clause: at for at, step in enumerate(given) if isinstance(step, ReplaceText)}
    if new.nodes.keys() >= texts.keys():
        return {}
    joined = join_merging.joins_between(old, new)
    found: dict[int, _Carried] = {}
    for into in dict.fromkeys(joined[key] for key in texts if key in joined):
        nodes = [old.find(into), *(node for node in old.walk() if joined.get(node.key) == into)]
        wishes = {s.clause: s.text for s in given if isinstance(s, ReplaceText)}
        wanted = join_merging.one_text(wishes.get(node.key, node.text) for node in nodes)
        steps = [at for key, at in texts.items() if key in {node.key for node in nodes}]
        ground = Ground(into, "text", join_merging.one_text(node.text for node in nodes), ())
        now = new.find(into).text
        first = _merged(ground, now, wanted, tuple(given[at] for at in steps), new)
        found.update(dict.fromkeys(steps, replace(first, step=None, own=None)))
        found[steps[0]] = first
    return found


def _reworded(new: ClauseTree, key: str, part: Part, merged: Merged) -> Operation | None:
    """The operation that makes a heading or text what a merge came to; None where it is so."""
    text, node = merged.pieces[0].text, new.find(key)
    if text == (node.heading if part == "heading" else node.text):
        return None
    if part == "heading":
        return operations.set_heading(new, key, text)
    return operations.replace_text(new, key, text)


def _carried_deletion(step: DeleteClause, old: ClauseTree, new: ClauseTree) -> _Carried:
    node = new.nodes.get(step.clause)
    if node is None:
        return _STANDS
    known = {one.key: one.node_hash for one in old.find(step.clause).walk()}
    if any(known.get(one.key) != one.node_hash for one in node.walk()):
        own = replace(step, base=node.subtree_hash)
        return _Carried(None, "attention", said("What it deletes reads differently now."), own)
    if step.into is not None and step.into not in new.nodes:
        return _PARENT_GONE
    return _Carried(replace(step, base=node.subtree_hash))


def _carried_move(step: MoveClause, old: ClauseTree, new: ClauseTree, moves: _Moves) -> _Carried:
    if step.clause not in new.nodes:
        return _GONE
    if step.parent in old.nodes and step.parent not in new.nodes:
        return _PARENT_GONE
    after = _neighbour(step, old, new, moves)
    place = new.place_of(step.clause)
    if (place.parent, place.after) == (step.parent, after):
        return _STANDS
    if place.parent != old.parents[step.clause]:
        sentence = said("The clause it moves has been moved elsewhere.")
        return _Carried(None, "attention", sentence, replace(step, after=after))
    return _Carried(replace(step, after=after))


def _carried_insertion(
    step: InsertClause, old: ClauseTree, new: ClauseTree, moves: _Moves
) -> _Carried:
    if step.clause in new.nodes:
        return _STANDS
    if step.parent in old.nodes and step.parent not in new.nodes:
        return _PARENT_GONE
    return _Carried(replace(step, after=_neighbour(step, old, new, moves)))


def _neighbour(
    step: InsertClause | MoveClause, old: ClauseTree, new: ClauseTree, moves: _Moves
) -> str | None:
    """The clause to follow: the named one or, where it went or was moved, what is at its place.

    That is behind the nearest before it that stayed, and behind whatever the version put there.
    """
    parent, after = step.parent, step.after
    if after is None or after in moves or old.parents.get(after, "") != parent:
        return after
    held = {node.key: at for at, node in enumerate(old.children_of(parent))}
    there = [node.key for node in new.children_of(parent)]
    known = [key for key in there if key in held]
    unmoved = {known[at] for at in placement.rising([held[key] for key in known])}
    unmoved -= {key for key, one in moves.items() if one is not None and one.step is None}
    marks = [at for at, key in enumerate(there) if key in unmoved]
    place = 1 + max((at for at in marks if held[there[at]] <= held[after]), default=-1)
    if place and there[place - 1] == after:
        return after
    end = next((at for at in marks if at >= place), len(there))
    if step.clause in there[place:end]:
        return new.place_of(step.clause).after
    leaving = {key for key, one in moves.items() if one is None or one.step is not None}
    return next((key for key in reversed(there[:end]) if key not in leaving), None)


def _replaced(
    given: Sequence[Operation], carried: Sequence[_Carried], old: ClauseTree, new: ClauseTree
) -> tuple[Operation, ...]:
    """The operations left, behind neighbours that are placed or stand there already.

    What followed different ones that left one place comes to stand there in their old order.
    """
    order = {key: at for at, key in enumerate(old.nodes)}
    placed = {step.clause: step for step in given if isinstance(step, InsertClause | MoveClause)}
    kept = [one.step for one in carried if one.step is not None]
    left = {step.clause for step in kept if isinstance(step, InsertClause | MoveClause)}

    def leader(after: str | None) -> str | None:
        while after is not None and after in placed and after not in left:
            if after in new.nodes and new.parents[after] == placed[after].parent:
                return after
            after = placed[after].after
        return after

    def mark(step: InsertClause | MoveClause) -> int:
        after = placed[step.clause].after
        return -1 if after is None or after in placed else order.get(after, -1)

    there = [step for step in kept if isinstance(step, InsertClause | MoveClause)]
    there.sort(key=mark, reverse=True)  # of two at one place the later one stands nearer
    return (
        *(step for step in kept if not isinstance(step, InsertClause | MoveClause)),
        *(replace(step, after=leader(step.after)) for step in there),
    )
