"""The page as a person uses it, by the names a screen reader hears."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PASSWORD = "lantern by the river"
DANA = "Dana Reyes, VP Eng at Northwind, promised her the trunk-based article"


def card(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Card note")


def group(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def rows(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("listitem")


def row(page: Page, *words: str) -> Locator:
    found = rows(page)
    for word in words:
        found = found.filter(has_text=word)
    return found


def fill_account(page: Page, email: str = "ana@mail.example", name: str = "Ana Sousa") -> None:
    page.get_by_role("textbox", name="Your name").fill(name)
    page.get_by_role("textbox", name="E-mail").fill(email)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").last.click()


def sign_up(page: Page, email: str = "ana@mail.example") -> None:
    """From the first screen to upcoming."""
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Create account").click()
    fill_account(page, email)
    see_upcoming(page)


def sign_in(page: Page, email: str = "ana@mail.example") -> None:
    address = page.get_by_role("textbox", name="E-mail")
    if address.input_value() != email:  # what is there already would be doubled in Firefox
        address.fill(email)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").last.click()


def see_upcoming(page: Page) -> None:
    expect(page.get_by_role("heading", name="Upcoming", level=1)).to_be_visible()


def ready(page: Page) -> None:
    """The composer takes text, keeps it and has put back what was there."""
    page.wait_for_function("() => performance.getEntriesByName('composer-ready').length > 0")


def write(page: Page, text: str = DANA, kind: str = "Mixer") -> None:
    """One note, until it can no longer be lost."""
    ready(page)
    page.get_by_role("radiogroup", name="Kind").get_by_role("radio", name=kind).check()
    card(page).fill(text)
    before = page.evaluate("performance.getEntriesByName('note-durable').length")
    page.get_by_role("button", name="Save note").click()
    durable = "(before) => performance.getEntriesByName('note-durable').length > before"
    page.wait_for_function(durable, arg=before, polling=20)  # a tab behind another paints once a second
    expect(card(page)).to_have_value("")


def kept(page: Page) -> None:
    """What is typed so far outlives the page."""
    expect(page.locator("#composer")).to_have_attribute("data-draft", "kept")


def edit(page: Page, fact: str, value: str, field: str = "") -> None:
    """A fact on somebody's card, whether it is there or still to be added."""
    page.get_by_role("button", name=re.compile(f"^(Add )?{fact}")).click()
    control = page.get_by_role("textbox", name=field or fact)
    control.fill(value)
    page.get_by_role("listitem").filter(has=control).get_by_role("button", name="Save", exact=True).click()


def leave_composer(page: Page) -> None:
    page.get_by_role("button", name="Close").click()


def synced(page: Page) -> None:
    expect(page.get_by_text("Synced", exact=True)).to_be_visible()


def zone(page: Page) -> str:
    return page.evaluate("() => Intl.DateTimeFormat().resolvedOptions().timeZone")


def city(page: Page) -> str:
    return zone(page).split("/")[-1].replace("_", " ")


def keep_shell(page: Page) -> None:
    """Wait until the page would open without a server."""
    page.evaluate("() => navigator.serviceWorker.ready")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


def server_captures(page: Page) -> list[str]:
    """The card notes the server has, oldest first, asked with the page's own session."""
    found: list[dict[str, Any]] = []
    after = ""
    while True:
        answer = page.context.request.get(f"/api/v1/encounters?limit=200{after}").json()
        found += answer["items"]
        if answer["next"] is None:
            return [item["card_note"] for item in sorted(found, key=lambda item: item["captured_at"])]
        after = f"&after={answer['next']}"


def tasks_of(page: Page, status: str) -> list[dict[str, Any]]:
    return page.context.request.get(f"/api/v1/tasks?limit=200&status={status}").json()["items"]


def settle(page: Page) -> None:
    """Nothing moves any more."""
    page.evaluate("() => Promise.all(document.getAnimations().map((each) => each.finished))")


def axe_findings(page: Page) -> list[str]:
    settle(page)
    page.evaluate(AXE.read_text())
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate("() => document.scrollingElement.scrollWidth - window.innerWidth")


