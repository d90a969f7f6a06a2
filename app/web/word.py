"""Versions as Word files: a copy to work on, tracked changes between two, the text to sign."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.domain.clauses import ClauseTree
from app.domain.generated import Party
from app.domain.lifecycle import AgreementState
from app.formats import markdown
from app.formats.docx import redline_writer, writer
from app.formats.docx.comments import Note
from app.formats.docx.redline_writer import Hand
from app.queries.comments import Discussion, Remark
from app.queries.version_pages import Comparison, Text

_LONGEST_REMARK = 5_000
_TAKEN_BACK = "Taken back by its author."


def copy_of(
    text: Text,
    *,
    status: str,
    zone: str,
    agreement: str,
    parties: Sequence[Party],
    discussions: Sequence[Discussion] = (),
) -> bytes:
    """A version to read and to work on; `discussions` become Word's comments."""
    return writer.write(
        text.tree,
        status=status,
        version=str(text.number or ""),
        day=local_day(text.published_at, zone),
        agreement=agreement,
        parties=parties,
        blanks=text.blanks,
        notes=notes_of(text.tree, discussions),
    )


def comparison_of(compared: Comparison, *, status: str, zone: str, agreement: str) -> bytes:
    """Two versions as tracked changes, each under its organisation's name and date."""
    old, new = compared.old, compared.new
    hands = {
        one.number: Hand(f"{one.who.name} ({one.label})", one.at or new.published_at)
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
        return "Draft"
    if number != adopted:
        return "Not adopted"
    if state is AgreementState.TERMINATED:
        return "Terminated"
    if in_force and state not in {AgreementState.ADOPTED, AgreementState.SIGNING}:
        return "In force"
    return "Adopted"


def notes_of(tree: ClauseTree, discussions: Sequence[Discussion]) -> Mapping[str, Sequence[Note]]:
    """Threads on the clauses of a text, as Word shows comments."""
    found: dict[str, list[Note]] = {}
    for thread in discussions:
        if thread.clause in tree.nodes and thread.row.subject == "clause":
            found.setdefault(str(thread.clause), []).append(_note(thread))
    return found


def _note(thread: Discussion) -> Note:
    opening = thread.opening
    quote = f"“{thread.quote}” " if thread.quote else ""
    return Note(
        author=_author(opening),
        words=f"{quote}{_said(opening)}",
        date=_moment(opening.at),
        replies=tuple(Note(_author(r), _said(r), _moment(r.at)) for r in thread.replies),
        resolved=thread.is_resolved,
    )


def _author(remark: Remark) -> str:
    return f"{remark.who.name} ({remark.person})"


def _said(remark: Remark) -> str:
    if remark.is_retracted:
        return _TAKEN_BACK
    return markdown.to_plain(remark.row.text, _LONGEST_REMARK)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local_day(moment: datetime, zone: str) -> date:
    """The day on which it was that moment, where the agreement keeps time."""
    return moment.astimezone(ZoneInfo(zone)).date()
