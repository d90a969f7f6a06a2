"""Answers keep the salt of their commitment, so that the record of them can be checked."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the salt; an answer given before has none that could be checked."""
    with op.batch_alter_table("disposition") as table:
        table.add_column(sa.Column("salt", sa.String(64), nullable=False, server_default=""))
    with op.batch_alter_table("disposition") as table:
        table.alter_column("salt", server_default=None)


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("disposition") as table:
        table.drop_column("salt")
