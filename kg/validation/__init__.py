"""Whether a graph obeys its shapes: a report, and the graph without what does not.

pySHACL is the reference. The fast way gives the same report, and leaves to pySHACL what it does not understand.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias

import pyoxigraph as ox

from kg.errors import ShapesError
from kg.resources import ONTOLOGY
from kg.validation import fast
from kg.validation.data import Data
from kg.validation.findings import Finding, order
from kg.validation.literals import ill_formed_literals
from kg.validation.provenance import provenance
from kg.validation.rejection import rejections, take_out
from kg.validation.report import Report
from kg.validation.shapes import ShapesGraph
from kg.validation.sources import locate
from kg.validation.verification import Flaw, verify

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from kg.terms import Term

__all__ = [
    "SHAPES",
    "Finding",
    "Flaw",
    "Report",
    "provenance",
    "rejections",
    "revalidate",
    "shapes_graph",
    "split",
    "take_out",
    "validate",
    "verify",
]

SHAPES = ONTOLOGY / "shapes.ttl"
Engine: TypeAlias = Literal["fast", "pyshacl"]


def validate(
    graph: ox.Store | Iterable[ox.Quad],
    *,
    shapes: Path = SHAPES,
    focus: Collection[Term] | None = None,
    engine: Engine = "fast",
) -> Report:
    """Validate the default graph of a store, or quads; with `focus`, only those nodes and what touches them."""
    data = Data(graph) if isinstance(graph, ox.Store) else _loaded(graph)
    nodes = None if focus is None else _neighbours(data, focus)
    return _report(data, shapes, nodes, engine)


def revalidate(store: ox.Store, changed: Collection[ox.Quad]) -> tuple[Report, set[Term]]:
    """Judge what may be otherwise since some quads have come or gone; give the report and the nodes it is about."""
    data = Data(store)
    nodes = _neighbours(data, {quad.subject for quad in changed})  # type: ignore[misc] # no triple terms
    nodes |= {quad.object for quad in changed if isinstance(quad.object, ox.NamedNode)}
    return _report(data, SHAPES, nodes, "fast"), nodes


def _report(data: Data, shapes: Path, nodes: set[Term] | None, engine: Engine) -> Report:
    """Judge all of the data, or some nodes of it."""
    rules = shapes_graph(shapes)
    left = rules.leftover if engine == "fast" else rules.triples
    findings: list[Finding] = []
    described: list[ox.Triple] = []
    with ill_formed_literals():
        if engine == "fast" and nodes is None:
            findings += fast.judge_all(data, rules.understood)
        elif engine == "fast":
            findings += fast.judge_some(data, rules.understood, nodes or ())
        if left:
            from kg.validation import reference  # noqa: PLC0415 - rdflib takes 0.2 s to import

            found, described = reference.judge(data, left, nodes)
            findings += reference.with_languages(found, rules.store)
    described += data.described(
        node for each in findings for node in (each.focus, each.value) if node
    )
    located = sorted(locate(findings, data), key=order)
    return Report(tuple(located), tuple(sorted(set(described), key=str)))


def split(
    quads: Iterable[ox.Quad], report: Report, *, shapes: Path = SHAPES
) -> tuple[list[ox.Quad], list[ox.Quad]]:
    """Part quads into those published, which conform, and those rejected, with the reasons."""
    kept = list(quads)
    if report.conforms:
        return kept, []
    store = ox.Store()
    store.bulk_extend(kept)
    rejected = take_out(
        store, report, lambda rest, nodes: validate(rest, shapes=shapes, focus=nodes)
    )
    return [quad for quad in kept if quad in store], rejected


@cache
def shapes_graph(path: Path) -> ShapesGraph:
    """Read a file of shapes, once a process."""
    try:
        base = path.resolve().as_uri()
        quads = ox.parse(path=path, format=ox.RdfFormat.TURTLE, base_iri=base)
        return ShapesGraph(quad.triple for quad in quads)
    except (SyntaxError, OSError) as error:
        raise ShapesError(path, str(error), "give a Turtle file of SHACL shapes") from error


def _loaded(quads: Iterable[ox.Quad]) -> Data:
    known = [quad for quad in quads if quad.graph_name == ox.DefaultGraph()]
    store = ox.Store()
    store.bulk_extend(known)
    return Data(store, known)


def _neighbours(data: Data, focus: Collection[Term]) -> set[Term]:
    """Give some nodes, what points to them and what they point to: a change can make those wrong too."""
    found = set(focus)
    for node in focus:
        found |= {value for value in data.objects(node) if isinstance(value, ox.NamedNode)}
        found |= set(data.referrers(node))
    return found
