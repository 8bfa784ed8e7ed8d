"""Somebody who is there twice: suggested on their page, merged only when asked to, and taken back."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.fair import call
from tests.e2e.screens import sign_up, zone
from tests.support.browser import Watch

TASK = {"action": "send_link", "title": "Send the trunk-based article", "due_at": "2100-01-01T12:00:00Z"}


def two_danas(page: Page) -> tuple[str, str]:
    """Dana Reyes with an address, whose page is shown, and a card called Dana R. with a task and a number."""
    sign_up(page)
    dana = call(page, "POST", "contacts", {"name": "Dana Reyes", "emails": ["dana@mail.example"]})["id"]
    card: dict[str, Any] = {"name": "Dana R.", "emails": ["Dana@mail.example"], "phones": ["+1 555 010 0199"]}
    twin = call(page, "POST", "contacts", card)["id"]
    call(page, "POST", "tasks", TASK | {"contact_id": twin, "timezone": zone(page)})
    page.goto(f"/people/{dana}")
    expect(same(page)).to_be_visible()
    return dana, twin


def same(page: Page) -> Locator:
    return page.get_by_role("region", name="Maybe the same person")


def undo(page: Page) -> None:
    page.get_by_role("button", name="Undo").click()


def test_two_cards_become_one_and_two_again(page: Page) -> None:
    _, twin = two_danas(page)
    expect(same(page).get_by_role("listitem")).to_have_text(
        re.compile(r"Dana R\.\s*Same e-mail, Dana@mail\.example\. Similar name\.")
    )
    same(page).get_by_role("button", name="Merge").click()
    sheet = page.get_by_role("dialog", name="Merge into one card")
    expect(sheet).to_contain_text("Everything of Dana R. moves to Dana Reyes")
    sheet.get_by_role("button", name="Cancel").click()
    expect(same(page).get_by_role("listitem")).to_have_count(1)

    same(page).get_by_role("button", name="Merge").click()
    sheet.get_by_role("button", name="Merge").click()
    expect(page.get_by_text("Merged into one card")).to_be_visible()
    expect(sheet).to_have_count(0)
    expect(same(page)).to_be_hidden()
    expect(page.get_by_role("heading", name="Dana Reyes", level=1)).to_be_focused()
    expect(page.get_by_role("region", name="To do")).to_contain_text("Send the trunk-based article")
    expect(page.get_by_role("link", name="+1 555 010 0199")).to_be_visible()

    undo(page)
    expect(page.get_by_text("Two cards again.")).to_be_visible()
    expect(same(page).get_by_role("link", name="Dana R.")).to_have_attribute("href", f"/people/{twin}")
    expect(page.get_by_role("link", name="+1 555 010 0199")).to_have_count(0)
    expect(page.get_by_role("region", name="To do")).not_to_contain_text("Send the trunk-based article")


def test_who_is_not_the_same_is_not_suggested_again(page: Page) -> None:
    dana, twin = two_danas(page)
    same(page).get_by_role("button", name="Not the same").click()
    expect(page.get_by_text("Kept as two people")).to_be_visible()
    expect(same(page)).to_be_hidden()
    undo(page)
    expect(same(page).get_by_role("listitem")).to_have_count(1)
    same(page).get_by_role("button", name="Not the same").click()
    expect(same(page)).to_be_hidden()
    for contact_id in (dana, twin):
        page.goto(f"/people/{contact_id}")
        expect(page.get_by_role("heading", name="Card", exact=True)).to_be_visible()
        expect(same(page)).to_be_hidden()


def test_what_is_typed_and_not_saved_is_not_lost(page: Page) -> None:
    two_danas(page)
    page.get_by_role("button", name="Add Notes").click()
    notes = page.get_by_role("textbox", name="Notes")
    notes.fill("Likes Go.")
    same(page).get_by_role("button", name="Not the same").click()
    expect(same(page)).to_be_hidden()
    undo(page)
    same(page).get_by_role("button", name="Merge").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="Merge").click()
    expect(sheet).to_contain_text("Save what you changed on this card first.")
    sheet.get_by_role("button", name="Cancel").click()
    expect(notes).to_have_value("Likes Go.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Changes kept")).to_be_visible()
    same(page).get_by_role("button", name="Merge").click()
    sheet.get_by_role("button", name="Merge").click()
    expect(same(page)).to_be_hidden()
    expect(page.get_by_role("button", name="Notes")).to_contain_text("Likes Go.")


def test_the_address_of_a_card_that_was_merged_leads_to_the_other(page: Page, watch: Watch) -> None:
    watch.allow("410")
    dana, twin = two_danas(page)
    call(page, "POST", f"contacts/{twin}/merge", {"into": dana})
    page.goto(f"/people/{twin}")
    expect(page.get_by_role("heading", name="Dana Reyes", level=1)).to_be_visible()
    expect(page).to_have_url(re.compile(dana))


def test_a_merge_that_cannot_be_says_why_and_changes_nothing(page: Page, watch: Watch) -> None:
    watch.allow("409", "ERR_INTERNET_DISCONNECTED")
    dana, twin = two_danas(page)
    for contact_id, letter in ((dana, "a"), (twin, "b")):
        call(page, "PATCH", f"contacts/{contact_id}", {"notes": letter * 15_000})
    same(page).get_by_role("button", name="Merge").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="Merge").click()
    expect(sheet).to_contain_text("Shorten one of them first.")
    page.context.set_offline(True)
    sheet.get_by_role("button", name="Merge").click()
    expect(sheet).to_contain_text("No answer from the server. Check the signal and try again.")
    sheet.get_by_role("button", name="Cancel").click()
    same(page).get_by_role("button", name="Not the same").click()
    expect(page.get_by_text("No answer from the server.")).to_be_visible()
    expect(same(page).get_by_role("listitem")).to_have_count(1)
