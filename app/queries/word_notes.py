"""What people said, as the comments of a Word file: threads, amendments, the answers to both."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from app.domain import operations, prose
from app.domain.clauses import ClauseTree, Kind
from app.domain.lifecycle import AmendmentState
from app.formats import markdown
from app.formats.docx.comments import Note
from app.formats.docx.remarks import remarks
from app.models.amendments import AmendmentRow
from app.models.decisions import Disposition
from app.queries.answers import WORDS
from app.queries.comments import Discussion, Remark
from app.queries.proposed_sets import LeftOut

_LONGEST_REMARK = 5_000
_FACILITATOR = "The facilitator"
_TAKEN_BACK = "Taken back by its author."
_ON_THE_WHOLE = "On the agreement as a whole: "
_STATES: Mapping[str, str] = {
    AmendmentState.ACCEPTED: "Accepted",
    AmendmentState.REJECTED: "Rejected",
    AmendmentState.WITHDRAWN: "Withdrawn by its organisation",
    AmendmentState.FALLEN: "Fallen with what it amends",
    AmendmentState.OBSOLETE: "The text reads so already",
}


@dataclass(frozen=True)
class Answers:
    """The answers of one round, by the thread or the amendment that got one."""

    to_threads: Mapping[uuid.UUID, Disposition]
    to_amendments: Mapping[uuid.UUID, Disposition]


Part = Literal["heading", "text", ""]
_WHOLE = frozenset({Kind.ROW, Kind.VERBATIM, Kind.TABLE, Kind.GENERATED})
"""Kinds on which a comment stands as a whole."""

NO_ANSWERS = Answers({}, {})


def notes_of(
    tree: ClauseTree, discussions: Iterable[Discussion], answers: Answers = NO_ANSWERS
) -> dict[str, tuple[Note, ...]]:
    """Threads on the clauses of a text, and on the text as a whole, which stand at its beginning.

    `answers` stand as the last reply.
    """
    found: dict[str, tuple[Note, ...]] = {}
    first = next(iter(tree.nodes), "")
    for thread in discussions:
        key, lead = thread.clause, ""
        if thread.row.subject == "agreement":
            key, lead = first, _ON_THE_WHOLE
        elif thread.row.subject != "clause":
            continue
        if key and key in tree.nodes:
            part = _part(tree, thread) if thread.clause else ""
            note = _note(thread, answers.to_threads.get(thread.row.id), lead, part)
            found[key] = (*found.get(key, ()), note)
    return found


def of_amendments(
    tree: ClauseTree,
    rows: Iterable[AmendmentRow],
    discussions: Iterable[Discussion] = (),
    answers: Answers = NO_ANSWERS,
    *,
    in_words: bool = False,
) -> dict[str, tuple[Note, ...]]:
    """Each amendment as a comment on the first of its clauses: why, what was said, what came of it.

    `in_words`: with what it wants, where the text doesn't show that.
    """
    said: dict[str, list[Discussion]] = {}
    for thread in discussions:
        said.setdefault(thread.amendment, []).append(thread)
    found: dict[str, tuple[Note, ...]] = {}
    for row in rows:
        wanted = remarks(tree, operations.from_json(row.operations))
        key = next(iter(wanted), "")
        words = [f"Amendment {row.label}.", markdown.to_plain(row.rationale, _LONGEST_REMARK)]
        if in_words:
            words += wanted.values()
        replies = [reply for thread in said.get(row.label, ()) for reply in _all(thread)]
        answer = _outcome(row, answers.to_amendments.get(row.id))
        note = Note(
            author=author_of(row),
            words="\n".join(filter(None, words)),
            date=moment(row.proposed_at),
            replies=(*replies, *answer),
        )
        if key:
            found[key] = (*found.get(key, ()), note)
    return found


def left_out(tree: ClauseTree, one: LeftOut) -> Mapping[str, Note]:
    """What an amendment wants that the tracked changes don't show, by clause."""
    row = one.row
    return {
        key: Note(
            author_of(row), f"Amendment {row.label}. {one.why}\n{said}", moment(row.proposed_at)
        )
        for key, said in remarks(tree, operations.from_json(row.operations)).items()
    }


def joined(*held: Mapping[str, Sequence[Note]]) -> Mapping[str, Sequence[Note]]:
    """All comments on each clause, in the order given."""
    keys = dict.fromkeys(key for notes in held for key in notes)
    return {key: [note for notes in held for note in notes.get(key, ())] for key in keys}


def author_of(row: AmendmentRow) -> str:
    """Whose an amendment is, as Word names authors: organisation and person."""
    name = row.organisation.name if row.organisation else _FACILITATOR
    return f"{name} ({row.author.name})"


def moment(at: datetime | None) -> str:
    """A moment as Word writes it, "" for none."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""


def _part(tree: ClauseTree, thread: Discussion) -> Part:
    """The part of its clause in which a comment's words stand where they stood, "" for none."""
    row, node = thread.row, tree.nodes[str(thread.clause)]
    if not row.quote or node.kind in _WHOLE or row.part not in {"heading", "text"}:
        return ""
    held = prose.plain(node.heading if row.part == "heading" else node.text)
    if held[row.start : row.end] != row.quote:
        return ""
    return "heading" if row.part == "heading" else "text"


def _note(thread: Discussion, answer: Disposition | None, lead: str, part: Part) -> Note:
    opening = thread.opening
    return Note(
        author=_author(opening),
        words=f"{lead}{said(opening)}",
        quote=thread.quote,
        part=part,
        start=thread.row.start if part else 0,
        end=thread.row.end if part else 0,
        date=moment(opening.at),
        replies=(*(_reply(one) for one in thread.replies), *_answer(answer)),
        resolved=thread.is_resolved,
    )


def _all(thread: Discussion) -> Iterable[Note]:
    return (_reply(one) for one in (thread.opening, *thread.replies))


def _reply(remark: Remark) -> Note:
    return Note(_author(remark), said(remark), moment(remark.at))


def _answer(answer: Disposition | None) -> tuple[Note, ...]:
    if answer is None:
        return ()
    outcome = WORDS[answer.outcome]
    if answer.duplicate_of:
        outcome += f" of {answer.duplicate_of}"
    words = f"{outcome}. {markdown.to_plain(answer.answer, _LONGEST_REMARK)}".strip()
    return (Note(_FACILITATOR, words, moment(answer.decided_at)),)


def _outcome(row: AmendmentRow, answer: Disposition | None) -> tuple[Note, ...]:
    """What came of an amendment: the answer to it, else what its state says."""
    if answer is not None or row.state not in _STATES:
        return _answer(answer)
    words = f"{_STATES[row.state]}. {markdown.to_plain(row.reason, _LONGEST_REMARK)}".strip()
    return (Note(_FACILITATOR, words, moment(row.decided_at)),)


def _author(remark: Remark) -> str:
    return f"{remark.who.name} ({remark.person})"


def said(remark: Remark) -> str:
    """What a comment says in a copy."""
    if remark.is_retracted:
        return _TAKEN_BACK
    return markdown.to_plain(remark.row.text, _LONGEST_REMARK)
