"""Every copy of an agreement that can be taken to Word, made from what somebody asks for."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.domain import attribution, redline
from app.domain.lifecycle import AgreementState, AmendmentState
from app.formats.docx.comments import Note
from app.kernel.errors import NotFound
from app.models.agreements import Agreement, Version
from app.models.amendments import AmendmentRow
from app.models.decisions import Disposition
from app.models.rounds import Round
from app.queries import comments, origins, proposed_sets, version_pages, word_files, word_notes
from app.queries import consolidations as desk
from app.queries.agreements import parties_of
from app.queries.comments import Discussion
from app.queries.proposed_sets import LeftOut, ProposedSet
from app.queries.version_pages import Comparison, Text
from app.queries.word_notes import Answers

What = Literal["copy", "open", "chosen", "compare", "answers"]
KINDS: tuple[What, ...] = ("copy", "open", "chosen", "compare", "answers")


@dataclass(frozen=True)
class Wish:
    """What somebody wants to take along.

    `version` is that of the clean copy, or the older of two, 0 for the latest (while there is none,
    the draft); `against` the newer of two; `labels` name amendments; `round` is the one answered,
    0 for the latest; `organisation` narrows the answers to those it got, none gives all.
    """

    what: What = "copy"
    version: int = 0
    against: int = 0
    labels: tuple[str, ...] = ()
    round: int = 0
    organisation: uuid.UUID | None = None
    comments: bool = False
    guidance: bool = False


@dataclass(frozen=True)
class Export:
    """A Word file with its name, and the amendments that it holds as comments only."""

    name: str
    content: bytes
    left: Sequence[LeftOut] = ()


def export(session: Session, agreement: Agreement, wish: Wish) -> Export:
    """Make the file. Raises NotFound where something named isn't there."""
    match wish.what:
        case "copy":
            return _copy(session, agreement, wish)
        case "compare":
            return _comparison(session, agreement, wish)
        case "answers":
            return _answers(session, agreement, wish)
        case _:
            return _set(session, agreement, wish)


def set_of(session: Session, agreement: Agreement, wish: Wish) -> ProposedSet:
    """The amendments of a wish in one text. Raises NotFound."""
    if wish.what == "open" or not wish.labels:
        return proposed_sets.open_set(session, agreement)
    return proposed_sets.chosen_set(session, agreement, wish.labels)


def rounds_of(session: Session, agreement_id: uuid.UUID) -> Sequence[Round]:
    """The rounds of an agreement, the newest first."""
    return session.scalars(
        select(Round)
        .where(Round.agreement_id == agreement_id)
        .options(joinedload(Round.version))
        .order_by(Round.number.desc())
    ).all()


def is_answered(session: Session, held: Round | None) -> bool:
    """Whether anything said in a round has an answer."""
    if held is None:
        return False
    found = select(Disposition.id).where(Disposition.round_id == held.id).limit(1)
    return session.scalar(found) is not None


def latest_number(session: Session, agreement_id: uuid.UUID) -> int:
    """The number of the latest version, 0 while there is none."""
    found = session.scalar(
        select(func.max(Version.number)).where(Version.agreement_id == agreement_id)
    )
    return found or 0


def status_of(agreement: Agreement, number: int) -> str:
    """What a version of an agreement is, as its title page says."""
    return word_files.status_of(
        AgreementState(agreement.state),
        number=number,
        adopted=agreement.adopted_version,
        in_force=agreement.in_force_at is not None,
    )


def _copy(session: Session, agreement: Agreement, wish: Wish) -> Export:
    if wish.version:
        text = version_pages.text_of_version(session, agreement, wish.version)
    else:
        text = _latest(session, agreement)
    content = word_files.copy_of(
        text,
        status=status_of(agreement, text.number),
        zone=agreement.timezone,
        agreement=str(agreement.id),
        parties=parties_of(session, agreement.id),
        notes=word_notes.notes_of(text.tree, _said(session, agreement, wish)),
        guidance=_guidance(text, wish),
    )
    return Export(f"{agreement.slug}-{text.number or 'draft'}.docx", content)


def _comparison(session: Session, agreement: Agreement, wish: Wish) -> Export:
    compared = version_pages.comparison_of(session, agreement, wish.version, wish.against)
    content = word_files.comparison_of(
        compared,
        status=f"Compared with version {wish.against}",
        zone=agreement.timezone,
        agreement=str(agreement.id),
        notes=word_notes.notes_of(compared.new.tree, _said(session, agreement, wish)),
        guidance=_guidance(compared.new, wish),
    )
    return Export(f"{agreement.slug}-{wish.version}-to-{wish.against}.docx", content)


