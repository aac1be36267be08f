"""The pages of `kg serve` in a real browser, narrow and wide, in three languages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from kg.store import Store

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent / "benchmarks")]
import synthetic  # noqa: E402 - tests are no package
from served import served  # noqa: E402 - as above

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

CHROMIUM = "/usr/bin/chromium"
pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="apt-get install chromium")
PATHS = (
    "/",
    "/id/country/SA",
    "/id/meeting/m3",
    "/id/article/a3-0",
    "/questions/meetings",
    "/sparql",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("graph")
    Store.create(folder, synthetic.quads(40)).close()
    with served(folder, n_workers=2) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_page(viewport={"width": 390, "height": 800}) as page:
        wrong: list[str] = []
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        yield page
        assert wrong == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_is_wider_than_a_telephone(page: Page, server: str, language: str) -> None:
    for path in PATHS:
        page.goto(f"{server}{path}?lang={language}")

        width = page.evaluate("document.documentElement.scrollWidth")
        assert (path, width) == (path, 390)


def test_the_address_of_a_mention_shows_it(page: Page, server: str) -> None:
    page.goto(f"{server}/id/article/a3-0")
    anchor = page.locator(".text a[id^='char=']").nth(2).get_attribute("id")

    page.goto(f"{server}/id/article/a3-0#{anchor}")

    assert page.locator(".text .shown").count() > 0


def test_the_language_is_kept_from_page_to_page(page: Page, server: str) -> None:
    page.goto(f"{server}/questions/meetings-of-country?country=EG")
    page.get_by_text("العربية").click()
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert "country=EG" in page.url

    page.goto(f"{server}/")
    assert page.locator("html").get_attribute("lang") == "ar"


@pytest.mark.parametrize("name", ["@egy", "@مص", "@Égyp"])
def test_the_editor_completes_names_in_any_script(page: Page, server: str, name: str) -> None:
    page.goto(f"{server}/sparql")
    area = page.locator("textarea")
    area.fill(f"DESCRIBE {name}")

    area.press("Control+ ")
    page.locator("#completions li").first.wait_for()
    area.press("Enter")

    assert area.input_value() == "DESCRIBE <https://w3id.org/dipkg/id/country/EG> "


def test_the_editor_completes_and_runs(page: Page, server: str) -> None:
    page.goto(f"{server}/sparql")
    area = page.locator("textarea")
    area.fill("SELECT ?m { ?m a dip:Meet")
    area.press("Control+ ")
    page.locator("#completions li").first.wait_for()
    area.press("Enter")
    assert area.input_value() == "SELECT ?m { ?m a dip:Meeting "

    area.press_sequentially("} ORDER BY ?m LIMIT 7")
    area.press("Control+Enter")

    page.locator("tbody tr").first.wait_for()
    assert page.locator("tbody tr").count() == 7
