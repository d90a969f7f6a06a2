"""Any number of amendments to one text merged at once: places, words, sources and outcomes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from app.domain import join_merging, placement, provenance, sides, word_merging
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.conflicts import ConflictFound, Outcome, Resolution, Review
from app.domain.operations import InsertClause, Operation, ReplaceText, SetHeading
from app.domain.provenance import NodeProvenance, Part, Provenance, Removed, Source
from app.domain.sides import Side, Step
from app.domain.stretches import Piece
from app.domain.structure_merging import merge_structure
from app.domain.structure_table import Structure
from app.domain.text_diff import TOKENISER
from app.domain.word_merging import Ground, Merged, Wanted
from app.kernel.said import said

_NOT_CHOSEN = said("A resolution chose other words.")
_FOLLOWS_THE_REST = said("The text it was split from is worded otherwise.")


@dataclass(frozen=True)
class Consolidation:
    """The next text with all that is to be told about it.

    `tree` is None while a conflict is open; `preview` is the text with every open conflict left at
    the base wording. `parts` let a later consolidation skip the clauses nobody decided on anew.
    """

    tree: ClauseTree | None
    preview: ClauseTree
    provenance: Provenance
    conflicts: tuple[ConflictFound, ...]
    reviews: tuple[Review, ...]
    outcomes: tuple[Outcome, ...]
    parts: "Parts" = field(default_factory=dict, compare=False, repr=False)


class PartMerge(NamedTuple):
    """One merged heading or text, with what it was made of."""

    ground: Ground
    wants: tuple[Wanted, ...]
    merged: Merged


Parts = Mapping[tuple[str, Part], PartMerge]


@dataclass(slots=True)
class _Work:
    """One consolidation under way."""

    base: ClauseTree
    sides: Sequence[Side]
    proposers: Mapping[str, tuple[int, ...]]
    resolutions: Mapping[str, Resolution]
    origins: Provenance
    structure: Structure
    parts: dict[tuple[str, Part], PartMerge] = field(default_factory=dict)

    def steps(self) -> Iterator[tuple[Side, Step, Operation]]:
        for side in self.sides:
            for at, step in enumerate(side.operations):
                yield side, (side.number, at), step

    def source_of(self, numbers: Iterable[int]) -> Source:
        """The source of what several sides did alike."""
        wanted = set(numbers)
        found = [side.source for side in self.sides if side.number in wanted]
        return found[0]._replace(ref=",".join(source.ref for source in found))


def merge_sides(
    base: ClauseTree,
    given: Iterable[Side],
    resolutions: Mapping[str, Resolution],
    origins: Provenance,
    previous: Parts | None = None,
) -> Consolidation:
    """Merge operations written against one base; the order of the sides makes no difference.

    `origins` are the sources of the base. Raises Invalid where a resolution doesn't fit.
    """
    settled, proposers = sides.united(given)
    structure = merge_structure(base, settled, resolutions)
    work = _Work(base, settled, proposers, resolutions, origins, structure)
    for name, ground, wants in _grounds(work):
        work.parts[name] = merge_clause_part(ground, wants, resolutions, (previous or {}).get(name))
    _drop_unsplit(work)
    changes = _new_nodes(work)
    preview = placement.rebuilt(
        base,
        structure.inserted,
        frozenset(structure.gone),
        structure.spots,
        lambda node: changes.get(node.key, node),
    )
    found = structure.found + [one for part in work.parts.values() for one in part.merged.found]
    order = {key: at for at, key in enumerate(base.nodes)}
    found.sort(key=lambda one: (order.get(one.clause, -1), one.kind, one.part, one.start, one.id))
    return Consolidation(
        None if found else preview,
        preview,
        _sources(work, preview),
        tuple(found),
        tuple(_reviews(work, order)),
        tuple(_outcomes(work)),
        work.parts,
    )


def merge_clause_part(
    ground: Ground,
    wants: tuple[Wanted, ...],
    resolutions: Mapping[str, Resolution],
    known: PartMerge | None = None,
) -> PartMerge:
    """Merge one heading or text alone; what is `known` is taken where nothing about it changed."""
    if (
        known is not None
        and known.wants == wants
        and known.ground == ground
        and not any(conflict.id in resolutions for conflict in known.merged.found)
        and all(resolutions.get(used.conflict) == used for used in known.merged.used)
    ):
        return known
    return PartMerge(ground, wants, word_merging.merge_part(ground, wants, resolutions))


def _grounds(
    work: _Work,
) -> Iterator[tuple[tuple[str, Part], Ground, tuple[Wanted, ...]]]:
    """Every heading and text that somebody changes, with what each wants of it."""
    wanted: dict[tuple[str, Part], list[Wanted]] = {}
    split = _split_texts(work)
    joined = work.structure.joined
    joins = {key: key for key in joined.values()} | joined
    rewordings: dict[str, dict[int, dict[str, ReplaceText]]] = {}
    for side, name, step in work.steps():
        if not isinstance(step, ReplaceText | SetHeading) or not work.structure.stands(name):
            continue
        if isinstance(step, ReplaceText) and step.clause in joins:
            texts = rewordings.setdefault(joins[step.clause], {}).setdefault(side.number, {})
            texts[step.clause] = step
            continue
        part: Part = "text" if isinstance(step, ReplaceText) else "heading"
        wanted.setdefault((step.clause, part), []).append(_wanted(side, step, split))
    for (key, part), wants in wanted.items():
        node = work.base.nodes[key]
        held = work.origins[key]
        text, spans = (node.heading, held.heading) if part == "heading" else (node.text, held.text)
        verbatim = part == "text" and node.kind is Kind.VERBATIM
        if len(wants) == 1 and wants[0].split:
            wants[0] = wants[0]._replace(split=())
        yield (key, part), Ground(key, part, text, spans, verbatim), tuple(wants)
    for key, given in rewordings.items():
        yield (key, "text"), *_join(work, key, given)


def _join(
    work: _Work, key: str, given: join_merging.Rewordings
) -> tuple[Ground, tuple[Wanted, ...]]:
    """What is joined to a clause, as one ground, and what each wants of it."""
    taken_in = [node for node in work.base.walk() if work.structure.joined.get(node.key) == key]
    nodes = [work.base.nodes[key], *taken_in]
    by = {node.key: work.structure.deleted_by[node.key] for node in taken_in}
    joiner = work.source_of(number for numbers in by.values() for number in numbers)
    return (
        join_merging.ground_of_join(nodes, work.origins, joiner),
        join_merging.wanted_of_join(nodes, work.sides, given, by),
    )


def _wanted(
    side: Side, step: ReplaceText | SetHeading, split: Mapping[tuple[int, str], Sequence[Clause]]
) -> Wanted:
    held = side.written.get(step.clause)
    if isinstance(step, SetHeading):
        spans = held.heading if held else None
        return Wanted(side.number, step.heading, side.source, (step,), None, spans)
    parts = split.get((side.number, step.clause), ())
    return Wanted(
        side.number,
        step.text,
        side.source,
        (step,),
        step.edits if step.edits and step.tokeniser == TOKENISER else None,
        held.text if held else None,
        tuple((node.key, node.text) for node in parts),
    )


def _split_texts(work: _Work) -> dict[tuple[int, str], list[Clause]]:
    """What each side splits off a text, in reading order; a split that can't stand is undone."""
    place = {key: at for keys in work.structure.spots.values() for at, key in enumerate(keys)}
    found: dict[tuple[int, str], list[Clause]] = {}
    undone: dict[tuple[int, str], Step] = {}
    for side, name, step in work.steps():
        if isinstance(step, InsertClause) and step.split_from is not None:
            if step.clause in place:
                found.setdefault((side.number, step.split_from), []).append(step.node)
            else:
                undone[side.number, step.split_from] = name
    for side, name, step in work.steps():
        cause = undone.get((side.number, step.clause))
        if cause is None or not isinstance(step, ReplaceText):
            continue
        if cause in work.structure.conflicted:
            work.structure.conflicted.add(name)
        else:
            work.structure.lost.setdefault(name, _FOLLOWS_THE_REST)
    for nodes in found.values():
        nodes.sort(key=lambda node: place[node.key])
    return found


