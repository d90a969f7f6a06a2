"""Who is where just now, and words that were typed and not sent."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two tables."""
    op.create_table(
        "presence",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("doing", sa.String(length=8), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "doing in ('reading', 'writing')", name=op.f("ck_presence_doing_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_presence_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_presence_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", "agreement_id", "place", name=op.f("pk_presence")),
    )
    with op.batch_alter_table("presence") as table:
        table.create_index("ix_presence_place", ["agreement_id", "place", "seen_at"], unique=False)

    op.create_table(
        "kept_words",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column(
            "content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("base", sa.String(length=64), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_kept_words_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_kept_words_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_words")),
    )
    with op.batch_alter_table("kept_words") as table:
        table.create_index("uq_kept_words_place", ["user_id", "agreement_id", "place"], unique=True)
        table.create_index("ix_kept_words_saved_at", ["saved_at"], unique=False)


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("kept_words") as table:
        table.drop_index("ix_kept_words_saved_at")
        table.drop_index("uq_kept_words_place")

    op.drop_table("kept_words")
    with op.batch_alter_table("presence") as table:
        table.drop_index("ix_presence_place")

    op.drop_table("presence")
