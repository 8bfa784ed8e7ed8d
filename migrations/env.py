"""Alembic's environment: the schema is the models, the database is the one it is told."""

import os
from typing import Literal

from alembic import context
from sqlalchemy import Connection, create_engine, event, make_url

from app.core.columns import Instant, Json
from app.core.config import Settings
from app.core.migrate import migration_url
from app.models import METADATA

SEARCH_PREFIX = "search_"


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Search tables are made by hand: autogenerate knows nothing of FTS5."""
    return not (kind == "table" and name is not None and name.startswith(SEARCH_PREFIX))


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Migrations name the plain types, so that they keep working whatever becomes of ours."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Json):
        return "sa.Text()"
    return False


def run() -> None:
    url = context.config.attributes.get("database_url") or Settings.from_environment(os.environ).database_url
    sqlite = make_url(url).get_backend_name() == "sqlite"
    engine = create_engine(migration_url(url), connect_args={"isolation_level": None} if sqlite else {})
    if sqlite:
        event.listen(engine, "begin", lambda conn: conn.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.connect() as conn:
            migrate(conn, sqlite)
    finally:
        engine.dispose()


def migrate(conn: Connection, sqlite: bool) -> None:
    if sqlite:
        conn.connection.cursor().execute("PRAGMA foreign_keys=OFF")
    context.configure(
        connection=conn,
        target_metadata=METADATA,
        include_name=include_name,
        render_item=render_item,
        render_as_batch=sqlite,
        transactional_ddl=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if sqlite:
            refuse_broken_references(conn)


def refuse_broken_references(conn: Connection) -> None:
    """With foreign_keys off for batch changes, what they broke is looked for before the commit."""
    broken = conn.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"{len(broken)} rows would point at nothing, the first in {broken[0][0]}")


run()
