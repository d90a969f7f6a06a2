"""What those who watch an installation ask."""

from app.models import migrations
from app.models.base import db
from tests.conftest import make_app


def test_a_healthy_installation_says_so(client):
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok\n")
    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (200, "ready\n")


def test_one_without_its_tables_lives_but_is_not_ready(tmp_path):
    app = make_app(tmp_path, f"sqlite:///{tmp_path / 'x.sqlite3'}")
    client = app.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    with app.app_context():
        migrations.upgrade(db.engine)
    assert client.get("/readyz").status_code == 200
    with app.app_context():
        db.engine.dispose()
