"""Agreement templates: the library that comes with Concordat, and who uses which version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy import func, select

from app.access.actor import Actor
from app.domain import redline
from app.domain.clauses import ClauseTree, Kind
from app.domain.numbering import Label
from app.domain.redline import Redline, RedlineNode
from app.formats import template_source
from app.formats.template_source import Risk, TemplateDocument
from app.kernel.errors import NotFound
from app.models.agreements import Agreement
from app.queries.reading import session as this_session


@dataclass(frozen=True)
class Size:
    """How long a text is, in what a reader counts."""

    articles: int
    annexes: int
    clauses: int


@dataclass(frozen=True)
class Family:
    """A template with all its versions, the newest first."""

    slug: str
    versions: tuple[TemplateDocument, ...]
    size: Size

    @property
    def newest(self) -> TemplateDocument:
        """The version to start from."""
        return self.versions[0]


@dataclass(frozen=True)
class Use:
    """An agreement that was made from a template."""

    title: str
    slug: str
    version: str


def families() -> tuple[Family, ...]:
    """The library: frameworks first, then by title. No statement."""
    return tuple(sorted(_library().values(), key=_order))


def get_family(slug: str) -> Family:
    """One template with its versions. Raises NotFound."""
    try:
        return _library()[slug]
    except KeyError:
        raise NotFound("There is no template of this name. The library lists them all.") from None


def get_template(slug: str, version: str) -> TemplateDocument:
    """One version of a template. Raises NotFound."""
    family = get_family(slug)
    for document in family.versions:
        if document.version == version:
            return document
    raise NotFound(
        "{title} has no version {version}. Its newest is {newest}.",
        title=family.newest.title,
        version=version,
        newest=family.newest.version,
    )


@cache
def risks_of(slug: str, version: str) -> tuple[Risk, ...]:
    """Who gains, pays and risks what with a template, and which clauses answer it."""
    return template_source.risks(template_source.SHIPPED, get_template(slug, version))


@cache
def labels_of(slug: str, version: str) -> Mapping[str, Label]:
    """The number of every clause of a template, by its id and by the key references use."""
    return template_source.template_labels(get_template(slug, version))


def blank_labels(document: TemplateDocument) -> dict[str, str]:
    """The words that stand for each blank of a template while it is empty."""
    return {blank.name: blank.label for blank in template_source.blanks(document)}


@cache
def redline_of(slug: str, old: str, new: str) -> Redline:
    """What changed between two versions of a template, every alternative shown. NotFound."""
    before, after = get_template(slug, old), get_template(slug, new)
    built = redline.build(before.tree, after.tree)
    was, now = labels_of(slug, old), labels_of(slug, new)
    nodes = tuple(_numbered(node, was, now) for node in built.nodes)
    return replace(built, nodes=nodes, labels=now, old_labels=was)


def uses_of(actor: Actor, slug: str) -> Sequence[Use]:
    """The agreements the actor takes part in that were made from a template; one statement."""
    ids = {standing.agreement_id for standing in actor.standings}
    rows = this_session().execute(
        select(Agreement.title, Agreement.slug, Agreement.template_version)
        .where(Agreement.id.in_(ids), Agreement.template_slug == slug)
        .order_by(Agreement.created_at.desc())
    )
    return [Use(*row) for row in rows]


def count_uses(actor: Actor) -> Mapping[str, int]:
    """How many agreements the actor takes part in, by template; one statement."""
    ids = {standing.agreement_id for standing in actor.standings}
    rows = this_session().execute(
        select(Agreement.template_slug, func.count())
        .where(Agreement.id.in_(ids))
        .group_by(Agreement.template_slug)
    )
    return dict(rows.all())


def size_of(tree: ClauseTree) -> Size:
    """How many articles, annexes and numbered clauses a text has."""
    tops = [node for node in tree.clauses if node.kind is Kind.CLAUSE]
    for node in tree.clauses:
        if node.kind is Kind.DIVISION:
            tops += [child for child in node.children if child.kind is Kind.CLAUSE]
    held = [node.kind for node in tree.walk()]
    return Size(len(tops), held.count(Kind.ANNEX), held.count(Kind.CLAUSE))


@cache
def _library() -> Mapping[str, Family]:
    """Read once a process: the files of a release do not change."""
    found: dict[str, list[TemplateDocument]] = {}
    for (slug, _), document in template_source.library(template_source.SHIPPED).items():
        found.setdefault(slug, []).insert(0, document)
    return {
        slug: Family(slug, tuple(versions), size_of(template_source.instantiate(versions[0]).tree))
        for slug, versions in found.items()
    }


def _order(family: Family) -> tuple[bool, str]:
    return family.newest.scenario != "framework", family.newest.title


def _numbered(node: RedlineNode, was: Mapping[str, Label], now: Mapping[str, Label]) -> RedlineNode:
    """A node with the numbers of a template, where two alternatives share one."""
    return replace(
        node,
        old_label=was.get(node.key) if node.old_label else None,
        new_label=now.get(node.key) if node.new_label else None,
        children=tuple(_numbered(child, was, now) for child in node.children),
    )
