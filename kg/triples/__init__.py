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
    from collections.abc import Iterable

    from kg.model import Knowledge, Reading

__all__ = ["to_rdflib", "to_rdflib_graph", "triplify"]


def triplify(knowledge: Knowledge, readings: Iterable[Reading]) -> list[ox.Quad]:
    """Write knowledge and the readings it comes from in the terms of the ontology, in a fixed order."""
    by_article = {reading.article.id: reading for reading in readings}
    articles = {id_: reading.article for id_, reading in by_article.items()}
    quads = {
        *describe_entities(knowledge, by_article.values()),
        *describe_meetings(knowledge, articles),
        *tell(knowledge, by_article.values()),
    }
    return sorted(quads, key=_order)


def _order(quad: ox.Quad) -> tuple[str, str, str, str]:
    graph = quad.graph_name
    where = "" if isinstance(graph, ox.DefaultGraph) else str(graph)
    return where, str(quad.subject), str(quad.predicate), str(quad.object)
