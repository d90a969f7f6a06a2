"""Unsent notices become mail: one letter a person, at least once, never inside a request."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal

from sqlalchemy import Row, ScalarSelect, and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from app.access.actor import Role
from app.domain.events import AnswersReported, RoundOpened, VersionPublished
from app.kernel.said import Said, counted, said, strung
from app.ledger import wording
from app.models.agreements import Agreement, Participant, Seat
from app.models.audit import AuditEntry
from app.models.base import begin_writing
from app.models.notices import Notice
from app.models.people import Membership, User

MOST_TRIES = 5
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Attached:
    """A Word file that a letter brings along."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """A mail to one person. The same notices always make the same `message_id`."""

    message_id: str
    to: str
    subject: str
    body: str
    reply_to: str = ""
    files: tuple[Attached, ...] = ()


Purpose = Literal["copy", "answers"]
"""What a link is sent for: to work on a version, or for the answers to what was said on it."""


@dataclass(frozen=True)
class WordLink:
    """Where a version is taken to Word without signing in; `reply_to` takes it back by mail.

    `file` is what the letter brings along, None where the link alone is sent.
    """

    address: str
    reply_to: str = ""
    file: Attached | None = None


InWord = Callable[[uuid.UUID, int, Purpose], WordLink | None]
"""Makes the link for the seat of a legal contact and a version, None where it leads nowhere now."""


@dataclass(frozen=True)
class Delivered:
    """How many letters went out, and how many could not."""

    sent: int
    failed: int


def _in_english(words: str, _language: str) -> str:
    return words


def deliver(
    session: Session,
    send: Callable[[Letter], None],
    base_url: str,
    zone: str,
    in_word: InWord | None = None,
    tell: Callable[[str, str], str] = _in_english,
) -> Delivered:
    """Send what is due. A letter that `send` refuses (OSError) is tried five times in all.

    `tell` tells a sentence in a language, which is the one that its reader has chosen.
    """
    sent = failed = 0
    rows = session.execute(_due()).all()
    for address, group in groupby(rows, attrgetter("email")):
        told = list(group)
        here = [row for row in told if row.belongs]
        _mark(session, [row.id for row in told if not row.belongs], mail="none")
        if not here:
            continue
        try:
            send(_told_in(here[0].language, tell, _letter(here, base_url, zone, in_word), address))
        except OSError:
            failed += 1
            _try_again(session, here)
        else:
            sent += 1
            _mark(session, [row.id for row in here], mail="sent")
    return Delivered(sent, failed)


def _due() -> Any:
    """Due notices with what a letter needs; `belongs`: whether the person may still hear of it."""
    actor = aliased(User)
    left = exists().where(Participant.id == Seat.participant_id, Participant.left_at.is_not(None))
    seat = exists().where(
        Seat.user_id == Notice.user_id, Seat.agreement_id == Notice.agreement_id, ~left
    )
    member = exists().where(
        Membership.user_id == Notice.user_id,
        Membership.organisation_id == Participant.organisation_id,
        Participant.agreement_id == Notice.agreement_id,
        Participant.left_at.is_(None),
    )
    belongs = and_(User.active, or_(Notice.agreement_id.is_(None), seat, member))
    return (
        select(
            *(Notice.id, Notice.tag, Notice.data, Notice.tries, User.email, User.language),
            *(actor.name.label("actor"), Agreement.title, Agreement.slug),
            belongs.label("belongs"),
            _contact().label("contact"),
        )
        .join(User, User.id == Notice.user_id)
        .join(AuditEntry, AuditEntry.seq == Notice.seq)
        .outerjoin(actor, actor.id == AuditEntry.actor_id)
        .outerjoin(Agreement, Agreement.id == Notice.agreement_id)
        .where(Notice.mail == "due")
        .order_by(User.email, Agreement.title, Notice.seq)
        .limit(MOST_AT_ONCE)
    )


def _contact() -> ScalarSelect[uuid.UUID]:
    """The seat in which the person of a notice is a legal contact there, if in any."""
    return (
        select(Seat.id)
        .join(Participant, Participant.id == Seat.participant_id)
        .where(
            Seat.user_id == Notice.user_id,
            Seat.agreement_id == Notice.agreement_id,
            Seat.role == Role.LEGAL_CONTACT,
            Participant.left_at.is_(None),
        )
        .order_by(Seat.id)
        .limit(1)
        .scalar_subquery()
    )


@dataclass(frozen=True)
class _Draft:
    """A letter before it is told in a language, line by line."""

    name: uuid.UUID
    subject: str
    lines: Sequence[str]
    reply_to: str
    files: tuple[Attached, ...]


def _told_in(language: str, tell: Callable[[str, str], str], draft: _Draft, address: str) -> Letter:
    return Letter(
        f"<{draft.name}@concordat>",
        address,
        _one_line(tell(draft.subject, language)),
        "\n".join(tell(line, language) for line in draft.lines) + "\n",
        draft.reply_to,
        draft.files,
    )


def _letter(
    rows: Sequence[Row[Any]],
    base_url: str,
    zone: str,
    in_word: InWord | None,
) -> _Draft:
    lines: list[str] = []
    files: list[Attached] = []
    addresses: dict[str, None] = {}
    for title, group in groupby(rows, attrgetter("title")):
        told = list(group)
        lines += ["", title or said("Your network")]
        lines += [strung(("-", _sentence(row, zone))) for row in told]
        if told[0].slug:
            lines.append(f"  {base_url}/agreements/{told[0].slug}")
        for row in told:
            if row.tag == AnswersReported.tag and row.slug:
                rounds = f"{base_url}/agreements/{row.slug}/rounds"
                lines.append(strung((" ", _REASONS, f"{rounds}/{row.data['answers']}/answers")))
        for words, link in _word_links(told, in_word):
            lines.append(strung((" ", words, link.address)))
            addresses |= dict.fromkeys(filter(None, [link.reply_to]))
            files += [link.file] if link.file else []
    last = said("Times are {zone} time. All notices: {address}", zone=zone, address=_all(base_url))
    name = uuid.uuid5(uuid.NAMESPACE_URL, " ".join(str(row.id) for row in rows))
    subject = counted(len(rows), "{n} thing happened", "{n} things happened")
    if len(rows) == 1:
        subject = _sentence(rows[0], zone)
    reply_to = next(iter(addresses)) if len(addresses) == 1 else ""
    return _Draft(name, subject, (*lines[1:], "", last), reply_to, tuple(files))


def _sentence(row: Row[Any], zone: str) -> Said:
    return wording.told(row.tag, row.data, row.actor, zone)


def _all(base_url: str) -> str:
    return f"{base_url}/notices"


def _word_links(rows: Sequence[Row[Any]], in_word: InWord | None) -> Iterator[tuple[str, WordLink]]:
    """For a legal contact, what can be done in Word with the version that a notice tells of."""
    for row in rows:
        if in_word is None or row.contact is None:
            continue
        if row.tag == RoundOpened.tag:
            link = in_word(row.contact, row.data["version"], "copy")
            if link is not None:
                yield _TO_WORK_ON[bool(link.file)], link
                if link.reply_to:
                    yield _TO_ANSWER_WITH, WordLink(link.reply_to)
        elif row.tag == VersionPublished.tag and row.data["version"] > 1:
            link = in_word(row.contact, row.data["version"] - 1, "answers")
            if link is not None:
                yield _ANSWERS_ATTACHED if link.file else _ANSWERS, replace(link, reply_to="")


_TO_WORK_ON = {
    False: said("Take the text to Word and bring your changes back, without signing in:"),
    True: said("The text is attached as a Word file. Bring your changes back without signing in:"),
}
"""By whether the file is attached."""

_TO_ANSWER_WITH = said("Or answer this letter with the file you worked on, or send it to")
_REASONS = said("Each answer with its reason:")
_ANSWERS = said("The answers to what you said, as a Word file:")
_ANSWERS_ATTACHED = said(
    "The answers to what you said are attached as a Word file, and are here for three months:"
)


def _one_line(words: str) -> str:
    """A subject: one line, whatever a title holds."""
    return " ".join(words.split())[:200]


def _try_again(session: Session, rows: Sequence[Row[Any]]) -> None:
    for row in rows:
        tries = row.tries + 1
        _mark(session, [row.id], tries=tries, mail="due" if tries < MOST_TRIES else "failed")


def _mark(session: Session, notices: Sequence[uuid.UUID], **state: Any) -> None:
    if notices:
        begin_writing(session)
        session.execute(update(Notice).where(Notice.id.in_(notices)).values(**state))
        session.commit()
