"""A row under a thumb: across it for Done and Snooze, up and down for scrolling, and a letter to copy by hand."""

from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.e2e.screens import leave_composer, row, sign_up, synced, tasks_of, write

NOTE = "Mail a handwritten note"


def met(page: Page) -> Locator:
    sign_up(page)
    write(page)
    synced(page)
    leave_composer(page)
    return row(page, NOTE)


def drag(touched: Locator, across: int, down: int = 0) -> None:
    """One finger, from the middle of the row's recall line."""
    place = touched.locator(".task__recall").bounding_box()
    assert place is not None
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    fingers: CDPSession = touched.page.context.new_cdp_session(touched.page)
    fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 9):
        point = {"x": x + across * step / 8, "y": y + down * step / 8}
        fingers.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_to_the_right_is_done_and_can_be_undone(page: Page) -> None:
    note = met(page)
    drag(note, 140)
    expect(note).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(note).to_have_count(1)
    assert tasks_of(page, "done") == []


def test_to_the_left_asks_until_when(page: Page) -> None:
    drag(met(page), -140)
    expect(page.get_by_role("dialog", name="Snooze")).to_be_visible()


def test_a_short_way_or_up_and_down_is_no_swipe(page: Page) -> None:
    note = met(page)
    drag(note, 60)
    drag(note, 10, -160)
    expect(note).to_have_count(1)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert note.evaluate("(row) => row.style.translate") == ""


def test_a_letter_is_shown_large_to_be_copied_by_hand(page: Page) -> None:
    note = met(page)
    note.get_by_role("button", name="Write").click()
    sheet = page.get_by_role("dialog", name=NOTE)
    expect(sheet.get_by_text("VP Eng at Northwind")).to_be_visible()
    sheet.get_by_role("button", name="Written").click()
    page.get_by_role("dialog").get_by_role("button", name="All in the mail").click()
    expect(note).to_have_count(0)
