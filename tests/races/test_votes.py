import pytest

from campaign import votes


@pytest.mark.parametrize("run", [votes.double, votes.closing])
def test_votes_that_meet_keep_every_promise(app, run):
    report = run(app, rounds=12)
    assert report.held, report.line()
    assert report.figures["accepted"] > 0


@pytest.mark.parametrize("run", [votes.double, votes.closing])
def test_without_the_gate_they_would_not(app, run):
    report = run(app, rounds=12, sabotage=True)
    assert not report.held, report.line()
