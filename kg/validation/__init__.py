"""Whether a graph obeys its shapes: a report, and the graph without what does not.

pySHACL is the reference. The fast way gives the same report, and leaves to pySHACL what it does not understand.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, TypeAlias

import pyoxigraph as ox

from kg.resources import ONTOLOGY
from kg.validation.data import Data
from kg.validation.fast import Judge, judge_some
from kg.validation.findings import Finding, order
from kg.validation.lines import Lines, read
from kg.validation.literals import ill_formed_literals
from kg.validation.provenance import provenance
from kg.validation.rejection import rejections, take_out
from kg.validation.report import Report
from kg.validation.shapes import shapes_graph
from kg.validation.sources import locate
from kg.validation.telling import in_lines, pieces
from kg.validation.verification import Flaw, verify

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kg.terms import Term
    from kg.validation.constraints import Told
    from kg.validation.shapes import ShapesGraph

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
_KNOWLEDGE = ox.DefaultGraph()
# Bytes of lines that one process judges before others have begun.
_LARGE = 60_000_000
Engine: TypeAlias = Literal["fast", "pyshacl"]


def validate(
    graph: ox.Store | Iterable[ox.Quad] | Path,
    *,
    shapes: Path = SHAPES,
    focus: Collection[Term] | None = None,
    engine: Engine = "fast",
) -> Report:
    """Validate the knowledge of a store, of quads or of a file; with `focus`, some nodes and what touches them."""
    if focus is None:
        with TemporaryDirectory() as folder:
            return _of_all(graph, shapes, engine, Path(folder))
    data = Data(graph if isinstance(graph, ox.Store) else _loaded(graph))
    return _of_some(data, shapes_graph(shapes), _neighbours(data, focus), engine)


def revalidate(store: ox.Store, changed: Collection[ox.Quad]) -> tuple[Report, set[Term]]:
    """Judge what may be otherwise since some quads have come or gone; give the report and the nodes it is about."""
    data = Data(store)
    nodes = _neighbours(data, {quad.subject for quad in changed})  # type: ignore[misc] # no triple terms
    nodes |= {quad.object for quad in changed if isinstance(quad.object, ox.NamedNode)}
    return _of_some(data, shapes_graph(SHAPES), nodes, "fast"), nodes


def _of_all(
    graph: ox.Store | Iterable[ox.Quad] | Path, shapes: Path, engine: Engine, folder: Path
) -> Report:
    rules = shapes_graph(shapes)
    told = pieces(graph, folder)
    if engine == "fast" and rules.may_be_cut and sum(piece.size for piece in told) > _LARGE:
        from kg.validation.apart import judge_apart  # noqa: PLC0415 - NumPy takes 0.1 s to import

        try:
            judged = judge_apart(told, shapes, folder)
        except SyntaxError:  # a piece of Turtle is no Turtle, and perhaps the whole is not
            told = in_lines(graph, folder)
            judged = judge_apart(told, shapes, folder)
        if judged is not None:
            findings, described = (chain.from_iterable(each) for each in zip(*judged, strict=True))
            return _sorted(findings, described)
    if any(piece.form for piece in told):
        told = in_lines(graph, folder)
    text = b"".join(piece.lines() for piece in told)
    lines = Lines(read(text))
    with ill_formed_literals():
        found = [*Judge(rules.understood).findings(lines)] if engine == "fast" else []
        more, said = _by_pyshacl(ox.parse(text, ox.RdfFormat.N_TRIPLES), rules, engine)
    return _report(found + more, said, lines)


def _of_some(data: Data, rules: ShapesGraph, nodes: set[Term], engine: Engine) -> Report:
    with ill_formed_literals():
        findings = [*judge_some(data, rules.understood, nodes)] if engine == "fast" else []
        found, described = _by_pyshacl(data.quads(), rules, engine, nodes)
    return _report(findings + found, described, data)


def _by_pyshacl(
    quads: Iterable[ox.Quad],
    rules: ShapesGraph,
    engine: Engine,
    nodes: Collection[Term] | None = None,
) -> tuple[list[Finding], list[ox.Triple]]:
    """Let pySHACL judge what is left to it, which may be nothing."""
    left = rules.leftover if engine == "fast" else rules.triples
    if not left:
        return [], []
    from kg.validation import reference  # noqa: PLC0415 - rdflib takes 0.2 s to import

    findings, described = reference.judge(quads, left, nodes)
    return [*reference.with_languages(findings, rules.store)], described


def _report(findings: list[Finding], described: list[ox.Triple], data: Told) -> Report:
    nodes = (node for each in findings for node in (each.focus, each.value) if node)
    return _sorted(locate(findings, data), [*described, *data.described(nodes)])


def _sorted(findings: Iterable[Finding], described: Iterable[ox.Triple]) -> Report:
    return Report(tuple(sorted(findings, key=order)), tuple(sorted(set(described), key=str)))


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


def _loaded(graph: Iterable[ox.Quad] | Path) -> ox.Store:
    quads = ox.parse(path=graph) if isinstance(graph, Path) else graph
    store = ox.Store()
    store.bulk_extend(quad for quad in quads if quad.graph_name == _KNOWLEDGE)
    return store


def _neighbours(data: Data, focus: Collection[Term]) -> set[Term]:
    """Give some nodes, what points to them and what they point to: a change can make those wrong too."""
    found = set(focus)
    for node in focus:
        found |= {value for value in data.objects(node) if isinstance(value, ox.NamedNode)}
        found |= set(data.referrers(node))
    return found
