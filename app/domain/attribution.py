"""Whose words a redline shows: its changes put down to the decisions that provenance names."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain import prose, provenance
from app.domain.provenance import NodeProvenance, Provenance, Removed, Source
from app.domain.redline import Change, Part, Redline, RedlineNode

Owners = Callable[[Source], tuple[int, ...]]
"""The numbers of the authors behind a source; empty for sources of earlier versions."""


def attributed(
    redline: Redline,
    origins: Provenance,
    owners: Owners,
    movers: Mapping[str, tuple[int, ...]] | None = None,
) -> Redline:
    """The same redline with every change in the name of those whose it is.

    `origins` are the sources of the new text, `movers` say by key who moved a clause. Accepting and
    rejecting give what they gave before: only the authors change.
    """
    signer = _Signer(origins, owners, movers or {})
    return replace(redline, nodes=tuple(signer.node(node) for node in redline.nodes))


def owners_by(numbers: Mapping[str, int]) -> Owners:
    """Who is behind a source, by the labels of the amendments that it names."""

    def owners(source: Source) -> tuple[int, ...]:
        if source.origin != "amendment":
            return ()
        return tuple(numbers[label] for label in source.ref.split(",") if label in numbers)

    return owners


def all_by(parts: Iterable[Part], by: tuple[int, ...]) -> tuple[Part, ...]:
    """The parts with every change in the name of the same authors."""
    return tuple(
        replace(part, by=by) if isinstance(part, Change) and part.op != "=" else part
        for part in parts
    )


@dataclass(frozen=True)
class _Signer:
    origins: Provenance
    owners: Owners
    movers: Mapping[str, tuple[int, ...]]

    def node(self, node: RedlineNode) -> RedlineNode:
        held = self.origins.get(node.key, NodeProvenance())
        children = tuple(self.node(child) for child in node.children)
        if node.change in {"delete", "moved-from"}:
            by = self.movers.get(node.key, ()) if node.change == "moved-from" else self.gone(held)
            heading, text = all_by(node.heading, by), all_by(node.text, by)
            return replace(node, heading=heading, text=text, children=children, by=by)
        heading = tuple(self.signed(node.heading, held, "heading"))
        text = tuple(self.signed(node.text, held, "text"))
        by = self.movers.get(node.key, ()) or _united(
            change.by for change in (*heading, *text) if isinstance(change, Change)
        )
        return replace(node, heading=heading, text=text, children=children, by=by)

    def gone(self, held: NodeProvenance) -> tuple[int, ...]:
        return _united(self.owners(removed.source) for removed in held.removed)

    def signed(
        self, parts: Sequence[Part], held: NodeProvenance, part: provenance.Part
    ) -> Iterator[Part]:
        spans = held.heading if part == "heading" else held.text
        removed = [one for one in held.removed if one.part == part]
        position = 0
        for at, change in enumerate(parts):
            if not isinstance(change, Change):
                yield change
                continue
            length = len(prose.plain(change.text))
            if change.op == "+":
                yield from self.come(change, spans, position, length)
            elif change.op == "-":
                after = parts[at + 1] if at + 1 < len(parts) else None
                reach = _length(after) if _is_coming(after) else 0
                by = self.taken(removed, position, position + reach)
                if not by and _is_coming(after):
                    cut = provenance.cut(spans, position, position + reach)
                    by = _united(self.owners(span.source) for span in cut)
                yield replace(change, by=by)
            else:
                yield change
            position += 0 if change.op == "-" else length

    def taken(self, removed: Iterable[Removed], first: int, last: int) -> tuple[int, ...]:
        return _united(self.owners(one.source) for one in removed if first <= one.at <= last)

    def come(
        self, change: Change, spans: provenance.Spans, start: int, length: int
    ) -> Iterator[Change]:
        """New words, cut where another hand begins if no mark stands in the way."""
        cut = provenance.cut(spans, start, start + length)
        if prose.plain(change.text) != change.text:
            yield replace(change, by=_united(self.owners(span.source) for span in cut))
            return
        position = 0
        for span in cut:
            words = change.text[position : position + span.length]
            yield replace(change, text=words, by=self.owners(span.source))
            position += span.length
        if position < len(change.text):
            yield replace(change, text=change.text[position:], by=())


def _united(groups: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number for group in groups for number in group))


def _is_coming(part: Part | None) -> bool:
    return isinstance(part, Change) and part.op == "+"


def _length(part: Part | None) -> int:
    return len(prose.plain(part.text)) if isinstance(part, Change) else 0
