"""What is never changed: the record, published texts, kept files."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEPT = ("audit_entry", "version", "clause", "stored_file", "execution")


def upgrade() -> None:
    """Have the database itself refuse to change or delete these rows."""
    if op.get_bind().dialect.name == "sqlite":
        for table in KEPT:
            for change in ("update", "delete"):
                op.execute(
                    f"create trigger {table}_no_{change} before {change} on {table} "
                    f"begin select raise(abort, '{table} is never changed'); end"
                )
        return
    op.execute(
        "create function is_never_changed() returns trigger language plpgsql as "
        "$$ begin raise exception '% is never changed', tg_table_name; end $$"
    )
    for table in KEPT:
        op.execute(
            f"create trigger {table}_is_kept before update or delete on {table} "
            "for each row execute function is_never_changed()"
        )


def downgrade() -> None:
    """Let these rows be changed again."""
    if op.get_bind().dialect.name == "sqlite":
        for table in KEPT:
            for change in ("update", "delete"):
                op.execute(f"drop trigger {table}_no_{change}")
        return
    for table in KEPT:
        op.execute(f"drop trigger {table}_is_kept on {table}")
    op.execute("drop function is_never_changed()")
