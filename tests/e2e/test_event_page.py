"""Everyone from an event: how far each follow-up is, and the sort pass and the stack's walk from there."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.fair import FAIR, PEOPLE, call, met
from tests.e2e.screens import group, keep_shell, sign_up, synced, zone
from tests.support.browser import NO_SERVER, Watch
from tests.support.server import Server


def person(page: Page, name: str) -> Locator:
    return page.locator(".days").get_by_role("listitem").filter(has_text=name)


def open_fair(page: Page) -> None:
    sign_up(page)
    met(page, *PEOPLE)
    group(page, "Today").get_by_role("link", name=FAIR).click()
    expect(page.get_by_role("heading", name=FAIR, level=1)).to_be_visible()
    expect(page.get_by_text("0 of 6 followed up, 6 open")).to_be_visible()


def test_everyone_from_an_event_and_how_far_they_are(page: Page) -> None:
    open_fair(page)
    expect(person(page, "Bo Chen")).to_contain_text("Open")
    page.get_by_role("button", name="Show each").first.click()
    note = page.get_by_role("listitem").filter(has_text="Mail a handwritten note").filter(has_text="Bo Chen")
    note.get_by_role("button", name="Done").click()
    expect(page.get_by_text("1 of 6 followed up, 5 open")).to_be_visible()
    expect(person(page, "Bo Chen")).to_contain_text("Followed up")
    person(page, "Ada Lund").get_by_role("link").click()
    group(page, "How you met").get_by_role("link", name=FAIR).click()
    expect(page.get_by_text("1 of 6 followed up, 5 open")).to_be_visible()


def test_cards_are_sorted_and_a_stack_is_walked_from_there(page: Page) -> None:
    open_fair(page)
    page.get_by_role("button", name="Sort these cards").click()
    sheet = page.get_by_role("dialog", name="Sort these cards")
    sheet.get_by_role("button", name="Not this one").click()
    for _ in PEOPLE[1:]:
        sheet.get_by_role("button", name="Write by hand").click()
    expect(page.get_by_text("0 of 6 followed up, 5 open, 1 let go")).to_be_visible()
    expect(page.get_by_role("button", name="Sort these cards")).to_be_hidden()
    synced(page)
    page.get_by_role("button", name="Begin").first.click()
    walk = page.get_by_role("dialog", name=re.compile("^Write 5 notes"))
    walk.get_by_role("button", name="Written").click()
    for _ in PEOPLE[2:]:
        walk.get_by_role("button", name="Later").click()
    page.get_by_role("dialog").get_by_role("button", name="All in the mail").click()
    expect(page.get_by_text("1 of 6 followed up, 4 open, 1 let go")).to_be_visible()


def test_the_page_is_there_without_signal(page: Page, server: Server, watch: Watch) -> None:
    watch.allow(*NO_SERVER)
    open_fair(page)
    expect(person(page, "Bo Chen")).to_be_visible()
    keep_shell(page)
    server.kill()
    page.reload()
    expect(page.get_by_text("No signal. This is how it stood last time.")).to_be_visible()
    expect(page.get_by_text("0 of 6 followed up, 6 open")).to_be_visible()
    page.get_by_role("button", name="Sort these cards").click()
    page.get_by_role("dialog").get_by_role("button", name="Not this one").click()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(page.get_by_text("0 of 6 followed up, 5 open, 1 let go")).to_be_visible()
    page.goto("/events/Nobody%20knows")
    expect(page.get_by_text("No signal. Everyone from here shows up when there is.")).to_be_visible()


def test_an_event_of_any_name_that_comes_again(page: Page) -> None:
    sign_up(page)
    name = "Web 2.0/AI? 100 % #fun"
    ada = call(page, "POST", "contacts", {"name": "Ada Lund"})["id"]
    for day in ("2026-03-03", "2026-04-07"):
        meeting = {"contact_ids": [ada], "kind": "social", "timezone": zone(page), "event": name}
        call(page, "POST", "encounters", meeting | {"occurred_at": f"{day}T18:00:00Z"})
    page.goto(f"/people/{ada}")
    group(page, "So far").get_by_role("link", name=name).first.click()
    for _ in range(2):
        expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
        expect(page.get_by_text("0 of 1 followed up, 1 open")).to_be_visible()
        days = page.locator(".days").get_by_role("heading")
        expect(days).to_have_text([re.compile("March"), re.compile("April")])
        page.reload()
