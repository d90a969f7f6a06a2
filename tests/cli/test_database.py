"""`concordat init` and `concordat backup`."""

import sqlite3

import pytest
from sqlalchemy import select, update

from app.cli.database import COMMANDS
from app.models.base import begin_writing, db
from app.models.engines import sqlite_driver
from app.models.people import User
from tests.conftest import make_app
from tests.factories.people import make_user


@pytest.fixture
def installation(tmp_path):
    """An application on a database that isn't there yet."""
    app = make_app(tmp_path, f"sqlite:///{tmp_path / 'data' / 'new.sqlite3'}")
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_init_makes_the_database_and_does_nothing_the_second_time(installation, tmp_path):
    assert COMMANDS["init"]([]) == 0
    make_user(name="Ann")
    db.session.commit()
    assert COMMANDS["init"]([]) == 0
    assert db.session.scalars(select(User.name)).all() == ["Ann"]
    assert (tmp_path / "data" / "new.sqlite3").stat().st_mode & 0o077 == 0


def test_backup_copies_while_people_work_and_refuses_to_overwrite(installation, tmp_path, capsys):
    COMMANDS["init"]([])
    make_user(name="Ann")
    db.session.commit()
    begin_writing(db.session())
    db.session.execute(update(User).values(name="Not yet committed"))
    copy = tmp_path / "copy.sqlite3"
    assert COMMANDS["backup"]([str(copy)]) == 0
    assert "checked" in capsys.readouterr().out
    connection = sqlite_driver.connect(str(copy))
    assert connection.execute("select name from user").fetchall() == [("Ann",)]
    connection.close()
    with pytest.raises(Exception, match="exists already"):
        COMMANDS["backup"]([str(copy)])
    assert sqlite3.connect(copy).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_wrong_use_is_told(installation):
    with pytest.raises(SystemExit) as told:
        COMMANDS["backup"]([])
    assert told.value.code == 2
