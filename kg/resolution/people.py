"""Which occurrences are of one person: only profiles whose names share a key, and that could be one, are weighed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product
from typing import TYPE_CHECKING

from kg.resolution.clusters import Clusters, Edge, unite
from kg.resolution.evidence import contradict, weigh
from kg.resolution.names import keys, pair_keys
from kg.resolution.weighing import weighed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kg.resolution.decisions import Constraint
    from kg.resolution.occurrences import Occurrence
    from kg.resolution.profiles import Profile
    from kg.resolution.weighing import Carry


@dataclass(frozen=True, eq=False)
class Person:
    """Profiles that are one person: for each the other that best says why, and those that the user put here."""

    profiles: tuple[Profile, ...]
    because: Mapping[Profile, Profile]
    decided: frozenset[Profile] = frozenset()

    def __reduce__(self) -> tuple[type[Person], tuple[object, ...]]:
        """Keep what was found, and not what was computed from it."""
        return Person, (self.profiles, self.because, self.decided)

    @cached_property
    def occurrences(self) -> list[Occurrence]:
        """List all that is told of the person, the oldest first."""
        found = (each for profile in self.profiles for each in profile.occurrences)
        return sorted(found, key=lambda each: (each.founding, each.place))


def cluster(
    profiles: Sequence[Profile], edges: Sequence[Edge], constraints: Iterable[Constraint] = ()
) -> list[Person]:
    """Put profiles together that are one person; what the user said comes first."""
    clusters = Clusters(len(profiles), lambda i, j: contradict(profiles[i], profiles[j]))
    numbers = {each.place: i for i, p in enumerate(profiles) for each in p.occurrences}
    decided: set[int] = set()
    for constraint in constraints:
        a, b = constraint.numbers(numbers)
        clusters.obey(a, b, is_same=constraint.is_same)
        decided.update((*a, *b) if constraint.is_same else ())
    unite(clusters, edges)
    best: dict[int, Edge] = {}
    for edge in sorted(edges, key=lambda edge: (-edge.score, edge.a, edge.b)):
        if clusters.find(edge.a) == clusters.find(edge.b):
            best.setdefault(edge.a, edge)
            best.setdefault(edge.b, edge)
    return [_person(profiles, members, best, decided) for members in clusters.members()]


def edges(profiles: Sequence[Profile], carry: Carry = map) -> list[Edge]:
    """Find all pairs for which enough speaks."""
    pairs = ((i, j) for i, j in candidates(profiles) if may_link(profiles[i], profiles[j]))
    found = weighed(link, pairs, profiles.__getitem__, carry)
    return [edge.between(i, j) for i, j, edge in found]


def link(a: Profile, b: Profile) -> Edge | None:
    """Make an edge of two profiles, numbers 0 and 1, if enough speaks for it."""
    evidence = weigh(a, b)
    short = tuple(0 if profile is a else 1 for profile in evidence.short)
    return Edge(evidence.score, 0, 1, short) if evidence.is_enough else None


def candidates(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Pair all profiles that enough could speak for, each pair once."""
    full: dict[str, list[int]] = defaultdict(list)
    short: dict[tuple[str, object], list[int]] = defaultdict(list)
    for i, profile in enumerate(profiles):
        for key in pair_keys(profile.name):
            full[key].append(i)
        if not pair_keys(profile.name):
            for place in _meeting_points(profile):
                short[place].append(i)
    for i, profile in enumerate(profiles):
        is_full = bool(pair_keys(profile.name))
        found = {j for key in pair_keys(profile.name) for j in full[key] if j > i}
        for place in _meeting_points(profile) if short else ():
            found.update(j for j in short.get(place, ()) if j > i or is_full)
        yield from ((min(i, j), max(i, j)) for j in sorted(found))


def may_link(a: Profile, b: Profile) -> bool:
    """Tell at little cost that it is worth while to weigh two."""
    return not _is_hopeless(a, b) and ((_is_full(a) and _is_full(b)) or _may_speak(a, b))


def _is_full(profile: Profile) -> bool:
    return bool(pair_keys(profile.name))


def _may_speak(a: Profile, b: Profile) -> bool:
    """Tell whether two share any of what may speak for a short name."""
    return not set(_contexts(a)).isdisjoint(_contexts(b))


def stands_at(profile: Profile) -> Iterator[tuple[str, str]]:
    """Say where others find a profile: by two words of a full name, or by one of any."""
    pairs = pair_keys(profile.name)
    yield from (("full", key) for key in pairs)
    sort = "any" if pairs else "short"
    yield from ((sort, key) for key in keys(profile.name) - pairs)


def looks_at(profile: Profile) -> Iterator[tuple[str, str]]:
    """Say where a profile finds others: a short name among all, a full one among its like and the short."""
    pairs = pair_keys(profile.name)
    yield from (("full", key) for key in pairs)
    for key in keys(profile.name) - pairs:
        yield "short", key
        if not pairs:
            yield "any", key


def _meeting_points(profile: Profile) -> Iterator[tuple[str, object]]:
    """Pair the words of a name with what may speak for it: a short name alone is too little for a key."""
    return product(keys(profile.name) - pair_keys(profile.name), _contexts(profile))


def _contexts(profile: Profile) -> Iterator[object]:
    return chain(profile.organizations, profile.countries, profile.articles, profile.met)


def _is_hopeless(a: Profile, b: Profile) -> bool:
    """Tell at little cost that two stand for different countries."""
    return bool(
        a.countries
        and b.countries
        and a.countries.isdisjoint(b.countries)
        and a.organizations.isdisjoint(b.organizations)
    )


def _person(
    profiles: Sequence[Profile],
    members: Sequence[int],
    best: Mapping[int, Edge],
    decided: Collection[int],
) -> Person:
    because = {
        profiles[i]: profiles[best[i].b if i == best[i].a else best[i].a]
        for i in members
        if i in best
    }
    return Person(
        tuple(profiles[i] for i in members),
        because,
        frozenset(profiles[i] for i in members if i in decided),
    )
