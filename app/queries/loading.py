"""Named load plans: what to bring along so that a question or a page needs no further query."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Uuid, and_, bindparam, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.interfaces import ORMOption

from app.access.actor import Actor
from app.models.agreements import Draft, Participant, Seat
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot, RollEntry
from app.models.bundles import Bundle
from app.models.comments import Comment, Thread
from app.models.decisions import Disposition, FacilitatorEdit, ResolutionRow
from app.models.desk import SavedAnswer
from app.models.inside import InternalNote, InternalRemark
from app.models.people import Invitation, Membership, Organisation
from app.models.rounds import Round
from app.models.signatures import SignatureRequest, SignedCopy

FOR_POLICY: Mapping[type[Any], tuple[ORMOption, ...]] = {
    Draft: (joinedload(Draft.agreement),),
    Participant: (joinedload(Participant.agreement), joinedload(Participant.organisation)),
    Seat: (joinedload(Seat.agreement), joinedload(Seat.participant)),
    Round: (joinedload(Round.agreement),),
    Thread: (joinedload(Thread.agreement), joinedload(Thread.round)),
    Comment: (
        joinedload(Comment.thread).joinedload(Thread.agreement),
        joinedload(Comment.thread).joinedload(Thread.round),
    ),
    InternalNote: (joinedload(InternalNote.agreement), joinedload(InternalNote.organisation)),
    InternalRemark: (
        joinedload(InternalRemark.note).joinedload(InternalNote.agreement),
        joinedload(InternalRemark.note).joinedload(InternalNote.organisation),
    ),
    AmendmentRow: (
        joinedload(AmendmentRow.agreement),
        joinedload(AmendmentRow.round),
        joinedload(AmendmentRow.organisation),
    ),
    Ballot: (joinedload(Ballot.agreement),),
    Bundle: (joinedload(Bundle.agreement), joinedload(Bundle.round)),
    SavedAnswer: (joinedload(SavedAnswer.agreement),),
    Disposition: (joinedload(Disposition.agreement), joinedload(Disposition.round)),
    ResolutionRow: (joinedload(ResolutionRow.agreement), joinedload(ResolutionRow.round)),
    FacilitatorEdit: (joinedload(FacilitatorEdit.agreement), joinedload(FacilitatorEdit.round)),
    SignatureRequest: (
        joinedload(SignatureRequest.agreement),
        joinedload(SignatureRequest.organisation),
    ),
    SignedCopy: (
        joinedload(SignedCopy.request).joinedload(SignatureRequest.agreement),
        joinedload(SignedCopy.request).joinedload(SignatureRequest.organisation),
    ),
    Invitation: (joinedload(Invitation.organisation),),
}
"""What policy needs beside the row itself, by the row's class."""


def bring_lines(session: Session, subject: object, actor: Actor) -> None:
    """Give a ballot those lines of its roll that may be the actor's; any other row stays as it is.

    Call it behind the lock, and not in the statement that waits for it: who took part is in the
    lines. A roll of thousands is not read for one vote.
    """
    if isinstance(subject, Ballot):
        of_one = {"ballot": subject.id, "person": actor.user_id}
        set_committed_value(subject, "roll", session.scalars(_LINES, of_one).all())


_LINES = (
    select(RollEntry)
    .join(
        Membership,
        and_(
            Membership.organisation_id == RollEntry.organisation_id,
            Membership.user_id == bindparam("person", type_=Uuid()),
        ),
    )
    .where(RollEntry.ballot_id == bindparam("ballot", type_=Uuid()))
    .options(joinedload(RollEntry.organisation).load_only(Organisation.name))
    .execution_options(populate_existing=True)
)
