"""My own card, held up to somebody else's camera."""

from playwright.sync_api import Page, expect

from tests.e2e.fair import call
from tests.e2e.screens import keep_shell, sign_up, stored
from tests.support.browser import Watch
from tests.support.server import Server

CODE = "A code that says what stands below"


def test_it_is_one_tap_away_and_there_without_signal(page: Page, server: Server, watch: Watch) -> None:
    watch.allow("ERR_CONNECTION_REFUSED")
    sign_up(page)
    call(page, "PATCH", "me", {"phone": "+1 555 010 0142", "contact_email": "hello@ana.example"})
    page.get_by_role("link", name="My card").click()
    expect(page.get_by_role("heading", name="My card", level=1)).to_be_visible()
    code = page.get_by_role("img", name=CODE)
    expect(code).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("hello@ana.example")
    expect(page.get_by_role("main")).not_to_contain_text("ana@mail.example")
    keep_shell(page)
    server.kill()
    page.goto("/card")
    expect(code).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("+1 555 010 0142")
    server.start()


def test_with_nothing_but_a_name_it_says_so(page: Page) -> None:
    sign_up(page)
    page.goto("/card")
    expect(page.get_by_text("Only your name is on it so far.")).to_be_visible()
    page.get_by_role("link", name="Change what is on it").click()
    expect(page.get_by_role("heading", name="Under your letters", level=1)).to_be_visible()


def test_a_change_is_on_it_and_signing_out_takes_it_away(page: Page, watch: Watch) -> None:
    watch.allow("401")
    sign_up(page)
    page.goto("/card")
    code = page.get_by_role("img", name=CODE)
    expect(code).to_be_visible()
    before = code.get_attribute("src")
    call(page, "PATCH", "me", {"website": "https://ana.example"})
    page.goto("/card")
    expect(page.get_by_role("main")).to_contain_text("https://ana.example")
    expect(code).not_to_have_attribute("src", before or "")
    page.goto("/settings")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in").last).to_be_visible()
    assert "card" not in str(stored(page)["kv"])
