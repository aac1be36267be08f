"""What the world has, from what articles say: people, organizations and countries with all their names."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.gazetteers import Sort, find
from kg.model import Entity, EntityKind, MentionKind, Name
from kg.resolution.occurrences import UNKNOWN, country_id, language_of, spell
from kg.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Article, Mention, Participant, Reading
    from kg.resolution.organizations import Organizations
    from kg.resolution.people import Person

_FULL = 3  # words of a name from which another word tells little more
_SORTS = {EntityKind.ORGANIZATION: Sort.ORGANIZATION, EntityKind.COUNTRY: Sort.COUNTRY}


def person(id_: str, who: Person) -> Entity:
    """Describe a person by the fullest name of each language, and all others."""
    full = Counter(Name(each.name, each.language) for each in who.occurrences)
    short = {Name(name, each.language) for each in who.occurrences for name in each.others}
    return _entity(id_, EntityKind.PERSON, _best(full), {*full, *short})


def other(id_: str, counts: Counter[Name]) -> Entity:
    """Describe an organization or a country, by the names of the gazetteer where it knows it."""
    folder, _, local = id_.partition("/")
    kind = EntityKind(folder)
    entry = find(_SORTS[kind], local)
    if entry is None:
        return _entity(id_, kind, _best(counts) or (Name(local, UNKNOWN),), set(counts))
    # "Moroccan" and "the Kingdom" mean a country, but are not its names.
    spellings = {fold(name.text) for name in (*entry.names, *entry.aliases)}
    is_name = kind is EntityKind.ORGANIZATION
    aliases = {name for name in counts if is_name or fold(name.text) in spellings}
    return _entity(id_, kind, tuple(sorted(entry.names, key=_language)), aliases)


def rename(entity: Entity, name: Name) -> Entity:
    """Prefer a name in its language; the one that was preferred becomes an alias."""
    chosen = {each.language: each for each in entity.names} | {name.language: name}
    names = tuple(sorted(chosen.values(), key=_language))
    aliases = {*entity.aliases, *entity.names} - {*names}
    return replace(entity, names=names, aliases=tuple(sorted(aliases, key=_language)))


def mentions(
    article: Article, party: Participant, organizations: Organizations
) -> Iterator[tuple[str, Mention]]:
    """Pair the organizations and countries that are told of a party with what they mean."""
    if party.mention.kind in {MentionKind.ORGANIZATION, MentionKind.COUNTRY}:
        id_ = organizations.of_party(article.id, party)
        yield from ((id_, mention) for mention in (party.mention, *party.others))
    yield from ((organizations.of(article.id, mention), mention) for mention in party.organizations)
    for mention in filter(None, (party.country, party.accredited_to)):
        yield country_id(mention), mention


def names(reading: Reading, organizations: Organizations) -> Counter[tuple[str, Name]]:
    """Count how often an article calls each organization and country so."""
    told = [
        pair
        for meeting in reading.meetings
        for party in meeting.participants
        for pair in mentions(reading.article, party, organizations)
    ]
    told += [(country_id(each.country), each.country) for each in reading.meetings if each.country]
    return Counter(
        (id_, Name(spell(mention.text), language_of(reading.article, mention.text)))
        for id_, mention in told
    )


def _entity(id_: str, kind: EntityKind, chosen: tuple[Name, ...], met: set[Name]) -> Entity:
    return Entity(id_, kind, chosen, tuple(sorted(met - set(chosen), key=_language)))


def _best(counts: Counter[Name]) -> tuple[Name, ...]:
    """Choose for each language the fullest name, and of the full ones what is written most."""
    by_language: dict[str, list[Name]] = defaultdict(list)
    for name in counts:
        by_language[name.language].append(name)
    languages = sorted(by_language.keys() - {UNKNOWN}) or sorted(by_language)
    return tuple(
        min(by_language[language], key=lambda name: (*_fullness(name), -counts[name], name.text))
        for language in languages
    )


def _fullness(name: Name) -> tuple[int, bool]:
    # A name shouted in capitals is the same name, and the last to be shown.
    words = name.text.split()
    return -min(len(words), _FULL), any(len(word) > 1 and word.isupper() for word in words)


def _language(name: Name) -> tuple[str, str]:
    return name.language, name.text
