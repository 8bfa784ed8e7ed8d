"""Many people met at one event, as another program would tell it, and the screens that help with them."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Page, expect

from app.core.clock import SystemClock
from tests.e2e.screens import Screen, group, ready, see_upcoming, zone
from tests.support import pictures

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
FAIR = "Career fair, hall 3"
PEOPLE = ("Bo Chen", "Ada Lund", "Max Roth", "Eva Stone", "Ines Prata", "Tom Okafor")


def call(page: Page, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = page.context.request.fetch(f"/api/v1/{path}", method=method, data=body, headers=SAME_ORIGIN)
    assert answer.ok, answer.text()
    return answer.json()


def met(page: Page, *people: str, days_ago: int = 1) -> None:
    """At the fair, so many days ago at this hour; then the page shows what is due."""
    at = (SystemClock().now() - timedelta(days=days_ago)).isoformat()
    for name in people:
        note = f"{name}, spoke with me about ferries and tides for a while"
        call(page, "POST", "captures", {"text": note, "captured_at": at, "timezone": zone(page), "event": FAIR})
    page.goto("/")
    see_upcoming(page)


def _stack(page: Page) -> None:
    page.goto("/")
    group(page, "Today").get_by_role("button", name="Show each").click()
    group(page, "Today").get_by_role("button", name="Why").first.click()


def _walk(page: Page) -> None:
    page.goto("/")
    group(page, "Today").get_by_role("button", name="Begin").click()
    expect(page.get_by_text("No postal address on this card yet.")).to_be_visible()


def _letterbox(page: Page) -> None:
    _walk(page)
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="Written").click()
    for _ in PEOPLE[1:]:
        sheet.get_by_role("button", name="Later").click()
    expect(page.get_by_role("dialog", name="One written. All in the mail?")).to_be_visible()


def _sort(page: Page) -> None:
    page.goto("/")
    group(page, "Today").get_by_role("button", name="Sort").click()
    expect(page.get_by_role("dialog", name="Sort these cards")).to_be_visible()


def _choose(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Choose").click()
    expect(page.get_by_role("dialog", name="Which two?")).to_be_visible()


def _let_go(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Let these go").click()
    expect(page.get_by_role("dialog", name="Let these go")).to_be_visible()


def _event(page: Page) -> None:
    page.goto(f"/events/{quote(FAIR)}")
    expect(page.get_by_text(re.compile("of 12 followed up"))).to_be_visible()


def _same(page: Page) -> None:
    page.goto("/people")
    page.get_by_role("link", name="Ada Lund").first.click()
    expect(page.get_by_role("region", name="Maybe the same person")).to_be_visible()


def _merge(page: Page) -> None:
    _same(page)
    page.get_by_role("button", name="Merge").first.click()
    expect(page.get_by_role("dialog", name="Merge into one card")).to_be_visible()


def _scan(page: Page) -> None:
    page.goto("/log")
    ready(page)
    page.get_by_role("button", name="Scan a code").click()
    expect(page.get_by_text("There is no camera for this here")).to_be_visible()


def _attached(page: Page) -> None:
    page.goto("/log")
    ready(page)
    row = page.get_by_role("list", name="With this note").get_by_role("button")
    if row.count() == 0:
        file: Any = {"name": "card.png", "mimeType": "image/png", "buffer": pictures.card(kind="PNG")}
        page.get_by_label("Photograph the card").set_input_files(file)
    expect(row).to_have_count(1)


def _picture(page: Page) -> None:
    page.goto("/people")
    page.get_by_role("link", name="Dana Reyes").first.click()
    page.get_by_role("button", name="Picture 1 of the card").click()
    expect(page.get_by_role("dialog", name="Picture 1 of the card")).to_be_visible()


FULL: dict[str, Screen] = {
    "stack": _stack,
    "walk": _walk,
    "sort": _sort,
    "choose": _choose,
    "let go": _let_go,
    "letterbox": _letterbox,
    "event": _event,
    "same": _same,
    "merge": _merge,
    "scan": _scan,
    "attached": _attached,
    "picture": _picture,
}


def fill(page: Page) -> None:
    """As much as these screens show."""
    call(page, "PATCH", "me", {"minutes_an_evening": 25})
    dana = page.context.request.get("/api/v1/encounters").json()["items"][-1]
    put = {"method": "PUT", "data": pictures.CARD, "headers": {**SAME_ORIGIN, **pictures.JPEG}}
    assert page.context.request.fetch(pictures.address(dana["id"]), **put).ok
    met(page, *PEOPLE, days_ago=1)
    met(page, *PEOPLE, days_ago=9)
    call(page, "POST", "contacts", {"name": "Ada Lund", "company": "Lumen"})
