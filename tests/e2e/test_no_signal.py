"""A basement, a killed server, a lost answer, a second tab: every note arrives exactly once."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.screens import (
    DANA,
    card,
    edit,
    fill_account,
    group,
    keep_shell,
    kept,
    leave_composer,
    open_settings,
    row,
    see_upcoming,
    server_captures,
    sign_in,
    sign_up,
    stored,
    synced,
    write,
)
from tests.support.browser import NO_SERVER, Watch
from tests.support.server import Server

pytestmark = pytest.mark.engines

SOON = 20_000


def test_the_page_opens_and_takes_notes_with_the_server_killed(page: Page, server: Server, watch: Watch) -> None:
    watch.allow(*NO_SERVER)
    sign_up(page)
    write(page)
    synced(page)
    keep_shell(page)
    server.kill()

    page.goto("/log")
    write(page, "Tom Okafor runs hiring at Lumen, likes maps")
    expect(page.get_by_text("Saved on this phone", exact=True)).to_be_visible()
    card(page).fill("Mei Lin of Clear")
    kept(page)
    page.reload()
    expect(card(page)).to_have_value("Mei Lin of Clear")
    card(page).press_sequentially("water")
    write(page, "Mei Lin of Clearwater")
    page.goto("/")
    see_upcoming(page)
    expect(row(page, "Mail a handwritten note", "Dana Reyes")).to_be_visible()
    expect(group(page, "On this phone").get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_text("2 notes are waiting for signal")).to_be_visible()
    row(page, "Mail a handwritten note", "Dana Reyes").get_by_role("button", name="Done").click()
    expect(row(page, "Mail a handwritten note", "Dana Reyes")).to_have_count(0)
    page.reload()
    expect(row(page, "Ask to connect", "Dana Reyes")).to_be_visible()
    expect(row(page, "Mail a handwritten note", "Dana Reyes")).to_have_count(0)

    server.start()
    expect(page.get_by_text("Synced", exact=True)).to_be_visible(timeout=SOON)
    expect(group(page, "On this phone")).to_have_count(0)
    expect(row(page, "Mei Lin").first).to_be_visible()
    assert [note.split()[0] for note in server_captures(page)] == ["Dana", "Tom", "Mei"]


def test_an_undone_action_never_leaves_the_phone(page: Page, server: Server, watch: Watch) -> None:
    watch.allow(*NO_SERVER)
    sign_up(page)
    keep_shell(page)
    server.kill()
    write(page)
    page.get_by_role("button", name="Undo").click()
    expect(card(page)).to_have_value(DANA)
    write(page, "Tom Okafor runs hiring at Lumen, likes maps")
    server.start()
    expect(page.get_by_text("Synced", exact=True)).to_be_visible(timeout=SOON)
    assert [note.split()[0] for note in server_captures(page)] == ["Tom"]


def test_a_first_visit_can_be_a_note_with_no_account_and_no_server(page: Page, server: Server, watch: Watch) -> None:
    watch.allow(*NO_SERVER)
    page.goto("/")
    keep_shell(page)
    server.kill()
    page.goto("/log")
    write(page)
    server.start()
    page.goto("/join")
    fill_account(page)
    see_upcoming(page)
    expect(row(page, "Dana Reyes").first).to_be_visible()
    assert server_captures(page) == [DANA]


def test_an_expired_session_keeps_the_notes(page: Page, context: BrowserContext, watch: Watch) -> None:
    watch.allow("401")
    sign_up(page)
    context.clear_cookies()
    write(page)
    leave_composer(page)
    expect(page.get_by_text("Signed out. One note is safe on this phone.")).to_be_visible()
    page.reload()
    expect(group(page, "On this phone")).to_contain_text(DANA)
    page.get_by_role("link", name="Sign in").click()
    sign_in(page)
    see_upcoming(page)
    synced(page)
    assert server_captures(page) == [DANA]


def test_notes_of_another_account_stay_its_own(page: Page, context: BrowserContext, watch: Watch) -> None:
    watch.allow("401")
    sign_up(page, "ana@mail.example")
    context.clear_cookies()
    write(page)
    page.goto("/join")
    fill_account(page, "rui@mail.example", "Rui Prata")
    see_upcoming(page)
    expect(page.get_by_text("One note of another account is kept on this phone.")).to_be_visible()
    expect(page.get_by_text("Dana")).to_have_count(0)
    assert server_captures(page) == []
    open_settings(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("textbox", name="Password")).to_be_visible()
    sign_in(page, "ana@mail.example")
    expect(row(page, "Dana Reyes").first).to_be_visible()
    assert server_captures(page) == [DANA]


def test_signing_out_with_unsent_notes_asks_once(page: Page, server: Server, watch: Watch) -> None:
    watch.allow(*NO_SERVER)
    sign_up(page)
    keep_shell(page)
    server.kill()
    write(page)
    leave_composer(page)
    open_settings(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("Signing out deletes it from this phone.")).to_be_visible()
    page.get_by_role("button", name="Sign out and delete them").click()
    expect(page.get_by_role("textbox", name="Password")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("link", name="Create account")).to_be_visible()
    assert page.evaluate("async () => (await indexedDB.databases()).map((each) => each.name)") == ["sundown"]
    assert stored(page) == {"ops": 0, "kv": ["draft", "habit"]} or stored(page) == {"ops": 0, "kv": ["habit"]}
    assert cached_api_answers(page) == []
    server.start()


def cached_api_answers(page: Page) -> list[str]:
    return page.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys()) {
            for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
          }
          return found.filter((path) => path.startsWith('/api'));
        }"""
    )


def test_what_the_server_refuses_waits_for_a_decision(page: Page, watch: Watch) -> None:
    watch.allow("422")
    sign_up(page)
    long = "Dana " + "and so on " * 2300
    write(page, long)
    leave_composer(page)
    refused = group(page, "Not taken yet").get_by_role("listitem")
    expect(refused).to_contain_text(re.compile("20,?000"))
    refused.get_by_role("button", name="Retry").click()
    expect(refused).to_have_count(1)
    open_settings(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("One note has not been sent.")).to_be_visible()
    page.get_by_role("link", name="Upcoming").click()
    refused.get_by_role("button", name="Edit").click()
    expect(card(page)).to_have_value(long)
    expect(refused).to_have_count(0)
    write(page)
    synced(page)
    assert server_captures(page) == [DANA]


def test_a_card_changed_elsewhere_keeps_both_texts(page: Page, watch: Watch) -> None:
    watch.allow("412")
    sign_up(page)
    write(page)
    synced(page)
    leave_composer(page)
    page.get_by_role("link", name="Dana Reyes").first.click()
    expect(page.get_by_role("heading", name="Card", exact=True)).to_be_visible()
    address = "/api/v1/contacts/" + page.url.rsplit("/", 1)[1]
    same_origin = {"Sec-Fetch-Site": "same-origin"}
    elsewhere = page.context.request.patch(
        address, data={"notes": "Sails on Sundays", "company": "Tern"}, headers=same_origin
    )
    assert elsewhere.ok
    edit(page, "Notes", "Knows Ana")
    expect(page.get_by_text("Changes kept")).to_be_visible()
    synced(page)
    now = page.context.request.get(address).json()
    assert (now["notes"], now["company"]) == ("Sails on Sundays\n\nKnows Ana", "Tern")
