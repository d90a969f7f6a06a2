"""The words of a clause as HTML: marks, references by today's label, blanks, defined terms, quotes.

Everything that came from people is escaped here; what leaves is safe to put on a page.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from types import MappingProxyType

from markupsafe import Markup

from app.domain import definitions, placeholders, prose, references
from app.domain.numbering import Label

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that a note is about: characters `start` to `end` of the plain text."""

    start: int
    end: int
    note: str


@dataclass(frozen=True, slots=True)
class _Atom:
    """Words under the same marks, in the same quote, of the same term."""

    span: prose.Span
    quote: str = ""
    term: str = ""
    begins_quote: bool = False


def anchor(key: str) -> str:
    """Where a clause stands on the page that shows it."""
    return f"#c-{key}"


def of_prose(
    text: str,
    *,
    labels: Mapping[str, Label],
    terms: Mapping[str, str] = NOTHING,
    meanings: Mapping[str, str] = NOTHING,
    blanks: Mapping[str, str] = NOTHING,
    quotes: Sequence[Quote] = (),
    href: Callable[[str], str] = anchor,
) -> Markup:
    """Show the prose of one heading or text.

    `terms` leads from a defined term to the key of its definition (the first use in the text
    becomes a link to it), `meanings` from that key to plain words shown on hover, `blanks` from
    names to labels. `href` says where a clause stands.
    """
    writer = _Writer(labels, meanings, blanks, href)
    return Markup(writer.quoted(_atoms(text, terms, quotes)))  # noqa: S704 (escaped by the writer)


@dataclass(frozen=True)
class _Writer:
    labels: Mapping[str, Label]
    meanings: Mapping[str, str]
    blanks: Mapping[str, str]
    href: Callable[[str], str]

    def quoted(self, atoms: Iterable[_Atom]) -> str:
        out = ""
        for note, held in groupby(atoms, lambda atom: atom.quote):
            group = list(held)
            inner = self.linked(group)
            if note:
                name = f' id="q-{escape(note)}"' if group[0].begins_quote else ""
                inner = f'<mark class="quoted"{name} data-note="n-{escape(note)}">{inner}</mark>'
            out += inner
        return out

    def linked(self, atoms: Iterable[_Atom]) -> str:
        out = ""
        for link, held in groupby(atoms, lambda atom: atom.span.link):
            inner = self.strong(held)
            out += f'<a href="{escape(link)}">{inner}</a>' if link else inner
        return out

    def strong(self, atoms: Iterable[_Atom]) -> str:
        out = ""
        for strong, held in groupby(atoms, lambda atom: atom.span.strong):
            inner = self.emphasised(held)
            out += f"<strong>{inner}</strong>" if strong else inner
        return out

    def emphasised(self, atoms: Iterable[_Atom]) -> str:
        out = ""
        for em, held in groupby(atoms, lambda atom: atom.span.em):
            inner = "".join(map(self.words, held))
            out += f"<em>{inner}</em>" if em else inner
        return out

    def words(self, atom: _Atom) -> str:
        span = atom.span
        if span.ref is not None:
            return self.reference(span.ref)
        if span.blank is not None:
            shown = placeholders.shown(span.blank, self.blanks)
            return f'<span class="blank">{escape(shown)}</span>'
        inner = escape(span.text, quote=False).replace("\n", "<br>\n")
        if not atom.term:
            return inner
        meaning = self.meanings.get(atom.term, "")
        title = f' title="{escape(meaning)}"' if meaning else ""
        return f'<a class="term" href="{escape(self.href(atom.term))}"{title}>{inner}</a>'

    def reference(self, key: str) -> str:
        shown = escape(references.label(key, self.labels), quote=False)
        if key not in self.labels:
            return f'<span class="xref">{shown}</span>'
        return f'<a class="xref" href="{escape(self.href(key))}">{shown}</a>'


def _atoms(text: str, terms: Mapping[str, str], quotes: Sequence[Quote]) -> Iterator[_Atom]:
    """The spans of a text, cut where terms and quotes begin and end."""
    spans = prose.parse(text)
    uses = _first_uses(prose.plain(text), terms)
    if not uses and not quotes:
        yield from map(_Atom, spans)
        return
    cuts = sorted(
        {place for start, end, _ in uses for place in (start, end)}
        | {place for quote in quotes for place in (quote.start, quote.end)}
    )
    position = 0
    for span in spans:
        for start, end in _pieces(position, position + len(span.text), cuts):
            part = span._replace(text=span.text[start - position : end - position])
            quote = next((held for held in quotes if held.start <= start < held.end), None)
            term = next((key for first, last, key in uses if first <= start < last), "")
            yield _Atom(
                part,
                quote=quote.note if quote else "",
                term="" if span.link or not span.is_words else term,
                begins_quote=quote is not None and quote.start == start,
            )
        position += len(span.text)


def _pieces(start: int, end: int, cuts: Iterable[int]) -> Iterator[tuple[int, int]]:
    for cut in cuts:
        if start < cut < end:
            yield start, cut
            start = cut
    yield start, end


def _first_uses(text: str, terms: Mapping[str, str]) -> list[tuple[int, int, str]]:
    seen: set[str] = set()
    found: list[tuple[int, int, str]] = []
    for start, end, key in definitions.uses(text, terms):
        if key not in seen:
            seen.add(key)
            found.append((start, end, key))
    return found
