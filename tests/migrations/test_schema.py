"""The migrations lead to the schema of the models, one after another, up and down, on both databases."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from app.core.migrate import EXPECTED, ROOT, VERSIONS, migration_url
from app.models import METADATA
from tests.migrations.conftest import ask

SCRIPTS = ScriptDirectory(str(ROOT / "migrations"))
IN_ORDER = [script.revision for script in SCRIPTS.walk_revisions()][::-1]
PREDICATES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'",
    "postgresql": (
        "SELECT relname, 'WHERE ' || pg_get_expr(indpred, indrelid) FROM pg_index "
        "JOIN pg_class ON pg_class.oid = indexrelid WHERE indpred IS NOT NULL"
    ),
}


def ours(name: str | None, kind: str, _parents: object = None) -> bool:
    """Search tables are made by hand: autogenerate knows nothing of FTS5."""
    return not (kind == "table" and (name or "").startswith("search_"))


def shape(conn: Connection) -> dict[str, Any]:
    """Columns, keys, indexes and checks of every table, in a form that compares."""
    looked = inspect(conn)
    described: dict[str, Any] = {}
    for table in looked.get_table_names():
        described[table] = {
            "columns": sorted(
                (column["name"], str(column["type"]), column["nullable"], column["default"])
                for column in looked.get_columns(table)
            ),
            "key": looked.get_pk_constraint(table)["constrained_columns"],
            "foreign keys": sorted(map(str, looked.get_foreign_keys(table))),
            "indexes": sorted(
                (index["name"], index["unique"], index["column_names"]) for index in looked.get_indexes(table)
            ),
            "unique": sorted(map(str, looked.get_unique_constraints(table))),
            "checks": sorted(map(str, looked.get_check_constraints(table))),
        }
    return described


def normal(predicate: str) -> str:
    """What a predicate says: PostgreSQL adds casts and brackets."""
    return " ".join(re.sub(r"::\w+|[()\"]", "", predicate).lower().split())


def test_there_is_one_line_of_revisions_and_its_newest_file_is_its_head() -> None:
    assert [SCRIPTS.get_current_head()] == list(SCRIPTS.get_heads()) == [EXPECTED] == IN_ORDER[-1:]
    assert len(list(SCRIPTS.get_bases())) == 1
    names = [str(SCRIPTS.get_revision(revision).path) for revision in IN_ORDER]
    assert names == sorted(names), "a file's date says where it stands"
    assert len(list(VERSIONS.glob("*.py"))) == len(IN_ORDER)


def test_the_tests_see_the_schema_of_the_migrations(database_url: str, engine: Engine, migrate: Any) -> None:
    migrate("head")
    of_tests = create_engine(migration_url(database_url))
    assert ask(of_tests, shape) == ask(engine, shape)
    assert ask(
        of_tests, lambda conn: conn.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    ) == [EXPECTED]
    of_tests.dispose()


def test_no_code_makes_tables_past_the_migrations() -> None:
    calls = re.compile(r"\.create_all\(|metadata\.create\(")
    files = [*ROOT.glob("app/**/*.py"), *ROOT.glob("tests/**/*.py"), *ROOT.glob("migrations/**/*.py")]
    assert [str(path) for path in files if path.name != "test_schema.py" and calls.search(path.read_text())] == []


def test_autogenerate_finds_nothing_to_do(engine: Engine, migrate: Callable[[str], None]) -> None:
    migrate("head")

    def differences(conn: Connection) -> list[Any]:
        options = {"compare_type": True, "include_name": ours, "render_as_batch": True}
        return compare_metadata(MigrationContext.configure(conn, opts=options), METADATA)

    assert ask(engine, differences) == []


def test_partial_indexes_hold_the_rows_that_the_models_say(engine: Engine, migrate: Callable[[str], None]) -> None:
    migrate("head")
    kind = engine.dialect.name
    wanted = {
        str(index.name): normal(f"where {index.dialect_options[kind]['where']}")
        for table in METADATA.tables.values()
        for index in table.indexes
        if index.dialect_options[kind]["where"] is not None
    }
    found = {
        name: normal("where " + re.split(r"\bWHERE\b", sql, maxsplit=1)[1])
        for name, sql in ask(engine, lambda conn: conn.execute(text(PREDICATES[kind])).all())
        if not name.startswith("search_")
    }
    assert found == wanted
    assert len(wanted) >= 4


def test_an_index_is_partial_on_both_databases_alike() -> None:
    for table in METADATA.tables.values():
        for index in table.indexes:
            one, other = (index.dialect_options[kind]["where"] for kind in ("sqlite", "postgresql"))
            assert str(one) == str(other), index.name


def test_each_revision_can_be_taken_back_and_made_again(
    engine: Engine, migrate: Callable[..., None], subtests: pytest.Subtests
) -> None:
    for revision in IN_ORDER:
        before = ask(engine, shape)
        migrate(revision)
        made = ask(engine, shape)
        with subtests.test(revision):
            migrate("-1", down=True)
            assert ask(engine, shape) == before | ({} if before else {"alembic_version": made["alembic_version"]})
            migrate(revision)
            assert ask(engine, shape) == made


def test_the_whole_way_down_and_up_again_leads_to_the_same_schema(engine: Engine, migrate: Callable[..., None]) -> None:
    migrate("head")
    made = ask(engine, shape)
    migrate("base", down=True)
    assert set(ask(engine, shape)) == {"alembic_version"}
    migrate("head")
    assert ask(engine, shape) == made
