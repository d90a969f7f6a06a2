"""The first commit of an installation: the network and its first operator.

Nobody is there yet whom the gate could ask, so this stands beside it; the entry is written in the
same transaction all the same. It works once.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.domain.events import NetworkFounded
from app.kernel.errors import Conflict, Invalid
from app.kernel.ids import new_token
from app.ledger import audit
from app.models.base import begin_writing, db, decision_time
from app.models.people import User
from app.models.workspace import Workspace


def found_network(*, name: str, noun: str, operator: str, email: str) -> tuple[Workspace, User]:
    """Make the network of this installation with its first operator, who has no password yet.

    `noun` is what an organisation is called there ("hub"). Conflict if there is a network already.
    """
    if not (name.strip() and operator.strip() and "@" in email):
        raise Invalid("A network has a name, and an operator with a name and an address.")
    session = db.session()
    begin_writing(session)
    try:
        _only_once(session)
        now = decision_time(session)
        workspace = Workspace(name=name.strip(), noun=noun.strip() or "organisation")
        user = User(
            email=email.strip().lower(),
            name=operator.strip(),
            fs_uniquifier=new_token(),
            is_operator=True,
            created_at=now,
        )
        session.add_all((workspace, user))
        session.flush()
        actor = Actor(user.id, user.name, is_operator=True)
        audit.write(session, actor, now, None, [NetworkFounded(name=workspace.name)])
        session.commit()
    except BaseException:
        session.rollback()
        raise
    return workspace, user


def _only_once(session: Session) -> None:
    if session.scalars(select(Workspace.id)).first() is not None:
        raise Conflict("This installation has its network already.")
