"""Ballots: one with its roll, those of an agreement, those still to be counted."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.ballots import Ballot


def uncounted_in(session: Session, round_id: uuid.UUID) -> Sequence[Ballot]:
    """The ballots of a round that are neither counted nor void."""
    return session.scalars(
        select(Ballot)
        .where(
            Ballot.round_id == round_id,
            Ballot.counted_at.is_(None),
            Ballot.voided_at.is_(None),
        )
        .order_by(Ballot.number)
    ).all()
