"""A card's code before the camera, or in a picture, becomes the person; what stood in the composer stays."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import segno
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.screens import card, ready, sign_up, synced
from tests.support.browser import FLAGS, Watch
from tests.support.phone import phone
from tests.support.server import Server
from tests.support.system import find_chromium

DANA = "\r\n".join(
    (
        *("BEGIN:VCARD", "VERSION:3.0", "N:Reyes;Dana;;;", "FN:Dana Reyes", "ORG:Northwind", "TITLE:VP Engineering"),
        *("TEL;TYPE=CELL:+1 555 010 0142", "EMAIL:dana@northwind.example", "END:VCARD", ""),
    )
)
MANY = "\r\n".join(
    ("BEGIN:VCARD", "VERSION:3.0", "FN:Bo", *(f"TEL:+1555010{number:02}" for number in range(22)), "END:VCARD", "")
)


def code(text: str) -> Image.Image:
    """A code on a grey table, as a camera sees it."""
    out = BytesIO()
    segno.make_qr(text).save(out, kind="png", scale=4, border=4)
    seen = Image.new("RGB", (640, 480), "#8a8580")
    drawn = Image.open(out).convert("RGB").resize((400, 400))
    seen.paste(drawn, (120, 40))
    return seen


def jpeg(text: str) -> bytes:
    out = BytesIO()
    code(text).save(out, "JPEG", quality=92)
    return out.getvalue()


def choose(page: Page, raw: bytes) -> None:
    page.get_by_role("button", name="Scan a code").click()
    file: Any = {"name": "code.jpg", "mimeType": "image/jpeg", "buffer": raw}
    page.get_by_role("dialog", name="Scan a code").get_by_label("From a picture").set_input_files(file)


def people(page: Page) -> list[dict[str, Any]]:
    return page.context.request.get("/api/v1/contacts").json()["items"]


class TestWithACamera:
    """That looks at Dana's code for as long as it is on."""

    @pytest.fixture
    def context(self, browser: Browser, server: Server, tmp_path: Path) -> Iterator[BrowserContext]:
        film = tmp_path / "code.mjpeg"
        film.write_bytes(jpeg(DANA) * 3)
        flags = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
        own = browser.browser_type.launch(executable_path=find_chromium(), args=[*FLAGS, *flags])
        context = own.new_context(base_url=server.url, **phone(permissions=["camera"]))
        yield context
        own.close()

    def test_a_code_becomes_the_person(self, page: Page) -> None:
        sign_up(page)
        ready(page)
        card(page).fill("red scarf, knows Ana")
        page.get_by_role("button", name="Scan a code").click()
        expect(card(page)).to_have_value("Dana Reyes, VP Engineering, Northwind\nred scarf, knows Ana", timeout=15_000)
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.get_by_role("button", name="Save note").click()
        synced(page)
        (dana,) = people(page)
        told = {name: dana[name] for name in ("name", "company", "title", "emails", "phones")}
        assert told == {
            "name": "Dana Reyes",
            "company": "Northwind",
            "title": "VP Engineering",
            "emails": ["dana@northwind.example"],
            "phones": ["+1 555 010 0142"],
        }


def test_without_a_camera_it_says_so_and_takes_a_picture(page: Page, watch: Watch) -> None:
    sign_up(page)
    card(page).focus()
    page.get_by_role("button", name="Scan a code").click()
    sheet = page.get_by_role("dialog", name="Scan a code")
    expect(sheet.get_by_text("There is no camera for this here")).to_be_visible()
    sheet.get_by_role("button", name="Close").click()
    expect(card(page)).to_be_focused()
    choose(page, jpeg("https://www.linkedin.com/in/dana-reyes"))
    expect(card(page)).to_have_value("https://www.linkedin.com/in/dana-reyes")
    page.get_by_role("button", name="Save note").click()
    synced(page)
    assert people(page)[0]["linkedin_url"] == "https://www.linkedin.com/in/dana-reyes"


def test_a_picture_without_a_code_is_said(page: Page) -> None:
    sign_up(page)
    card(page).fill("red scarf")
    blank = BytesIO()
    Image.new("RGB", (300, 300), "white").save(blank, "JPEG")
    choose(page, blank.getvalue())
    expect(page.get_by_text("No code was found in this picture.")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(card(page)).to_have_value("red scarf")


def test_of_twenty_two_numbers_two_stand_in_the_text(page: Page) -> None:
    sign_up(page)
    card(page).focus()
    choose(page, jpeg(MANY))
    expect(page.get_by_text("What has no place on a card is in the text.")).to_be_visible()
    expect(card(page)).to_have_value("Bo\n+155501020\n+155501021")
    page.get_by_role("button", name="Save note").click()
    synced(page)
    assert len(people(page)[0]["phones"]) == 20


def test_what_was_scanned_outlives_a_reload_and_can_be_taken_off(page: Page) -> None:
    sign_up(page)
    card(page).focus()
    choose(page, jpeg(DANA))
    chip = page.get_by_role("button", name="Card of Dana Reyes")
    expect(chip).to_be_visible()
    page.reload()
    card(page).focus()
    chip.click()
    expect(chip).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(chip).to_be_visible()
    chip.click()
    page.get_by_role("button", name="Save note").click()
    synced(page)
    assert [(each["name"], each["emails"]) for each in people(page)] == [(None, [])]


def test_undo_gives_the_scanned_card_back(page: Page) -> None:
    sign_up(page)
    card(page).focus()
    choose(page, jpeg(DANA))
    expect(page.get_by_role("button", name="Card of Dana Reyes")).to_be_visible()
    page.get_by_role("button", name="Save note").click()
    synced(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Card of Dana Reyes")).to_be_visible()
    expect(card(page)).to_have_value("Dana Reyes, VP Engineering, Northwind")
