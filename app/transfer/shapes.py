"""What each column of an account's rows may hold in an archive.

A field that the API takes has the API's type, since what came in by one way has to fit the other; any other
column has a type by its kind. Nothing here knows a row's neighbours; see checking.py.
"""

from base64 import b64decode
from collections.abc import Callable, Mapping
from types import NoneType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import orjson
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    WithJsonSchema,
    create_model,
    model_validator,
)
from sqlalchemy import Boolean, Column, Date, Float, Integer, LargeBinary, String, Table, Text, Time
from sqlalchemy.types import TypeEngine

from app.accounts.schemas import Email, MeUpdate, Scope
from app.contacts.schemas import ContactUpdate
from app.core.columns import Id, Instant, Json
from app.core.middleware import BODY_LIMIT
from app.core.problems import Invalid
from app.core.schemas import NOTE, Channel, Day, Flag, Hour, Name, Stamp, Uuid, whole, writable
from app.encounters.schemas import EncounterCreate, PersonWrite, PromiseWrite
from app.followups.schemas import PlaybookWrite
from app.pictures.imaging import check_shown
from app.scheduling.codec import Refused, decode_playbook
from app.scheduling.playbook import BUILT_IN
from app.scheduling.proposal import proposed
from app.tasks import needs
from app.tasks.schemas import TaskCreate, TaskRead

Need = Literal[needs.ORDER]
SPOKEN: Mapping[str, tuple[type[BaseModel], ...]] = {
    "profiles": (MeUpdate,),
    "contacts": (ContactUpdate,),
    "encounters": (EncounterCreate,),
    "encounter_people": (PersonWrite,),
    "promises": (PromiseWrite,),
    "tasks": (TaskCreate, TaskRead),
}


def _playbook(text: str) -> str:
    """A stored document: shaped as one that is sent, complete, and without a fault."""
    try:
        document = orjson.loads(text)
        proposed(PlaybookWrite.model_validate(document).model_dump(exclude_unset=True, by_alias=True), BUILT_IN)
        decode_playbook(document)
    except Refused as refused:
        raise ValueError(f"This playbook cannot be: {refused.faults[0].detail}") from None
    except (ValueError, TypeError, LookupError):
        raise ValueError("This is no playbook.") from None
    return text


def _bytes(value: Any) -> bytes:
    try:
        return b64decode(value, validate=True)
    except (ValueError, TypeError):
        raise ValueError("This is not base64.") from None


Bytes = Annotated[
    bytes, BeforeValidator(_bytes), WithJsonSchema({"type": "string", "contentEncoding": "base64", "minLength": 4})
]
HourText = Annotated[str, Field(strict=True, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
# People who were merged have what both had, so these lists may be longer than one request's.
OWN: Mapping[str, Any] = {
    "profiles.quiet_hours": Annotated[dict[Literal["from", "to"], HourText], Field(min_length=2)],
    "contacts.emails": Annotated[list[Email], Field(max_length=1000)],
    "contacts.phones": Annotated[list[Name], Field(max_length=1000)],
    "contacts.tags": Annotated[list[Name], Field(max_length=1000)],
    "pictures.content": Bytes,
    "playbooks.document": Annotated[str, Field(strict=True, max_length=BODY_LIMIT), AfterValidator(_playbook)],
    "tasks.item_id": Annotated[str, Field(strict=True, pattern=r"^([0-9a-f-]{36})?$")],
    "tasks.requires": Annotated[list[Need], Field(max_length=20)],
    "tasks.needs": Annotated[list[Need], Field(max_length=20)],
    "tasks.by": Literal["sundown", "midnight", "hour"],
    "touches.channel": Channel,
    "touches.direction": Literal["in", "out"],
    "tokens.scope": Scope,
}


def _storable(value: Any) -> Any:
    try:
        orjson.dumps(value)
    except TypeError:
        raise ValueError("This cannot be stored.") from None
    return value


def _text(longest: int) -> Any:
    return Annotated[str, Field(strict=True, max_length=longest), AfterValidator(writable)]


def of_kind(column: Column[Any]) -> Any:
    """The type of a column by its kind alone."""
    kind: TypeEngine[Any] = column.type
    plain: tuple[tuple[type[TypeEngine[Any]] | type[Instant] | type[Json], Any], ...] = (
        (Instant, Stamp),
        (Json, Annotated[JsonValue, AfterValidator(_storable)]),
        (Text, _text(NOTE)),
        (Boolean, Flag),
        (Date, Day),
        (Time, Hour),
        (Integer, whole(-(2**31), 2**31 - 1)),
        (Float, Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-1e12, le=1e12)]),
    )
    if isinstance(kind, String) and not isinstance(kind, Text):
        is_id = kind.length == Id.length and (column.name == "id" or column.name.endswith("_id"))
        return Uuid if is_id else _text(kind.length or NOTE)
    return next(shape for known, shape in plain if isinstance(kind, known))


