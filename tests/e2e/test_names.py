"""The names a screen reader hears, by which other programs find their way, too: in every state exactly these."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.screens import card, fill_account, group, leave_composer, row, see_upcoming, sign_up, synced, write
from tests.support.browser import Watch

KINDS = ["Mixer", "Social", "Interview", "Later round", "Other"]
MARKS = ["interactive", "composer-ready", "note-durable"]


def button(place: Page | Locator, name: str) -> Locator:
    return place.get_by_role("button", name=name, exact=True)


def textbox(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def composer_is_there(page: Page) -> None:
    expect(textbox(page, "Card note")).to_be_visible()
    kinds = page.get_by_role("radiogroup", name="Kind", exact=True).get_by_role("radio")
    assert [each.get_attribute("value") for each in kinds.all()] == ["mixer", "social", "interview", "later", "other"]
    for kind in KINDS:
        expect(page.get_by_role("radio", name=kind, exact=True)).to_have_count(1)
    expect(button(page, "Save note")).to_be_enabled()


def one_form_with(page: Page, fields: list[str], submit: str) -> None:
    for name in fields:
        expect(textbox(page, name)).to_have_count(1)
    expect(page.locator("form:visible")).to_have_count(1)
    expect(button(page, submit)).to_have_count(1)
    expect(button(page, submit).last).to_have_attribute("type", "submit")


def test_before_there_is_an_account(page: Page) -> None:
    page.goto("/")
    composer_is_there(page)
    ways = page.get_by_role("link", name="Create account", exact=True).or_(button(page, "Create account"))
    expect(ways).to_have_count(1)
    expect(textbox(page, "Password")).to_have_count(0)
    ways.click()
    one_form_with(page, ["Your name", "E-mail", "Password"], "Create account")
    page.go_back()
    page.get_by_role("link", name="Sign in", exact=True).click()
    one_form_with(page, ["E-mail", "Password"], "Sign in")
    expect(textbox(page, "Your name")).to_have_count(0)


def test_the_form_that_creates_an_account_stays_the_only_one(page: Page, watch: Watch) -> None:
    watch.allow("422")
    page.goto("/join")
    fill_account(page, "ana")
    expect(textbox(page, "E-mail")).to_have_attribute("aria-invalid", "true")
    one_form_with(page, ["Your name", "E-mail", "Password"], "Create account")
    fill_account(page)
    see_upcoming(page)
    expect(textbox(page, "Password")).to_have_count(0)


def test_upcoming_its_groups_and_their_tasks(page: Page) -> None:
    sign_up(page)
    composer_is_there(page)
    write(page)
    expect(page.get_by_role("status").filter(has_text=re.compile("^Saved on this phone$"))).to_be_visible()
    synced(page)
    expect(page.get_by_role("status").filter(has_text=re.compile("^Synced$"))).to_be_visible()
    marks = "() => performance.getEntriesByType('mark').map((each) => each.name)"
    assert set(MARKS) <= set(page.evaluate(marks))
    leave_composer(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Upcoming")
    for name in ("Tomorrow", "This week"):
        part = group(page, name)
        expect(part.get_by_role("heading", name=name, exact=True)).to_be_visible()
        task = part.get_by_role("listitem").first
        for verb in ("Done", "Snooze", "Skip"):
            expect(button(task, verb)).to_have_count(1)
    button(row(page, "Mail a handwritten note"), "Done").click()
    expect(button(page, "Undo")).to_have_count(1)
    expect(button(page.get_by_role("region", name="New note"), "Undo")).to_be_visible()


def test_what_a_note_says_is_read_out_while_nobody_can_see_it(page: Page) -> None:
    """In dim mode too, the composer has its names and what happens is announced."""
    page.goto("/log")
    expect(card(page)).to_be_focused()
    composer_is_there(page)
    write(page)
    expect(page.get_by_role("status").filter(has_text="Saved on this phone")).to_be_visible()
    expect(page.get_by_role("link", name="Create your account to see what is due")).to_be_visible()
