"""Inside one organisation: notes that nobody else sees, replies to them, opening one to all."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import ColumnElement, select

from app.access.permissions import Permission
from app.access.policy import require
from app.actions.unit import Work, action
from app.domain import events as e
from app.domain.anchors import Anchor
from app.domain.commitments import commitment
from app.domain.mentions import Target, as_json, told
from app.domain.remarks import checked_kind, checked_words
from app.kernel.errors import Conflict, Invalid, NotFound, WrongMoment
from app.kernel.ids import new_token
from app.models.agreements import Agreement
from app.models.amendments import AmendmentRow
from app.models.comments import Comment, Thread
from app.models.inside import InternalNote, InternalRemark
from app.models.people import Organisation
from app.models.rounds import Round
from app.queries.amendments import DRAFTS
from app.queries.inside import openable
from app.queries.mentions import mentioned_in
from app.queries.people import speaks_for
from app.queries.versions import take_number


@action(Permission.NOTE_KEEP)
def keep_note(
    work: Work,
    agreement: Agreement,
    *,
    text: str,
    kind: str = "question",
    version_id: uuid.UUID | None = None,
    anchor: Anchor | None = None,
    amendment: AmendmentRow | None = None,
    form_key: str | None = None,
) -> InternalNote:
    """Write a note that one's own organisation alone sees: on the text, an amendment or a draft.

    `version_id` is the text the anchor points into. The same form key keeps one note.
    """
    kind, words = checked_kind(kind), checked_words(text)
    if (kept := _kept(work, form_key)) is not None:
        work.unchanged = True
        return work.session.get_one(InternalNote, kept.note_id)
    note = InternalNote(
        agreement_id=agreement.id,
        organisation_id=_whose(work, agreement, amendment),
        kind=kind,
        version_id=version_id,
        amendment_id=amendment.id if amendment else None,
        started_by=work.person,
        started_at=work.now,
    )
    if anchor is not None:
        note.clause_key, note.part = anchor.clause, anchor.part
        note.start, note.end, note.quote = anchor.start, anchor.end, anchor.quote
        note.prefix, note.suffix = anchor.prefix, anchor.suffix
    work.session.add(note)
    work.session.flush()
    remark = _remark(work, note, words, form_key)
    work.record(e.InternalNoteKept(*_inside(work, note), commitment(remark.salt, remark.text)))
    _tell_mentioned(work, note, words)
    return note


@action(Permission.NOTE_REPLY)
def reply_inside(
    work: Work, note: InternalNote, *, text: str, form_key: str | None = None
) -> InternalRemark:
    """Reply to an internal note; only the same organisation reads it. A form key replies once."""
    if (kept := _kept(work, form_key)) is not None:
        work.unchanged = True
        return kept
    remark = _remark(work, note, checked_words(text), form_key)
    work.record(e.InternalReplyAdded(*_inside(work, note), commitment(remark.salt, remark.text)))
    _tell_mentioned(work, note, remark.text)
    return remark


@action(Permission.NOTE_EDIT)
def edit_inside(work: Work, remark: InternalRemark, *, text: str) -> InternalRemark:
    """Change one's own words in a note; that they were changed stays visible inside."""
    if remark.retracted_at is not None:
        raise Invalid("These words were taken back.", "text")
    _hold_inside(work, remark)
    remark.text = checked_words(text)
    if not work.session.is_modified(remark):
        work.unchanged = True
        return remark
    remark.edited_at = work.now
    note = work.session.get_one(InternalNote, remark.note_id)
    work.record(e.InternalRemarkEdited(*_inside(work, note), commitment(remark.salt, remark.text)))
    _tell_mentioned(work, note, remark.text)
    return remark


@action(Permission.NOTE_EDIT)
def retract_inside(work: Work, remark: InternalRemark) -> InternalRemark:
    """Take one's own words in a note back; that something stood there stays visible inside."""
    if remark.retracted_at is not None:
        work.unchanged = True
        return remark
    _hold_inside(work, remark)
    remark.retracted_at = work.now
    work.record(e.InternalRemarkRetracted(*_inside(work, remark.note)))
    return remark


@action(Permission.NOTE_OPEN)
def open_note(
    work: Work, note: InternalNote, *, opened: Round, seen: str, with_replies: bool
) -> Thread:
    """Make a public thread of a note, for good; its replies go along where that is asked for.

    `seen` is the state of the note on the page: what was said or changed since goes nowhere unseen.
    """
    require(work.actor, Permission.COMMENT_START, opened, work.now)
    if opened.agreement_id != note.agreement_id:
        raise NotFound("There is no such round in this agreement.")
    remarks = openable(work.session, note.id)
    public = remarks.public(with_replies=with_replies)
    if not public:
        raise Invalid("All of it was taken back; there is nothing to open.")
    if remarks.state != seen:
        raise Conflict("A colleague wrote here meanwhile. Read it, then decide again.")
    amendment = _public_amendment(work, note)
    thread = _thread(work, note, opened, amendment)
    work.session.add(thread)
    work.session.flush()
    comments = [_comment(work, thread, remark, at) for at, remark in enumerate(public)]
    note.opened_at, note.opened_thread = work.now, thread.number
    name = note.organisation.name
    first, *replies = (commitment(one.salt, one.text) for one in comments)
    work.record(
        e.InternalNoteOpened(*_inside(work, note), thread.number),
        e.ThreadStarted(thread.number, name, note.kind, thread.clause_key or "", first),
        *(e.ReplyAdded(thread.number, name, held) for held in replies),
        *told(thread.number, _mentioned(work, thread, comments)),
    )
    return thread


