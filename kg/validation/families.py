"""Classes with their subclasses, as the data tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.vocabulary import RDFS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pyoxigraph as ox

    from kg.terms import Node


def family(
    class_: ox.NamedNode, subjects: Callable[[ox.NamedNode, Node], Iterable[Node]]
) -> frozenset[Node]:
    """Give a class and all its subclasses; `subjects` gives the nodes that have a value for a property."""
    found: set[Node] = {class_}
    waiting: list[Node] = [class_]
    while waiting:
        new = set(subjects(RDFS.subClassOf, waiting.pop())) - found
        found |= new
        waiting += new
    return frozenset(found)
