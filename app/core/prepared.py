"""Statements that are built once, compiled once for each kind of database, and run on its driver.

SQLAlchemy looks a statement up, wraps its parameters and wraps its rows anew at every call, which costs several times
what the query of a small answer does. What differs from call to call, as the columns of a patch do, goes through
`Connection.execute`; both are in the same transaction.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import BindParameter, Connection, Dialect
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlalchemy.sql.visitors import replacement_traverse

# An import names thousands of people at once, and never as many again.
LONGEST_KEPT = 256
Row = dict[str, Any]
Values = Mapping[str, Any]
Process = Callable[[Any], Any]


class Prepared:
    """A Core statement whose values are bound by name, the expanding ones to lists. Rows are dicts.

    Raises what SQLAlchemy makes of the driver's errors, such as IntegrityError.
    """

    def __init__(self, statement: Any) -> None:
        self.statement = statement
        self._plans: dict[tuple[Any, ...], Plan] = {}

    def all(self, conn: Connection, values: Values) -> list[Row]:
        """Every row, by column name."""
        return self._plan(conn, values).rows(conn, values)

    def first(self, conn: Connection, values: Values) -> Row | None:
        """The first row, or None."""
        rows = self.all(conn, values)
        return rows[0] if rows else None

    def one(self, conn: Connection, values: Values) -> Row:
        """The first row. Raises NoResultFound."""
        row = self.first(conn, values)
        if row is None:
            raise NoResultFound
        return row

    def scalars(self, conn: Connection, values: Values) -> list[Any]:
        """The first column of every row."""
        return [next(iter(row.values())) for row in self.all(conn, values)]

    def run(self, conn: Connection, *rows: Values) -> None:
        """Once for each of the rows, for what answers none."""
        if rows:
            self._plan(conn, rows[0]).run(conn, rows)

    @cached_property
    def _lists(self) -> list[str]:
        binds = self.statement.compile().binds
        return [name for name, bind in binds.items() if bind.expanding and bind.required]

    def _plan(self, conn: Connection, values: Values) -> "Plan":
        lengths = [len(values[name]) for name in self._lists]
        kind = (conn.dialect.name, *lengths)
        plan = self._plans.get(kind)
        if plan is None:
            plan = Plan(self.statement, conn.dialect, values)
            if max(lengths, default=0) <= LONGEST_KEPT:
                self._plans[kind] = plan
        return plan


class Plan:
    """The SQL for one dialect and lists of one length, with the way of values to the driver and of rows back."""

    def __init__(self, statement: Any, dialect: Dialect, values: Values) -> None:
        compiled = replacement_traverse(statement, {}, _written_out).compile(dialect=dialect)
        expanded = compiled.construct_expanded_state(values)
        self.sql: str = expanded.statement
        self._named = expanded.positiontup is None
        self._names = list(expanded.positiontup or expanded.parameters)
        self._lists = list(expanded.parameter_expansion.items())
        of_list = {part: name for name, parts in self._lists for part in parts}
        self._fixed = {
            name: expanded.parameters[name] for name in self._names if name not in values and name not in of_list
        }
        types = [compiled.binds[of_list.get(name, name)].type.dialect_impl(dialect) for name in self._names]
        self._processes = _at_places(type_.bind_processor(dialect) for type_ in types)
        self._types = [column.type for column in getattr(statement, "exported_columns", ())]
        self._shape: Process | None = None

    def rows(self, conn: Connection, values: Values) -> list[Row]:
        with Running(conn, self.sql) as cursor:
            cursor.execute(self.sql, self.parameters(values))
            shape = self._shape = self._shape or self._shaper(conn.dialect, cursor.description)
            return [shape(row) for row in cursor.fetchall()]

    def run(self, conn: Connection, rows: tuple[Values, ...]) -> None:
        with Running(conn, self.sql) as cursor:
            if len(rows) == 1:
                cursor.execute(self.sql, self.parameters(rows[0]))
            else:
                cursor.executemany(self.sql, [self.parameters(row) for row in rows])

    def parameters(self, values: Values) -> Any:
        """As the driver takes them."""
        if self._fixed or self._lists:
            parts = {part: item for name, of in self._lists for part, item in zip(of, values[name], strict=True)}
            values = {**self._fixed, **parts, **values}
        taken = [values[name] for name in self._names]
        for place, process in self._processes:
            if taken[place] is not None:
                taken[place] = process(taken[place])
        return dict(zip(self._names, taken, strict=True)) if self._named else taken

    def _shaper(self, dialect: Dialect, description: Any) -> Process:
        names = [column[0] for column in description]
        types = [type_.dialect_impl(dialect) for type_ in self._types]
        processes = _at_places(
            type_.result_processor(dialect, column[1]) for type_, column in zip(types, description, strict=False)
        )
        named = [(names[place], process) for place, process in processes]

        def shape(raw: Any) -> Row:
            row = dict(zip(names, raw))  # noqa: B905 - of one length, and run for each row
            for name, process in named:
                value = row[name]
                if value is not None:
                    row[name] = process(value)
            return row

        return shape


def _at_places(processes: Iterable[Process | None]) -> list[tuple[int, Process]]:
    return [(place, process) for place, process in enumerate(processes) if process is not None]


def _written_out(element: Any, **_: Any) -> Any:
    """What is part of the statement as a literal: only so SQLite keeps its plan, and finds a partial index by it."""
    fixed = isinstance(element, BindParameter) and not element.required
    return element.render_literal_execute() if fixed else None


class Running:
    """A cursor of the driver, in the connection's transaction; its errors leave as SQLAlchemy's.

    Written out, since `contextmanager` would cost each statement a generator.
    """

    def __init__(self, conn: Connection, sql: str) -> None:
        self._conn, self._sql = conn, sql

    def __enter__(self) -> Any:
        self._cursor = self._conn.connection.cursor()
        return self._cursor

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self._cursor.close()
        dialect = self._conn.dialect
        if error is None or not isinstance(error, dialect.loaded_dbapi.Error):
            return
        lost = dialect.is_disconnect(error, self._conn.connection.dbapi_connection, self._cursor)
        if lost:
            self._conn.invalidate(error)
        raise DBAPIError.instance(
            self._sql, None, error, dialect.loaded_dbapi.Error, connection_invalidated=lost, dialect=dialect
        ) from error
