"""A clause joined to another while somebody edits it: the edit follows the words.

All that take part are compared on the ground of both texts, one after the other, as the join puts
them; from there on it is an ordinary merge of words.
"""

from collections.abc import Iterable, Mapping, Sequence

from app.domain import prose, provenance, text_diff
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.operations import ReplaceText
from app.domain.provenance import Provenance, ProvenanceSpan, Source, Spans
from app.domain.sides import Side
from app.domain.wanted import Ground, Wanted

_LIKE = 0.75
"""From which likeness on the words that came to a text are those of a clause that went."""

Rewordings = Mapping[int, Mapping[str, ReplaceText]]
"""By amendment and clause, the new texts of the clauses that are joined."""


def ground_of_join(nodes: Sequence[Clause], origins: Provenance, joiner: Source) -> Ground:
    """The texts of the clauses as one; `nodes` begins with the one that takes the others in."""
    spans: list[ProvenanceSpan] = []
    for node in nodes:
        if node.text and spans:
            spans.append(ProvenanceSpan(1, joiner))
        spans += origins[node.key].text
    return Ground(nodes[0].key, "text", one_text(node.text for node in nodes), tuple(spans))


def wanted_of_join(
    nodes: Sequence[Clause],
    sides: Sequence[Side],
    given: Rewordings,
    joiners: Mapping[str, Sequence[int]],
) -> tuple[Wanted, ...]:
    """What each amendment makes of the one text; `joiners` say who took which clause in."""
    found: list[Wanted] = []
    for side in sides:
        own = given.get(side.number)
        if not own:
            continue
        texts = {
            node.key: own[node.key].text if node.key in own else node.text
            for node in nodes
            if side.number not in joiners.get(node.key, ())
        }
        text, steps = one_text(texts.values()), tuple(own.values())
        spans = _spans_written(side, texts)
        found.append(Wanted(side.number, text, side.source, steps, spans=spans))
    return tuple(found)


def _spans_written(side: Side, texts: Mapping[str, str]) -> Spans | None:
    """The sources of the one text, if others than the amendment's author wrote some of it."""
    if side.written.keys().isdisjoint(texts):
        return None
    spans: list[ProvenanceSpan] = []
    for key, text in texts.items():
        if text and spans:
            spans.append(ProvenanceSpan(1, side.source))
        held = side.written.get(key)
        spans += held.text if held else provenance.whole(prose.plain(text), side.source)
    return tuple(spans)


def joins_between(old: ClauseTree, new: ClauseTree) -> dict[str, str]:
    """Which clauses are gone but stand in one other clause now, and in which.

    Word for word, or, where a text was both joined and reworded, as nearly all that came to it.
    """
    found: dict[str, str] = {}
    for node in old.walk():
        if node.key in new.nodes or not node.text or node.kind is Kind.VERBATIM:
            continue
        takers = [
            held.key
            for held in new.walk()
            if held.kind is not Kind.VERBATIM
            and held.key in old.nodes
            and _took_in(old.nodes[held.key].text, held.text, node.text)
        ]
        if len(takers) == 1:
            found[node.key] = takers[0]
    return found


def _took_in(was: str, now: str, part: str) -> bool:
    """Whether a text holds another now, that stood elsewhere before."""
    if was == now or _holds(was, part):
        return False
    return _holds(now, part) or text_diff.similarity(_added(was, now), part) >= _LIKE


def _added(was: str, now: str) -> str:
    """The words that came to a text."""
    found = text_diff.pieces(was, now)
    return " ".join(prose.plain(piece.text) for piece in found if piece.op == "+")


def _holds(text: str, part: str) -> bool:
    return f" {part} " in f" {text} "


def one_text(texts: Iterable[str]) -> str:
    """The texts of joined clauses, one after the other."""
    return prose.canonical(" ".join(text for text in texts if text))
