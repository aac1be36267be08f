"""The data that is validated: the default graph of a store, asked by node."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.validation.families import family
from kg.vocabulary import RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.terms import Node, Term

_GRAPH = ox.DefaultGraph()


class Data:
    """A view of a store's default graph that knows classes and their subclasses."""

    def __init__(self, store: ox.Store) -> None:
        """Look at a store, that must not change while it is looked at."""
        self.store = store
        self._families: dict[ox.NamedNode, frozenset[Node]] = {}
        self._classes: dict[Term, frozenset[Term]] = {}

    def quads(self) -> Iterable[ox.Quad]:
        """Give all that is said."""
        return self.store.quads_for_pattern(None, None, None, _GRAPH)

    def values(self, node: Term, predicate: ox.NamedNode) -> list[Term]:
        """List the values that a node has for a property."""
        if isinstance(node, ox.Literal):
            return []
        return [quad.object for quad in self.store.quads_for_pattern(node, predicate, None, _GRAPH)]  # type: ignore[misc] # no triple terms

    def subjects(self, predicate: ox.NamedNode, value: Term) -> Iterator[Node]:
        """Give the nodes that have a value for a property."""
        for quad in self.store.quads_for_pattern(None, predicate, value, _GRAPH):
            yield quad.subject  # type: ignore[misc] # no triple terms

    def objects(self, node: Term) -> list[Term]:
        """List what a node points to by any property."""
        if isinstance(node, ox.Literal):
            return []
        return [quad.object for quad in self.store.quads_for_pattern(node, None, None, _GRAPH)]  # type: ignore[misc] # no triple terms

    def referrers(self, node: Term) -> Iterator[Node]:
        """Give the nodes that point to a node by any property."""
        for quad in self.store.quads_for_pattern(None, None, node, _GRAPH):
            yield quad.subject  # type: ignore[misc] # no triple terms

    def described(self, nodes: Iterable[Term]) -> list[ox.Triple]:
        """Give all that is said of blank nodes, and of those they point to: they have no name to ask by."""
        found: set[ox.Triple] = set()
        waiting = [node for node in nodes if isinstance(node, ox.BlankNode)]
        while waiting:
            node = waiting.pop()
            new = {quad.triple for quad in self.store.quads_for_pattern(node, None, None, _GRAPH)}
            waiting += (
                each.object for each in new - found if isinstance(each.object, ox.BlankNode)
            )
            found |= new
        return sorted(found, key=str)

    def is_a(self, node: Term, class_: ox.NamedNode) -> bool:
        """Tell whether a node is an instance of a class or of a subclass of it."""
        if node not in self._classes:
            self._classes[node] = frozenset(self.values(node, RDF.type))
        return not self.family(class_).isdisjoint(self._classes[node])

    def family(self, class_: ox.NamedNode) -> frozenset[Node]:
        """Give a class and all its subclasses in the data."""
        if not self._has_subclasses:
            return frozenset({class_})
        if class_ not in self._families:
            self._families[class_] = family(class_, self.subjects)
        return self._families[class_]

    def answer(self, query: str) -> list[dict[str, Term]]:
        """Answer a SELECT query over the default graph, what is bound by its name."""
        solutions = self.store.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        return [
            {name: value for name in names if (value := row[name]) is not None} for row in solutions
        ]

    @cached_property
    def _has_subclasses(self) -> bool:
        return any(self.store.quads_for_pattern(None, RDFS.subClassOf, None, _GRAPH))
