"""Which of many are one, when only pairs were weighed: the best pairs first, and never two that contradict."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


_RIVAL = 0.25  # how much less may speak for a rival


class Edge(NamedTuple):
    """Two that may be one, by their numbers; `short` are those of the two that others may rival."""

    score: float
    a: int
    b: int
    short: tuple[int, ...] = ()

    def between(self, a: int, b: int) -> Edge:
        """Put two numbers in the place of 0 and 1."""
        return Edge(self.score, a, b, tuple((a, b)[i] for i in self.short))


class _Partition:
    """Numbers in groups, which only ever grow."""

    def __init__(self, n: int) -> None:
        self.of = list(range(n))
        self.members = [[i] for i in range(n)]

    def join(self, a: int, b: int) -> None:
        keep, leave = sorted((self.of[a], self.of[b]))
        if keep == leave:
            return
        for i in self.members[leave]:
            self.of[i] = keep
        self.members[keep] += self.members[leave]
        self.members[leave] = []


class Clusters:
    """A partition of numbers that obeys the user first; what contradicts comes together by his word alone."""

    def __init__(self, n: int, contradict: Callable[[int, int], bool]) -> None:
        """Start with each number alone."""
        self._clusters = _Partition(n)
        # Two that the user made one may contradict; who joins the one need not agree with the other.
        self._strands = _Partition(n)
        self._contradict = contradict
        self._apart: set[tuple[int, int]] = set()

    def find(self, i: int) -> int:
        """Give the number that stands for the cluster of another."""
        return self._clusters.of[i]

    def members(self) -> list[list[int]]:
        """List the clusters, each in order."""
        return [sorted(members) for members in self._clusters.members if members]

    def obey(self, a: Iterable[int], b: Iterable[int], *, is_same: bool) -> None:
        """Make two groups one whatever contradicts, or keep them apart; what was obeyed before stays."""
        for x, y in product(a, b):
            if not is_same:
                self._apart.update(((x, y), (y, x)))
            elif not self._are_apart(x, y):
                self._clusters.join(x, y)

    def unite(self, a: int, b: int) -> bool:
        """Make two one unless any of the one contradicts any of the other."""
        if self.find(a) != self.find(b) and self.may_unite(a, b):
            self._clusters.join(a, b)
            self._strands.join(a, b)
        return self.find(a) == self.find(b)

    def may_unite(self, a: int, b: int) -> bool:
        """Tell whether nothing in two clusters contradicts."""
        if self.find(a) == self.find(b):
            return True
        members, of = self._strands.members, self._strands.of
        return not self._are_apart(a, b) and not any(
            self._contradict(x, y) for x in members[of[a]] for y in members[of[b]]
        )

    def _are_apart(self, a: int, b: int) -> bool:
        members = self._clusters.members
        return bool(self._apart) and any(
            (x, y) in self._apart for x in members[self.find(a)] for y in members[self.find(b)]
        )


def unite(clusters: Clusters, edges: Iterable[Edge]) -> None:
    """Unite by the edges, the best first; a short name joins only where all it may stand for are one."""
    ordered = sorted(edges, key=lambda edge: (-edge.score, edge.a, edge.b))
    for edge in ordered:
        if not edge.short:
            clusters.unite(edge.a, edge.b)
    linked = {(i, j) for edge in ordered for i, j in ((edge.a, edge.b), (edge.b, edge.a))}
    targets = _targets(ordered)
    for edge in ordered:
        if edge.short and all(_is_alone(clusters, i, targets[i], linked) for i in edge.short):
            clusters.unite(edge.a, edge.b)


def _targets(edges: Sequence[Edge]) -> dict[int, list[int]]:
    """List for each short name all that it may stand for about as well as the best of them."""
    found: dict[int, list[int]] = defaultdict(list)
    best: dict[int, float] = {}
    for edge in edges:
        for i in edge.short:
            if edge.score > best.setdefault(i, edge.score) - _RIVAL:
                found[i].append(edge.b if i == edge.a else edge.a)
    return found


def _is_alone(
    clusters: Clusters, short: int, targets: Sequence[int], linked: set[tuple[int, int]]
) -> bool:
    """Tell whether all that a short name may stand for could be one."""
    own = clusters.find(short)
    rivals = [i for i in targets if clusters.find(i) != own]
    return all(
        clusters.find(x) == clusters.find(y) or ((x, y) in linked and clusters.may_unite(x, y))
        for n, x in enumerate(rivals)
        for y in rivals[:n]
    )
