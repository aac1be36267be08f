"""What lines of N-Triples say, by node and property: asked as `Data` is, and many times faster filled than a store."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from kg.garbage import without_collection
from kg.validation.families import family
from kg.vocabulary import RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.terms import Node, Term

Said: TypeAlias = "dict[bytes, list[bytes]]"
Index: TypeAlias = "dict[bytes, Said]"
END = b" .\n"
TYPE = str(RDF.type).encode()
_NOTHING: Said = {}


def read(text: bytes) -> Index:
    """Index lines as pyoxigraph writes them: by subject, then by property, each value once."""
    with without_collection():
        return _read(text)


def _read(text: bytes) -> Index:
    index: Index = {}
    several: list[tuple[Said, bytes]] = []
    subject = b""
    said = _NOTHING
    for line in text.split(END)[:-1]:
        node, property_, value = line.split(b" ", 2)
        if node != subject:
            subject = node
            said = index.setdefault(node, {})
        if property_ in said:
            said[property_].append(value)
            several.append((said, property_))
        else:
            said[property_] = [value]
    for said, property_ in several:
        said[property_] = list(dict.fromkeys(said[property_]))
    return index


class Lines:
    """Lines that are judged, beside others that are looked up as well."""

    def __init__(self, own: Index, others: Mapping[bytes, Said] | None = None) -> None:
        """Look at an index; `others` must not tell of the same nodes."""
        self.own = own
        first, then = own.get, (others or {}).get

        def said(node: bytes) -> Said:
            return first(node) or then(node) or _NOTHING

        # A function of its own: nothing is called as often.
        self.said = said

    def values(self, node: Term, predicate: ox.NamedNode) -> list[Term]:
        """List the values that a node has for a property."""
        return [*map(term, self.said(encoded(node)).get(encoded(predicate), ()))]

    def subjects(self, predicate: ox.NamedNode, value: Term) -> Iterator[Node]:
        """Give the nodes that have a value for a property."""
        property_ = encoded(predicate)
        if property_ not in self._inverse:
            self._inverse[property_] = _inverse(self.own, property_)
        for node in self._inverse[property_].get(encoded(value), ()):
            yield term(node)  # type: ignore[misc] # no literals

    def described(self, nodes: Iterable[Term]) -> list[ox.Triple]:
        """Give all that is said of blank nodes, and of those they point to: they have no name to ask by."""
        found: set[ox.Triple] = set()
        waiting = [node for node in nodes if isinstance(node, ox.BlankNode)]
        while waiting:
            node = waiting.pop()
            text = written(encoded(node), self.said(encoded(node)))
            new = {each.triple for each in ox.parse(text, ox.RdfFormat.N_TRIPLES)} - found
            waiting += (each.object for each in new if isinstance(each.object, ox.BlankNode))
            found |= new
        return sorted(found, key=str)

    def is_a(self, node: Term, class_: ox.NamedNode) -> bool:
        """Tell whether a node is an instance of a class or of a subclass of it."""
        types = self.said(encoded(node)).get(TYPE, ())
        return not self.family(class_).isdisjoint(map(term, types))

    def family(self, class_: ox.NamedNode) -> frozenset[Node]:
        """Give a class and all its subclasses in the data."""
        if class_ not in self._families:
            self._families[class_] = family(class_, self.subjects)
        return self._families[class_]

    @cached_property
    def _families(self) -> dict[ox.NamedNode, frozenset[Node]]:
        return {}

    @cached_property
    def _inverse(self) -> dict[bytes, dict[bytes, list[bytes]]]:
        return {}


def _inverse(index: Index, property_: bytes) -> dict[bytes, list[bytes]]:
    found: dict[bytes, list[bytes]] = {}
    for node, said in index.items():
        for value in said.get(property_, ()):
            found.setdefault(value, []).append(node)
    return found


@lru_cache(maxsize=4096)
def encoded(node: Term) -> bytes:
    """Give a term as it stands in lines."""
    return str(node).encode()


@lru_cache(maxsize=4096)
def term(text: bytes) -> Term:
    """Give the term that stands in a line."""
    match text[:1]:
        case b"<":
            return ox.NamedNode(text[1:-1].decode())
        case b"_":
            return ox.BlankNode(text[2:].decode())
        case _:
            [triple] = ox.parse(b"<urn:s> <urn:p> " + text + END, ox.RdfFormat.N_TRIPLES)
            return triple.object  # type: ignore[no-any-return]


def written(subject: bytes, said: Said) -> bytes:
    """Write what is said of a node as lines."""
    return b"".join(
        b" ".join((subject, property_, value)) + END
        for property_, values in said.items()
        for value in values
    )
