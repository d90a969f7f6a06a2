"""`concordat mail receive`: the file in a letter waits, and its person gets the link to it."""

import argparse
import io
import sys
from collections.abc import Callable, Mapping

from flask import current_app
from flask_mailman import EmailMessage
from werkzeug.datastructures import FileStorage

from app.cli.sources import Parser, run
from app.formats import contained, mail
from app.formats.mail import Letter
from app.http import pass_uses, passes, quarantine
from app.http.uploads import DOCX, received
from app.kernel import clock
from app.kernel.errors import AppError, Invalid, WrongMoment
from app.queries import reading, word_passes
from app.queries.word_passes import Holder

_UNASKED = (
    "This address takes a file only in answer to a letter about a round, sent to the address that "
    "letter names. Nothing was taken in."
)
_NOT_ONE = "Your letter held {count} Word files (.docx). Answer again, with the copy you worked on."
_OVER = "The round on version {version} is over, so nothing more comes back from it."
_READ = (
    "{name} is here and was read. Nothing has come of it yet: look at what it would change, and "
    "take what you want, within a day:"
)
_REFUSED = "Your file was not taken in. {why}"


def receive(argv: list[str]) -> int:
    """Take one letter from standard input: `concordat mail receive`."""
    parser = Parser(
        prog="concordat mail receive",
        description="Read one letter (RFC 5322) from standard input, as a mail server hands it "
        "over. Its Word file waits to be confirmed by the person whose address it answers; that "
        "person gets a link to look at it. Nothing else ever comes of a letter.",
        epilog="Exit status: 0 taken or answered, 1 refused, so the mail server can say so.",
    )
    return run(parser, argv, _receive)


def _receive(_: argparse.Namespace) -> int:
    letter = _letter(sys.stdin.buffer.read(mail.MOST_BYTES + 1))
    if letter.is_automatic:
        print("No person wrote this letter; nothing was done.")
        return 0
    if not letter.token:
        raise Invalid(_UNASKED)
    given = passes.read(letter.token)
    held = word_passes.holder_of(reading.session(), given.seat_id, given.version)
    pass_uses.count(letter.token)
    try:
        words = _waiting(held, letter)
    except AppError as refusal:
        words = _REFUSED.format(why=refusal)
    _answer(held, letter, words)
    return 0


def _letter(data: bytes) -> Letter:
    """Take a letter apart where it can't cost much: small ones can take minutes and gigabytes."""
    return mail.unpacked(contained.apart(lambda: mail.packed(mail.read(data))))


def _waiting(held: Holder, letter: Letter) -> str:
    """Let the file wait and say where; raises where it can't be taken."""
    if not held.may_return(clock.utcnow()):
        raise WrongMoment(_OVER, version=held.version)
    if len(letter.files) != 1:
        raise Invalid(_NOT_ONE, count=len(letter.files) or "no")
    name, content = letter.files[0].name, letter.files[0].content
    upload = received(FileStorage(io.BytesIO(content), filename=name), (DOCX,))
    purpose = {"agreement": held.agreement.slug}
    token = quarantine.put_returned(upload, held.person.id, purpose, letter.token)
    address = f"{current_app.config['BASE_URL']}/word/{letter.token}/back/{token}"
    return f"{_READ.format(name=upload.name)}\n\n{address}"


def _answer(held: Holder, letter: Letter, words: str) -> None:
    """Write to the person's own address, whoever the letter says it comes from."""
    headers = {"Auto-Submitted": "auto-replied"}
    if letter.message_id:
        headers["In-Reply-To"] = letter.message_id
    link = f"{current_app.config['BASE_URL']}/word/{letter.token}"
    EmailMessage(
        f"Your copy of {' '.join(held.agreement.title.split())}"[:200],
        f"{words}\n\nThe copy, and later the answers: {link}\n",
        to=[held.person.email],
        headers=headers,
    ).send()


COMMANDS: Mapping[str, Callable[[list[str]], int]] = {"mail receive": receive}
"""What this module adds to the command line."""
