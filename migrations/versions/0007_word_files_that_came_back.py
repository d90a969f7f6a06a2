"""Word files that came back, and what came of each."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_OTHERS = {
    "agreement_id": "agreement",
    "round_id": "round",
    "version_id": "version",
    "file_id": "stored_file",
    "organisation_id": "organisation",
    "imported_by": "user",
    "entered_by": "user",
}


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "word_import",
        *(
            sa.Column(name, sa.Uuid(), nullable=name in {"organisation_id", "entered_by"})
            for name in _OTHERS
        ),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "report",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [name], [f"{table}.id"], name=op.f(f"fk_word_import_{name}_{table}")
            )
            for name, table in _OTHERS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_import")),
        sa.UniqueConstraint(
            "round_id",
            "imported_by",
            "sha256",
            name=op.f("uq_word_import_round_id_imported_by_sha256"),
        ),
    )
    with op.batch_alter_table("word_import") as table:
        table.create_index(op.f("ix_word_import_round_id"), ["round_id"], unique=False)


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("word_import")
