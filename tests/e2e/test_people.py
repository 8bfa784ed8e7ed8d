"""Finding a person again, whatever is remembered, also when nothing is to be done for them any more."""

import re

from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.fair import call, met
from tests.e2e.screens import keep_shell, leave_composer, open_settings, row, seen, sign_up, synced, write
from tests.support.browser import NO_SERVER, Watch
from tests.support.server import Server


def test_people_are_found_by_what_was_talked_about(page: Page) -> None:
    sign_up(page)
    write(page)
    write(page, "Tom Okafor runs hiring at Lumen, likes maps")
    synced(page)
    leave_composer(page)
    page.get_by_role("link", name="People").click()
    expect(page.get_by_role("heading", name="People", level=1)).to_be_visible()
    found = page.get_by_role("main").get_by_role("listitem")
    expect(found).to_have_count(2)
    expect(row(page, "Dana Reyes")).to_contain_text(re.compile("Finish this card|Mail a handwritten note"))
    find = page.get_by_role("searchbox", name="Find")
    find.press_sequentially("trunk")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("trunk-based article")
    find.fill("nobody at all")
    expect(found).to_have_count(0)
    expect(page.get_by_text("Nobody by these words. Fewer of them find more.")).to_be_visible()
    find.fill("okafor")
    page.get_by_role("link", name=re.compile("^Tom Okafor")).click()
    expect(page.get_by_role("region", name="How you met")).to_contain_text("likes maps")
    page.go_back()
    expect(found).to_have_count(2)


def test_more_people_than_one_page_holds(page: Page) -> None:
    sign_up(page)
    expect(page.get_by_role("link", name="People")).to_be_visible()
    for number in range(52):
        call(page, "POST", "contacts", {"name": f"Person {number:02d}"})
    page.goto("/people")
    found = page.get_by_role("main").get_by_role("listitem")
    expect(found).to_have_count(50)
    page.get_by_role("button", name="Show more").click()
    expect(found).to_have_count(52)
    expect(page.get_by_role("button", name="Show more")).to_have_count(0)


def test_nobody_yet_and_nobody_signed_in(page: Page, watch: Watch) -> None:
    page.goto("/people")
    expect(page.get_by_role("main").get_by_role("link", name="Create account")).to_be_visible()
    expect(page.get_by_role("link", name="People")).to_have_count(0)
    sign_up(page)
    page.goto("/people")
    expect(page.get_by_text("Nobody yet. Note someone you met, and they are here.")).to_be_visible()


def test_a_persons_page_says_of_each_task_by_when(page: Page) -> None:
    """There is no heading there to say it."""
    sign_up(page)
    met(page, "Bo Chen")
    row(page, "Mail a handwritten note").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Bo Chen", level=1)).to_be_visible()
    expect(row(page, "Mail a handwritten note")).to_contain_text(re.compile(r"by sundown, \d"))


def found(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("listitem")


def test_people_are_found_without_signal(page: Page, server: Server, watch: Watch) -> None:
    watch.allow(*NO_SERVER)
    sign_up(page)
    met(page, "José Prata", "Tom Okafor")
    call(page, "POST", "contacts", {"name": "Ada Lund", "company": "Lumen", "how_met": "On the night ferry"})
    keep_shell(page)
    page.get_by_role("link", name="People").click()
    expect(found(page)).to_have_count(3)
    server.kill()
    page.goto("/people")
    expect(found(page)).to_have_count(3)
    expect(page.get_by_text("No signal. These are the people this phone knows.")).to_be_visible()
    expect(row(page, "Tom Okafor")).to_contain_text(re.compile("Finish this card|Mail a handwritten note"))
    find = page.get_by_role("searchbox", name="Find")
    for typed, name in (("jose pra", "José Prata"), ("night", "Ada Lund"), ("LUMEN ada", "Ada Lund")):
        find.fill(typed)
        expect(found(page)).to_have_count(1)
        expect(found(page)).to_contain_text(name)
    find.fill("tides")
    expect(page.get_by_text("No signal, and nobody this phone knows by these words.")).to_be_visible()
    server.start()
    find.fill("tides ")
    expect(found(page)).to_have_count(2)
    expect(page.get_by_text("No signal")).to_have_count(0)


def test_the_answer_comes_at_once_and_the_complete_one_moves_nothing(page: Page) -> None:
    sign_up(page)
    for name in ("Dana Reyes", "Dan Okafor"):
        call(page, "POST", "contacts", {"name": name})
    call(page, "POST", "contacts", {"name": "Bo Chen", "notes": "Worked with Danica"})
    page.get_by_role("link", name="People").click()
    expect(found(page)).to_have_count(3)
    find = page.get_by_role("searchbox", name="Find")
    answering: list[Route] = []

    def hold(route: Route) -> None:
        answering.append(route)

    page.route(re.compile(r"/contacts\?q="), hold)
    find.fill("dan")
    expect(found(page)).to_have_text([re.compile("^Dan Okafor"), re.compile("^Dana Reyes")])
    page.evaluate("() => { document.querySelector('.people').firstElementChild.dataset.same = 'yes' }")
    page.wait_for_timeout(200)
    answering[0].continue_()
    expect(found(page)).to_have_count(3)
    expect(found(page).last).to_contain_text("Worked with Danica")
    expect(found(page).first).to_have_attribute("data-same", "yes")


def test_what_a_phone_knows_of_people_goes_with_whoever_signs_out(page: Page) -> None:
    sign_up(page)
    call(page, "POST", "contacts", {"name": "Ada Lund"})
    page.get_by_role("link", name="People").click()
    page.get_by_role("link", name="Ada Lund").click()
    expect(page.get_by_role("heading", name="Ada Lund", level=1)).to_be_visible()
    assert "people" in seen(page)
    open_settings(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("main").get_by_role("link", name="Create account")).to_be_visible()
    assert seen(page) == []
