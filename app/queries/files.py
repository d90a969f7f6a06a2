"""Stored files: who may have which."""

import hashlib
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app.access.actor import Actor, Role
from app.domain.lifecycle import CopyState
from app.kernel.errors import NotFound
from app.models.agreements import Agreement, Execution
from app.models.files import StoredFile
from app.models.imports import WordImport
from app.models.signatures import SignatureRequest, SignedCopy


def get_file(
    session: Session, actor: Actor, agreement: Agreement, file_id: uuid.UUID
) -> StoredFile:
    """A file of an agreement, with its bytes. Raises NotFound where the actor may not have it.

    The execution version is for all who take part; a signed copy for the facilitator and for the
    party it comes from, once it counts for all parties; a Word file that came back for those it
    came from; any other file for the facilitator.
    """
    file = session.scalars(
        select(StoredFile)
        .where(StoredFile.id == file_id, StoredFile.agreement_id == agreement.id)
        .options(undefer(StoredFile.content))
    ).one_or_none()
    if file is None or not _may_have(session, actor, agreement, file_id):
        raise NotFound("There is no such file, or it isn't for you to see.")
    return file


def _may_have(session: Session, actor: Actor, agreement: Agreement, file_id: uuid.UUID) -> bool:
    standings = actor.stands_in(agreement.id)
    facilitates = any(standing.role is Role.FACILITATOR for standing in standings)
    execution = select(Execution.file_id).where(Execution.agreement_id == agreement.id)
    if file_id in session.scalars(execution).all():
        return True
    returned = session.execute(
        select(WordImport.organisation_id, WordImport.imported_by).where(
            WordImport.file_id == file_id, WordImport.agreement_id == agreement.id
        )
    ).first()
    if returned is not None:
        own = any(one.organisation_id == returned.organisation_id for one in standings)
        return returned.imported_by == actor.user_id or own
    if facilitates:
        return True
    copy = session.execute(
        select(SignedCopy.state, SignatureRequest.organisation_id)
        .join(SignatureRequest, SignatureRequest.id == SignedCopy.request_id)
        .where(SignedCopy.file_id == file_id, SignatureRequest.agreement_id == agreement.id)
    ).first()
    if copy is None:
        return False
    if copy.state == CopyState.COUNTED:
        return any(standing.is_party for standing in standings)
    return any(standing.organisation_id == copy.organisation_id for standing in standings)


def new_file(name: str, media_type: str, content: bytes) -> StoredFile:
    """A file as an action takes it in; the action says whose it is, who stored it and when."""
    return StoredFile(
        name=name,
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
    )
