"""A cookie travels by itself: a change made with one has to say that it comes from our own page."""

from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI

from app.core.config import Settings
from tests.contract.answers import check_problem
from tests.support import factories as make
from tests.support.clients import ALICE, PASSWORD, ApiClient

FORBIDDEN = httpx.codes.FORBIDDEN
HERE, ELSEWHERE = "http://testserver", "http://evil.example"
UNSAFE = (
    ("POST", "contacts", make.contact()),
    ("PATCH", "me", {"name": "Mallory"}),
    ("PUT", "me/password", {"current": PASSWORD, "new": "chosen by somebody else"}),
    ("DELETE", "session", None),
)
TAKEN = [
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin", "Origin": ELSEWHERE},
    {"Origin": HERE},
]
REFUSED = [
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": HERE},
    {"Sec-Fetch-Site": "", "Origin": HERE},
    {"Origin": ELSEWHERE},
    {"Origin": "null"},
    {"Origin": "https://testserver"},
    {"Origin": "http://testserver:8080"},
    {"Origin": "http://testserver.evil.example"},
    {"Referer": f"{HERE}/"},
]


@pytest.fixture
async def phone(alice: ApiClient) -> ApiClient:
    """Signed in, and saying nothing about where its requests come from."""
    del alice.headers["Sec-Fetch-Site"]
    return alice


@pytest.mark.parametrize("headers", REFUSED, ids=str)
async def test_a_change_that_does_not_come_from_our_page_is_refused(phone: ApiClient, headers: dict[str, str]) -> None:
    before = await make.get(phone, "me")
    for method, path, body in UNSAFE:
        answer = await phone.request(method, f"{make.API}/{path}", json=body, headers=headers)
        assert check_problem(answer, FORBIDDEN)["type"] == "/problems/cross-site"
    assert await make.get(phone, "me") == before
    assert (await make.get(phone, "contacts"))["items"] == []


@pytest.mark.parametrize("headers", TAKEN, ids=str)
async def test_a_change_from_our_page_is_taken(phone: ApiClient, headers: dict[str, str]) -> None:
    for method, path, body in UNSAFE:
        answer = await phone.request(method, f"{make.API}/{path}", json=body, headers=headers)
        assert answer.is_success, answer.text


@pytest.mark.parametrize("headers", REFUSED, ids=str)
async def test_reading_changes_nothing_and_is_not_asked(phone: ApiClient, headers: dict[str, str]) -> None:
    assert (await phone.get(f"{make.API}/upcoming", headers=headers)).is_success


async def test_behind_a_proxy_the_origin_is_the_one_people_use(
    phone: ApiClient, app: FastAPI, settings: Settings
) -> None:
    app.state.settings = replace(settings, public_url="https://sundown.example")
    for origin, expected in (("https://sundown.example", 201), (HERE, 403), ("http://sundown.example", 403)):
        answer = await phone.post(f"{make.API}/contacts", json=make.contact(), headers={"Origin": origin})
        assert answer.status_code == expected


@pytest.mark.parametrize("headers", REFUSED, ids=str)
async def test_a_bearer_token_does_not_travel_by_itself_and_is_not_asked(
    alice: ApiClient, client: Callable[..., ApiClient], headers: dict[str, str]
) -> None:
    program = client(headers=await make.token(alice, "write"))
    assert (await program.post(f"{make.API}/contacts", json=make.contact(), headers=headers)).is_success


async def test_with_cookie_and_token_the_token_counts_and_is_not_asked(alice: ApiClient) -> None:
    writer = await make.token(alice, "write")
    del alice.headers["Sec-Fetch-Site"]
    answer = await alice.post(f"{make.API}/contacts", json=make.contact(), headers={**writer, "Origin": ELSEWHERE})
    assert answer.status_code == httpx.codes.CREATED


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, 201),
        ({"Origin": HERE}, 201),
        ({"Sec-Fetch-Site": "same-origin"}, 201),
        ({"Origin": ELSEWHERE}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
    ids=str,
)
async def test_programs_may_sign_in_and_pages_of_other_sites_may_not(
    alice: ApiClient, api: ApiClient, headers: dict[str, str], expected: int
) -> None:
    body = {"email": ALICE["email"], "password": PASSWORD}
    assert (await api.post(f"{make.API}/session", json=body, headers=headers)).status_code == expected
    answer = await api.post(f"{make.API}/accounts", json=make.account(), headers=headers)
    assert answer.status_code == expected
