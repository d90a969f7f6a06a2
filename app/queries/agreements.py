"""Agreements: finding one, and who takes part in it."""

import uuid
from collections.abc import Sequence

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.policy import can
from app.domain import slugs
from app.domain.generated import Party, in_order
from app.kernel import clock
from app.kernel.errors import NotFound
from app.models.agreements import Agreement, Draft, Participant, Seat
from app.models.base import db
from app.models.people import Organisation
from app.models.rounds import Round

_BY_SLUG = select(Agreement).where(Agreement.slug == bindparam("slug"))
"""Built once: nothing is asked more often."""


def get_agreement(actor: Actor, slug: str) -> Agreement:
    """The agreement of that name. Raises NotFound where the actor may not know of it."""
    return known_to(actor, db.session.scalars(_BY_SLUG, {"slug": slug}).one_or_none())


def known_to(actor: Actor, agreement: Agreement | None) -> Agreement:
    """The agreement, if there is one. Raises NotFound where the actor may not know of it."""
    if agreement is None or not can(actor, Permission.AGREEMENT_READ, agreement, clock.utcnow()):
        raise NotFound("There is no such agreement, or you take no part in it.")
    return agreement


def by_slug(slug: str) -> Agreement:
    """The agreement of that name, for the operator at the command line. Raises NotFound."""
    found = db.session.scalars(select(Agreement).where(Agreement.slug == slug)).one_or_none()
    if found is None:
        raise NotFound("There is no agreement {slug}.", slug=slug)
    return found


def agreements_of(actor: Actor) -> Sequence[Agreement]:
    """The agreements the actor takes part in, the newest first."""
    ids = {standing.agreement_id for standing in actor.standings}
    return db.session.scalars(
        select(Agreement).where(Agreement.id.in_(ids)).order_by(Agreement.created_at.desc())
    ).all()


def get_draft(agreement: Agreement) -> Draft:
    """The draft of an agreement that is still drafted. Raises NotFound once a version is out."""
    found = db.session.get(Draft, agreement.id)
    if found is None:
        raise NotFound("This agreement has no draft any more; its text is in its versions.")
    return found


def participants_of(session: Session, agreement_id: uuid.UUID) -> Sequence[Participant]:
    """Who takes part now, with their organisations, in the order of joining."""
    return session.scalars(
        select(Participant)
        .where(Participant.agreement_id == agreement_id, Participant.left_at.is_(None))
        .options(joinedload(Participant.organisation))
        .order_by(Participant.joined_at, Participant.id)
    ).all()


def seats_of(session: Session, agreement_id: uuid.UUID) -> Sequence[Seat]:
    """Every seat of an agreement with its person and participant."""
    return session.scalars(
        select(Seat)
        .where(Seat.agreement_id == agreement_id)
        .options(
            joinedload(Seat.user),
            joinedload(Seat.participant).joinedload(Participant.organisation),
        )
        .order_by(Seat.role, Seat.id)
    ).all()


def parties_of(session: Session, agreement_id: uuid.UUID) -> tuple[Party, ...]:
    """The parties as a table of parties and a signature page name them, in the same order."""
    return in_order(
        party_line(participant.organisation)
        for participant in participants_of(session, agreement_id)
        if participant.kind == "party"
    )


def party_line(organisation: Organisation) -> Party:
    """One organisation as a table of parties names it."""
    return Party(
        code=organisation.code,
        name=organisation.name,
        legal_form=organisation.legal_form,
        seat=organisation.seat,
        register_number=organisation.register_number,
        representative=organisation.representative,
        capacity=organisation.capacity,
    )


def round_of(session: Session, agreement_id: uuid.UUID) -> Round | None:
    """The latest round of an agreement, with its agreement; None before the first."""
    return session.scalars(
        select(Round)
        .where(Round.agreement_id == agreement_id)
        .options(joinedload(Round.agreement))
        .order_by(Round.number.desc())
        .limit(1)
    ).one_or_none()


def free_slug(session: Session, wanted: str) -> str:
    """A slug that no agreement and no page has yet: the wanted one, or with the next number."""
    like_it = select(Agreement.slug).where(Agreement.slug.startswith(wanted))
    return slugs.free_slug(wanted, session.scalars(like_it))


def next_colour(session: Session, agreement_id: uuid.UUID) -> int:
    """The least used of the twelve colours in an agreement, the lowest number first."""
    used = dict(
        session.execute(
            select(Participant.colour, func.count())
            .where(Participant.agreement_id == agreement_id)
            .group_by(Participant.colour)
        ).all()
    )
    return min(range(1, 13), key=lambda colour: (used.get(colour, 0), colour))
