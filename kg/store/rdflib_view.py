"""The same data for code that speaks rdflib: a Dataset whose triples and SPARQL come from our store.

Terms are converted one by one at this edge, so that every literal equals the one that rdflib itself reads.
"""

# ruff: noqa: ANN401, ARG002, FBT001, FBT002, N803 - names and signatures are those of rdflib's Store
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import Result
from rdflib.store import Store

from kg.errors import StoreError
from kg.rdflib_terms import node_to_rdflib, term_from_rdflib, term_to_rdflib
from kg.store.refusal import refuse
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from rdflib.term import Identifier, Node


def dataset(quads: ox.Store) -> rdflib.Dataset:
    """Show a store as an rdflib Dataset; our prefixes are bound."""
    shown = rdflib.Dataset(store=_View(quads))
    for prefix, namespace in PREFIXES.items():
        shown.bind(prefix, namespace, override=True)
    return shown


def _pattern(term: Node | None) -> Any:
    return None if term is None else term_from_rdflib(term)


class _View(Store):
    """What rdflib asks of a store, answered by pyoxigraph."""

    context_aware = True
    graph_aware = True
    formula_aware = False
    transaction_aware = False

    def __init__(self, quads: ox.Store) -> None:
        super().__init__()
        self._quads = quads
        self._prefixes: dict[str, rdflib.URIRef] = {}

    def triples(
        self, triple_pattern: Any, context: rdflib.Graph | None = None
    ) -> Iterator[tuple[Any, Iterator[rdflib.Graph | None]]]:
        """Find triples; outside a graph, those of every graph, each once."""
        try:
            subject, predicate, object_ = map(_pattern, triple_pattern)
        except ValueError:
            # rdflib takes IRIs that RDF does not: nothing is said of them.
            return
        name = None if context is None else _graph_name(context.identifier)
        seen: set[ox.Triple] = set()
        for quad in self._quads.quads_for_pattern(subject, predicate, object_, name):
            if name is None:
                if quad.triple in seen:
                    continue
                seen.add(quad.triple)
            triple = tuple(map(term_to_rdflib, (quad.subject, quad.predicate, quad.object)))
            graphs = [quad.graph_name] if name else self._graphs_of(quad)
            yield triple, iter([self._context(graph) for graph in graphs])

    def _graphs_of(self, quad: ox.Quad) -> list[Any]:
        same = self._quads.quads_for_pattern(quad.subject, quad.predicate, quad.object)
        return [found.graph_name for found in same]

    def contexts(self, triple: Any = None) -> Generator[rdflib.Graph, None, None]:
        """Name the graphs, or those that hold a triple."""
        if triple is None:
            names: list[Any] = list(self._quads.named_graphs())
        else:
            quads = self._quads.quads_for_pattern(*map(_pattern, triple))
            names = [quad.graph_name for quad in quads]
        yield from map(self._context, names)

    def _context(self, name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> rdflib.Graph:
        identifier = (
            DATASET_DEFAULT_GRAPH_ID if isinstance(name, ox.DefaultGraph) else node_to_rdflib(name)
        )
        return rdflib.Graph(self, identifier)

    def __len__(self, context: rdflib.Graph | None = None) -> int:
        """Count the triples of a graph."""
        if context is None:
            return len(self._quads)
        name = _graph_name(context.identifier)
        return sum(1 for _ in self._quads.quads_for_pattern(None, None, None, name))

    def __bool__(self) -> bool:
        """Be there even when empty: counting takes long."""
        return True

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],
        initBindings: Mapping[str, Identifier],
        queryGraph: str,
        **_: Any,
    ) -> Result:
        """Answer a query given as text; rdflib itself answers the others, much slower."""
        if not isinstance(query, str) or initBindings:
            raise NotImplementedError
        refuse(query)
        union = queryGraph == "__UNION__"
        named = None if union else _graph_name(rdflib.URIRef(str(queryGraph)))
        results = self._quads.query(
            query,
            prefixes={**PREFIXES, **{prefix: str(iri) for prefix, iri in initNs.items()}},
            use_default_graph_as_union=union,
            default_graph=None if union else named,
        )
        return _result(results)

    def add(self, triple: Any, context: Any, quoted: bool = False) -> None:
        raise StoreError("graph", "this view is for reading", "copy it: rdflib.Graph() + graph")

    def remove(self, triple: Any, context: Any = None) -> None:
        raise StoreError("graph", "this view is for reading", "copy it: rdflib.Graph() + graph")

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Do nothing: rdflib announces the graphs it looks at."""

    def remove_graph(self, graph: rdflib.Graph) -> None:
        raise StoreError("graph", "this view is for reading", "copy it: rdflib.Graph() + graph")

    def bind(self, prefix: str, namespace: rdflib.URIRef, override: bool = True) -> None:
        """Remember a prefix, for those who write Turtle with rdflib."""
        if override or prefix not in self._prefixes:
            self._prefixes[prefix] = namespace

    def namespace(self, prefix: str) -> rdflib.URIRef | None:
        """Give the namespace of a prefix."""
        return self._prefixes.get(prefix)

    def prefix(self, namespace: rdflib.URIRef) -> str | None:
        """Give the prefix of a namespace."""
        return next((p for p, iri in self._prefixes.items() if str(iri) == str(namespace)), None)

    def namespaces(self) -> Iterator[tuple[str, rdflib.URIRef]]:
        """Go through the prefixes."""
        return iter(list(self._prefixes.items()))


def _graph_name(identifier: Node) -> ox.NamedNode | ox.BlankNode | ox.DefaultGraph:
    if identifier == DATASET_DEFAULT_GRAPH_ID:
        return ox.DefaultGraph()
    name = term_from_rdflib(identifier)
    assert not isinstance(name, ox.Literal)
    return name


def _result(results: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean) -> Result:
    match results:
        case ox.QueryBoolean():
            result = Result("ASK")
            result.askAnswer = bool(results)
        case ox.QuerySolutions():
            result = Result("SELECT")
            result.vars = [rdflib.Variable(variable.value) for variable in results.variables]
            result.bindings = [
                {
                    variable: term_to_rdflib(term)
                    for variable, term in zip(result.vars, solution, strict=True)
                    if term is not None
                }
                for solution in results
            ]
        case _:
            result = Result("CONSTRUCT")
            result.graph = rdflib.Graph()
            for triple in results:
                parts = (triple.subject, triple.predicate, triple.object)
                result.graph.add(tuple(map(term_to_rdflib, parts)))  # type: ignore[arg-type]  # three terms
    return result
