"""How fast the page is: `python tests/benchmarks/page.py [1000 5000 20000 50000]` prints a table, medians of five.

Beside it pyvis as it ships, with its own physics, at the sizes it can bear.
"""

# ruff: noqa: T201 - a benchmark prints

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pyvis.network
import synthetic
from playwright.sync_api import sync_playwright

from kg.exporters.network import graph, page
from kg.exporters.network.evidence import Mark, Sentence
from kg.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

FLAGS = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync"
RUNS = 5
BARS = {1_000: 0.5, 5_000: 0.6, 20_000: 1.5, 50_000: 4.0}

# Moves the camera in each frame and counts the frames of a second and a half.
PAN = """(zoom) => new Promise((done) => {
    const { stage } = page();
    const times = [];
    let frame = 0, last = performance.now();
    const began = last;
    const step = (now) => {
        times.push(now - last);
        last = now;
        const event = { bubbles: true, cancelable: true, clientX: 600, clientY: 400 };
        if (zoom) stage.canvas.dispatchEvent(new WheelEvent("wheel", { ...event, deltaY: frame % 40 < 20 ? -40 : 40 }));
        else {
            const x = 500 + 4 * (frame % 60);
            if (frame % 60 === 0) stage.canvas.dispatchEvent(new PointerEvent("pointerdown", { ...event, clientX: x, pointerId: 1 }));
            stage.canvas.dispatchEvent(new PointerEvent("pointermove", { ...event, clientX: x, pointerId: 1 }));
            if (frame % 60 === 59) stage.canvas.dispatchEvent(new PointerEvent("pointercancel", { ...event, pointerId: 1 }));
        }
        frame++;
        if (now - began < 1500) requestAnimationFrame(step);
        else done((1000 * (times.length - 1)) / (now - began));
    };
    stage.canvas.setPointerCapture = () => {};
    requestAnimationFrame(step);
})"""


def invent(n_nodes: int, seed: int = 0) -> nx.MultiDiGraph[str]:
    """Invent a network of so many nodes and some 2.5 times as many edges, each with its sentence."""
    chance = random.Random(seed)  # noqa: S311 - chance must repeat here
    network = nx.MultiDiGraph()
    countries = [f"country/{code}" for code, *_ in synthetic.COUNTRIES]
    for code, en, fr, ar, *_ in synthetic.COUNTRIES:
        labels = {"en": en, "fr": fr, "ar": ar}
        network.add_node(f"country/{code}", type="country", label=en, labels=labels)
    n_people = n_nodes // 5
    people = [f"person/p{i}" for i in range(n_people)]
    home = {person: chance.choice(countries) for person in people}
    for i, person in enumerate(people):
        network.add_node(person, type="person", label=f"Karim Al-{chance.randrange(10**6):x} {i}")
        network.add_edge(person, home[person], relation="behalf")
    sentences: list[Sentence] = []
    articles: dict[str, dict[str, Any]] = {}
    for m in range(n_nodes - n_people - len(countries)):
        meeting, article = f"meeting/m{m}", f"article/a{m}"
        # A few meet often, most seldom: as in the world.
        parties = {
            people[int(n_people * chance.random() ** 2)] for _ in range(chance.choice((2, 2, 2, 3)))
        }
        text, marks = "", []
        for party in sorted(parties):
            text += "The Foreign Minister "
            start = len(text)
            text += str(network.nodes[party]["label"])
            marks.append(Mark(start, len(text), "person", party, 0.9))
        sentences.append(Sentence(article, 0, f"{text} discussed trade.", "en", tuple(marks)))
        date = f"20{chance.randrange(10, 25)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        articles[article] = {
            "title": f"Talks {m}", "language": "en", "publisher": f"Agency {m % 12}", "published": date,
        }  # fmt: skip
        place = chance.choice(countries)
        network.add_node(
            meeting, type="meeting", label=f"Talks {m}", kind="visit", status="held", date=date,
            country=place, articles=(article,), evidence=(m,),
        )  # fmt: skip
        for party in sorted(parties):
            network.add_edge(
                party, meeting, relation="participant", side="guest", behalf=(home[party],),
                confidence=0.9, evidence=(m,),
            )  # fmt: skip
        network.add_edge(meeting, place, relation="country")
    network.graph |= {"sentences": sentences, "articles": articles, "words": {}, "statements": []}
    return network


