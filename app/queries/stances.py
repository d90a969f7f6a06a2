"""Stances as pages show them: to whom, on which clauses, and whether the text changed since."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.access.actor import Actor, Role
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import is_open
from app.domain.stances import RED_LINE, Spread, spread_of
from app.models.agreements import Version
from app.models.people import Organisation, User
from app.models.rounds import Round
from app.models.stances import Stance
from app.queries.people import Voice


@dataclass(frozen=True)
class Held:
    """One organisation's stance. `version` is the text it was given on.

    `is_stale`: the clause, or what stands below it, reads otherwise now; `is_gone`: it went.
    """

    clause: str
    value: int
    reason: str
    organisation_id: uuid.UUID
    organisation: str
    code: str
    person: str
    at: datetime
    version: int
    is_stale: bool
    is_gone: bool

    @property
    def is_red_line(self) -> bool:
        """Whether the organisation can't live with the clause."""
        return self.value == RED_LINE


@dataclass(frozen=True)
class Beside:
    """What stands beside one clause: the reader's own stance, and for some the spread of all."""

    own: Held | None = None
    spread: Spread | None = None


@dataclass(frozen=True)
class Line:
    """One clause in the overview; `all` names who stands where, for the facilitator alone."""

    clause: str
    own: Held | None
    spread: Spread | None
    all: tuple[Held, ...]


def voice_of(actor: Actor, agreement_id: uuid.UUID) -> Voice | None:
    """The party an actor may say something for: where they are legal contact, else voter."""
    for role in (Role.LEGAL_CONTACT, Role.VOTER):
        held = {
            standing.organisation_id: standing.name
            for standing in actor.stands_in(agreement_id, role)
            if standing.is_party and standing.organisation_id is not None
        }
        if held:
            first = min(held, key=str)
            return Voice(first, held[first])
    return None


def may_see_all(actor: Actor, agreement_id: uuid.UUID) -> bool:
    """Whether somebody sees which organisation stands where: the facilitator does."""
    return bool(actor.stands_in(agreement_id, Role.FACILITATOR))


def may_see_numbers(actor: Actor, held: Round | None, now: datetime) -> bool:
    """Whether somebody sees how many stand where: everybody, once the round is closed.

    While it is open nobody's stance leads another's.
    """
    if held is None:
        return False
    is_over = not is_open(now, held.opens_at, held.closes_at)
    return is_over or may_see_all(actor, held.agreement_id)


def stances_of(
    session: Session,
    agreement_id: uuid.UUID,
    tree: ClauseTree,
    own: frozenset[uuid.UUID] | None = None,
) -> Sequence[Held]:
    """The stances on an agreement in the order of the text: one statement.

    `own` narrows them to those of some organisations; None is everybody's.
    """
    query = _STANCES.where(Stance.agreement_id == agreement_id)
    if own is not None:
        query = query.where(Stance.organisation_id.in_(own))
    return held_in(session.execute(query), tree)


def held_in(rows: Iterable[Row[Any]], tree: ClauseTree) -> Sequence[Held]:
    """Rows of stances, in the order of the text: those on clauses that went come last."""
    order = {key: at for at, key in enumerate(tree.nodes)}
    return tuple(
        Held(
            clause=row.clause_key,
            value=row.value,
            reason=row.reason,
            organisation_id=row.organisation_id,
            organisation=row.name,
            code=row.code,
            person=row.person,
            at=row.given_at,
            version=row.version,
            is_stale=_is_stale(tree, row.clause_key, row.text_hash),
            is_gone=row.clause_key not in order,
        )
        for row in sorted(rows, key=lambda row: order.get(row.clause_key, len(order)))
    )


_STANCES = (
    select(
        *(Stance.clause_key, Stance.value, Stance.reason, Stance.organisation_id),
        *(Stance.text_hash, Stance.given_at, Organisation.name, Organisation.code),
        *(User.name.label("person"), Version.number.label("version")),
    )
    .join(Organisation, Organisation.id == Stance.organisation_id)
    .join(User, User.id == Stance.given_by)
    .join(Version, Version.id == Stance.version_id)
    .order_by(Stance.value, Organisation.name)
)


def stances_beside(
    actor: Actor, agreement_id: uuid.UUID, stances: Iterable[Held]
) -> Mapping[str, Beside]:
    """What a reader sees of stances beside the clauses, by clause.

    People see their own organisation's, the facilitator how many stand where.
    """
    sees_all = may_see_all(actor, agreement_id)
    own = actor.organisations_in(agreement_id)
    found: dict[str, list[Held]] = {}
    for one in stances:
        if not one.is_gone and (sees_all or one.organisation_id in own):
            found.setdefault(one.clause, []).append(one)
    return {
        key: Beside(
            next((one for one in held if one.organisation_id in own), None),
            spread_of(one.value for one in held) if sees_all else None,
        )
        for key, held in found.items()
    }


def overview_of(
    session: Session,
    actor: Actor,
    agreement_id: uuid.UUID,
    tree: ClauseTree,
    *,
    numbers: bool,
) -> Sequence[Line]:
    """The clauses on which the reader sees a stance, in the order of the text: one statement.

    `numbers`: they see how many stand where, see `may_see_numbers`.
    """
    own, sees_all = actor.organisations_in(agreement_id), may_see_all(actor, agreement_id)
    if not (own or numbers or sees_all):
        return ()
    found: dict[str, list[Held]] = {}
    for one in stances_of(session, agreement_id, tree, None if numbers or sees_all else own):
        found.setdefault(one.clause, []).append(one)
    return tuple(
        Line(
            clause=key,
            own=next((one for one in held if one.organisation_id in own), None),
            spread=spread_of(one.value for one in held) if numbers else None,
            all=tuple(held) if sees_all else (),
        )
        for key, held in found.items()
    )


def _is_stale(tree: ClauseTree, key: str, text_hash: str) -> bool:
    node = tree.nodes.get(key)
    return node is not None and node.subtree_hash != text_hash
