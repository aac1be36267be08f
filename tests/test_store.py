from __future__ import annotations

import gc
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad
from rdflib.compare import isomorphic
from rdflib.plugins.sparql import prepareQuery

from kg.errors import QueryError, StoreError
from kg.store import Store, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))
import synthetic

ARTICLE = NamedNode("https://w3id.org/dipkg/id/article/a0-0")


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    return synthetic.quads(20)


@pytest.fixture
def folder(tmp_path: Path, quads: list[Quad]) -> Path:
    Store.create(tmp_path, quads).close()
    return tmp_path


def test_what_is_put_in_is_read(folder: Path, quads: list[Quad]) -> None:
    with Store.open(folder) as store:
        assert set(store) == set(quads)


def test_a_reader_keeps_what_it_opened_while_a_writer_goes_on(folder: Path) -> None:
    with Store.open(folder) as before:
        n_before = len(before)
        with Store.open(folder, writable=True) as writer:
            writer.remove_graph(ARTICLE)
        with Store.open(folder) as after:
            assert len(after) < n_before == len(list(before))


def test_a_writer_that_fails_changes_nothing(folder: Path, quads: list[Quad]) -> None:
    with pytest.raises(ValueError, match="IRI"), Store.open(folder, writable=True) as store:
        store.add(Quad(*[NamedNode(iri)] * 3) for iri in ("http://example.org/", "no IRI"))

    with Store.open(folder) as store:
        assert set(store) == set(quads)


def test_a_build_that_fails_leaves_the_graph_that_was(folder: Path, quads: list[Quad]) -> None:
    def broken() -> Iterator[Quad]:
        yield quads[0]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Store.create(folder, broken())

    with Store.open(folder) as store:
        assert set(store) == set(quads)


def test_what_is_written_is_final_even_where_a_cycle_holds_it(
    folder: Path, quads: list[Quad]
) -> None:
    gc.disable()
    try:
        with Store.open(folder, writable=True) as store:
            held: list[object] = [store.quads]
            held.append(held)
            del held
            store.remove(quads[:5])
    finally:
        gc.enable()
    generation = (folder / "store" / "current").read_text(encoding="utf-8").split()[-1]

    # RocksDB lets nobody else write while the store is open.
    assert len(pyoxigraph.Store(str(folder / "store" / generation))) == len({*quads} - {*quads[:5]})


def test_a_second_writer_is_told_to_wait(folder: Path) -> None:
    with (
        Store.open(folder, writable=True),
        pytest.raises(StoreError, match=r"another process writes.* - wait"),
    ):
        Store.open(folder, writable=True)


def test_a_reader_cannot_write(folder: Path) -> None:
    with Store.open(folder) as store, pytest.raises(StoreError, match="writable=True"):
        store.remove_graph(ARTICLE)


def test_a_folder_without_a_graph_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no graph here - kg build SOURCE -o "):
        Store.open(tmp_path)


def test_a_store_with_a_broken_file_is_told_so(tmp_path: Path) -> None:
    Store.create(tmp_path, [])
    [current] = tmp_path.rglob("CURRENT")
    current.write_bytes(b"")

    with pytest.raises(StoreError, match=r"it cannot be read: .*build it again"):
        Store.open(tmp_path)


@pytest.mark.parametrize("mark", ["dipkg store 99\n000001\n", "", "\x00"])
def test_a_store_of_another_version_says_to_build_again(folder: Path, mark: str) -> None:
    (folder / "store" / "current").write_text(mark, encoding="utf-8")

    with pytest.raises(StoreError, match="build it again"):
        Store.open(folder)


def test_generations_gone_by_are_removed(folder: Path) -> None:
    for _ in range(3):
        with Store.open(folder, writable=True) as store:
            store.compact()

    assert len([path for path in (folder / "store").iterdir() if path.is_dir()]) == 1


