"""Prose as runs: marks, cross-references as fields, blanks to be seen, links; tracked if asked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from app.domain import placeholders, prose, references
from app.domain.numbering import Label
from app.domain.prose import Span
from app.formats.docx.fields import reference
from app.formats.docx.ooxml import By, Ids, clause_bookmark, run
from app.formats.docx.package import Link
from app.formats.docx.targets import Target

RUN_IN = '<w:rStyle w:val="RunInHeading"/>'
BLANK = '<w:rStyle w:val="Blank"/>'
LEAD = '<w:rStyle w:val="ReferenceLead"/>'
"""Marks the typed words before the field of a cross-reference: they belong to the reference."""
TERM = '<w:rStyle w:val="Term"/>'
_NBSP = "\u00a0"
_SENTENCE_ENDS = (".", ":", "?", "!", ";", ",", "–", "—")


@dataclass(frozen=True, slots=True)
class Track:
    """A tracked change around runs: "ins", "del", "moveFrom" or "moveTo", and by whom."""

    change: str
    by: By

    @property
    def deletes(self) -> bool:
        """Whether the words need the names of deleted ones; moved ones keep theirs."""
        return self.change == "del"


@dataclass
class Words:
    """Writes the prose of one document; gathers the links that its package must declare.

    `labels`, `targets`: what cross-references show; `blanks`: the label of a blank by its name.
    """

    ids: Ids
    labels: Mapping[str, Label]
    targets: Mapping[str, Target]
    blanks: Mapping[str, str] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    def runs(
        self,
        text: str,
        look: str = "",
        track: Track | None = None,
        *,
        marks: Mapping[int, str] | None = None,
    ) -> str:
        """A text as runs. `look`: a character style for all of it; `marks` stand between them."""
        if marks:
            return "".join(self._marked(text, look, marks))
        if is_plain(text):
            held = run(text, look, deleted=track is not None and track.deletes)
            return self.tracked(held, track) if track else held
        return self.of_spans(prose.parse(text), look, track)

    def _marked(self, text: str, look: str, marks: Mapping[int, str]) -> Iterator[str]:
        """The runs of a text, cut where marks stand."""
        held: list[Span] = []
        position = 0
        for span in prose.parse(text):
            end = position + len(span.text)
            while position < end:
                if position in marks:
                    yield self.of_spans(held, look) + marks[position]
                    held = []
                to = min((at for at in marks if position < at < end), default=end)
                begin = len(span.text) - (end - position)
                held.append(span._replace(text=span.text[begin : begin + to - position]))
                position = to
        yield self.of_spans(held, look)
        yield from (mark for at, mark in sorted(marks.items()) if at >= position)

    def of_spans(self, spans: Iterable[Span], look: str = "", track: Track | None = None) -> str:
        """Spans as runs; what stands under one link stays together."""
        out = []
        for opening, held in groupby(spans, key=self._opening):
            inner = self.tracked("".join(self._spans(held, look, track)), track)
            out.append(f"{opening}{inner}</w:hyperlink>" if opening else inner)
        return "".join(out)

    def tracked(self, runs: str, track: Track | None) -> str:
        """Runs inside the element of their change; nothing stays nothing."""
        if track is None or not runs:
            return runs
        name = f"w:{track.change}"
        return f"<{name} {track.by.attributes(self.ids.next())}>{runs}</{name}>"

    def shown(self, text: str) -> str:
        """The words that a reader sees, with labels and the names of blanks."""
        if is_plain(text):
            return text
        return "".join(self._words(span) for span in prose.parse(text))

    def _spans(self, spans: Iterable[Span], look: str, track: Track | None) -> Iterator[str]:
        gone = track is not None and track.deletes
        for span in spans:
            style = _look(span, look)
            target = self.targets.get(span.ref) if span.ref is not None else None
            if span.ref is not None and target is not None and target.counted:
                yield run(target.lead.replace(" ", _NBSP), _led(style), deleted=gone)
                yield reference(span.ref, target.counted, style, deleted=gone)
            else:
                yield run(self._words(span), style, deleted=gone)

    def _words(self, span: Span) -> str:
        if span.ref is not None:
            return references.label(span.ref, self.labels)
        if span.blank is not None:
            return placeholders.shown(span.blank, self.blanks)
        return span.text

    def _opening(self, span: Span) -> str:
        """What opens the link that a span stands under, "" for none."""
        if span.link:
            return f'<w:hyperlink r:id="{self._relation(span.link)}" w:history="1">'
        target = self.targets.get(span.ref) if span.ref is not None else None
        if span.ref is None or target is None or target.counted:
            return ""
        return f'<w:hyperlink w:anchor="{clause_bookmark(span.ref)}" w:history="1">'

    def _relation(self, address: str) -> str:
        """The id under which the package declares an address."""
        known = next((link.relation_id for link in self.links if link.target == address), "")
        if not known:
            known = f"rIdL{len(self.links) + 1}"
            self.links.append(Link(known, address))
        return known


def _look(span: Span, look: str) -> str:
    """The properties of one span's run, in Word's order."""
    if span.blank is not None:
        look = BLANK
    elif span.link:
        look = '<w:rStyle w:val="Hyperlink"/>'
    strong = "<w:b/><w:bCs/>" if span.strong else ""
    em = "<w:i/><w:iCs/>" if span.em else ""
    seen = '<w:highlight w:val="yellow"/>' if span.blank is not None else ""
    return f"{look}{strong}{em}{seen}" if strong or em or seen else look


def is_plain(text: str) -> bool:
    """Whether a text has no mark in it, as most have: it says what is written."""
    return not (
        "[" in text
        or "*" in text
        or "{" in text
        or "\\" in text
        or "|" in text
        or "]" in text
        or "}" in text
    )


def run_in_end(heading: str) -> str:
    """What stands between a run-in heading and its text."""
    return " " if heading.rstrip("*").endswith(_SENTENCE_ENDS) else ". "


def term_spans(heading: str) -> Iterator[Span]:
    """The spans of a definition's heading; all of them are the term."""
    for span in prose.parse(heading):
        yield span._replace(strong=False)


def _led(style: str) -> str:
    """The look of the words before a field; a run has one character style only."""
    return style if style.startswith("<w:rStyle") else LEAD + style
