"""The settings, part by part, each at an address of its own."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.fair import SAME_ORIGIN
from tests.e2e.screens import (
    axe_findings,
    leave_composer,
    open_settings,
    sideways,
    sign_up,
    synced,
    write,
    zone,
)
from tests.support.browser import Watch

NO_SIGNAL = "ERR_INTERNET_DISCONNECTED"


def me(page: Page) -> dict[str, object]:
    return page.context.request.get("/api/v1/me").json()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save settings").click()


def test_the_day_and_what_stands_under_a_letter_are_kept(page: Page) -> None:
    sign_up(page)
    open_settings(page, "Your day")
    page.get_by_role("combobox", name="The day ends at").select_option("02:00")
    page.get_by_role("combobox", name="Sundown").select_option("17:00")
    save(page)
    expect(page.get_by_text("Changes kept")).to_be_visible()
    page.get_by_role("link", name="Settings", exact=True).last.click()
    expect(page.get_by_role("link", name="Your day")).to_contain_text("sundown at 17:00")
    page.get_by_role("link", name="Under your letters").click()
    page.get_by_role("textbox", name="Telephone").fill("+1 212 555 0142")
    save(page)
    expect(page.get_by_text("Changes kept")).to_be_visible()
    now = me(page)
    assert (now["day_boundary"], now["sundown_at"], now["phone"]) == ("02:00", "17:00", "+1 212 555 0142")
    assert now["timezone"] == zone(page)


def test_each_part_has_an_address_and_the_way_back_leads_where_one_was(page: Page) -> None:
    sign_up(page)
    page.set_viewport_size({"width": 393, "height": 330})
    open_settings(page)
    letters = page.get_by_role("link", name="Under your letters")
    letters.focus()
    scrolled = "() => document.querySelector('.scroll').scrollTop"
    page.evaluate("() => { document.querySelector('.scroll').scrollTop = 60; }")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Under your letters")).to_be_focused()
    assert page.evaluate(scrolled) == 0
    page.go_back()
    expect(letters).to_be_visible()
    page.wait_for_function("() => document.querySelector('.scroll').scrollTop === 60")
    page.goto("/settings/day")
    expect(page.get_by_role("combobox", name="Time zone")).to_have_value(zone(page))
    page.goto("/settings/nothing-here")
    expect(page.get_by_role("heading", name="Settings", level=1)).to_be_visible()


def test_a_wrong_setting_is_explained_beside_its_field(page: Page, watch: Watch) -> None:
    watch.allow("422")
    sign_up(page)
    open_settings(page, "Under your letters")
    field = page.get_by_role("textbox", name="Address for replies")
    field.fill("ana at home")
    save(page)
    expect(field).to_have_accessible_description(re.compile("e-mail address is needed"))


def test_what_changed_elsewhere_shows_and_what_is_typed_stays(page: Page) -> None:
    sign_up(page)
    open_settings(page, "Under your letters")
    page.get_by_role("textbox", name="Website").fill("https://ana.example")
    answer = page.context.request.patch("/api/v1/me", data={"phone": "+1 212 555 0199"}, headers=SAME_ORIGIN)
    assert answer.ok
    page.reload()
    expect(page.get_by_role("textbox", name="Telephone")).to_have_value("+1 212 555 0199")
    page.get_by_role("textbox", name="Website").fill("https://ana.example")
    page.evaluate("() => window.dispatchEvent(new Event('online'))")
    save(page)
    expect(page.get_by_text("Changes kept")).to_be_visible()
    assert (me(page)["website"], me(page)["phone"]) == ("https://ana.example", "+1 212 555 0199")


def test_settings_changed_without_a_signal_travel_later(page: Page, watch: Watch) -> None:
    watch.allow(NO_SIGNAL)
    sign_up(page)
    open_settings(page, "Your day")
    page.context.set_offline(True)
    page.get_by_role("combobox", name="Sundown").select_option("18:00")
    save(page)
    expect(page.get_by_text("They will travel when there is signal.")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name="Your day")).to_contain_text("sundown at 18:00")
    page.context.set_offline(False)
    synced(page)
    assert me(page)["sundown_at"] == "18:00"


def test_the_place_comes_from_the_phone_or_it_is_said_that_it_does_not(page: Page) -> None:
    sign_up(page)
    open_settings(page, "Your day")
    page.get_by_role("button", name="Use where I am").click()
    expect(page.get_by_text("The phone did not say where it is.")).to_be_visible()
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 38.72231, "longitude": -9.13934})
    page.get_by_role("button", name="Use where I am").click()
    expect(page.get_by_text("Sundown is reckoned for 38.72, -9.14.")).to_be_visible()
    save(page)
    expect(page.get_by_text("Changes kept")).to_be_visible()
    assert (me(page)["latitude"], me(page)["longitude"]) == (38.72, -9.14)
    page.get_by_role("button", name="Forget the place").click()
    save(page)
    expect(page.get_by_text("Sundown is reckoned for your time zone.")).to_be_visible()
    page.wait_for_function("async () => (await (await fetch('/api/v1/me')).json()).latitude === null")


def test_upcoming_uses_what_was_just_set(page: Page) -> None:
    sign_up(page)
    write(page)
    synced(page)
    leave_composer(page)
    open_settings(page, "Your day")
    page.get_by_role("combobox", name="Time zone").select_option("Pacific/Honolulu")
    save(page)
    expect(page.get_by_text("This phone is on")).to_be_visible()
    page.get_by_role("button", name="Use this zone").click()
    expect(page.get_by_text("This phone is on")).to_have_count(0)
    expect(page.get_by_role("combobox", name="Time zone")).to_have_value(zone(page))


BACKGROUND = "() => getComputedStyle(document.documentElement).backgroundColor"
BAR = """() => [...document.querySelectorAll('meta[name="theme-color"]')]
  .find((meta) => matchMedia(meta.media).matches).content"""
PAPER, NIGHT, UNSEEN = "rgb(250, 244, 234)", "rgb(22, 18, 30)", "rgb(5, 4, 6)"


@pytest.mark.parametrize(
    ("choice", "phone_is", "ground", "bar"),
    [
        ("Dark", "light", NIGHT, "#16121e"),
        ("Light", "dark", PAPER, "#faf4ea"),
    ],
)
def test_chosen_colours_hold_before_the_first_paint_and_everywhere(
    page: Page, watch: Watch, choice: str, phone_is: Any, ground: str, bar: str
) -> None:
    watch.allow("ERR_FAILED")
    page.emulate_media(color_scheme=phone_is)
    sign_up(page)
    write(page)
    leave_composer(page)
    open_settings(page, "This phone")
    page.get_by_role("group", name="Colours").get_by_role("radio", name=choice).check()
    for address in ("/settings/phone", "/settings", "/"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert (page.evaluate(BACKGROUND), page.evaluate(BAR)) == (ground, bar)
        assert axe_findings(page) == []
    page.get_by_role("textbox", name="Card note").focus()
    assert (page.evaluate(BACKGROUND), page.evaluate(BAR)) == (UNSEEN, "#050406")
    page.route("**/js/main.js", lambda route: route.abort())
    page.goto("/join")
    assert page.evaluate(BACKGROUND) == ground
    page.unroute("**/js/main.js")
    other = page.context.new_page()
    other.emulate_media(color_scheme=phone_is)
    other.goto("/people")
    assert other.evaluate(BACKGROUND) == ground
    page.goto("/settings/phone")
    expect(page.get_by_role("radio", name=choice)).to_be_checked()
    page.get_by_role("radio", name="As the phone").check()
    assert page.evaluate(BAR) != bar
    other.wait_for_function("() => !('theme' in document.documentElement.dataset)", polling=20)


def middle(control: Locator) -> float:
    box = control.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2


def test_in_the_left_hand_save_and_undo_lie_on_the_left(page: Page) -> None:
    sign_up(page)
    note, button = page.get_by_role("textbox", name="Card note"), page.get_by_role("button", name="Save note")
    assert middle(button) > middle(note)
    open_settings(page, "This phone")
    page.get_by_role("radio", name="Left").check()
    page.goto("/")
    assert middle(button) < middle(note)
    half = (page.viewport_size or {})["width"] / 2
    note.focus()
    assert middle(button) < half < middle(page.get_by_role("button", name="Close"))
    write(page)
    assert middle(page.get_by_role("button", name="Undo")) < half
    assert sideways(page) == 0


@pytest.mark.parametrize("part", ["access", "programs", "playbook"])
def test_what_only_the_server_knows_waits_for_a_signal(page: Page, watch: Watch, part: str) -> None:
    watch.allow(NO_SIGNAL)
    sign_up(page)
    page.goto("/settings")
    page.evaluate("() => navigator.serviceWorker.ready")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.context.set_offline(True)
    page.goto(f"/settings/{part}")
    expect(page.get_by_text("This needs a signal.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("This needs a signal.")).to_have_count(0)
