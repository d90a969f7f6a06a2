"""`concordat notices deliver`: send the mails that wait."""

import argparse
import logging
import sys
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import current_app
from flask_mailman import EmailMessage

from app.http import languages, passes
from app.http.passes import Pass
from app.http.uploads import DOCX
from app.kernel import clock
from app.kernel.errors import AppError, NotFound
from app.ledger import delivery
from app.ledger.delivery import Attached, Purpose, WordLink
from app.queries import reading, word_exports, word_passes
from app.queries.word_exports import Wish
from app.queries.word_passes import Holder

_log = logging.getLogger("concordat.mail")


def notices(arguments: list[str]) -> int:
    """Send the mails that wait: `concordat notices deliver`."""
    parser = argparse.ArgumentParser(prog="concordat notices", description=notices.__doc__)
    parser.add_argument("what", choices=["deliver"])
    parser.parse_args(arguments)
    told = deliver()
    print(f"{told.sent} letters sent")
    if told.failed:
        print(f"{told.failed} letters could not be sent; they are tried again", file=sys.stderr)
    return 1 if told.failed else 0


def deliver() -> delivery.Delivered:
    """Send what waits, by the installation's mail server or into its folder."""
    config = current_app.config
    return delivery.deliver(
        reading.session(), _send, config["BASE_URL"], config["TIME_ZONE"], WordLetters().link, _tell
    )


def _tell(words: str, language: str) -> str:
    with languages.speaking(language):
        return languages.tell(words)


def _send(letter: delivery.Letter) -> None:
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    reply_to = [letter.reply_to] if letter.reply_to else None
    message = EmailMessage(
        letter.subject, letter.body, to=[letter.to], headers=headers, reply_to=reply_to
    )
    for file in letter.files:
        message.attach(file.name, file.content, DOCX.media_type)
    message.send()


@dataclass
class WordLetters:
    """Makes links with their files for one delivery; a file that many get is made once."""

    _made: dict[tuple[uuid.UUID, Wish], Attached | None] = field(default_factory=dict)

    def link(self, seat_id: uuid.UUID, version: int, purpose: Purpose) -> WordLink | None:
        """The link by which a version is taken to Word, the address to answer to, and the file.

        None for a copy of which nothing could come back any more, and where nobody is there.
        """
        config = current_app.config
        try:
            held = word_passes.holder_of(reading.session(), seat_id, version)
        except AppError:
            return None
        if purpose == "copy" and not held.may_return(clock.utcnow()):
            return None
        token = passes.written(Pass(seat_id, version))
        name, _, host = config["MAIL_INBOUND"].partition("@")
        reply_to = f"{name}+{token}@{host}" if host else ""
        most = config["MAIL_ATTACHMENT_BYTES"]
        file = self._file(held, purpose) if most else None
        if file is not None and len(file.content) > most:
            file = None
        return WordLink(f"{config['BASE_URL']}/word/{token}", reply_to, file)

    def _file(self, held: Holder, purpose: Purpose) -> Attached | None:
        """What is attached; a letter whose file can't be made goes out with its link alone."""
        session = reading.session()
        try:
            answers = purpose == "answers"
            wish = word_passes.answers_for(session, held) if answers else word_passes.copy_for(held)
            key = (held.agreement.id, wish)
            if key not in self._made:
                self._made[key] = None
                made = word_exports.export(session, held.agreement, wish)
                self._made[key] = Attached(made.name, made.content)
            return self._made[key]
        except NotFound:
            return None
        except (AppError, AssertionError):
            _log.exception("The Word file of a letter could not be made; its link is sent alone.")
            return None


COMMANDS: Mapping[str, Callable[[list[str]], int]] = {"notices": notices}
