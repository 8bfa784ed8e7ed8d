"""What crosses the network before the first letter can be typed, and what does when the page has been here before."""

from playwright.sync_api import BrowserType, Page

from tests.e2e.screens import ready
from tests.support.browser import FLAGS
from tests.support.phone import phone
from tests.support.server import Server
from tests.support.system import find_chromium

UNTIL_TYPING = """() => {
  const ready = performance.getEntriesByName('composer-ready')[0].startTime;
  const entries = ['navigation', 'resource'].flatMap((type) => performance.getEntriesByType(type));
  return entries.filter((each) => each.responseStart <= ready)
    .map((each) => [each.transferSize, each.encodedBodySize]);
}"""


def until_typing(page: Page) -> list[tuple[int, int]]:
    """Of each answer that began before the composer took text: bytes on the wire (0 from the shelf), and its body."""
    ready(page)
    return page.evaluate(UNTIL_TYPING)


def first_load(chromium: BrowserType, server: Server) -> tuple[int, int]:
    """Requests, and bytes of their bodies as they were sent."""
    browser = chromium.launch(executable_path=find_chromium(), args=FLAGS)
    page = browser.new_context(base_url=server.url, **phone()).new_page()
    page.goto("/")
    sizes = until_typing(page)
    browser.close()
    return len(sizes), sum(body for _, body in sizes)


def repeat_load(chromium: BrowserType, server: Server) -> int:
    """Requests of a second visit that the service worker does not answer from its shelf."""
    browser = chromium.launch(executable_path=find_chromium(), args=FLAGS)
    page = browser.new_context(base_url=server.url, **phone()).new_page()
    page.goto("/")
    page.evaluate("() => navigator.serviceWorker.ready")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.reload()
    sizes = until_typing(page)
    browser.close()
    return sum(wire > 0 for wire, _ in sizes)