def main() -> None:
    """Print the table."""
    sizes = [int(each) for each in sys.argv[1:]] or list(BARS)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            Path(folder) / "chromium", executable_path="/usr/bin/chromium", headless=True,
            args=FLAGS.split(), offline=True, viewport={"width": 1440, "height": 900},
        )  # fmt: skip
        print(
            "| nodes / edges | page, s | file, MB | ready, ms | bar | pan, fps | zoom, fps | type, ms | select, ms | search, ms |"
        )
        print("|---|---|---|---|---|---|---|---|---|---|")
        for size in sizes:
            _ours(browser, size, Path(folder) / f"{size}.html")
        for size in (100, 1_000):
            _pyvis(browser, size, Path(folder) / f"pyvis{size}.html")
        browser.close()
    if 20_000 in sizes:
        store = Store.of(synthetic.quads(16_000))
        began = time.perf_counter()
        network = graph(store)
        read = time.perf_counter() - began
        page(network)
        whole = time.perf_counter() - began
        print(
            f"\nfrom a store of {len(store):,} quads: graph {read:.1f} s, with page {whole:.1f} s"
        )


def _ours(browser: BrowserContext, size: int, path: Path) -> None:
    network = invent(size)
    began = time.perf_counter()
    path.write_text(page(network), encoding="utf-8")
    took = time.perf_counter() - began
    ready = []
    for _ in range(RUNS):
        tab = _open(browser, path, "language=en", "window.ready")
        ready.append(tab.evaluate("window.ready"))
        tab.close()
    tab = _open(browser, path, "language=en&mode=whole", "window.proven")
    pan, zoom = tab.evaluate(PAN, False), tab.evaluate(PAN, True)  # noqa: FBT003 - an argument of JavaScript
    acts = [
        "document.querySelector('[data-key=person]').click()",
        "page().search.go(graph.number.get('person/p7'))",
        "page().search.find('al 7')",
    ]
    times = [statistics.median(_time(tab, act) for _ in range(RUNS)) for act in acts]
    tab.close()
    edges = network.number_of_edges()
    print(
        f"| {len(network):,} / {edges:,} | {took:.1f} | {path.stat().st_size / 1e6:.2f} | {statistics.median(ready):.0f} | {1000 * BARS.get(size, 0):.0f} | {pan:.0f} | {zoom:.0f} | {times[0]:.0f} | {times[1]:.0f} | {times[2]:.1f} |",
        flush=True,
    )


def _time(tab: Page, act: str) -> float:
    # What CDP evaluates is exempt from the page's policy; eval inside the page is not.
    return float(
        tab.evaluate(
            f"(() => {{ const began = performance.now(); {act}; return performance.now() - began; }})()"
        )
    )


def _pyvis(browser: BrowserContext, size: int, path: Path) -> None:
    network = pyvis.network.Network(directed=True, cdn_resources="in_line")
    network.from_nx(nx.gnm_random_graph(size, size * 5 // 2, seed=0))
    path.write_text(network.generate_html(), encoding="utf-8")
    watch = "window.network && (network.once('stabilized', () => window.ready ??= performance.now()), 1)"
    tab = _open(browser, path, "", watch)
    for _ in range(300):
        if tab.evaluate("window.ready || 0"):
            break
        time.sleep(0.1)
    ready = tab.evaluate("window.ready || Infinity")
    tab.close()
    print(
        f"| pyvis as it ships, {size:,} / {size * 5 // 2:,} | | {path.stat().st_size / 1e6:.2f} | {ready:.0f} | | | | | | |",
        flush=True,
    )


def _open(browser: BrowserContext, path: Path, address: str, until: str) -> Page:
    tab = browser.new_page()
    tab.goto(f"{path.as_uri()}#{address}", wait_until="commit")
    for _ in range(600):
        if tab.evaluate(f"Boolean({until})"):
            return tab
        time.sleep(0.05)
    raise TimeoutError(until)


if __name__ == "__main__":
    main()
