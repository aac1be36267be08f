from __future__ import annotations

import csv
import sys
from pathlib import Path

import networkx as nx
import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import ExportError
from kg.exporters import EXPORTERS, export
from kg.store import Store

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))
import synthetic


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.of(synthetic.quads(15))


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".rdf"])
def test_formats_of_triples_hold_the_knowledge(store: Store, tmp_path: Path, suffix: str) -> None:
    path = export(store, tmp_path / f"out{suffix}")

    assert set(rdflib.Graph().parse(path)) == set(store.graph)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, inside rdflib
@pytest.mark.parametrize(
    ("suffix", "form"), [(".trig", "trig"), (".nq", "nquads"), (".jsonld", "json-ld")]
)
def test_formats_of_graphs_hold_everything(
    store: Store, tmp_path: Path, suffix: str, form: str
) -> None:
    path = export(store, tmp_path / f"out{suffix}")

    # rdflib leaves a file open that it opened itself.
    read = rdflib.Dataset().parse(data=path.read_text(encoding="utf-8"), format=form)
    assert len(list(read.quads())) == len(store)


def test_the_table_has_a_row_for_each_participation(store: Store, tmp_path: Path) -> None:
    path = export(store, tmp_path / "out.csv")

    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    participations = store.graph.query("SELECT * { ?p a dip:Participation }")
    assert len(rows) == len(participations)
    assert {row["kind"] for row in rows} <= {"meeting", "visit", "call", "summit", "signing"}
    assert {row["side"] for row in rows} == {"host", "guest"}
    assert all(len(row["country"]) == 2 and row["participant"] for row in rows)


def test_a_cell_is_never_a_formula(tmp_path: Path) -> None:
    meeting = NamedNode("https://w3id.org/dipkg/id/meeting/m")
    dip, default = synthetic.DIP, DefaultGraph()
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    evil = [
        Quad(meeting, kind, NamedNode(f"{dip}Meeting"), default),
        Quad(meeting, NamedNode(f"{dip}venue"), Literal("=cmd()", language="en"), default),
    ]

    text = export(Store.of(evil), tmp_path / "out.csv").read_text(encoding="utf-8-sig")

    assert "'=cmd()" in text


@pytest.mark.parametrize(
    ("suffix", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)]
)
def test_networks_are_read_by_networkx(
    store: Store, tmp_path: Path, suffix: str, read: type
) -> None:
    path = export(store, tmp_path / f"out{suffix}")

    network = read(path)
    types = nx.get_node_attributes(network, "type")
    assert {"person", "meeting"} <= set(types.values())
    assert network.number_of_edges() > 30


@pytest.mark.parametrize("suffix", [".csv", ".ttl", ".trig", ".graphml", ".gexf"])
def test_the_same_graph_is_written_in_the_same_bytes(
    store: Store, tmp_path: Path, suffix: str
) -> None:
    one, two = (export(store, tmp_path / f"{name}{suffix}") for name in "ab")

    assert one.read_bytes() == two.read_bytes()


def test_an_unknown_suffix_lists_the_known_ones(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as error:
        export(store, tmp_path / "out.docx")

    assert all(suffix in str(error.value) for suffix in EXPORTERS)


def test_a_folder_that_is_not_there_is_an_error_to_mend(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="name a file that can be written"):
        export(store, tmp_path / "no" / "out.ttl")
