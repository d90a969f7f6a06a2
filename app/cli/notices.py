"""`concordat notices deliver`: send the mails that wait."""

import argparse
import sys
import uuid
from collections.abc import Callable, Mapping

from flask import current_app
from flask_mailman import EmailMessage

from app.http import languages, passes
from app.http.passes import Pass
from app.ledger import delivery
from app.queries import reading


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
        reading.session(), _send, config["BASE_URL"], config["TIME_ZONE"], word_link, _tell
    )


def _tell(words: str, language: str) -> str:
    with languages.speaking(language):
        return languages.tell(words)


def word_link(seat_id: uuid.UUID, version: int) -> delivery.WordLink:
    """The link by which a legal contact takes a version to Word, and the address to answer to."""
    config = current_app.config
    token = passes.written(Pass(seat_id, version))
    name, _, host = config["MAIL_INBOUND"].partition("@")
    reply_to = f"{name}+{token}@{host}" if host else ""
    return delivery.WordLink(f"{config['BASE_URL']}/word/{token}", reply_to)


def _send(letter: delivery.Letter) -> None:
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    reply_to = [letter.reply_to] if letter.reply_to else None
    EmailMessage(
        letter.subject, letter.body, to=[letter.to], headers=headers, reply_to=reply_to
    ).send()


COMMANDS: Mapping[str, Callable[[list[str]], int]] = {"notices": notices}
