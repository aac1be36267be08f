"""Which tellings are of one meeting: both its principals are the same, and nothing tells two meetings apart."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from kg.resolution.clusters import Clusters, Edge, unite
from kg.resolution.likeness import ENOUGH, Likeness, contradict, may_be_at_once, weigh
from kg.resolution.weighing import weighed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.resolution.decisions import Constraint
    from kg.resolution.tellings import Telling
    from kg.resolution.weighing import Carry

_FEW = 4  # parties of which two are the principals, in whatever order an article has them
_ALONE = Likeness(1.0, ("No other article tells of this meeting.",))
_DECIDED = Likeness(1.0, ("You decided that they are the same.",))


@dataclass(frozen=True, slots=True)
class Group:
    """Tellings of one meeting, each with what best says so."""

    tellings: tuple[Telling, ...]
    reasons: tuple[Likeness, ...]


def cluster(
    tellings: Sequence[Telling], edges: Sequence[Edge], constraints: Iterable[Constraint] = ()
) -> list[Group]:
    """Put tellings together that are of one meeting; what the user said comes first."""
    clusters = Clusters(len(tellings), lambda i, j: contradict(tellings[i], tellings[j]))
    numbers = {telling.place: i for i, telling in enumerate(tellings)}
    for constraint in constraints:
        a, b = constraint.numbers(numbers)
        clusters.obey(a, b, is_same=constraint.is_same)
    unite(clusters, edges)
    best: dict[int, Likeness] = {}
    for edge in edges:
        if clusters.find(edge.a) == clusters.find(edge.b):
            likeness = weigh(tellings[edge.a], tellings[edge.b])
            for i in (edge.a, edge.b):
                best[i] = max(best.get(i, likeness), likeness)
    return [
        Group(
            tuple(tellings[i] for i in members),
            tuple(best.get(i, _ALONE if len(members) == 1 else _DECIDED) for i in members),
        )
        for members in clusters.members()
    ]


def edges(tellings: Sequence[Telling], carry: Carry = map) -> list[Edge]:
    """Find all pairs for which enough speaks."""
    pairs = ((i, j) for i, j in candidates(tellings) if may_be_at_once(tellings[i], tellings[j]))
    found = weighed(link, pairs, tellings.__getitem__, carry)
    return [edge.between(i, j) for i, j, edge in found]


def link(a: Telling, b: Telling) -> Edge | None:
    """Make an edge of two tellings, numbers 0 and 1, if enough speaks for it."""
    score = weigh(a, b).score
    # One that tells no day may be of another meeting; but not in an article that tells of both.
    is_sure = a.article == b.article
    short = () if is_sure else tuple(k for k, told in enumerate((a, b)) if not told.has_day)
    return Edge(score, 0, 1, short) if score >= ENOUGH else None


def candidates(tellings: Sequence[Telling]) -> Iterator[tuple[int, int]]:
    """Pair the tellings whose first parties may be the same, and the times too."""
    named: dict[tuple[str, ...], list[int]] = defaultdict(list)
    acting: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, telling in enumerate(tellings):
        for pair in pairs(telling):
            named[pair].append(i)
        for pair in pairs(telling, acting=True) - pairs(telling):
            acting[pair].append(i)
    for i, telling in enumerate(tellings):
        found: set[int] = set()
        for pair in pairs(telling):
            found.update(j for j in named[pair] if j > i)
            found.update(acting.get(pair, ()))
        yield from ((min(i, j), max(i, j)) for j in sorted(found) if i != j)


def stands_at(telling: Telling) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Say where others find a telling: at its parties, and at those for whom they act."""
    yield from (("named", pair) for pair in pairs(telling))
    yield from (("acting", pair) for pair in pairs(telling, acting=True) - pairs(telling))


def looks_at(telling: Telling) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Say where a telling finds others: one of the two must name the parties."""
    yield from (("named", pair) for pair in pairs(telling, acting=True))
    yield from (("acting", pair) for pair in pairs(telling))


def pairs(telling: Telling, *, acting: bool = False) -> set[tuple[str, ...]]:
    """Pair the first parties, or those too for whom they act."""
    agents = [
        {entity, *wholes} if acting else {entity}
        for entity, wholes in zip(telling.entities[:_FEW], telling.stands_for[:_FEW], strict=True)
    ]
    if len(agents) == 1:
        return {(agent,) for agent in agents[0]}
    found = (pair for a, b in combinations(agents, 2) for pair in product(a, b))
    return {tuple(sorted(set(pair))) for pair in found}
