"""A playbook that cannot be is a 422 that names the field, and nothing is saved."""

from typing import Any

import httpx
import pytest

from tests.contract.answers import check_problem, pointers
from tests.followups.proposals import document, own
from tests.support import factories as make
from tests.support.clients import ApiClient


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (None, "#"),
        ([], "#"),
        ({}, "#/rules"),
        ({"rules": {}}, "#/rules"),
        ({"rules": [None]}, "#/rules/0"),
        ({"rules": [{}]}, "#/rules/0/id"),
        ({"rules": [{"id": 8}]}, "#/rules/0/id"),
        ({"rules": [{"id": "no spaces"}]}, "#/rules/0/id"),
        ({"rules": [{"id": "a" * 21}]}, "#/rules/0/id"),
        ({"rules": [{"id": "a\n"}]}, "#/rules/0/id"),
        ({"rules": [{"id": "R8", "colour": "red"}]}, "#/rules/0/colour"),
        ({"rules": [{"id": "R8", "on": "yes"}]}, "#/rules/0/on"),
        (document(R3={"due": "tomorrow"}), "#/rules/0/due"),
        (document(R3={"due": {}}), "#/rules/0/due/type"),
        (document(R3={"due": {"type": "noon"}}), "#/rules/0/due/type"),
        (document(R3={"due": {"type": "sundown", "days": -1}}), "#/rules/0/due/days"),
        (document(R3={"due": {"type": "sundown", "days": 91}}), "#/rules/0/due/days"),
        (document(R3={"due": {"type": "sundown", "days": 10**30}}), "#/rules/0/due/days"),
        (document(R3={"due": {"type": "sundown", "days": True}}), "#/rules/0/due/days"),
        (document(R3={"due": {"type": "at", "hour": "24:00"}}), "#/rules/0/due/hour"),
        (document(R3={"due": {"type": "at", "hour": "9:00"}}), "#/rules/0/due/hour"),
        (document(R3={"due": {"type": "sundown", "weeks": 1}}), "#/rules/0/due/weeks"),
        (document(R3={"needs": ["luck"]}), "#/rules/0/needs/0"),
        (document(R3={"channel": "pigeon"}), "#/rules/0/channel"),
        (document(R3={"else": {"light": "twice"}}), "#/rules/0/else/light"),
        (document(R3={"else": {"postal_address": "email"}}), "#/rules/0/else/postal_address"),
        (document(R3={"minutes": 1441}), "#/rules/0/minutes"),
        (document(R3={"title": ""}), "#/rules/0/title"),
        (document(R3={"title": "a\x00"}), "#/rules/0/title"),
        (document(R3={"why": "a" * 201}), "#/rules/0/why"),
        (document(own(round=[0, 21])), "#/rules/18/round/1"),
        (document(own(round=[1])), "#/rules/18/round"),
        (document(own(round=True)), "#/rules/18/round"),
        (document(own(round="2")), "#/rules/18/round"),
        (document(own(action="dance")), "#/rules/18/action"),
        (document(own(), own()), "#/rules/19/id"),
        (document(*(own(id=f"own-{number}") for number in range(84))), "#/rules"),
        (document() | {"write_by_email": None}, "#/write_by_email"),
        (document() | {"colour": "red"}, "#/colour"),
    ],
)
@pytest.mark.database("sqlite")
async def test_a_playbook_that_cannot_be_names_the_field(alice: ApiClient, body: Any, pointer: str) -> None:
    answer = await alice.put(f"{make.API}/playbook", json=body)
    problem = check_problem(answer, httpx.codes.UNPROCESSABLE_ENTITY)
    assert pointer in pointers(answer), answer.text
    assert all(error["detail"].endswith(".") for error in problem["errors"])
    assert (await make.get(alice, "playbook"))["version"] == "built-in-1"
