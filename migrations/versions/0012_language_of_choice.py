"""A language is what a person chose; empty as long as they have not."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_USER = sa.table("user", sa.column("language", sa.String(8)))


def upgrade() -> None:
    """Nobody had a choice so far: follow the browser."""
    op.execute(_USER.update().where(_USER.c.language == "en").values(language=""))


def downgrade() -> None:
    """English for all who have not chosen."""
    op.execute(_USER.update().where(_USER.c.language == "").values(language="en"))
