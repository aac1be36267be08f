"""The page in a real browser: Debian's Chromium, offline. What only eyes can judge is not here."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import axe_playwright_python
import networkx as nx
import pytest
import rdflib
import synthetic
from playwright.sync_api import sync_playwright

from kg.exporters import export
from kg.exporters.network import Network, page, write_html
from kg.exporters.network.evidence import Mark, Sentence
from kg.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page

    from kg.pipeline import Build

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists(), reason="apt-get install chromium fonts-noto-core"
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("chromium"),
            executable_path=CHROMIUM,
            headless=True,
            args=FLAGS,
            offline=True,
            viewport={"width": 1280, "height": 800},
        )
        yield context
        context.close()


class Opened:
    """A page that is open, with what it said and asked for."""

    def __init__(self, tab: Page, path: Path, address: str) -> None:
        self.tab = tab
        self.complaints: list[str] = []
        self.requests: list[str] = []
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        tab.on(
            "console",
            lambda said: said.type in {"error", "warning"} and self.complaints.append(said.text),
        )
        tab.on("request", lambda request: self.requests.append(request.url))
        tab.goto(f"{path.as_uri()}#{address}")
        self.wait("window.proven || (window.network && window.ready)")

    def wait(self, expression: str) -> None:
        # wait_for_function needs eval, which the page's own policy forbids.
        for _ in range(150):
            if self.tab.evaluate(f"Boolean({expression})"):
                return
            time.sleep(0.05)
        pytest.fail(f"waited in vain for {expression}: {self.complaints}")

    def __call__(self, expression: str) -> Any:  # noqa: ANN401 - whatever JavaScript answers
        return self.tab.evaluate(expression)

    def node(self, prefix: str, place: int = 0) -> str:
        return str(self(f"graph.id.filter((id) => id.startsWith('{prefix}'))[{place}]"))

    def spot(self, node: str) -> tuple[float, float]:
        """Say where on the screen a node is drawn."""
        x, y = self(f"""(() => {{
            const {{ stage }} = page(), i = graph.number.get("{node}"), c = stage.camera;
            const box = stage.canvas.getBoundingClientRect();
            return [(stage.scene.x[i] - c.x) * c.k + c.width / 2 + box.left,
                    (stage.scene.y[i] - c.y) * c.k + c.height / 2 + box.top];
        }})()""")
        return x, y


Open = Callable[..., Opened]


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.of(synthetic.quads(60))


@pytest.fixture(scope="module")
def path(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "network.html"
    write_html(store, path, sparql=True)
    return path


@pytest.fixture
def opened(browser: BrowserContext, path: Path) -> Iterator[Open]:
    """Open a page, close it after the test, and let it have said and asked for nothing."""
    pages: list[Opened] = []

    def open_(address: str = "", of: Path = path, *, width: int = 1280) -> Opened:
        tab = browser.new_page()
        tab.set_viewport_size({"width": width, "height": 800})
        pages.append(Opened(tab, of, address))
        return pages[-1]

    yield open_
    for each in pages:
        asked = [url for url in each.requests if not url.startswith(("file:", "blob:"))]
        complaints = each.complaints
        each.tab.close()
        assert asked == []
        assert complaints == []


def test_the_page_asks_the_network_for_nothing(opened: Open) -> None:
    for view in ("graph", "timeline", "map", "table", "matrix"):
        opened(f"language=en&view={view}")


def test_the_policy_forbids_what_the_page_does_not_do(opened: Open) -> None:
    shown = opened("language=en")

    answer = shown("fetch('https://example.org').then(() => 'went out', () => 'refused')")

    assert answer == "refused"
    assert any("Content Security Policy" in said for said in shown.complaints)
    shown.complaints.clear()


def test_a_node_is_where_it_should_be_in_its_colour(opened: Open) -> None:
    shown = opened("language=en&theme=light")
    node = shown.node("person/")
    x, y = shown.spot(node)

    colour = shown(f"""(() => {{
        const {{ canvas }} = page().stage, box = canvas.getBoundingClientRect();
        const data = canvas.getContext("2d").getImageData({x} - box.left, {y} - box.top, 1, 1).data;
        return "#" + [...data.slice(0, 3)].map((v) => v.toString(16).padStart(2, "0")).join("");
    }})()""")

    assert colour == shown(
        "getComputedStyle(document.documentElement).getPropertyValue('--person')"
    )


def test_a_click_opens_the_sentence_that_proves_it(opened: Open) -> None:
    shown = opened("language=en")
    node = shown.node("person/")

    shown.tab.mouse.click(*shown.spot(node))

    name = shown(f'graph.label(graph.number.get("{node}"))')
    assert shown.tab.inner_text(".panel h2") == name
    marks = shown.tab.locator(".proof a.mark.person").all_inner_texts()
    assert name in marks


def test_a_click_on_a_link_opens_its_proof(opened: Open) -> None:
    shown = opened("language=en")
    edge = shown("""(() => {
        const { stage } = page(), { scene, camera: c } = stage, box = stage.canvas.getBoundingClientRect();
        const at = (i) => [(scene.x[i] - c.x) * c.k + c.width / 2 + box.left, (scene.y[i] - c.y) * c.k + c.height / 2 + box.top];
        for (let l = 0; l < scene.s.length; l++) {
            if (scene.relation[l] !== 0) continue;
            const [a, b] = [at(scene.s[l]), at(scene.t[l])];
            const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
            if (stage.nodeAt(x - box.left, y - box.top, 12) < 0 && stage.lineAt(x - box.left, y - box.top) === l) return [x, y];
        }
    })()""")

    shown.tab.mouse.click(*edge)

    assert "took part" in shown.tab.inner_text(".panel .head")
    assert shown.tab.locator(".panel .proof").count() > 0


@pytest.mark.parametrize("typed", ["elodie", "ÉLODIE", "prevost", "احمد", "أحْمَد", "el daba"])
def test_search_finds_in_any_script_and_spelling(opened: Open, tmp_path: Path, typed: str) -> None:
    network = nx.MultiDiGraph()
    names = {"a": "Élodie Prévost", "b": "أحمد الجبير", "c": "Omar Al-Daba"}
    for node, name in names.items():
        network.add_node(node, type="person", label=name, aliases=(name.replace("Al-", "El "),))
    file = tmp_path / "names.html"
    file.write_text(page(network), encoding="utf-8")
    shown = opened("language=en", of=file)

    shown.tab.fill(".search input", typed)
    shown.tab.keyboard.press("Enter")

    assert shown("graph.id[page().middle]") in {"a", "b", "c"}
    found = shown.tab.inner_text(".panel h2")
    assert found == {"e": names["a"], "É": names["a"], "p": names["a"]}.get(
        typed[0], names["b"]
    ) or (typed == "el daba" and found == names["c"])


def test_the_brush_changes_every_count(opened: Open) -> None:
    shown = opened("language=en")
    before = shown("page().filtered.passing.length")
    box = shown.tab.locator(".histogram").bounding_box()

    shown.tab.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + 20)
    shown.tab.mouse.down()
    shown.tab.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 20, steps=4)
    shown.tab.mouse.up()

    after = shown("page().filtered.passing.length")
    assert 0 < after < before
    assert f"{after} / {before}" in shown.tab.inner_text(".rail")
    assert "from=" in shown("location.hash")


def test_a_link_restores_the_view(opened: Open) -> None:
    first = opened("language=fr&theme=dark")
    person = first.node("person/")
    first(f"page().search.go(graph.number.get('{person}'))")
    first.tab.click(".panel .action >> text=Voisinage")
    address = first("location.hash").removeprefix("#")

    second = opened(address)

    state = "[page().mode, page().stage.scene.nodes.length, document.documentElement.lang]"
    assert second(state) == first(state)
    assert second.tab.inner_text(".panel h2") == first.tab.inner_text(".panel h2")
    assert second("document.documentElement.dataset.theme") == "dark"


def test_a_link_names_an_edge_by_its_ends(opened: Open) -> None:
    first = opened("language=en")
    first("page().stage.tell.pick({ edge: 3 })")
    address = first("location.hash").removeprefix("#")

    second = opened(address)

    assert "|" in second("decodeURIComponent(location.hash)")
    assert second.tab.inner_text(".panel .head") == first.tab.inner_text(".panel .head")


def test_a_link_forgets_what_it_does_not_say(opened: Open) -> None:
    shown = opened("language=en&kind=visit&confidence=50")

    shown("location.hash = 'language=en'")

    shown.wait("!page().filtered.active")


def test_arabic_runs_from_right_to_left_and_each_sentence_its_own_way(
    opened: Open, built: Build, tmp_path: Path
) -> None:
    file = tmp_path / "seeds.html"
    with Store.open(built.folder) as seeds:
        write_html(seeds, file)
    shown = opened("language=ar", of=file)
    shown(
        "page().search.go(graph.number.get(graph.id.find((id) => id.includes('meeting/2024-05-22'))) ?? 0)"
    )

    assert shown("document.documentElement.dir") == "rtl"
    rail, panel = (shown.tab.locator(each).bounding_box()["x"] for each in (".rail", ".panel"))
    assert rail > panel
    ways = shown(
        "[...document.querySelectorAll('blockquote')].map((q) => [q.lang, getComputedStyle(q).direction])"
    )
    assert ways
    assert all((way == "rtl") == (language == "ar") for language, way in ways)
    x = shown(
        "[...document.querySelectorAll('.tick')].map((each) => Number(each.getAttribute('x')))"
    )
    assert x == sorted(x), "time runs from left to right"


def test_hiding_meetings_joins_those_who_met(opened: Open) -> None:
    shown = opened("language=en")

    shown.tab.click('[data-key="meeting"]')

    assert shown("page().stage.scene.nodes.every((i) => graph.type[i] !== 0)")
    assert shown("page().stage.scene.relation.includes(9)")


def test_a_neighbourhood_is_laid_out_anew(opened: Open) -> None:
    shown = opened("language=en")
    person = shown.node("person/")
    shown(f"page().search.go(graph.number.get('{person}'))")

    shown.tab.keyboard.press("n")

    assert shown("page().mode") == "near1"
    assert shown("page().stage.scene.x !== graph.x")
    assert shown("page().stage.scene.nodes.length") < shown("page().filtered.nShown")


def test_a_path_joins_two_people(opened: Open) -> None:
    shown = opened("language=en")
    pair = shown("""(() => {
        const people = graph.id.map((_, i) => i).filter((i) => graph.type[i] === 1 && page().filtered.node[i]);
        return [graph.id[people[0]], graph.id[people[5]]];
    })()""")

    shown(f"location.hash = 'language=en&mode=path&path={pair[0]}|{pair[1]}'")

    shown.wait("page().mode === 'path' && page().stage.scene.s.length > 0")
    ends = shown(
        "[0, page().stage.scene.nodes.length - 1].map((at) => graph.id[page().stage.scene.nodes[at]])"
    )
    assert ends == pair


def test_arrows_walk_from_node_to_node(opened: Open) -> None:
    shown = opened("language=en")
    person = shown.node("person/")
    shown(f"page().search.go(graph.number.get('{person}'))")
    shown.tab.focus("canvas.drawing")

    walked = set()
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        shown.tab.keyboard.press(key)
        walked.add(shown("page().middle"))

    assert len(walked) > 1
    assert shown.tab.inner_text("[aria-live]").startswith("Selected")


def test_the_table_sorts_and_leaves_as_csv(opened: Open) -> None:
    shown = opened("language=en&view=table")
    shown.tab.click("thead button >> text=Place")
    places = shown.tab.locator("td.place").all_inner_texts()

    with shown.tab.expect_download() as download:
        shown.tab.click(".table-view .action")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")

    assert [place for place in places if place] == sorted(place for place in places if place)
    assert text.splitlines()[0] == '"Date","Kind","Place","Hosts","Guests","Topics","Source"'
    assert len(text.splitlines()) == 1 + shown("page().filtered.passing.length")


@pytest.mark.parametrize(("how", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg xmlns")])
def test_the_picture_can_be_taken_away(opened: Open, how: str, begins: bytes) -> None:
    shown = opened("language=en")
    shown.tab.click("[popovertarget]")

    with shown.tab.expect_download() as download:
        shown.tab.click(f"#save-menu >> text=({how.upper()})")

    content = Path(download.value.path()).read_bytes()
    assert content.startswith(begins)
    assert len(content) > 5000


def test_sparql_in_the_file_answers_as_rdflib_does(
    opened: Open, store: Store, tmp_path: Path
) -> None:
    query = """PREFIX dip: <https://w3id.org/dipkg/ontology#>
        SELECT ?a ?b (COUNT(DISTINCT ?m) AS ?n) { ?m dip:participant ?a, ?b FILTER(STR(?a) < STR(?b)) }
        GROUP BY ?a ?b ORDER BY DESC(?n) ?a ?b"""
    turtle = rdflib.Graph().parse(export(store, tmp_path / "graph.ttl"))
    expected = [[str(each) for each in row] for row in turtle.query(query)]
    shown = opened("language=en&view=sparql")
    shown.wait("page().views.sparql.terms.length")

    answer = shown.tab.evaluate("(query) => page().views.sparql.ask(query)", query)

    assert [[term["text"] for term in row] for row in answer["rows"]] == expected


def test_what_a_question_finds_is_shown_in_every_view(opened: Open) -> None:
    shown = opened("language=en&view=sparql")
    shown.wait("page().views.sparql.found?.size")

    shown.tab.click("text=Show in network")

    assert shown("page().frame.root.dataset.view") == "graph"
    assert shown("page().filtered.active")


def test_a_question_may_not_call_out(opened: Open) -> None:
    shown = opened("language=en&view=sparql")
    shown.wait("page().views.sparql.terms.length")

    query = "SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }"
    answer = shown.tab.evaluate("(query) => page().views.sparql.ask(query)", query)

    assert answer["error"]


@pytest.mark.parametrize("view", ["graph", "timeline", "map", "table", "matrix", "sparql"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(opened: Open, view: str, theme: str) -> None:
    shown = opened(f"language=en&view={view}&theme={theme}")
    if view == "sparql":
        shown.wait("page().views.sparql.terms.length")
    axe = Path(axe_playwright_python.__file__).parent / "axe.min.js"
    shown.tab.evaluate(axe.read_text(encoding="utf-8"))

    found = shown("axe.run().then(({ violations }) => violations)")

    serious = [
        f"{each['id']}: {node['html'][:120]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"][:3]
    ]
    assert serious == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_telephone_scrolls_nothing_sideways(opened: Open, language: str) -> None:
    for view in ("graph", "table", "map"):
        shown = opened(f"language={language}&view={view}", width=390)
        assert shown("document.documentElement.scrollWidth") <= 390


def test_what_the_shapes_find_stands_at_its_node(
    opened: Open, store: Store, tmp_path: Path
) -> None:
    meeting = "https://w3id.org/dipkg/id/meeting/m1"
    result = """@prefix sh: <http://www.w3.org/ns/shacl#> .
        [] a sh:ValidationResult ; sh:focusNode <{}> ; sh:resultSeverity sh:{} ;
        sh:resultMessage "{}"@en ."""
    (tmp_path / "report.ttl").write_text(result.format(meeting, "Warning", "Say when."))
    (tmp_path / "rejected.trig").write_text(result.format(f"{meeting}x", "Violation", "No party."))
    file = tmp_path / "network.html"

    write_html(store, file)

    shown = opened("language=en", of=file)
    assert "No party." in shown.tab.inner_text(".panel")
    shown("page().search.go(graph.number.get('meeting/m1'))")
    assert "Say when." in shown.tab.inner_text(".panel")
    assert shown("graph.doubtful(graph.number.get('meeting/m1'))")


HOSTILE = (
    "<script>window.hit = 1</script>",
    "</script><script>window.hit = 1</script>",
    "<img src=x onerror='window.hit = 1'>",
    '"><svg onload="window.hit = 1">',
    "Achref <a href='javascript:window.hit=1'>href</a>",
    "<!--<script>window.hit = 1//",
    "{{7*7}} ${window.hit = 1} `x`",
    "\u202eevil\u202c \u2066isolated\u2069",
    "zero\x00\u2028\u2029\ufeff end",
    "long " + "x" * 5000,
    '=HYPERLINK("https://example.org")',
)


def hostile_graph() -> nx.MultiDiGraph[str]:
    network = nx.MultiDiGraph()
    sentences = []
    for number, text in enumerate(HOSTILE):
        network.add_node(
            f"person/{number}", type="person", label=text, labels={"en": text}, aliases=(text,)
        )
        network.add_node(
            f"meeting/{number}", type="meeting", label=text, labels={}, kind="meeting",
            status="held", date="2024-05-22", venue=text, articles=("article/a",), evidence=(number,),
        )  # fmt: skip
        mark = Mark(0, len(text), "person", f"person/{number}", 0.5, text)
        sentences.append(Sentence("article/a", 0, text, "en", (mark,)))
        network.add_edge(
            f"person/{number}", f"meeting/{number}", relation="participant", side="guest",
            office_words=((text, "en"),), title=((text, "en"),), evidence=(number,), confidence=0.5,
        )  # fmt: skip
    network.graph |= {
        "sentences": sentences,
        "articles": {
            "article/a": dict.fromkeys(("title", "publisher", "sha256"), HOSTILE[0])
            | {"language": "en", "published": HOSTILE[2], "url": "javascript:window.hit=1"}
        },
        "words": {},
        "statements": [],
    }
    return network


def test_hostile_text_stays_text_everywhere(opened: Open, tmp_path: Path) -> None:
    file = tmp_path / "hostile.html"
    title = "</title><script>window.hit = 1</script>"
    file.write_text(page(hostile_graph(), title=title), encoding="utf-8")
    shown = opened("language=en", of=file)

    for number in range(len(HOSTILE)):
        for kind in ("person", "meeting"):
            shown(f"page().search.go(graph.number.get('{kind}/{number}'))")
    for view in ("timeline", "table", "matrix"):
        shown.tab.click(
            f"[role=tab] >> text={ {'timeline': 'Timeline', 'table': 'Table', 'matrix': 'Who met'}[view] }"
        )
    shown.tab.fill(".search input", "script")

    assert shown("window.hit") is None
    assert shown("document.title") == title
    assert shown("document.querySelectorAll('#app script, #app img, #app [onerror]').length") == 0
    assert shown("[...document.querySelectorAll('a[href]')].every((a) => a.protocol === 'file:')")
    assert not re.search("[\u202a-\u202e\u2066\u2067]", shown.tab.inner_text("#app"))


def test_a_spreadsheet_runs_no_cell(opened: Open, tmp_path: Path) -> None:
    file = tmp_path / "hostile.html"
    file.write_text(page(hostile_graph()), encoding="utf-8")
    shown = opened("language=en&view=table", of=file)

    with shown.tab.expect_download() as download:
        shown.tab.click(".table-view .action")

    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert ',"=HYPERLINK' not in text


def test_a_notebook_can_walk_the_network(browser: BrowserContext, tmp_path: Path) -> None:
    file = tmp_path / "notebook.html"
    file.write_text(Network(nx.path_graph(4))._repr_html_(), encoding="utf-8")
    tab = browser.new_page()
    tab.goto(file.as_uri())

    frame = tab.frames[1]
    frame.wait_for_selector(".panel")
    frame.evaluate("page().search.go(1)")

    assert frame.inner_text(".panel h2") == "1"
    tab.close()


def test_the_vis_engine_heeds_pyvis_options_and_text_stays_text(
    opened: Open, tmp_path: Path
) -> None:
    network = Network(hostile_graph(), engine="vis")
    network.set_options('{"physics": {"enabled": false}, "nodes": {"borderWidth": 7}}')
    file = tmp_path / "vis.html"
    network.write_html(file)

    shown = opened(of=file)

    assert shown("window.hit") is None
    assert shown("network.body.data.nodes.length") == 2 * len(HOSTILE)
    assert shown("Object.values(network.body.nodes)[0].options.borderWidth") == 7
