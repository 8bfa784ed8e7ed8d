"""Every failure is a problem (RFC 9457) that names the field and says what would be right."""

import json
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

import app.api  # noqa: F401 - for the problems that live beside their rules
from app.core.errors import field_error
from app.core.problems import MOST_ERRORS, FieldError, Invalid, Problem, TooManyRequests, Unavailable
from app.core.schemas import Schema, whole
from app.web import _subclasses


class Inner(Schema):
    what: Annotated[str, Field(strict=True, min_length=1, max_length=5)]


class Everything(Schema):
    model_config = ConfigDict(strict=True)
    text: Annotated[str, Field(min_length=2, max_length=1000)] = ""
    number: whole(1, 9) = 1  # pyright: ignore[reportInvalidTypeForm]
    ratio: Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False)] = 0.5
    flag: bool = False
    kind: Literal["a", "b"] = "a"
    inner: Inner | None = None
    items: Annotated[list[Inner], Field(min_length=1, max_length=2)] = Field(default_factory=list)
    names: dict[str, str] = Field(default_factory=dict)


def errors(model: type[BaseModel], value: Any) -> list[FieldError]:
    with pytest.raises(ValidationError) as refused:
        model.model_validate(value)
    return [field_error({**item, "loc": ("body", *item["loc"])}) for item in refused.value.errors()]


@pytest.mark.parametrize(
    ("value", "pointer", "words"),
    [
        ({"color": "red"}, "#/color", "no such field"),
        ({"text": 1}, "#/text", "text is needed"),
        ({"text": "a"}, "#/text", "Some text is needed"),
        ({"text": "a" * 1001}, "#/text", "At most 1,000 characters"),
        ({"number": "1"}, "#/number", "whole number"),
        ({"number": 1.5}, "#/number", "whole number"),
        ({"number": 10**30}, "#/number", "At most 9 is taken"),
        ({"number": 0}, "#/number", "1 is needed"),
        ({"ratio": float("nan")}, "#/ratio", "finite number"),
        ({"ratio": "a"}, "#/ratio", "number is needed"),
        ({"flag": 1}, "#/flag", "true or false"),
        ({"kind": "c"}, "#/kind", "'a' or 'b'"),
        ({"inner": {}}, "#/inner/what", "required"),
        ({"inner": []}, "#/inner", "object is needed"),
        ({"items": {}}, "#/items", "list is needed"),
        ({"items": []}, "#/items", "At least 1"),
        ({"items": [{"what": "a"}] * 3}, "#/items", "At most 2"),
        ({"items": [{"what": "a"}, {"what": "too long"}]}, "#/items/1/what", "At most 5"),
        ({"a/b~c": 1}, "#/a~1b~0c", "no such field"),
        ({"\x00": 1}, "#/\x00", "no such field"),
        ([], "#", "object is needed"),
    ],
)
def test_a_field_is_named_by_its_pointer_with_what_would_be_right(value: Any, pointer: str, words: str) -> None:
    (error,) = errors(Everything, value)
    assert error.pointer == pointer
    assert words in error.detail
    assert error.detail.endswith(".")


@pytest.mark.parametrize("value", ["lantern", {"lantern": 1}, ["lantern"]])
def test_what_was_sent_is_not_repeated(value: Any) -> None:
    for field in ("number", "flag", "kind"):
        assert all("lantern" not in error.detail for error in errors(Everything, {field: value}))


def test_a_parameter_is_named_by_its_name() -> None:
    assert field_error({"loc": ("query", "limit"), "type": "int_parsing", "msg": ""}).pointer == "?limit"


def test_a_request_cannot_ask_for_a_huge_answer() -> None:
    problem = Invalid(errors=[FieldError(f"#/{number}", "There is no such field here.") for number in range(50_000)])
    assert len(json.loads(bytes(problem.response().body))["errors"]) == MOST_ERRORS


def test_every_kind_of_problem_says_what_happened_in_a_title_and_a_sentence() -> None:
    kinds = _subclasses(Problem)
    assert {kind for kind in kinds if kind.__module__.startswith("app.tasks")}, "of every package, not of core alone"
    for kind in kinds:
        assert kind.title[0].isupper()
        assert not kind.title.endswith(".")
        assert kind.text.endswith((".", "?")), kind
        assert "!" not in kind.title + kind.text


def test_a_problem_carries_its_members_extensions_and_headers() -> None:
    response = TooManyRequests("Wait.", headers={"Retry-After": "9"}, current={"id": "a"}).response()
    assert json.loads(bytes(response.body)) == {
        "type": "/problems/too-many-requests",
        "title": "Too many tries",
        "status": 429,
        "detail": "Wait.",
        "current": {"id": "a"},
    }
    assert (response.headers["retry-after"], response.media_type) == ("9", "application/problem+json")
    assert Unavailable().response().headers["retry-after"] == "1"