def test_a_graph_is_replaced(folder: Path) -> None:
    quad = Quad(ARTICLE, NamedNode("http://purl.org/dc/terms/title"), Literal("New"), ARTICLE)

    with Store.open(folder, writable=True) as store:
        store.replace_graph(ARTICLE, [quad])

    with Store.open(folder) as store:
        assert list(store.read(ARTICLE)) == [quad]


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf", "trig", "nq", "jsonld"])
def test_dumps_are_the_same_bytes_in_any_order(
    tmp_path: Path, quads: list[Quad], suffix: str
) -> None:
    shuffled = random.Random(1).sample(quads, len(quads))  # noqa: S311 - no secret

    for name, order in (("a", quads), ("b", shuffled)):
        Store.of(order).dump(tmp_path / f"{name}.{suffix}")

    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_large_dumps_are_sorted_in_parts(
    tmp_path: Path, quads: list[Quad], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.of(quads)
    store.dump(tmp_path / "at-once.trig")
    monkeypatch.setattr("kg.store.dumping._RUN", 100)

    store.dump(tmp_path / "in-parts.trig")

    assert (tmp_path / "in-parts.trig").read_bytes() == (tmp_path / "at-once.trig").read_bytes()


def test_rdflib_reads_from_the_store_what_it_reads_from_the_file(
    tmp_path: Path, quads: list[Quad]
) -> None:
    store = Store.of(quads)
    store.dump(tmp_path / "graph.ttl")
    read = rdflib.Graph().parse(tmp_path / "graph.ttl")

    assert set(store.graph) == set(read)
    assert isomorphic(store.graph, read)


def test_rdflib_finds_literals_by_their_value(quads: list[Quad]) -> None:
    dip = rdflib.Namespace(synthetic.DIP)

    [country] = Store.of(quads).graph.subjects(dip.isoCode, rdflib.Literal("SA"))

    assert country == rdflib.URIRef("https://w3id.org/dipkg/id/country/SA")


@pytest.mark.parametrize("prepare", [str, prepareQuery])
def test_rdflib_queries_give_the_same_answer_prepared_or_not(
    quads: list[Quad], prepare: type
) -> None:
    question = f"SELECT ?m {{ ?m a <{synthetic.DIP}Meeting> }}"

    assert len(list(Store.of(quads).graph.query(prepare(question)))) == 20


def test_rdflib_queries_take_bindings(quads: list[Quad]) -> None:
    saudi = rdflib.URIRef("https://w3id.org/dipkg/id/country/SA")
    question = f"SELECT ?code {{ ?country <{synthetic.DIP}isoCode> ?code }}"

    [(code,)] = Store.of(quads).graph.query(question, initBindings={"country": saudi})

    assert code == rdflib.Literal("SA")


def test_the_rdflib_view_is_for_reading(quads: list[Quad]) -> None:
    with pytest.raises(StoreError, match="for reading"):
        Store.of(quads).graph.add((rdflib.RDF.type, rdflib.RDF.type, rdflib.RDF.type))


def test_the_rdflib_dataset_holds_every_graph(quads: list[Quad]) -> None:
    store = Store.of(quads)
    graphs = {str(graph.identifier) for graph in store.dataset.graphs()}

    assert {name.value for name in store.graphs()} < graphs
    assert len(list(store.dataset.quads())) == len(quads)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent ?s { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p :.SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { FILTER(1<2)SERVICE<http://127.0.0.1:9/>{ ?s ?p ?o } }",
        "SELECT * { # comment\n SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        # Read as an IRI, `<?b#x>` would hide the string that hides SERVICE.
        "SELECT * { FILTER(?a<?b#x>'''\n) SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } #'''\n}",
    ],
)
def test_service_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        refuse(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?service ?p 'the SERVICE of <x>' }",
        "SELECT * { ?s <http://example.org/service#of> ?o } # SERVICE",
        'SELECT * { ?s ex:service """it\'s a "service" """ FILTER(?a<?b && ?c>?d) }',
        "SELECT * { ?s ?p ?o FILTER(?o < 3 || CONTAINS(?o, 'service')) }",
        "ASK { ?s ?p 'DELETE, INSERT' }",
    ],
)
def test_the_word_service_is_no_crime(query: str) -> None:
    refuse(query)


@pytest.mark.parametrize("update", ["LOAD <http://127.0.0.1/>", "DELETE WHERE { ?s ?p ?o }"])
def test_updates_are_refused(update: str) -> None:
    with pytest.raises(QueryError, match="update"):
        Store.of([]).query(update)


def test_a_query_with_a_mistake_says_where() -> None:
    with pytest.raises(QueryError, match=r"1:\d+"):
        Store.of([]).query("SELECT * { ?s ?p }")


WRITER = """
import sys; sys.path[:0] = sys.argv[2:]
import synthetic
from kg.store import Store
turn = 0
while True:
    turn += 1
    print(turn, flush=True)
    if turn % 2:
        Store.create(sys.argv[1], synthetic.quads(20)).close()
    else:
        with Store.open(sys.argv[1], writable=True) as store:
            store.remove_graph(next(store.graphs()))
"""


@pytest.mark.parametrize("moment", [0.02, 0.05, 0.11, 0.17])
def test_a_killed_writer_leaves_the_state_before_or_after(
    folder: Path, quads: list[Quad], moment: float
) -> None:
    root = Path(__file__).parent.parent
    command = [sys.executable, "-c", WRITER, str(folder), str(root / "tests/benchmarks"), str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(moment)
        writer.send_signal(signal.SIGKILL)

    with Store.open(folder) as store:
        found, n_graphs = set(store), len(list(store.graphs()))
    full = {quad.graph_name for quad in quads if isinstance(quad.graph_name, NamedNode)}
    assert n_graphs in {len(full), len(full) - 1}
    assert found == {quad for quad in quads if quad in found}
    assert sum(len(list(Store.open(folder).read(name))) for name in full) == sum(
        quad.graph_name in full for quad in found
    )
    Store.create(folder, quads).close()
