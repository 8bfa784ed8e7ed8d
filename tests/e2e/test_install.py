"""Onto the home screen: offered once, after the first note; and what a page without https says of itself."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.screens import axe_findings, leave_composer, open_settings, sideways, sign_up, synced, write
from tests.support.browser import FLAGS, Watch
from tests.support.phone import phone
from tests.support.server import Server
from tests.support.system import find_chromium

# As Chromium asks, which it does of itself only where somebody could say yes.
ASK = """() => {
  const event = new Event('beforeinstallprompt', { cancelable: true });
  event.prompt = () => { window.prompted = true; return Promise.resolve(); };
  dispatchEvent(event);
  return event.defaultPrevented;
}"""
# What moved above the composer without a finger; a test's own focus is none, and moves the composer.
MOVED = """() => new Promise((resolve) => {
  const above = ({ node }) => (node?.closest ? node : node?.parentElement)?.closest('.scroll');
  new PerformanceObserver((list) => resolve(list.getEntries().filter((each) => !each.hadRecentInput)
    .flatMap((each) => each.sources.filter(above).map(({ node }) => node.outerHTML ?? node.data))))
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(resolve, 500, []);
})"""
SAFARI = "Object.defineProperty(Navigator.prototype, 'standalone', { get: () => false })"
# What a browser without a window cannot be: opened from the home screen, as Safari and as Chromium tell it.
CHROMIUM_THERE = """const real = window.matchMedia;
  window.matchMedia = (query) => (query.includes('standalone') ? { matches: true } : real.call(window, query));"""
OPENED_FROM_THERE = (SAFARI.replace("false", "true"), CHROMIUM_THERE)
OFFER = "Put Sundown on your home screen: it opens without a signal."


def test_the_home_screen_is_offered_once_and_after_the_first_note(page: Page) -> None:
    sign_up(page)
    assert page.evaluate(ASK) is True, "the browser does not ask by itself"
    offer = page.get_by_text(OFFER)
    page.get_by_role("textbox", name="Card note").focus()
    leave_composer(page)
    expect(offer).to_have_count(0)
    write(page)
    synced(page)
    leave_composer(page)
    expect(offer).to_be_visible()
    assert axe_findings(page) == []
    assert page.evaluate(MOVED) == []
    page.get_by_role("button", name="Put it there").click()
    assert page.evaluate("() => window.prompted") is True
    expect(offer).to_have_count(0)
    page.reload()
    page.evaluate(ASK)
    write(page, "Tom Okafor runs hiring at Lumen, likes maps")
    synced(page)
    leave_composer(page)
    expect(offer).to_have_count(0)


def test_chromium_finds_nothing_that_keeps_the_page_off_the_home_screen(page: Page) -> None:
    page.goto("/")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    devtools = page.context.new_cdp_session(page)
    found = {each["errorId"] for each in devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert found <= {"in-incognito"}, "each test browses privately"
    manifest = devtools.send("Page.getAppManifest")
    assert [each for each in manifest["errors"] if each["critical"]] == []
    assert manifest["manifest"]["id"].endswith("/")


def test_the_settings_offer_it_too(page: Page) -> None:
    sign_up(page)
    page.evaluate(ASK)
    open_settings(page, "This phone")
    page.get_by_role("button", name="Put it on the home screen").click()
    assert page.evaluate("() => window.prompted") is True
    expect(page.get_by_text("Your browser’s menu has “Install”")).to_be_visible()


def test_safari_is_told_how_and_no_more_once_that_is_put_away(page: Page) -> None:
    page.add_init_script(SAFARI)
    page.goto("/")
    write(page)
    leave_composer(page)
    offer = page.get_by_text("Tap Share, then Add to Home Screen.")
    expect(offer).to_be_visible()
    assert page.evaluate(MOVED) == []
    page.reload()
    expect(offer).to_be_visible()
    assert page.evaluate(MOVED) == []
    page.get_by_role("button", name="Not now").click()
    expect(offer).to_have_count(0)
    page.reload()
    expect(page.get_by_role("link", name="Create account")).to_be_visible()
    expect(offer).to_have_count(0)


@pytest.mark.parametrize("opened", OPENED_FROM_THERE, ids=["Safari", "Chromium"])
def test_on_the_home_screen_nothing_is_offered(page: Page, opened: str) -> None:
    page.add_init_script(opened)
    sign_up(page)
    page.evaluate(ASK)
    write(page)
    synced(page)
    leave_composer(page)
    expect(page.get_by_text("on your home screen")).to_have_count(0)
    open_settings(page, "This phone")
    expect(page.get_by_text("Sundown is on your home screen.")).to_be_visible()


class TestPlainHttp:
    """An address of the home network: neither https nor this machine."""

    @pytest.fixture
    def context(self, browser: Browser, server: Server) -> Iterator[BrowserContext]:
        rules = "--host-resolver-rules=MAP sundown.example 127.0.0.1"
        there = browser.browser_type.launch(executable_path=find_chromium(), args=[*FLAGS, rules])
        yield there.new_context(base_url=f"http://sundown.example:{server.port}", **phone())
        there.close()

    @pytest.fixture
    def watch(self, context: BrowserContext, server: Server) -> Iterator[Watch]:
        watching = Watch(context, f"http://sundown.example:{server.port}")
        yield watching
        context.cookies()
        assert watching.unexpected() == []

    def test_it_works_and_says_what_is_missing(self, page: Page, watch: Watch) -> None:
        watch.allow("Cross-Origin-Opener-Policy header has been ignored")
        page.goto("/")
        missing = page.get_by_text("This page is not on https.")
        expect(missing).to_be_visible()
        assert page.evaluate(MOVED) == []
        assert sideways(page) == 0
        page.get_by_role("button", name="I see").click()
        expect(missing).to_have_count(0)
        sign_up(page)
        write(page)
        synced(page)
        page.reload()
        expect(page.get_by_role("link", name="Dana Reyes").first).to_be_visible()
        expect(missing).to_have_count(0)
        open_settings(page, "This phone")
        expect(missing).to_be_visible()
        page.goto("/settings/programs")
        page.get_by_role("textbox", name="What it is for").fill("Shortcut")
        page.get_by_role("button", name="Create token").click()
        page.get_by_role("button", name="Copy").click()
        expect(page.get_by_text("It is marked. Copy it by hand.")).to_be_visible()
        assert page.evaluate("() => getSelection().toString()").startswith("sundown_")
