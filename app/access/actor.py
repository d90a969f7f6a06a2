"""Who is acting: a person with everything they stand for, the system, or anyone."""

import uuid
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """In what capacity somebody stands in an agreement.

    The first five are seats; a member belongs to an organisation that takes part, without a seat.
    """

    FACILITATOR = "facilitator"
    LEGAL_CONTACT = "legal_contact"
    VOTER = "voter"
    SIGNATORY = "signatory"
    OBSERVER = "observer"
    MEMBER = "member"


@dataclass(frozen=True)
class Standing:
    """One role in one agreement, for an organisation (none for a facilitator).

    `is_party` says whether that organisation will be bound; an observer's is not. `name` is the
    organisation's.
    """

    agreement_id: uuid.UUID
    role: Role
    organisation_id: uuid.UUID | None = None
    participant_id: uuid.UUID | None = None
    is_party: bool = False
    name: str = field(default="", compare=False)


@dataclass(frozen=True)
class Actor:
    """A person and where they stand, as fresh as the transaction that asks.

    `is_narrowed`: came by a pass, so they stand where the pass says and nowhere else.
    """

    user_id: uuid.UUID | None
    name: str
    is_operator: bool = False
    is_system: bool = False
    organisations: frozenset[uuid.UUID] = frozenset()
    administers: frozenset[uuid.UUID] = frozenset()
    standings: frozenset[Standing] = frozenset()
    is_narrowed: bool = False

    def stands_in(self, agreement_id: uuid.UUID, *roles: Role) -> frozenset[Standing]:
        """The actor's standings in an agreement, in any of the roles (all if none is named)."""
        return frozenset(
            standing
            for standing in self.standings
            if standing.agreement_id == agreement_id and (not roles or standing.role in roles)
        )

    def organisations_in(self, agreement_id: uuid.UUID) -> frozenset[uuid.UUID]:
        """The organisations the actor belongs to there: whose internal matters they may see."""
        held = (standing.organisation_id for standing in self.stands_in(agreement_id))
        return frozenset(one for one in held if one is not None)

    def narrowed_to(self, standings: frozenset[Standing]) -> "Actor":
        """The same person with nothing but those of these standings that they still have."""
        return Actor(
            self.user_id, self.name, standings=self.standings & standings, is_narrowed=True
        )

    def voice_in(self, agreement_id: uuid.UUID) -> uuid.UUID | None:
        """The organisation the actor speaks for there: where they are its legal contact."""
        for standing in self.stands_in(agreement_id, Role.LEGAL_CONTACT):
            return standing.organisation_id
        return None


ANYONE = Actor(None, "")
"""Somebody who has not signed in."""

SYSTEM = Actor(None, "Concordat", is_system=True)
"""The product itself, when a deadline has passed."""
