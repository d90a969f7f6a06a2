"""Whether the database is there and fits this program."""

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from app.models.base import db
from app.models.migrations import SCRIPTS


def complaint() -> str | None:
    """What is wrong with the database, in one sentence; None if nothing is."""
    wanted = ScriptDirectory(str(SCRIPTS)).get_current_head()
    try:
        with db.engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError:
        return "The database doesn't answer."
    if found == wanted:
        return None
    if found is None:
        return "The database is empty. Run: concordat init"
    return f"The database is at revision {found}, this program needs {wanted}. Run: concordat init"
