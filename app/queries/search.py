"""Search: agreements, definitions, clauses, comments, amendments and templates by their words.

Only what the actor may read is looked at: the newest version of each agreement they take part in,
and what was said and proposed there. A draft is nobody's to find. What an organisation noted inside
is in no index: the notes of the reader's own are read word by word.
"""

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Literal, TypeVar

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Select,
    Uuid,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from app.access.actor import Actor
from app.domain import finding, numbering, prose
from app.domain.clauses import Kind
from app.domain.finding import Fragment
from app.formats import markdown
from app.kernel.errors import NotFound
from app.kernel.said import said
from app.models.agreements import Agreement, Version
from app.models.amendments import AmendmentRow
from app.models.clauses import ClauseRow, tree_of
from app.models.comments import Comment, Thread
from app.models.people import Organisation
from app.queries import inside
from app.queries.agreements import agreements_of
from app.queries.amendments import DRAFTS
from app.queries.reading import session as this_session
from app.queries.templates import families

Sort = Literal[
    "agreements", "definitions", "clauses", "comments", "amendments", "notes", "templates"
]
Rows = TypeVar("Rows", bound=Select[*tuple[Any, ...]])
SORTS: Mapping[Sort, str] = {
    "agreements": said("Agreements"),
    "definitions": said("Definitions"),
    "clauses": said("Clauses"),
    "comments": said("Comments"),
    "amendments": said("Amendments"),
    "notes": said("Internal notes"),
    "templates": said("Templates"),
}
"""What can be found, in the order in which it is shown."""

FEW, MANY = 5, 30
"""How many hits of a sort are shown beside the others, and alone."""

_FOUND = table("found_words", column("kind"), column("ref"), column("words"))


@dataclass(frozen=True)
class Hit:
    """One thing found: what it is called, the words around the hit, and where it stands.

    `noun` and `value` name its page in the agreement `slug`; a template has a slug and a version.
    """

    name: str
    where: str
    excerpt: tuple[Fragment, ...]
    slug: str
    noun: str
    value: str = ""


@dataclass(frozen=True)
class Group:
    """The hits of one sort, the best first, and how many there are in all."""

    sort: Sort
    words: str
    hits: tuple[Hit, ...]
    total: int


@dataclass(frozen=True)
class Found:
    """What a question found; `words` are those that were looked for."""

    words: tuple[str, ...]
    groups: tuple[Group, ...]
    agreements: tuple[tuple[str, str], ...]

    @property
    def total(self) -> int:
        """How much was found in all."""
        return sum(group.total for group in self.groups)


@dataclass(frozen=True)
class _Search:
    session: Session
    words: tuple[str, ...]
    agreements: Mapping[uuid.UUID, Agreement]
    own: Mapping[uuid.UUID, Collection[uuid.UUID]]
    limit: int
    skip: int


def search(actor: Actor, question: str, *, sort: str = "", slug: str = "", skip: int = 0) -> Found:
    """Look for every word of a question, in one sort or all, in one agreement or all.

    A fixed number of statements: eight at most. Raises NotFound for an agreement the actor takes
    no part in.
    """
    words = finding.wanted(question)
    held = agreements_of(actor)
    choices = tuple((one.slug, one.title) for one in held)
    if slug and slug not in dict(choices):
        raise NotFound("There is no such agreement, or you take no part in it.")
    if not words:
        return Found((), (), choices)
    chosen = {one.id: one for one in held if slug in {"", one.slug}}
    sorts = [each for each in SORTS if sort in {"", each}]
    own = {one: actor.organisations_in(one) for one in chosen}
    looked = _Search(this_session(), words, chosen, own, MANY if sort else FEW, skip)
    groups = (_LOOKERS[each](looked) for each in sorts if not (slug and each == "templates"))
    return Found(words, tuple(group for group in groups if group.total), choices)


def _agreements(asked: _Search) -> Group:
    fitting = [
        Hit(one.title, "", (), one.slug, "agreement")
        for one in asked.agreements.values()
        if finding.holds(one.title, asked.words)
    ]
    return _cut("agreements", fitting, asked)


def _templates(asked: _Search) -> Group:
    fitting = [
        Hit(
            " ".join(filter(None, (family.newest.title, name))),
            "",
            finding.excerpt(text, asked.words),
            family.slug,
            "template",
            family.newest.version,
        )
        for family in families()
        for name, text, folded in _template_texts(family.slug)
        if all(f" {word}" in folded for word in asked.words)
    ]
    return _cut("templates", fitting, asked)


