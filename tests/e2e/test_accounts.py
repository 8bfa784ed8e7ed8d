"""Who one is here: signing up, in and out."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.screens import (
    PASSWORD,
    card,
    edit,
    fill_account,
    leave_composer,
    open_settings,
    row,
    see_upcoming,
    server_captures,
    sign_in,
    sign_up,
    synced,
    write,
)
from tests.support.browser import Watch
from tests.support.server import Server

pytestmark = pytest.mark.engines


def test_a_wrong_address_is_explained_beside_its_field(page: Page, watch: Watch) -> None:
    watch.allow("422")
    sign_up(page)
    write(page)
    synced(page)
    leave_composer(page)
    page.get_by_role("link", name="Dana Reyes").first.click()
    edit(page, "E-mail", "dana at northwind")
    field = page.get_by_role("textbox", name="E-mail addresses")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("e-mail address is needed"))
    expect(field).to_have_value("dana at northwind")


def test_signing_out_and_in_again(page: Page, watch: Watch) -> None:
    watch.allow("401")
    sign_up(page)
    write(page)
    synced(page)
    leave_composer(page)
    open_settings(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("textbox", name="Password")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("link", name="Create account")).to_be_visible()
    expect(page.get_by_text("Dana")).to_have_count(0)

    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("textbox", name="E-mail").fill("ana@mail.example")
    page.get_by_role("textbox", name="Password").fill("not that one")
    page.get_by_role("button", name="Sign in").last.click()
    expect(page.get_by_role("alert")).to_contain_text("not right")
    sign_in(page)
    see_upcoming(page)
    expect(row(page, "Dana Reyes").first).to_be_visible()


def test_notes_written_before_there_is_an_account_join_the_first_one(page: Page) -> None:
    page.goto("/")
    write(page)
    write(page, "Tom Okafor runs hiring at Lumen, likes maps")
    expect(page.get_by_text("Saved on this phone", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_text("2 notes are kept on this phone.")).to_be_visible()
    write(page, "Mei Lin of Clearwater, water sensors and rents")
    page.get_by_role("link", name="Create your account to see what is due").click()
    fill_account(page)
    see_upcoming(page)
    expect(row(page, "Mei Lin").first).to_be_visible()
    assert [note.split()[0] for note in server_captures(page)] == ["Dana", "Tom", "Mei"]


def test_an_empty_note_is_not_saved_and_nothing_is_disabled(page: Page) -> None:
    page.goto("/")
    save = page.get_by_role("button", name="Save note")
    expect(save).to_be_enabled()
    card(page).fill("   ")
    save.click()
    expect(page.get_by_text("Write a word about them first.")).to_be_visible()
    expect(card(page)).to_have_value("   ")


def test_a_sign_up_error_stands_beside_its_field(page: Page, watch: Watch) -> None:
    watch.allow("422")
    page.goto("/join")
    page.get_by_role("textbox", name="Your name").fill("Ana")
    page.get_by_role("textbox", name="E-mail").fill("ana")
    page.get_by_role("textbox", name="Password").fill("short")
    page.get_by_role("button", name="Create account").last.click()
    expect(page.get_by_role("textbox", name="E-mail")).to_have_accessible_description(re.compile("ana@mail.example"))
    expect(page.get_by_role("textbox", name="Password")).to_have_attribute("aria-invalid", "true")


class TestServerThatAsksForACode:
    @pytest.fixture
    def server(self, data_dir, database_url):
        running = Server(data_dir, database_url, {"SUNDOWN_SIGNUP": "first", "SUNDOWN_SETUP_CODE": "seven-lamps"})
        running.start()
        yield running
        running.stop()

    def test_the_setup_code_is_asked_for_where_it_is_needed(self, page: Page, watch: Watch) -> None:
        watch.allow("403")
        page.goto("/join")
        expect(page.get_by_role("textbox", name="Password")).to_be_visible()
        expect(page.get_by_role("textbox", name="Setup code")).to_have_count(0)
        fill_account(page)
        page.get_by_role("textbox", name="Setup code").fill("seven-lamps")
        expect(page.get_by_role("textbox", name="Password")).to_have_value(PASSWORD)
        page.get_by_role("button", name="Create account").last.click()
        see_upcoming(page)
