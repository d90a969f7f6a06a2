"""What one organisation said among itself: every question names whose, no other's is read."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import BindParameter, ColumnElement, Row, select, tuple_
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access.actor import Actor
from app.formats import markdown
from app.kernel.errors import NotFound
from app.models.amendments import AmendmentRow
from app.models.inside import DraftCheck, InternalNote, InternalRemark
from app.models.people import User
from app.queries.amendments import DRAFTS


@dataclass(frozen=True)
class InsideRemark:
    """One remark of a note. `row` is for asking what the reader may do with it."""

    row: InternalRemark
    person: str
    at: datetime
    html: Markup
    words: str
    is_edited: bool
    is_retracted: bool


@dataclass(frozen=True)
class InsideNote:
    """A note as its organisation sees it; `amendment` is the label, "" for a draft or none."""

    row: InternalNote
    organisation: str
    opening: InsideRemark
    replies: tuple[InsideRemark, ...]
    amendment: str
    is_on_draft: bool

    @property
    def clause(self) -> str | None:
        """The clause it is about, where it is about one."""
        return self.row.clause_key

    @property
    def is_open(self) -> bool:
        """Whether it is a public thread by now."""
        return self.row.opened_at is not None

    @property
    def going(self) -> tuple[InsideRemark, ...]:
        """The remarks that would go along if it were opened: all that nobody took back."""
        return tuple(one for one in (self.opening, *self.replies) if not one.is_retracted)

    @property
    def state(self) -> str:
        """Its newest remark and change: what somebody who opens it has seen."""
        return _state([one.row for one in (self.opening, *self.replies)])


@dataclass(frozen=True)
class Openable:
    """The remarks of a note that nobody took back; which is the first of all; its `state`."""

    told: tuple[InternalRemark, ...]
    first: uuid.UUID
    state: str

    def public(self, *, with_replies: bool) -> tuple[InternalRemark, ...]:
        """What everybody would read: never a reply that is to stay inside."""
        return tuple(one for one in self.told if with_replies or one.id == self.first)


@dataclass(frozen=True)
class Check:
    """One step of a draft inside: asked, checked or sent back; by whom, when, with what remark."""

    step: str
    person: str
    at: datetime
    remark: Markup


def notes_of(
    session: Session,
    agreement_id: uuid.UUID,
    own: Collection[uuid.UUID],
    *,
    amendment: uuid.UUID | None = None,
    on_text: bool = False,
) -> tuple[InsideNote, ...]:
    """The notes of these organisations in an agreement, the oldest first: two statements.

    Only those on one amendment or draft where it is named; `on_text` leaves those on amendments
    out, and those that are public by now.
    """
    if not own:
        return ()
    wanted: list[ColumnElement[bool]] = []
    if amendment is not None:
        wanted.append(InternalNote.amendment_id == amendment)
    if on_text:
        wanted += _ON_TEXT
    return _notes(session, agreement_id, own, *wanted)


_ON_TEXT = InternalNote.amendment_id.is_(None), InternalNote.opened_at.is_(None)


def on_text_of(
    agreement: BindParameter[uuid.UUID], own: BindParameter[uuid.UUID]
) -> tuple[ColumnElement[bool], ...]:
    """The conditions under which `notes_of` finds something on the text, for another statement."""
    return (
        InternalNote.agreement_id == agreement,
        InternalNote.organisation_id.in_(own),
        *_ON_TEXT,
    )


def note_of(
    session: Session, actor: Actor, agreement_id: uuid.UUID, note_id: uuid.UUID
) -> InsideNote:
    """One note of the actor's own organisation. Raises NotFound for everybody else."""
    own = actor.organisations_in(agreement_id)
    found = _notes(session, agreement_id, own, InternalNote.id == note_id) if own else ()
    if not found:
        raise NotFound("There is no such note, or it is another organisation's.")
    return found[0]


