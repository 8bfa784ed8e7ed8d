"""The format of an archive: which tables and columns of an account are in it, by walking the schema."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model
from sqlalchemy import Column, Table

from app.core.columns import Base
from app.core.schemas import Stamp, Uuid
from app.transfer.shapes import row_model, secret

FORMAT: Literal["sundown-archive"] = "sundown-archive"
VERSION: Literal[1] = 1
ACCOUNT = "profiles"
# Of no use anywhere else: told, and not taken back.
TOLD = frozenset({"sessions", "tokens", "idempotency_keys", "merges"})
TOLD_BECAUSE = "Told, not imported: who may come in, without any secret, and the merges that can be undone here."
# Made anew from the rows they follow from.
DERIVED_TABLES = frozenset({"contact_tags"})
DERIVED = frozenset({"contacts.sort_name", "encounters.event_folded", "encounters.event_on", "tasks.act_at"})
SEARCH_PREFIX = "search_"


@dataclass(frozen=True, slots=True)
class Section:
    """One table's part of an archive: its columns, and what a row of it may hold."""

    table: Table
    columns: tuple[Column[Any], ...]
    model: type[BaseModel]

    @property
    def name(self) -> str:
        return self.table.name


@dataclass(frozen=True, slots=True)
class Layout:
    """`rows` in an order in which each table comes after the ones it refers to."""

    account: Section
    rows: tuple[Section, ...]
    access: tuple[Section, ...]


@cache
def layout() -> Layout:
    """From the models that are imported by now: a new table with an `owner_id` comes along by itself."""
    owned = [
        table
        for table in Base.metadata.sorted_tables
        if "owner_id" in table.c and table.name not in DERIVED_TABLES and not table.name.startswith(SEARCH_PREFIX)
    ]
    sections = [_section(table) for table in owned if table.name != ACCOUNT]
    return Layout(
        account=_section(Base.metadata.tables[ACCOUNT]),
        rows=tuple(section for section in sections if section.name not in TOLD),
        access=tuple(section for section in sections if section.name in TOLD),
    )


def _section(table: Table) -> Section:
    left_out = {"owner_id", "version"} if table.name == ACCOUNT else {"owner_id"}
    columns = [
        column
        for column in table.columns
        if column.name not in left_out and not secret(column) and f"{table.name}.{column.name}" not in DERIVED
    ]
    return Section(table, tuple(columns), row_model(table, columns))


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of an archive, as in docs/export.schema.json."""
    found = layout()
    account = create_model("Account", __base__=found.account.model, id=(Uuid, ...))
    strict = ConfigDict(extra="forbid")
    rows = create_model("Rows", __config__=strict, **_lists(found.rows))
    access = create_model("Access", __config__=strict, **_lists(found.access))
    whole = create_model(
        "Archive",
        __config__=ConfigDict(extra="forbid", json_schema_extra={"description": "Everything about one account."}),
        format=(Literal["sundown-archive"], ...),
        version=(Literal[1], ...),
        exported_at=(Stamp, ...),
        account=(account, ...),
        rows=(rows, Field(description="Imported, in the order of their keys.")),
        access=(access, Field(description=TOLD_BECAUSE)),
    )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **whole.model_json_schema(mode="validation")}


def _lists(sections: tuple[Section, ...]) -> dict[str, Any]:
    return {section.name: (list[section.model], ...) for section in sections}
