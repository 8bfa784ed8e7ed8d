"""From the first visit to the first thing done."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.screens import (
    DANA,
    card,
    city,
    edit,
    group,
    leave_composer,
    row,
    rows,
    server_captures,
    sign_up,
    synced,
    tasks_of,
    write,
    zone,
)
from tests.support.browser import Watch, new_phone
from tests.support.phone import AFTER_MIDNIGHT
from tests.support.server import Server

pytestmark = pytest.mark.engines

COMING_BACK = """() => {
  window.dispatchEvent(new Event('focus'));
  return document.querySelector('.status').textContent.includes('Sent?');
}"""


def test_a_note_becomes_tasks_and_one_is_done(page: Page) -> None:
    sign_up(page)
    write(page)
    expect(page.get_by_text("Saved on this phone", exact=True)).to_be_visible()
    synced(page)
    expect(card(page)).to_be_focused()
    leave_composer(page)

    letter = row(page, "Mail a handwritten note", "Dana Reyes")
    expect(letter).to_contain_text(DANA)
    letter.get_by_role("button", name="Done").click()
    expect(letter).to_have_count(0)
    synced(page)
    assert [task["action"] for task in tasks_of(page, "done")] == ["handwritten_note"]
    page.reload()
    expect(row(page, "Ask to connect")).to_have_count(1)
    expect(letter).to_have_count(0)


def test_groups_are_regions_with_headings_and_rows_are_list_items(page: Page) -> None:
    sign_up(page)
    write(page)
    write(page, "Priya Nair, Harbor Labs, round one about data pipelines", "Interview")
    leave_composer(page)
    tomorrow = group(page, "Tomorrow")
    expect(tomorrow.get_by_role("heading", name="Tomorrow")).to_be_visible()
    expect(tomorrow.get_by_role("listitem").first.get_by_role("button", name="Done")).to_be_visible()
    expect(tomorrow.get_by_role("listitem").first).to_contain_text(re.compile("by "))
    today = group(page, "Today")
    expect(today).to_contain_text("Before midnight")
    expect(row(page, "Send a thank-you e-mail")).to_contain_text("round one about data pipelines")


def test_what_the_kinds_mean(page: Page) -> None:
    sign_up(page)
    for kind in ("Mixer", "Social", "Interview", "Later round", "Other"):
        write(page, f"Someone at the {kind} talked about boats for long", kind)
    synced(page)
    met = page.context.request.get("/api/v1/encounters").json()["items"]
    kinds = {each["card_note"].split(" talked")[0].removeprefix("Someone at the "): each for each in met}
    assert {name: (each["kind"], each["round"]) for name, each in kinds.items()} == {
        "Mixer": ("networking", None),
        "Social": ("social", None),
        "Interview": ("interview", 1),
        "Later round": ("interview", 2),
        "Other": ("other", None),
    }
    assert {each["timezone"] for each in met} == {zone(page)}


def test_kind_and_event_stay_for_the_next_card_until_the_evening_is_over(page: Page) -> None:
    sign_up(page)
    card(page).focus()
    page.get_by_role("button", name="Event").click()
    page.get_by_role("textbox", name="Where you met").fill("PyData mixer")
    write(page, "Tom Okafor runs hiring at Lumen, likes maps", "Social")
    page.reload()
    write(page, "Mei Lin of Clearwater, water sensors and rents", "Social")
    synced(page)
    met = page.context.request.get("/api/v1/encounters").json()["items"]
    assert [each["event"] for each in met] == ["PyData mixer", "PyData mixer"]
    page.reload()
    expect(page.get_by_role("radio", name="Social")).to_be_checked()
    card(page).focus()
    page.get_by_role("button", name="PyData mixer").click()
    page.get_by_role("button", name="Done for tonight").click()
    expect(page.get_by_role("radio", name="Mixer")).to_be_checked()
    page.reload()
    expect(page.get_by_role("radio", name="Mixer")).to_be_checked()


def test_undo_brings_a_done_row_back(page: Page) -> None:
    sign_up(page)
    write(page)
    synced(page)
    leave_composer(page)
    letter = row(page, "Mail a handwritten note")
    letter.get_by_role("button", name="Done").click()
    expect(letter).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(letter).to_have_count(1)
    synced(page)
    assert tasks_of(page, "done") == []


def test_undo_takes_a_note_back_and_gives_the_words_to_the_composer(page: Page) -> None:
    sign_up(page)
    write(page)
    synced(page)
    page.get_by_role("button", name="Undo").click()
    expect(card(page)).to_have_value(DANA)
    leave_composer(page)
    expect(rows(page)).to_have_count(0)
    expect(page.get_by_text("Nothing due. The evening is yours.")).to_be_visible()
    synced(page)
    assert server_captures(page) == []


@pytest.mark.parametrize("choice", ["Tomorrow morning", "Next sundown"])
def test_snooze_offers_times_and_keeps_the_deadline(page: Page, choice: str) -> None:
    sign_up(page)
    write(page)
    synced(page)
    leave_composer(page)
    before = {task["id"]: task["due_at"] for task in tasks_of(page, "open")}
    row(page, "Ask to connect on LinkedIn").get_by_role("button", name="Snooze").click()
    page.get_by_role("button", name=re.compile(f"^{choice}")).click()
    expect(row(page, "Ask to connect on LinkedIn")).to_contain_text("snoozed to")
    synced(page)
    (snoozed,) = [task for task in tasks_of(page, "open") if task["snoozed_until"]]
    assert snoozed["action"] == "linkedin_invite"
    assert snoozed["due_at"] == before[snoozed["id"]]


def test_snooze_until_a_picked_time(page: Page) -> None:
    sign_up(page)
    write(page)
    synced(page)
    leave_composer(page)
    row(page, "Mail a handwritten note").get_by_role("button", name="Snooze").click()
    page.get_by_label("Pick a time").fill("2099-05-04T09:30")
    page.get_by_role("button", name="Snooze until then").click()
    expect(group(page, "Later").get_by_role("listitem")).to_contain_text("Mail a handwritten note")
    synced(page)
    assert [task["snoozed_until"][:4] for task in tasks_of(page, "open") if task["snoozed_until"]] == ["2099"]


def test_skip_is_direct_and_can_be_undone(page: Page) -> None:
    sign_up(page)
    write(page)
    synced(page)
    leave_composer(page)
    card_task = row(page, "Ask to connect")
    card_task.get_by_role("button", name="Skip").click()
    expect(card_task).to_have_count(0)
    synced(page)
    assert [task["action"] for task in tasks_of(page, "skipped")] == ["linkedin_invite"]
    page.get_by_role("button", name="Undo").click()
    expect(card_task).to_have_count(1)


def test_a_card_is_edited_and_shows_its_tasks_and_its_note(page: Page, watch: Watch) -> None:
    watch.allow("412")  # of two edits in a row the second may be refused once, merged and sent again
    sign_up(page)
    write(page)
    synced(page)
    leave_composer(page)
    page.get_by_role("link", name="Dana Reyes").first.click()
    expect(page).to_have_url(re.compile("/people/"))
    expect(page.get_by_role("heading", name="Dana Reyes", level=1)).to_be_visible()
    expect(page.get_by_role("region", name="How you met")).to_contain_text(DANA)
    todo = page.get_by_role("region", name="To do")
    expect(todo.get_by_role("listitem").first).to_be_visible()

    edit(page, "Company", "Northwind")
    edit(page, "E-mail", "dana@northwind.example")
    edit(page, "Postal address", "12 Quay Street\nPort Ellery")
    expect(page.get_by_text("Changes kept")).to_be_visible()
    expect(page.get_by_role("link", name="dana@northwind.example")).to_have_attribute(
        "href", "mailto:dana@northwind.example"
    )
    page.reload()
    expect(page.get_by_role("button", name="Postal address")).to_contain_text("12 Quay Street\nPort Ellery")
    todo.get_by_role("listitem").filter(has_text="Mail a handwritten note").get_by_role("button", name="Done").click()
    expect(todo.get_by_role("listitem").filter(has_text="Mail a handwritten note")).to_have_count(0)
    page.get_by_role("link", name="Upcoming").click()
    expect(row(page, "Northwind")).not_to_have_count(0)


def test_cards_are_finished_in_one_pass(page: Page) -> None:
    sign_up(page)
    write(page, "Dana Reyes, Northwind, red scarf")
    write(page, "red scarf, fintech, knows Ana")
    synced(page)
    leave_composer(page)
    cards = group(page, "Finish these cards")
    expect(cards.get_by_role("listitem")).to_have_count(2)
    cards.get_by_role("button", name="Go through all 2").click()
    sheet = page.get_by_role("dialog", name="Finish these cards")
    expect(sheet).to_contain_text("1 of 2")
    expect(sheet).to_contain_text("Dana Reyes, Northwind, red scarf")
    expect(sheet.get_by_role("textbox", name="Their name")).to_have_value("Dana Reyes")
    sheet.get_by_role("textbox", name="Company").fill("Northwind")
    sheet.get_by_role("textbox", name="What you talked about").fill("trunk-based development")
    sheet.get_by_role("button", name="Keep").click()
    expect(sheet).to_contain_text("2 of 2")
    expect(sheet.get_by_role("textbox", name="Their name")).to_have_value("")
    sheet.get_by_role("button", name="Later").click()
    expect(sheet).to_have_count(0)
    expect(cards.get_by_role("listitem")).to_have_count(1)
    synced(page)
    people = page.context.request.get("/api/v1/contacts").json()["items"]
    assert {(each["name"], each["company"]) for each in people} == {("Dana Reyes", "Northwind"), (None, None)}
    talks = page.context.request.get("/api/v1/encounters").json()["items"]
    assert {each["talked_about"] for each in talks} == {"trunk-based development", None}


def test_why_and_what_is_still_needed(page: Page) -> None:
    sign_up(page)
    write(page)
    synced(page)
    leave_composer(page)
    letter = row(page, "Mail a handwritten note")
    letter.get_by_role("button", name="Why").click()
    expect(letter).to_contain_text(re.compile(f"Sundown in {city(page)} on"))
    expect(letter).to_contain_text("Still needed: their name, what you talked about, a postal address.")
    letter.get_by_role("button", name="Why").click()
    expect(letter.get_by_text("Still needed")).to_be_hidden()


@pytest.mark.engines("chromium")  # Firefox asks which program is to open the letter, where no driver can answer
def test_a_row_opens_the_mail_app_and_asks_on_the_way_back(page: Page, watch: Watch) -> None:
    watch.allow("mailto:")
    sign_up(page)
    write(page, "Priya Nair, Harbor Labs, round one about data pipelines", "Interview")
    synced(page)
    leave_composer(page)
    mail = row(page, "Send a thank-you e-mail")
    expect(mail.get_by_role("button", name="Write")).to_have_count(0)
    person = page.context.request.get("/api/v1/contacts").json()["items"][0]
    changed = page.context.request.patch(
        f"/api/v1/contacts/{person['id']}",
        data={"emails": ["priya@harbor.example"]},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert changed.ok
    page.reload()
    mail.get_by_role("button", name="Write").click()
    page.wait_for_function(COMING_BACK)
    page.get_by_role("button", name="Not yet").click()
    expect(mail).to_have_count(1)
    mail.get_by_role("button", name="Write").click()
    page.wait_for_function(COMING_BACK)
    page.get_by_role("region", name="New note").get_by_role("button", name="Done").click()
    expect(mail).to_have_count(0)


class TestAfterMidnight:
    """One in the morning, after the mixer."""

    @pytest.fixture
    def context(self, browser: Browser, server: Server) -> Iterator[BrowserContext]:
        context = new_phone(browser, server, hour=AFTER_MIDNIGHT)
        yield context
        context.close()

    def test_what_is_noted_belongs_to_the_evening_before(self, page: Page) -> None:
        sign_up(page)
        write(page)
        write(page, "Priya Nair, Harbor Labs, round one about data pipelines", "Interview")
        synced(page)
        leave_composer(page)
        tomorrow = group(page, "Tomorrow")
        expect(tomorrow.get_by_role("listitem").filter(has_text="Mail a handwritten note").first).to_contain_text(
            "by sundown"
        )
        today = group(page, "Today").get_by_role("listitem")
        expect(today).to_contain_text("Send a thank-you e-mail")
