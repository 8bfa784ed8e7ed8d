"""An interview told in full: who was there, what was asked and promised; kept with each keystroke, signal or not."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.fair import call
from tests.e2e.screens import (
    card,
    group,
    keep_shell,
    ready,
    row,
    see_upcoming,
    sideways,
    sign_up,
    synced,
    zone,
)
from tests.support.browser import NO_SERVER, Watch
from tests.support.server import Server

SOON = 20_000


def field(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name)


def add(page: Page, typed: str, pick: str = "") -> None:
    field(page, "Who was there").fill(typed)
    page.get_by_role("button", name=re.compile(f"^{pick}") if pick else re.compile("as a new card$")).click()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save meeting").click()


def meetings(page: Page) -> list[dict[str, Any]]:
    return page.context.request.get("/api/v1/encounters").json()["items"]


def tell_all(page: Page) -> None:
    """Somebody known and somebody new, and one of everything."""
    add(page, "dan", "Dana Reyes")
    add(page, "Bo Chen")
    page.get_by_role("combobox", name="Role of Dana Reyes").select_option("Hiring manager")
    page.get_by_role("spinbutton", name="Round").fill("2")
    field(page, "Position").fill("Backend engineer")
    field(page, "What you talked about").fill("Moving data without downtime")
    field(page, "Began").fill("2026-03-03T14:00")
    page.get_by_text("When and where").click()
    field(page, "Ended").fill("2026-03-03T15:30")
    page.get_by_role("combobox", name="How you met").select_option("Video call")
    page.get_by_text("Promises").click()
    page.get_by_role("button", name="Add a promise").click()
    field(page, "What was promised").fill("the trunk-based article")
    page.get_by_text("What they asked for").click()
    page.get_by_role("button", name="Add a thing").click()
    field(page, "What they asked for").fill("references")
    page.get_by_role("checkbox", name="I have it ready").check()
    page.get_by_text("Questions to answer better").click()
    page.get_by_role("button", name="Add a question").click()
    field(page, "What they asked").last.fill("How do you test?")
    page.get_by_role("checkbox", name="Put it into the thank-you e-mail").check()
    page.get_by_text("How it went").click()
    page.get_by_role("combobox", name="For you").select_option("Well")
    page.get_by_role("combobox", name="For them").select_option("Waiting to hear")


def begin(page: Page) -> str:
    sign_up(page)
    dana = call(page, "POST", "contacts", {"name": "Dana Reyes", "company": "Northwind"})["id"]
    page.get_by_role("link", name="People").click()
    page.get_by_role("link", name="Log a meeting").click()
    expect(page.get_by_role("heading", name="Log a meeting", level=1)).to_be_visible()
    return dana


def see_everything(page: Page, dana: str) -> None:
    [met] = meetings(page)
    people = {each["name"]: each["id"] for each in page.context.request.get("/api/v1/contacts").json()["items"]}
    assert {each["contact_id"]: each["role"] for each in met["people"]} == {
        dana: "hiring_manager",
        people["Bo Chen"]: None,
    }
    assert (met["kind"], met["round"], met["mode"], met["position"]) == ("interview", 2, "video", "Backend engineer")
    assert (met["self_rating"], met["outcome"], met["timezone"]) == (4, "waiting", zone(page))
    assert [each["what"] for each in met["promises"]] == ["the trunk-based article"]
    assert [(each["what"], each["ready"]) for each in met["requested"]] == [("references", True)]
    assert [(each["asked"], each["use"]) for each in met["gaps"]] == [("How do you test?", True)]
    local = page.evaluate("(at) => new Date(at).toLocaleString('sv-SE')", met["ends_at"])
    assert local == "2026-03-03 15:30:00"


def test_an_interview_is_told_in_full_and_gives_its_tasks(page: Page) -> None:
    dana = begin(page)
    tell_all(page)
    assert sideways(page) <= 0
    save(page)
    expect(page.get_by_role("heading", name="Meeting kept", level=1)).to_be_focused()
    follows = group(page, "What follows").get_by_role("listitem")
    expect(follows.filter(has_text="Send: the trunk-based article")).to_have_count(1)
    expect(follows.filter(has_text="Bo Chen")).not_to_have_count(0)
    see_everything(page, dana)
    page.goto("/interviews/new")
    expect(field(page, "What you talked about")).to_have_value("")


def test_what_is_typed_survives_a_killed_page(page: Page) -> None:
    begin(page)
    tell_all(page)
    field(page, "Words to remember them by").press_sequentially("red scarf")
    page.wait_for_timeout(50)
    page.goto("about:blank")
    page.goto("/interviews/new")
    expect(field(page, "Words to remember them by")).to_have_value("red scarf")
    expect(field(page, "What was promised")).to_have_value("the trunk-based article")
    expect(page.get_by_role("combobox", name="Role of Dana Reyes")).to_have_value("hiring_manager")
    page.get_by_role("button", name="Discard").click()
    see_upcoming(page)
    page.goto("/interviews/new")
    expect(field(page, "Words to remember them by")).to_have_value("")


def test_a_meeting_without_signal_arrives_once(page: Page, server: Server, watch: Watch) -> None:
    watch.allow(*NO_SERVER)
    dana = begin(page)
    keep_shell(page)
    server.kill()
    page.reload()
    tell_all(page)
    save(page)
    expect(page.get_by_text("Kept on this phone. What follows shows up when there is signal.")).to_be_visible()
    page.goto("/people")
    page.get_by_role("link", name="Bo Chen").click()
    past = group(page, "So far").get_by_role("listitem")
    expect(past).to_contain_text(re.compile("Interview, round 2.*waiting for signal", re.DOTALL))
    page.reload()
    expect(past).to_have_count(1)
    server.start()
    expect(page.get_by_text("Synced", exact=True)).to_be_visible(timeout=SOON)
    expect(page.get_by_text("waiting for signal")).to_have_count(0)
    expect(past).to_have_count(1)
    see_everything(page, dana)


def test_what_the_server_says_stands_at_its_field(page: Page, watch: Watch) -> None:
    watch.allow("422")
    begin(page)
    save(page)
    expect(field(page, "Who was there")).to_have_accessible_description("Who was it? A first name is enough.")
    add(page, "Bo Chen")
    page.get_by_text("Promises").click()
    page.get_by_role("button", name="Add a promise").click()
    page.get_by_role("button", name="Add a promise").click()
    field(page, "What was promised").last.fill("an article")
    field(page, "Link").last.fill("no address")
    page.get_by_text("Promises").click()
    save(page)
    link = field(page, "Link").last
    expect(link).to_be_focused()
    expect(link).to_have_attribute("aria-invalid", "true")
    link.fill("https://articles.example/trunk")
    save(page)
    expect(page.get_by_role("heading", name="Meeting kept")).to_be_visible()
    assert [each["url"] for each in meetings(page)[0]["promises"]] == ["https://articles.example/trunk"]
    assert len(page.context.request.get("/api/v1/contacts").json()["items"]) == 2


def test_a_meeting_is_changed_and_keeps_what_was_not_touched(page: Page, watch: Watch) -> None:
    watch.allow("412")
    dana = begin(page)
    told = {
        "people": [{"contact_id": dana, "benefit": "knows a venue", "role": "referrer"}],
        "kind": "networking",
        "occurred_at": "2026-03-03T18:00:30Z",
        "timezone": "Europe/Lisbon",
        "event": "Spring fair",
        "talked_about": "sails",
    }
    met = call(page, "POST", "encounters", told)
    page.goto(f"/people/{dana}")
    group(page, "So far").get_by_role("link", name="Mixer").click()
    expect(page.get_by_role("heading", name="Meeting", level=1)).to_be_visible()
    expect(group(page, "What follows").get_by_role("listitem").first).to_contain_text("Dana Reyes")
    expect(page.get_by_role("spinbutton", name="Round")).to_be_hidden()
    call(page, "PATCH", f"encounters/{met['id']}", {"talked_about": "sails and Go"})
    field(page, "What you talked about").fill("sails, and her boat")
    page.get_by_text("When and where").click()
    field(page, "Place").fill("Harbour hall")
    save(page)
    expect(page.get_by_role("heading", name="Meeting kept")).to_be_visible()
    now = page.context.request.get(f"/api/v1/encounters/{met['id']}").json()
    assert (now["talked_about"], now["place"]) == ("sails and Go\n\nsails, and her boat", "Harbour hall")
    names = ("people", "kind", "occurred_at", "timezone", "event")
    assert [now[name] for name in names] == [met[name] for name in names]


def test_more_about_an_interview_begins_with_the_words_in_the_composer(page: Page) -> None:
    sign_up(page)
    page.goto("/log")
    ready(page)
    more = page.get_by_role("button", name="More about it")
    expect(more).to_be_hidden()
    page.get_by_role("radio", name="Interview").check()
    card(page).fill("Priya Nair, data pipelines")
    more.click()
    expect(field(page, "Words to remember them by")).to_have_value("Priya Nair, data pipelines")
    add(page, "Priya Nair")
    save(page)
    expect(page.get_by_role("heading", name="Meeting kept")).to_be_visible()
    synced(page)
    page.get_by_role("main").get_by_role("link", name="Upcoming").last.click()
    expect(card(page)).to_have_value("")
    expect(row(page, "Priya Nair").first).to_be_visible()
    assert len(meetings(page)) == 1
