"""One row a person, in the index of whichever database this is; both answer alike."""

from collections.abc import Iterable, Mapping
from types import ModuleType

from sqlalchemy import Connection

from app.accounts.me import Me
from app.search import fts5, gin
from app.search.document import Document
from app.search.query import Query


def _of(conn: Connection) -> ModuleType:
    return fts5 if conn.dialect.name == "sqlite" else gin


def store(conn: Connection, me: Me, documents: Mapping[str, Document]) -> None:
    """Keep what is to be found of these people, by contact id, in the transaction that changed it."""
    _of(conn).store(conn, me, documents)


def remove(conn: Connection, me: Me, contact_ids: Iterable[str]) -> None:
    """Forget these people; called before they are deleted."""
    _of(conn).remove(conn, me, contact_ids)


def remove_all(conn: Connection, me: Me) -> None:
    """Forget every person of this account; called before it is deleted."""
    _of(conn).remove_all(conn, me)


def find(conn: Connection, me: Me, query: Query, *, limit: int, tag: str | None, tier: str | None) -> list[str]:
    """Ids, best first: called so, partly called so, only spoken of so; in each the ones written about last first."""
    found: dict[str, None] = {}
    for nearness in query.tiers:
        ids = _of(conn).find(conn, me, query, nearness, tag=tag, tier=tier, rows=limit)
        found |= dict.fromkeys(ids)
        if len(found) >= limit:
            break
    return list(found)[:limit]
