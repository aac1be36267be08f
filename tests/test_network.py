"""The network of a graph as networkx, pyvis and text; what a browser makes of it is in test_page.py."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pyoxigraph as ox
import pytest
import synthetic

from kg.errors import ExportError
from kg.exporters.network import Network, graph, page, write_html
from kg.exporters.network.html import BUILT, PAGE
from kg.exporters.network.layout import positions
from kg.exporters.network.pages import last_places
from kg.exporters.network.payload import LANGUAGES, Payload
from kg.exporters.network.standing import acquaintance, measure
from kg.store import Store

if TYPE_CHECKING:
    from kg.pipeline import Build


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.of(synthetic.quads(30))


@pytest.fixture(scope="module")
def network(store: Store) -> nx.MultiDiGraph[str]:
    return graph(store)


def test_a_file_of_the_knowledge_tells_what_the_store_tells(built: Build) -> None:
    with Store.open(built.folder) as store:
        of_file = graph(store, knowledge=ox.parse(path=built.folder / "graph.ttl"))
        of_store = graph(store)

    assert [*of_file.nodes(data=True)] == [*of_store.nodes(data=True)]
    assert [*of_file.edges(data=True)] == [*of_store.edges(data=True)]
    assert of_file.graph == of_store.graph


def test_people_organizations_countries_and_meetings_are_nodes(
    network: nx.MultiDiGraph[str],
) -> None:
    types = {type_ for _, type_ in network.nodes(data="type")}

    assert types == {"person", "organization", "country", "meeting"}


def test_each_participation_is_an_edge_with_the_sentence_that_proves_it(
    network: nx.MultiDiGraph[str],
) -> None:
    sentences = network.graph["sentences"]
    for agent, _, told in network.edges(data=True):
        if told["relation"] == "participant":
            proofs = [sentences[number] for number in told["evidence"]]
            assert any(network.nodes[agent]["label"] in proof.text for proof in proofs)


def test_a_mark_is_where_its_name_stands(network: nx.MultiDiGraph[str]) -> None:
    for sentence in network.graph["sentences"]:
        for mark in sentence.marks:
            if mark.kind == "person":
                words = sentence.text[mark.start : mark.end]
                assert words == network.nodes[mark.node]["label"]


def test_the_seeds_show_one_al_moghedi_at_four_meetings(built: Build) -> None:
    with Store.open(built.folder) as seeds:
        network = graph(seeds)

    [most, *_] = sorted(
        (node for node, type_ in network.nodes(data="type") if type_ == "person"),
        key=lambda node: -network.out_degree(node),
    )
    meetings = [e for e in network.out_edges(most, keys=True) if e[2] == "participant"]
    assert len(meetings) == 4
    assert {"en", "ar"} <= set(network.nodes[most]["labels"])


def test_articles_and_people_have_titles_of_their_own(built: Build) -> None:
    with Store.open(built.folder) as seeds:
        network = graph(seeds)

    headlines = {article["title"] for article in network.graph["articles"].values()}
    titles = {
        title.text for _, _, told in network.edges(data=True) for title in told.get("title", ())
    }
    assert None not in headlines
    assert titles
    assert not headlines & titles


def test_articles_that_disagree_are_told_apart() -> None:
    quads = synthetic.quads(400)

    network = graph(Store.of(quads))

    told = [
        values
        for _, node in network.nodes(data=True)
        for values in node.get("disagreements", {}).values()
    ]
    assert told
    assert all(len(values) > 1 and all(values.values()) for values in told)


def test_the_same_store_gives_the_same_page(store: Store, tmp_path: Path) -> None:
    write_html(store, tmp_path / "one.html")
    write_html(store, tmp_path / "other.html")

    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "other.html").read_bytes()


def test_an_update_keeps_what_stood_where_it_stood(tmp_path: Path) -> None:
    path = tmp_path / "network.html"
    write_html(Store.of(synthetic.quads(20)), path)
    before = last_places(path)
    more = [q for q in synthetic.quads(25) if "m2" not in str(q)]

    write_html(Store.of([*synthetic.quads(20), *more]), path)

    after = last_places(path)
    moved = [np.hypot(*np.subtract(after[node], place)) for node, place in before.items()]
    assert np.median(moved) < 120


def test_a_layout_of_parts_lets_no_two_nodes_overlap() -> None:
    edges = np.array([(i, i + 1) for i in range(0, 60, 2)] + [(61, i) for i in range(62, 90)])
    radii = np.full(100, 8.0)

    at = positions(100, edges, np.ones(len(edges)), radii)

    apart = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) + np.eye(100) * 99
    assert apart.min() > 14


def test_neighbours_stand_nearer_than_strangers() -> None:
    ring = nx.cycle_graph(300)
    edges = np.array(ring.edges)

    at = positions(300, edges, np.ones(300), np.full(300, 7.0))

    near = np.hypot(*(at[edges[:, 0]] - at[edges[:, 1]]).T)
    assert np.median(near) < np.hypot(*at.std(axis=0)) / 2


@pytest.mark.parametrize("n_nodes", [0, 1, 2, 3])
def test_the_smallest_graphs_have_a_layout(n_nodes: int) -> None:
    edges = np.array([(i, i + 1) for i in range(n_nodes - 1)], dtype=np.intp).reshape(-1, 2)

    at = positions(n_nodes, edges, np.ones(len(edges)), np.full(n_nodes, 7.0))

    assert at.shape == (n_nodes, 2)
    assert np.isfinite(at).all()


def test_what_pyvis_users_write_works(tmp_path: Path) -> None:
    network = Network(title="Two")
    network.add_node("a", label="Ada", title="first")
    network.add_nodes(["b", "c"], label=["Bob", "Cid"])
    network.add_edge("a", "b", title="met")
    network.add_edges([("a", "b"), ("b", "c")])
    network.set_options('{"physics": {"enabled": false}}')
    network.write_html(str(tmp_path / "two.html"))

    assert network.num_nodes() == 3
    assert network.num_edges() == 3, "parallel edges are kept"
    assert set(last_places(tmp_path / "two.html")) == {"a", "b", "c"}


def test_an_edge_to_nowhere_is_refused() -> None:
    network = Network()

    with pytest.raises(ExportError, match="add both nodes"):
        network.add_edge("a", "b")


def test_an_engine_that_is_not_known_is_refused() -> None:
    with pytest.raises(ExportError, match='say "canvas" or "vis"'):
        Network(engine="webgl")  # type: ignore[arg-type]


def test_a_notebook_shows_the_page_shut_off_from_its_own() -> None:
    network = Network(nx.path_graph(3))

    shown = network._repr_html_()

    assert 'sandbox="allow-scripts' in shown
    assert "allow-same-origin" not in shown
    assert shown.count("<") == 2, "all else is inside the attribute"


def test_any_networkx_graph_has_a_page() -> None:
    text = page(nx.MultiDiGraph(nx.karate_club_graph()))

    assert text.startswith("<!doctype html>")
    assert "default-src 'none'" in text


def test_the_parts_name_only_what_is_there(network: nx.MultiDiGraph[str]) -> None:
    payload = Payload(network)
    core = payload.core(payload.places({}))

    n_nodes = len(network)
    assert {len(column) for key, column in core["nodes"].items() if isinstance(column, list)} == {
        n_nodes
    }
    assert max(i for each in core["edges"]["for"] if each for i in each) < n_nodes


def test_every_language_has_every_word() -> None:
    words = {
        code: json.loads((PAGE / "words" / f"{code}.json").read_text(encoding="utf-8"))
        for code in LANGUAGES
    }

    def keys(of: dict[str, Any]) -> set[str]:
        plural = {".zero", ".one", ".two", ".few", ".many"}
        return {key for key in of if not any(key.endswith(each) for each in plural)}

    assert set(words) == {"en", "fr", "ar"}
    assert len({frozenset(keys(of)) for of in words.values()}) == 1


def test_what_is_built_is_what_was_signed() -> None:
    for line in (BUILT / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split()
        assert hashlib.sha256((BUILT / name).read_bytes()).hexdigest() == digest


@pytest.mark.skipif(
    not (PAGE / "node_modules" / "esbuild").is_dir(), reason="`make page` installs what builds it"
)
def test_what_is_built_comes_from_the_sources(tmp_path: Path) -> None:
    copy = tmp_path / "page"
    shutil.copytree(PAGE, copy, ignore=shutil.ignore_patterns("node_modules", "built"))
    (copy / "built").mkdir()
    (copy / "node_modules").symlink_to((PAGE / "node_modules").resolve())

    node = Path(sys.executable).parent / "node"
    subprocess.run([node, "build.js"], cwd=copy, check=True, timeout=120)

    for file in sorted(BUILT.iterdir()):
        new = (copy / "built" / file.name).read_bytes()
        old = file.read_bytes()
        if file.suffix == ".gz":
            # Each version of zlib has its own way to pack the same bytes.
            new, old = gzip.decompress(new), gzip.decompress(old)
        if file.name != "SHA256SUMS":
            assert new == old, f"run 'npm run build': {file.name} is older than its sources"


def test_betweenness_is_what_networkx_counts(network: nx.MultiDiGraph[str]) -> None:
    met = acquaintance(network)

    expected = nx.betweenness_centrality(met)

    found = {node: network.nodes[node]["betweenness"] for node in met}
    assert found == pytest.approx(expected, abs=1e-5)


def test_those_who_met_have_a_group_and_bridges_are_told() -> None:
    two = nx.MultiDiGraph()
    pairs = ["ab", "ac", "bc", "cd", "de", "df", "ef"]
    two.add_nodes_from("abcdef", type="person")
    for number, pair in enumerate(pairs):
        two.add_node(number, type="meeting")
        for agent in pair:
            two.add_edge(agent, number, key="participant")

    measure(two)

    groups = (
        {two.nodes[node]["community"] for node in "abc"},
        {two.nodes[node]["community"] for node in "def"},
    )
    assert [len(group) for group in groups] == [1, 1]
    assert groups[0] != groups[1]
    assert [node for node in "abcdef" if two.nodes[node]["bridge"]] == ["c", "d"]