def of_column(table: Table, column: Column[Any]) -> Any:
    """The type of a column, None included where the column takes it."""
    shape = OWN.get(f"{table.name}.{column.name}") or _spoken(table.name, column) or of_kind(column)
    return shape | None if column.nullable else shape


def _spoken(table: str, column: Column[Any]) -> Any:
    """The type of the API's field of this name; None where there is none, or one that says no more than the column."""
    if isinstance(column.type, Instant):
        return None
    for model in SPOKEN.get(table, ()):
        field = model.model_fields.get(column.name)
        if field is None:
            continue
        choices = [one for one in get_args(field.annotation) if one is not NoneType]
        optional = get_origin(field.annotation) is not Literal and NoneType in get_args(field.annotation)
        shape = Union[*choices] if optional else field.annotation
        if field.metadata:
            shape = Annotated[shape, *field.metadata]
        if shape not in (str, list[str], int):
            return shape
    return None


def secret(column: Column[Any]) -> bool:
    """What no archive holds: digests of passwords, sessions, tokens and requests, and stored answers."""
    if f"{column.table.name}.{column.name}" in OWN:
        return False
    return isinstance(column.type, LargeBinary) or column.name.endswith(("_digest", "_hash", "fingerprint"))


def row_model(table: Table, columns: list[Column[Any]]) -> type[BaseModel]:
    """A strict model of one row; a column that came later and may be empty may be left out."""
    fields: dict[str, Any] = {}
    for column in columns:
        default = None if column.nullable else ...
        if column.server_default is not None:
            default = column.server_default.arg  # pyright: ignore[reportAttributeAccessIssue]
        fields[column.name] = (of_column(table, column), default)
    rules: dict[str, Any] = {
        f"rule_{number}": model_validator(mode="after")(rule)
        for number, (names, rule) in enumerate(RULES)
        if names <= fields.keys()
    }
    config = ConfigDict(extra="forbid", serialize_by_alias=True)
    name = "".join(word.capitalize() for word in table.name.split("_"))
    return create_model(name, __config__=config, __validators__=rules, **fields)


def _paired(row: Any) -> Any:
    if (row.latitude is None) != (row.longitude is None):
        raise ValueError("Latitude and longitude come together.")
    return row


def _called(row: Any) -> Any:
    if row.name is None and row.descriptor is None:
        raise ValueError("A name or a descriptor is needed.")
    return row


def _of_interview(row: Any) -> Any:
    if (row.kind == "interview") != (row.round is not None):
        raise ValueError("An interview has a round, and nothing else has.")
    return row


def _numbered(row: Any) -> Any:
    if orjson.loads(row.document)["version"] != f"mine-{row.number}":
        raise ValueError("The number of a playbook is the one in its version, mine-1 and so on.")
    return row


def _pictured(row: Any) -> Any:
    try:
        check_shown(row.content, row.width, row.height)
    except Invalid as error:
        raise ValueError(error.detail) from None
    return row


RULES: tuple[tuple[frozenset[str], Callable[[Any], Any]], ...] = (
    (frozenset({"latitude", "longitude"}), _paired),
    (frozenset({"name", "descriptor"}), _called),
    (frozenset({"kind", "round"}), _of_interview),
    (frozenset({"number", "document"}), _numbered),
    (frozenset({"content", "width", "height"}), _pictured),
)
