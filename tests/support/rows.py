"""Looking past the API into the tables, through the door that the API uses."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

if TYPE_CHECKING:
    from fastapi import FastAPI


async def stored(app: "FastAPI", table: Any) -> list[dict[str, Any]]:
    """Every row of a table, of every owner."""
    return await app.state.db.read(lambda conn: [dict(row) for row in conn.execute(select(table)).mappings()])


async def count(app: "FastAPI", table: Any) -> int:
    return await app.state.db.read(lambda conn: conn.execute(select(func.count()).select_from(table)).scalar_one())
