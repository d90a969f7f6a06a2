"""A newer template against a negotiated text: what it would change there, one offer at a time.

Three texts meet: the template the agreement was made from, the newer one, and what was negotiated.
Clauses are known by their keys. What the text says already is not offered again; what was
negotiated differently is said, and never overwritten.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain import definitions, differences, operations, prose, rebase, references
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.operations import DeleteClause, InsertClause, MoveClause, Operation
from app.domain.rebase import Reason, State


@dataclass(frozen=True)
class Offer:
    """One thing the newer template changes.

    `wanted` is what it does to the older template, `operations` the same on the negotiated text:
    all of it where `state` is `clean`, what can be carried where it is `attention`. `renames` is
    the old and the new name of a term where the offer only renames it. `missing` are clauses the
    new words refer to and the text would not have.
    """

    state: State
    wanted: tuple[Operation, ...]
    operations: tuple[Operation, ...]
    reasons: tuple[Reason, ...] = ()
    renames: tuple[str, str] | None = None
    missing: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Names the offer as long as it would do the same to the text."""
        return operations.operations_hash((*self.wanted, *self.operations))[:16]

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses it is about."""
        return tuple(dict.fromkeys(step.clause for step in (*self.operations, *self.wanted)))


def offers(old: ClauseTree, new: ClauseTree, text: ClauseTree) -> tuple[Offer, ...]:
    """What leads from one template text to a newer one, offered to what was negotiated.

    A term under a new name is one offer for all its places, those that were negotiated included.
    Clauses that name each other, or stand behind each other, come together.
    """
    titled = replace(new, title=old.title)
    renamed = _renamed_terms(old, new)
    wanted = differences.between(old, titled)
    named = [step for step in wanted if _only_renames(step, old, titled, renamed)]
    others = [step for step in wanted if step not in named]
    found = [_carried(group, old, text) for group in _groups(others, old)]
    busy = {step.clause for offer in found for step in offer.operations}
    renaming = _renaming(named, text, renamed, busy)
    return (*([renaming] if renaming else []), *_in_order(found, old, titled))


def _carried(wanted: Sequence[Operation], old: ClauseTree, text: ClauseTree) -> Offer:
    carried = rebase.rebase(wanted, old, text)
    after = operations.apply(text, carried.operations) if carried.operations else text
    missing = dict.fromkeys(
        key
        for step in carried.operations
        if step.clause in after.nodes
        for node in after.find(step.clause).walk()
        for key in references.of_node(node)
        if key not in after.nodes
    )
    return Offer(
        carried.state, tuple(wanted), carried.operations, carried.reasons, None, tuple(missing)
    )


def _renamed_terms(old: ClauseTree, new: ClauseTree) -> dict[str, str]:
    """Terms that one definition defines under another name now: every form, old to new."""
    found: dict[str, str] = {}
    for key, node in old.nodes.items():
        later = new.nodes.get(key)
        if node.kind is not Kind.DEFINITION or later is None:
            continue
        before, after = definitions.forms(node), definitions.forms(later)
        if len(before) == len(after):
            found.update((a, b) for a, b in zip(before, after, strict=True) if a != b)
    return found


def _reworded(node: Clause, renamed: Mapping[str, str]) -> Clause:
    """A clause with every renamed term under its new name."""
    if node.kind is Kind.VERBATIM or not renamed:
        return node
    longest = sorted(renamed, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")

    def named(words: str) -> str:
        return prose.canonical(pattern.sub(lambda match: renamed[match[0]], words))

    return replace(node, heading=named(node.heading), text=named(node.text))


def _only_renames(
    step: Operation, old: ClauseTree, new: ClauseTree, renamed: Mapping[str, str]
) -> bool:
    if isinstance(step, InsertClause | DeleteClause | MoveClause):
        return False
    later, now = new.find(step.clause), _reworded(old.find(step.clause), renamed)
    return (now.heading, now.text) == (later.heading, later.text)


def _renaming(
    wanted: Sequence[Operation], text: ClauseTree, renamed: Mapping[str, str], busy: set[str]
) -> Offer | None:
    """The new names of terms in every clause of the text but those another offer rewords."""
    if not wanted:
        return None
    steps: list[Operation] = []
    for node in text.walk():
        later = _reworded(node, renamed)
        if node.key in busy or later == node:
            continue
        if later.text != node.text:
            steps.append(operations.replace_text(text, node.key, later.text))
        if later.heading != node.heading:
            steps.append(operations.set_heading(text, node.key, later.heading))
    first = next(iter(renamed.items()))
    return Offer("clean" if steps else "obsolete", tuple(wanted), tuple(steps), renames=first)


def _groups(steps: Sequence[Operation], old: ClauseTree) -> Iterator[tuple[Operation, ...]]:
    """Operations that only make sense together: of one clause, or naming a clause they bring."""
    places = list(range(len(steps)))

    def root(at: int) -> int:
        while places[at] != at:
            at = places[at]
        return at

    by_key: dict[str, int] = {}
    for at, step in enumerate(steps):
        for key in operations.touched([step]):
            places[root(at)] = root(by_key.setdefault(key, at))
    for at, step in enumerate(steps):
        for key in _named(step, old):
            if key in by_key:
                places[root(at)] = root(by_key[key])
    for first in dict.fromkeys(root(at) for at in range(len(steps))):
        yield tuple(step for at, step in enumerate(steps) if root(at) == first)


def _named(step: Operation, old: ClauseTree) -> Iterator[str]:
    """The clauses that are not in the old text, or leave their place, and that a step counts on."""
    if isinstance(step, InsertClause | MoveClause):
        yield from (key for key in (step.parent, step.after) if key and key not in old.nodes)
    if isinstance(step, InsertClause):
        held: Iterable[Clause] = step.node.walk()
        yield from (
            key for node in held for key in references.of_node(node) if key not in old.nodes
        )
    elif isinstance(step, MoveClause):
        yield from (node.key for node in old.path(step.clause)[:-1])
    elif not isinstance(step, DeleteClause):
        words = getattr(step, "text", "") or getattr(step, "heading", "")
        yield from (key for key in prose.references_in(words) if key not in old.nodes)


def _in_order(found: Iterable[Offer], old: ClauseTree, new: ClauseTree) -> list[Offer]:
    """As the newer template reads; what it deletes stands where it stood in the older one."""
    later = {key: at for at, key in enumerate(new.nodes)}
    places: dict[str, int] = {}
    last = 0
    for key in old.nodes:
        last = later.get(key, last)
        places[key] = last
    order = places | later
    return sorted(found, key=lambda offer: min(order.get(key, 0) for key in offer.clauses))
