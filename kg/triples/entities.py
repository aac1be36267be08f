"""People, organizations, countries, places and concepts: whoever and whatever the meetings point to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Name
from kg.triples.labels import known, ontology_names
from kg.triples.parts import Pair, about, entity_iri, entity_name, iri, name_words, plain, said
from kg.vocabulary import DIP, OWL, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Entity, Knowledge, Reading

CLASSES = {
    "act": DIP.Act,
    "country": DIP.Country,
    "office": DIP.Office,
    "organization": DIP.Organization,
    "person": DIP.Person,
    "place": DIP.Place,
    "topic": DIP.Topic,
}


def things(knowledge: Knowledge, readings: Iterable[Reading]) -> set[str]:
    """List the local ids of every entity, place and concept that the knowledge has or points to."""
    named = {entity.id for entity in knowledge.entities}.union(_named(knowledge, readings))
    places = (known(local) for local in named if local.startswith("place/"))
    return named.union(f"country/{place.country}" for place in places if place and place.country)


def _named(knowledge: Knowledge, readings: Iterable[Reading]) -> Iterator[str]:
    """Give the local ids that meetings, statements and mentions of places point to."""
    for meeting in knowledge.meetings:
        yield from _in("place", meeting.city)
        yield from _in("country", meeting.country)
        yield from _in("topic", *meeting.topics)
        for each in meeting.participations:
            yield from _in("office", *each.offices)
            yield from each.on_behalf_of
            yield from _in("country", each.accredited_to)
    for one in knowledge.statements:
        yield from _in("act", one.statement.act.value)
        yield from _in("topic", *(topic.value for topic in one.statement.topics))
    for reading in readings:
        for told in reading.meetings:
            yield from _in("place", told.city.value if told.city else None)
            yield from _in("country", told.country.value if told.country else None)


def _in(folder: str, *ids: str | None) -> Iterator[str]:
    prefix = f"{folder}/"
    yield from (prefix + id_.removeprefix(prefix) for id_ in ids if id_)


def describe_thing(local: str, found: Entity | None) -> str:
    """Describe an entity, a place or a concept; the gazetteers tell the rest."""
    folder, _, id_ = local.partition("/")
    entry = known(local)
    names = found.names if found else ()
    names += entry.names if entry else ontology_names(entity_iri(local).value)
    pairs: list[Pair] = list(_labels(names or (_from_id(id_),)))
    pairs += [(SKOS.altLabel, name_words(alias)) for alias in (found.aliases if found else ())]
    if folder == "country":
        pairs.append((DIP.isoCode, plain(id_)))
    if entry:
        pairs += [(OWL.sameAs, f"<{same}>") for same in entry.same_as]
        if folder == "place" and entry.country:
            pairs.append((DIP.country, iri("country", entry.country)))
    return about(entity_name(local), CLASSES[folder], *said(pairs))


def _labels(names: tuple[Name, ...]) -> Iterator[Pair]:
    """One label a language; a second name in it is another spelling."""
    taken: dict[str, str] = {}
    for name in names:
        first = taken.setdefault(name.language, name.text)
        yield (RDFS.label if first == name.text else SKOS.altLabel), name_words(name)


def _from_id(id_: str) -> Name:
    return Name(id_.replace("-", " "), "")
