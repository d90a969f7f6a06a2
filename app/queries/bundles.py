"""Bundles as pages show them, and which open amendments of a round could be in one."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.domain.bundles import Candidate, Verdict, verdicts
from app.domain.competing import competing
from app.domain.lifecycle import AmendmentState
from app.kernel.errors import NotFound
from app.models.amendments import AmendmentRow, Support
from app.models.ballots import Ballot, BallotOption, Vote
from app.models.bundles import Bundle, BundleItem
from app.models.comments import Comment, Thread
from app.models.rounds import Round
from app.queries import alternatives, desk_rows, proposals


@dataclass(frozen=True)
class Proposable:
    """One open amendment with its verdict."""

    row: AmendmentRow
    verdict: Verdict


def bundles_of(session: Session, agreement_id: uuid.UUID) -> Sequence[Bundle]:
    """All bundles of an agreement with what is in them, the newest first."""
    return session.scalars(
        select(Bundle)
        .where(Bundle.agreement_id == agreement_id)
        .options(
            joinedload(Bundle.round),
            joinedload(Bundle.agreement),
            selectinload(Bundle.items).joinedload(BundleItem.organisation),
            selectinload(Bundle.items)
            .joinedload(BundleItem.amendment)
            .joinedload(AmendmentRow.organisation),
        )
        .order_by(Bundle.number.desc())
    ).all()


def get_bundle(session: Session, agreement_id: uuid.UUID, number: int) -> Bundle:
    """A bundle by its number. Raises NotFound."""
    for found in bundles_of(session, agreement_id):
        if found.number == number:
            return found
    raise NotFound("This agreement has no bundle {number}.", number=number)


def next_number(session: Session, agreement_id: uuid.UUID) -> int:
    """The number of the next bundle of an agreement."""
    query = select(func.max(Bundle.number)).where(Bundle.agreement_id == agreement_id)
    return 1 + (session.scalar(query) or 0)


def items_of(session: Session, bundle: Bundle) -> Sequence[BundleItem]:
    """What is in a bundle, in the order of the amendments' numbers."""
    return session.scalars(
        select(BundleItem)
        .join(AmendmentRow, AmendmentRow.id == BundleItem.amendment_id)
        .where(BundleItem.bundle_id == bundle.id)
        .options(joinedload(BundleItem.amendment))
        .order_by(AmendmentRow.number)
    ).all()


def proposable_in(session: Session, held: Round) -> tuple[Proposable, ...]:
    """Every open amendment of a round with its verdict: eight statements."""
    rows = session.scalars(
        select(AmendmentRow)
        .where(AmendmentRow.round_id == held.id, AmendmentRow.state == AmendmentState.PROPOSED)
        .options(joinedload(AmendmentRow.organisation))
        .order_by(AmendmentRow.number)
    ).all()
    tree = desk_rows.text_of(session, held).tree
    primaries = [row for row in rows if row.primary_id is None]
    beside = [*_accepted(session, held), *primaries]
    labels = {row.number: row.label for row in beside}
    rivals = {
        number: [labels[other] for other in sorted(others)]
        for number, others in competing(tree, proposals.as_domains(beside)).items()
    }
    asked = _Asked(session, held)
    amended: defaultdict[uuid.UUID | None, list[str]] = defaultdict(list)
    for row in rows:
        amended[row.primary_id].append(row.label)
    found = verdicts((asked.candidate(row, amended[row.id]) for row in rows), rivals)
    return tuple(Proposable(row, one) for row, one in zip(rows, found, strict=True))


def _accepted(session: Session, held: Round) -> list[AmendmentRow]:
    return list(
        session.scalars(
            select(AmendmentRow).where(
                AmendmentRow.round_id == held.id,
                AmendmentRow.state == AmendmentState.ACCEPTED,
                AmendmentRow.primary_id.is_(None),
            )
        )
    )


class _Asked:
    """What was said and voted about the amendments of a round, by amendment."""

    def __init__(self, session: Session, held: Round) -> None:
        standing = exists().where(Comment.thread_id == Thread.id, Comment.retracted_at.is_(None))
        self.concerns = _counts(
            session,
            select(Thread.amendment_id, func.count())
            .where(Thread.round_id == held.id, Thread.kind == "concern", standing)
            .group_by(Thread.amendment_id),
        )
        self.supporters = _counts(
            session,
            select(Support.amendment_id, func.count())
            .join(AmendmentRow, AmendmentRow.id == Support.amendment_id)
            .where(AmendmentRow.round_id == held.id)
            .group_by(Support.amendment_id),
        )
        self.objections = _counts(
            session,
            select(BallotOption.amendment_id, func.count())
            .join(Vote, Vote.ballot_id == BallotOption.ballot_id)
            .join(Ballot, Ballot.id == BallotOption.ballot_id)
            .where(Ballot.round_id == held.id, Vote.is_live, Vote.choice == "no")
            .where(Ballot.counted_at.is_not(None))
            .group_by(BallotOption.amendment_id),
        )
        self.ballots = _counts(
            session,
            select(BallotOption.amendment_id, func.count())
            .join(Ballot, Ballot.id == BallotOption.ballot_id)
            .where(
                Ballot.round_id == held.id,
                Ballot.voided_at.is_(None),
                Ballot.subject != "straw",
                Ballot.outcome != "inquorate",
            )
            .group_by(BallotOption.amendment_id),
        )
        self.bundled = _bundled(session, held)
        self.excludes = alternatives.excluded_in(session, held)

    def candidate(self, row: AmendmentRow, amended_by: Sequence[str]) -> Candidate:
        """One amendment with all that is known of it."""
        if row.number is None:
            raise AssertionError("a proposed amendment has a number")
        return Candidate(
            row.number,
            row.label,
            concerns=self.concerns.get(row.id, 0),
            objections=self.objections.get(row.id, 0),
            supporters=self.supporters.get(row.id, 0),
            amended_by=tuple(amended_by),
            is_secondary=row.primary_id is not None,
            has_ballot=row.id in self.ballots,
            needs_attention=row.rebase_state == "attention",
            is_bundled=row.id in self.bundled,
            excludes=tuple(self.excludes.get(row.label, ())),
        )


def _counts(session: Session, query: Select[Any, int]) -> Mapping[uuid.UUID, int]:
    rows = session.execute(query).all()
    return {row[0]: row[1] for row in rows if row[0] is not None}


def _bundled(session: Session, held: Round) -> Mapping[uuid.UUID, int]:
    """In how many bundles of a round each amendment is or was."""
    return _counts(
        session,
        select(BundleItem.amendment_id, func.count())
        .join(Bundle, Bundle.id == BundleItem.bundle_id)
        .where(Bundle.round_id == held.id)
        .group_by(BundleItem.amendment_id),
    )
