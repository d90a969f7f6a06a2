"""Ballots: one with its roll, those of an agreement, those due, the tally of each."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Uuid, bindparam, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access.actor import Role
from app.domain import ballots as law
from app.domain.clauses import digest
from app.domain.lifecycle import AgreementState
from app.kernel.errors import NotFound
from app.models.agreements import Agreement, Participant, Seat
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot, BallotOption, RollEntry, SecretVote, Vote


def uncounted_in(session: Session, round_id: uuid.UUID) -> Sequence[Ballot]:
    """The ballots of a round that are neither counted nor void."""
    return session.scalars(
        select(Ballot)
        .where(
            Ballot.round_id == round_id,
            Ballot.counted_at.is_(None),
            Ballot.voided_at.is_(None),
        )
        .order_by(Ballot.number)
    ).all()


def open_with(
    session: Session, agreement_id: uuid.UUID, organisation_id: uuid.UUID
) -> Ballot | None:
    """A ballot that is neither counted nor void, with this organisation on its roll."""
    return session.scalars(
        select(Ballot)
        .join(RollEntry, RollEntry.ballot_id == Ballot.id)
        .where(
            Ballot.agreement_id == agreement_id,
            RollEntry.organisation_id == organisation_id,
            Ballot.counted_at.is_(None),
            Ballot.voided_at.is_(None),
        )
        .order_by(Ballot.number)
    ).first()


def due(session: Session, now: datetime) -> Sequence[Ballot]:
    """The ballots past their deadline that nobody counted, save in agreements given up."""
    return session.scalars(
        select(Ballot)
        .join(Agreement, Agreement.id == Ballot.agreement_id)
        .where(
            Ballot.closes_at <= now,
            Ballot.counted_at.is_(None),
            Ballot.voided_at.is_(None),
            Agreement.state != AgreementState.ABANDONED,
        )
        .order_by(Ballot.closes_at)
    ).all()


def get_ballot(session: Session, agreement_id: uuid.UUID, number: int) -> Ballot:
    """One ballot with its whole roll and what it decides, read anew. Raises NotFound.

    An action leaves the lines of its actor only with a ballot that is there, see loading.
    """
    ballot = session.scalars(
        select(Ballot)
        .where(Ballot.agreement_id == agreement_id, Ballot.number == number)
        .options(
            joinedload(Ballot.agreement),
            joinedload(Ballot.version),
            selectinload(Ballot.roll).joinedload(RollEntry.organisation),
            selectinload(Ballot.options)
            .joinedload(BallotOption.amendment)
            .joinedload(AmendmentRow.organisation),
        )
        .execution_options(populate_existing=True)
    ).one_or_none()
    if ballot is None:
        raise NotFound("There is no ballot {number} in this agreement.", number=number)
    return ballot


def options_of(session: Session, ballot_id: uuid.UUID) -> Sequence[AmendmentRow]:
    """The amendments a ballot decides, in their order on it."""
    return session.scalars(
        select(AmendmentRow)
        .join(BallotOption, BallotOption.amendment_id == AmendmentRow.id)
        .where(BallotOption.ballot_id == ballot_id)
        .order_by(BallotOption.position)
    ).all()


def roll_today(session: Session, agreement_id: uuid.UUID) -> list[tuple[uuid.UUID, int, list[str]]]:
    """Who would be on a roll opened now: each party with its weight and its named voters."""
    parties = session.execute(
        select(Participant.id, Participant.organisation_id, Participant.weight).where(
            Participant.agreement_id == agreement_id,
            Participant.kind == "party",
            Participant.left_at.is_(None),
        )
    ).all()
    voters: dict[uuid.UUID | None, list[str]] = {}
    for participant_id, user_id in session.execute(
        select(Seat.participant_id, Seat.user_id).where(
            Seat.agreement_id == agreement_id, Seat.role == Role.VOTER
        )
    ):
        voters.setdefault(participant_id, []).append(str(user_id))
    return [(row.organisation_id, row.weight, sorted(voters.get(row.id, []))) for row in parties]


def live_vote(session: Session, ballot_id: uuid.UUID, organisation_id: uuid.UUID) -> Vote | None:
    """The vote of an organisation that counts now, in a roll call."""
    of_one = {"ballot": ballot_id, "organisation": organisation_id}
    return session.scalars(_LIVE, of_one).one_or_none()


_LIVE = select(Vote).where(
    Vote.ballot_id == bindparam("ballot", type_=Uuid()),
    Vote.organisation_id == bindparam("organisation", type_=Uuid()),
    Vote.is_live,
)


def tally_of(session: Session, ballot: Ballot, rule: law.VotingRule) -> law.Tally:
    """Count what is cast by now. Of a confidential ballot whoever took part, not who chose what."""
    roll = session.execute(
        select(RollEntry.organisation_id, RollEntry.weight).where(RollEntry.ballot_id == ballot.id)
    ).all()
    if not ballot.is_confidential:
        chosen: dict[uuid.UUID, str] = dict(
            session.execute(
                select(Vote.organisation_id, Vote.choice).where(
                    Vote.ballot_id == ballot.id, Vote.is_live
                )
            ).all()
        )
        return law.tally(
            (law.RollLine(row.weight, chosen.get(row.organisation_id)) for row in roll), rule
        )
    secret = session.scalars(
        select(SecretVote.choice).where(SecretVote.ballot_id == ballot.id)
    ).all()
    weight = roll[0].weight if roll else 1
    lines = [law.RollLine(weight, choice) for choice in secret]
    lines += [law.RollLine(weight, None)] * (len(roll) - len(secret))
    return law.tally(lines, rule)


def took_part(session: Session, ballot: Ballot) -> int:
    """How many organisations have voted by now; in an open ballot this is all that may be told."""
    column = (
        select(func.count())
        .select_from(RollEntry)
        .where(RollEntry.ballot_id == ballot.id, RollEntry.took_part)
        if ballot.is_confidential
        else select(func.count()).select_from(Vote).where(Vote.ballot_id == ballot.id, Vote.is_live)
    )
    return session.scalar(column) or 0


def wording_hash(options: Iterable[AmendmentRow]) -> str:
    """Binds a ballot to the exact wording: the hashes of the operations it decides."""
    return digest([row.operations_hash for row in options])
