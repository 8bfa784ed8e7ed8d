"""The playbook: switched on the phone, after a look at what it would give."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.fair import SAME_ORIGIN
from tests.e2e.screens import open_settings, sign_up
from tests.support.browser import Watch

NO_SIGNAL = "ERR_INTERNET_DISCONNECTED"


def switch(page: Page, kind: str, name: str) -> Locator:
    return page.get_by_role("group", name=kind).get_by_role("switch", name=name)


def would_give(page: Page) -> Locator:
    return page.get_by_role("region", name="Tonight this would give you").get_by_role("listitem")


def test_rules_are_switched_after_a_look_at_what_they_would_give(page: Page, watch: Watch) -> None:
    watch.allow("412", "422")
    sign_up(page)
    open_settings(page, "After a meeting")
    by_hand = switch(page, "After a mixer", "Note by hand")
    connect = switch(page, "After a mixer", "Ask to connect on LinkedIn")
    expect(by_hand).to_be_checked()
    expect(by_hand).to_have_accessible_description(re.compile("in the mail by sundown the next day"))
    expect(would_give(page)).to_have_text([re.compile("Mail a handwritten note"), re.compile("Ask to connect")])
    connect.uncheck()
    expect(would_give(page)).to_have_text([re.compile("Mail a handwritten note")])
    page.get_by_role("switch", name="Write by e-mail").check()
    expect(would_give(page)).to_have_text([re.compile("e-mail")])
    page.get_by_role("radiogroup", name="After").get_by_role("radio", name="Interview").check()
    expect(would_give(page)).to_have_count(1)
    expect(connect).to_be_hidden()
    expect(switch(page, "After an interview", "Note by hand, first interview")).to_be_checked()
    page.get_by_role("radio", name="Mixer").check()
    rules = page.context.request.get("/api/v1/playbook").json()
    assert rules["version"] == "built-in-1", "nothing is kept before Save"

    elsewhere = [rule | {"on": rule["on"] and rule["id"] != "R10"} for rule in rules["rules"]]
    page.context.request.put("/api/v1/playbook", data={"rules": elsewhere}, headers=SAME_ORIGIN)
    page.get_by_role("button", name="Save rules").click()
    expect(page.get_by_text("The rules were changed elsewhere meanwhile.")).to_be_visible()
    expect(connect).not_to_be_checked()
    page.get_by_role("button", name="Save rules").click()
    expect(page.get_by_text("Rules kept")).to_be_visible()
    kept = page.context.request.get("/api/v1/playbook").json()
    off = {rule["id"] for rule in kept["rules"] if not rule["on"]}
    assert (off, kept["write_by_email"]) == ({"R5.again", "R13.interviewer", "R13", "R10"}, True)

    by_hand.uncheck()
    expect(page.get_by_text("Nobody you meet there is followed up.")).to_be_visible()
    page.get_by_role("button", name="Save rules").click()
    expect(page.get_by_text("After a mixer nobody gets a task.")).to_be_visible()


def test_rules_that_give_nobody_a_task_are_refused_before_and_after_save(page: Page, watch: Watch) -> None:
    watch.allow("422")
    sign_up(page)
    open_settings(page, "After a meeting")
    expect(would_give(page)).to_have_count(2)
    page.get_by_text("Whatever kind it was").first.click()
    for kind in ("Mixer", "Social", "Interview", "Other"):
        page.get_by_role("radio", name=kind).check()
        for each in page.get_by_role("switch").all():
            each.set_checked(False)
    nobody = page.get_by_text("With these rules nobody would get a task.")
    expect(nobody).to_be_visible()
    page.get_by_role("button", name="Save rules").click()
    expect(nobody).to_have_count(2)


def test_rules_say_that_they_need_a_signal_to_be_saved(page: Page, watch: Watch) -> None:
    watch.allow(NO_SIGNAL)
    sign_up(page)
    open_settings(page, "After a meeting")
    expect(would_give(page)).to_have_count(2)
    page.context.set_offline(True)
    switch(page, "After a mixer", "Note by hand").uncheck()
    expect(page.get_by_text("What this gives shows up here when there is signal.")).to_be_visible()
    page.get_by_role("button", name="Save rules").click()
    expect(page.get_by_text("Nothing was changed; try again when there is signal.")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Save rules").click()
    expect(page.get_by_text("Rules kept")).to_be_visible()
