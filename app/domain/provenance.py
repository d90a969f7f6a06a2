"""Where every word of a version comes from: the answer to "why is this here?".

For the heading and for the text of each clause, spans whose lengths (code points of the plain text)
add up to the whole. Removed words are kept with the decision that removed them, those of a deleted
clause under its key.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from app.domain import prose
from app.domain.clauses import Clause, ClauseTree, Kind
from app.kernel.errors import Invalid

Origin = Literal["template", "import", "answer", "amendment", "resolution", "edit"]
Part = Literal["heading", "text"]


class Source(NamedTuple):
    """What put words there: its kind, which one (number, name or id), and the reason given."""

    origin: Origin
    ref: str = ""
    why: str = ""


class ProvenanceSpan(NamedTuple):
    """So many code points of plain text have this source."""

    length: int
    source: Source


Spans = tuple[ProvenanceSpan, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """Plain words that a decision took out, at a place (code points) of what stands now."""

    part: Part
    at: int
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class NodeProvenance:
    """The sources of one clause's heading and text, and what was removed from them."""

    heading: Spans = ()
    text: Spans = ()
    removed: tuple[Removed, ...] = ()


Provenance = Mapping[str, NodeProvenance]


def initial(tree: ClauseTree, source: Source) -> dict[str, NodeProvenance]:
    """Every word of a text from one source."""
    return {node.key: of_node(node, source) for node in tree.walk()}


def of_node(node: Clause, source: Source) -> NodeProvenance:
    """Every word of one clause (not those below it) from one source."""
    return NodeProvenance(
        whole(plain_part(node, "heading"), source), whole(plain_part(node, "text"), source)
    )


def plain_part(node: Clause, part: Part) -> str:
    """The plain heading or text of a clause."""
    if part == "heading":
        return prose.plain(node.heading)
    return node.text if node.kind is Kind.VERBATIM else prose.plain(node.text)


def whole(plain: str, source: Source) -> Spans:
    """One span over a whole plain text; none over an empty one."""
    return (ProvenanceSpan(len(plain), source),) if plain else ()


def cut(spans: Sequence[ProvenanceSpan], start: int, end: int) -> list[ProvenanceSpan]:
    """The sources of code points `start` to `end`."""
    found: list[ProvenanceSpan] = []
    position = 0
    for length, source in spans:
        first, last = max(position, start), min(position + length, end)
        if last > first:
            found.append(ProvenanceSpan(last - first, source))
        position += length
        if position >= end:
            break
    return found


def joined(spans: Iterable[ProvenanceSpan]) -> Spans:
    """The same sources in as few spans as can be."""
    found: list[ProvenanceSpan] = []
    for span in spans:
        if found and found[-1].source == span.source:
            found[-1] = ProvenanceSpan(found[-1].length + span.length, span.source)
        elif span.length:
            found.append(span)
    return tuple(found)


def with_removed(now: Provenance, before: Provenance) -> dict[str, NodeProvenance]:
    """The sources after a further step towards the same version, with what earlier steps removed.

    Where the step changed a clause, its earlier removals stand at the nearest place there still is.
    """
    found = dict(now)
    for key, held in before.items():
        if not held.removed:
            continue
        node = found.get(key, NodeProvenance())
        kept = tuple(
            replace(gone, at=min(gone.at, sum(span.length for span in _part(node, gone.part))))
            for gone in held.removed
        )
        found[key] = replace(node, removed=(*kept, *node.removed))
    return found


def _part(node: NodeProvenance, part: Part) -> Spans:
    return node.heading if part == "heading" else node.text


def check(tree: ClauseTree, provenance: Provenance) -> None:
    """Raise Invalid unless every word of the text has exactly one source."""
    for node in tree.walk():
        held = provenance.get(node.key, NodeProvenance())
        for part, spans in (("heading", held.heading), ("text", held.text)):
            words = plain_part(node, "heading" if part == "heading" else "text")
            if sum(span.length for span in spans) != len(words):
                raise Invalid(
                    "The sources of clause {key} don't cover its {part}.", key=node.key, part=part
                )


def to_json(provenance: Provenance) -> dict[str, Any]:
    """As it is stored beside a version, by key."""
    return {key: _node_to_json(node) for key, node in provenance.items()}


def from_json(data: Mapping[str, Any]) -> dict[str, NodeProvenance]:
    """Read back what `to_json` wrote. Raises Invalid on anything else."""
    try:
        return {key: _node_from_json(node) for key, node in data.items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Invalid("This is not a record of sources: {why}.", why=str(error)) from error


def _node_to_json(node: NodeProvenance) -> dict[str, Any]:
    removed = [
        {"part": gone.part, "at": gone.at, "text": gone.text, **_source_to_json(gone.source)}
        for gone in node.removed
    ]
    return {
        "heading": [[length, _source_to_json(source)] for length, source in node.heading],
        "text": [[length, _source_to_json(source)] for length, source in node.text],
    } | ({"removed": removed} if removed else {})


def _node_from_json(data: Mapping[str, Any]) -> NodeProvenance:
    return NodeProvenance(
        tuple(ProvenanceSpan(length, _source(source)) for length, source in data["heading"]),
        tuple(ProvenanceSpan(length, _source(source)) for length, source in data["text"]),
        tuple(
            Removed(gone["part"], gone["at"], gone["text"], _source(gone))
            for gone in data.get("removed", ())
        ),
    )


def _source_to_json(source: Source) -> dict[str, str]:
    return {"from": source.origin, "ref": source.ref, "why": source.why}


def _source(data: Mapping[str, Any]) -> Source:
    return Source(data["from"], data["ref"], data["why"])