def small_targets(page: Page, least: int = 48) -> list[str]:
    """What can be pressed in the composer and the rows, and is too small for a thumb."""
    return page.evaluate(
        """(least) => [...document.querySelectorAll(
          '.dock :is(button, textarea, [type="text"], .kind, .tool), .task :is(button, a),'
          + '.sheet :is(button, .pick-row, .choice),'
          + '.settings :is(a, button, select, summary, .field input, .option),'
          + ':is(.person, .meeting) :is(a, button, select, summary, .pick-row, .field :is(input, textarea))')]
        .filter((each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        .map((each) => [each.textContent.trim() || each.id, each.getBoundingClientRect()])
        .filter(([, box]) => box.width < least || box.height < least)
        .map(([name, box]) => `${name}: ${box.width} x ${box.height}`)""",
        least,
    )


Screen = Callable[[Page], None]


def open_settings(page: Page, part: str = "") -> None:
    """The list, or by it a part."""
    page.get_by_role("link", name="Settings", exact=True).first.click()
    expect(page.get_by_role("heading", name="Settings", level=1)).to_be_visible()
    if part:
        page.get_by_role("link", name=part).click()
        expect(page.get_by_role("heading", name=part, level=1)).to_be_visible()


def _settings(page: Page) -> None:
    page.goto("/")
    open_settings(page)


def _page(address: str, title: str) -> Screen:
    def show(page: Page) -> None:
        page.goto(f"/{address}")
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()

    return show


def _playbook(page: Page) -> None:
    page.goto("/settings/playbook")
    expect(page.get_by_role("region", name="Tonight this would give you").get_by_role("listitem")).to_have_count(2)
    page.get_by_text("Whatever kind it was").first.click()


def _snooze(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Snooze").first.click()
    expect(page.get_by_role("button", name=re.compile("^Next sundown"))).to_be_visible()


def _finish(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name=re.compile("^Go through|^Finish it")).click()
    expect(page.get_by_role("dialog", name="Finish these cards")).to_be_visible()


def _upcoming(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Why").first.click()


def _log(page: Page) -> None:
    page.goto("/log")
    ready(page)
    expect(card(page)).to_be_focused()


def _welcome(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("link", name="Create account")).to_be_visible()


def _join(page: Page) -> None:
    page.goto("/join")
    expect(page.get_by_role("textbox", name="Your name")).to_be_visible()


def _sign_in(page: Page) -> None:
    page.goto("/sign-in")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


STRANGERS: dict[str, Screen] = {"welcome": _welcome, "join": _join, "sign-in": _sign_in, "log": _log}
OWNERS: dict[str, Screen] = {
    "upcoming": _upcoming,
    "settings": _settings,
    "settings, day": _page("settings/day", "Your day"),
    "settings, letters": _page("settings/letters", "Under your letters"),
    "settings, playbook": _playbook,
    "settings, phone": _page("settings/phone", "This phone"),
    "settings, access": _page("settings/access", "Password and devices"),
    "settings, programs": _page("settings/programs", "Other programs"),
    "settings, data": _page("settings/data", "Your data"),
    "my card": _page("card", "My card"),
    "snooze": _snooze,
    "finish": _finish,
    "log": _log,
}


def stored(page: Page) -> dict[str, object]:
    return page.evaluate(
        """() => new Promise((resolve, reject) => {
          const opening = indexedDB.open('sundown');
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const tx = opening.result.transaction(['ops', 'kv']);
            const ops = tx.objectStore('ops').count();
            const kv = tx.objectStore('kv').getAllKeys();
            tx.oncomplete = () => {
              opening.result.close();
              resolve({ ops: ops.result, kv: kv.result });
            };
          };
        })"""
    )


def seen(page: Page) -> list[str]:
    """What the phone keeps of what it was shown."""
    return page.evaluate(
        """() => new Promise((resolve, reject) => {
          const opening = indexedDB.open('sundown');
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const keys = opening.result.transaction('seen').objectStore('seen').getAllKeys();
            keys.onsuccess = () => {
              opening.result.close();
              resolve(keys.result);
            };
          };
        })"""
    )
