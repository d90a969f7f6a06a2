"""A version's clauses as rows, and the tree they make."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.clauses import Clause, ClauseTree, Kind, Numbering
from app.kernel.keeping import Shelf
from app.models.agreements import Version
from app.models.base import Base, Identified


class ClauseRow(Identified, Base):
    """One node of a version.

    `position` is its place in reading order, `parent` its parent's key.
    """

    __tablename__ = "clause"
    __table_args__ = (
        UniqueConstraint("version_id", "key"),
        UniqueConstraint("version_id", "position"),
    )

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("version.id"))
    position: Mapped[int] = mapped_column()
    key: Mapped[str] = mapped_column(String(28))
    parent: Mapped[str | None] = mapped_column(String(28))
    kind: Mapped[str] = mapped_column(String(12))
    number: Mapped[str | None] = mapped_column(String(60))
    heading: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)

    version: Mapped[Version] = relationship(back_populates="clauses", lazy="raise_on_sql")


_MOST_NODES = 20_000
_KEPT: Shelf[ClauseTree] = Shelf(_MOST_NODES)
"""Trees by the id of their version, which never changes: up to 20,000 clauses a process."""


def tree_of(version: Version) -> ClauseTree:
    """The tree of a version whose clauses are loaded, or whose tree is kept."""
    kept = _KEPT.get(version.id) if version.id else None
    if kept is None:
        kept = _built(version)
        if version.id:
            _KEPT.put(version.id, kept, len(kept.nodes))
    return kept


def is_kept(version_id: uuid.UUID) -> bool:
    """Whether `tree_of` needs no clauses for this version."""
    return _KEPT.get(version_id) is not None


def _built(version: Version) -> ClauseTree:
    below: defaultdict[str | None, list[ClauseRow]] = defaultdict(list)
    for row in version.clauses:
        below[row.parent].append(row)

    def nodes(parent: str | None) -> tuple[Clause, ...]:
        return tuple(
            Clause(
                key=row.key,
                kind=Kind(row.kind),
                heading=row.heading,
                text=row.text,
                children=nodes(row.key),
                number=row.number,
            )
            for row in below[parent]
        )

    return ClauseTree(version.title, nodes(None), version.language, Numbering(version.numbering))


def rows_of(tree: ClauseTree) -> Iterator[ClauseRow]:
    """The rows that store a tree, without their version."""
    for position, node in enumerate(tree.walk()):
        yield ClauseRow(
            position=position,
            key=node.key,
            parent=tree.parents[node.key],
            kind=node.kind,
            number=node.number,
            heading=node.heading,
            text=node.text,
        )


def new_version(
    agreement_id: uuid.UUID,
    number: int,
    tree: ClauseTree,
    *,
    beside: Mapping[str, Any],
    provenance: Mapping[str, Any],
    published_at: datetime,
    published_by: uuid.UUID,
    note: str = "",
) -> Version:
    """Freeze a tree as a version of an agreement, with its rows."""
    return Version(
        agreement_id=agreement_id,
        number=number,
        title=tree.title,
        language=tree.language,
        numbering=tree.numbering,
        hash=tree.version_hash,
        beside=dict(beside),
        provenance=dict(provenance),
        note=note,
        published_at=published_at,
        published_by=published_by,
        clauses=list(rows_of(tree)),
    )
