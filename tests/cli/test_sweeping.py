"""The worker's minute."""

import logging
from datetime import timedelta

from sqlalchemy import select

from app.cli.sweeping import sweep
from app.models.ballots import Ballot
from tests.cli.test_ballots import add_ballot
from tests.factories.agreements import make_case


def test_it_counts_sends_and_tells_only_of_what_happened(session, clock, mails, caplog):
    case = make_case()
    add_ballot(session, case, 1, clock.now - timedelta(minutes=1))
    with caplog.at_level(logging.INFO, "concordat.worker"):
        sweep()
        assert "1 ballots counted" in caplog.text
        caplog.clear()
        sweep()
        assert caplog.text == ""
    session.expire_all()
    assert session.scalars(select(Ballot.counted_at)).one() is not None
    assert len(mails()) == 4
