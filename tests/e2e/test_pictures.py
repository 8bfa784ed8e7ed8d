"""Pictures of cards: taken beside a note, kept without signal, sent after the text."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.screens import DANA, card, leave_composer, ready, sign_up, synced, write
from tests.support import pictures
from tests.support.server import Server

LARGE = pictures.card(4032, 3024, exif=Image.Exif(), quality=95)


def choose(page: Page, raw: bytes = LARGE, name: str = "card.jpg", kind: str = "image/jpeg") -> None:
    ready(page)
    card(page).focus()
    file: FilePayload = {"name": name, "mimeType": kind, "buffer": raw}
    page.get_by_label("Photograph the card").set_input_files(file)


def thumbs(page: Page) -> Any:
    return page.get_by_role("list", name="With this note").get_by_role("button")


def on_the_server(page: Page) -> list[tuple[int, int]]:
    """The sides of every picture, decoded."""
    found = []
    for met in page.context.request.get("/api/v1/encounters").json()["items"]:
        for picture in met["pictures"]:
            answer = page.context.request.get(f"/api/v1/encounters/{met['id']}/pictures/{picture['id']}")
            found.append(Image.open(BytesIO(answer.body())).size)
    return found


def kept_here(page: Page) -> int:
    """How many pictures this phone holds."""
    return page.evaluate(
        """() => new Promise((resolve) => {
          const opening = indexedDB.open('sundown');
          opening.onsuccess = () => {
            const asked = opening.result.transaction('pictures').objectStore('pictures').count();
            asked.onsuccess = () => {
              opening.result.close();
              resolve(asked.result);
            };
          };
        })"""
    )


def nothing_kept_here(page: Page) -> None:
    """Soon: what is no longer spoken of goes when the page has nothing better to do."""
    for _ in range(50):
        if kept_here(page) == 0:
            return
        page.wait_for_timeout(100)
    pytest.fail("pictures stay on the phone")


def test_twelve_megapixels_travel_with_the_note(page: Page) -> None:
    sign_up(page)
    choose(page)
    expect(thumbs(page)).to_have_count(1)
    write(page)
    expect(thumbs(page)).to_have_count(0)
    synced(page)
    assert on_the_server(page) == [(1600, 1200)]
    page.reload()
    ready(page)
    nothing_kept_here(page)


def test_a_picture_alone_is_a_note(page: Page) -> None:
    sign_up(page)
    choose(page)
    expect(thumbs(page)).to_have_count(1)
    page.get_by_role("button", name="Save note").click()
    synced(page)
    assert on_the_server(page) == [(1600, 1200)]


def test_what_is_no_picture_is_said_and_the_text_stays(page: Page) -> None:
    sign_up(page)
    ready(page)
    card(page).fill(DANA)
    choose(page, b"Dear Dana,", "letter.jpg")
    expect(page.get_by_text("This is no picture that can be read here.")).to_be_visible()
    expect(card(page)).to_have_value(DANA)
    expect(thumbs(page)).to_have_count(0)
    write(page)
    synced(page)
    assert on_the_server(page) == []


def test_it_can_be_removed_and_put_back(page: Page) -> None:
    sign_up(page)
    choose(page, pictures.card(400, 300))
    choose(page, pictures.card(300, 400))
    expect(thumbs(page)).to_have_count(2)
    page.get_by_role("button", name="Remove picture 1").click()
    expect(thumbs(page)).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(thumbs(page)).to_have_count(2)
    page.get_by_role("button", name="Remove picture 2").click()
    expect(thumbs(page)).to_have_count(1)
    write(page)
    synced(page)
    assert on_the_server(page) == [(400, 300)]


def test_a_fifth_is_too_many(page: Page) -> None:
    sign_up(page)
    for number in range(4):
        choose(page, pictures.card(40, 40 + number))
        expect(thumbs(page)).to_have_count(number + 1)
    choose(page)
    expect(page.get_by_text("A note takes four pictures.")).to_be_visible()
    expect(thumbs(page)).to_have_count(4)


def test_it_outlives_a_reload_no_signal_and_a_lost_session(page: Page, server: Server, watch: Any) -> None:
    watch.allow("ERR_CONNECTION_REFUSED", "401")
    sign_up(page)
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    server.kill()
    choose(page)
    expect(thumbs(page)).to_have_count(1)
    page.reload()
    card(page).focus()
    expect(thumbs(page)).to_have_count(1)
    write(page)
    page.reload()
    ready(page)
    server.start()
    page.context.clear_cookies()
    page.reload()
    expect(page.get_by_text("Signed out.")).to_be_visible()
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("textbox", name="E-mail").fill("ana@mail.example")
    page.get_by_role("textbox", name="Password").fill("lantern by the river")
    page.get_by_role("button", name="Sign in").last.click()
    synced(page)
    assert on_the_server(page) == [(1600, 1200)]


def test_undo_gives_text_and_picture_back(page: Page) -> None:
    sign_up(page)
    choose(page)
    expect(thumbs(page)).to_have_count(1)
    write(page)
    synced(page)
    page.get_by_role("button", name="Undo").click()
    expect(card(page)).to_have_value(DANA)
    expect(thumbs(page)).to_have_count(1)
    synced(page)
    assert on_the_server(page) == []
    page.get_by_role("button", name="Save note").click()
    synced(page)
    page.wait_for_timeout(300)
    assert on_the_server(page) == [(1600, 1200)]


def test_signing_out_leaves_no_picture_behind(page: Page) -> None:
    sign_up(page)
    choose(page)
    expect(thumbs(page)).to_have_count(1)
    write(page)
    synced(page)
    page.goto("/settings")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in").last).to_be_visible()
    assert kept_here(page) == 0


def test_it_stands_with_the_meeting_and_can_be_removed_there(page: Page) -> None:
    sign_up(page)
    choose(page, pictures.card(400, 300))
    expect(thumbs(page)).to_have_count(1)
    write(page)
    synced(page)
    leave_composer(page)
    page.get_by_role("link", name="Dana Reyes").first.click()
    shown = page.get_by_role("button", name="Picture 1 of the card")
    shown.click()
    sheet = page.get_by_role("dialog", name="Picture 1 of the card")
    expect(sheet.get_by_role("img")).to_be_visible()
    assert sheet.get_by_role("img").evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 400
    sheet.get_by_role("button", name="Remove picture").click()
    expect(shown).to_be_hidden()
    synced(page)
    assert on_the_server(page) == []
    page.get_by_role("button", name="Undo").click()
    expect(shown).to_be_visible()
    synced(page)
    page.reload()
    expect(shown).to_be_visible()
    assert on_the_server(page) == [(400, 300)]
