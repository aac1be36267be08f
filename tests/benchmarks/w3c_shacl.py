"""How many of the W3C's tests of SHACL pass through `kg.validation.validate`: `python tests/benchmarks/w3c_shacl.py FOLDER`.

FOLDER holds data-shapes-test-suite/tests of https://github.com/w3c/data-shapes (here ../shared/w3c/shacl). Each
test is run as published, by pySHACL alone, and with a message on every shape: without one,
the fast way leaves a shape to pySHACL, whose words it would have to make up.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import rdflib
from rdflib import RDF, SH
from rdflib.collection import Collection
from rdflib.compare import isomorphic

from kg.errors import ShapesError
from kg.rdflib_terms import to_rdflib_graph
from kg.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.validation import Report

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")
COMPARED = (
    SH.focusNode,
    SH.resultPath,
    SH.resultSeverity,
    SH.sourceConstraint,
    SH.sourceConstraintComponent,
    SH.sourceShape,
    SH.value,
)


def main() -> None:
    """Run every test in three ways and count."""
    folder = Path(sys.argv[1])
    ways = {"as published": ("fast", False), "pySHACL": ("pyshacl", False), "told": ("fast", True)}
    for way, (engine, is_told) in ways.items():
        results = {
            path.relative_to(folder): passes(node, graph, engine, is_told=is_told)
            for path in sorted(folder.rglob("*.ttl"))
            for graph in [read(path)]
            for node in tests(graph)
        }
        failing = ", ".join(str(path) for path, passed in results.items() if not passed)
        print(f"{way}: {sum(results.values())} of {len(results)}; fail: {failing}")  # noqa: T201


def read(path: Path) -> rdflib.Graph:
    """Read a file as it is written: rdflib's own parser would rewrite its numbers."""
    quads = ox.parse(path=path, format=ox.RdfFormat.TURTLE, base_iri=path.resolve().as_uri())
    return to_rdflib_graph(quads)


def tests(graph: rdflib.Graph) -> Iterator[rdflib.term.Node]:
    """Give the tests of a manifest."""
    for entries in graph.objects(None, MF.entries):
        yield from Collection(graph, entries)


def passes(test: rdflib.term.Node, graph: rdflib.Graph, engine: str, *, is_told: bool) -> bool:
    """Compare what validation reports with what the test expects."""
    action, expected = graph.value(test, MF.action), graph.value(test, MF.result)
    data, shapes = (
        Path(str(graph.value(action, each)).removeprefix("file://"))
        for each in (SHT.dataGraph, SHT.shapesGraph)
    )
    with tempfile.TemporaryDirectory() as temporary:
        if is_told:
            shapes = told(shapes, Path(temporary) / "told.ttl")
        try:
            base = data.as_uri()
            quads = ox.parse(path=data, format=ox.RdfFormat.TURTLE, base_iri=base)
            report = validate(
                (ox.Quad(*quad.triple) for quad in quads), shapes=shapes, engine=engine
            )
        except ShapesError:
            return expected == SHT.Failure
    if expected == SHT.Failure:
        return False
    return isomorphic(reduced(graph, expected), reduced(strict(report), None))


def told(shapes: Path, path: Path) -> Path:
    """Give every shape a message."""
    base = shapes.as_uri()
    triples = [
        quad.triple for quad in ox.parse(path=shapes, format=ox.RdfFormat.TURTLE, base_iri=base)
    ]
    message, parameters = ox.NamedNode(SH.message), str(SH)
    said = [(t.subject, t.predicate.value) for t in triples]
    # A path is no shape: sh:inversePath and its like say so.
    shaped = {s for s, p in said if p.startswith(parameters) and not p.endswith("Path")}
    triples += [ox.Triple(each, message, ox.Literal("told")) for each in sorted(shaped, key=str)]
    ox.serialize(triples, path, format=ox.RdfFormat.TURTLE)
    return path


def strict(report: Report) -> rdflib.Graph:
    """Give a report in which a warning does not conform either, as the standard has it."""
    graph = report.graph
    [node] = graph.subjects(RDF.type, SH.ValidationReport)
    graph.set((node, SH.conforms, rdflib.Literal(not report.findings)))
    return graph


def reduced(graph: rdflib.Graph, report: rdflib.term.Node | None) -> rdflib.Graph:
    """Keep what results are compared by."""
    kept = rdflib.Graph()
    report = report or graph.value(None, RDF.type, SH.ValidationReport)
    conforms = graph.value(report, SH.conforms)
    kept.add((rdflib.BNode("report"), SH.conforms, rdflib.Literal(bool(conforms.toPython()))))
    for result in graph.objects(report, SH.result):
        for predicate in COMPARED:
            for value in graph.objects(result, predicate):
                kept.add(
                    (result, predicate, path(graph, value) if predicate == SH.resultPath else value)
                )
    return kept


def path(graph: rdflib.Graph, node: rdflib.term.Node) -> rdflib.term.Node:
    """Write a path without a name as words: results may share it or not."""
    if not isinstance(node, rdflib.BNode):
        return node
    parts = sorted((p.n3(), path(graph, o).n3()) for p, o in graph.predicate_objects(node))
    return rdflib.Literal(str(parts))


if __name__ == "__main__":
    main()
