"""Where an agreement deviates: from its template, and a specific agreement from its framework."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, url_for
from flask_babel import gettext, lazy_gettext
from markupsafe import Markup

from app.domain import redline
from app.domain.clauses import ClauseTree
from app.domain.deviations import Deviation, Deviations, Pair, Way
from app.domain.numbering import Label
from app.domain.redline import RedlineNode
from app.formats import redline_html
from app.http import auth
from app.http.languages import current, tell
from app.kernel.errors import NotFound
from app.queries import agreements
from app.queries import template_upgrades as found
from app.queries.heads import head_of
from app.queries.reading import session
from app.queries.template_upgrades import Texts
from app.web.rendering import page

door = Blueprint("deviations", __name__, url_prefix="/agreements/<slug:slug>/deviations")

_WAYS: Mapping[Way, str] = {
    "changed": lazy_gettext("Changed"),
    "deleted": lazy_gettext("Deleted"),
    "added": lazy_gettext("Added"),
    "moved": lazy_gettext("Moved"),
}


@dataclass(frozen=True)
class Line:
    """One clause of the report; `template` is its number there, empty for a new one."""

    key: str
    name: str
    template: str
    way: str
    words: Markup


@dataclass(frozen=True)
class Side:
    """A subject in the words of the framework and in those of the specific agreement."""

    name: str
    there: str
    mandatory: bool
    framework: Markup
    specific: Markup


@dataclass(frozen=True)
class View:
    """Against what the agreement is held, as _ui/switch.html asks for it."""

    name: str
    address: str
    current: bool


@door.get("")
def show(slug: str) -> str:
    """Show every clause that is not as the template has it, mandatory ones first."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    texts, report = found.deviations_of(session(), agreement)
    groups = [(gettext("Mandatory clauses"), _lines(slug, texts, report, report.mandatory))]
    groups += [(name, _lines(slug, texts, report, report.of(way))) for way, name in _WAYS.items()]
    return page(
        "deviations/show.html",
        head=head_of(actor, agreement),
        agreement=agreement,
        texts=texts,
        report=report,
        groups=[(name, lines) for name, lines in groups if lines],
        newer=found.newer_versions(agreement),
        views=_views(slug, "template", has_framework=agreement.framework_id is not None),
    )


@door.get("/framework")
def framework(slug: str) -> str:
    """Show what a specific agreement says otherwise than the framework it is made under."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    above = found.framework_of(session(), agreement)
    if above is None:
        raise NotFound("This agreement is not made under a framework.")
    # Whoever reads the one need not take part in the other.
    above = agreements.get_agreement(actor, above.slug)
    texts, theirs, departures = found.departures_of(session(), agreement, above)
    below, there = _Reader(slug, texts), _Reader(above.slug, theirs)
    return page(
        "deviations/framework.html",
        head=head_of(actor, agreement),
        agreement=agreement,
        framework=above,
        texts=texts,
        theirs=theirs,
        departures=departures,
        sides=[_side(pair, there, below) for pair in departures.pairs],
        views=_views(slug, "framework", has_framework=True),
    )


def _lines(
    slug: str, texts: Texts, report: Deviations, deviations: Iterable[Deviation]
) -> list[Line]:
    return [_line(slug, texts, report, one) for one in deviations]


def _line(slug: str, texts: Texts, report: Deviations, one: Deviation) -> Line:
    node = one.node
    now, was = node.new_label, node.old_label
    shown = redline_html.clauses(
        replace(report.redline, title=(), nodes=(node,)),
        tell=tell,
        spoken=current(),
        blanks=texts.blanks,
        tags=False,
        places=False,
        href=lambda key: f"/agreements/{slug}#c-{key}",
    )
    name = now.full if now else ""
    name = name or _near(texts.tree, report.redline.labels, one.key)
    return Line(one.key, name, was.full if was else "", str(_WAYS[one.way]).lower(), shown)


def _near(tree: ClauseTree, labels: Mapping[str, Label], key: str) -> str:
    """The number of the nearest clause above that has one."""
    held = [labels[node.key].full for node in tree.path(key)] if key in tree.nodes else []
    return next((name for name in reversed(held) if name), "")


class _Reader:
    """Reads clauses out of one text."""

    def __init__(self, slug: str, texts: Texts) -> None:
        self.slug, self.texts = slug, texts
        self.line = redline.build(texts.tree, texts.tree)

    def name(self, key: str) -> str:
        return _near(self.texts.tree, self.line.labels, key)

    def words(self, key: str) -> Markup:
        """One clause with all below it, as it reads."""
        return redline_html.clauses(
            replace(self.line, title=(), nodes=_found(self.line.nodes, key)),
            tell=tell,
            spoken=current(),
            blanks=self.texts.blanks,
            tags=False,
            places=False,
            href=lambda place: f"/agreements/{self.slug}#c-{place}",
        )


def _side(pair: Pair, there: _Reader, below: _Reader) -> Side:
    return Side(
        name=below.name(pair.key),
        there=there.name(pair.key),
        mandatory=pair.mandatory,
        framework=there.words(pair.key),
        specific=below.words(pair.key),
    )


def _found(nodes: Iterable[RedlineNode], key: str) -> tuple[RedlineNode, ...]:
    for node in nodes:
        if node.key == key:
            return (node,)
        if held := _found(node.children, key):
            return held
    return ()


def _views(slug: str, here: str, *, has_framework: bool) -> tuple[View, ...]:
    if not has_framework:
        return ()
    return (
        View(
            gettext("From the template"),
            url_for("deviations.show", slug=slug),
            here == "template",
        ),
        View(
            gettext("From the framework"),
            url_for("deviations.framework", slug=slug),
            here == "framework",
        ),
    )
