"""The search index on SQLite: `search_words` is FTS5 over the rows of `search_contacts`, kept in step here.

FTS5 wants an integer key. It only grows, a changed row takes a new one, so the index read backwards gives the
latest first and stops at the limit. The owner is a word of the index, or another user's rows would be walked too.
The tokenizer takes the words as they are: whatever is not a blank belongs to one.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, text

from app.accounts.me import Me
from app.core.prepared import Prepared
from app.search.document import Document
from app.search.query import Nearness, Query

STORED = Prepared(
    text(
        "SELECT id, contact_id, head, body FROM search_contacts WHERE owner_id = :owner_id AND contact_id IN :ids"
    ).bindparams(bindparam("ids", expanding=True))
)
UNINDEX = Prepared(
    text(
        "INSERT INTO search_words (search_words, rowid, owner_id, head, body)"
        " VALUES ('delete', :id, :owner_id, :head, :body)"
    )
)
UNINDEX_OWNER = Prepared(
    text(
        "INSERT INTO search_words (search_words, rowid, owner_id, head, body)"
        " SELECT 'delete', id, owner_id, head, body FROM search_contacts WHERE owner_id = :owner_id"
    )
)
KEEP = Prepared(
    text(
        "INSERT OR REPLACE INTO search_contacts (owner_id, contact_id, head, body)"
        " VALUES (:owner_id, :contact_id, :head, :body)"
    )
)
INDEX = Prepared(
    text(
        "INSERT INTO search_words (rowid, owner_id, head, body) SELECT id, owner_id, head, body FROM search_contacts"
        " WHERE owner_id = :owner_id AND contact_id = :contact_id"
    )
)
FORGET = Prepared(
    text("DELETE FROM search_contacts WHERE owner_id = :owner_id AND contact_id IN :ids").bindparams(
        bindparam("ids", expanding=True)
    )
)
# Pages of work at a time: an index of a thousand people is written anew, a larger one begun on and done later.
MERGE = Prepared(text("INSERT INTO search_words (search_words, rank) VALUES ('merge', -250)"))
OPTIMIZE = Prepared(text("INSERT INTO search_words (search_words) VALUES ('optimize')"))
FORGET_OWNER = Prepared(text("DELETE FROM search_contacts WHERE owner_id = :owner_id"))
FIND = Prepared(
    text(
        "SELECT found.contact_id FROM search_words"
        " CROSS JOIN search_contacts AS found ON found.id = search_words.rowid"
        " WHERE search_words MATCH :match AND found.owner_id = :owner_id"
        " AND (:tier IS NULL OR EXISTS (SELECT 1 FROM contacts AS c"
        " WHERE c.owner_id = found.owner_id AND c.id = found.contact_id AND c.tier = :tier))"
        " AND (:tag IS NULL OR EXISTS (SELECT 1 FROM contact_tags AS t"
        " WHERE t.owner_id = found.owner_id AND t.tag = :tag AND t.contact_id = found.contact_id))"
        " ORDER BY search_words.rowid DESC LIMIT :rows"
    )
)


def store(conn: Connection, me: Me, documents: Mapping[str, Document]) -> None:
    """Keep the documents by contact id; one that says what is kept already stays as it is."""
    stored = _stored(conn, me, documents)
    changed: list[dict[str, Any]] = []
    outdated: list[Any] = []
    for contact_id, document in documents.items():
        old = stored.get(contact_id)
        if old is not None and (old["head"], old["body"]) == (document.head, document.body):
            continue
        row = {"owner_id": me.owner_id, "contact_id": contact_id, "head": document.head, "body": document.body}
        changed.append(row)
        outdated += [] if old is None else [old]
    _unindex(conn, me, outdated)
    KEEP.run(conn, *changed)
    INDEX.run(conn, *changed)


def _stored(conn: Connection, me: Me, contact_ids: Iterable[str]) -> dict[str, Any]:
    rows = STORED.all(conn, {"owner_id": me.owner_id, "ids": list(contact_ids)})
    return {row["contact_id"]: row for row in rows}


def _unindex(conn: Connection, me: Me, stored: Iterable[Any]) -> None:
    """Take rows out of the index, which has to be told the words it was given."""
    UNINDEX.run(conn, *({"owner_id": me.owner_id, **row} for row in stored))


def remove(conn: Connection, me: Me, contact_ids: Iterable[str]) -> None:
    """Of people who go; an index that is not written anew keeps their words, each marked as gone.

    At a savepoint FTS5 writes down what it holds in memory, which a merge would not see.
    """
    stored = _stored(conn, me, contact_ids)
    _unindex(conn, me, stored.values())
    FORGET.run(conn, {"owner_id": me.owner_id, "ids": list(stored)})
    if stored:
        with conn.begin_nested():
            MERGE.run(conn, {})


def remove_all(conn: Connection, me: Me) -> None:
    """Of one owner, who goes; without writing the index anew it would keep the words, each marked as gone."""
    UNINDEX_OWNER.run(conn, {"owner_id": me.owner_id})
    FORGET_OWNER.run(conn, {"owner_id": me.owner_id})
    OPTIMIZE.run(conn, {})


def find(
    conn: Connection, me: Me, query: Query, nearness: Nearness, *, tag: str | None, tier: str | None, rows: int
) -> list[str]:
    """The ids of the people found, the ones written about last first."""
    values = {"owner_id": me.owner_id, "match": expression(me, query, nearness), "tag": tag, "tier": tier, "rows": rows}
    return FIND.scalars(conn, values)


def expression(me: Me, query: Query, nearness: Nearness) -> str:
    """A query in the syntax of FTS5. Words hold letters, digits, marks and symbols, never a quotation mark."""
    typed = [f'"{word}"' for word in query.whole] + [f'"{query.beginning}" *']
    every, some = " AND ".join(typed), " OR ".join(typed)
    wanted = {
        Nearness.CALLED: f"head : ({every})",
        Nearness.PARTLY_CALLED: f"{{head body}} : ({every}) AND head : ({some})",
        Nearness.ABOUT: f"{{head body}} : ({every})",
    }
    return f'owner_id : "{me.owner_id}" AND {wanted[nearness]}'