@cache
def _template_texts(slug: str) -> tuple[tuple[str, str, str], ...]:
    """Every clause of a family's newest version: its label and heading, its text, both folded."""
    document = next(one for one in families() if one.slug == slug).newest
    labels = numbering.labels(document.tree)
    return tuple(
        (
            _named(labels[node.key].full, node),
            _shown(node.text),
            " " + " ".join(finding.words_in(f"{prose.plain(node.heading)} {_shown(node.text)}")),
        )
        for node in document.tree.walk()
    )


def _cut(sort: Sort, hits: Sequence[Hit], asked: _Search) -> Group:
    shown = tuple(hits[asked.skip : asked.skip + asked.limit])
    return Group(sort, SORTS[sort], shown, len(hits))


def _clauses(asked: _Search, sort: Sort = "clauses") -> Group:
    """The clauses of a sort: definitions, or all others."""
    is_definition = ClauseRow.kind == Kind.DEFINITION
    newest = (
        select(func.max(Version.number))
        .where(Version.agreement_id == Agreement.id)
        .correlate(Agreement)
        .scalar_subquery()
    )
    query = (
        select(ClauseRow, Version.agreement_id, func.count().over().label("total"))
        .join(Version, Version.id == ClauseRow.version_id)
        .join(Agreement, Agreement.id == Version.agreement_id)
        .where(Agreement.id.in_(asked.agreements), Version.number == newest)
        .where(is_definition if sort == "definitions" else ~is_definition)
    )
    rows = asked.session.execute(_ranked(asked, query, "clause", ClauseRow.id)).all()
    labels = _labels(asked.session, {row.ClauseRow.version_id for row in rows})
    return Group(
        sort,
        SORTS[sort],
        tuple(_clause_hit(asked, row.ClauseRow, row.agreement_id, labels) for row in rows),
        rows[0].total if rows else 0,
    )


def _clause_hit(
    asked: _Search, row: ClauseRow, agreement_id: uuid.UUID, labels: Mapping[Any, str]
) -> Hit:
    agreement = asked.agreements[agreement_id]
    name = _named(labels[row.version_id, row.key], row)
    text = finding.excerpt(_shown(row.text), asked.words)
    return Hit(name or said("Unnumbered"), agreement.title, text, agreement.slug, "clause", row.key)


def _named(label: str, node: Any) -> str:
    """A clause by its label and heading; a definition's label names its term already."""
    heading = "" if node.kind == Kind.DEFINITION and label else prose.plain(node.heading)
    return f"{label} {heading}".strip()


def _labels(session: Session, versions: set[uuid.UUID]) -> Mapping[tuple[uuid.UUID, str], str]:
    rows = session.scalars(
        select(Version).where(Version.id.in_(versions)).options(selectinload(Version.clauses))
    )
    return {
        (version.id, key): label.full
        for version in rows
        for key, label in numbering.labels(tree_of(version)).items()
    }


def _comments(asked: _Search) -> Group:
    query = (
        select(
            Comment.text,
            Thread.number,
            Thread.agreement_id,
            Organisation.name,
            func.count().over().label("total"),
        )
        .join(Thread, Thread.id == Comment.thread_id)
        .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
        .where(Thread.agreement_id.in_(asked.agreements), Comment.retracted_at.is_(None))
    )
    rows = asked.session.execute(_ranked(asked, query, "comment", Comment.id)).all()
    hits = (
        _hit(
            asked,
            row,
            said("Comment {number} of {name}", number=row.number, name=_who(row)),
            markdown.to_plain(row.text, len(row.text)),
            ("thread", str(row.number)),
        )
        for row in rows
    )
    return Group("comments", SORTS["comments"], tuple(hits), rows[0].total if rows else 0)


def _amendments(asked: _Search) -> Group:
    query = (
        select(
            AmendmentRow.rationale,
            AmendmentRow.operations,
            AmendmentRow.label,
            AmendmentRow.agreement_id,
            Organisation.name,
            func.count().over().label("total"),
        )
        .outerjoin(Organisation, Organisation.id == AmendmentRow.organisation_id)
        .where(AmendmentRow.agreement_id.in_(asked.agreements), AmendmentRow.state.not_in(DRAFTS))
    )
    rows = asked.session.execute(_ranked(asked, query, "amendment", AmendmentRow.id)).all()
    hits = (
        _hit(
            asked,
            row,
            said("Amendment {label} of {name}", label=row.label, name=_who(row)),
            _best(asked, row),
            ("amendment", row.label),
        )
        for row in rows
    )
    return Group("amendments", SORTS["amendments"], tuple(hits), rows[0].total if rows else 0)


