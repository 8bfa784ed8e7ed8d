"""Answer shapes of export and import; the rows themselves are described by docs/export.schema.json."""

from typing import Any, Literal

from pydantic import Field

from app.core.schemas import Answer, Moment


class ArchiveRead(Answer):
    format: Literal["sundown-archive"]
    version: Literal[1]
    exported_at: Moment
    account: dict[str, Any] = Field(description="The settings, and the id the account has here.")
    rows: dict[str, list[dict[str, Any]]] = Field(
        description="By table: contacts, encounters, tasks, touches and what hangs from them."
    )
    access: dict[str, list[dict[str, Any]]] = Field(
        description="Sessions, tokens, answered requests, without their secrets, and merges. Not imported."
    )


class Imported(Answer):
    imported: dict[str, int] = Field(description="How many rows of each kind came in.", examples=[{"contacts": 40}])
