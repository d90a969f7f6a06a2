"""Answers kept for use again, by title."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from app.kernel.errors import NotFound
from app.models.desk import SavedAnswer
from app.queries.reading import session as this_session


def saved_answers_of(agreement_id: uuid.UUID) -> Sequence[SavedAnswer]:
    """All that are kept for an agreement, by title: one statement."""
    return (
        this_session()
        .scalars(
            select(SavedAnswer)
            .where(SavedAnswer.agreement_id == agreement_id)
            .order_by(SavedAnswer.title)
        )
        .all()
    )


def get_saved_answer(agreement_id: uuid.UUID, id_: uuid.UUID) -> SavedAnswer:
    """One of them. Raises NotFound."""
    row = this_session().get(SavedAnswer, id_)
    if row is None or row.agreement_id != agreement_id:
        raise NotFound("This answer is kept no longer. Look at the list again.")
    return row
