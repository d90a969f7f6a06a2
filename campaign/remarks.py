"""Comments that can be told apart: each text says who wrote it and which one it is."""

from uuid import UUID

from app.actions import comments as actions
from app.kernel.ids import new_token
from app.models.base import db
from app.models.rounds import Round
from campaign import ground


def post(round_id: UUID, person: UUID, text: str) -> None:
    """Start a thread; call it in an application context."""
    opened = db.session.get_one(Round, round_id)
    who = ground.actor(person)
    actions.start_thread(who, opened, text=text, kind="question", form_key=new_token())
