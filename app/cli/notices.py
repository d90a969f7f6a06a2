"""`concordat notices deliver`: send the mails that wait."""

import argparse
import sys
from collections.abc import Callable, Mapping

from flask import current_app
from flask_mailman import EmailMessage

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
    return delivery.deliver(reading.session(), _send, config["BASE_URL"], config["TIME_ZONE"])


def _send(letter: delivery.Letter) -> None:
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    EmailMessage(letter.subject, letter.body, to=[letter.to], headers=headers).send()


COMMANDS: Mapping[str, Callable[[list[str]], int]] = {"notices": notices}
