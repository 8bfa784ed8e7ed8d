"""Shared from another app: a link, a contact, a picture."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.screens import card, keep_shell, kept, ready, sign_up, synced
from tests.support import pictures
from tests.support.phone import phone
from tests.support.server import Server

CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Dana Reyes\r\nEMAIL:dana@northwind.example\r\nEND:VCARD\r\n"
SHARE = """({ action, texts, files }) => {
  const form = document.createElement('form');
  Object.assign(form, { method: 'POST', enctype: 'multipart/form-data', action });
  for (const [name, value] of Object.entries(texts)) {
    form.append(Object.assign(document.createElement('input'), { name, value }));
  }
  const given = new DataTransfer();
  for (const [name, type, bytes] of files) {
    given.items.add(new File([Uint8Array.from(atob(bytes), (each) => each.charCodeAt(0))], name, { type }));
  }
  const input = Object.assign(document.createElement('input'), { type: 'file', name: 'files', multiple: true });
  input.files = given.files;
  form.append(input);
  document.body.append(form);
  form.submit();
}"""


def share(page: Page, *files: tuple[str, str, bytes], **texts: str) -> None:
    """As the phone does, with what the manifest says."""
    target = page.context.request.get("/manifest.webmanifest").json()["share_target"]
    assert (target["method"], target["enctype"]) == ("POST", "multipart/form-data")
    given = [(name, kind, base64.b64encode(raw).decode()) for name, kind, raw in files]
    names = {target["params"][name]: value for name, value in texts.items()}
    with page.expect_navigation(url="**/log"):
        page.evaluate(SHARE, {"action": target["action"], "texts": names, "files": given})
    ready(page)


def people(page: Page) -> list[dict[str, Any]]:
    return page.context.request.get("/api/v1/contacts").json()["items"]


def test_a_link_stands_before_what_was_being_written(page: Page) -> None:
    sign_up(page)
    keep_shell(page)
    card(page).fill("Dana sent me this")
    kept(page)
    share(page, title="Trunk-based", text="https://articles.example/trunk", url="https://articles.example/trunk")
    expect(card(page)).to_have_value("Trunk-based\nhttps://articles.example/trunk\nDana sent me this")
    kept(page)
    page.reload()
    ready(page)
    expect(card(page)).to_have_value("Trunk-based\nhttps://articles.example/trunk\nDana sent me this")


def test_a_contact_becomes_the_person(page: Page) -> None:
    sign_up(page)
    keep_shell(page)
    share(page, ("dana.vcf", "text/x-vcard", CARD.encode()))
    expect(card(page)).to_have_value("Dana Reyes")
    page.get_by_role("button", name="Save note").click()
    synced(page)
    assert [(each["name"], each["emails"]) for each in people(page)] == [("Dana Reyes", ["dana@northwind.example"])]


def test_a_picture_comes_with_the_note_before_there_is_an_account(page: Page) -> None:
    page.goto("/")
    keep_shell(page)
    share(page, ("card.png", "image/png", pictures.card(900, 600, kind="PNG")), text="Dana Reyes of Northwind")
    expect(page.get_by_role("button", name="Remove picture 1")).to_be_visible()
    expect(card(page)).to_have_value("Dana Reyes of Northwind")
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_text("Saved on this phone", exact=True)).to_be_visible()
    sign_up(page)
    synced(page)
    (met,) = page.context.request.get("/api/v1/encounters").json()["items"]
    assert [(each["width"], each["height"]) for each in met["pictures"]] == [(900, 600)]


class TestWithoutAWorker:
    @pytest.fixture
    def context(self, browser: Browser, server: Server) -> Iterator[BrowserContext]:
        context = browser.new_context(base_url=server.url, service_workers="block", **phone())
        yield context
        context.close()

    def test_it_says_so(self, page: Page) -> None:
        page.goto("/")
        ready(page)
        picture = ("card.jpg", "image/jpeg", "AAAA" * 1_500_000)
        page.evaluate(SHARE, {"action": "/log", "texts": {"text": "Dana"}, "files": [picture]})
        page.wait_for_url("**/log")
        expect(page.get_by_text("What was shared did not arrive.")).to_be_visible()
        expect(card(page)).to_have_value("")
