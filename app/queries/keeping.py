"""Words that somebody typed and has not sent: only ever shown to the person who typed them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models.agreements import Agreement
from app.models.keeping import KeptWords
from app.models.presence import Presence


def kept_at(session: Session, actor: Actor, slug: str, place: str) -> KeptWords | None:
    """What the actor typed at a place of an agreement and did not send."""
    return session.scalars(
        select(KeptWords)
        .join(Agreement, Agreement.id == KeptWords.agreement_id)
        .where(KeptWords.user_id == actor.user_id, Agreement.slug == slug, KeptWords.place == place)
    ).one_or_none()


def kept_below(session: Session, actor: Actor, slug: str, place: str) -> Sequence[KeptWords]:
    """What the actor typed at any place below one, the latest first."""
    return session.scalars(
        select(KeptWords)
        .join(Agreement, Agreement.id == KeptWords.agreement_id)
        .where(
            KeptWords.user_id == actor.user_id,
            Agreement.slug == slug,
            KeptWords.place.startswith(f"{place}:", autoescape=True),
        )
        .order_by(KeptWords.saved_at.desc())
    ).all()


def is_old(session: Session, kept: datetime, seen: datetime) -> bool:
    """Whether anything was kept before one moment, or anybody last seen before the other."""
    found = session.scalar(
        select(
            or_(
                select(KeptWords.id).where(KeptWords.saved_at < kept).exists(),
                select(Presence.user_id).where(Presence.seen_at < seen).exists(),
            )
        )
    )
    return bool(found)
