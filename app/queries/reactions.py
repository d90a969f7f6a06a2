"""Reactions as pages show them: of each kind how many, who, and whether the reader is one."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.reactions import Reaction
from app.models.people import User
from app.models.reactions import ReactionRow


@dataclass(frozen=True)
class Reacted:
    """One kind of reaction to one comment; `names` are those who gave it, the first one first."""

    kind: Reaction
    names: tuple[str, ...]
    is_mine: bool


def reactions_to(
    session: Session, comments: Iterable[uuid.UUID], reader: uuid.UUID | None
) -> Mapping[uuid.UUID, tuple[Reacted, ...]]:
    """What was nodded to each comment, in one statement: all kinds, also those nobody gave."""
    ids = list(comments)
    rows = session.execute(
        select(ReactionRow.comment_id, ReactionRow.kind, ReactionRow.user_id, User.name)
        .join(User, User.id == ReactionRow.user_id)
        .where(ReactionRow.comment_id.in_(ids))
        .order_by(ReactionRow.given_at, User.name)
    ).all()
    given: dict[tuple[uuid.UUID, str], list[tuple[uuid.UUID, str]]] = {}
    for row in rows:
        given.setdefault((row.comment_id, row.kind), []).append((row.user_id, row.name))
    return {
        comment: tuple(_reacted(kind, given.get((comment, kind), ()), reader) for kind in Reaction)
        for comment in ids
    }


def _reacted(
    kind: Reaction, people: Iterable[tuple[uuid.UUID, str]], reader: uuid.UUID | None
) -> Reacted:
    held = list(people)
    return Reacted(kind, tuple(name for _, name in held), reader in {who for who, _ in held})
