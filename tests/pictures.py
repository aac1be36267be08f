"""Take the pictures of README and docs anew: `.venv/bin/python tests/pictures.py`, with Debian's Chromium."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import sync_playwright

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent / "benchmarks")]
import synthetic  # noqa: E402 - tests are no package
from served import served  # noqa: E402 - as above

from kg.exporters import export  # noqa: E402 - as above
from kg.pipeline import build  # noqa: E402 - as above
from kg.store import Store  # noqa: E402 - as above

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


class Picture(NamedTuple):
    """A file of docs/, what it shows, and what is clicked or chosen before."""

    name: str
    address: str
    click: str = ""
    choose: str = ""


def main() -> None:
    """Take them all."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        folder = Path(name) / "graph"
        build(SEEDS, folder)
        with served(folder) as address:
            for picture in pictures(folder, address):
                with browser.new_page(viewport={"width": 1440, "height": 900}) as page:
                    take(page, picture)
        browser.close()


def pictures(folder: Path, address: str) -> Iterator[Picture]:
    """List the pictures; the pages that they show are written first."""
    asked, invented = folder / "asked.html", folder / "invented.html"
    with Store.open(folder) as store:
        export(store, asked, sparql=True)
        [meeting] = store.query(
            'SELECT ?m { ?m a dip:Meeting ; dip:date ?d FILTER(STR(?d) = "2024-05-22") }'
        )
    export(Store.of(synthetic.quads(400)), invented)
    seen = (folder / "network.html").as_uri()
    here = f"language=ar&theme=dark&node={meeting[0].value.partition('/id/')[2]}"
    yield Picture("network", f"{seen}#language=en", click="text=Mohammed Saeed Al-Moghedi")
    yield Picture("page-timeline", f"{invented.as_uri()}#language=en&view=timeline")
    yield Picture("page-arabic", f"{seen}#{here}")
    yield Picture(
        "page-sparql",
        f"{asked.as_uri()}#language=en&view=sparql",
        click="text=Run",
        choose="Who met whom, how often, first and last?",
    )
    yield Picture("served-article", f"{address}/id/article/{SEEDS[0].stem}?lang=fr")
    yield Picture(
        "served-question", f"{address}/questions/meetings-of-person?person=moghidi&lang=ar"
    )


def take(page: Page, picture: Picture) -> None:
    """Go there, do what is to be done, and wait until all has settled."""
    page.goto(picture.address)
    page.wait_for_timeout(1500)
    if picture.choose:
        page.locator("select").filter(has_text=picture.choose).select_option(label=picture.choose)
    if picture.click:
        page.locator(picture.click).first.click()
    page.wait_for_timeout(2000)
    page.screenshot(path=ROOT / "docs" / f"{picture.name}.png")


if __name__ == "__main__":
    main()
