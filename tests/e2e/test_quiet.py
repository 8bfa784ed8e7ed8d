"""Under the table, in one hand, in the dark: nothing glows, moves, shifts or ticks."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.screens import card, leave_composer, ready, row, settle, sign_up, synced, write
from tests.support.browser import NO_SERVER, Watch, new_phone
from tests.support.server import Server

LUMINANCE = """async (picture) => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
  canvas.drawImage(image, 0, 0);
  const { data } = canvas.getImageData(0, 0, image.width, image.height);
  const linear = (value) => (value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) {
    sum += 0.2126 * linear(data[at]) + 0.7152 * linear(data[at + 1]) + 0.0722 * linear(data[at + 2]);
  }
  return sum / (data.length / 4);
}"""
CONTRASTS = """() => {
  const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  const parse = (colour) => colour.match(/[\\d.]+/g).map((each) => Number(each) / 255);
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = parse(getComputedStyle(each).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
  };
  return ['#note', '#save', '#leave', '#event-button', '.kind span', '#said', '#scan'].map((name) => {
    const element = document.querySelector(name);
    const [one, other] = [parse(getComputedStyle(element).color), ground(element)].map(luminance);
    return [name, (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)];
  });
}"""
SHIFTS = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries().filter((each) => !each.hadRecentInput)
    .map((each) => [each.value, each.sources.map(({ node }) => node?.className)])))
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(resolve, 500, []);
})"""
CENTRES = """() => [...document.querySelectorAll('#composer :is(button, textarea, [type="text"], .kind, .tool)')]
  .filter((each) => each.checkVisibility())
  .map((each) => {
    const { top, bottom } = each.getBoundingClientRect();
    return [each.id || each.textContent, (top + bottom) / 2 / innerHeight];
  })"""
