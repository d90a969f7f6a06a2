"""When its author last changed a remark that stays inside an organisation."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the moment."""
    op.add_column(
        "internal_remark", sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("internal_remark", "edited_at")