def remarks_of(
    session: Session, own: Mapping[uuid.UUID, Collection[uuid.UUID]]
) -> Sequence[Row[str, uuid.UUID, uuid.UUID, str]]:
    """What stands in the notes of some organisations, by agreement, the newest first, for search.

    One statement, none for whoever is there for no organisation. Rows of text, note_id,
    agreement_id and the name of who wrote it.
    """
    places = [(agreement, one) for agreement, held in own.items() for one in held]
    if not places:
        return ()
    return session.execute(
        select(
            *(InternalRemark.text, InternalRemark.note_id, InternalNote.agreement_id),
            User.name.label("name"),
        )
        .join(InternalNote, InternalNote.id == InternalRemark.note_id)
        .join(User, User.id == InternalRemark.author_id)
        .where(
            tuple_(InternalNote.agreement_id, InternalNote.organisation_id).in_(places),
            InternalRemark.retracted_at.is_(None),
        )
        .order_by(InternalRemark.created_at.desc(), InternalRemark.id)
    ).all()


def openable(session: Session, note_id: uuid.UUID) -> Openable:
    """What of a note would be opened."""
    rows = session.scalars(
        select(InternalRemark)
        .where(InternalRemark.note_id == note_id)
        .order_by(InternalRemark.created_at, InternalRemark.id)
    ).all()
    told = tuple(row for row in rows if row.retracted_at is None)
    return Openable(told, rows[0].id, _state(rows))


def _state(remarks: Sequence[InternalRemark]) -> str:
    """Names what a note says: another reply or other words give another name."""
    changed = max((one.edited_at.isoformat() for one in remarks if one.edited_at), default="")
    return f"{remarks[-1].id} {changed}".rstrip()


def last_check(session: Session, draft_id: uuid.UUID) -> DraftCheck | None:
    """The last step of a draft inside its organisation, where there was one."""
    return session.scalars(
        select(DraftCheck)
        .where(DraftCheck.amendment_id == draft_id)
        .order_by(DraftCheck.made_at.desc(), DraftCheck.id.desc())
        .limit(1)
    ).one_or_none()


def checks_of(session: Session, draft_id: uuid.UUID) -> tuple[Check, ...]:
    """All steps of a draft inside its organisation, the oldest first."""
    rows = session.scalars(
        select(DraftCheck)
        .where(DraftCheck.amendment_id == draft_id)
        .options(joinedload(DraftCheck.person))
        .order_by(DraftCheck.made_at, DraftCheck.id)
    )
    return tuple(
        Check(row.step, row.person.name, row.made_at, markdown.to_html(row.remark)) for row in rows
    )


def anchored_notes(session: Session, agreement_id: uuid.UUID) -> Sequence[InternalNote]:
    """Every note on a clause, of whatever organisation, for carrying them to a new version."""
    return session.scalars(
        select(InternalNote)
        .where(InternalNote.agreement_id == agreement_id, InternalNote.clause_key.is_not(None))
        .order_by(InternalNote.id)
    ).all()


def _notes(
    session: Session,
    agreement_id: uuid.UUID,
    own: Collection[uuid.UUID],
    *wanted: ColumnElement[bool],
) -> tuple[InsideNote, ...]:
    rows = session.scalars(
        select(InternalNote)
        .where(
            InternalNote.agreement_id == agreement_id,
            InternalNote.organisation_id.in_(own),
            *wanted,
        )
        .options(
            joinedload(InternalNote.agreement),
            joinedload(InternalNote.organisation),
            joinedload(InternalNote.amendment).load_only(AmendmentRow.label, AmendmentRow.state),
            selectinload(InternalNote.remarks).joinedload(InternalRemark.author),
        )
        .order_by(InternalNote.started_at, InternalNote.id)
    ).all()
    return tuple(_note(row) for row in rows)


def _note(row: InternalNote) -> InsideNote:
    opening, *replies = (_remark(remark) for remark in row.remarks)
    return InsideNote(
        row=row,
        organisation=row.organisation.name,
        opening=opening,
        replies=tuple(replies),
        amendment=row.amendment.label if row.amendment else "",
        is_on_draft=row.amendment is not None and row.amendment.state in DRAFTS,
    )


def _remark(remark: InternalRemark) -> InsideRemark:
    gone = remark.retracted_at is not None
    return InsideRemark(
        row=remark,
        person=remark.author.name,
        at=remark.created_at,
        html=Markup("") if gone else markdown.to_html(remark.text),
        words="" if gone else markdown.to_plain(remark.text, 300),
        is_edited=remark.edited_at is not None,
        is_retracted=gone,
    )
