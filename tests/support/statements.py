"""What an application asks of its database: each statement with its values, as the driver gets them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from fastapi import FastAPI
from sqlalchemy import event

from app.core.prepared import Plan

NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


@contextmanager
def watched(app: FastAPI, watch: Callable[[str, Any], None]) -> Iterator[None]:
    """Call `watch` before each statement inside the block, with its parameters or the first of many."""

    def heard(_conn: object, _cursor: object, statement: str, parameters: Any, _context: object, many: bool) -> None:
        watch(statement, parameters[0] if many else parameters)

    rows, run = Plan.rows, Plan.run

    def watched_rows(plan: Plan, conn: Any, values: Any) -> Any:
        watch(plan.sql, plan.parameters(values))
        return rows(plan, conn, values)

    def watched_run(plan: Plan, conn: Any, values: Any) -> None:
        watch(plan.sql, plan.parameters(values[0]))
        run(plan, conn, values)

    with ExitStack() as stack:
        for engine in app.state.db.engines:
            event.listen(engine, "before_cursor_execute", heard)
            stack.callback(event.remove, engine, "before_cursor_execute", heard)
        stack.enter_context(patch.object(Plan, "rows", watched_rows))
        stack.enter_context(patch.object(Plan, "run", watched_run))
        yield


@contextmanager
def recorded(app: FastAPI) -> Iterator[list[tuple[str, Any]]]:
    """The statements inside the block, without what only opens and closes transactions."""
    seen: list[tuple[str, Any]] = []

    def record(statement: str, parameters: Any) -> None:
        if not statement.lstrip().upper().startswith(NOT_COUNTED):
            seen.append((statement, parameters))

    with watched(app, record):
        yield seen
