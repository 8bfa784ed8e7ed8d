"""Answer shapes of suggestions."""

from typing import Annotated, Literal

from pydantic import Field

from app.core.schemas import Answer, Uuid


class DuplicateContact(Answer):
    id: Uuid
    name: str | None
    descriptor: str | None
    company: str | None


class Because(Answer):
    field: Literal["email", "linkedin_url", "phone", "name", "descriptor", "company", "event"]
    value: str = Field(
        description="As it stands with the other one, of a pair with the second.", examples=["dana@mail.example"]
    )


Reasons = Annotated[list[Because], Field(description="The strongest first; company and event only strengthen.")]


class Duplicate(Answer):
    contact: DuplicateContact
    because: Reasons


class DuplicatePage(Answer):
    items: list[Duplicate]
    next: str | None


class DuplicatePair(Answer):
    contacts: Annotated[list[DuplicateContact], Field(min_length=2, max_length=2)]
    because: Reasons


class DuplicatePairPage(Answer):
    items: list[DuplicatePair]
    next: str | None
