import pytest

from campaign import databases, syncs


@pytest.fixture
def installed(tmp_path):
    with databases.installation("sqlite") as (app, _):
        yield app


def test_every_commit_waits_for_the_disk(installed):
    try:
        report = syncs.commits(installed, rounds=5)
    except syncs.NoTraceError as reason:
        pytest.skip(f"NO STRACE: {reason}")
    assert report.held, report.line()


def test_one_that_does_not_is_found_out(installed):
    try:
        report = syncs.commits(installed, rounds=5, sabotage=True)
    except syncs.NoTraceError as reason:
        pytest.skip(f"NO STRACE: {reason}")
    assert "synchronisations" in report.faults[0], report.line()
