import pytest

from campaign import crashes, databases


@pytest.fixture
def installed(tmp_path):
    with databases.installation("sqlite") as (app, _):
        yield app


def test_what_was_acknowledged_survives_a_kill(installed):
    report = crashes.kill(installed, rounds=1)
    assert report.held, report.line()
    assert report.figures["acknowledged"] > 0


def test_a_server_that_says_yes_too_early_is_found_out(installed):
    report = crashes.kill(installed, rounds=1, sabotage=True)
    assert any("are lost" in fault for fault in report.faults), report.line()
