"""What stays inside an organisation: notes, checks of drafts, and no draft among what is found."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

WORDS = (
    "new.rationale || ' ' || coalesce((select group_concat(part.atom, ' ') "
    "from json_tree(new.operations) as part where part.key in ('text', 'heading')), '')"
)
ENTER = "insert into found_words (kind, ref, words) select 'amendment', new.id, " + WORDS
FORGET = "delete from found_words where kind = 'amendment' and ref = old.id"
TRIGGERS = ("amendment_is_found", "amendment_is_found_anew")
PUBLIC = " where new.state not in ('draft', 'checked')"
ALL = " where true"


def upgrade() -> None:
    """Add the tables, say of each entry whom it is for, and forget the words of drafts."""
    op.create_table(
        "internal_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.Column("clause_key", sa.String(length=28), nullable=True),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("prefix", sa.String(length=64), nullable=False),
        sa.Column("suffix", sa.String(length=64), nullable=False),
        sa.Column("anchor_state", sa.String(length=12), nullable=False),
        sa.Column("amendment_id", sa.Uuid(), nullable=True),
        sa.Column("started_by", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_thread", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind in ('question', 'concern', 'editorial', 'support')",
            name=op.f("ck_internal_note_kind_is_known"),
        ),
        sa.CheckConstraint(
            "(opened_at is null) = (opened_thread is null)",
            name=op.f("ck_internal_note_opened_as_a_thread"),
        ),
        _foreign("internal_note", "agreement_id", "agreement"),
        _foreign("internal_note", "amendment_id", "amendment"),
        _foreign("internal_note", "organisation_id", "organisation"),
        _foreign("internal_note", "started_by", "user"),
        _foreign("internal_note", "version_id", "version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_internal_note")),
    )
    op.create_index("ix_internal_note_place", "internal_note", ["agreement_id", "organisation_id"])
    op.create_index("ix_internal_note_amendment_id", "internal_note", ["amendment_id"])
    op.create_table(
        "internal_remark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retracted_at", sa.DateTime(timezone=True), nullable=True),
        _foreign("internal_remark", "author_id", "user"),
        _foreign("internal_remark", "note_id", "internal_note"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_internal_remark")),
        sa.UniqueConstraint(
            "author_id", "form_key", name=op.f("uq_internal_remark_author_id_form_key")
        ),
    )
    op.create_index("ix_internal_remark_note_id", "internal_remark", ["note_id"])
    op.create_table(
        "draft_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("amendment_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=10), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "step in ('asked', 'checked', 'sent_back')", name=op.f("ck_draft_check_step_is_known")
        ),
        _foreign("draft_check", "amendment_id", "amendment"),
        _foreign("draft_check", "made_by", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_check")),
    )
    op.create_index("ix_draft_check_amendment_id", "draft_check", ["amendment_id"])
    # Added, not made anew: these tables have triggers, and rows that others refer to.
    op.add_column(
        "organisation",
        sa.Column("checks_drafts", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("amendment", sa.Column("written_by", sa.Uuid(), nullable=True))
    op.add_column("audit_entry", sa.Column("only_for", sa.Uuid(), nullable=True))
    op.create_index("ix_audit_entry_only_for", "audit_entry", ["agreement_id", "only_for", "seq"])
    _find_amendments(PUBLIC)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "delete from found_words where kind = 'amendment' and ref in "
            "(select id from amendment where state in ('draft', 'checked'))"
        )


def downgrade() -> None:
    """Take it away again; drafts are among what is indexed once more."""
    _find_amendments(ALL)
    op.drop_index("ix_audit_entry_only_for", "audit_entry")
    op.drop_column("audit_entry", "only_for")
    op.drop_column("amendment", "written_by")
    op.drop_column("organisation", "checks_drafts")
    for table in ("draft_check", "internal_remark", "internal_note"):
        op.drop_table(table)


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}")
    )


def _find_amendments(which: str) -> None:
    """Let SQLite index the words of these amendments; PostgreSQL asks for the state beside them."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for trigger in TRIGGERS:
        op.execute(f"drop trigger {trigger}")
    fresh = ENTER + which
    op.execute(f"create trigger {TRIGGERS[0]} after insert on amendment begin {fresh}; end")
    op.execute(
        f"create trigger {TRIGGERS[1]} after update of rationale, operations, state on amendment "
        f"begin {FORGET}; {fresh}; end"
    )
