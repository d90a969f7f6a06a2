"""A text with its guidance beside it: what a template's page and a draft's page show."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from flask_babel import gettext, lazy_gettext, ngettext
from markupsafe import Markup, escape

from app.domain import prose
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.numbering import Label
from app.formats.prose_html import anchor, of_prose
from app.formats.template_source import Condition, TemplateDocument

_NONE = Markup()
_NO_LABEL = Label("", "")


@dataclass(frozen=True)
class Guide:
    """A note beside the text; `label` says of which part of the clause, "" for all of it."""

    label: str
    html: Markup


@dataclass(frozen=True)
class Lesson:
    """One node with all below it. `option` says when it stands; "" where it always does.

    `guides` are its own notes, for a node that is shown as one piece also those of its parts.
    """

    key: str
    kind: str
    label: str
    name: str
    heading_html: Markup
    text_html: Markup
    cells_html: tuple[Markup, ...]
    children: tuple["Lesson", ...]
    is_section: bool
    option: str
    guides: tuple[Guide, ...]
    is_mandatory: bool
    is_unanimous: bool


@dataclass(frozen=True)
class Beside:
    """What stands beside a text: numbers, names of blanks, notes, and when a clause stands."""

    labels: Mapping[str, Label]
    blanks: Mapping[str, str] = field(default_factory=dict)
    guidance: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    mandatory: frozenset[str] = frozenset()
    rules: Mapping[str, str] = field(default_factory=dict)
    href: Callable[[str], str] = anchor


def lessons_of(tree: ClauseTree, beside: Beside) -> tuple[Lesson, ...]:
    """The whole text, article by article."""
    return tuple(_section(node, beside) for node in tree.clauses)


def guides_of(node: Clause, beside: Beside) -> tuple[Guide, ...]:
    """All notes on a node and what is below it, each with the number it is about."""
    return tuple(_all_guides(node, beside))


def options_of(document: TemplateDocument) -> dict[str, str]:
    """When a clause of a template stands, in words, by its id; only where it says so itself."""
    parents = document.tree.parents
    found: dict[str, str] = {}
    for key, conditions in document.conditions.items():
        above = document.conditions.get(parents[key] or "", frozenset())
        if own := conditions - above:
            found[key] = " ".join(_said(document, one) for one in sorted(own))
    return found


def effects_of(document: TemplateDocument, labels: Mapping[str, Label]) -> dict[Condition, str]:
    """Which clauses each choice brings, in words: "Article 13 Non-compete; Annex G Data"."""
    found: dict[Condition, list[str]] = {}
    parents = document.tree.parents
    for key, conditions in document.conditions.items():
        for condition in conditions - document.conditions.get(parents[key] or "", frozenset()):
            words = f"{labels[key].full} {prose.plain(document.tree.nodes[key].heading)}".strip()
            found.setdefault(condition, []).append(words)
    return {
        condition: _few(list(dict.fromkeys(filter(None, words))))
        for condition, words in found.items()
    }


_FEW = 4


def _few(names: list[str]) -> str:
    if len(names) <= _FEW:
        return "; ".join(names)
    rest = ngettext("and %(num)s more", "and %(num)s more", len(names) - _FEW)
    return f"{'; '.join(names[:_FEW])}; {rest}"


def _said(document: TemplateDocument, condition: Condition) -> str:
    option = document.option(condition.option)
    if option is None:
        return ""
    usual = option.default == condition.choice
    if set(option.choices) == {"off", "on"}:
        is_off = option.default == "off"
        told = gettext(
            "Optional, off unless you turn it on."
            if is_off
            else "Optional, on unless you turn it off."
        )
        return f"{told} {option.label}"
    told = gettext("Alternative, the usual choice." if usual else "Alternative.")
    return f"{told} {option.label} {option.choices[condition.choice]}."


def _section(node: Clause, beside: Beside) -> Lesson:
    """A node with a heading on a line of its own, or a piece of text where it has none."""
    if not _is_section(node):
        return _piece(node, beside)
    children = tuple(_section(child, beside) for child in node.children)
    return _lesson(node, beside, children, tuple(_own_guides(node, beside, "")), section=True)


def _piece(node: Clause, beside: Beside) -> Lesson:
    """A node that is shown as one piece, its parts inside it and all their notes beside it."""
    return _lesson(node, beside, _parts(node, beside), tuple(_all_guides(node, beside)))


def _parts(node: Clause, beside: Beside) -> tuple[Lesson, ...]:
    return tuple(_lesson(child, beside, _parts(child, beside), ()) for child in node.children)


def _lesson(
    node: Clause,
    beside: Beside,
    children: tuple[Lesson, ...],
    guides: tuple[Guide, ...],
    *,
    section: bool = False,
) -> Lesson:
    label = beside.labels.get(node.key, _NO_LABEL)
    row = node.kind is Kind.ROW
    return Lesson(
        key=node.key,
        kind=str(node.kind),
        label=label.own,
        name=label.full,
        heading_html=_heading(node, beside),
        text_html=_NONE if row else _text(node, beside),
        cells_html=tuple(_words(cell, beside) for cell in prose.cells(node.text)) if row else (),
        children=children,
        is_section=section,
        option=beside.options.get(node.key, ""),
        guides=guides,
        is_mandatory=node.key in beside.mandatory,
        is_unanimous=beside.rules.get(node.key) == "unanimity",
    )


def _is_section(node: Clause) -> bool:
    if node.kind in {Kind.ANNEX, Kind.DIVISION}:
        return True
    return node.kind is Kind.CLAUSE and bool(node.heading) and not node.text


def _heading(node: Clause, beside: Beside) -> Markup:
    if node.kind is Kind.DEFINITION:
        return escape(prose.plain(node.heading).partition(";")[0].strip())
    return _words(node.heading, beside)


def _text(node: Clause, beside: Beside) -> Markup:
    if node.kind is Kind.VERBATIM:
        return escape(node.text)
    if node.kind is Kind.GENERATED:
        return escape(_GENERATED.get(node.text, node.text))
    return _words(node.text, beside)


_GENERATED = {
    "parties": lazy_gettext("the table of parties, made when a round opens"),
    "signatures": lazy_gettext("the signature page of each party, made at adoption"),
}


def _words(text: str, beside: Beside) -> Markup:
    return of_prose(text, labels=beside.labels, blanks=beside.blanks, href=beside.href)


def _own_guides(node: Clause, beside: Beside, label: str) -> Iterator[Guide]:
    if note := beside.guidance.get(node.key, ""):
        yield Guide(label, of_prose(note, labels=beside.labels, href=beside.href))


def _all_guides(node: Clause, beside: Beside) -> Iterator[Guide]:
    yield from _own_guides(node, beside, "")
    for child in node.children:
        for part in child.walk():
            label = beside.labels.get(part.key, _NO_LABEL).own
            yield from _own_guides(part, beside, label if label != "•" else "")