def _drop_unsplit(work: _Work) -> None:
    """Don't insert what was to be split off a text that isn't split after all."""
    made = {piece.key for part in work.parts.values() for piece in part.merged.pieces}
    for part in work.parts.values():
        missing = {key for want in part.wants for key, _ in want.split} - made
        if not missing:
            continue
        spots = work.structure.spots
        for spot, keys in spots.items():
            spots[spot] = tuple(key for key in keys if key not in missing)
        for _, name, step in work.steps():
            if isinstance(step, InsertClause) and step.clause in missing:
                if part.merged.conflicted:
                    work.structure.conflicted.add(name)
                else:
                    work.structure.lost[name] = _FOLLOWS_THE_REST
                work.structure.inserted.pop(step.clause, None)


def _new_nodes(work: _Work) -> dict[str, Clause]:
    """The changed clauses by key, with the words they have now."""
    inserted = {
        node.key: node for clause in work.structure.inserted.values() for node in clause.walk()
    }
    found: dict[str, Clause] = {}
    for (key, part), merge in work.parts.items():
        for piece in merge.merged.pieces:
            node = found.get(piece.key) or inserted.get(piece.key) or work.base.nodes[piece.key]
            if part == "heading":
                found[key] = replace(node, heading=piece.text)
            else:
                found[piece.key] = replace(node, text=piece.text)
    for key, resolution in work.structure.own.items():
        node = found.get(key, work.base.nodes[key])
        found[key] = replace(node, text=resolution.words())
    return found


