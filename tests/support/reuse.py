"""PostgreSQL databases that one test after another uses: emptied where that is safe, made anew where it is not."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

from tests.support.postgres import Administrator, socket_url

# What a migrated database holds by itself.
KEPT = frozenset({"alembic_version", "instance"})
# More than that leaves an index which later plans would meet half empty.
FEW_ROWS = 5_000
SCHEMA = """
    SELECT md5(string_agg(concat_ws(' ', c.oid, c.relname, a.attname, a.atttypid, a.attnotnull), ','
    ORDER BY c.oid, a.attnum)) || (SELECT count(*) FROM pg_constraint)
    || (SELECT string_agg(version_num, ',') FROM alembic_version) || (SELECT count(*) FROM instance)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relnamespace = 'public'::regnamespace
"""
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"


@dataclass
class Databases:
    """`take()` one that is migrated and empty, `give_back()` when the test is over."""

    administrator: Administrator
    template: str
    names: Iterator[str]
    _empty: list[str] = field(default_factory=list)
    _schemas: dict[str, str] = field(default_factory=dict)

    def take(self) -> str:
        """Its name."""
        if self._empty:
            return self._empty.pop()
        name = next(self.names)
        self.administrator.create(name, template=self.template)
        with self.administrator.connected(name) as conn:
            self._schemas[name] = _schema(conn)
        return name

    def give_back(self, name: str) -> None:
        if self._emptied(name):
            self._empty.append(name)
        else:
            self.administrator.drop(name)

    def url(self, name: str) -> str:
        return socket_url(self.administrator.folder, name)

    def _emptied(self, name: str) -> bool:
        """False where the test left another schema, or more than is quickly forgotten."""
        try:
            with self.administrator.connected(name) as conn:
                if _schema(conn) != self._schemas[name]:
                    return False
                conn.execute("SET session_replication_role = replica")
                tables = [table for (table,) in conn.execute(TABLES) if table not in KEPT]
                delete = sql.SQL("DELETE FROM {}")
                deleted = [conn.execute(delete.format(sql.Identifier(table))).rowcount for table in tables]
                return sum(deleted) <= FEW_ROWS
        except psycopg.Error:
            return False


def _schema(conn: "psycopg.Connection[tuple[str]]") -> str:
    row = conn.execute(SCHEMA).fetchone()
    assert row is not None
    return row[0]