def _set(session: Session, agreement: Agreement, wish: Wish) -> Export:
    held = set_of(session, agreement, wish)
    said = _said(session, agreement, wish)
    about = word_notes.of_amendments(held.text.tree, held.taken, said) if wish.comments else {}
    content = word_files.set_of(
        held,
        status=_proposed(held),
        agreement=str(agreement.id),
        notes=word_notes.joined(word_notes.notes_of(held.text.tree, said), about),
        guidance=_guidance(held.text, wish),
    )
    named = "-".join(row.label for row in held.taken)
    what = named if 0 < len(held.taken) <= _NAMED else "amendments"
    return Export(f"{agreement.slug}-{held.text.number}-{what}.docx", content, held.left)


_NAMED = 4


def _proposed(held: ProposedSet) -> str:
    count = len(held.taken)
    if count == 1:
        return f"With amendment {held.taken[0].label}"
    return f"With {count} amendments" if count else "No amendment"


def _answers(session: Session, agreement: Agreement, wish: Wish) -> Export:
    rounds = rounds_of(session, agreement.id)
    held = next((one for one in rounds if wish.round in {0, one.number}), None)
    if held is None:
        raise NotFound("There is no such round in this agreement.")
    compared = _decided(session, agreement, held)
    content = word_files.comparison_of(
        compared,
        status=f"Answers to round {held.number}",
        zone=agreement.timezone,
        agreement=str(agreement.id),
        notes=_answered(session, agreement, held, compared, wish.organisation),
        guidance=_guidance(compared.new, wish),
    )
    return Export(f"{agreement.slug}-{held.version.number}-answers.docx", content)


def _answered(
    session: Session,
    agreement: Agreement,
    held: Round,
    compared: Comparison,
    organisation: uuid.UUID | None,
) -> Mapping[str, Sequence[Note]]:
    """The contributions of a round, each with the answer it got as the last reply."""
    answers = _given(session, held)
    threads = [
        one
        for one in comments.discussions(session, agreement.id)
        if (one.row.round_id == held.id or one.row.id in answers.to_threads)
        and organisation in {None, one.row.organisation_id}
    ]
    rows = session.scalars(
        select(AmendmentRow)
        .where(
            AmendmentRow.round_id == held.id,
            AmendmentRow.state.not_in((AmendmentState.DRAFT, AmendmentState.CHECKED)),
            *([AmendmentRow.organisation_id == organisation] if organisation else []),
        )
        .options(joinedload(AmendmentRow.organisation), joinedload(AmendmentRow.author))
        .order_by(AmendmentRow.number)
    ).all()
    tree = compared.old.tree
    return word_notes.joined(
        word_notes.notes_of(tree, threads, answers),
        word_notes.of_amendments(tree, rows, threads, answers, in_words=True),
    )


def _given(session: Session, held: Round) -> Answers:
    rows = session.scalars(select(Disposition).where(Disposition.round_id == held.id)).all()
    return Answers(
        {row.thread_id: row for row in rows if row.thread_id is not None},
        {row.amendment_id: row for row in rows if row.amendment_id is not None},
    )


def _decided(session: Session, agreement: Agreement, held: Round) -> Comparison:
    """The text of a round beside what became of it, or what is decided by now."""
    number = held.version.number
    if held.settled_at is not None:
        return version_pages.comparison_of(session, agreement, number, number + 1)
    text = version_pages.text_of_version(session, agreement, number)
    standing = desk.standing_of(session, held)
    numbers = {row.label: row.number for row in standing.amendments if row.number is not None}
    made = redline.build(standing.base, standing.preview)
    signed = attribution.attributed(made, standing.provenance, attribution.owners_by(numbers))
    accepted = origins.accepted_amendments(session, agreement.id)
    new = replace(text, tree=standing.preview, origins=standing.provenance)
    return Comparison(text, new, signed, tuple(accepted[label] for label in numbers))


def _latest(session: Session, agreement: Agreement) -> Text:
    if agreement.state == AgreementState.DRAFTING:
        return version_pages.text_of_draft(session, agreement)
    number = latest_number(session, agreement.id)
    return version_pages.text_of_version(session, agreement, number)


def _said(session: Session, agreement: Agreement, wish: Wish) -> Sequence[Discussion]:
    return comments.discussions(session, agreement.id) if wish.comments else ()


def _guidance(text: Text, wish: Wish) -> Mapping[str, str]:
    return text.guidance if wish.guidance else {}
