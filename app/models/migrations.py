"""Brings a database to the tables of this program, by Alembic's scripts in migrations/."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine
from sqlalchemy.schema import SchemaItem

SCRIPTS = Path(__file__).resolve().parents[2] / "migrations"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database up to `revision`; nothing to do is fine."""
    command.upgrade(_config(engine), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to `revision`; `base` is empty."""
    command.downgrade(_config(engine), revision)


def is_compared(
    _item: SchemaItem, name: str | None, kind: str, is_reflected: bool, _other: SchemaItem | None
) -> bool:
    """Whether Alembic compares something with the models: not what only one database has.

    The indexes of words (app/queries/search.py) are made by a migration and kept by the database.
    """
    return not (is_reflected and kind in {"table", "index"} and "found_words" in (name or ""))


def _config(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["engine"] = engine
    return config
