"""The same knowledge as `resolve` finds, kept up to date: a change costs what it touches, not what is known.

What the user decided may touch anything: with decisions, `resolve` all anew.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kg.model import Knowledge
from kg.resolution import choices, entities, links, meetings, occurrences, people
from kg.resolution.bodies import Bodies
from kg.resolution.ids import Claim, meeting_claim, person_claim
from kg.resolution.layers import NamedLayer, Rules
from kg.resolution.likeness import may_be_at_once
from kg.resolution.occurrences import Place
from kg.resolution.profiles import Profile, profiles
from kg.resolution.statements import said
from kg.resolution.tellings import tellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, MutableMapping

    from kg.model import Entity, Link, Meeting, Name, Reading, Said
    from kg.resolution.meetings import Group
    from kg.resolution.people import Person
    from kg.resolution.profiles import Key
    from kg.resolution.shelves import Cabinet
    from kg.resolution.tellings import Telling
    from kg.resolution.weighing import Carry

Thing = TypeVar("Thing")


def _keys(person: Person) -> list[Key]:
    return [profile.key for profile in person.profiles]


def _places(group: Group) -> list[tuple[str, int]]:
    return [telling.place for telling in group.tellings]


def _claim(group: Group) -> Claim:
    return meeting_claim(group.tellings, choices.date(group.tellings))


_PEOPLE: Rules[Key, Profile, Person] = Rules(
    people.stands_at,
    people.looks_at,
    people.may_link,
    people.link,
    people.cluster,
    _keys,
    person_claim,
)
_MEETINGS: Rules[tuple[str, int], Telling, Group] = Rules(
    meetings.stands_at,
    meetings.looks_at,
    may_be_at_once,
    meetings.link,
    meetings.cluster,
    _places,
    _claim,
)


@dataclass(frozen=True, slots=True)
class Change:
    """What is new or another, the ids that are no more, those called otherwise, and the articles of which something is."""

    knowledge: Knowledge
    gone: frozenset[str]
    renamed: frozenset[str]
    articles: frozenset[str]


def _in_memory(_: str) -> MutableMapping[Any, Any]:
    return {}


class _Table(Generic[Thing]):
    """Things by their ids, and what became of those that a change touched."""

    def __init__(self, rows: MutableMapping[str, Thing]) -> None:
        self.rows = rows
        self._before: dict[str, Thing | None] = {}

    def put(self, id_: str, thing: Thing | None) -> None:
        self._before.setdefault(id_, self.rows.get(id_))
        if thing is None:
            self.rows.pop(id_, None)
        else:
            self.rows[id_] = thing

    def changes(self) -> tuple[dict[str, tuple[Thing | None, Thing]], set[str]]:
        """Give what is new or another, with what it was, and what is gone; and forget it."""
        before, self._before = self._before, {}
        now = {id_: self.rows[id_] for id_ in sorted(before) if id_ in self.rows}
        gone = {id_ for id_, old in before.items() if old is not None and id_ not in now}
        return {
            id_: (before[id_], thing) for id_, thing in now.items() if thing != before[id_]
        }, gone


class Resolver:
    """All that was read, resolved, and ready to take in more."""

    def __init__(
        self,
        cabinet: Cabinet | None = None,
        readings: MutableMapping[str, Reading] | None = None,
        carry: Carry = map,
    ) -> None:
        """Start with nothing read, or with what lies in a cabinet, and the readings that it comes from."""
        self._carry = carry
        table = cabinet.shelf if cabinet else _in_memory
        self._cabinet = cabinet
        self._readings = table("readings") if readings is None else readings
        self._bodies = Bodies(table)
        self._parts: MutableMapping[str, list[Profile]] = table("parts")
        self._profiles: MutableMapping[Key, dict[str, Profile]] = table("profiles")
        self._people = NamedLayer(_PEOPLE, table, "people")
        self._meetings = NamedLayer(_MEETINGS, table, "tellings")
        self._told: MutableMapping[str, int] = table(
            "told"
        )  # how many meetings an article tells of
        self._who: MutableMapping[Place, str] = table("who")
        self._where: MutableMapping[tuple[str, int], str] = table("where")
        self._names: MutableMapping[str, Counter[Name]] = table("names")
        self._countries: MutableMapping[str, int] = table("countries")
        self._entities: _Table[Entity] = _Table(table("entities"))
        self._met: _Table[Meeting] = _Table(table("meetings"))
        self._said: _Table[tuple[Said, ...]] = _Table(table("statements"))
        self._links: _Table[tuple[Link, ...]] = _Table(table("links"))

    def save(self) -> None:
        """Put what has changed into the cabinet."""
        if self._cabinet:
            self._cabinet.save()

    @property
    def knowledge(self) -> Knowledge:
        """Give all that is known."""
        found = (link for rows in self._links.rows.values() for link in rows)
        return Knowledge(
            entities=tuple(each for _, each in sorted(self._entities.rows.items())),
            meetings=tuple(each for _, each in sorted(self._met.rows.items())),
            statements=tuple(each for _, rows in sorted(self._said.rows.items()) for each in rows),
            links=tuple(sorted(found, key=links.key)),
        )

    @property
    def entities(self) -> Mapping[str, Entity]:
        """Give all entities by their ids."""
        return self._entities.rows

    def about(self, change: Change, meetings: Iterable[str]) -> tuple[Knowledge, list[Reading]]:
        """Give what must be told anew after a change: what is another, some meetings besides, and all that the articles tell."""
        readings = [self._readings[id_] for id_ in sorted(change.articles) if id_ in self._readings]
        told = [
            (each.article.id, n) for each in readings for n in range(self._told[each.article.id])
        ]
        met = {self._where[place] for place in told}
        met |= {meeting.id for meeting in change.knowledge.meetings}
        met |= {id_ for id_ in meetings if id_ in self._met.rows}
        linked = {reading.article.id for reading in readings}
        linked |= {self._who[place] for place in occurrences.parties(readings)}
        found = (link for id_ in linked for link in self._links.rows.get(id_, ()))
        return (
            Knowledge(
                entities=change.knowledge.entities,
                meetings=tuple(self._met.rows[id_] for id_ in sorted(met)),
                statements=tuple(s for r in readings for s in self._said.rows[r.article.id]),
                links=tuple(
                    sorted((n for n in found if n.article in change.articles), key=links.key)
                ),
            ),
            readings,
        )

    def update(self, add: Iterable[Reading] = (), remove: Iterable[str] = ()) -> Change:
        """Take readings in, each in the place of one of its id, and others out."""
        new = {reading.article.id: reading for reading in add}
        old = {id_ for id_ in (*remove, *new) if id_ in self._readings}
        dirty = self._bodies.touch([self._readings[id_] for id_ in old], new.values())
        named = self._count(dirty, -1)
        for id_ in old:
            del self._readings[id_]
        self._readings.update(new)
        self._bodies.settle(dirty, self._readings)
        named |= self._count(dirty, 1)
        retold = dirty | self._settle_people(dirty)
        restated, countries = self._settle_meetings(retold)
        for id_ in named | countries:
            names = self._names.get(id_, Counter())
            is_known = names or self._countries.get(id_)
            self._entities.put(id_, entities.other(id_, names) if is_known else None)
        for id_ in dirty:
            reading = self._readings.get(id_)
            found = links.unique(links.others(reading, self._bodies.all)) if reading else None
            self._links.put(id_, found)
        for id_ in retold | restated:
            reading = self._readings.get(id_)
            self._said.put(id_, tuple(said(reading, self._who, self._where)) if reading else None)
        return self._change(retold | restated)

    def _count(self, articles: Iterable[str], sign: int) -> set[str]:
        """Count the names of organizations and countries in or out; give their ids."""
        touched = set()
        for article in articles:
            if reading := self._readings.get(article):
                for (id_, name), n in entities.names(reading, self._bodies.all).items():
                    touched.add(id_)
                    names = self._names.get(id_, Counter())
                    names[name] += sign * n
                    self._names[id_] = +names
        return touched

    def _settle_people(self, dirty: Iterable[str]) -> set[str]:
        """Find anew who is who; give the articles in which someone is another."""
        keys = {key for article in dirty for key in self._swap_parts(article)}
        changed: dict[Key, Profile | None] = {}
        for key in keys:
            parts = self._profiles.get(key, {})
            found = tuple(each for article in sorted(parts) for each in parts[article].occurrences)
            changed[key] = Profile(key, found) if found else None
        gone, new = self._people.update(changed, self._carry)
        for id_ in gone:
            self._entities.put(id_, None)
            self._links.put(id_, None)
        touched = set()
        for id_, person in new.items():
            self._entities.put(id_, entities.person(id_, person))
            self._links.put(id_, links.unique(self._person_links(id_, person)))
            for occurrence in person.occurrences:
                if self._who.get(occurrence.place) != id_:
                    self._who[occurrence.place] = id_
                    touched.add(occurrence.place.article)
        return touched

    def _swap_parts(self, article: str) -> set[Key]:
        """Take what an article told of people out, and what it tells in; give the profiles of both."""
        touched = set()
        for part in self._parts.pop(article, ()):
            touched.add(part.key)
            parts = {a: p for a, p in self._profiles.pop(part.key).items() if a != article}
            if parts:
                self._profiles[part.key] = parts
        self._forget(article)
        if reading := self._readings.get(article):
            told = list(occurrences.people([reading], self._bodies.all))
            self._parts[article] = profiles(told)
            for part in self._parts[article]:
                touched.add(part.key)
                self._profiles[part.key] = {**self._profiles.get(part.key, {}), article: part}
            for place, party in occurrences.parties([reading]).items():
                if not occurrences.is_person(party):
                    self._who[place] = self._bodies.all.of_party(article, party)
        return touched

    def _forget(self, article: str) -> None:
        for n in range(self._told.get(article, 0)):
            k = 0
            while self._who.pop(Place(article, n, k), None):
                k += 1

    def _person_links(self, id_: str, person: Person) -> Iterator[Link]:
        articles = {occurrence.place.article for occurrence in person.occurrences}
        parties = occurrences.parties(self._readings[article] for article in articles)
        return links.people(person, id_, parties)

    def _settle_meetings(self, retold: Iterable[str]) -> tuple[set[str], set[str]]:
        """Find anew what is one meeting; give the articles and the countries whose meetings are others."""
        changed: dict[tuple[str, int], Telling | None] = {}
        for article in retold:
            for n in range(self._told.pop(article, 0)):
                changed[article, n] = None
                self._where.pop((article, n), None)
            if reading := self._readings.get(article):
                self._told[article] = len(reading.meetings)
                for telling in tellings([reading], self._bodies.all, self._who):
                    changed[telling.place] = telling
        gone, new = self._meetings.update(changed, self._carry)
        touched, countries = set(), set()
        for id_ in gone:
            countries |= self._count_country(id_, -1)
            self._met.put(id_, None)
        for id_, group in new.items():
            articles = {
                each.article: self._readings[each.article].article for each in group.tellings
            }
            self._met.put(id_, choices.meeting(id_, group, articles, self._bodies.all))
            countries |= self._count_country(id_, 1)
            for telling in group.tellings:
                if self._where.get(telling.place) != id_:
                    self._where[telling.place] = id_
                    touched.add(telling.article)
        return touched, countries

    def _count_country(self, meeting: str, sign: int) -> set[str]:
        country = self._met.rows[meeting].country
        if country is None:
            return set()
        self._countries[country] = self._countries.get(country, 0) + sign
        return {country}

    def _change(self, articles: set[str]) -> Change:
        found, gone = self._entities.changes()
        met, ended = self._met.changes()
        stated, _ = self._said.changes()
        linked, _ = self._links.changes()
        told = {link for old, new in linked.values() for link in {*new} - {*(old or ())}}
        return Change(
            Knowledge(
                entities=tuple(new for _, new in found.values()),
                meetings=tuple(new for _, new in met.values()),
                statements=tuple(each for _, new in stated.values() for each in new),
                links=tuple(sorted(told, key=links.key)),
            ),
            gone=frozenset(gone | ended),
            renamed=frozenset(
                id_ for id_, (old, new) in found.items() if old and old.names != new.names
            ),
            articles=frozenset(articles | {link.article for link in told}),
        )
