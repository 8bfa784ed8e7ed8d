"""Finding a person again, whatever is remembered, also when nothing is to be done for them any more."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.fair import call, met
from tests.e2e.screens import leave_composer, row, sign_up, synced, write
from tests.support.browser import Watch


def test_people_are_found_by_what_was_talked_about(page: Page) -> None:
    sign_up(page)
    write(page)
    write(page, "Tom Okafor runs hiring at Lumen, likes maps")
    synced(page)
    leave_composer(page)
    page.get_by_role("link", name="People").click()
    expect(page.get_by_role("heading", name="People", level=1)).to_be_visible()
    found = page.get_by_role("main").get_by_role("listitem")
    expect(found).to_have_count(2)
    expect(row(page, "Dana Reyes")).to_contain_text(re.compile("Finish this card|Mail a handwritten note"))
    find = page.get_by_role("searchbox", name="Find")
    find.press_sequentially("trunk")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("trunk-based article")
    find.fill("nobody at all")
    expect(found).to_have_count(0)
    expect(page.get_by_text("Nobody by these words. Fewer of them find more.")).to_be_visible()
    find.fill("okafor")
    page.get_by_role("link", name=re.compile("^Tom Okafor")).click()
    expect(page.get_by_role("region", name="How you met")).to_contain_text("likes maps")
    page.go_back()
    expect(found).to_have_count(2)


def test_more_people_than_one_page_holds(page: Page) -> None:
    sign_up(page)
    expect(page.get_by_role("link", name="People")).to_be_visible()
    for number in range(52):
        call(page, "POST", "contacts", {"name": f"Person {number:02d}"})
    page.goto("/people")
    found = page.get_by_role("main").get_by_role("listitem")
    expect(found).to_have_count(50)
    page.get_by_role("button", name="Show more").click()
    expect(found).to_have_count(52)
    expect(page.get_by_role("button", name="Show more")).to_have_count(0)


def test_nobody_yet_and_nobody_signed_in(page: Page, watch: Watch) -> None:
    page.goto("/people")
    expect(page.get_by_role("main").get_by_role("link", name="Create account")).to_be_visible()
    expect(page.get_by_role("link", name="People")).to_have_count(0)
    sign_up(page)
    page.goto("/people")
    expect(page.get_by_text("Nobody yet. Note someone you met, and they are here.")).to_be_visible()


def test_a_persons_page_says_of_each_task_by_when(page: Page) -> None:
    """There is no heading there to say it."""
    sign_up(page)
    met(page, "Bo Chen")
    row(page, "Mail a handwritten note").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Bo Chen", level=1)).to_be_visible()
    expect(row(page, "Mail a handwritten note")).to_contain_text(re.compile(r"by sundown, \d"))
