"""When somebody opened the text of a version last."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "read_mark",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_read_mark_user_id_user")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_read_mark_version_id_version")
        ),
        sa.PrimaryKeyConstraint("version_id", "user_id", name=op.f("pk_read_mark")),
    )
    with op.batch_alter_table("read_mark") as table:
        table.create_index("ix_read_mark_user_id", ["user_id"], unique=False)


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("read_mark") as table:
        table.drop_index("ix_read_mark_user_id")

    op.drop_table("read_mark")