def _notes(asked: _Search) -> Group:
    """What the reader's own organisations noted among themselves, the newest first."""
    hits = [
        _hit(asked, row, said("Note of {name}", name=row.name), text, ("inside", str(row.note_id)))
        for row in inside.remarks_of(asked.session, asked.own)
        if finding.holds(text := markdown.to_plain(row.text, len(row.text)), asked.words)
    ]
    return _cut("notes", hits, asked)


def _best(asked: _Search, row: Any) -> str:
    """The one of an amendment's texts that has the words: its reason, or what it would say."""
    texts = [markdown.to_plain(row.rationale, len(row.rationale))]
    texts += [_shown(words) for words in _texts_in(row.operations)]
    return next((text for text in texts if finding.holds(text, asked.words)), texts[0])


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _texts_in(each)
    elif isinstance(value, dict):
        yield " ".join(str(value.get(name) or "") for name in ("heading", "text")).strip()
        for name in ("node", "children"):
            yield from _texts_in(value.get(name))


def _hit(asked: _Search, row: Any, name: str, text: str, place: tuple[str, str]) -> Hit:
    agreement = asked.agreements[row.agreement_id]
    excerpt = finding.excerpt(text, asked.words)
    return Hit(name, agreement.title, excerpt, agreement.slug, *place)


def _who(row: Any) -> str:
    return row.name or said("the facilitator")


def _ranked(asked: _Search, query: Rows, name: str, key: InstrumentedAttribute[uuid.UUID]) -> Rows:
    """A query narrowed to the rows that have all the words, the best first, the newest of equals.

    The words are letters and figures only (`finding.wanted`), so neither database's language of
    questions can be spoken through them.
    """
    is_sqlite = asked.session.get_bind().dialect.name == "sqlite"
    held = _in_sqlite(asked, name) if is_sqlite else _in_postgresql(asked, name)
    return (
        query.join(held, held.c.ref == key)
        .order_by(held.c.rank, key.desc())
        .offset(asked.skip)
        .limit(asked.limit)
    )


def _in_sqlite(asked: _Search, name: str) -> CTE:
    """Ranked apart: bm25 can't be asked where rows are counted."""
    question = " ".join(f'"{word}"*' for word in asked.words)
    rank: ColumnElement[float] = literal_column("bm25(found_words)")
    return (
        select(type_coerce(_FOUND.c.ref, Uuid()).label("ref"), rank.label("rank"))
        .select_from(_FOUND)
        .where(
            _FOUND.c.kind == name,
            literal_column("found_words", Boolean()).op("match")(question),
        )
        .cte("held")
        .prefix_with("materialized")
    )


def _in_postgresql(asked: _Search, name: str) -> CTE:
    question = " & ".join(f"{word}:*" for word in asked.words)
    words: ColumnElement[Any] = literal_column(f"concordat_words({HELD[name]})")
    sought = func.to_tsquery(literal_column("'simple'::regconfig"), literal(question))
    return (
        select(
            literal_column("id", Uuid()).label("ref"), (-func.ts_rank(words, sought)).label("rank")
        )
        .select_from(table(name))
        .where(words.op("@@")(sought))
        .cte("held")
    )


HELD: Mapping[str, str] = {
    "clause": "heading || ' ' || text",
    "comment": "text",
    "amendment": (
        "rationale || ' ' || jsonb_path_query_array(operations, 'strict $.**.text')::text"
        " || ' ' || jsonb_path_query_array(operations, 'strict $.**.heading')::text"
    ),
}
"""What PostgreSQL's indexes are over, word for word as the migration says it."""


def _shown(text: str) -> str:
    """The words of a clause; a reference or a blank is a gap."""
    return prose.plain(text).replace("\ufffc", "…")


_LOOKERS: Mapping[Sort, Callable[[_Search], Group]] = {
    "agreements": _agreements,
    "definitions": partial(_clauses, sort="definitions"),
    "clauses": _clauses,
    "comments": _comments,
    "amendments": _amendments,
    "notes": _notes,
    "templates": _templates,
}
