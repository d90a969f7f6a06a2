"""The database as a whole: made, and copied."""

import shutil

import pytest

from app.actions import upkeep
from app.kernel.errors import Conflict, Invalid
from tests.factories.people import make_user


def test_a_database_that_is_up_to_date_stays_as_it_is(session):
    make_user()
    session.commit()
    upkeep.bring_up_to_date()
    assert session.connection().exec_driver_sql('select count(*) from "user"').scalar_one() == 1


def test_a_copy_is_made_on_both_databases(session, tmp_path):
    if session.get_bind().dialect.name == "postgresql" and not shutil.which("pg_dump"):
        with pytest.raises(Invalid, match="pg_dump"):
            upkeep.back_up(tmp_path / "copy")
        return
    try:
        size = upkeep.back_up(tmp_path / "copy")
    except Invalid as refusal:
        # An older pg_dump refuses a newer server; then nothing may be left behind.
        assert "version mismatch" in str(refusal)
        assert not list(tmp_path.iterdir())
        return
    assert size == (tmp_path / "copy").stat().st_size > 1000
    assert [file.name for file in tmp_path.iterdir()] == ["copy"]


def test_a_file_that_is_there_is_not_overwritten(session, tmp_path):
    (tmp_path / "copy").write_text("mine")
    with pytest.raises(Conflict, match="exists already"):
        upkeep.back_up(tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "mine"
