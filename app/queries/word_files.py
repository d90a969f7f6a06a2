"""Versions as Word files: a copy to work on, tracked changes, the text to sign."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.generated import Party
from app.domain.lifecycle import AgreementState
from app.formats.docx import redline_writer, writer
from app.formats.docx.comments import Note
from app.formats.docx.redline_writer import Hand
from app.kernel.said import said
from app.queries import word_notes
from app.queries.proposed_sets import ProposedSet
from app.queries.version_pages import Comparison, Text

Notes = Mapping[str, Sequence[Note]]
"""Comments of Word by clause key."""


def copy_of(
    text: Text,
    *,
    status: str,
    zone: str,
    agreement: str,
    parties: Sequence[Party],
    notes: Notes | None = None,
    guidance: Mapping[str, str] | None = None,
) -> bytes:
    """A version to read and to work on; `notes` and `guidance` become Word's comments."""
    return writer.write(
        text.tree,
        status=status,
        version=str(text.number or ""),
        day=local_day(text.published_at, zone),
        agreement=agreement,
        parties=parties,
        blanks=text.blanks,
        guidance=guidance,
        notes=notes,
    )


def comparison_of(
    compared: Comparison,
    *,
    status: str,
    zone: str,
    agreement: str,
    notes: Notes | None = None,
    guidance: Mapping[str, str] | None = None,
) -> bytes:
    """Two versions as tracked changes, each under the organisation and the person that asked."""
    old, new = compared.old, compared.new
    hands = {
        one.number: Hand(f"{one.who.name} ({one.person}), {one.label}", one.at or new.published_at)
        for one in compared.decided
    }
    return redline_writer.write(
        compared.redline,
        otherwise=Hand(new.by or "The facilitator", new.published_at),
        hands=hands,
        version=str(old.number),
        status=status,
        day=local_day(new.published_at, zone),
        agreement=agreement,
        blanks={**old.blanks, **new.blanks},
        guidance=guidance,
        notes=notes,
    )


def set_of(
    held: ProposedSet,
    *,
    status: str,
    agreement: str,
    notes: Notes | None = None,
    guidance: Mapping[str, str] | None = None,
) -> bytes:
    """Amendments as tracked changes, each under its organisation, its person and its date.

    What can't stand with the others is told in comments.
    """
    text = held.text
    hands = {
        row.number: Hand(
            word_notes.author_of(row),
            row.proposed_at or text.published_at,
            row.label,
            row.operations_hash,
        )
        for row in held.taken
        if row.number is not None
    }
    remarks = dict(notes or {})
    for one in held.left:
        for key, note in word_notes.left_out(text.tree, one).items():
            remarks[key] = (*remarks.get(key, ()), note)
    return redline_writer.write(
        held.redline,
        otherwise=Hand(text.by or "The facilitator", text.published_at),
        hands=hands,
        version=str(text.number),
        status=status,
        agreement=agreement,
        blanks=text.blanks,
        guidance=guidance,
        notes=remarks,
    )


def execution_of(text: Text, *, day: date, agreement: str, parties: Sequence[Party]) -> bytes:
    """The text to be signed, with a block for each party. Raises Invalid while a blank is left."""
    signing = sorted(parties, key=lambda party: party.name.casefold())
    return writer.for_signature(
        text.tree,
        version=str(text.number),
        day=day,
        agreement=agreement,
        parties=signing,
        signatures=signing,
    )


def status_of(state: AgreementState, *, number: int, adopted: int | None, in_force: bool) -> str:
    """What a version is, as its title page says: a draft, adopted or not, in force."""
    if not number:
        return said("Draft")
    if number != adopted:
        return said("Not adopted")
    if state is AgreementState.TERMINATED:
        return said("Terminated")
    if in_force and state not in {AgreementState.ADOPTED, AgreementState.SIGNING}:
        return said("In force")
    return said("Adopted")


def local_day(moment: datetime, zone: str) -> date:
    """The day on which it was that moment, where the agreement keeps time."""
    return moment.astimezone(ZoneInfo(zone)).date()
