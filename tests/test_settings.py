"""What an installation can be told, and what it refuses to be told."""

import pytest
from pydantic import ValidationError

from app.settings import Settings

LONG = "x" * 32


def settings(**given):
    return Settings(_env_file=None, **given)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """No setting of this machine reaches the test."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CONCORDAT_{name.upper()}", raising=False)


def test_without_settings_it_is_a_file_on_this_machine(tmp_path):
    plain = settings()
    assert plain.database == f"sqlite:///{tmp_path / 'instance' / 'concordat.sqlite3'}"
    assert plain.hosts == ("127.0.0.1", "127.0.0.1", "localhost", "[::1]")
    assert plain.mails == tmp_path / "instance" / "mail"
    assert not plain.is_https
    assert not plain.demonstration


def test_settings_come_from_the_environment_and_from_a_file(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("CONCORDAT_THREADS=3\nCONCORDAT_PROXIES=2\n")
    monkeypatch.setenv("CONCORDAT_THREADS", "5")
    monkeypatch.setenv("CONCORDAT_TRUSTED_HOSTS", '["a.example"]')
    told = Settings()
    assert (told.threads, told.proxies) == (5, 2)
    assert told.hosts[-1] == "a.example"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_postgresql_address_may_be_written_as_usual(scheme):
    told = settings(database_url=f"{scheme}://u:p@db/concordat", secret_key=LONG)
    assert told.database == "postgresql+psycopg://u:p@db/concordat"
    assert not told.uses_sqlite


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    made = settings().secret()
    assert len(made) >= 32
    assert settings().secret() == made
    assert (tmp_path / "instance" / "secret_key").stat().st_mode & 0o077 == 0


def test_a_secret_may_stand_in_a_file(tmp_path):
    (tmp_path / "key").write_text(LONG + "\n")
    (tmp_path / "mail").write_text("pass\n")
    told = settings(secret_key_file=tmp_path / "key", mail_password_file=tmp_path / "mail")
    assert told.secret() == LONG
    assert told.mail_secret() == "pass"


@pytest.mark.parametrize(
    "given",
    [
        {"secret_key": "short"},
        {"database_url": "postgresql://db/concordat"},
        {"base_url": "agreements.example.org"},
        {"base_url": "ftp://agreements.example.org"},
        {"time_zone": "Brussels"},
        {"time_zone": "../../etc/passwd"},
        {"proxies": -1},
        {"threads": 0},
    ],
)
def test_what_cannot_work_is_refused(given):
    with pytest.raises(ValidationError):
        settings(**given)


def test_no_secret_is_shown_when_settings_are_printed():
    told = settings(secret_key=LONG + "tell-nobody", mail_password="tell-nobody")
    assert "tell-nobody" not in repr(told)
