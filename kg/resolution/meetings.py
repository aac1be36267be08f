"""Which tellings are of one meeting: both its principals are the same, and nothing tells two meetings apart."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from kg.resolution.clusters import Clusters, Edge, unite
from kg.resolution.likeness import ENOUGH, Likeness, contradict, may_be_at_once, weigh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.resolution.decisions import Constraint
    from kg.resolution.tellings import Telling

_FEW = 4  # parties of which two are the principals, in whatever order an article has them
_ALONE = Likeness(1.0, ("No other article tells of this meeting.",))
_DECIDED = Likeness(1.0, ("You decided that they are the same.",))


@dataclass(frozen=True, slots=True)
class Group:
    """Tellings of one meeting, each with what best says so."""

    tellings: tuple[Telling, ...]
    reasons: tuple[Likeness, ...]


def cluster(tellings: Sequence[Telling], constraints: Iterable[Constraint] = ()) -> list[Group]:
    """Put tellings together that are of one meeting; what the user said comes first."""
    clusters = Clusters(len(tellings), lambda i, j: contradict(tellings[i], tellings[j]))
    numbers = {telling.place: i for i, telling in enumerate(tellings)}
    for constraint in constraints:
        a, b = constraint.numbers(numbers)
        clusters.obey(a, b, is_same=constraint.is_same)
    weighed = {(i, j): weigh(tellings[i], tellings[j]) for i, j in candidates(tellings)}
    unite(
        clusters,
        (
            Edge(likeness.score, *pair, _undated(tellings, *pair))
            for pair, likeness in weighed.items()
            if likeness.score >= ENOUGH
        ),
    )
    best: dict[int, Likeness] = {}
    for pair, likeness in weighed.items():
        if likeness.score and clusters.find(pair[0]) == clusters.find(pair[1]):
            for i in pair:
                best[i] = max(best.get(i, likeness), likeness)
    return [
        Group(
            tuple(tellings[i] for i in members),
            tuple(best.get(i, _ALONE if len(members) == 1 else _DECIDED) for i in members),
        )
        for members in clusters.members()
    ]


def candidates(tellings: Sequence[Telling]) -> Iterator[tuple[int, int]]:
    """Pair the tellings whose first parties may be the same, and the times too."""
    named: dict[tuple[str, ...], list[int]] = defaultdict(list)
    acting: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, telling in enumerate(tellings):
        for pair in (pairs := _pairs(telling)):
            named[pair].append(i)
        for pair in _pairs(telling, acting=True) - pairs:
            acting[pair].append(i)
    for i, telling in enumerate(tellings):
        found: set[int] = set()
        for pair in _pairs(telling):
            found.update(j for j in named[pair] if j > i)
            found.update(acting.get(pair, ()))
        yield from (
            (min(i, j), max(i, j))
            for j in sorted(found)
            if i != j and may_be_at_once(telling, tellings[j])
        )


def _pairs(telling: Telling, *, acting: bool = False) -> set[tuple[str, ...]]:
    """Pair the first parties, or those too for whom they act."""
    agents = [
        {entity, *wholes} if acting else {entity}
        for entity, wholes in zip(telling.entities[:_FEW], telling.stands_for[:_FEW], strict=True)
    ]
    if len(agents) == 1:
        return {(agent,) for agent in agents[0]}
    pairs = (pair for a, b in combinations(agents, 2) for pair in product(a, b))
    return {tuple(sorted(set(pair))) for pair in pairs}


def _undated(tellings: Sequence[Telling], i: int, j: int) -> tuple[int, ...]:
    """Find which of two has no day of its own, and might be of another meeting."""
    if tellings[i].article == tellings[j].article:
        return ()
    return tuple(k for k in (i, j) if not tellings[k].has_day)
