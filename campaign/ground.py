"""Agreements and ballots to run on, and which engine they lie on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import Flask

from app.access.actor import Actor, Role
from app.domain.ballots import VotingRule
from app.kernel import clock
from app.models.agreements import Seat
from app.models.ballots import Ballot, RollEntry
from app.models.base import db
from app.queries.people import actor_of
from tests.factories.agreements import Case, make_case
from tests.factories.people import make_user

CHOICES = [["yes", "yes"], ["no", "no"], ["abstain", "abstain"]]
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Network:
    """An agreement whose organisations have some voters each, by the ids of rows."""

    agreement: UUID
    version: UUID
    round: UUID
    facilitator: UUID
    organisations: tuple[UUID, ...]
    voters: tuple[tuple[UUID, ...], ...]


def engine_of(app: Flask) -> str:
    """The name of the engine the app works on."""
    with app.app_context():
        return str(db.engine.dialect.name)


def network(app: Flask, organisations: int, voters: int = 1) -> Network:
    """An agreement in its first round, which began an hour ago."""
    with app.app_context():
        names = [f"Hub {number}" for number in range(organisations)]
        case = make_case(*names, opens_at=clock.utcnow() - HOUR)
        people = tuple(_voters(case, name, voters) for name in names)
        assert case.version is not None
        assert case.round is not None
        return Network(
            case.agreement.id,
            case.version.id,
            case.round.id,
            case.facilitator.id,
            tuple(case.organisations[name].id for name in names),
            people,
        )


def _voters(case: Case, name: str, how_many: int) -> tuple[UUID, ...]:
    people = [case.people[name]]
    for number in range(1, how_many):
        person = make_user(f"Deputy {number}", of=case.organisations[name])
        seat = Seat(
            agreement_id=case.agreement.id,
            participant_id=case.participants[name].id,
            user_id=person.id,
            role=Role.VOTER,
        )
        db.session.add(seat)
        people.append(person)
    db.session.commit()
    return tuple(person.id for person in people)


def ballot(
    app: Flask, held: Network, number: int, closes_at: datetime, *, confidential: bool = False
) -> UUID:
    """An open ballot with every organisation of the network on its roll."""
    with app.app_context():
        row = Ballot(
            agreement_id=held.agreement,
            round_id=held.round,
            version_id=held.version,
            number=number,
            subject="straw",
            question="Do you want it?",
            wording_hash="0" * 64,
            choices=CHOICES,
            rule=VotingRule().to_json(),
            is_confidential=confidential,
            opens_at=closes_at - HOUR,
            closes_at=closes_at,
            opened_by=held.facilitator,
        )
        db.session.add(row)
        db.session.flush()
        db.session.add_all(_roll(row.id, held))
        db.session.commit()
        return row.id


def _roll(ballot_id: UUID, held: Network) -> Sequence[RollEntry]:
    return [
        RollEntry(
            ballot_id=ballot_id, organisation_id=organisation, weight=1, casters=[*map(str, people)]
        )
        for organisation, people in zip(held.organisations, held.voters, strict=True)
    ]


def actor(user_id: UUID) -> Actor:
    """Who acts, read now; call it in an application context."""
    return actor_of(db.session(), user_id)
