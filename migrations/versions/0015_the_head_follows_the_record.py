"""The head of the record follows each entry by itself, and no entry goes anywhere but there."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOVE = (
    "update audit_head set seq = new.seq, hash = new.hash "
    "where seq = new.seq - 1 and hash = new.previous;"
)
REFUSED = "an entry of the record follows its end"


def upgrade() -> None:
    """Have the database move the head, and refuse an entry that doesn't follow it."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"create trigger audit_entry_moves_head after insert on audit_entry begin {MOVE} "
            f"select raise(abort, '{REFUSED}') where changes() = 0; end"
        )
        return
    op.execute(
        "create function moves_audit_head() returns trigger language plpgsql as "
        f"$$ begin {MOVE} "
        f"if not found then raise exception '{REFUSED}'; end if; return null; end $$"
    )
    op.execute(
        "create trigger audit_entry_moves_head after insert on audit_entry "
        "for each row execute function moves_audit_head()"
    )


def downgrade() -> None:
    """Leave the head to the program."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("drop trigger audit_entry_moves_head")
        return
    op.execute("drop trigger audit_entry_moves_head on audit_entry")
    op.execute("drop function moves_audit_head()")
