"""A redline as a Word file with real tracked changes, each under its author's name and date.

No file leaves this module unless accepting all of its changes gives the new text word for word and
rejecting all of them the old one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain

from app.domain import placeholders, prose, references
from app.domain.changes import Redline, accept_all, reject_all
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.prose import Span
from app.domain.returned import Carried
from app.formats.docx import properties
from app.formats.docx.blocks import Block, between
from app.formats.docx.body import Body
from app.formats.docx.comments import Comments, Note, with_guidance
from app.formats.docx.cover import Edition, contents, section, title_page
from app.formats.docx.numbering_part import NumberingPart
from app.formats.docx.ooxml import By, Ids, clause_bookmark, document, encoded, paragraph
from app.formats.docx.package import pack
from app.formats.docx.readback import Views, views
from app.formats.docx.redline_blocks import RedlineBlocks
from app.formats.docx.styles import TEXT_WIDTH
from app.formats.docx.tables import table
from app.formats.docx.targets import targets
from app.formats.docx.words import Words, is_plain
from app.formats.docx.writer import HASH_DIGITS, entries, is_parted, word_parts
from app.kernel.collecting import collecting_nothing

_UNLIKE = frozenset({Kind.GENERATED, Kind.VERBATIM, Kind.ROW})


@dataclass(frozen=True)
class Hand:
    """Whose changes they are, as Word shows it: a name and a moment.

    `label` and `digest` (of its operations) where it is one amendment's; the file says so.
    """

    name: str
    at: datetime
    label: str = ""
    digest: str = ""


class Unfaithful(AssertionError):
    """A redline file that would not give back its two texts; it is never handed out."""


@collecting_nothing()
def write(
    redline: Redline,
    *,
    otherwise: Hand,
    hands: Mapping[int, Hand] | None = None,
    version: str = "",
    status: str = "",
    day: date | None = None,
    agreement: str = "",
    blanks: Mapping[str, str] | None = None,
    guidance: Mapping[str, str] | None = None,
    notes: Mapping[str, Sequence[Note]] | None = None,
) -> bytes:
    """The file. `hands`: who made a change, by its author's number; `otherwise`: the rest.

    `version` is the one that the old text is: accepted or not, the file belongs to it. Alternatives
    to contested words stand in comments. Raises Unfaithful where the file would not say both texts.
    """
    new, old = accept_all(redline), reject_all(redline)
    digits = old.version_hash[:HASH_DIGITS]
    edition = Edition(new.title, version, status, digits, day, agreement)
    remarks = with_guidance(guidance or {}, notes or {})
    held = _Hands(hands or {}, otherwise)
    made = _Redlined(redline, new, old, blanks or {}, remarks, held)
    body = list(made.body(edition))
    _check(map(document, body), new, old, blanks or {})
    whole = document(*body)
    parts = word_parts(whole, new, edition, made.lists, "trackedChanges", parted=made.parted)
    beside = properties.parts(old, edition, kind="redline", carried=held.carried())
    return pack((*parts, *made.comments.parts(), *beside), made.words.links)


class _Hands:
    """Names and dates by the numbers of authors; no two share both, so they can be told apart."""

    def __init__(self, hands: Mapping[int, Hand], otherwise: Hand) -> None:
        self._otherwise = By(otherwise.name, _moment(otherwise.at))
        self._held: dict[int, By] = {}
        self._hands = hands
        seen = {self._otherwise}
        for number, hand in sorted(hands.items()):
            made = By(hand.name, _moment(hand.at))
            later = hand.at
            while made in seen:
                later += timedelta(seconds=1)
                made = By(hand.name, _moment(later))
            seen.add(made)
            self._held[number] = made

    def carried(self) -> list[Carried]:
        """The amendments among them, with the dates that their changes got."""
        return [
            Carried(hand.label, hand.digest, made.author, made.date)
            for number, made in self._held.items()
            if (hand := self._hands[number]).label
        ]

    def __call__(self, numbers: Sequence[int]) -> By:
        if not numbers:
            return self._otherwise
        known = [self._held[number] for number in numbers if number in self._held]
        if not known:
            return self._otherwise
        names = ", ".join(dict.fromkeys(by.author for by in known))
        return replace(known[0], author=names)


class _Redlined:
    """Everything that one redline file is made of."""

    def __init__(
        self,
        redline: Redline,
        new: ClauseTree,
        old: ClauseTree,
        blanks: Mapping[str, str],
        notes: Mapping[str, Sequence[Note]],
        hand: _Hands,
    ) -> None:
        self.redline = redline
        self._new = new
        self.ids = Ids()
        before = Words(self.ids, redline.old_labels, targets(old, redline.old_labels), blanks)
        # A reference to what goes stays a reference: its clause still stands in the file.
        labels = {**redline.old_labels, **redline.labels}
        aims = targets(new, redline.labels, before.targets)
        self.words = Words(self.ids, labels, aims, blanks)
        before.links = self.words.links
        self.lists = NumberingPart(redline.numbering)
        self.parted = is_parted(new) or is_parted(old)
        self._remarks = {key: list(held) for key, held in notes.items()}
        self.comments = Comments(self._remarks)
        names = {number: author.name for number, author in redline.authors.items()}
        self._blocks = RedlineBlocks(self.ids, self.words, before, hand, self._commented, names)

    def body(self, edition: Edition) -> Iterator[bytes]:
        """Its paragraphs and tables, many of them together."""
        blocks = self._blocks.of_nodes(self.redline.nodes)
        title = self._blocks.title(self.redline.title)
        body = Body(self.redline.numbering, self.lists, self._generated, parted=self.parted)
        listed = contents(entries(self._new, self.words, parted=self.parted))
        front = title_page(edition, title, []) + listed
        return encoded(chain((front,), body.xml(blocks), (section(first=False),)))

    def _commented(self, key: str, runs: str, tracked: Callable[[str], str]) -> str:
        for said in self._blocks.others.pop(key, ()):
            self._remarks.setdefault(key, []).append(Note("Concordat", said))
        return self.comments.around(key, runs, tracked)

    def _generated(self, block: Block) -> str:
        held = block.mark()
        mark = f"<w:rPr>{held}</w:rPr>" if held else ""
        rows = table(block.children, left=0, width=TEXT_WIDTH, mark=block.mark)
        return paragraph("PartTitle", block.around(block.inline), mark) + rows


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _check(
    documents: Iterable[bytes], new: ClauseTree, old: ClauseTree, blanks: Mapping[str, str]
) -> None:
    """Read the text back and hold it against both texts."""
    found = views(*documents)
    said = _Sayer(blanks, frozenset((*new.nodes, *old.nodes)))
    wanted = Views(_lines(new, said), _lines(old, said))
    for side, is_there, must_be in zip(("Accepting", "Rejecting"), found, wanted, strict=True):
        if is_there == must_be:
            continue
        pairs = zip(is_there, must_be, strict=False)
        first = next((pair for pair in pairs if pair[0] != pair[1]), (is_there[-1:], must_be[-1:]))
        raise Unfaithful(f"{side} all changes gives {first[0]!r} instead of {first[1]!r}.")


@dataclass
class _Sayer:
    """What a file must say for a prose, cross-references by their target; each told once only."""

    blanks: Mapping[str, str]
    known: frozenset[str]
    told: dict[str, tuple[Clause, list[str]]] = field(default_factory=dict)

    def __call__(self, text: str) -> str:
        if is_plain(text):
            return text
        return "".join(map(self.of_span, prose.parse(text)))

    def lines(self, node: Clause) -> list[str]:
        """The paragraphs that a node must say, most often the same in both texts."""
        held, found = self.told.get(node.key, (None, []))
        if (
            held is None
            or held.text != node.text
            or held.heading != node.heading
            or held.kind is not node.kind
        ):
            found = [line for said in _node_lines(node, self) if (line := said.strip())]
            self.told[node.key] = (node, found)
        return found

    def of_span(self, span: Span) -> str:
        if span.ref is not None:
            known = span.ref in self.known
            return f"[[{clause_bookmark(span.ref)}]]" if known else references.MISSING
        return placeholders.shown(span.blank, self.blanks) if span.blank is not None else span.text


def _lines(tree: ClauseTree, said: _Sayer) -> tuple[str, ...]:
    """The paragraphs that a file of this text must say."""
    title = " ".join(tree.title.split())
    found = [title] if title else []
    for node in tree.nodes.values():
        found += said.lines(node)
    return tuple(found)


def _node_lines(node: Clause, said: Callable[[str], str]) -> list[str]:
    if node.kind in _UNLIKE:
        if node.kind is Kind.GENERATED:
            return []
        if node.kind is Kind.VERBATIM:
            return [node.text]
        return [said(cell) for cell in prose.cells(node.text)]
    if not node.heading:
        return [said(node.text)]
    end = between(node.kind, node.heading, node.text)
    return [said(node.heading) + end + said(node.text)]
