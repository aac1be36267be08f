"""What articles say and what they say together, as RDF: the only door between text and graph.

The default graph is the knowledge; each article has a named graph of its own. There are no blank
nodes and no timestamps, and literals are in the form that stores keep, so that equal input gives equal bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.triples.blocks import (
    ARTICLE,
    MEETING,
    THING,
    Block,
    blocks,
    held,
    local_id,
    thing,
    thing_of,
)
from kg.triples.parts import entity_iri

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Knowledge, Reading

__all__ = [
    "ARTICLE",
    "MEETING",
    "THING",
    "Block",
    "blocks",
    "entity_iri",
    "held",
    "local_id",
    "thing",
    "thing_of",
    "triplify",
]


def triplify(knowledge: Knowledge, readings: Sequence[Reading]) -> list[ox.Quad]:
    """Write knowledge and the readings it comes from in the terms of the ontology, sorted."""
    return sorted((q for block in blocks(knowledge, readings) for q in block.quads), key=_order)


def _order(quad: ox.Quad) -> tuple[str, str, str, str]:
    graph = quad.graph_name
    where = "" if isinstance(graph, ox.DefaultGraph) else str(graph)
    return where, str(quad.subject), str(quad.predicate), str(quad.object)
