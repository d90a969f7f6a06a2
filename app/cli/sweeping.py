"""What the worker does every minute."""

import logging

from app.cli import ballots, notices

_log = logging.getLogger("concordat.worker")


def sweep() -> None:
    """Count the ballots that are due, send the notices that wait; tell only of what happened."""
    counted, refused = ballots.close_due()
    told = notices.deliver()
    if counted or told.sent:
        _log.info("%d ballots counted, %d letters sent", counted, told.sent)
    for refusal in refused:
        _log.error(refusal)
    if told.failed:
        _log.error("%d letters could not be sent", told.failed)