def _sources(work: _Work, preview: ClauseTree) -> dict[str, NodeProvenance]:
    """Where every word of the new text is from, and what went by whose decision."""
    found = {
        key: replace(held, removed=()) if held.removed else held
        for key, held in work.origins.items()
        if key in preview.nodes
    }
    for key, clause in work.structure.inserted.items():
        by = work.proposers[key]
        for node in clause.walk():
            held = _written_by(work, node.key, by)
            found[node.key] = held or provenance.of_node(node, work.source_of(by))
    for (key, part), merge in work.parts.items():
        for piece in merge.merged.pieces:
            if piece.key in preview.nodes:
                found[piece.key] = _with_piece(found[piece.key], part, piece)
        if merge.merged.removed and key in found:
            held = found[key]
            removed = (*held.removed, *merge.merged.removed)
            found[key] = NodeProvenance(held.heading, held.text, removed)
    for key, resolution in work.structure.own.items():
        source = Source("resolution", resolution.conflict, resolution.why)
        words = provenance.plain_part(preview.nodes[key], "text")
        found[key] = replace(found[key], text=provenance.whole(words, source))
    for root in work.structure.gone:
        source = work.source_of(work.structure.deleted_by[root])
        for node in work.base.nodes[root].walk():
            if node.key not in preview.nodes:
                found[node.key] = NodeProvenance(removed=_all_removed(node, source))
    return found


def _written_by(work: _Work, key: str, by: tuple[int, ...]) -> NodeProvenance | None:
    if len(by) > 1:
        return None
    return next((s.written[key] for s in work.sides if s.number in by and key in s.written), None)


def _with_piece(held: NodeProvenance, part: Part, piece: Piece) -> NodeProvenance:
    if part == "heading":
        return NodeProvenance(piece.spans, held.text, held.removed)
    return NodeProvenance(held.heading, piece.spans, held.removed)


def _all_removed(node: Clause, source: Source) -> tuple[Removed, ...]:
    parts: tuple[Part, ...] = ("heading", "text")
    words = [(part, provenance.plain_part(node, part)) for part in parts]
    return tuple(Removed(part, 0, text, source) for part, text in words if text)


def _reviews(work: _Work, order: Mapping[str, int]) -> Iterator[Review]:
    takers: dict[str, set[tuple[int, ...]]] = {}
    for (key, _), part in work.parts.items():
        takers.setdefault(key, set()).update(part.merged.takers)
    for key in sorted(takers, key=order.__getitem__):
        numbers = {number for by in takers[key] for number in by}
        if len(takers[key]) > 1 and len(numbers) > 1:
            parts = [work.parts.get((key, "text")), work.parts.get((key, "heading"))]
            text = next(part.merged.pieces[0].text for part in parts if part)
            yield Review(key, tuple(sorted(numbers)), text)


def _outcomes(work: _Work) -> Iterator[Outcome]:
    for side, (number, at), step in work.steps():
        name = (number, at)
        if name in work.structure.conflicted:
            yield Outcome(number, at, "conflicted")
        elif name in work.structure.lost:
            yield Outcome(number, at, "obsolete", work.structure.lost[name])
        elif isinstance(step, ReplaceText | SetHeading):
            part: Part = "text" if isinstance(step, ReplaceText) else "heading"
            held = step.clause
            if part == "text":
                held = work.structure.joined.get(held, held)
            merged = work.parts[held, part].merged
            if side.number in merged.conflicted:
                yield Outcome(number, at, "conflicted")
            elif side.number in merged.lost:
                yield Outcome(number, at, "obsolete", _NOT_CHOSEN)
            else:
                yield Outcome(number, at, "applied")
        else:
            yield Outcome(number, at, "applied")
