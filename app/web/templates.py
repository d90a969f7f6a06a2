"""Templates: the library, one template in full, and what changed between two of its versions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.domain import excerpts
from app.domain.numbering import Label
from app.domain.redline import Redline
from app.formats.template_source import Risk, TemplateDocument, questions
from app.http import auth
from app.queries import templates
from app.queries.reading_room import Reading
from app.queries.templates import Family
from app.web import clauses
from app.web.lessons import Beside, Lesson, lessons_of, options_of
from app.web.rendering import page

door = Blueprint("templates", __name__, url_prefix="/templates")

_DRAWINGS = {"joint-service": "joint", "new-service": "new-service", "matchmaking": "matchmaking"}
_NO_NOTES = clauses.Margin({}, {})
_KINDS = {
    "gain": lazy_gettext("Gains"),
    "cost": lazy_gettext("Pays"),
    "risk": lazy_gettext("Risks"),
}


@dataclass(frozen=True)
class Card:
    """A template on its shelf, as _ui/library.card asks for it."""

    slug: str
    title: str
    href: str
    summary: str
    meta: str
    drawing: str
    uses: int


@dataclass(frozen=True)
class Answer:
    """A clause that answers a risk."""

    label: str
    href: str


@dataclass(frozen=True)
class RiskLine:
    """What one actor gains, pays or risks."""

    words: str
    answers: tuple[Answer, ...]
    left: str


@dataclass(frozen=True)
class RiskGroup:
    """All of one kind for one actor."""

    actor: str
    kind: str
    lines: tuple[RiskLine, ...]


@dataclass(frozen=True)
class Contents:
    """A line of the contents: an article or annex."""

    key: str
    label: str
    title: Markup
    mark: str


@door.get("")
def index() -> str:
    """Show the templates, each with what it is for and how long it is."""
    uses = templates.count_uses(auth.current_actor())
    cards = [_card(family, uses) for family in templates.families()]
    return page("templates/index.html", cards=cards, families=templates.families())


@door.get("/<slug:slug>")
def newest(slug: str) -> Response:
    """Lead to the newest version of a template."""
    family = templates.get_family(slug)
    return redirect(url_for("templates.show", slug=slug, version=family.newest.version))


@door.get("/<slug:slug>/<version>")
def show(slug: str, version: str) -> str:
    """Show the whole text of a template with its guidance, options and risk table."""
    document = templates.get_template(slug, version)
    labels = templates.labels_of(slug, version)
    beside = Beside(
        labels,
        blanks=templates.blank_labels(document),
        guidance=document.guidance,
        options=options_of(document),
        mandatory=document.mandatory,
        rules=document.rules,
    )
    nodes = lessons_of(document.tree, beside)
    return page(
        "templates/show.html",
        document=document,
        family=templates.get_family(slug),
        nodes=nodes,
        contents=list(_contents(nodes)),
        risks=list(_risks(templates.risks_of(slug, version), labels)),
        uses=templates.uses_of(auth.current_actor(), slug),
        parties=parties_words(document),
        asked=len(questions(document)),
    )


@door.get("/<slug:slug>/compare")
def compare(slug: str) -> str:
    """Show what changed from one version of a template to another, as a redline."""
    family = templates.get_family(slug)
    latest = family.newest.version
    before = family.versions[1].version if len(family.versions) > 1 else latest
    old = templates.get_template(slug, request.args.get("from") or before)
    new = templates.get_template(slug, request.args.get("to") or latest)
    whole = request.args.get("show") == "whole"
    line = templates.redline_of(slug, old.version, new.version)
    shown = line if whole else excerpts.excerpt(line)
    changed = old.version != new.version
    return page(
        "templates/compare.html",
        family=family,
        old=old,
        new=new,
        whole=whole,
        nodes=clauses.nodes_of(_reading(old, new, shown), _NO_NOTES) if changed else (),
        page={"language": new.language},
    )


def _reading(old: TemplateDocument, new: TemplateDocument, line: Redline) -> Reading:
    """Two versions of a template as the reading room shows a text."""
    return Reading(
        view="all",
        base=new.tree,
        redline=line,
        is_draft=True,
        round=None,
        proposals=(),
        remarks=(),
        contested=frozenset(),
        guidance={},
        blanks={**templates.blank_labels(old), **templates.blank_labels(new)},
    )


def parties_words(document: TemplateDocument) -> str:
    """Between how many a template is made: "1 Coordinator and 1 to 9 Partners"."""
    parts = []
    for role in document.roles:
        most = role.maximum
        count = f"{role.minimum}"
        if most != role.minimum:
            count = gettext(
                "%(fewest)s to %(most)s", fewest=role.minimum, most=most or gettext("any")
            )
        parts.append(f"{count} {role.label}{'' if most == 1 else 's'}")
    return f" {gettext('and')} ".join(parts)


def _card(family: Family, uses: Mapping[str, int]) -> Card:
    newest_version, size = family.newest, family.size
    facts = [
        parties_words(newest_version),
        ngettext("%(num)s article", "%(num)s articles", size.articles),
        ngettext("%(num)s annex", "%(num)s annexes", size.annexes) if size.annexes else "",
        gettext("version %(number)s", number=newest_version.version),
    ]
    return Card(
        slug=family.slug,
        title=newest_version.title,
        href=url_for("templates.show", slug=family.slug, version=newest_version.version),
        summary=newest_version.summary,
        meta=" · ".join(filter(None, facts)),
        drawing=_DRAWINGS.get(newest_version.scenario, "framework"),
        uses=uses.get(family.slug, 0),
    )


def _contents(nodes: Iterable[Lesson]) -> Iterator[Contents]:
    """Every article and annex; what is in a division stands without it."""
    for node in nodes:
        if node.kind == "division":
            yield from _contents(node.children)
        elif node.is_section and node.label:
            mark = node.option.partition(",")[0].partition(".")[0].lower()
            yield Contents(node.key, node.label, node.heading_html, mark)


def _risks(rows: Iterable[Risk], labels: Mapping[str, Label]) -> Iterator[RiskGroup]:
    """The rows by actor, then gains, costs and risks."""
    held = list(rows)
    for actor in dict.fromkeys(row.actor for row in held):
        for kind, words in _KINDS.items():
            lines = [
                RiskLine(row.text, tuple(_answers(row, labels)), row.left)
                for row in held
                if row.actor == actor and row.kind == kind
            ]
            if lines:
                yield RiskGroup(actor, words, tuple(lines))


def _answers(row: Risk, labels: Mapping[str, Label]) -> Iterator[Answer]:
    for key in row.clauses:
        label = labels.get(key)
        yield Answer(label.full or gettext("there") if label else key, f"#c-{key}")
