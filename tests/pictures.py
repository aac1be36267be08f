"""Take the pictures of the README: `make`, then `.venv/bin/python tests/pictures.py`."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "graph" / "network.html"


def main() -> None:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 860})
        page.goto(PAGE.as_uri())
        page.get_by_text("Mohammed Saeed Al-Moghedi").first.click()
        page.wait_for_timeout(1500)
        page.screenshot(path=ROOT / "docs" / "network.png")
        browser.close()


if __name__ == "__main__":
    main()
