"""Runs the migrations, on the engine it is handed or on the one the settings name."""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.types import TypeDecorator

import app.models
from app.models import engines, migrations
from app.models.base import Base, Json
from app.settings import Settings

assert app.models.__all__, "importing the package makes every table known"


def the_engine() -> Engine:
    """What `app/models/migrations.py` handed over; for Alembic's command, the settings' one."""
    given = context.config.attributes.get("engine")
    if isinstance(given, Engine):
        return given
    url = Settings().database
    engine = create_engine(url, **engines.engine_options(url))
    engines.prepare(engine)
    return engine


def render_item(kind: str, item: Any, drafting: AutogenContext) -> str | bool:
    """Write our own column types as what they are made of: a migration imports nothing from app."""
    if kind == "type" and item is Json:
        drafting.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    if (
        kind == "type"
        and isinstance(item, TypeDecorator)
        and type(item).__module__.startswith("app.")
    ):
        return f"sa.{item.impl_instance!r}"
    return False


def run(connection: Connection) -> None:
    """Run what is asked for in one transaction, all or nothing."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        compare_type=True,
        include_object=migrations.is_compared,
        compare_server_default=False,
    )
    with context.begin_transaction():
        context.run_migrations()


def main() -> None:
    """Migrate; on SQLite without foreign keys: a table made anew would delete its children."""
    with the_engine().connect() as connection:
        if connection.dialect.name != "sqlite":
            run(connection)
            connection.commit()
            return
        raw = connection.connection.cursor()
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.execution_options(**{engines.WRITING: True}).begin():
                run(connection)
                orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                assert not orphans, f"the migration leaves rows without parents: {orphans[:5]}"
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


main()
