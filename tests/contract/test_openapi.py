"""The OpenAPI document: kept beside the tests, so that a change of the contract is seen in review.

After a change that is meant, renew it and look at the difference:

    RENEW=1 make pytest ARGS=tests/contract/test_openapi.py
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.accounts.gate import NOT_REPLAYED, scopes_of
from tests.support.clients import ApiClient

SNAPSHOT = Path(__file__).with_name("openapi.json")
PROBLEM = "application/problem+json"


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for methods in document["paths"].values():
        yield from methods.items()


def fields(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of a request body, with where it stands."""
    asked: set[str] = set()
    for _, operation in operations(document):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            asked |= references(content)
    more = set(asked)
    while more:
        more = {name for one in more for name in references(document["components"]["schemas"][one])} - asked
        asked |= more
    for name in sorted(asked):
        for field, schema in document["components"]["schemas"][name].get("properties", {}).items():
            yield f"{name}.{field}", schema


def references(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"].rpartition("/")[2]} if "$ref" in value else set()
        return own.union(*(references(item) for item in value.values()))
    return set().union(*(references(item) for item in value)) if isinstance(value, list) else set()


def simple(schema: Any) -> Iterator[dict[str, Any]]:
    """The schemas of single values inside one of a property."""
    if isinstance(schema, dict):
        if "type" in schema:
            yield schema
        for name in ("anyOf", "items"):
            for item in schema.get(name, []) if name == "anyOf" else [schema.get(name)]:
                yield from simple(item)


def test_the_contract_is_the_one_that_was_agreed(document: dict[str, Any]) -> None:
    text = json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if os.environ.get("RENEW"):
        SNAPSHOT.write_text(text, encoding="utf-8")
    assert json.loads(text) == json.loads(SNAPSHOT.read_text(encoding="utf-8")), "see the top of this file"


@pytest.mark.database("sqlite")
async def test_the_document_is_served_as_it_is(api: ApiClient, document: dict[str, Any]) -> None:
    answer = await api.get("/api/v1/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == document
    assert document["openapi"].startswith("3.1")
    assert all(path.startswith("/api/v1/") for path in document["paths"])


def test_every_operation_reads_well_in_a_generated_client(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(names) == len(set(names))
    for _, operation in operations(document):
        assert operation["summary"]
        assert operation["description"]
        assert operation["tags"]
        assert all(answer["description"] for answer in operation["responses"].values())


def test_every_operation_tells_its_problems(document: dict[str, Any]) -> None:
    for method, operation in operations(document):
        answers = operation["responses"]
        expected = {"401", "403", "422", "500", "503"}
        if "requestBody" in operation:
            expected |= {"400", "413", "415"}
        assert expected <= answers.keys(), operation["operationId"]
        for status, answer in answers.items():
            if status >= "400":
                assert list(answer["content"]) == [PROBLEM], operation["operationId"]
        if any(item["in"] == "path" for item in operation.get("parameters", [])):
            assert "404" in answers, operation["operationId"]
        if method == "patch":
            assert "412" in answers, operation["operationId"]


def test_posts_that_honour_an_idempotency_key_tell_it_and_patches_take_a_merge_patch(document: dict[str, Any]) -> None:
    for method, operation in operations(document):
        headers = {item["name"] for item in operation.get("parameters", []) if item["in"] == "header"}
        honoured = method == "post" and operation["operationId"] not in NOT_REPLAYED
        assert ("Idempotency-Key" in headers) == honoured, operation["operationId"]
        if method == "patch":
            assert "If-Match" in headers, operation["operationId"]
            assert {"application/json", "application/merge-patch+json"} == set(operation["requestBody"]["content"])


def fitting(content: dict[str, Any]) -> dict[str, Any]:
    """What an answer has to look like, without the title it was given."""
    return {name: value for name, value in content["application/json"]["schema"].items() if name != "title"}


def test_a_create_with_a_chosen_id_tells_the_row_that_is_there_already(document: dict[str, Any]) -> None:
    for _, operation in operations(document):
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        properties = (
            document["components"]["schemas"].get(body.get("$ref", "").rpartition("/")[2], {}).get("properties")
        )
        if "id" in (properties or {}) and "201" in operation["responses"]:
            created, there = (operation["responses"][status]["content"] for status in ("201", "200"))
            assert fitting(created) == fitting(there), operation["operationId"]


def test_a_link_to_the_next_page_is_told_where_one_can_be_asked_for(document: dict[str, Any]) -> None:
    for _, operation in operations(document):
        paged = {"limit", "after"} <= {item["name"] for item in operation.get("parameters", [])}
        linked = "Link" in operation["responses"].get("200", {}).get("headers", {})
        assert linked == paged, operation["operationId"]


def test_who_may_call_an_operation_is_told(document: dict[str, Any]) -> None:
    for method, operation in operations(document):
        scopes = scopes_of(operation["operationId"], method.upper())
        assert {name for one in operation["security"] for name in one} == {
            "session" if scope == "session" else "token" for scope in scopes
        }
        told = operation["description"].rpartition("\n")[2]
        assert {word for word in ("session", "capture", "read", "write") if f" {word}" in told} >= scopes


def test_every_text_that_is_sent_has_a_limit_and_every_number_bounds(document: dict[str, Any]) -> None:
    for where, schema in fields(document):
        for value in simple(schema):
            if value["type"] == "string" and not {"enum", "const", "format", "pattern"} & value.keys():
                assert "maxLength" in value, where
            if value["type"] in ("integer", "number"):
                assert {"minimum", "maximum"} <= value.keys(), where
            if value["type"] == "array":
                assert "maxItems" in value, where
    for _, operation in operations(document):
        for parameter in operation.get("parameters", []):
            for value in simple(parameter["schema"]):
                if value["type"] == "string" and not {"enum", "const", "format", "pattern"} & value.keys():
                    assert "maxLength" in value or parameter["name"] == "If-Match", parameter["name"]


def test_bodies_refuse_unknown_fields(document: dict[str, Any]) -> None:
    for name in {where.partition(".")[0] for where, _ in fields(document)}:
        assert document["components"]["schemas"][name]["additionalProperties"] is False, name


def test_required_are_only_the_fields_the_contract_names(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    required = {name: set(schema.get("required", ())) for name, schema in schemas.items() if name.endswith("Create")}
    assert required == {
        "AccountCreate": {"email", "password", "name", "timezone"},
        "SessionCreate": {"email", "password"},
        "TokenCreate": {"name", "scope"},
        "CaptureCreate": {"text", "captured_at", "timezone"},
        "ContactCreate": set(),
        "EncounterCreate": {"kind", "occurred_at", "timezone"},
        "TaskCreate": {"contact_id", "action", "title", "due_at", "timezone"},
        "TouchCreate": set(),
    }
    assert schemas["PromiseWrite"]["required"] == ["what"]
    assert schemas["Requested"]["required"] == ["what"]
    assert schemas["Gap"]["required"] == ["asked"]
