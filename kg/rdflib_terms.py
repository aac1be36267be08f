"""RDF terms between pyoxigraph, which the graph half is built on, and rdflib, which users meet.

rdflib takes 0.2 s to import: whoever can do without imports this where it is used.
Not oxrdflib: it gives `"x"^^xsd:string` where rdflib itself has `"x"`, and the two are not equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import rdflib

from kg.vocabulary import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import IdentifiedNode

    from kg.terms import Term


def to_rdflib(quads: Iterable[ox.Quad]) -> rdflib.Dataset:
    """Show quads as an rdflib Dataset, term by term the same."""
    dataset = rdflib.Dataset()
    graphs: dict[object, rdflib.Graph] = {ox.DefaultGraph(): dataset.default_graph}
    for quad in quads:
        name = quad.graph_name
        if name not in graphs:
            graphs[name] = dataset.graph(node_to_rdflib(name))
        graphs[name].add(_triple(quad))
    return dataset


def to_rdflib_graph(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """Show the triples of quads as an rdflib Graph, whatever graph they stand in."""
    graph = rdflib.Graph()
    for quad in quads:
        graph.add(_triple(quad))
    return graph


def term_to_rdflib(term: object) -> IdentifiedNode | rdflib.Literal:
    """Give the rdflib term, its lexical form untouched."""
    if not isinstance(term, ox.Literal):
        return node_to_rdflib(term)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype == XSD.string:
        return rdflib.Literal(term.value)
    datatype = rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


def node_to_rdflib(node: object) -> IdentifiedNode:
    """Give the rdflib node; raises TypeError on the triple terms of RDF 1.2, which rdflib lacks."""
    match node:
        case ox.NamedNode():
            return rdflib.URIRef(node.value)
        case ox.BlankNode():
            return rdflib.BNode(node.value)
        case _:
            raise TypeError(node)


def term_from_rdflib(term: rdflib.term.Node) -> Term:
    """Give the pyoxigraph term; raises ValueError where an IRI is none."""
    match term:
        case rdflib.Literal(language=str() as language):
            return ox.Literal(str(term), language=language)
        case rdflib.Literal(datatype=rdflib.URIRef() as datatype):
            return ox.Literal(str(term), datatype=ox.NamedNode(datatype))
        case rdflib.Literal():
            return ox.Literal(str(term))
        case rdflib.BNode():
            return ox.BlankNode(str(term))
        case _:
            return ox.NamedNode(str(term))


def _triple(quad: ox.Quad) -> tuple[IdentifiedNode, IdentifiedNode, rdflib.term.Node]:
    return node_to_rdflib(quad.subject), node_to_rdflib(quad.predicate), term_to_rdflib(quad.object)
