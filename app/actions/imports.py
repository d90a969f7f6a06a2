"""Taking in a Word file that came back: its amendments and comments in one transaction."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.access.permissions import Permission
from app.access.policy import require
from app.actions.unit import Work, action
from app.domain import events as e
from app.domain import operations as ops
from app.domain.anchors import Anchor
from app.domain.commitments import commitment
from app.domain.lifecycle import AmendmentState
from app.domain.operations import Operation
from app.domain.text_diff import TOKENISER
from app.kernel.errors import Invalid, WrongMoment
from app.kernel.ids import new_token
from app.kernel.said import said
from app.models.agreements import Agreement, Version
from app.models.amendments import AmendmentRow
from app.models.clauses import tree_of
from app.models.comments import Comment, Thread
from app.models.files import StoredFile
from app.models.imports import WordImport
from app.models.people import Organisation
from app.models.rounds import Round
from app.queries import proposals
from app.queries.people import Voice, speaks_for
from app.queries.versions import take_number, version_by_id

MOST_OPERATIONS = 100
MOST_AMENDMENTS = 200
LONGEST_COMMENT = 10_000


@dataclass(frozen=True)
class NewAmendment:
    """What becomes one amendment, written against the version of the round.

    With a `primary` it becomes an amendment to that one, written against what that makes of it.
    """

    operations: tuple[Operation, ...]
    rationale: str
    primary: uuid.UUID | None = None


@dataclass(frozen=True)
class NewRemark:
    """A comment of the file: a new thread at an anchor (none: on the whole), or in a known one."""

    text: str
    kind: str = "question"
    anchor: Anchor | None = None
    thread: uuid.UUID | None = None
    amendment: uuid.UUID | None = None
    replies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Brought:
    """Everything that somebody takes out of one file.

    `resolve`, `reopen`: threads; `report` is kept with the file as it is.
    """

    version: Version
    original: StoredFile
    amendments: Sequence[NewAmendment] = ()
    remarks: Sequence[NewRemark] = ()
    resolve: Sequence[uuid.UUID] = ()
    reopen: Sequence[uuid.UUID] = ()
    report: dict[str, Any] = field(default_factory=dict)


@action(Permission.WORD_IMPORT)
def import_word_file(
    work: Work,
    opened: Round,
    *,
    brought: Brought,
    propose: bool = True,
    on_behalf_of: Organisation | None = None,
) -> WordImport:
    """Make amendments and comments of a file, and keep it. The same file comes in once a round.

    `propose`: put the amendments before everybody at once; else they are drafts. `on_behalf_of` is
    for the facilitator alone: a file that came by mail.
    """
    if known := _known(work, opened, brought.original.sha256):
        work.unchanged = True
        return known
    if not (brought.amendments or brought.remarks or brought.resolve or brought.reopen):
        raise Invalid("Take at least one change or comment of the file.", "items")
    if len(brought.amendments) > MOST_AMENDMENTS:
        raise Invalid("One file makes at most {most} amendments.", "items", most=MOST_AMENDMENTS)
    organisation = speaks_for(work.actor, opened.agreement_id, on_behalf_of)
    if propose and brought.amendments and on_behalf_of is None:
        _refuse_unchecked(work, organisation)
    made = _Maker(work, opened, organisation, on_behalf_of is not None)
    base = tree_of(version_by_id(work.session, opened.version_id))
    amendments = []
    for number, one in enumerate(brought.amendments):
        if one.primary is None:
            ops.apply(base, one.operations)
        amendments.append(made.amendment(one, f"{brought.original.sha256[:40]}-{number}", propose))
    threads = [made.remark(one) for one in brought.remarks]
    for key, resolved in (
        *((k, True) for k in brought.resolve),
        *((k, False) for k in brought.reopen),
    ):
        made.settle(key, resolved=resolved)
    return made.row(brought, amendments, threads)


def _refuse_unchecked(work: Work, organisation: Voice | None) -> None:
    if organisation and work.session.get_one(Organisation, organisation.id).checks_drafts:
        raise WrongMoment(
            "Your organisation proposes nothing unchecked. Keep the changes as drafts, and ask a "
            "colleague to check them."
        )


def _known(work: Work, opened: Round, sha256: str) -> WordImport | None:
    return work.session.scalars(
        select(WordImport).where(
            WordImport.round_id == opened.id,
            WordImport.imported_by == work.person,
            WordImport.sha256 == sha256,
        )
    ).one_or_none()


@dataclass
class _Maker:
    """Makes the rows of one file, each with its event."""

    work: Work
    opened: Round
    organisation: Voice | None
    entered: bool

    @property
    def name(self) -> str:
        return self.organisation.name if self.organisation else said("The facilitator")

    @property
    def inside(self) -> str:
        return str(self.organisation.id) if self.organisation else ""

    def amendment(self, one: NewAmendment, form_key: str, propose: bool) -> AmendmentRow:
        work, opened = self.work, self.opened
        if len(one.operations) > MOST_OPERATIONS:
            raise Invalid(
                "One amendment holds at most {most} changes. Make one for each clause instead.",
                "grouping",
                most=MOST_OPERATIONS,
            )
        row = AmendmentRow(
            agreement_id=opened.agreement_id,
            round_id=opened.id,
            version_id=opened.version_id,
            organisation_id=self.organisation.id if self.organisation else None,
            author_id=work.person,
            entered_by=work.person if self.entered else None,
            rationale=one.rationale.strip(),
            state=AmendmentState.DRAFT,
            operations=ops.to_json(one.operations),
            operations_hash=ops.operations_hash(one.operations),
            clauses=sorted(ops.touched(one.operations)),
            tokeniser=TOKENISER,
            form_key=form_key,
            created_at=work.now,
        )
        if one.primary is not None:
            self._amend(row, one.primary)
        if propose:
            self._propose(row)
        else:
            work.record(e.AmendmentDrafted(self.name, self.inside))
        work.session.add(row)
        work.session.flush()
        return row

    def _amend(self, row: AmendmentRow, key: uuid.UUID) -> None:
        """Make it an amendment to another, as far as this person may."""
        work = self.work
        primary = work.session.get(AmendmentRow, key)
        if primary is None or primary.agreement_id != self.opened.agreement_id:
            raise Invalid("The file changes an amendment that isn't here.", "items")
        require(work.actor, Permission.AMENDMENT_AMEND, primary, work.now)
        ops.apply(proposals.text_with(work.session, primary), ops.from_json(row.operations))
        row.version_id = primary.version_id
        row.primary_id, row.primary_hash = primary.id, primary.operations_hash

    def _propose(self, row: AmendmentRow) -> None:
        session, agreement = self.work.session, self.opened.agreement_id
        row.number = take_number(session, agreement, Agreement.next_amendment)
        if row.primary_id is None:
            row.label = f"A{proposals.next_label_number(session, agreement)}"
        else:
            primary = session.get_one(AmendmentRow, row.primary_id)
            number = proposals.next_secondary_number(session, primary.id)
            row.label = f"{primary.label}.{number}"
        row.state = AmendmentState.PROPOSED
        row.proposed_at = self.work.now
        self.work.record(
            e.AmendmentProposed(
                amendment=row.label,
                organisation=self.name,
                clauses=tuple(row.clauses),
                operations=row.operations_hash,
            )
        )

    def remark(self, one: NewRemark) -> Thread:
        """A new thread with its replies, or a reply in a known one."""
        if one.thread is not None:
            thread = self._thread_of(one.thread)
            self._reply(thread, one.text)
            thread.resolved_at = None
            return thread
        thread = self._started(one)
        for text in one.replies:
            self._reply(thread, text)
        return thread

    def _started(self, one: NewRemark) -> Thread:
        work, opened = self.work, self.opened
        thread = Thread(
            agreement_id=opened.agreement_id,
            round_id=opened.id,
            number=take_number(work.session, opened.agreement_id, Agreement.next_thread),
            subject="clause" if one.anchor else "amendment" if one.amendment else "agreement",
            kind=one.kind,
            version_id=opened.version_id,
            amendment_id=one.amendment,
            organisation_id=self.organisation.id if self.organisation else None,
            started_by=work.person,
            started_at=work.now,
        )
        if one.anchor is not None:
            anchor = one.anchor
            thread.clause_key, thread.part = anchor.clause, anchor.part
            thread.start, thread.end, thread.quote = anchor.start, anchor.end, anchor.quote
            thread.prefix, thread.suffix = anchor.prefix, anchor.suffix
        work.session.add(thread)
        work.session.flush()
        comment = self._comment(thread, one.text)
        work.record(
            e.ThreadStarted(
                thread=thread.number,
                organisation=self.organisation.name if self.organisation else "",
                kind=one.kind,
                clause=thread.clause_key or "",
                commitment=commitment(comment.salt, comment.text),
            )
        )
        return thread

    def _reply(self, thread: Thread, text: str) -> None:
        comment = self._comment(thread, text)
        self.work.record(
            e.ReplyAdded(
                thread=thread.number,
                organisation=self.organisation.name if self.organisation else "",
                commitment=commitment(comment.salt, comment.text),
            )
        )

    def _comment(self, thread: Thread, text: str) -> Comment:
        work = self.work
        words = text.replace("\r\n", "\n").strip()
        if not words or len(words) > LONGEST_COMMENT:
            raise Invalid(
                "A comment of the file has {size} characters; 1 to {most} can be taken in.",
                "items",
                size=len(words),
                most=LONGEST_COMMENT,
            )
        comment = Comment(
            thread_id=thread.id,
            organisation_id=self.organisation.id if self.organisation else None,
            author_id=work.person,
            entered_by=work.person if self.entered else None,
            text=words,
            salt=new_token(),
            created_at=work.now,
        )
        work.session.add(comment)
        work.session.flush()
        return comment

    def _thread_of(self, key: uuid.UUID) -> Thread:
        thread = self.work.session.get(Thread, key)
        if thread is None or thread.agreement_id != self.opened.agreement_id:
            raise Invalid("A comment of the file answers one that isn't here.", "items")
        return thread

    def settle(self, key: uuid.UUID, *, resolved: bool) -> None:
        """Settle or reopen a thread, as far as this person may."""
        thread = self._thread_of(key)
        require(self.work.actor, Permission.THREAD_RESOLVE, thread, self.work.now)
        if (thread.resolved_at is not None) == resolved:
            return
        thread.resolved_at = self.work.now if resolved else None
        kind = e.ThreadResolved if resolved else e.ThreadReopened
        self.work.record(kind(thread=thread.number))

    def row(
        self, brought: Brought, amendments: Sequence[AmendmentRow], threads: Sequence[Thread]
    ) -> WordImport:
        """Keep the file, and say what came of it."""
        work, opened, original = self.work, self.opened, brought.original
        original.agreement_id = opened.agreement_id
        original.stored_at, original.stored_by = work.now, work.person
        work.session.add(original)
        work.session.flush()
        row = WordImport(
            agreement_id=opened.agreement_id,
            round_id=opened.id,
            version_id=brought.version.id,
            file_id=original.id,
            organisation_id=self.organisation.id if self.organisation else None,
            imported_by=work.person,
            entered_by=work.person if self.entered else None,
            imported_at=work.now,
            sha256=original.sha256,
            report={
                **brought.report,
                "amendments": [str(one.id) for one in amendments],
                "threads": [one.number for one in threads],
            },
        )
        work.session.add(row)
        work.record(self._told(original, brought.version, amendments, threads))
        return row

    def _told(
        self,
        original: StoredFile,
        version: Version,
        amendments: Sequence[AmendmentRow],
        threads: Sequence[Thread],
    ) -> e.Event:
        """What the record says of a file; one that made only drafts is nobody else's business."""
        labels = tuple(one.label for one in amendments if one.label)
        if amendments and not labels and not threads:
            return e.DraftsImported(
                self.name, self.inside, original.name, original.sha256, version.number
            )
        return e.WordFileImported(
            organisation=self.name,
            file=original.name,
            sha256=original.sha256,
            version=version.number,
            amendments=labels,
            threads=tuple(dict.fromkeys(one.number for one in threads)),
        )
