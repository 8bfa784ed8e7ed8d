"""`make screenshots`: the page with the demo's year in it, on a phone, by day and by night.

The server's clock and the browser's stand still at one afternoon, so that a picture changes only with the page.
Before a picture is committed it is looked at.
"""

import asyncio
import re
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Literal

import uvicorn
from playwright.sync_api import Page, expect, sync_playwright

from tests.support.browser import FLAGS
from tests.support.clock import FrozenClock
from tests.support.phone import PHONE
from tests.support.system import find_chromium

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "screenshots"
TODAY = date(2026, 3, 3)
EMAIL, PASSWORD = "ines@sundown.example", "harbour lights at four"
LARGEST = 200_000
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
NOTE = "Tall, teal scarf, moved a bank off cobol. Knows Imogen. Wants the queue survey"


@contextmanager
def demo_server(folder: Path, clock: FrozenClock) -> Iterator[str]:
    """The real application over a fresh database with the demo's account in it; gives its address."""
    from app.accounts.models import LOCK_OWNER
    from app.core.config import Settings
    from app.core.db import open_database
    from app.core.migrate import upgrade
    from app.core.security import Passwords
    from app.demo import service
    from app.main import create_app

    settings = Settings(data_dir=folder, database_url=f"sqlite:///{folder}/demo.db", password_hash_cost="test")
    upgrade(settings.database_url)
    hashed = Passwords("test").hash_now(PASSWORD)

    async def fill() -> None:
        db = open_database(settings.database_url, lock_owner=LOCK_OWNER, pool_size=1)
        await db.start()
        await db.write(service.create, None, email=EMAIL, password_hash=hashed, seed=1, now=clock.now())
        await db.stop()

    asyncio.run(fill())
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(create_app(settings, clock=clock), log_level="warning", server_header=False)
        server = uvicorn.Server(config)
        serving = threading.Thread(target=server.run, args=([listening],))
        serving.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            serving.join()


def sign_in(page: Page) -> None:
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    page.get_by_role("textbox", name="E-mail").fill(EMAIL)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").last.click()
    expect(page.get_by_role("heading", name="Upcoming", level=1)).to_be_visible()
    expect(page.get_by_role("main").get_by_role("listitem").first).to_be_visible()


def take(page: Page, name: str) -> None:
    """One picture of what is on the screen, once nothing moves."""
    page.evaluate("() => Promise.all(document.getAnimations().map((each) => each.finished))")
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path, animations="disabled", caret="hide")
    size = path.stat().st_size
    print(f"  {path.relative_to(ROOT)}  {size:,} bytes")
    if size > LARGEST:
        raise SystemExit(f"{name} is larger than {LARGEST:,} bytes.")


def visit(page: Page, scheme: Scheme) -> None:
    sign_in(page)
    take(page, f"upcoming-{scheme}")
    page.get_by_role("link", name=re.compile("Dana Ruyter")).first.click()
    expect(page.get_by_role("heading", name="Dana Ruyter")).to_be_visible()
    take(page, f"person-{scheme}")
    if scheme == "dark":  # the composer is as dark at noon
        page.goto("/log")
        page.get_by_role("textbox", name="Card note").fill(NOTE)
        take(page, "note")


def main() -> int:
    from app.demo.service import HOME, afternoon_of

    clock = FrozenClock(afternoon_of(TODAY))
    FOLDER.mkdir(parents=True, exist_ok=True)
    phone: dict[str, Any] = PHONE | {"locale": "en-US", "timezone_id": HOME, "reduced_motion": "reduce"}
    with (
        tempfile.TemporaryDirectory() as folder,
        demo_server(Path(folder), clock) as address,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for scheme in SCHEMES:
            context = chromium.new_context(base_url=address, color_scheme=scheme, **phone)
            context.clock.set_fixed_time(clock.now())
            visit(context.new_page(), scheme)
            context.close()
        chromium.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
