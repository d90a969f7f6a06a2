"""Whether the database fits the program."""

from app.models import migrations
from app.models.base import db
from app.queries import health
from tests.conftest import make_app


def test_nothing_is_wrong_with_a_migrated_database(session):
    assert health.complaint() is None


def test_an_empty_and_an_old_database_are_told_apart(tmp_path):
    app = make_app(tmp_path, f"sqlite:///{tmp_path / 'x.sqlite3'}")
    with app.app_context():
        assert health.complaint() == "The database is empty. Run: concordat init"
        migrations.upgrade(db.engine, "0001")
        assert "at revision 0001" in health.complaint()
        migrations.upgrade(db.engine)
        assert health.complaint() is None
        db.engine.dispose()


def test_a_database_that_is_away_is_said_to_be(tmp_path):
    app = make_app(tmp_path, f"sqlite:///{tmp_path / 'no' / 'such' / 'folder' / 'x.sqlite3'}")
    with app.app_context():
        assert health.complaint() == "The database doesn't answer."
