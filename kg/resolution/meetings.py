"""Which reports are of one meeting: both its principals are the same, and nothing tells two meetings apart."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from typing import TYPE_CHECKING

from kg.gazetteers import Sort, entries
from kg.model import Kind, Side
from kg.resolution.clusters import Clusters, Edge, unite
from kg.resolution.occurrences import Place, country_id
from kg.resolution.times import Time, time_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.model import Article, MeetingMention, Mention, Participant, Reading
    from kg.resolution.decisions import Constraint
    from kg.resolution.organizations import Organizations

_ENOUGH = 0.6
# The words of a call are spoken far apart; a visit, its talks and what was signed there are one.
_APART = frozenset({Kind.CALL})


@dataclass(frozen=True, eq=False)
class Telling:
    """A meeting as one article tells it, its parties resolved; `stands_for` adds whom each acts for."""

    article: str
    number: int
    mention: MeetingMention
    entities: tuple[str, ...]
    stands_for: tuple[frozenset[str], ...]
    time: Time | None

    @property
    def place(self) -> tuple[str, int]:
        """Tell where it is told."""
        return self.article, self.number

    @cached_property
    def principals(self) -> tuple[int, ...]:
        """Give the first party of each side, or else the first two."""
        sides = [party.side for party in self.mention.participants]
        if Side.HOST in sides and Side.GUEST in sides:
            return tuple(sorted((sides.index(Side.HOST), sides.index(Side.GUEST))))
        return tuple(range(min(2, len(sides))))

    @cached_property
    def cities(self) -> frozenset[str]:
        """Give the city, if it is told and known."""
        return _values(self.mention.city)

    @cached_property
    def countries(self) -> frozenset[str]:
        """Give the country it was in, told or known by its city."""
        known = {_countries().get(city) for city in self.cities}
        return frozenset(filter(None, known)) or _values(self.mention.country)

    @cached_property
    def topics(self) -> frozenset[str]:
        """Give its known topics."""
        return _values(*self.mention.topics)


def _values(*mentions: Mention | None) -> frozenset[str]:
    return frozenset(mention.value for mention in mentions if mention and mention.value)


def tellings(
    readings: Iterable[Reading], organizations: Organizations, who: Mapping[Place, str]
) -> list[Telling]:
    """Put the resolved parties into the meetings of all readings."""
    return [
        Telling(
            article=reading.article.id,
            number=n,
            mention=meeting,
            entities=tuple(
                who[Place(reading.article.id, n, k)] for k in range(len(meeting.participants))
            ),
            stands_for=tuple(
                _stands_for(reading.article, party, organizations) for party in meeting.participants
            ),
            time=time_of(reading.article, meeting),
        )
        for reading in readings
        for n, meeting in enumerate(reading.meetings)
    ]


def _stands_for(
    article: Article, party: Participant, organizations: Organizations
) -> frozenset[str]:
    countries = {country_id(party.country)} if party.country else set()
    return frozenset({organizations.of(article.id, m) for m in party.organizations} | countries)


def cluster(tellings: Sequence[Telling], constraints: Iterable[Constraint]) -> list[list[Telling]]:
    """Put tellings together that are of one meeting; what the user said comes first."""
    clusters = Clusters(len(tellings), lambda i, j: contradict(tellings[i], tellings[j]))
    numbers = {telling.place: i for i, telling in enumerate(tellings)}
    for constraint in constraints:
        a, b = constraint.numbers(numbers)
        clusters.obey(a, b, is_same=constraint.is_same)
    scores = {(i, j): weigh(tellings[i], tellings[j]) for i, j in candidates(tellings)}
    unite(
        clusters,
        (
            Edge(score, *pair, _undated(tellings, *pair))
            for pair, score in scores.items()
            if score >= _ENOUGH
        ),
    )
    return [[tellings[i] for i in members] for members in clusters.members()]


def candidates(tellings: Sequence[Telling]) -> Iterator[tuple[int, int]]:
    """Pair the tellings whose principals may be the same, and the times too."""
    named: dict[tuple[str, ...], list[int]] = defaultdict(list)
    acting: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, telling in enumerate(tellings):
        for pair in (pairs := _pairs(telling, acting=False)):
            named[pair].append(i)
        for pair in _pairs(telling, acting=True) - pairs:
            acting[pair].append(i)
    for i, telling in enumerate(tellings):
        found: set[int] = set()
        for pair in _pairs(telling, acting=False):
            found.update(j for j in named[pair] if j > i)
            found.update(acting.get(pair, ()))
        yield from (
            (min(i, j), max(i, j))
            for j in sorted(found)
            if i != j and _may_be_at_once(telling, tellings[j])
        )


def _pairs(telling: Telling, *, acting: bool) -> set[tuple[str, ...]]:
    """Pair the principals, or those too for whom they act."""
    agents = [
        {telling.entities[k]} | (telling.stands_for[k] if acting else frozenset())
        for k in telling.principals
    ]
    return {tuple(sorted(set(pair))) for pair in product(*agents)}


def _may_be_at_once(a: Telling, b: Telling) -> bool:
    return a.time is None or b.time is None or a.time.meets(b.time)


def weigh(a: Telling, b: Telling) -> float:
    """Tell from 0 to 1 how much speaks for two tellings being of one meeting."""
    if contradict(a, b) or not (_covers(a, b) and _covers(b, a)):
        return 0.0
    if a.article == b.article:
        return 1.0
    score = 0.4 + 0.1 * bool(a.cities & b.cities) + 0.05 * bool(a.topics & b.topics)
    if len(a.principals) == 1:
        score -= 0.3  # whoever the other was, a minister sees several in a day
    if a.time is None or b.time is None:
        # Nothing but the parties: the place must agree, and no second meeting of theirs be known.
        return score + 0.15 * bool(a.cities & b.cities or a.countries & b.countries)
    score += 0.05 * (a.time == b.time)
    is_sure = a.time.is_day and b.time.is_day
    if a.cities and b.cities and a.cities.isdisjoint(b.cities):
        score -= 0.1
    return min(1.0, score + (0.4 if is_sure else 0.3))


def contradict(a: Telling, b: Telling) -> bool:
    """Tell whether two tellings cannot be of one meeting."""
    if not _may_be_at_once(a, b) or (a.mention.kind in _APART) != (b.mention.kind in _APART):
        return True
    is_elsewhere = bool(a.cities and b.cities) and a.cities.isdisjoint(b.cities)
    # A newspaper may name the city of its own desk, but hardly in another country.
    return is_elsewhere and (a.countries.isdisjoint(b.countries) or a.article == b.article)


def _covers(a: Telling, b: Telling) -> bool:
    """Tell whether each principal of one is a party of the other."""
    return bool(a.principals) and all(
        any(_is_alike(a, k, b, m) for m in range(len(b.entities))) for k in a.principals
    )


def _is_alike(a: Telling, k: int, b: Telling, m: int) -> bool:
    """Tell whether two parties are one, or one is whom the other acts for."""
    x, y = a.entities[k], b.entities[m]
    return x == y or x in b.stands_for[m] or y in a.stands_for[k]


def _undated(tellings: Sequence[Telling], i: int, j: int) -> tuple[int, ...]:
    """Find which of two has no day of its own, and might be of another meeting."""
    if tellings[i].article == tellings[j].article:
        return ()
    return tuple(k for k in (i, j) if not (time := tellings[k].time) or not time.is_day)


@cache
def _countries() -> Mapping[str, str | None]:
    return {entry.id: entry.country for entry in entries(Sort.CITY)}
