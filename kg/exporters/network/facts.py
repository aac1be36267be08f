"""What a graph says, property by property, as plain values: the only file of the page that knows RDF."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pyoxigraph as ox

from kg.vocabulary import DCTERMS, DIP, ID, ONTOLOGY, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_PROPERTIES = (
    RDF.type, RDFS.label, SKOS.altLabel, DCTERMS.title,
    DIP.kind, DIP.status, DIP.date, DIP.city, DIP.country, DIP.venue, DIP.topic,
    DIP.meeting, DIP.agent, DIP.side, DIP.office, DIP.officeAsWritten, DIP.title, DIP.onBehalfOf,
    DIP.accreditedTo, DIP.delegation, DIP.evidence, DIP.reportedBy, DIP.speaker, DIP.act, DIP.words,
    DIP.language, DIP.publisher, DIP.url, DIP.published, DIP.sha256,
    DIP.mentionKind, DIP.exact, DIP.refersTo, DIP.confidence, DIP.because,
)  # fmt: skip
# A person has a title, too.
_NAMES = {DCTERMS.title: "headline"}
_CHOSEN = ox.DefaultGraph()
_LONG = len(ID)


class Value(NamedTuple):
    """An object of a triple: a local id or a text, and the text's language."""

    text: str
    language: str = ""


class Store(Protocol):
    """A kg.store.Store, or whatever else holds its quads so."""

    @property
    def quads(self) -> ox.Store:
        """The quads."""


Column = dict[str, list[Value]]


class Facts:
    """What a store says of its subjects, property by property."""

    def __init__(self, columns: dict[str, Column]) -> None:
        """Take columns by the local names of their properties."""
        self._columns = columns
        self._instances: dict[str, list[str]] = {}
        for subject, kinds in self.column("type").items():
            for kind in kinds:
                self._instances.setdefault(kind.text, []).append(subject)

    @classmethod
    def of(cls, quads: Iterable[ox.Quad]) -> Facts:
        """Gather what the page needs to know; the loop that reads millions."""
        found: dict[ox.NamedNode, Column] = {each: {} for each in _PROPERTIES}
        nodes: dict[str, Value] = {}
        for quad in quads:
            column = found.get(quad.predicate)
            if column is None:
                continue
            subject, term = quad.subject.value, quad.object  # type: ignore[union-attr]  # no triple is a subject here
            subject = subject[_LONG:] if subject.startswith(ID) else subject
            if isinstance(term, ox.Literal):
                value = Value(term.value, term.language or "")
            else:
                iri = term.value  # type: ignore[union-attr]
                value = nodes.get(iri) or nodes.setdefault(iri, Value(_local(iri)))
            if subject in column:
                column[subject].append(value)
            else:
                column[subject] = [value]
        return cls({_NAMES.get(each) or _name(each.value): found[each] for each in _PROPERTIES})

    def column(self, name: str) -> Column:
        """Give the values of a property by subject."""
        return self._columns.get(name, {})

    def instances(self, *classes: ox.NamedNode) -> list[str]:
        """Give all subjects of some classes of ours, sorted."""
        names = [_local(each.value) for each in classes]
        return sorted({each for name in names for each in self._instances.get(name, ())})

    def values(self, subject: str, name: str) -> Sequence[Value]:
        """Give all values of a property."""
        return self._columns.get(name, {}).get(subject, ())

    def first(self, subject: str, name: str) -> str | None:
        """Give the least of the values as text."""
        values = self.values(subject, name)
        if len(values) == 1:
            return values[0].text
        return min((each.text for each in values), default=None)

    def all(self, subject: str, name: str) -> tuple[str, ...]:
        """Give all values as texts, sorted."""
        values = self.values(subject, name)
        if len(values) == 1:
            return (values[0].text,)
        return tuple(sorted({each.text for each in values}))

    def words(self, subject: str, name: str) -> tuple[Value, ...]:
        """Give all values with their languages, sorted."""
        return tuple(sorted(set(self.values(subject, name))))


def needed(store: Store) -> Iterator[ox.Quad]:
    """Find in the default graph of a store what the page needs, which of 2,000,000 triples are two thirds."""
    return chain.from_iterable(
        store.quads.quads_for_pattern(None, each, None, _CHOSEN) for each in _PROPERTIES
    )


def reports(store: Store, meetings: Iterable[str]) -> Iterator[tuple[str, str, Facts]]:
    """Give (meeting, article, what it tells of "") of each article that reports one of the meetings."""
    for meeting in meetings:
        for quad in store.quads.quads_for_pattern(
            None, DIP.reports, ox.NamedNode(ID + meeting), None
        ):
            told: dict[str, Column] = {}
            for each in store.quads.quads_for_pattern(quad.subject, None, None, quad.graph_name):
                name = _name(each.predicate.value)
                told.setdefault(name, {"": []})[""].append(_value(each.object))
            yield meeting, _local(_iri(quad.graph_name)), Facts(told)


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
