"""What is found: the words of clauses, comments and amendments, indexed by the database itself."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CLAUSE = "{0}heading || ' ' || {0}text"
COMMENT = "{0}text"
SQLITE_AMENDMENT = (
    "{0}rationale || ' ' || coalesce((select group_concat(part.atom, ' ') "
    "from json_tree({0}operations) as part where part.key in ('text', 'heading')), '')"
)
POSTGRES_AMENDMENT = (
    "rationale || ' ' || jsonb_path_query_array(operations, 'strict $.**.text')::text"
    " || ' ' || jsonb_path_query_array(operations, 'strict $.**.heading')::text"
)
POSTGRES = {"clause": CLAUSE.format(""), "comment": "text", "amendment": POSTGRES_AMENDMENT}
SQLITE = {"clause": CLAUSE, "comment": COMMENT, "amendment": SQLITE_AMENDMENT}
WATCHED = {"comment": "text, retracted_at", "amendment": "rationale, operations"}
LIVES = {"comment": " and new.retracted_at is null"}


def upgrade() -> None:
    """Index what is there and what will come."""
    if op.get_bind().dialect.name == "sqlite":
        _upgrade_sqlite()
    else:
        _upgrade_postgresql()


def _upgrade_sqlite() -> None:
    op.execute(
        "create virtual table found_words using fts5(kind unindexed, ref unindexed, words, "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    insert = "insert into found_words (kind, ref, words) select '{0}', {1}id, {2}"
    forget = "delete from found_words where kind = '{0}' and ref = old.id"
    for table, words in SQLITE.items():
        held = " where retracted_at is null" if table == "comment" else ""
        op.execute(f"{insert.format(table, '', words.format(''))} from {table}{held}")
        fresh = insert.format(table, "new.", words.format("new."))
        fresh += f" where true{LIVES.get(table, '')}"
        op.execute(f"create trigger {table}_is_found after insert on {table} begin {fresh}; end")
        if table in WATCHED:
            op.execute(
                f"create trigger {table}_is_found_anew after update of {WATCHED[table]} on {table} "
                f"begin {forget.format(table)}; {fresh}; end"
            )


def _upgrade_postgresql() -> None:
    op.execute(
        "create function concordat_words(words text) returns tsvector language sql immutable "
        "parallel safe as $$ select to_tsvector('simple'::regconfig, regexp_replace(regexp_replace("
        r"normalize(left(words, 200000), NFKD), '[\u0300-\u036f]+', '', 'g'), "
        "'[^[:alnum:]]+', ' ', 'g')) $$"
    )
    for table, words in POSTGRES.items():
        op.execute(
            f"create index ix_{table}_found_words on {table} using gin (concordat_words({words}))"
        )


def downgrade() -> None:
    """Forget the indexes; the texts themselves stay."""
    if op.get_bind().dialect.name == "sqlite":
        for table in SQLITE:
            op.execute(f"drop trigger {table}_is_found")
        for table in WATCHED:
            op.execute(f"drop trigger {table}_is_found_anew")
        op.execute("drop table found_words")
        return
    for table in POSTGRES:
        op.execute(f"drop index ix_{table}_found_words")
    op.execute("drop function concordat_words")
