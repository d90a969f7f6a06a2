"""Whose change it is: a redline of two versions, signed from the record of where words come from.

Between two versions many amendments have been merged; the sources of the newer one say which of
them wrote the words that came, and took out those that went. What no amendment did stays unsigned:
it is the facilitator's hand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.domain import prose
from app.domain.changes import Change, Either, Redline, RedlineNode, new_words
from app.domain.changes import Part as Words
from app.domain.provenance import NodeProvenance, Part, Provenance, Source, cut

_NOBODY = NodeProvenance()


def signed(
    redline: Redline,
    origins: Provenance,
    numbers: Mapping[str, int],
    touching: Mapping[str, tuple[int, ...]],
) -> Redline:
    """Put every change down to the amendments behind it.

    `origins` are the sources of the newer text, `numbers` those of amendments by label, `touching`
    by clause which of them name it: who moved or removed a whole clause stands in no source.
    """
    hand = _Signer(origins, numbers, touching)
    return replace(redline, nodes=tuple(hand.node(node) for node in redline.nodes))


def labels_in(origins: Provenance) -> frozenset[str]:
    """The labels of all amendments that wrote or removed something of a text."""
    return frozenset(
        source.ref
        for node in origins.values()
        for source in sources_of(node)
        if source.origin == "amendment"
    )


def sources_of(node: NodeProvenance) -> tuple[Source, ...]:
    """Every source of one clause, those of removed words last, each once."""
    spans = (*node.heading, *node.text)
    found = [span.source for span in spans] + [gone.source for gone in node.removed]
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class _Signer:
    origins: Provenance
    numbers: Mapping[str, int]
    touching: Mapping[str, tuple[int, ...]]

    def node(self, node: RedlineNode, above: tuple[int, ...] = ()) -> RedlineNode:
        held = self.origins.get(node.key, _NOBODY)
        inherited = above if node.change in {"insert", "delete"} else ()
        named = self.touching.get(node.key, inherited)
        return replace(
            node,
            by=named if node.change not in {"same", "text"} else (),
            heading=self.words(node.heading, held, "heading", named),
            text=self.words(node.text, held, "text", named),
            children=tuple(self.node(child, named) for child in node.children),
        )

    def words(
        self, parts: Iterable[Words], held: NodeProvenance, part: Part, named: tuple[int, ...]
    ) -> tuple[Words, ...]:
        """The parts of one heading or text, each with the numbers of who changed it."""
        spans = held.heading if part == "heading" else held.text
        found: list[Words] = []
        position = 0
        for change in parts:
            length = len(prose.plain(new_words([change])))
            if isinstance(change, Either) or change.op == "=":
                found.append(change)
            elif change.op == "+":
                sources = [span.source for span in cut(spans, position, position + length)]
                found.append(replace(change, by=self.behind(sources)))
            else:
                found.append(replace(change, by=self.remover(change, held, part) or named))
            position += length
        return tuple(_paired(found))

    def remover(self, change: Change, held: NodeProvenance, part: Part) -> tuple[int, ...]:
        """Who took these words out."""
        words = prose.plain(change.text)
        return self.behind(
            gone.source
            for gone in held.removed
            if gone.part == part and (gone.text in words or words in gone.text)
        )

    def behind(self, sources: Iterable[Source]) -> tuple[int, ...]:
        """The amendments among some sources; none where the facilitator had the last word."""
        held = tuple(sources)
        if any(source.origin in {"resolution", "edit"} for source in held):
            return ()
        found = (self.numbers.get(s.ref) for s in held if s.origin == "amendment")
        return tuple(dict.fromkeys(number for number in found if number is not None))


def _paired(parts: list[Words]) -> Iterable[Words]:
    """Words that go where others come are taken out by whoever wrote the others."""
    for at, part in enumerate(parts):
        after = parts[at + 1] if at + 1 < len(parts) else None
        if (
            isinstance(part, Change)
            and part.op == "-"
            and isinstance(after, Change)
            and after.op == "+"
        ):
            yield replace(part, by=after.by)
        else:
            yield part
