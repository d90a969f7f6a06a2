"""Bundles of uncontested amendments, and what is in them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two tables."""
    op.create_table(
        "bundle",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_bundle_closes_after_it_opens")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_bundle_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["user.id"], name=op.f("fk_bundle_proposed_by_user")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_bundle_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle")),
        sa.UniqueConstraint("agreement_id", "number", name=op.f("uq_bundle_agreement_id_number")),
    )
    with op.batch_alter_table("bundle") as table:
        table.create_index("ix_bundle_round_id", ["round_id"], unique=False)

    op.create_table(
        "bundle_item",
        sa.Column("bundle_id", sa.Uuid(), nullable=False),
        sa.Column("amendment_id", sa.Uuid(), nullable=False),
        sa.Column(
            "reasons", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("pulled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pulled_by", sa.Uuid(), nullable=True),
        sa.Column("pulled_for", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["amendment.id"], name=op.f("fk_bundle_item_amendment_id_amendment")
        ),
        sa.ForeignKeyConstraint(
            ["bundle_id"], ["bundle.id"], name=op.f("fk_bundle_item_bundle_id_bundle")
        ),
        sa.ForeignKeyConstraint(
            ["pulled_by"], ["user.id"], name=op.f("fk_bundle_item_pulled_by_user")
        ),
        sa.ForeignKeyConstraint(
            ["pulled_for"], ["organisation.id"], name=op.f("fk_bundle_item_pulled_for_organisation")
        ),
        sa.PrimaryKeyConstraint("bundle_id", "amendment_id", name=op.f("pk_bundle_item")),
    )
    with op.batch_alter_table("bundle_item") as table:
        table.create_index("ix_bundle_item_amendment_id", ["amendment_id"], unique=False)


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("bundle_item") as table:
        table.drop_index("ix_bundle_item_amendment_id")

    op.drop_table("bundle_item")
    with op.batch_alter_table("bundle") as table:
        table.drop_index("ix_bundle_round_id")

    op.drop_table("bundle")
