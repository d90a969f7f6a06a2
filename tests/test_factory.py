"""The house, put together."""

from datetime import timedelta

from flask import request

from app import factory
from app.web import DEMONSTRATION_DOORS, DOORS
from tests.conftest import make_app


def make(tmp_path, **settings):
    return make_app(tmp_path, f"sqlite:///{tmp_path / 'x.sqlite3'}", **settings)


def test_every_door_is_hung_and_those_of_the_demonstration_only_there(tmp_path):
    plain, demonstration = make(tmp_path, demonstration=False), make(tmp_path)
    names = {door.name for door in DOORS}
    assert names <= set(plain.blueprints)
    for door in DEMONSTRATION_DOORS:
        assert door.name not in plain.blueprints
        assert door.name in demonstration.blueprints
    assert plain.test_client().get("/demo").status_code == 404


def test_forwarded_addresses_count_only_behind_a_proxy(tmp_path):
    headers = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
    for proxies, address, scheme in ((0, "127.0.0.1", "http"), (1, "203.0.113.9", "https")):
        app = make(tmp_path, proxies=proxies)
        seen = []
        app.before_request_funcs[None].insert(
            0, lambda seen=seen: seen.append((request.remote_addr, request.scheme))
        )
        app.test_client().get("/healthz", headers=headers)
        assert seen == [(address, scheme)]


def test_a_foreign_host_is_refused(tmp_path):
    client = make(tmp_path).test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 400


def test_mail_goes_to_the_server_where_there_is_one(tmp_path):
    assert make(tmp_path).config["MAIL_BACKEND"] == "file"
    told = make(tmp_path, mail_server="smtp.example.org", mail_password="x").config
    assert (told["MAIL_BACKEND"], told["MAIL_SERVER"]) == ("smtp", "smtp.example.org")
    assert told["MAIL_PASSWORD"] == "x"


def test_sessions_end_when_the_installation_says(tmp_path):
    app = make(tmp_path, session_hours=2)
    assert app.config["PERMANENT_SESSION_LIFETIME"] == timedelta(hours=2)


def test_the_application_can_be_imported_by_a_server(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONCORDAT_INSTANCE_FOLDER", str(tmp_path))
    assert factory.create_app().name == "concordat"
