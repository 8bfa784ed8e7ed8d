"""`make icons`: the pictures that phones want as PNG, drawn from the SVGs beside them."""

import re
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.support.browser import FLAGS
from tests.support.system import find_chromium

FOLDER = Path(__file__).parents[2] / "frontend" / "icons"
SIZES = {"icon": (192, 512), "maskable": (192, 512), "log": (192,)}


def main() -> None:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for name, sizes in SIZES.items():
            drawing = (FOLDER / f"{name}.svg").read_text()
            for size in sizes:
                page = chromium.new_page(viewport={"width": size, "height": size})
                sized = re.sub("<svg ", f'<svg width="{size}" height="{size}" ', drawing, count=1)
                page.set_content(f"<style>body {{ margin: 0; font-size: 0 }}</style>{sized}")
                page.screenshot(path=FOLDER / f"{name}-{size}.png", omit_background=True)
                page.close()
        chromium.close()


if __name__ == "__main__":
    main()
