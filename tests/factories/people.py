"""Workspace, organisations, people."""

from datetime import UTC, datetime
from itertools import count

from app.kernel.ids import new_token
from app.models.base import db
from app.models.people import Membership, Organisation, User
from app.models.workspace import Workspace

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
"""The moment at which a test's story begins, unless it says otherwise."""

_numbers = count(1)


def make_workspace(name: str = "A network") -> Workspace:
    """The one workspace."""
    workspace = db.session.query(Workspace).first() or Workspace(name=name, noun="hub")
    db.session.add(workspace)
    db.session.commit()
    return workspace


def make_organisation(
    name: str = "Lille", code: str | None = None, country: str = "FR"
) -> Organisation:
    """An organisation whose signature page is complete."""
    number = next(_numbers)
    organisation = Organisation(
        slug=f"{name.lower()}-{number}",
        code=code or f"{name[:1].upper()}{chr(65 + number // 26 % 26)}{chr(65 + number % 26)}",
        name=name,
        country=country,
        city=name,
        legal_form="Association",
        seat=f"1 Main Square, {name}",
        register_number=f"R {number}",
        representative=f"Director of {name}",
        capacity="Director",
    )
    db.session.add(organisation)
    db.session.commit()
    return organisation


def make_user(
    name: str = "Claire Dumont",
    *,
    of: Organisation | None = None,
    administrator: bool = False,
    operator: bool = False,
) -> User:
    """A person, a member of an organisation where one is given."""
    user = User(
        email=f"{name.split(maxsplit=1)[0].lower()}.{next(_numbers)}@example.org",
        name=name,
        fs_uniquifier=new_token(),
        is_operator=operator,
        created_at=START,
    )
    db.session.add(user)
    db.session.commit()
    if of is not None:
        db.session.add(
            Membership(user_id=user.id, organisation_id=of.id, is_administrator=administrator)
        )
        db.session.commit()
    return user
