"""The brief: an agreement on one page, for somebody who decides whether to sign it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.access.actor import Actor
from app.domain import numbering, prose
from app.domain.changed_clauses import What, changed_clauses
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.numbering import Label
from app.formats.template_source import Risk
from app.kernel.errors import NotFound
from app.models.agreements import Agreement, Version
from app.models.clauses import tree_of
from app.models.comments import Thread
from app.queries import home, templates
from app.queries.agreements import parties_of
from app.queries.home import Due
from app.queries.reading import session as this_session
from app.queries.reading_room import text_of

MOST = 8
"""How many changed clauses a page names; the rest is counted."""

_GIST = 90


@dataclass(frozen=True)
class Place:
    """A clause as a brief names it; `key` leads to it, "" where it no longer stands."""

    label: str
    words: str
    key: str = ""


@dataclass(frozen=True)
class Change:
    """What became of a clause since the version before."""

    place: Place
    what: What


@dataclass(frozen=True)
class Stake:
    """What somebody gains, pays or risks, the clauses that answer it, and what they leave open."""

    actor: str
    words: str
    answers: tuple[Place, ...]
    left: str


@dataclass(frozen=True)
class Brief:
    """All that the page says. Changes are counted from version `since`; 0 where there is none."""

    version: int
    hash: str
    summary: str
    parties: tuple[str, ...]
    articles: tuple[Place, ...]
    annexes: tuple[Place, ...]
    stakes: Mapping[str, tuple[Stake, ...]]
    since: int
    changes: tuple[Change, ...]
    more_changes: int
    debated: tuple[tuple[Place, int], ...]
    owed: tuple[Due, ...]
    threshold: int | None


def brief_of(actor: Actor, agreement: Agreement) -> Brief:
    """The brief of an agreement as it stands now, and what the actor owes it."""
    session = this_session()
    tree, version = text_of(session, agreement)
    labels = numbering.labels(tree)
    before = _version_before(session, agreement, version)
    changes = tuple(_changes(before, tree, labels))
    tops = tuple(_tops(tree.clauses))
    return Brief(
        version=version.number if version else 0,
        hash=tree.version_hash,
        summary=_summary(agreement),
        parties=tuple(party.name for party in parties_of(session, agreement.id)),
        articles=tuple(_place(node, labels) for node in tops if node.kind is Kind.CLAUSE),
        annexes=tuple(_place(node, labels) for node in tops if node.kind is Kind.ANNEX),
        stakes=_stakes(agreement, version, tree, labels),
        since=before.number if before else 0,
        changes=changes[:MOST],
        more_changes=max(0, len(changes) - MOST),
        debated=tuple(_debated(session, agreement, tree, labels)),
        owed=tuple(due for due in home.due_of(actor) if due.slug == agreement.slug),
        threshold=agreement.threshold,
    )


def _version_before(
    session: Session, agreement: Agreement, version: Version | None
) -> Version | None:
    if version is None or version.number < 2:
        return None
    return session.scalars(
        select(Version)
        .where(Version.agreement_id == agreement.id, Version.number == version.number - 1)
        .options(selectinload(Version.clauses))
    ).one()


def _changes(
    before: Version | None, tree: ClauseTree, labels: Mapping[str, Label]
) -> Iterator[Change]:
    if before is None:
        return
    old = tree_of(before)
    was = numbering.labels(old)
    for one in changed_clauses(old, tree):
        if one.what == "deleted":
            place = _place(old.find(one.key), was)
            yield Change(Place(place.label, place.words), one.what)
        else:
            yield Change(_place(tree.find(one.key), labels), one.what)


def _tops(nodes: Sequence[Clause]) -> Iterator[Clause]:
    for node in nodes:
        if node.kind is Kind.DIVISION:
            yield from _tops(node.children)
        elif node.heading:
            yield node


def _place(node: Clause, labels: Mapping[str, Label]) -> Place:
    named = node.heading if node.kind is not Kind.DEFINITION else ""
    words = prose.plain(named or node.text).replace("\ufffc", "…").replace("….", "…")
    if len(words) > _GIST:
        words = words[:_GIST].rsplit(" ", 1)[0] + " …"
    return Place(labels[node.key].full, words, node.key)


def _summary(agreement: Agreement) -> str:
    try:
        return templates.get_template(agreement.template_slug, agreement.template_version).summary
    except NotFound:
        return ""


def _stakes(
    agreement: Agreement, version: Version | None, tree: ClauseTree, labels: Mapping[str, Label]
) -> Mapping[str, tuple[Stake, ...]]:
    """The template's table of gains, costs and risks, with the numbers of today's clauses."""
    try:
        risks = templates.risks_of(agreement.template_slug, agreement.template_version)
    except NotFound:
        return {}
    beside: Mapping[str, Any] = version.beside if version else {}
    keys = {id_: key for key, id_ in beside.get("template_ids", {}).items()}
    held = {node.key: node for node in tree.walk()}

    def stake(risk: Risk) -> Stake:
        answers = (held[key] for key in (keys.get(id_, id_) for id_ in risk.clauses) if key in held)
        places = tuple(_place(node, labels) for node in answers)
        return Stake(risk.actor, risk.text, places, risk.left)

    return {
        kind: tuple(stake(risk) for risk in risks if risk.kind == kind)
        for kind in ("gain", "cost", "risk")
    }


def _debated(
    session: Session, agreement: Agreement, tree: ClauseTree, labels: Mapping[str, Label]
) -> Iterator[tuple[Place, int]]:
    """The clauses with the most open conversations, three at most."""
    rows = session.execute(
        select(Thread.clause_key, func.count().label("many"))
        .where(
            Thread.agreement_id == agreement.id,
            Thread.clause_key.is_not(None),
            Thread.resolved_at.is_(None),
        )
        .group_by(Thread.clause_key)
        .order_by(func.count().desc(), Thread.clause_key)
        .limit(3)
    )
    held = {node.key: node for node in tree.walk()}
    for row in rows:
        if row.clause_key in held:
            yield _place(held[row.clause_key], labels), row.many
