"""The search index on PostgreSQL: GIN over the owner and a tsvector in the rows of `search_contacts`.

The vector is made of the words as they are, what a person is called with weight A. `written` only grows, a changed
row takes a new number; so the order is that of FTS5 on SQLite. The found rows are materialised before they are
put in order: otherwise the planner walks a user's rows in that order, looking for a rare word in each.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, bindparam, text

from app.accounts.me import Me
from app.core.prepared import Prepared
from app.search.document import Document
from app.search.query import Nearness, Query

KEEP = Prepared(
    text(
        "INSERT INTO search_contacts (owner_id, contact_id, words)"
        " VALUES (:owner_id, :contact_id, CAST(:words AS tsvector))"
        " ON CONFLICT (owner_id, contact_id) DO UPDATE SET words = excluded.words, written = excluded.written"
        " WHERE search_contacts.words <> excluded.words"
    )
)
FORGET = Prepared(
    text("DELETE FROM search_contacts WHERE owner_id = :owner_id AND contact_id IN :ids").bindparams(
        bindparam("ids", expanding=True)
    )
)
FORGET_OWNER = Prepared(text("DELETE FROM search_contacts WHERE owner_id = :owner_id"))
FIND = Prepared(
    text(
        "WITH found AS MATERIALIZED (SELECT contact_id, written FROM search_contacts"
        " WHERE owner_id = :owner_id AND words @@ CAST(:match AS tsquery))"
        " SELECT found.contact_id FROM found"
        " WHERE (CAST(:tier AS text) IS NULL OR EXISTS (SELECT 1 FROM contacts AS c"
        " WHERE c.owner_id = :owner_id AND c.id = found.contact_id AND c.tier = :tier))"
        " AND (CAST(:tag AS text) IS NULL OR EXISTS (SELECT 1 FROM contact_tags AS t"
        " WHERE t.owner_id = :owner_id AND t.tag = :tag AND t.contact_id = found.contact_id))"
        " ORDER BY found.written DESC LIMIT :rows"
    )
)


def store(conn: Connection, me: Me, documents: Mapping[str, Document]) -> None:
    """Keep the documents by contact id; one that says what is kept already stays as it is."""
    rows = [
        {"owner_id": me.owner_id, "contact_id": contact_id, "words": vector(document)}
        for contact_id, document in documents.items()
    ]
    KEEP.run(conn, *rows)


def vector(document: Document) -> str:
    """A tsvector literal: words hold letters, digits, marks and symbols, never a quotation mark or backslash."""
    called = [f"'{word}':1A" for word in document.head.split()]
    return " ".join(called + [f"'{word}':1" for word in document.body.split()])


def remove(conn: Connection, me: Me, contact_ids: Iterable[str]) -> None:
    FORGET.run(conn, {"owner_id": me.owner_id, "ids": list(contact_ids)})


def remove_all(conn: Connection, me: Me) -> None:
    """Of one owner."""
    FORGET_OWNER.run(conn, {"owner_id": me.owner_id})


def find(
    conn: Connection, me: Me, query: Query, nearness: Nearness, *, tag: str | None, tier: str | None, rows: int
) -> list[str]:
    """The ids of the people found, the ones written about last first."""
    values = {"owner_id": me.owner_id, "match": expression(query, nearness), "tag": tag, "tier": tier, "rows": rows}
    return FIND.scalars(conn, values)


def expression(query: Query, nearness: Nearness) -> str:
    """A tsquery literal."""
    anywhere = [f"'{word}'" for word in query.whole] + [f"'{query.beginning}':*"]
    called = [f"'{word}':A" for word in query.whole] + [f"'{query.beginning}':*A"]
    wanted = {
        Nearness.CALLED: " & ".join(called),
        Nearness.PARTLY_CALLED: f"{' & '.join(anywhere)} & ({' | '.join(called)})",
        Nearness.ABOUT: " & ".join(anywhere),
    }
    return wanted[nearness]
