"""The machinery under the other tests: a test that cannot fail would be worse than none."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from itertools import product
from zoneinfo import ZoneInfo

import httpx
import pytest
from fastapi import FastAPI
from playwright.sync_api import Page

from app.scheduling.almanac import sundown_of
from app.scheduling.places import principal_place
from tests.support.browser import Watch
from tests.support.clients import ALICE, PASSWORD, ApiClient
from tests.support.clock import FrozenClock
from tests.support.phone import AFTER_MIDNIGHT, EARLY_AFTERNOON, zone_where
from tests.support.server import Server
from tests.support.statements import recorded


def test_a_frozen_clock_moves_when_it_is_told_to() -> None:
    clock = FrozenClock()
    before = clock.now()
    clock.advance(timedelta(hours=2))
    assert clock.now() - before == timedelta(hours=2)
    clock.set(datetime(2026, 7, 1, 1, 0, tzinfo=timezone(timedelta(hours=2))))
    assert clock.now() == datetime(2026, 6, 30, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize("time", ["first", "second"])
async def test_each_test_has_a_database_of_its_own(alice: ApiClient, time: str) -> None:
    answer = await alice.get("/api/v1/me")
    assert answer.json()["email"] == ALICE["email"]


async def test_clients_share_neither_session_nor_account(
    alice: ApiClient, bob: ApiClient, api: ApiClient, client: Callable[..., ApiClient]
) -> None:
    emails = [(await one.get("/api/v1/me")).json()["email"] for one in (alice, bob)]
    assert len(set(emails)) == len(emails)
    for nobody in (api, client()):
        assert (await nobody.get("/api/v1/me")).status_code == httpx.codes.UNAUTHORIZED


async def test_statements_are_collected_inside_the_block_alone(app: FastAPI, alice: ApiClient) -> None:
    with recorded(app) as seen:
        await alice.get("/api/v1/me")
    counted = len(seen)
    await alice.get("/api/v1/me")
    assert 0 < counted == len(seen)
    assert all(text.lstrip().upper().startswith(("SELECT", "UPDATE", "WITH")) for text, _ in seen)


def test_there_is_a_city_for_each_hour_of_the_day_in_which_the_sun_is_up_in_the_afternoon() -> None:
    for month, hour in product(range(1, 13), range(24)):
        now = datetime(2026, month, 28, hour, 59, tzinfo=UTC)
        for wanted in (EARLY_AFTERNOON, AFTER_MIDNIGHT):
            assert now.astimezone(ZoneInfo(zone_where(wanted, now))).hour == wanted
        zone = zone_where(EARLY_AFTERNOON, now)
        there = now.astimezone(ZoneInfo(zone))
        assert sundown_of(there.date(), principal_place(zone)).at - now > timedelta(hours=2)


def test_a_killed_server_comes_back_with_its_data(server: Server) -> None:
    credentials = {"email": ALICE["email"], "password": PASSWORD}
    with server.client() as client:
        assert client.post("/api/v1/accounts", json={**ALICE, **credentials}).status_code == httpx.codes.CREATED
        for stop in (server.kill, server.stop):
            stop()
            server.start()
            assert client.post("/api/v1/session", json=credentials).is_success


def test_a_page_that_errs_or_looks_elsewhere_is_noticed(page: Page, watch: Watch) -> None:
    page.goto("/")
    assert watch.unexpected() == []
    page.evaluate("console.error('a lantern went out')")
    page.evaluate("setTimeout(() => { throw new Error('a ladder fell') })")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'http://elsewhere.example/a.png'}))")
    page.wait_for_timeout(200)
    expected = ("a lantern went out", "a ladder fell", "elsewhere.example")
    for text in expected:
        assert any(text in finding for finding in watch.findings), text
    watch.allow(*expected)
