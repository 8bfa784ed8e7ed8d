"""Somebody's page: what to recall first, what there was, and a card whose facts are edited one by one."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.fair import call, met
from tests.e2e.screens import edit, group, keep_shell, row, seen, sign_up, synced, zone
from tests.support.browser import NO_SERVER, Watch
from tests.support.server import Server

SOON = 20_000


def dana(page: Page, **more: Any) -> str:
    """Met twice, owed an article; her page is shown."""
    sign_up(page)
    contact = call(page, "POST", "contacts", {"name": "Dana Reyes", "company": "Northwind", **more})["id"]
    meeting: dict[str, Any] = {
        "people": [{"contact_id": contact, "talked_about": "trunk-based work"}],
        "kind": "networking",
        "timezone": zone(page),
    }
    first = {"occurred_at": "2026-03-03T18:00:00Z", "event": "Spring fair", "card_note": "Dana, red scarf"}
    last = {
        "occurred_at": "2026-04-02T18:00:00Z",
        "event": "PyData mixer",
        "card_note": "Dana again, sails",
        "promises": [{"what": "the trunk-based article"}, {"what": "an introduction to Tom", "by": "theirs"}],
    }
    for told in (first, last):
        call(page, "POST", "encounters", meeting | told)
    page.goto(f"/people/{contact}")
    expect(page.get_by_role("heading", name="Card", exact=True)).to_be_visible()
    return contact


def past(page: Page) -> Locator:
    return group(page, "So far").get_by_role("listitem")


def log(page: Page, note: str, *, they: bool = False, needs_answer: bool = False) -> None:
    page.get_by_role("button", name="Log a message or call").click()
    sheet = page.get_by_role("dialog", name="A message or a call")
    expect(sheet.get_by_role("checkbox", name="It needs an answer")).to_be_hidden()
    if they:
        sheet.get_by_role("radio", name="They wrote or called").check()
    if needs_answer:
        sheet.get_by_role("checkbox", name="It needs an answer").check()
    sheet.get_by_role("combobox", name="How").select_option("Call")
    sheet.get_by_role("textbox", name="What it was about").fill(note)
    sheet.get_by_role("button", name="Log it").click()


def test_what_to_recall_comes_first(page: Page) -> None:
    dana(page, how_i_can_help="Knows no recruiter in Lisbon")
    block = group(page, "How you met")
    for words in (
        "Mixer PyData mixer",
        "Dana again, sails",
        "trunk-based work",
        "the trunk-based article",
        "an introduction to Tom",
        "Knows no recruiter in Lisbon",
    ):
        expect(block).to_contain_text(words)
    expect(block).to_contain_text(re.compile("First met .* March"))
    sections = page.get_by_role("main").get_by_role("heading", level=2)
    expect(sections).to_have_text(["How you met", "To do", "So far", "Card"])


def test_a_message_is_on_the_timeline_at_once_and_taken_back(page: Page) -> None:
    contact = dana(page)
    expect(past(page)).to_have_count(2)
    log(page, "Asked when I could start.", they=True, needs_answer=True)
    expect(past(page)).to_have_count(3)
    expect(past(page).first).to_contain_text(
        re.compile("They called.*Asked when I could start.*needs an answer", re.DOTALL)
    )
    expect(row(page, "Answer")).to_have_count(1)
    synced(page)
    touches = page.context.request.get(f"/api/v1/contacts/{contact}/touches").json()["items"]
    assert [(each["channel"], each["direction"], each["needs_answer"]) for each in touches] == [("phone", "in", True)]
    page.get_by_role("button", name="Undo").click()
    expect(past(page)).to_have_count(2)


def test_the_page_is_there_without_signal_and_what_is_logged_arrives_once(
    page: Page, server: Server, watch: Watch
) -> None:
    watch.allow(*NO_SERVER)
    contact = dana(page)
    keep_shell(page)
    server.kill()
    page.reload()
    expect(page.get_by_text("No signal. This is what this phone keeps of this card.")).to_be_visible()
    expect(group(page, "How you met")).to_contain_text("the trunk-based article")
    log(page, "Said hello.")
    expect(past(page)).to_have_count(3)
    expect(past(page).first).to_contain_text("waiting for signal")
    edit(page, "Notes", "Sails on Sundays")
    expect(page.get_by_role("button", name="Notes")).to_contain_text("Sails on Sundays", timeout=SOON)
    page.reload()
    expect(past(page).first).to_contain_text("Said hello.")
    expect(page.get_by_role("button", name="Notes")).to_contain_text("Sails on Sundays")
    server.start()
    expect(page.get_by_text("Synced", exact=True)).to_be_visible(timeout=SOON)
    expect(page.get_by_text("waiting for signal")).to_have_count(0)
    expect(past(page)).to_have_count(3)
    request = page.context.request
    assert len(request.get(f"/api/v1/contacts/{contact}/touches").json()["items"]) == 1
    assert request.get(f"/api/v1/contacts/{contact}").json()["notes"] == "Sails on Sundays"


def test_each_fact_is_edited_where_it_stands(page: Page) -> None:
    contact = dana(page)
    expect(page.get_by_role("main").get_by_role("textbox")).to_have_count(0)
    edit(page, "Company", "Tern")
    expect(page.get_by_text("Tern", exact=True).first).to_be_visible()
    expect(page.get_by_role("button", name="Company Tern")).to_be_focused()
    page.get_by_role("button", name="Add Tier").click()
    page.get_by_role("combobox", name="Tier").select_option("A")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Tier A")).to_be_visible()
    page.get_by_role("button", name="Add Keep in touch").click()
    page.get_by_role("spinbutton", name="Keep in touch").fill("90")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Keep in touch")).to_contain_text("every 90 days")
    page.get_by_role("button", name="Add Do not contact").click()
    page.get_by_role("combobox", name="Do not contact").select_option("Yes, let them be")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Do not contact")).to_contain_text("Yes")
    edit(page, "Company", "")
    expect(page.get_by_role("button", name="Add Company")).to_be_focused()
    page.get_by_role("button", name="Add Notes").click()
    page.get_by_role("textbox", name="Notes").fill("never mind")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Add Notes")).to_be_focused()
    card = page.context.request.get(f"/api/v1/contacts/{contact}").json()
    names = ("company", "tier", "keep_in_touch_days", "do_not_contact", "notes")
    assert [card[name] for name in names] == [None, "A", 90, True, None]


def test_more_of_the_past_than_one_page_holds(page: Page) -> None:
    contact = dana(page)
    for number in range(52):
        call(page, "POST", f"contacts/{contact}/touches", {"note": f"Call {number}", "channel": "phone"})
    page.reload()
    expect(past(page)).to_have_count(50)
    page.get_by_role("button", name="Show more").click()
    expect(past(page)).to_have_count(54)
    expect(page.get_by_role("button", name="Show more")).to_have_count(0)


def test_a_deleted_card_is_gone_from_every_page(page: Page, server: Server, watch: Watch) -> None:
    watch.allow(*NO_SERVER)
    sign_up(page)
    met(page, "Bo Chen", "Ada Lund")
    keep_shell(page)
    page.get_by_role("link", name="People").click()
    expect(page.get_by_role("heading", name="People", level=1)).to_be_visible()
    page.get_by_role("link", name="Bo Chen").click()
    expect(page.get_by_role("heading", name="Card", exact=True)).to_be_visible()
    server.kill()
    page.get_by_role("button", name="Delete this card").click()
    sheet = page.get_by_role("dialog", name="Delete this card")
    expect(sheet).to_contain_text("Everything about Bo Chen goes along")
    sheet.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Delete this card").click()
    sheet.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Card deleted")).to_be_visible()
    expect(page.get_by_role("heading", name="People", level=1)).to_be_visible()
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(1)
    page.get_by_role("link", name="Upcoming").click()
    expect(row(page, "Bo Chen")).to_have_count(0)
    expect(row(page, "Ada Lund")).not_to_have_count(0)
    server.start()
    expect(page.get_by_text("Synced", exact=True)).to_be_visible(timeout=SOON)
    names = [each["name"] for each in page.context.request.get("/api/v1/contacts").json()["items"]]
    assert len(names) == 1
    page.goto("/people")
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(1)
    assert "people" in seen(page)


def test_the_focus_goes_to_the_next_task_and_open_pages_of_the_past_stay(page: Page) -> None:
    contact = dana(page)
    for number in range(52):
        call(page, "POST", f"contacts/{contact}/touches", {"note": f"Call {number}", "channel": "phone"})
    page.reload()
    page.get_by_role("button", name="Show more").click()
    expect(past(page)).to_have_count(54)
    todo = group(page, "To do")
    count = todo.get_by_role("listitem").count()
    todo.get_by_role("button", name="Done").first.click()
    expect(todo.get_by_role("listitem")).to_have_count(count - 1)
    expect(todo.get_by_role("button", name="Done").first).to_be_focused()
    expect(past(page)).to_have_count(55)
