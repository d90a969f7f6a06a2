"""The comments of a returned file: which are new, which answer or settle a known one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain import anchors, prose, text_diff
from app.domain.anchors import Anchor
from app.domain.provenance import Part, plain_part
from app.domain.returned import Piece, Remark, ReturnedDocument, Spot
from app.domain.roundtrip import Returned

RemarkKind = Literal["thread", "reply", "resolve", "reopen"]
OURS = frozenset({"Guidance", "Concordat", "The facilitator"})
"""Authors under whose name we write comments that nobody here wrote as one."""

_CONTEXT = 40


@dataclass(frozen=True, slots=True)
class Known:
    """A comment that may have gone out with the copy.

    `on` names its conversation; `root`: it opened it; `stands`: on a clause of the text, where any
    copy with comments has it; `text`: what it says here, "" where that is not compared.
    """

    author: str
    date: str
    on: str
    root: bool = True
    resolved: bool = False
    stands: bool = True
    text: str = ""


@dataclass(frozen=True, slots=True)
class RemarkItem:
    """One thing that the comments of a file bring, to be taken or left.

    A new thread has an `anchor` (none: the agreement) and the `replies` it got in the file; a
    reply, a settling or a reopening is `on` a known conversation.
    """

    number: str
    kind: RemarkKind
    author: str
    date: str
    text: str = ""
    clause: str = ""
    anchor: Anchor | None = None
    on: str = ""
    replies: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Remarks:
    """The comments of a file.

    `vanished`: conversations that went out and did not come back; `changed`: those in which a
    known comment reads otherwise in the file.
    """

    items: tuple[RemarkItem, ...]
    vanished: tuple[str, ...]
    changed: tuple[str, ...] = ()


def told(
    document: ReturnedDocument, returned: Returned, version: str, known: Iterable[Known]
) -> Remarks:
    """Compare the comments of a file with those that went out. `version` is that of the anchors."""
    held = {(one.author, one.date): one for one in known}
    names = {remark.number: held.get((remark.author, remark.date)) for remark in document.remarks}
    roots = {one.on: remark for remark in document.remarks if (one := names[remark.number])}
    items = (
        *_new(document, returned, version, names),
        *_replies(document.remarks, names),
        *_settled(document.remarks, names),
    )
    latest = max((remark.date for remark in roots.values()), default="")
    gone = [
        one.on
        for one in held.values()
        if one.root and one.stands and one.on not in roots and one.date <= latest
    ]
    changed = dict.fromkeys(
        one.on
        for remark in document.remarks
        if (one := names[remark.number]) and not _is_same(one.text, remark.text)
    )
    return Remarks(items, tuple(gone), tuple(changed))


def _is_same(known: str, said: str) -> bool:
    """Whether a comment still says its words, however it is broken into lines."""
    return " ".join(known.split()) in " ".join(said.split())


def _new(
    document: ReturnedDocument,
    returned: Returned,
    version: str,
    names: Mapping[str, Known | None],
) -> Iterator[RemarkItem]:
    places = dict(_places(document))
    for remark in document.remarks:
        if names[remark.number] or remark.parent or remark.author in OURS or not remark.text:
            continue
        anchor = _anchor(document, returned, version, places.get(remark.number))
        yield RemarkItem(
            f"remark-{remark.number}",
            "thread",
            remark.author,
            remark.date,
            remark.text,
            anchor.clause if anchor else "",
            anchor,
            replies=tuple(
                (one.author, one.text)
                for one in document.remarks
                if one.parent == remark.number and one.text
            ),
        )


def _replies(remarks: Sequence[Remark], names: Mapping[str, Known | None]) -> Iterator[RemarkItem]:
    for remark in remarks:
        above = names.get(remark.parent)
        if above and not names[remark.number] and remark.text and remark.author not in OURS:
            yield RemarkItem(
                f"remark-{remark.number}",
                "reply",
                remark.author,
                remark.date,
                remark.text,
                on=above.on,
            )


def _settled(remarks: Sequence[Remark], names: Mapping[str, Known | None]) -> Iterator[RemarkItem]:
    for remark in remarks:
        one = names[remark.number]
        if one and one.root and one.resolved is not remark.resolved:
            kind: RemarkKind = "resolve" if remark.resolved else "reopen"
            yield RemarkItem(f"state-{remark.number}", kind, "", "", on=one.on)


@dataclass(slots=True)
class _Place:
    """From where to where a comment stands: paragraph and piece, the end None where unknown."""

    start: tuple[int, int]
    end: tuple[int, int] | None = None


def _places(document: ReturnedDocument) -> Iterator[tuple[str, _Place]]:
    found: dict[str, _Place] = {}
    for at, paragraph in enumerate(document.paragraphs):
        for spot in paragraph.spots:
            _note(found, spot, at)
    yield from found.items()


def _note(found: dict[str, _Place], spot: Spot, at: int) -> None:
    here = (at, spot.piece)
    if spot.comment not in found:
        found[spot.comment] = _Place(here)
    elif spot.kind == "end":
        found[spot.comment].end = here


def _anchor(
    document: ReturnedDocument, returned: Returned, version: str, place: _Place | None
) -> Anchor | None:
    """The words of the text that a comment is about, or the nearest clause, or the agreement."""
    if place is None:
        return None
    clauses = returned.keys_of_file()
    at, piece = place.start
    key = clauses.get(at) or next(
        (clauses[before] for before in range(at - 1, -1, -1) if before in clauses), None
    )
    if key is None:
        return None
    whole = anchors.anchor(returned.base, version, key)
    if key != clauses.get(at) or place.end is None or place.end[0] != at:
        return whole
    pieces = document.paragraphs[at].pieces
    quote = _plain(returned, pieces[piece : place.end[1]])
    before = _plain(returned, pieces[:piece])
    if not quote or quote == _plain(returned, pieces):
        return whole
    return _quoted(returned, version, key, quote, before) or whole


def _plain(returned: Returned, pieces: Sequence[Piece]) -> str:
    words, view = returned.words_of_file()
    shown = [piece for piece in pieces if view.shows(piece.revisions)]
    return prose.plain(prose.canonical(prose.write(words.spans(shown))))


def _quoted(returned: Returned, version: str, key: str, quote: str, before: str) -> Anchor | None:
    node = returned.base.nodes[key]
    parts: tuple[Part, ...] = ("text", "heading")
    for part in parts:
        words = plain_part(node, part)
        start = words.find(quote, max(0, len(before) - len(node.heading) - _CONTEXT))
        if start < 0:
            found = text_diff.find_quote(words, quote, before[-_CONTEXT:], "", len(before))
            start = -1 if found is None or not words.startswith(quote, found) else found
        if start >= 0:
            return anchors.anchor(returned.base, version, key, part, start, start + len(quote))
    return None
