"""Named load plans: what to bring along so that a question or a page needs no further query."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.models.agreements import Draft, Participant, Seat
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot, RollEntry
from app.models.bundles import Bundle
from app.models.comments import Comment, Thread
from app.models.decisions import Disposition, FacilitatorEdit, ResolutionRow
from app.models.desk import SavedAnswer
from app.models.inside import InternalNote, InternalRemark
from app.models.people import Invitation, Organisation
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
    Ballot: (
        joinedload(Ballot.agreement),
        selectinload(Ballot.roll).joinedload(RollEntry.organisation).load_only(Organisation.name),
    ),
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
