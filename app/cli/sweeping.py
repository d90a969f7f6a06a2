"""What the worker does every minute."""

import logging
from datetime import timedelta

from flask import current_app

from app.access.actor import SYSTEM
from app.actions.keeping import sweep_out
from app.cli import ballots, notices
from app.kernel import clock
from app.queries import keeping, network, reading

_log = logging.getLogger("concordat.worker")


def sweep() -> None:
    """Count the ballots that are due, send the notices that wait; tell only of what happened."""
    counted, refused = ballots.close_due()
    told = notices.deliver()
    _tidy()
    if counted or told.sent:
        _log.info("%d ballots counted, %d letters sent", counted, told.sent)
    for refusal in refused:
        _log.error(refusal)
    if told.failed:
        _log.error("%d letters could not be sent", told.failed)


def _tidy() -> None:
    """Let go of words that were never sent, and of who was somewhere long ago."""
    now = clock.utcnow()
    kept, seen = now - timedelta(days=current_app.config["KEPT_DAYS"]), now - timedelta(days=1)
    if keeping.is_old(reading.session(), kept, seen):
        sweep_out(SYSTEM, network.workspace(), kept=kept, seen=seen)
