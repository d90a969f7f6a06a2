"""Versions: the row of them, the text of one with its sources, two of them compared, as Word."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, make_response, request, url_for
from flask_babel import gettext, lazy_gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.domain import excerpts, numbering, redline
from app.domain.change_counts import ChangeCounts
from app.domain.lifecycle import AgreementState
from app.domain.redline import Redline, RedlineNode
from app.formats import redline_html
from app.http import auth
from app.http.languages import tell
from app.kernel.errors import NotFound
from app.queries import agreements as found
from app.queries import origins, template_upgrades, version_pages, word_exports
from app.queries.heads import Head, agreement_and_head, head_of
from app.queries.origins import Decided, Stretch
from app.queries.reading import session
from app.queries.reading_room import Reading
from app.queries.version_pages import Comparison, Edition, Text
from app.queries.word_exports import Wish
from app.web import clauses, files, reading_marks, version_words
from app.web.beside import rows_of
from app.web.clauses import Entry
from app.web.forms.versions import Compare
from app.web.rendering import page
from app.web.turns import turned

if TYPE_CHECKING:
    from app.models.agreements import Agreement

door = Blueprint("versions", __name__, url_prefix="/agreements/<slug:slug>")

_SHOWN_WORDS = 14
_SHOWS = {"changes": lazy_gettext("Changes only"), "beside": lazy_gettext("Side by side")}
_NO_NOTES = clauses.Margin({}, {})


@dataclass(frozen=True)
class Link:
    """A word that leads somewhere; also one of several views."""

    label: str
    address: str
    current: bool = False

    @property
    def name(self) -> str:
        """As _ui/switch.html asks for it."""
        return self.label


@dataclass(frozen=True)
class Line:
    """One version in the row of them, as _ui/lists.timeline asks for it."""

    label: str
    href: str
    moment: object
    sentence: str
    facts: tuple[str, ...]
    current: bool
    actions: tuple[Link, ...]


@door.get("/versions")
def index(slug: str) -> str:
    """Show every version, the newest first, and what each changed."""
    actor = auth.current_actor()
    agreement = found.get_agreement(actor, slug)
    editions = version_pages.editions_of(session(), agreement.id)
    return page(
        "versions/index.html",
        head=head_of(actor, agreement),
        agreement=agreement,
        newer=template_upgrades.newer_versions(agreement),
        versions=[_line(agreement, one, editions) for one in editions],
        compare=_form(one.number for one in editions) if len(editions) > 1 else None,
        is_draft=agreement.state == AgreementState.DRAFTING,
    )


@door.get("/versions/<number:number>")
def show(slug: str, number: int) -> Response:
    """Show the text of one version, with the sources of every clause."""
    actor = auth.current_actor()
    agreement, head = agreement_and_head(actor, slug)
    text = version_pages.text_of_version(session(), agreement, number)
    accepted = origins.accepted_amendments(session(), agreement.id)
    reading = _reading(text, slug, accepted.values())
    nodes = clauses.nodes_of(reading, _NO_NOTES, guided=True)
    behind = origins.amendments_behind(text.tree, text.origins, accepted)
    shown = page(
        "versions/show.html",
        head=head,
        text=text,
        hash=text.tree.version_hash,
        status=word_exports.status_of(agreement, number),
        nodes=nodes,
        outline=_warmed(clauses.outline_of(reading, nodes), text, behind),
        behind=[(one, _labelled(text, keys)) for one, keys in behind],
        touched=len({key for _, keys in behind for key in keys}),
        page={"language": text.tree.language},
    )
    return reading_marks.noted(make_response(shown), slug, number)


@door.get("/compare")
def compare(slug: str) -> str:
    """Show two versions in one, each change under the sign of who made it."""
    actor = auth.current_actor()
    agreement, head = agreement_and_head(actor, slug)
    form = _chosen(head)
    if form is None:
        return page("versions/compare.html", head=head, form=None, rooms_here="versions")
    older, newer = form.older.data, form.newer.data
    compared = version_pages.comparison_of(session(), agreement, older, newer)
    show = request.args.get("show", "")
    made = _led(compared, slug)
    shown = excerpts.folded(excerpts.excerpt(made) if show == "changes" else made)
    reading = _compared(compared, shown)
    nodes, turns = turned(clauses.nodes_of(reading, _NO_NOTES), shown.nodes)
    how = replace(redline_html.shown(made, tell=tell), blanks=reading.blanks)
    return page(
        "versions/compare.html",
        head=head,
        form=form,
        compared=compared,
        counts=version_words.told(_counts(made)),
        is_same=_counts(made).is_none,
        changed=tuple(_changed(made.nodes)),
        nodes=nodes,
        turns=turns,
        sides=rows_of(excerpts.folded(excerpts.excerpt(made)), how) if show == "beside" else (),
        page={"language": compared.new.tree.language},
        views=_views(slug, older, newer, show),
        hands=_hands(made, compared),
    )


@door.get("/versions/<number:number>.docx")
def as_word(slug: str, number: int) -> Response:
    """One version as a Word file; with comments where the address asks for them."""
    wants = request.args.get("comments") == "1"
    return _taken(slug, Wish("copy", version=number, comments=wants))


@door.get("/versions/draft.docx")
def draft_as_word(slug: str) -> Response:
    """The draft as a Word file, while there is no version."""
    agreement = found.get_agreement(auth.current_actor(), slug)
    version_pages.text_of_draft(session(), agreement)
    return _taken(slug, Wish("copy"))


@door.get("/compare.docx")
def comparison_as_word(slug: str) -> Response:
    """Two versions compared, as a Word file with tracked changes."""
    actor = auth.current_actor()
    form = _chosen(head_of(actor, found.get_agreement(actor, slug)))
    if form is None or form.asks_for_unknown:
        raise NotFound("There are no such versions to compare.")
    return _taken(slug, Wish("compare", version=form.older.data, against=form.newer.data))


def _taken(slug: str, wish: Wish) -> Response:
    agreement = found.get_agreement(auth.current_actor(), slug)
    made = word_exports.export(session(), agreement, wish)
    return files.attachment(made.name, files.WORD, made.content)


def _form(numbers: Iterable[int]) -> Compare:
    form = Compare(request.args)
    form.offer(tuple(numbers))
    return form


def _chosen(head: Head) -> Compare | None:
    """Which two are compared; None while there are not two."""
    return _form(range(1, head.version + 1)) if head.version > 1 else None


def _line(agreement: "Agreement", one: Edition, editions: Sequence[Edition]) -> Line:
    slug, number = agreement.slug, one.number
    actions = [Link(gettext("Word copy"), url_for("versions.as_word", slug=slug, number=number))]
    if one.changes is not None:
        changed = _between("compare", slug, number - 1, number)
        actions.insert(0, Link(gettext("What changed"), changed))
        redlined = _between("comparison_as_word", slug, number - 1, number)
        actions.append(Link(gettext("Word with tracked changes"), redlined))
    status = word_exports.status_of(agreement, number)
    facts = (
        gettext("published by %(person)s", person=one.by),
        gettext("text %(hash)s", hash=one.hash[:12]),
    )
    return Line(
        label=version_words.called(number, status),
        href=url_for("versions.show", slug=slug, number=number),
        moment=one.published_at,
        sentence=" ".join(filter(None, [one.note, version_words.came(one)])),
        facts=facts,
        current=one is editions[0],
        actions=tuple(actions),
    )


def _counts(made: Redline) -> ChangeCounts:
    changes = [node.change for node in _walk(made.nodes)]
    return ChangeCounts(
        came=changes.count("insert"),
        went=changes.count("delete"),
        reworded=changes.count("text"),
        moved=changes.count("moved-to"),
    )


def _walk(nodes: Iterable[RedlineNode]) -> Iterable[RedlineNode]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def _changed(nodes: Iterable[RedlineNode]) -> Iterable[Link]:
    """The changed clauses that have a number, to go to."""
    for node in _walk(nodes):
        if node.change in {"text", "insert", "moved-to"} and node.label.full:
            yield Link(node.label.full, f"#c-{node.key}")


def _led(compared: Comparison, slug: str) -> Redline:
    """The redline with tags that lead to the amendments."""
    authors = {
        number: replace(author, href=f"/agreements/{slug}/amendments/{author.label}")
        for number, author in compared.redline.authors.items()
    }
    return replace(compared.redline, authors=authors)


def _hands(made: Redline, compared: Comparison) -> tuple[Decided, ...]:
    """The amendments whose hand is seen in a comparison."""
    numbers = {
        number
        for node in _walk(made.nodes)
        for part in (*node.heading, *node.text)
        if isinstance(part, redline.Change)
        for number in part.by
    } | {number for node in _walk(made.nodes) for number in node.by}
    return tuple(one for one in compared.decided if one.number in numbers)


def _views(slug: str, older: int, newer: int, show: str) -> tuple[Link, ...]:
    whole = _between("compare", slug, older, newer)
    return (
        Link(gettext("Whole text"), whole, current=show not in _SHOWS),
        *(Link(name, f"{whole}&show={key}", current=show == key) for key, name in _SHOWS.items()),
    )


def _between(function: str, slug: str, older: int, newer: int, **more: str) -> str:
    """The address of something about two versions."""
    values: dict[str, Any] = {"slug": slug, "from": older, "to": newer, **more}
    return url_for(f"versions.{function}", **values)


def _reading(text: Text, slug: str, accepted: Iterable[Decided]) -> Reading:
    """A version as the reading room takes it: no notes, and sources in the place of guidance."""
    known = {one.label: one for one in accepted}
    why = {
        node.key: _sources(origins.stretches(text.tree, node.key, text.origins, known), slug)
        for node in text.tree.walk()
    }
    reading = _bare(text, redline.build(text.tree, text.tree))
    return replace(reading, guidance={key: told for key, told in why.items() if told})


def _compared(compared: Comparison, shown: Redline) -> Reading:
    blanks = {**compared.old.blanks, **compared.new.blanks}
    return replace(_bare(compared.old, shown), view="all", blanks=blanks)


def _bare(text: Text, shown: Redline) -> Reading:
    """A text without anything beside it."""
    return Reading(
        view="stands",
        base=text.tree,
        redline=shown,
        is_draft=text.version is None,
        round=None,
        proposals=(),
        remarks=(),
        contested=frozenset(),
        guidance={},
        blanks=text.blanks,
    )


def _warmed(
    entries: Iterable[Entry], text: Text, behind: Sequence[tuple[Decided, tuple[str, ...]]]
) -> tuple[Entry, ...]:
    """The contents with the number of amendments that left words below each entry."""
    below: defaultdict[str, set[int]] = defaultdict(set)
    for one, keys in behind:
        for key in keys:
            at: str | None = key
            while at is not None:
                below[at].add(one.number)
                at = text.tree.parents[at]

    def warmed(entry: Entry) -> Entry:
        children = tuple(warmed(child) for child in entry.children)
        return replace(entry, heat=len(below[entry.key]), children=children)

    return tuple(warmed(entry) for entry in entries)


def _sources(stretches: Sequence[Stretch], slug: str) -> Markup:
    """Why a clause is here: one line for each source, with its words where there are several."""
    several = len(stretches) > 1
    lines = [_source(one, slug, quoted=several) for one in stretches]
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)


def _source(one: Stretch, slug: str, *, quoted: bool) -> Markup:
    told = Markup("{}").format(tell(one.told.words))
    if one.told.label:
        told = _linked(tell(one.told.words), one.told.label, slug)
    if one.told.reason:
        told = Markup("{} {}").format(told, tell(one.told.reason))
    if one.is_removed:
        before, _, after = gettext("{words} was taken out.").partition("{words}")
        gone = Markup("{}<q><del>{}</del></q>{}").format(before, _short(one.words), after)
        return Markup("{} {}").format(gone, told)
    return Markup("<q>{}</q> {}").format(_short(one.words), told) if quoted else told


def _linked(words: str, label: str, slug: str) -> Markup:
    """A sentence about an amendment, which its name leads to."""
    name = gettext("Amendment %(label)s", label=label)
    before, name, after = words.partition(name if name in words else label)
    link = Markup('<a href="{}">{}</a>').format(f"/agreements/{slug}/amendments/{label}", name)
    return Markup("{}{}{}").format(before, link, after)


def _short(words: str) -> str:
    held = words.replace("\ufffc", "…").split()
    return " ".join(held[:_SHOWN_WORDS]) + (" …" if len(held) > _SHOWN_WORDS else "")


def _labelled(text: Text, keys: Sequence[str]) -> tuple[Link, ...]:
    """Clauses by the number they have in this text, or by that of the nearest above."""
    labels = numbering.labels(text.tree)
    links: dict[str, Link] = {}
    for key in keys:
        at: str | None = key
        while at is not None and not labels[at].full:
            at = text.tree.parents[at]
        if at is not None:
            links.setdefault(at, Link(labels[at].full, f"#c-{at}"))
    return tuple(links.values())
