"""Everything that differs between installations: read from the environment, prefix CONCORDAT_."""

import secrets
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SHORTEST_SECRET = 32


class Settings(BaseSettings):
    """The settings of one installation, each CONCORDAT_ and its name in capitals, or in `.env`."""

    model_config = SettingsConfigDict(
        env_prefix="CONCORDAT_", env_file=".env", extra="ignore", frozen=True
    )

    instance_folder: Path = Field(
        default=Path("instance"),
        description="Where the database, the secret and the mail of a small installation lie.",
    )
    database_url: str = Field(
        default="",
        description="SQLite or PostgreSQL; empty: concordat.sqlite3 in the instance folder.",
    )
    base_url: str = Field(
        default="http://127.0.0.1:5000",
        description="The address people type; links in mails begin with it.",
    )
    trusted_hosts: tuple[str, ...] = Field(
        default=(), description="Further host names to answer to, as a JSON list."
    )
    proxies: int = Field(
        default=0, ge=0, le=5, description="How many reverse proxies stand in front."
    )
    secret_key: SecretStr | None = Field(
        default=None,
        description="Signs sessions, 32 characters or more; empty: made once in the folder.",
    )
    secret_key_file: Path | None = Field(
        default=None, description="A file that holds the secret key instead."
    )
    demonstration: bool = Field(
        default=False,
        description="Opens /demo, where anyone signs in as anyone. Never for real agreements.",
    )
    time_zone: str = Field(
        default="Europe/Brussels", description="The zone in which deadlines are shown."
    )
    session_hours: int = Field(
        default=12, ge=1, le=24 * 31, description="How long a person stays signed in."
    )
    threads: int = Field(
        default=8, ge=1, le=64, description="How many requests are answered at once."
    )
    presence: bool = Field(
        default=True, description="Shows people who else is at a clause or at the desk just now."
    )
    kept_days: int = Field(
        default=30, ge=1, le=365, description="How long words that were typed and not sent stay."
    )
    upload_megabytes: int = Field(
        default=30, ge=1, le=200, description="The largest file taken in."
    )
    throttle: bool = Field(default=True, description="Slow down those who guess passwords.")
    mail_server: str = Field(
        default="", description="Host name of the SMTP server; empty: mail becomes files."
    )
    mail_port: int = Field(default=587, description="Port of the SMTP server.")
    mail_starttls: bool = Field(
        default=True, description="Encrypt the connection to the SMTP server."
    )
    mail_username: str = Field(
        default="", description="Account at the SMTP server, if it asks for one."
    )
    mail_password: SecretStr | None = Field(default=None, description="Its password.")
    mail_password_file: Path | None = Field(
        default=None, description="A file that holds that password instead."
    )
    mail_sender: str = Field(
        default="concordat@localhost", description="The address mails come from."
    )
    mail_inbound: str = Field(
        default="",
        pattern=r"^([^@+\s]{1,12}@[^@\s]+)?$",
        description="Address whose mail goes to `concordat mail receive`, such as "
        "word@example.org; empty: nobody can answer a letter with a file.",
    )
    mail_attachment_megabytes: int = Field(
        default=5,
        ge=0,
        le=25,
        description="The largest Word file that a letter to a legal contact brings along; 0: the "
        "letter holds the link to it alone.",
    )
    mail_folder: Path | None = Field(
        default=None,
        description="Where mail becomes files without an SMTP server; empty: instance/mail.",
    )

    @field_validator("base_url")
    @classmethod
    def _has_a_host(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("must be like https://agreements.example.org")
        return value.rstrip("/")

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("must be a zone like Europe/Brussels") from error
        return value

    @model_validator(mode="after")
    def _secret_is_long(self) -> Self:
        given = self._given(self.secret_key, self.secret_key_file)
        if given is not None and len(given) < SHORTEST_SECRET:
            raise ValueError("the secret key needs at least 32 characters")
        if given is None and not self.uses_sqlite:
            raise ValueError("on PostgreSQL set CONCORDAT_SECRET_KEY or CONCORDAT_SECRET_KEY_FILE")
        return self

    @property
    def uses_sqlite(self) -> bool:
        """Whether the database is a file."""
        return self.database.startswith("sqlite")

    @property
    def database(self) -> str:
        """The database's URL as SQLAlchemy wants it."""
        if not self.database_url:
            return f"sqlite:///{self.instance_folder.resolve() / 'concordat.sqlite3'}"
        scheme, _, rest = self.database_url.partition("://")
        if scheme in {"postgres", "postgresql"}:
            return f"postgresql+psycopg://{rest}"
        return self.database_url

    @property
    def is_https(self) -> bool:
        """Whether people reach us over an encrypted connection."""
        return self.base_url.startswith("https://")

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host names we answer to."""
        own = urlsplit(self.base_url).hostname or ""
        local = () if self.is_https else ("127.0.0.1", "localhost", "[::1]")
        return (own, *local, *self.trusted_hosts)

    @property
    def mails(self) -> Path:
        """The folder of mail files."""
        return (self.mail_folder or self.instance_folder / "mail").resolve()

    def secret(self) -> str:
        """The key that signs sessions, made at the first call; OSError in a read-only folder."""
        given = self._given(self.secret_key, self.secret_key_file)
        return given if given is not None else _kept_secret(self.instance_folder)

    def mail_secret(self) -> str | None:
        """The password at the SMTP server."""
        return self._given(self.mail_password, self.mail_password_file)

    @staticmethod
    def _given(value: SecretStr | None, file: Path | None) -> str | None:
        if value is not None:
            return value.get_secret_value()
        return file.read_text(encoding="utf-8").strip() if file is not None else None


def _kept_secret(folder: Path) -> str:
    """Read the secret in the folder, or make one that only its owner can read."""
    file = folder / "secret_key"
    folder.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return file.read_text(encoding="utf-8").strip()
