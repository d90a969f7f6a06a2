"""The desk: answers that can be undone, marks on contributions, answers kept for use again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; an answer that stands is as if given by the press its version counts."""
    op.create_table(
        "saved_answer",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kept_by", sa.Uuid(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_saved_answer_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["kept_by"], ["user.id"], name=op.f("fk_saved_answer_kept_by_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_answer")),
    )
    with op.batch_alter_table("saved_answer") as table:
        table.create_index("uq_saved_answer_title", ["agreement_id", "title"], unique=True)

    op.create_table(
        "answer_change",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("amendment_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column(
            "before", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True
        ),
        sa.Column("state_before", sa.String(length=10), nullable=False),
        sa.Column("reason_before", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(thread_id is null) <> (amendment_id is null)",
            name=op.f("ck_answer_change_changes_one_contribution"),
        ),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["amendment.id"], name=op.f("fk_answer_change_amendment_id_amendment")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["user.id"], name=op.f("fk_answer_change_made_by_user")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_answer_change_round_id_round")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_answer_change_thread_id_thread")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["user.id"], name=op.f("fk_answer_change_undone_by_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_change")),
    )
    with op.batch_alter_table("answer_change") as table:
        table.create_index(table.f("ix_answer_change_amendment_id"), ["amendment_id"], unique=False)
        table.create_index("ix_answer_change_number", ["round_id", "number"], unique=False)
        table.create_index(table.f("ix_answer_change_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "desk_mark",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("amendment_id", sa.Uuid(), nullable=True),
        sa.Column("assigned_to", sa.Uuid(), nullable=True),
        sa.Column("goes_with", sa.String(length=20), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(thread_id is null) <> (amendment_id is null)",
            name=op.f("ck_desk_mark_marks_one_contribution"),
        ),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["amendment.id"], name=op.f("fk_desk_mark_amendment_id_amendment")
        ),
        sa.ForeignKeyConstraint(
            ["assigned_to"], ["user.id"], name=op.f("fk_desk_mark_assigned_to_user")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_desk_mark_round_id_round")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_desk_mark_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_mark")),
    )
    with op.batch_alter_table("desk_mark") as table:
        table.create_index(table.f("ix_desk_mark_amendment_id"), ["amendment_id"], unique=False)
        table.create_index(table.f("ix_desk_mark_thread_id"), ["thread_id"], unique=False)
        table.create_index("uq_desk_mark_amendment", ["round_id", "amendment_id"], unique=True)
        table.create_index("uq_desk_mark_thread", ["round_id", "thread_id"], unique=True)

    with op.batch_alter_table("disposition") as table:
        table.add_column(sa.Column("given_in", sa.Integer(), nullable=False, server_default="1"))
    op.execute("update disposition set given_in = row_version")
    with op.batch_alter_table("disposition") as table:
        table.alter_column("given_in", server_default=None)


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("disposition") as table:
        table.drop_column("given_in")

    with op.batch_alter_table("desk_mark") as table:
        table.drop_index("uq_desk_mark_thread")
        table.drop_index("uq_desk_mark_amendment")
        table.drop_index(table.f("ix_desk_mark_thread_id"))
        table.drop_index(table.f("ix_desk_mark_amendment_id"))

    op.drop_table("desk_mark")
    with op.batch_alter_table("answer_change") as table:
        table.drop_index(table.f("ix_answer_change_thread_id"))
        table.drop_index("ix_answer_change_number")
        table.drop_index(table.f("ix_answer_change_amendment_id"))

    op.drop_table("answer_change")
    with op.batch_alter_table("saved_answer") as table:
        table.drop_index("uq_saved_answer_title")

    op.drop_table("saved_answer")
