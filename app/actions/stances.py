"""Stances: an organisation says where it stands on a clause, changes it, takes it back."""

import uuid

from sqlalchemy import select

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import events as e
from app.domain.commitments import commitment
from app.domain.stances import checked
from app.kernel.errors import Invalid, NotFound
from app.kernel.ids import new_token
from app.models.rounds import Round
from app.models.stances import Stance
from app.queries.people import Voice
from app.queries.stances import voice_of
from app.queries.versions import tree_by_id


@action(Permission.STANCE_TAKE)
def take_stance(work: Work, opened: Round, *, clause: str, value: int, reason: str = "") -> Stance:
    """Say where the actor's organisation stands on a clause; it replaces what it said before.

    Raises NotFound where the text of the round has no such clause.
    """
    words = checked(value, reason)
    tree = tree_by_id(work.session, opened.version_id)
    if clause not in tree.nodes:
        raise NotFound("There is no such clause in this text.")
    organisation = _organisation(work, opened)
    now = tree.nodes[clause].subtree_hash
    held = _held(work, opened, organisation.id, clause)
    if held is not None and (held.value, held.reason, held.text_hash) == (value, words, now):
        work.unchanged = True
        return held
    if held is None:
        held = Stance(
            agreement_id=opened.agreement_id, clause_key=clause, organisation_id=organisation.id
        )
        work.session.add(held)
    held.version_id, held.text_hash = opened.version_id, now
    held.value, held.reason, held.salt = value, words, new_token()
    held.given_by, held.given_at = work.person, work.now
    told = commitment(held.salt, f"{clause}\n{value}\n{words}")
    work.record(e.StanceTaken(organisation=organisation.name, commitment=told))
    return held


@action(Permission.STANCE_TAKE)
def drop_stance(work: Work, opened: Round, *, clause: str) -> Round:
    """Take back what the actor's organisation said about a clause."""
    organisation = _organisation(work, opened)
    held = _held(work, opened, organisation.id, clause)
    if held is None:
        work.unchanged = True
        return opened
    work.session.delete(held)
    work.record(e.StanceDropped(organisation=organisation.name))
    return opened


def _organisation(work: Work, opened: Round) -> Voice:
    found = voice_of(work.actor, opened.agreement_id)
    if found is None:
        raise Invalid("Only an organisation says where it stands.")
    return found


def _held(work: Work, opened: Round, organisation_id: uuid.UUID, clause: str) -> Stance | None:
    return work.session.scalars(
        select(Stance).where(
            Stance.agreement_id == opened.agreement_id,
            Stance.organisation_id == organisation_id,
            Stance.clause_key == clause,
        )
    ).one_or_none()
