"""Bundles: proposing uncontested amendments together, and pulling one out before the deadline."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from app.access.actor import Role
from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import events as e
from app.kernel.errors import Conflict, Invalid
from app.models.bundles import Bundle, BundleItem
from app.models.people import Organisation
from app.models.rounds import Round
from app.queries import bundles
from app.queries.bundles import Proposable


@action(Permission.BUNDLE_PROPOSE)
def propose_bundle(
    work: Work,
    held: Round,
    *,
    amendments: Collection[uuid.UUID],
    closes_at: datetime,
    reason: str = "",
) -> Bundle:
    """Propose that uncontested amendments be accepted together after a deadline.

    Raises Invalid without amendments or for a deadline that has passed, Conflict where one of them
    is contested by now.
    """
    if not amendments:
        raise Invalid("Select the amendments that are to be decided together.")
    if closes_at <= work.now:
        raise Invalid("The deadline must lie ahead.", "closes_at")
    chosen = _uncontested(work, held, amendments)
    bundle = Bundle(
        agreement_id=held.agreement_id,
        round_id=held.id,
        number=bundles.next_number(work.session, held.agreement_id),
        reason=reason.strip(),
        opens_at=work.now,
        closes_at=closes_at,
        proposed_by=work.person,
        items=[
            BundleItem(amendment_id=one.row.id, reasons=list(one.verdict.reasons)) for one in chosen
        ],
    )
    work.session.add(bundle)
    work.record(
        e.BundleProposed(
            bundle=bundle.number,
            amendments=tuple(one.row.label for one in chosen),
            closes_at=closes_at.isoformat(),
        )
    )
    return bundle


def _uncontested(
    work: Work, held: Round, amendments: Collection[uuid.UUID]
) -> Sequence[Proposable]:
    known = {one.row.id: one for one in bundles.proposable_in(work.session, held)}
    chosen = [known[id_] for id_ in known if id_ in set(amendments)]
    if len(chosen) != len(set(amendments)):
        raise Conflict("One of these amendments is decided already, or not part of the round.")
    for one in chosen:
        if not one.verdict.is_uncontested:
            raise Conflict(
                "{label} is contested. {why}", label=one.row.label, why=one.verdict.reasons[0]
            )
    return chosen


@action(Permission.BUNDLE_PULL)
def pull_out(work: Work, bundle: Bundle, *, amendment_id: uuid.UUID) -> Bundle:
    """Take one amendment out of a bundle for an organisation; it is decided alone then.

    Raises Conflict where it is not in the bundle. Pulled out already, nothing changes.
    """
    items = bundles.items_of(work.session, bundle)
    item = next((one for one in items if one.amendment_id == amendment_id), None)
    if item is None:
        raise Conflict("This amendment is not in the bundle.")
    if item.pulled_at is not None:
        work.unchanged = True
        return bundle
    item.pulled_at, item.pulled_by = work.now, work.person
    item.pulled_for = _organisation(work, bundle)
    organisation = work.session.get_one(Organisation, item.pulled_for)
    work.record(
        e.AmendmentPulled(
            bundle=bundle.number,
            amendment=item.amendment.label,
            organisation=organisation.name,
        )
    )
    return bundle


def _organisation(work: Work, bundle: Bundle) -> uuid.UUID:
    """The party the actor speaks or votes for."""
    standings = work.actor.stands_in(bundle.agreement_id)
    found = sorted(
        str(one.organisation_id)
        for one in standings
        if one.is_party and one.role in (Role.LEGAL_CONTACT, Role.VOTER) and one.organisation_id
    )
    return uuid.UUID(found[0])
