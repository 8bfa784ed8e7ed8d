"""The settings, part by part, each at an address of its own."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.screens import (
    PASSWORD,
    axe_findings,
    open_settings,
    row,
    see_upcoming,
    sideways,
    sign_in,
    sign_up,
    stored,
    synced,
    write,
    zone,
)
from tests.support.browser import Watch
from tests.support.server import Server

NO_SIGNAL = "ERR_INTERNET_DISCONNECTED"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


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
    page.get_by_role("button", name="Close").click()
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
    page.goto("/settings/phone")
    expect(page.get_by_role("radio", name=choice)).to_be_checked()
    page.get_by_role("radio", name="As the phone").check()
    assert page.evaluate(BAR) != bar


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


def test_other_devices_are_seen_and_signed_out(page: Page, browser: Browser, server: Server) -> None:
    sign_up(page)
    elsewhere = browser.new_context(base_url=server.url, user_agent="Mozilla/5.0 (Windows NT 10.0) Firefox/153.0")
    other = elsewhere.new_page()
    other.goto("/sign-in")
    sign_in(other)
    see_upcoming(other)
    open_settings(page, "Password and devices")
    devices = page.get_by_role("main").get_by_role("listitem")
    expect(devices).to_have_count(2)
    expect(devices.first).to_contain_text("This one, in use now")
    expect(devices.first.get_by_role("button")).to_have_count(0)
    expect(devices.last).to_contain_text("Firefox on Windows")
    devices.last.get_by_role("button", name="Sign out there, Firefox on Windows").click()
    expect(devices).to_have_count(1)
    assert other.context.request.get("/api/v1/me").status == 401
    elsewhere.close()


def test_the_password_is_changed_with_the_old_one_only(page: Page, watch: Watch) -> None:
    watch.allow("422")
    sign_up(page)
    open_settings(page, "Password and devices")
    current, fresh = (page.get_by_role("textbox", name=name) for name in ("Current password", "New password"))
    current.fill("not that one")
    fresh.fill("harbour lights at four")
    page.get_by_role("button", name="Change password").click()
    expect(current).to_have_accessible_description("The current password is not right.")
    expect(fresh).to_have_value("harbour lights at four")
    current.fill(PASSWORD)
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("Password changed.")).to_be_visible()
    expect(current).to_have_value("")
    answer = page.request.post(
        "/api/v1/session", data={"email": "ana@mail.example", "password": "harbour lights at four"}, headers=SAME_ORIGIN
    )
    assert answer.ok


def test_a_token_is_shown_once_copied_and_revoked_after_a_question(page: Page, server: Server, watch: Watch) -> None:
    watch.allow("422")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_up(page)
    open_settings(page, "Other programs")
    expect(page.get_by_text("No program has a token.")).to_be_visible()
    create = page.get_by_role("button", name="Create token")
    create.click()
    expect(page.get_by_role("textbox", name="What it is for")).to_have_attribute("aria-invalid", "true")
    page.get_by_role("textbox", name="What it is for").fill("Shortcut")
    expect(page.get_by_role("radio", name="Add notes")).to_be_checked()
    page.get_by_role("radio", name="Read It sees people").check()
    page.get_by_role("combobox", name="It ends").select_option("After 30 days")
    create.click()
    expect(page.get_by_role("heading", name="Shortcut")).to_be_focused()
    expect(page.get_by_text("This is the only time it is shown.")).to_be_visible()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    secret = page.evaluate("() => navigator.clipboard.readText()")
    with server.client() as client:
        bearer = {"Authorization": f"Bearer {secret}"}
        assert client.get("/api/v1/me", headers=bearer).status_code == 200
        assert client.patch("/api/v1/me", headers=bearer, json={"name": "Ana"}).status_code == 403
        token = page.get_by_role("main").get_by_role("listitem")
        expect(token).to_contain_text("reads, until")
        page.reload()
        expect(token).to_contain_text("Last used")
        expect(page.get_by_text(secret)).to_have_count(0)
        page.get_by_role("button", name="Revoke Shortcut").click()
        question = page.get_by_role("dialog", name="Revoke Shortcut?")
        question.get_by_role("button", name="Cancel").click()
        expect(token).to_have_count(1)
        page.get_by_role("button", name="Revoke Shortcut").click()
        question.get_by_role("button", name="Revoke").click()
        expect(token).to_have_count(0)
        assert client.get("/api/v1/me", headers=bearer).status_code == 401


def test_everything_goes_out_as_one_file_and_into_a_new_account(page: Page, watch: Watch, tmp_path: Path) -> None:
    watch.allow("409", "422", "401")
    sign_up(page)
    write(page)
    synced(page)
    page.get_by_role("button", name="Close").click()
    open_settings(page, "Your data")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export everything").click()
    archive = tmp_path / download.value.suggested_filename
    assert re.fullmatch(r"sundown-\d{4}-\d\d-\d\d\.json", archive.name)
    download.value.save_as(archive)
    take_in = page.get_by_role("button", name="Import")
    take_in.click()
    expect(page.get_by_text("Choose a file first.")).to_be_visible()
    page.get_by_label("File").set_input_files(archive)
    take_in.click()
    expect(page.get_by_text("An archive is imported into an account that has no people")).to_be_visible()

    page.get_by_role("button", name="Delete account").click()
    question = page.get_by_role("dialog", name="Delete the account?")
    question.get_by_role("button", name="Delete everything").click()
    expect(question.get_by_text("Type the word delete first.")).to_be_visible()
    question.get_by_role("textbox", name="Type delete").fill("delete")
    question.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_text("The account is deleted.")).to_be_visible()
    expect(page.get_by_text("Dana")).to_have_count(0)
    assert stored(page)["ops"] == 0

    sign_up(page, "ana@new.example")
    open_settings(page, "Your data")
    broken = tmp_path / "broken.json"
    broken.write_text(archive.read_text().replace('"kind":"networking"', '"kind":"party"'))
    page.get_by_label("File").set_input_files(broken)
    take_in.click()
    expect(page.get_by_text("#/rows/encounters/0/kind")).to_be_visible()
    page.get_by_label("File").set_input_files(archive)
    take_in.click()
    expect(page.get_by_text(re.compile(r"Taken over: one person, one meeting and \d tasks\."))).to_be_visible()
    page.get_by_role("link", name="Sundown").click()
    expect(row(page, "Dana Reyes").first).to_be_visible()


@pytest.mark.parametrize("part", ["access", "programs"])
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
