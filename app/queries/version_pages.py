"""The versions of an agreement as pages show them: the row of them, one, two side by side."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload, undefer

from app.domain import attribution, provenance, redline
from app.domain.change_counts import ChangeCounts, Line, counted
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AgreementState
from app.domain.provenance import NodeProvenance, Provenance
from app.domain.redline import Author, Redline
from app.kernel.errors import NotFound
from app.kernel.said import said
from app.models.agreements import Agreement, Draft, Version
from app.models.amendments import AmendmentRow
from app.models.clauses import ClauseRow, tree_of
from app.models.people import User
from app.queries import origins as sources
from app.queries.origins import Decided
from app.queries.reading_room import blank_labels


@dataclass(frozen=True)
class Edition:
    """One version in the row of them. `changes` is None for the first."""

    number: int
    published_at: datetime
    by: str
    hash: str
    note: str
    changes: ChangeCounts | None
    amendments: int


@dataclass(frozen=True)
class Text:
    """One version with its text, where its words come from, and what blanks wait for."""

    number: int
    version: Version | None
    tree: ClauseTree
    origins: Provenance
    blanks: Mapping[str, str]
    guidance: Mapping[str, str]
    by: str
    published_at: datetime

    @property
    def name(self) -> str:
        """What it is called within a sentence."""
        return said("version {number}", number=self.number) if self.number else said("the draft")


@dataclass(frozen=True)
class Comparison:
    """Two versions in one, each change put down to who made it."""

    old: Text
    new: Text
    redline: Redline
    decided: tuple[Decided, ...]


def editions_of(session: Session, agreement_id: uuid.UUID) -> tuple[Edition, ...]:
    """Every version with what it changed, the newest first: three statements."""
    rows = session.execute(
        select(
            Version.id,
            Version.number,
            Version.published_at,
            Version.hash,
            Version.note,
            User.name,
        )
        .join(User, User.id == Version.published_by)
        .where(Version.agreement_id == agreement_id)
        .order_by(Version.number)
    ).all()
    lines = _lines(session, agreement_id)
    accepted = _accepted(session, agreement_id)
    found = []
    for at, row in enumerate(rows):
        before = rows[at - 1] if at else None
        held = lines[row.id]
        found.append(
            Edition(
                number=row.number,
                published_at=row.published_at,
                by=row.name,
                hash=row.hash,
                note=row.note,
                changes=counted(lines[before.id], held) if before else None,
                amendments=accepted.get(before.id, 0) if before else 0,
            )
        )
    return tuple(reversed(found))


def _lines(session: Session, agreement_id: uuid.UUID) -> Mapping[uuid.UUID, Sequence[Line]]:
    """Every clause of every version, bare, by version."""
    found: defaultdict[uuid.UUID, list[Line]] = defaultdict(list)
    for version_id, key, parent, *words in session.execute(
        select(
            ClauseRow.version_id,
            ClauseRow.key,
            ClauseRow.parent,
            ClauseRow.kind,
            ClauseRow.number,
            ClauseRow.heading,
            ClauseRow.text,
        )
        .join(Version, Version.id == ClauseRow.version_id)
        .where(Version.agreement_id == agreement_id)
        .order_by(ClauseRow.version_id, ClauseRow.position)
    ):
        found[version_id].append(Line(key, parent, tuple(words)))
    return found


def _accepted(session: Session, agreement_id: uuid.UUID) -> Mapping[uuid.UUID, int]:
    """How many amendments were accepted on each version."""
    return dict(
        session.execute(
            select(AmendmentRow.version_id, func.count())
            .where(AmendmentRow.agreement_id == agreement_id, AmendmentRow.state == "accepted")
            .group_by(AmendmentRow.version_id)
        ).all()
    )


def text_of_version(session: Session, agreement: Agreement, number: int) -> Text:
    """One version by its number: two statements. Raises NotFound."""
    found = _versions(session, agreement, [number])
    if not found:
        raise NotFound("There is no version {number} of this agreement.", number=number)
    return found[0]


def text_of_draft(session: Session, agreement: Agreement) -> Text:
    """The draft as version 1 would be. Raises NotFound once a version is out."""
    draft = session.get(Draft, agreement.id)
    if draft is None or agreement.state != AgreementState.DRAFTING:
        raise NotFound("This agreement has no draft any more; its text is in its versions.")
    return Text(
        number=0,
        version=None,
        tree=ClauseTree.from_json(draft.tree),
        origins=provenance.from_json(draft.provenance),
        blanks=blank_labels(draft.beside),
        guidance=draft.beside.get("guidance", {}),
        by="",
        published_at=draft.edited_at,
    )


def comparison_of(session: Session, agreement: Agreement, old: int, new: int) -> Comparison:
    """Compare two versions: five statements, whatever lies between them. Raises NotFound."""
    texts = {text.number: text for text in _versions(session, agreement, [old, new])}
    for number in (old, new):
        if number not in texts:
            raise NotFound("There is no version {number} of this agreement.", number=number)
    accepted = sources.accepted_amendments(session, agreement.id)
    between = [one for one in accepted.values() if old <= one.version < new]
    made = redline.build(
        texts[old].tree, texts[new].tree, authors={one.number: _author(one) for one in between}
    )
    numbers = {one.label: (one.number,) for one in between}
    signed = attribution.attributed(
        made,
        {**_gone_between(session, agreement, old, texts[new]), **texts[new].origins},
        lambda source: numbers.get(source.ref, ()) if source.origin == "amendment" else (),
        _touching(between),
    )
    return Comparison(texts[old], texts[new], signed, tuple(between))


def _gone_between(session: Session, agreement: Agreement, old: int, new: Text) -> Provenance:
    """Who removed the clauses that went with a version between the two."""
    found: dict[str, NodeProvenance] = {}
    for held in session.scalars(
        select(Version.provenance)
        .where(
            Version.agreement_id == agreement.id,
            Version.number > old,
            Version.number < new.number,
        )
        .order_by(Version.number)
    ):
        sources_then = provenance.from_json(held)
        found |= {key: node for key, node in sources_then.items() if key not in new.tree.nodes}
    return found


def _versions(session: Session, agreement: Agreement, numbers: Sequence[int]) -> list[Text]:
    rows = session.execute(
        select(Version, User.name)
        .join(User, User.id == Version.published_by)
        .where(Version.agreement_id == agreement.id, Version.number.in_(numbers))
        .options(selectinload(Version.clauses), undefer(Version.provenance))
    ).all()
    return [
        Text(
            number=version.number,
            version=version,
            tree=tree_of(version),
            origins=provenance.from_json(version.provenance),
            blanks=blank_labels(version.beside),
            guidance=version.beside.get("guidance", {}),
            by=name,
            published_at=version.published_at,
        )
        for version, name in rows
    ]


def _author(one: Decided) -> Author:
    return Author(
        number=one.number,
        name=one.who.name,
        code=one.who.code,
        colour=one.who.colour,
        label=one.label,
    )


def _touching(decided: Sequence[Decided]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for one in decided:
        for key in one.clauses:
            found[key] = (*found.get(key, ()), one.number)
    return found
