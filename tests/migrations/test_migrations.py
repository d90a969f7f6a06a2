"""The migrations lead to the models, there and back, and lose nobody's rows."""

import ast
import shutil

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from app.models import migrations
from app.models.base import Base
from tests.backends import SQLiteFile, make_engine

KEPT = ("audit_entry", "version", "clause", "stored_file", "execution")


def fresh(backend, tmp_path, request):
    """An empty database of the same kind, and what removes it again."""
    if isinstance(backend, SQLiteFile):
        return make_engine(f"sqlite:///{tmp_path / 'fresh.sqlite3'}")
    name = "concordat_fresh"
    admin = make_engine(backend.url).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"drop database if exists {name} with (force)"))
        connection.execute(text(f"create database {name}"))
    engine = make_engine(admin.url.set(database=name).render_as_string(hide_password=False))

    def remove():
        engine.dispose()
        with admin.connect() as connection:
            connection.execute(text(f"drop database if exists {name} with (force)"))
        admin.dispose()

    request.addfinalizer(remove)
    return engine


@pytest.fixture
def engine(backend, tmp_path, request):
    made = fresh(backend, tmp_path, request)
    yield made
    made.dispose()


def test_the_head_is_what_the_models_say(engine):
    migrations.upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": migrations.is_compared}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_every_step_goes_there_and_back(engine):
    script = ScriptDirectory(str(migrations.SCRIPTS))
    steps = [step.revision for step in script.walk_revisions()][::-1]
    for revision in steps:
        migrations.upgrade(engine, revision)
        migrations.downgrade(engine, "-1")
        migrations.upgrade(engine, revision)
    migrations.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}


def test_there_is_one_line_of_revisions_and_none_imports_the_app():
    script = ScriptDirectory(str(migrations.SCRIPTS))
    assert len(script.get_heads()) == 1
    for file in (migrations.SCRIPTS / "versions").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in getattr(node, "names", [])]
            names.append(getattr(node, "module", None) or "")
            assert not any(name.split(".")[0] == "app" for name in names), file.name


def test_a_parent_table_made_anew_keeps_its_children(sqlite_file, tmp_path):
    """What SQLite does to a table that Alembic alters would delete the rows that refer to it."""
    scripts = tmp_path / "migrations"
    shutil.copytree(migrations.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    head = ScriptDirectory(str(scripts)).get_current_head()
    (scripts / "versions" / "9999_alter.py").write_text(
        "import sqlalchemy as sa\n"
        "from alembic import op\n"
        f"revision, down_revision = '9999', {head!r}\n"
        "def upgrade():\n"
        "    with op.batch_alter_table('parent', recreate='always') as batch:\n"
        "        batch.add_column(sa.Column('note', sa.Text()))\n"
        "def downgrade(): pass\n"
    )
    engine = make_engine(f"sqlite:///{tmp_path / 'family.sqlite3'}")
    migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("create table parent (id integer primary key)"))
        connection.execute(
            text("create table child (id integer, p integer references parent on delete cascade)")
        )
        connection.execute(text("insert into parent values (1)"))
        connection.execute(text("insert into child values (1, 1), (2, 1)"))
    kept, migrations.SCRIPTS = migrations.SCRIPTS, scripts
    try:
        migrations.upgrade(engine)
    finally:
        migrations.SCRIPTS = kept
    with engine.connect() as connection:
        assert connection.execute(text("select count(*) from child")).scalar_one() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
        connection.rollback()
    engine.dispose()


def test_a_failed_migration_leaves_nothing_behind(engine, tmp_path):
    scripts = tmp_path / "migrations"
    shutil.copytree(migrations.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    head = ScriptDirectory(str(scripts)).get_current_head()
    (scripts / "versions" / "9999_fail.py").write_text(
        "from alembic import op\n"
        f"revision, down_revision = '9999', {head!r}\n"
        "def upgrade():\n"
        "    op.execute('create table half (id integer)')\n"
        "    op.execute('create nonsense')\n"
        "def downgrade(): pass\n"
    )
    migrations.upgrade(engine)
    kept, migrations.SCRIPTS = migrations.SCRIPTS, scripts
    try:
        with pytest.raises(DBAPIError):
            migrations.upgrade(engine)
    finally:
        migrations.SCRIPTS = kept
    assert "half" not in inspect(engine).get_table_names()


def test_the_database_itself_keeps_what_is_never_changed(engine):
    migrations.upgrade(engine)
    question = (
        "select tbl_name from sqlite_master where type = 'trigger' and sql like '%never changed%'"
        if engine.dialect.name == "sqlite"
        else "select relname from pg_trigger join pg_class on pg_class.oid = tgrelid "
        "where not tgisinternal"
    )
    with engine.connect() as connection:
        guarded = set(connection.execute(text(question)).scalars())
        connection.rollback()
    assert guarded == set(KEPT)


def test_no_later_migration_drops_what_keeps_the_words_found(engine):
    """SQLite loses a table's triggers when the table is made anew: they must be made again."""
    migrations.upgrade(engine)
    question = (
        "select name from sqlite_master where type = 'trigger' and name like '%is_found%'"
        if engine.dialect.name == "sqlite"
        else "select indexname from pg_indexes where indexname like '%found_words'"
    )
    with engine.connect() as connection:
        names = set(connection.execute(text(question)).scalars())
        connection.rollback()
    assert len(names) == (5 if engine.dialect.name == "sqlite" else 3), names


@pytest.mark.parametrize("change", ["update audit_entry set tag = 'x'", "delete from audit_entry"])
def test_the_record_can_be_neither_changed_nor_shortened(engine, change):
    migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("insert into audit_head (id, seq, hash) values (1, 0, 'g')"))
        append(connection, 1, "g", "h")
    with pytest.raises(DBAPIError, match="never changed"), engine.begin() as connection:
        connection.execute(text(change))


def append(connection, seq, previous, hashed):
    values = {"seq": seq, "previous": previous, "hash": hashed}
    statement = text(
        "insert into audit_entry (seq, at, tag, data, previous, hash) "
        "values (:seq, '2026-11-02 09:00:00', 'a:b', '{}', :previous, :hash)"
    )
    connection.execute(statement, values)


@pytest.mark.parametrize("entry", [(2, "h", "j"), (2, "other", "j"), (4, "i", "j"), (3, "h", "j")])
def test_the_head_moves_with_each_entry_and_no_entry_goes_anywhere_but_there(engine, entry):
    migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("insert into audit_head (id, seq, hash) values (1, 0, 'g')"))
        append(connection, 1, "g", "h")
        append(connection, 2, "h", "i")
        head = connection.execute(text("select seq, hash from audit_head")).one()
    assert tuple(head) == (2, "i")
    with pytest.raises(DBAPIError), engine.begin() as connection:
        append(connection, *entry)
    with engine.begin() as connection:
        assert connection.execute(text("select seq, hash from audit_head")).one() == head
