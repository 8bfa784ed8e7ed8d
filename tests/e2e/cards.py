"""The pages about people and the meetings with them, as the walk over all screens shows them."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.screens import Screen, group


def _person(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Dana Reyes").first.click()
    expect(page.get_by_role("heading", name="Card", exact=True)).to_be_visible()


def _fact(page: Page) -> None:
    _person(page)
    page.get_by_role("button", name="Add Postal address").click()
    expect(page.get_by_role("textbox", name="Postal address")).to_be_focused()


def _touch(page: Page) -> None:
    _person(page)
    page.get_by_role("button", name="Log a message or call").click()
    page.get_by_role("radio", name="They wrote or called").check()
    expect(page.get_by_role("checkbox", name="It needs an answer")).to_be_visible()


def _delete(page: Page) -> None:
    _person(page)
    page.get_by_role("button", name="Delete this card").click()
    expect(page.get_by_role("dialog", name="Delete this card")).to_be_visible()


def _meeting(page: Page) -> None:
    """With everything in it that it may hold, never saved."""
    page.goto("/interviews/new")
    name = page.get_by_role("textbox", name="Who was there")
    name.fill("Bo Chen")
    if not page.get_by_text("a new card").count():
        page.get_by_role("button", name="as a new card").click()
        for part, more in (("Promises", "promise"), ("What they asked for", "thing"), ("Questions to", "question")):
            page.get_by_text(part).click()
            page.get_by_role("button", name=f"Add a {more}").click()
    page.get_by_text("When and where").click()
    page.get_by_text("How it went").click()
    name.fill("dana")
    expect(page.get_by_role("button", name=re.compile("^Dana Reyes"))).to_be_visible()


def _met(page: Page) -> None:
    _person(page)
    group(page, "So far").get_by_role("link", name="Mixer").first.click()
    expect(group(page, "What follows").get_by_role("listitem").first).to_be_visible()


def _people(page: Page) -> None:
    page.goto("/people")
    expect(page.get_by_role("main").get_by_role("listitem").first).to_be_visible()


CARDS: dict[str, Screen] = {
    "person": _person,
    "fact": _fact,
    "touch": _touch,
    "delete": _delete,
    "meeting": _meeting,
    "met": _met,
    "people": _people,
}