def _hold_inside(work: Work, remark: InternalRemark) -> None:
    """Let nobody open the note meanwhile: its words would be public, and their writer not know."""
    work.session.refresh(remark.note, ["opened_at"], with_for_update=True)
    require(work.actor, Permission.NOTE_EDIT, remark, work.now)


def _whose(work: Work, agreement: Agreement, amendment: AmendmentRow | None) -> uuid.UUID:
    """Whose note it is: a draft's own organisation, else the one the actor speaks for."""
    if amendment is not None and amendment.state in DRAFTS:
        own = work.actor.organisations_in(agreement.id)
        if amendment.organisation_id is None or amendment.organisation_id not in own:
            raise NotFound("There is no such draft, or it is another organisation's.")
        return amendment.organisation_id
    organisation = speaks_for(work.actor, agreement.id)
    if organisation is None:
        raise Invalid("Only an organisation keeps internal notes.")
    return organisation.id


def _public_amendment(work: Work, note: InternalNote) -> AmendmentRow | None:
    if note.amendment_id is None:
        return None
    found = work.session.get_one(AmendmentRow, note.amendment_id)
    if found.state in DRAFTS:
        raise WrongMoment("This is about a draft, which nobody else knows. Propose that first.")
    return found


def _thread(
    work: Work, note: InternalNote, opened: Round, amendment: AmendmentRow | None
) -> Thread:
    return Thread(
        agreement_id=note.agreement_id,
        round_id=opened.id,
        number=take_number(work.session, note.agreement_id, Agreement.next_thread),
        subject="amendment" if amendment else "clause" if note.clause_key else "agreement",
        kind=note.kind,
        version_id=note.version_id if note.clause_key else opened.version_id,
        clause_key=note.clause_key,
        part=note.part,
        start=note.start,
        end=note.end,
        quote=note.quote,
        prefix=note.prefix,
        suffix=note.suffix,
        anchor_state=note.anchor_state,
        amendment_id=note.amendment_id,
        organisation_id=note.organisation_id,
        started_by=note.started_by,
        started_at=work.now,
    )


def _mentioned(work: Work, thread: Thread, comments: Iterable[Comment]) -> Iterable[Target]:
    """Keep whom the opened comments mention, now that everybody may be; each once."""
    targets: dict[Target, None] = {}
    for comment in comments:
        found = mentioned_in(work.session, thread.agreement_id, comment.text)
        comment.mentions = as_json(found)
        targets.update(dict.fromkeys(one.target for one in found))
    return targets


def _comment(work: Work, thread: Thread, remark: InternalRemark, at: int) -> Comment:
    """The public copy of a remark. When it was said inside is nobody else's business.

    They come in one moment; a millionth of a second each keeps them in their order.
    """
    comment = Comment(
        thread_id=thread.id,
        organisation_id=thread.organisation_id,
        author_id=remark.author_id,
        text=remark.text,
        salt=new_token(),
        created_at=work.now + timedelta(microseconds=at),
    )
    work.session.add(comment)
    work.session.flush()
    return comment


def _remark(work: Work, note: InternalNote, text: str, form_key: str | None) -> InternalRemark:
    remark = InternalRemark(
        note_id=note.id,
        author_id=work.person,
        text=text,
        salt=new_token(),
        form_key=form_key or None,
        created_at=work.now,
    )
    work.session.add(remark)
    return remark


def _tell_mentioned(work: Work, note: InternalNote, text: str) -> None:
    """Tell the colleagues that a remark mentions; nobody else is ever reached from inside."""
    found = mentioned_in(work.session, note.agreement_id, text, note.organisation_id)
    people = tuple(str(one.target.id) for one in found if one.target.kind == "person")
    if people:
        work.record(e.MentionedInside(*_inside(work, note), people))


def _kept(work: Work, form_key: str | None) -> InternalRemark | None:
    if not form_key:
        return None
    same: ColumnElement[bool] = InternalRemark.form_key == form_key
    held = select(InternalRemark).where(InternalRemark.author_id == work.person, same)
    return work.session.scalars(held).one_or_none()


def _inside(work: Work, note: InternalNote) -> tuple[str, str, str]:
    """What every event of a note says: the organisation's name, its id, the note's id."""
    organisation = work.session.get_one(Organisation, note.organisation_id)
    return organisation.name, str(organisation.id), str(note.id)
