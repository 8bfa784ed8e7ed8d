"""Reading an archive piece by piece, so that a large one never holds the other requests up for long."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from pydantic import BaseModel, ValidationError

from app.core.bodies import DEPTH_LIMIT, escape, too_deep
from app.core.errors import field_error
from app.core.problems import BadRequest, FieldError, Invalid
from app.transfer.archive import FORMAT, VERSION, Section, layout

ERRORS_LISTED = 20
BLANKS = " \t\n\r"


@dataclass
class Content:
    """What an archive holds, each row as the columns of its table."""

    account: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


class Findings(list[FieldError]):
    """What is not right, up to a number that a person can read."""

    def at(self, pointer: str, detail: str) -> None:
        self.append(FieldError(pointer, detail))
        if len(self) >= ERRORS_LISTED:
            self.tell()

    def of(self, error: ValidationError, *place: str | int) -> None:
        for item in error.errors(include_url=False, include_input=False):
            found = field_error({**item, "loc": ("body", *place, *item["loc"])})
            self.at(found.pointer, found.detail)

    def tell(self) -> None:
        """Raise Invalid if there is anything."""
        if self:
            raise Invalid(errors=self)


class Cursor:
    """A place in a JSON text (RFC 8259), moved on by whoever takes values from it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._decoder = json.JSONDecoder(parse_constant=_no_constant)

    def next(self) -> str:
        """The next character that is no blank; empty at the end."""
        while self.at < len(self.text) and self.text[self.at] in BLANKS:
            self.at += 1
        return self.text[self.at : self.at + 1]

    def value(self) -> Any:
        self.next()
        begin = self.at
        value, self.at = self._decoder.raw_decode(self.text, begin)
        brackets = self.text.count("[", begin, self.at) + self.text.count("{", begin, self.at)
        if brackets > DEPTH_LIMIT and too_deep(value):
            raise BadRequest(f"The archive is nested more than {DEPTH_LIMIT} levels deep.")
        return value

    def members(self) -> Iterator[str]:
        """The names in an object; the value of each is taken before the next name is asked for."""
        for _ in self._parts("{", "}"):
            if self.next() != '"':
                self._broken()
            name = self.value()
            self._take(":")
            yield name

    def items(self) -> Iterator[None]:
        """Once for each entry of a list, which is taken before the next is asked for."""
        return self._parts("[", "]")

    def end(self) -> None:
        if self.next():
            self._broken()

    def _parts(self, opening: str, closing: str) -> Iterator[None]:
        self._take(opening)
        if self.next() == closing:
            self._take(closing)
            return
        while True:
            yield
            if self.next() == closing:
                self._take(closing)
                return
            self._take(",")

    def _take(self, character: str) -> None:
        if self.next() != character:
            self._broken()
        self.at += 1

    def _broken(self) -> NoReturn:
        raise json.JSONDecodeError("Something else is expected", self.text, min(self.at, len(self.text)))


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


def read(raw: bytes) -> Content:
    """The content of an archive whose every row is right by itself.

    Raises BadRequest for what is no JSON, Invalid with up to 20 pointers for what is no archive or holds wrong values.
    """
    try:
        return _read(Cursor(raw.decode("utf-8")))
    except json.JSONDecodeError as error:
        raise BadRequest(f"The archive is not JSON: line {error.lineno}, column {error.colno}.") from None
    except RecursionError:
        raise BadRequest("The archive is nested too deeply.") from None
    except ValueError as error:
        raise BadRequest("The archive is not JSON in UTF-8 with numbers of a usual size.") from error


def _read(cursor: Cursor) -> Content:
    found, content, seen = Findings(), Content(), dict[str, Any]()
    if cursor.next() != "{":
        raise Invalid.at("#", "An archive is an object; send the file as it was exported.")
    for name in cursor.members():
        if name in seen:
            found.at(f"#/{escape(name)}", "This stands here twice.")
        seen[name] = None
        if name == "rows" and cursor.next() == "{":
            _tables(cursor, content, found)
        else:
            seen[name] = cursor.value()
    cursor.end()
    _head(seen, content, found)
    found.tell()
    return content


def _head(seen: dict[str, Any], content: Content, found: Findings) -> None:
    if seen.get("format") != FORMAT:
        raise Invalid.at("#/format", f"“{FORMAT}” is needed; this is no archive of Sundown.")
    version = seen.get("version")
    if isinstance(version, bool) or version != VERSION:
        raise Invalid.at("#/version", f"This version of Sundown reads archives of version {VERSION}.")
    for name in seen.keys() - {"format", "version", "exported_at", "account", "rows", "access"}:
        found.at(f"#/{escape(name)}", "There is no such field here.")
    for name in ("account", "rows"):
        if name not in seen:
            found.at(f"#/{name}", "This is required.")
        elif name == "rows" and seen[name] is not None:
            found.at("#/rows", "An object is needed.")
    account = seen.get("account")
    if not isinstance(account, dict):
        found.at("#/account", "An object is needed.")
    else:
        mine = {name: value for name, value in account.items() if name != "id"}
        content.account = _row(layout().account.model, mine, found, "account")


def _tables(cursor: Cursor, content: Content, found: Findings) -> None:
    sections = {section.name: section for section in layout().rows}
    for name in cursor.members():
        if name not in sections:
            found.at(f"#/rows/{escape(name)}", "This version of Sundown knows no such rows.")
            cursor.value()
        elif name in content.rows:
            found.at(f"#/rows/{name}", "This stands here twice.")
            cursor.value()
        elif cursor.next() != "[":
            found.at(f"#/rows/{name}", "A list is needed.")
            cursor.value()
        else:
            content.rows[name] = list(_rows(cursor, sections[name], found))


def _rows(cursor: Cursor, section: Section, found: Findings) -> Iterator[dict[str, Any]]:
    for index, _ in enumerate(cursor.items()):
        yield _row(section.model, cursor.value(), found, "rows", section.name, index)


def _row(model: type[BaseModel], value: Any, found: Findings, *place: str | int) -> dict[str, Any]:
    try:
        return model.model_validate(value).model_dump()
    except ValidationError as error:
        found.of(error, *place)
        return {}
