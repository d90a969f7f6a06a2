import pytest

from campaign import copies, databases


@pytest.fixture(autouse=True)
def tools():
    with databases.tools_on_path() as found:
        yield found


def test_a_copy_made_under_load_is_sound_and_whole(app):
    report = copies.backup(app, rounds=2)
    assert report.held, report.line()
    assert report.figures["acknowledged"] > 0


def test_a_file_copied_as_it_lies_is_not(app):
    report = copies.backup(app, rounds=2, sabotage=True)
    assert any("acknowledged comments are not in it" in one for one in report.faults), report.line()
