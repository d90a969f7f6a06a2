import pytest

from campaign import votes


@pytest.mark.parametrize("run", [votes.double, votes.closing])
def test_votes_that_meet_keep_every_promise(app, run):
    report = run(app, rounds=12)
    assert report.held, report.line()
    assert report.figures["accepted"] > 0


@pytest.mark.parametrize(
    ("run", "reason"), [(votes.double, "live votes"), (votes.closing, "accepted")]
)
def test_without_the_gate_they_would_not(app, run, reason):
    report = run(app, rounds=12, sabotage=True)
    assert any(reason in fault for fault in report.faults), report.line()
