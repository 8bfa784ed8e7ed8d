"""The page in WebKit: an evening from the first visit to the first thing done, with the signal gone in between."""

from collections.abc import Callable
from typing import Any

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import WebKitGTK
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tests.e2e.screens import DANA, PASSWORD
from tests.support.server import Server

pytestmark = pytest.mark.database("sqlite")
PATIENCE = 20
SHELL_KEPT = """const done = arguments[0];
navigator.serviceWorker.ready.then(() => {
  if (navigator.serviceWorker.controller) return done(true);
  navigator.serviceWorker.addEventListener('controllerchange', () => done(true));
});"""


class Reader:
    """Finds things by what they are called, and waits for them."""

    def __init__(self, driver: WebKitGTK) -> None:
        self.driver = driver

    def until(self, found: Callable[[WebKitGTK], Any]) -> Any:
        drawn_anew = (StaleElementReferenceException,)
        return WebDriverWait(self.driver, PATIENCE, ignored_exceptions=drawn_anew).until(found)

    def see(self, text: str) -> None:
        self.until(lambda driver: text in driver.execute_script("return document.body.innerText"))

    def named(self, tag: str, name: str) -> WebElement:
        def shown(driver: WebKitGTK) -> WebElement | None:
            each = driver.find_elements(By.TAG_NAME, tag)
            return next((one for one in each if self._shown(one) and one.accessible_name == name), None)

        return self.until(shown)

    def _shown(self, element: WebElement) -> bool:
        """The driver's own answer takes what scrolls inside the page for hidden."""
        return self.driver.execute_script("return arguments[0].checkVisibility()", element)

    def fill(self, tag: str, name: str, text: str) -> None:
        self.named(tag, name).send_keys(text)

    def press(self, name: str, tag: str = "button") -> None:
        def pressed(_driver: WebKitGTK) -> bool:
            self.named(tag, name).click()
            return True

        self.until(pressed)


def test_an_evening(webkit: WebKitGTK, server: Server) -> None:
    webkit.set_script_timeout(PATIENCE)
    reader = Reader(webkit)
    webkit.get(server.url)
    reader.press("Create account", "a")
    reader.fill("input", "Your name", "Ana Sousa")
    reader.fill("input", "E-mail", "ana@mail.example")
    reader.fill("input", "Password", PASSWORD)
    reader.press("Create account")
    reader.see("Nothing due")
    webkit.execute_async_script(SHELL_KEPT)

    server.kill()
    webkit.get(f"{server.url}/log")
    reader.fill("textarea", "Card note", DANA)
    reader.press("Save note")
    reader.see("Saved on this phone")
    webkit.get(server.url)
    reader.see("Dana Reyes")

    server.start()
    webkit.refresh()
    reader.see("Mail a handwritten note")
    reader.press("Done")
    reader.see("Undo")
