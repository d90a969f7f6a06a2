"""Amendments that exclude each other."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "alternative",
        sa.Column("amendment_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("declared_by", sa.Uuid(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["amendment.id"], name=op.f("fk_alternative_amendment_id_amendment")
        ),
        sa.ForeignKeyConstraint(
            ["declared_by"], ["user.id"], name=op.f("fk_alternative_declared_by_user")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_alternative_round_id_round")
        ),
        sa.PrimaryKeyConstraint("amendment_id", name=op.f("pk_alternative")),
    )
    with op.batch_alter_table("alternative") as table:
        table.create_index("ix_alternative_round_id", ["round_id"], unique=False)


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("alternative") as table:
        table.drop_index("ix_alternative_round_id")

    op.drop_table("alternative")
