"""Where organisations stand on clauses, nods to comments, and whom a comment mentions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables and the column; what was said before mentions nobody."""
    op.create_table(
        "stance",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("clause_key", sa.String(length=28), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("value between -2 and 2", name=op.f("ck_stance_value_is_known")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_stance_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(["given_by"], ["user.id"], name=op.f("fk_stance_given_by_user")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_stance_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_stance_version_id_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stance")),
    )
    with op.batch_alter_table("stance") as table:
        table.create_index(
            "uq_stance_place", ["agreement_id", "clause_key", "organisation_id"], unique=True
        )

    op.create_table(
        "reaction",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind in ('agree', 'discuss', 'thanks', 'seen')", name=op.f("ck_reaction_kind_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_reaction_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_reaction_user_id_user")),
        sa.PrimaryKeyConstraint("comment_id", "user_id", "kind", name=op.f("pk_reaction")),
    )
    with op.batch_alter_table("reaction") as table:
        table.create_index("ix_reaction_user_id", ["user_id"], unique=False)

    op.add_column(
        "comment",
        sa.Column(
            "mentions",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            server_default="[]",
            nullable=False,
        ),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_column("comment", "mentions")
    with op.batch_alter_table("reaction") as table:
        table.drop_index("ix_reaction_user_id")
    op.drop_table("reaction")
    with op.batch_alter_table("stance") as table:
        table.drop_index("uq_stance_place")
    op.drop_table("stance")
