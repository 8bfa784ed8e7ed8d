"""Who and what may come in: devices, the password, tokens; and everything out, in, or gone."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.e2e.fair import SAME_ORIGIN
from tests.e2e.screens import (
    PASSWORD,
    leave_composer,
    open_settings,
    row,
    see_upcoming,
    sign_in,
    sign_up,
    stored,
    synced,
    write,
)
from tests.support.browser import Watch
from tests.support.server import Server


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
    leave_composer(page)
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