COUNT_TIMERS = """() => {
  const { setTimeout, setInterval, clearTimeout, clearInterval } = window;
  window.started = [];
  window.running = new Map();
  const note = (id, after) => {
    window.started.push(after);
    window.running.set(id, after);
    return id;
  };
  window.setTimeout = (act, after, ...more) => {
    const id = setTimeout(() => { window.running.delete(id); act(...more); }, after);
    return note(id, after);
  };
  window.setInterval = (act, after, ...more) => note(setInterval(act, after, ...more), after);
  window.clearTimeout = (id) => { window.running.delete(id); clearTimeout(id); };
  window.clearInterval = (id) => { window.running.delete(id); clearInterval(id); };
}"""
RUNNING = "() => [...window.running.values()]"
LOOK = """(state) => {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  document.dispatchEvent(new Event('visibilitychange'));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dim_mode_does_not_glow_and_can_be_read(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    sign_up(page)
    write(page)
    synced(page)
    card(page).fill("Tom Okafor, red scarf, fintech, knows Ana\nsends the deck on Monday")
    settle(page)
    picture = base64.b64encode(page.screenshot()).decode()
    assert page.evaluate(LUMINANCE, picture) <= 0.02
    weak = {name: ratio for name, ratio in page.evaluate(CONTRASTS) if ratio < 7}
    assert weak == {}
    leave_composer(page)
    settle(page)
    picture = base64.b64encode(page.screenshot()).decode()
    assert page.evaluate(LUMINANCE, picture) > 0.02 or scheme == "dark"


def test_log_is_dark_before_any_module_runs(page: Page, watch: Watch) -> None:
    watch.allow("ERR_FAILED")
    page.route("**/js/main.js", lambda route: route.abort())
    dark = "() => 'dim' in document.documentElement.dataset"
    page.goto("/log")
    assert page.evaluate(dark) is True
    page.goto("/")
    assert page.evaluate(dark) is False


def test_every_control_of_a_capture_is_under_the_thumb(page: Page) -> None:
    page.goto("/log")
    ready(page)
    page.set_viewport_size({"width": 412, "height": 852})
    centres = dict(page.evaluate(CENTRES))
    assert {"note", "Photograph the card", "scan", "event-button", "leave", "save"} < set(centres)
    page.get_by_role("button", name="Event").click()
    page.get_by_role("radio", name="Interview").check()
    further = dict(page.evaluate(CENTRES))
    assert further.keys() - centres.keys() == {"event", "tonight", "more-about"}
    assert {name: where for name, where in (centres | further).items() if where < 0.55} == {}


@pytest.mark.parametrize("event", [False, True])
def test_text_and_save_stay_above_the_keyboard(page: Page, event: bool) -> None:
    page.goto("/log")
    ready(page)
    if event:
        page.get_by_role("button", name="Event").click()
    page.set_viewport_size({"width": 412, "height": 440})
    card(page).fill("Dana Reyes, VP Eng at Northwind\nred scarf\nknows Ana\nsends the deck\non Monday")
    for control in (card(page), page.get_by_role("button", name="Save note")):
        box = control.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 440


def test_nothing_shifts_while_the_page_fills(page: Page) -> None:
    page.goto("/")
    ready(page)
    expect(page.get_by_role("link", name="Create account")).to_be_visible()
    assert page.evaluate(SHIFTS) == []
    for path in ("/sign-in", "/join"):
        page.goto(path)
        expect(page.get_by_role("textbox", name="Password")).to_be_visible()
        assert page.evaluate(SHIFTS) == []
    sign_up(page)
    for number in range(6):
        write(page, f"Person {number} from Northwind, boats and rents", "Interview" if number % 2 else "Mixer")
    synced(page)
    page.goto("/")
    expect(row(page, "Person 5").first).to_be_visible()
    assert page.evaluate(SHIFTS) == []


def test_one_timer_a_minute_while_seen(page: Page) -> None:
    page.add_init_script(f"({COUNT_TIMERS})()")
    sign_up(page)
    write(page)
    synced(page)
    page.goto("/")
    expect(row(page, "Dana Reyes").first).to_be_visible()
    assert [after for after in page.evaluate("() => window.started") if after] == [60000]


def test_no_timer_while_nobody_looks(page: Page, server: Server, watch: Watch) -> None:
    watch.allow(*NO_SERVER)
    page.add_init_script(f"({COUNT_TIMERS})()")
    sign_up(page)
    write(page)
    synced(page)
    page.evaluate(LOOK, "hidden")
    assert page.evaluate(RUNNING) == []
    before = len(page.evaluate("() => window.started"))
    server.kill()
    page.evaluate("() => dispatchEvent(new Event('online'))")
    card(page).fill("Tom Okafor, fintech")
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_text("One note is waiting for signal")).to_be_visible()
    assert [after for after in page.evaluate("() => window.started")[before:] if after] == []
    server.start()
    page.evaluate(LOOK, "visible")
    synced(page)
    assert 60000 in page.evaluate(RUNNING)


def test_the_title_names_nobody(page: Page) -> None:
    sign_up(page)
    write(page)
    synced(page)
    leave_composer(page)
    page.get_by_role("link", name="Dana Reyes").first.click()
    expect(page.get_by_role("heading", name="Dana Reyes")).to_be_visible()
    expect(page).to_have_title("Sundown")


class TestReducedMotion:
    @pytest.fixture
    def context(self, browser: Browser, server: Server) -> Iterator[BrowserContext]:
        context = new_phone(browser, server, reduced_motion="reduce")
        yield context
        context.close()

    def test_nothing_is_animated(self, page: Page) -> None:
        page.goto("/")
        ready(page)
        card(page).focus()
        running = "() => document.getAnimations().length"
        assert page.evaluate(running) == 0
        leave_composer(page)
        assert page.evaluate(running) == 0


def test_the_first_load_is_few_requests(page: Page) -> None:
    """What it takes until the first letter can be typed."""
    page.goto("/", wait_until="load")
    ready(page)
    before_ready = page.evaluate(
        """() => {
          const ready = performance.getEntriesByName('composer-ready')[0].startTime;
          return performance.getEntriesByType('resource').filter((each) => each.responseEnd <= ready).length + 1;
        }"""
    )
    assert before_ready <= 14


def test_a_second_visit_asks_the_network_for_nothing_of_the_page(page: Page) -> None:
    page.goto("/")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.reload()
    ready(page)
    fetched = """() => ['navigation', 'resource'].flatMap((type) => performance.getEntriesByType(type))
      .filter((each) => each.transferSize > 0 && !new URL(each.name).pathname.startsWith('/api'))
      .map((each) => each.name)"""
    assert page.evaluate(fetched) == []
