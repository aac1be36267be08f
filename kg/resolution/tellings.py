"""A meeting as one article tells it, its parties resolved."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

from kg.gazetteers import Sort, find
from kg.model import Side
from kg.resolution.occurrences import Place, country_id
from kg.resolution.organizations import with_wholes
from kg.resolution.times import Time, time_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.model import Article, MeetingMention, Mention, Participant, Reading
    from kg.resolution.organizations import Organizations


@dataclass(frozen=True, eq=False)
class Telling:
    """A meeting as one article tells it, its parties resolved; `stands_for` adds whom each acts for."""

    article: str
    number: int
    mention: MeetingMention
    entities: tuple[str, ...]
    stands_for: tuple[frozenset[str], ...]
    time: Time | None

    def __reduce__(self) -> tuple[type[Telling], tuple[object, ...]]:
        """Keep what was told, and not what was computed from it."""
        return Telling, tuple(getattr(self, field.name) for field in fields(self))

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

    @property
    def has_day(self) -> bool:
        """Tell whether the article says which day it was."""
        return self.time is not None and self.time.is_day

    @cached_property
    def cities(self) -> frozenset[str]:
        """Give the city, if it is told and known."""
        return _values(self.mention.city)

    @cached_property
    def countries(self) -> frozenset[str]:
        """Give the country it was in, told or known by its city."""
        known = filter(None, (find(Sort.CITY, city) for city in self.cities))
        of_city = frozenset(city.country for city in known if city.country)
        return of_city or _values(self.mention.country)

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
    bodies = frozenset(organizations.of(article.id, m) for m in party.organizations)
    return with_wholes(bodies) | countries
