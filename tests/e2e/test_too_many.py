"""After a fair: cards sorted in one pass, notes as one row, what fits before sundown, and what is let go."""

import re
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.fair import FAIR, PEOPLE, call, met
from tests.e2e.screens import group, row, sign_up, synced, tasks_of
from tests.support.browser import Watch


def people_of(page: Page, tasks: list[dict[str, Any]]) -> set[str]:
    names = {each["id"]: each["descriptor"] for each in call(page, "GET", "contacts?limit=200", {})["items"]}
    return {names[task["contact_id"]] for task in tasks}


def letters(page: Page, status: str) -> list[dict[str, Any]]:
    return [task for task in tasks_of(page, status) if task["action"] == "handwritten_note"]


def button(place: Page | Locator, name: str) -> Locator:
    return place.get_by_role("button", name=name, exact=True)


def test_notes_of_one_event_are_one_row_walked_one_by_one(page: Page) -> None:
    sign_up(page)
    met(page, *PEOPLE[:4])
    stack = group(page, "Today").get_by_role("listitem")
    expect(stack).to_have_count(1)
    expect(stack).to_contain_text("Write 4 notes")
    expect(stack).to_contain_text(FAIR)
    expect(stack).to_contain_text("about 40 m")
    button(stack, "Begin").click()
    sheet = page.get_by_role("dialog", name="Write 4 notes")
    expect(sheet).to_contain_text("1 of 4")
    expect(sheet).to_contain_text("Bo Chen, spoke with me about ferries")
    expect(sheet).to_contain_text("No postal address on this card yet.")
    for verb in ("Written", "Later", "Written"):
        button(sheet, verb).click()
    expect(sheet).to_contain_text("4 of 4")
    button(sheet, "Close").click()
    expect(stack).to_contain_text("Two written. All in the mail?")

    page.reload()
    button(stack, "Go on").click()
    sheet = page.get_by_role("dialog", name="Write 2 notes")
    button(sheet, "Written").click()
    button(sheet, "Written").click()
    letterbox = page.get_by_role("dialog", name="Four written. All in the mail?")
    button(letterbox, "Not yet").click()
    expect(stack).to_contain_text("Four written. All in the mail?")
    expect(button(stack, "Go on")).to_have_count(0)
    button(stack, "All in the mail").click()
    expect(stack).to_have_count(0)
    synced(page)
    assert people_of(page, letters(page, "done")) == set(PEOPLE[:4])
    button(page, "Undo").click()
    expect(stack).to_have_count(1)
    synced(page)
    assert letters(page, "done") == []


def test_a_note_of_the_stack_can_go_by_email_instead(page: Page, watch: Watch) -> None:
    watch.allow("mailto:")
    sign_up(page)
    met(page, *PEOPLE[:3])
    ada = next(each for each in call(page, "GET", "contacts", {})["items"] if each["descriptor"] == "Ada Lund")
    call(page, "PATCH", f"contacts/{ada['id']}", {"emails": ["ada@ferries.example"]})
    button(group(page, "Today").get_by_role("listitem"), "Begin").click()
    sheet = page.get_by_role("dialog", name="Write 3 notes")
    expect(sheet).to_contain_text("No postal address on this card yet.")
    button(sheet, "By e-mail").click()
    expect(sheet).to_contain_text("No e-mail address on this card yet.")
    button(sheet, "Later").click()
    expect(sheet).to_contain_text("2 of 3")
    expect(sheet).to_contain_text("No postal address on this card yet.")
    button(sheet, "By e-mail").click()
    button(sheet, "Not yet").click()
    button(sheet, "By e-mail").click()
    button(sheet, "Sent").click()
    button(sheet, "Later").click()
    expect(sheet).to_have_count(0)
    synced(page)
    assert people_of(page, letters(page, "done")) == {"Ada Lund"}


def test_each_of_a_stack_can_be_seen(page: Page) -> None:
    sign_up(page)
    met(page, *PEOPLE[:3])
    today = group(page, "Today")
    show = button(today, "Show each")
    expect(show).to_have_attribute("aria-expanded", "false")
    show.click()
    expect(today.get_by_role("listitem")).to_have_count(4)
    button(row(page, "Mail a handwritten note", "Bo Chen"), "Done").click()
    expect(today.get_by_role("listitem")).to_have_count(2)  # two are no stack
    synced(page)
    assert people_of(page, letters(page, "done")) == {"Bo Chen"}
    expect(row(page, "Ask 3 to connect")).to_contain_text("1 of 3 people followed up")


