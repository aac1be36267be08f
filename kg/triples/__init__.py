"""What articles say and what they say together, as RDF: the only door between text and graph.

The default graph is the knowledge; each article has a named graph of its own. There are no blank
nodes and no timestamps, and literals are in the form that stores keep, so that equal input gives equal bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.terms import to_rdflib, to_rdflib_graph
from kg.triples.articles import tell
from kg.triples.entities import describe_entities
from kg.triples.meetings import describe_meetings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.model import Knowledge, Reading

__all__ = ["blocks", "to_rdflib", "to_rdflib_graph", "triplify"]


def triplify(knowledge: Knowledge, readings: Sequence[Reading]) -> list[ox.Quad]:
    """Write knowledge and the readings it comes from in the terms of the ontology, sorted."""
    return sorted((q for block in blocks(knowledge, readings) for q in block), key=_order)


def blocks(knowledge: Knowledge, readings: Iterable[Reading]) -> Iterator[list[ox.Quad]]:
    """Write the same in blocks, for a corpus that no memory holds: each quad stands in one of them.

    The readings are gone through twice. Equal knowledge and readings in equal order give equal blocks;
    one block is of entities, one of each meeting, and one of each article, its own graph last.
    """
    yield list(dict.fromkeys(describe_entities(knowledge, readings)))
    yield from (list(dict.fromkeys(block)) for block in describe_meetings(knowledge))
    yield from (list(dict.fromkeys(block)) for block in tell(knowledge, readings))


def _order(quad: ox.Quad) -> tuple[str, str, str, str]:
    graph = quad.graph_name
    where = "" if isinstance(graph, ox.DefaultGraph) else str(graph)
    return where, str(quad.subject), str(quad.predicate), str(quad.object)
