"""What a store says, property by property, as plain values: the only file of the page that knows RDF.

Property by property, because of 2,000,000 triples of a large store the page needs a third.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pyoxigraph as ox

from kg.vocabulary import DCTERMS, DIP, ID, ONTOLOGY, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PROPERTIES = (
    RDFS.label, SKOS.altLabel, DCTERMS.title,
    DIP.kind, DIP.status, DIP.date, DIP.city, DIP.country, DIP.venue, DIP.topic,
    DIP.meeting, DIP.agent, DIP.side, DIP.office, DIP.officeAsWritten, DIP.title, DIP.onBehalfOf,
    DIP.accreditedTo, DIP.delegation, DIP.evidence, DIP.reportedBy, DIP.speaker, DIP.act, DIP.words,
    DIP.language, DIP.publisher, DIP.url, DIP.published, DIP.sha256,
)  # fmt: skip
_CHOSEN = ox.DefaultGraph()


class Value(NamedTuple):
    """An object of a triple: a local id or a text, and the text's language."""

    text: str
    language: str = ""


Said = dict[str, list[Value]]
Facts = dict[str, Said]


class Store(Protocol):
    """A kg.store.Store, or whatever else holds its quads so."""

    @property
    def quads(self) -> ox.Store:
        """The quads."""


def facts(store: Store) -> Facts:
    """Gather what the default graph says of all but mentions, by subject and local name of the property."""
    found: Facts = defaultdict(dict)
    for property_ in PROPERTIES:
        name = _name(property_.value)
        for subject, value in column(store, property_):
            found[subject].setdefault(name, []).append(value)
    return dict(found)


def instances(store: Store, class_: ox.NamedNode) -> set[str]:
    """Give the local ids of all subjects of a class of ours."""
    matches = store.quads.quads_for_pattern(None, RDF.type, class_, _CHOSEN)
    return {_local(_iri(quad.subject)) for quad in matches}


def column(store: Store, property_: ox.NamedNode) -> Iterator[tuple[str, Value]]:
    """Give all (subject, value) of a property in the default graph."""
    for quad in store.quads.quads_for_pattern(None, property_, None, _CHOSEN):
        yield _local(_iri(quad.subject)), _value(quad.object)


def reports(store: Store, meetings: Iterable[str]) -> Iterator[tuple[str, str, Said]]:
    """Give (meeting, article, what it tells) of each article that reports one of the meetings."""
    for meeting in meetings:
        for quad in store.quads.quads_for_pattern(
            None, DIP.reports, ox.NamedNode(ID + meeting), None
        ):
            told: Said = {}
            for each in store.quads.quads_for_pattern(quad.subject, None, None, quad.graph_name):
                told.setdefault(_name(each.predicate.value), []).append(_value(each.object))
            yield meeting, _local(_iri(quad.graph_name)), told


def _iri(term: ox.NamedNode | ox.BlankNode | ox.Triple | ox.DefaultGraph) -> str:
    # No blank nodes and no quoted triples stand in the graph.
    assert isinstance(term, ox.NamedNode)
    return term.value


def _name(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]


def _local(iri: str) -> str:
    return iri.removeprefix(ID).removeprefix(ONTOLOGY)


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Value:
    if isinstance(term, ox.Literal):
        return Value(term.value, term.language or "")
    return Value(_local(term.value) if isinstance(term, ox.NamedNode) else str(term))
