"""Pairs are weighed in batches, each of them by any process of any machine: the rest of resolution stays in one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, islice, tee
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.resolution.clusters import Edge

# Applies a function to each of many batches, in their order, as `map` does.
Carry = Callable[..., Iterator[Any]]
Key = TypeVar("Key")
Thing = TypeVar("Thing")

# Half a second's work: more would not be shared out evenly, less is not worth the way.
BATCH = 2000


def weighed(
    link: Callable[[Thing, Thing], Edge | None],
    pairs: Iterable[tuple[Key, Key]],
    find: Callable[[Key], Thing],
    carry: Carry = map,
) -> Iterator[tuple[Key, Key, Edge]]:
    """Weigh the things of all pairs of keys; give the pairs that are linked, each by an edge between 0 and 1."""
    met, asked = tee(pairs)
    batches = _batches((find(a), find(b)) for a, b in asked)
    edges = chain.from_iterable(carry(partial(_weigh, link), batches))
    return ((a, b, edge) for (a, b), edge in zip(met, edges, strict=True) if edge)


def _batches(pairs: Iterator[Thing]) -> Iterator[list[Thing]]:
    while batch := list(islice(pairs, BATCH)):
        yield batch


def _weigh(
    link: Callable[[Thing, Thing], Edge | None], pairs: Iterable[tuple[Thing, Thing]]
) -> list[Edge | None]:
    return [link(a, b) for a, b in pairs]
