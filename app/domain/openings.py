"""How foreign paragraphs begin: annexes, divisions, terms, run-in headings, and what is a heading.

All of it works on prose and gives prose back, with no word lost but the label that was found.
"""

import re

from app.domain import prose, typed_numbers
from app.domain.typed_numbers import Typed

_ANNEX = re.compile(
    r"(?P<label>(?:annex|annexe|schedule|appendix|exhibit|attachment|anhang|anlage|anexo|allegato|"
    r"bijlage|ek)\b\.?(?:\s+(?:\d{1,2}|[A-Z]|[IVX]+)(?![\w.]*\w))?)\s*(?P<end>$|[.:)–—-]+\s*|\s(?=\S))",
    re.IGNORECASE,
)
_ANNEX_NUMBER = re.compile(r"\s(?:\d{1,2}|[A-Z]|[IVX]+)$")
_DIVISION = re.compile(
    r"(?:part|chapter|title|teil|kapitel|abschnitt|titel|partie|chapitre|titre|parte|capítulo|"
    r"título|capitolo|titolo|hoofdstuk|deel)\s+(?:\d{1,3}|[ivxlc]+|[a-z]|one|two|three|four|five)\b",
    re.IGNORECASE,
)
_DEFINITIONS = re.compile(
    r"\b(?:definitions?|defined terms|interpretation|begriffsbestimmungen|definitionen|définitions|"
    r"definiciones|definizioni|definições|tanımlar|определения)\b|定义|定義|정의",
    re.IGNORECASE,
)
_MEANS = re.compile(
    r"(?P<open>[“\"„«‘']?)(?P<term>[^“”\"„«»‘]{1,80}?)(?P<close>[”\"»’'“]?)\s+"
    r"(?=(?:means?|shall mean|will mean|has the meaning|have the meaning|refers? to|bedeutet|"
    r"bezeichnet|désigne|significa)\b)"
)
_RUN_IN_ENDS = ".:"
_LONGEST_HEADING = 14
_SENTENCE = 24


def annex(text: str) -> Typed | None:
    """Label and name of an annex heading: "Annex B: Fees", "SCHEDULE 1", "Appendix"."""
    plain = prose.plain(text)
    match = _ANNEX.match(plain)
    if match is None:
        return None
    numbered = _ANNEX_NUMBER.search(match["label"])
    if not numbered and not match["end"].strip() and match.end() < len(plain):
        return None
    rest = typed_numbers.after(text, match.end())
    return Typed(match["label"] if numbered else "", rest or text)


def unbolded(text: str) -> str:
    """A heading without the marks that stand on the whole of it."""
    spans = prose.parse(text)
    words = [span for span in spans if span.text.strip()]
    strong, em = all(span.strong for span in words), all(span.em for span in words)
    bare = (
        span._replace(strong=span.strong and not strong, em=span.em and not em) for span in spans
    )
    return prose.canonical(prose.write(bare))


def is_long(heading: str) -> bool:
    """Whether what is set as a heading is a whole paragraph: a numbered clause in Word may be."""
    plain = prose.plain(heading)
    return len(plain.split()) > (_LONGEST_HEADING if plain.endswith((".", ";")) else _SENTENCE)


def _opens_bold(text: str) -> bool:
    return text.startswith("**")


def run_in(text: str) -> Typed | None:
    """The bold opening of a numbered paragraph that ends like a heading, and the words after it."""
    spans = prose.parse(text)
    strong = bool(spans) and spans[0].strong
    length = 0
    for span in spans:
        if span.text.strip() and not (span.strong if strong else span.em):
            break
        length += len(span.text)
    plain = prose.plain(text)
    opening, rest = plain[:length].strip(), plain[length:]
    sentences = not rest.strip() and ". " in opening
    if not opening or sentences or len(opening.split()) > _LONGEST_HEADING:
        return None
    heading = unbolded(_before(text, length)).rstrip().rstrip(_RUN_IN_ENDS).rstrip()
    if opening[-1] not in _RUN_IN_ENDS and rest:
        if rest[0] not in _RUN_IN_ENDS:
            return None
        length += 1
    return Typed(heading, typed_numbers.after(text, length)) if heading else None


def _before(text: str, length: int) -> str:
    """The first characters of prose (counted in its plain text), as prose."""
    kept: list[prose.Span] = []
    for span in prose.parse(text):
        if length <= 0:
            break
        kept.append(prose.Span(span.text[:length], *span.marks, ref=span.ref, blank=span.blank))
        length -= len(span.text)
    return prose.canonical(prose.write(kept))


def is_division(heading: str) -> bool:
    """Whether a heading names a part, chapter or title."""
    return bool(_DIVISION.match(prose.plain(heading)))


def names_definitions(words: str) -> bool:
    """Whether a heading, as plain words, is that of definitions."""
    return bool(_DEFINITIONS.search(words))


def term(text: str) -> Typed | None:
    """The term that a paragraph explains ("“Client” means"), and its meaning."""
    match = _MEANS.match(prose.plain(text))
    if match is None or not (match["open"] or _opens_bold(text)):
        return None
    return Typed(prose.escape(match["term"].strip()), typed_numbers.after(text, match.end()))
