"""The index of either database against a plain model of it: the same people in the same order, whatever is asked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, create_engine, insert, text

from app.accounts.me import Me
from app.accounts.models import PROFILES
from app.contacts.models import CONTACTS, TAGS
from app.contacts.service import EMPTY
from app.core.db_sqlite import sqlite_engine
from app.core.migrate import migration_url
from app.search import index
from app.search.document import Document
from app.search.query import Nearness, Query

NOW = datetime(2026, 3, 3, 15, 30, tzinfo=UTC)
ME, OTHER = Me("0190b5a2-7c1e-7000-8000-0000000000a1"), Me("0190b5a2-7c1e-7000-8000-0000000000b2")
PEOPLE = [f"0190b5a2-7c1e-7000-8000-00000000000{number}" for number in range(4)]
TAGGED, TIERED = PEOPLE[1::2], PEOPLE[2:]
# Few letters, so that words meet each other; some of each sort that a tokenizer or a query parser might stumble on.
LETTERS = st.sampled_from(
    [*"abAB01 \n'\"*:()^-+&|!<>\\,;.@#%_~[]{}é\u0301ßıİłﬁⅧ½’田さ김ก", "🎉", "\ufe0f", " AND ", " NEAR("]
)
TEXTS = st.lists(LETTERS, max_size=8).map("".join)


@dataclass
class Model:
    """What an index should answer, by going through everything."""

    documents: dict[tuple[str, str], Document] = field(default_factory=dict)

    def store(self, me: Me, contact_id: str, document: Document) -> None:
        key = me.owner_id, contact_id
        if self.documents.get(key) != document:
            self.documents.pop(key, None)
            self.documents[key] = document

    def remove(self, me: Me, contact_id: str) -> None:
        self.documents.pop((me.owner_id, contact_id), None)

    def find(self, me: Me, query: Query, limit: int, among: list[str]) -> list[str]:
        ranked: list[tuple[int, int, str]] = []
        for number, ((owner_id, contact_id), document) in enumerate(self.documents.items()):
            nearness = self._nearness(query, document)
            if owner_id == me.owner_id and contact_id in among and nearness is not None:
                ranked.append((nearness.value, -number, contact_id))
        return [contact_id for _, _, contact_id in sorted(ranked)][:limit]

    @staticmethod
    def _nearness(query: Query, document: Document) -> Nearness | None:
        def answered(words: list[str]) -> int:
            return sum(word in words for word in query.whole) + any(word.startswith(query.beginning) for word in words)

        head, asked = document.head.split(), len(query.whole) + 1
        if answered(head) == asked:
            return Nearness.CALLED
        if answered(head + document.body.split()) < asked:
            return None
        return Nearness.PARTLY_CALLED if answered(head) else Nearness.ABOUT


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Two accounts with the same four ids of people in each."""
    lite = database_url.startswith("sqlite")
    made = sqlite_engine(database_url, "BEGIN IMMEDIATE") if lite else create_engine(migration_url(database_url))
    with made.begin() as conn:
        for me in (ME, OTHER):
            profile = {"name": "Cara", "email": "cara@mail.example", "timezone": "UTC", "day_boundary": NOW.time()}
            stamps = {"created_at": NOW, "updated_at": NOW, "version": 1}
            conn.execute(insert(PROFILES), {"owner_id": me.owner_id, **profile, **stamps})
            for person in PEOPLE:
                row = {"owner_id": me.owner_id, "id": person, "name": "x", "sort_name": "x", **EMPTY, **stamps}
                conn.execute(insert(CONTACTS), {**row, "tier": "A" if person in TIERED else None})
            tags = [{"owner_id": me.owner_id, "tag": "go", "contact_id": person} for person in TAGGED]
            conn.execute(insert(TAGS), tags)
    yield made
    made.dispose()


STEPS = st.lists(
    st.tuples(st.sampled_from([ME, OTHER]), st.sampled_from(PEOPLE), st.none() | st.tuples(TEXTS, TEXTS)),
    min_size=1,
    max_size=12,
)


@given(steps=STEPS, asked=st.lists(TEXTS, min_size=1, max_size=6), limit=st.integers(1, 5))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_the_index_answers_as_going_through_everything_would(
    engine: Engine, steps: list[Any], asked: list[str], limit: int
) -> None:
    with engine.connect() as conn:
        transaction, model = conn.begin(), Model()
        for me, person, texts in steps:
            if texts is None:
                index.remove(conn, me, [person])
                model.remove(me, person)
            else:
                document = Document.of([texts[0]], [texts[1]])
                index.store(conn, me, {person: document})
                model.store(me, person, document)
        # What was kept is asked for as well, or most questions would find nobody.
        for words in [*asked, *(text for _, _, texts in steps if texts for text in texts)]:
            query = Query.of(words)
            if query is None:
                continue
            for filters, among in (
                ({"tag": None, "tier": None}, PEOPLE),
                ({"tag": "go", "tier": None}, TAGGED),
                ({"tag": "go", "tier": "A"}, [person for person in TAGGED if person in TIERED]),
            ):
                assert index.find(conn, ME, query, limit=limit, **filters) == model.find(ME, query, limit, among)
        check_in_step(conn)
        transaction.rollback()


def check_in_step(conn: Connection) -> None:
    """FTS5's own comparison of the index with the rows it is over."""
    if conn.dialect.name == "sqlite":
        conn.execute(text("INSERT INTO search_words (search_words, rank) VALUES ('integrity-check', 1)"))


def test_many_words_are_no_trouble(engine: Engine) -> None:
    typed = " ".join(f"w{number}" for number in range(100))
    with engine.begin() as conn:
        index.store(conn, ME, {PEOPLE[0]: Document.of(["Dana"], [typed])})
        for words in (typed, " ".join(f"{typed[:60]} dana" for _ in range(3)), "田" * 200):
            query = Query.of(words)
            assert query is not None
            assert index.find(conn, ME, query, limit=50, tag=None, tier=None) == PEOPLE[: "w0" in words]


def test_as_many_words_as_fit_are_kept_and_found(engine: Engine) -> None:
    flood = " ".join(f"é{number:060}" for number in range(20_000))
    with engine.begin() as conn:
        index.store(conn, ME, {PEOPLE[0]: Document.of(["Dana"], ["first", flood])})
        for words in ("dana first", f"é{7:060}"):
            query = Query.of(words)
            assert query is not None
            assert index.find(conn, ME, query, limit=50, tag=None, tier=None) == PEOPLE[:1]


def test_an_account_is_forgotten_and_no_other(engine: Engine) -> None:
    query = Query.of("dana")
    assert query is not None
    with engine.begin() as conn:
        for me in (ME, OTHER):
            index.store(conn, me, {PEOPLE[0]: Document.of(["Dana"], [])})
        index.remove_all(conn, ME)
        check_in_step(conn)
        assert index.find(conn, ME, query, limit=50, tag=None, tier=None) == []
        assert index.find(conn, OTHER, query, limit=50, tag=None, tier=None) == PEOPLE[:1]
