"""Answers lost on the way, two tabs at once: every note arrives exactly once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.e2e.screens import (
    DANA,
    leave_composer,
    row,
    see_upcoming,
    server_captures,
    sign_in,
    sign_up,
    synced,
    write,
)
from tests.support.browser import Watch, new_phone
from tests.support.server import Server

SOON = 20_000
LOST = ("ERR_FAILED", "ERR_CONNECTION_ABORTED", "is blocked by Playwright")


def lose_answers(page: Page, most: int = 100) -> list[str]:
    """Each note is taken by the server at first, but the phone never hears of it; those bodies."""
    lost: list[str] = []

    def lose(route: Route) -> None:
        body = route.request.post_data or ""
        if route.request.method == "POST" and body not in lost and len(lost) < most:
            lost.append(body)
            route.fetch()
            route.abort("connectionaborted")
        else:
            route.continue_()

    page.route("**/api/v1/captures", lose)
    return lost


class TestWithoutServiceWorker:
    """Routes can only be put between page and server where no worker is."""

    @pytest.fixture
    def context(self, browser: Browser, server: Server) -> Iterator[BrowserContext]:
        context = new_phone(browser, server, service_workers="block")
        yield context
        context.close()

    def test_answers_lost_after_the_commit_make_no_second_row(self, page: Page, watch: Watch) -> None:
        watch.allow(*LOST)
        sign_up(page)
        lost = lose_answers(page)
        for text in (DANA, "Tom Okafor runs hiring at Lumen, likes maps"):
            write(page, text)
        expect(page.get_by_text("Synced", exact=True)).to_be_visible(timeout=SOON)
        assert len(lost) == 2
        assert len(server_captures(page)) == 2

    def test_fifty_notes_of_two_tabs_arrive_once_whatever_happens(
        self, page: Page, context: BrowserContext, server: Server, watch: Watch
    ) -> None:
        """No signal, a restart of the server, an expired session, and two answers lost after the commit."""
        watch.allow("ERR_INTERNET_DISCONNECTED", "401", *LOST)
        sign_up(page)
        second = context.new_page()
        second.goto("/")
        see_upcoming(second)
        context.set_offline(True)
        for tab, numbers in ((page, range(0, 50, 2)), (second, range(1, 50, 2))):
            tab.bring_to_front()
            for number in numbers:
                write(tab, f"Person {number:02d} at the mixer, talked about boats")
        server.restart()
        context.clear_cookies()
        lost = lose_answers(page, most=2)
        context.set_offline(False)
        page.bring_to_front()
        leave_composer(page)
        expect(page.get_by_text("Signed out. 50 notes are safe on this phone.")).to_be_visible(timeout=SOON)
        page.get_by_role("link", name="Sign in").click()
        sign_in(page)
        expect(page.get_by_text("Synced", exact=True)).to_be_visible(timeout=SOON)
        expect(second.get_by_text("Synced", exact=True)).to_be_visible(timeout=SOON)
        assert len(lost) <= 2
        assert sorted(server_captures(page)) == [
            f"Person {number:02d} at the mixer, talked about boats" for number in range(50)
        ]

    def test_done_in_one_tab_is_gone_in_the_other(self, page: Page, context: BrowserContext) -> None:
        sign_up(page)
        write(page)
        synced(page)
        leave_composer(page)
        second = context.new_page()
        second.goto("/")
        letter = row(second, "Mail a handwritten note")
        expect(letter).to_be_visible()
        row(page, "Mail a handwritten note").get_by_role("button", name="Done").click()
        expect(letter).to_have_count(0)
