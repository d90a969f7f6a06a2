"""Comments: starting a thread on words, a clause, an amendment or the whole; replies; resolving."""

from typing import Any

from sqlalchemy import String, Uuid, and_, bindparam, exists, select

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import events as e
from app.domain.anchors import Anchor
from app.domain.commitments import commitment
from app.domain.mentions import as_json, told
from app.domain.remarks import checked_kind, checked_words
from app.kernel.errors import Invalid
from app.kernel.ids import new_token
from app.models.agreements import Agreement
from app.models.amendments import AmendmentRow
from app.models.comments import Comment, Thread
from app.models.inserting import put
from app.models.people import Organisation
from app.models.rounds import Round
from app.queries.mentions import mentioned_in
from app.queries.people import Voice, speaks_for
from app.queries.versions import take_number, taken, taking


@action(Permission.COMMENT_START)
def start_thread(
    work: Work,
    opened: Round,
    *,
    text: str,
    kind: str,
    anchor: Anchor | None = None,
    amendment: AmendmentRow | None = None,
    on_behalf_of: Organisation | None = None,
    form_key: str | None = None,
) -> Thread:
    """Comment in a round: on words or a clause (anchor), on an amendment, or on the whole.

    `on_behalf_of` is for the facilitator alone: a contribution that came by mail or phone. The same
    form key posts once.
    """
    kind, text = checked_kind(kind), checked_words(text)
    number = _number_unless_posted(work, opened, form_key)
    if number is None:
        work.unchanged = True
        held = select(Thread).join(Thread.comments).where(_BY_THIS_FORM)
        return work.session.scalars(held, _this_form(work, form_key)).one()
    organisation = speaks_for(work.actor, opened.agreement_id, on_behalf_of)
    thread = _thread(work, opened, organisation, number, kind, amendment)
    if anchor is not None:
        _point(thread, anchor)
    put(work.session, thread)
    comment = _comment(work, thread, organisation, text, form_key, on_behalf_of)
    _record_start(work, thread, comment, organisation)
    _tell_mentioned(work, thread, comment)
    put(work.session, comment)
    return thread


@action(Permission.COMMENT_REPLY)
def reply(
    work: Work,
    thread: Thread,
    *,
    text: str,
    on_behalf_of: Organisation | None = None,
    form_key: str | None = None,
) -> Comment:
    """Reply in a thread; a reply reopens what was resolved."""
    if form_key:
        posted = select(Comment).where(_BY_THIS_FORM)
        this_form = _this_form(work, form_key)
        if (comment := work.session.scalars(posted, this_form).one_or_none()) is not None:
            work.unchanged = True
            return comment
    organisation = speaks_for(work.actor, thread.agreement_id, on_behalf_of)
    text = checked_words(text)
    comment = _comment(work, thread, organisation, text, form_key, on_behalf_of)
    thread.resolved_at = None
    work.record(
        e.ReplyAdded(
            thread=thread.number,
            organisation=organisation.name if organisation else "",
            commitment=commitment(comment.salt, comment.text),
        )
    )
    _tell_mentioned(work, thread, comment)
    put(work.session, comment)
    return comment


@action(Permission.COMMENT_EDIT)
def edit_comment(work: Work, comment: Comment, *, text: str) -> Comment:
    """Change one's own words; that they were changed stays visible."""
    if comment.retracted_at is not None:
        raise Invalid("This comment is retracted.", "text")
    comment.text = checked_words(text)
    if not work.session.is_modified(comment):
        work.unchanged = True
        return comment
    comment.edited_at = work.now
    work.record(
        e.CommentEdited(
            thread=comment.thread.number, commitment=commitment(comment.salt, comment.text)
        )
    )
    _tell_mentioned(work, comment.thread, comment)
    return comment


@action(Permission.COMMENT_EDIT)
def retract_comment(work: Work, comment: Comment) -> Comment:
    """Take one's own words back; that something stood there stays visible."""
    if comment.retracted_at is not None:
        work.unchanged = True
        return comment
    comment.retracted_at = work.now
    work.record(e.CommentRetracted(thread=comment.thread.number))
    return comment


@action(Permission.THREAD_RESOLVE)
def resolve_thread(work: Work, thread: Thread, *, resolved: bool) -> Thread:
    """Mark a conversation as settled, or open it again."""
    if (thread.resolved_at is not None) == resolved:
        work.unchanged = True
        return thread
    thread.resolved_at = work.now if resolved else None
    kind = e.ThreadResolved if resolved else e.ThreadReopened
    work.record(kind(thread=thread.number))
    return thread


def _thread(
    work: Work,
    opened: Round,
    organisation: Voice | None,
    number: int,
    kind: str,
    amendment: AmendmentRow | None,
) -> Thread:
    return Thread(
        agreement_id=opened.agreement_id,
        round_id=opened.id,
        number=number,
        subject="amendment" if amendment else "agreement",
        kind=kind,
        version_id=opened.version_id,
        amendment_id=amendment.id if amendment else None,
        organisation_id=organisation.id if organisation else None,
        started_by=work.person,
        started_at=work.now,
    )


def _point(thread: Thread, anchor: Anchor) -> None:
    """Let a thread be about a clause, or about words of it."""
    thread.subject = "clause"
    thread.clause_key, thread.part = anchor.clause, anchor.part
    thread.start, thread.end, thread.quote = anchor.start, anchor.end, anchor.quote
    thread.prefix, thread.suffix = anchor.prefix, anchor.suffix


def _number_unless_posted(work: Work, opened: Round, form_key: str | None) -> int | None:
    """The number of a new thread; None where this form was posted already."""
    if not form_key:
        return take_number(work.session, opened.agreement_id, Agreement.next_thread)
    this_form = _this_form(work, form_key)
    return taken(work.session, _UNLESS_POSTED, opened.agreement_id, **this_form)


def _this_form(work: Work, form_key: str | None) -> dict[str, Any]:
    return {"author": work.actor.user_id, "form_key": form_key}


_BY_THIS_FORM = and_(
    Comment.author_id == bindparam("author", type_=Uuid()),
    Comment.form_key == bindparam("form_key", type_=String()),
)
_UNLESS_POSTED = taking(Agreement.next_thread, unless=exists().where(_BY_THIS_FORM))


def _comment(
    work: Work,
    thread: Thread,
    organisation: Voice | None,
    text: str,
    form_key: str | None,
    on_behalf_of: Organisation | None,
) -> Comment:
    return Comment(
        thread_id=thread.id,
        organisation_id=organisation.id if organisation else None,
        author_id=work.person,
        entered_by=work.person if on_behalf_of else None,
        text=text,
        salt=new_token(),
        form_key=form_key or None,
        created_at=work.now,
    )


def _record_start(work: Work, thread: Thread, comment: Comment, organisation: Voice | None) -> None:
    work.record(
        e.ThreadStarted(
            thread=thread.number,
            organisation=organisation.name if organisation else "",
            kind=thread.kind,
            clause=thread.clause_key or "",
            commitment=commitment(comment.salt, comment.text),
        )
    )


def _tell_mentioned(work: Work, thread: Thread, comment: Comment) -> None:
    """Keep whom a comment mentions, and tell those that it didn't mention before."""
    found = mentioned_in(work.session, thread.agreement_id, comment.text)
    known = {mention["id"] for mention in comment.mentions or ()}
    comment.mentions = as_json(found)
    new = [one.target for one in found if str(one.target.id) not in known]
    work.record(*told(thread.number, new))