def test_cards_are_sorted_in_one_pass_without_signal(page: Page, context: BrowserContext, watch: Watch) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED")
    sign_up(page)
    met(page, *PEOPLE)
    stack = group(page, "Today").get_by_role("listitem")
    expect(button(stack, "Sort")).to_be_visible()
    context.set_offline(True)
    button(stack, "Sort").click()
    sheet = page.get_by_role("dialog", name="Sort these cards")
    for place, choice in enumerate(("Write by hand", "One short message", "Not this one"), 1):
        expect(sheet).to_contain_text(f"{place} of 6")
        button(sheet, choice).click()
    expect(sheet).to_contain_text("4 of 6")
    button(sheet, "Back").click()
    expect(sheet).to_contain_text("Max Roth")
    for choice in ("One short message", "Write by hand", "Write by hand", "Write by hand"):
        button(sheet, choice).click()
    expect(sheet).to_have_count(0)
    expect(row(page, "Write 4 notes")).to_have_count(1)
    expect(row(page, "Send one short message")).to_have_count(2)
    expect(button(page, "Sort")).to_have_count(0)

    context.set_offline(False)
    synced(page)
    light = [task for task in tasks_of(page, "open") if task["title"] == "Send one short message"]
    assert people_of(page, light) == {"Ada Lund", "Max Roth"}
    assert people_of(page, letters(page, "open")) == set(PEOPLE) - {"Ada Lund", "Max Roth"}
    expect(row(page, "Send one short message")).to_have_count(2)


def test_what_fits_before_sundown_is_chosen_and_the_rest_planned(page: Page) -> None:
    sign_up(page)
    call(page, "PATCH", "me", {"minutes_an_evening": 25})
    met(page, *PEOPLE)
    page.reload()
    today = group(page, "Today")
    expect(today).to_contain_text("About 2 of 6 notes fit before sundown. Which two?")
    button(today, "Choose").click()
    sheet = page.get_by_role("dialog", name="Which two?")
    expect(sheet).to_contain_text("The others stay due and are planned for tomorrow.")
    sheet.get_by_role("checkbox", name=re.compile("^Bo Chen")).uncheck()
    sheet.get_by_role("checkbox", name=re.compile("^Eva Stone")).check()
    expect(sheet).to_contain_text("Two chosen, about 20 m")
    before = {task["id"]: task["due_at"] for task in letters(page, "open")}
    button(sheet, "Plan these for today").click()
    expect(today).not_to_contain_text("fit before sundown")
    expect(today).to_contain_text("Planned for another day")
    expect(row(page, "Write 4 notes")).to_have_count(1)
    synced(page)
    planned: dict[str, list[dict[str, Any]]] = {}
    for task in letters(page, "open"):
        planned.setdefault(task["planned_on"], []).append(task)
    first, second = sorted(planned)
    assert people_of(page, planned[first]) == {"Ada Lund", "Eva Stone"}
    assert len(planned[second]) == 4
    assert {task["id"]: task["due_at"] for task in letters(page, "open")} == before
    button(page, "Undo").click()
    expect(today).to_contain_text("About 2 of 6 notes fit")


def test_what_slipped_can_be_let_go_with_a_reason_and_taken_back(page: Page) -> None:
    sign_up(page)
    met(page, *PEOPLE[:4], days_ago=9)
    late = group(page, "Slipped, still worth sending")
    expect(late).to_contain_text("A day late still arrives. No need to explain.")
    button(late, "Let these go").click()
    sheet = page.get_by_role("dialog", name="Let these go")
    sheet.get_by_role("checkbox", name=re.compile("^Bo Chen.*Mail a handwritten note")).uncheck()
    sheet.get_by_role("combobox", name="Reason").select_option("No longer needed")
    button(sheet, "Let seven go").click()
    expect(late.get_by_role("listitem")).to_have_count(1)
    synced(page)
    skipped = tasks_of(page, "skipped")
    assert {task["skip_reason"] for task in skipped} == {"No longer needed"}
    assert len(skipped) == 7
    button(page, "Undo").click()
    expect(late.get_by_role("listitem").first).to_contain_text("Write 4 notes")
    synced(page)
    assert tasks_of(page, "skipped") == []


def test_one_that_was_skipped_elsewhere_does_not_hold_up_the_others(page: Page, watch: Watch) -> None:
    watch.allow("409")
    sign_up(page)
    met(page, *PEOPLE[:3])
    button(group(page, "Today").get_by_role("listitem"), "Begin").click()
    sheet = page.get_by_role("dialog", name="Write 3 notes")
    for _ in range(3):
        button(sheet, "Written").click()
    sheet = page.get_by_role("dialog", name="Three written. All in the mail?")
    bo = next(task for task in letters(page, "open") if people_of(page, [task]) == {"Bo Chen"})
    call(page, "POST", f"tasks/{bo['id']}/skip", {})
    button(sheet, "All in the mail").click()
    expect(group(page, "Not taken yet").get_by_role("listitem")).to_have_count(1)
    synced(page)
    assert people_of(page, letters(page, "done")) == {"Ada Lund", "Max Roth"}
    button(group(page, "Not taken yet"), "Let it go").click()
    expect(group(page, "Not taken yet")).to_have_count(0)


def test_the_badge_counts_rows(page: Page) -> None:
    page.add_init_script("navigator.setAppBadge = (count) => { window.badge = count; return Promise.resolve(); }")
    sign_up(page)
    met(page, *PEOPLE[:4])
    expect(row(page, "Write 4 notes")).to_have_count(1)
    assert page.evaluate("() => window.badge") == 1
