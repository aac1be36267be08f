"""The flow from readings to knowledge: organizations, then people, then the meetings of both, then who said what."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeVar

from kg.model import Knowledge, Name
from kg.resolution import choices, entities, links, meetings, occurrences, organizations, tellings
from kg.resolution import people as persons
from kg.resolution.decisions import Word, is_mention
from kg.resolution.ids import Claim, give, meeting_claim, person_claim
from kg.resolution.profiles import profiles
from kg.resolution.references import References, constraints
from kg.resolution.statements import said

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from kg.model import Entity, Link, Meeting, Reading
    from kg.resolution.decisions import Constraint, Decisions
    from kg.resolution.meetings import Group
    from kg.resolution.occurrences import Place
    from kg.resolution.organizations import Organizations
    from kg.resolution.people import Person
    from kg.resolution.tellings import Telling
    from kg.resolution.weighing import Carry

Thing = TypeVar("Thing")


def settle(readings: Iterable[Reading], decisions: Decisions, carry: Carry = map) -> Knowledge:
    """Resolve a set of readings."""
    told = sorted(readings, key=lambda reading: (reading.article.id, reading.article.digest))
    articles = {reading.article.id: reading.article for reading in told}
    bodies = organizations.identify(told, decisions)
    people, meant = _people(told, bodies, decisions, carry)
    who = _who(told, bodies, people)
    met = _meetings(tellings.tellings(told, bodies, who), decisions, carry)
    chosen = [choices.meeting(id_, group, articles, bodies) for id_, group in met.items()]
    where = {telling.place: id_ for id_, group in met.items() for telling in group.tellings}
    found = _entities(told, bodies, people, chosen)
    return Knowledge(
        entities=tuple(_preferred(entity, decisions, meant) for entity in found),
        meetings=tuple(sorted(chosen, key=lambda meeting: meeting.id)),
        statements=tuple(each for reading in told for each in said(reading, who, where)),
        links=_links(told, bodies, people),
    )


def _people(
    told: Sequence[Reading], bodies: Organizations, decisions: Decisions, carry: Carry
) -> tuple[dict[str, Person], dict[str, str]]:
    parties = occurrences.parties(told)
    found = list(occurrences.people(told, bodies))
    references = References(
        (each.place, each.place.article, (party.mention, *party.others), each.name)
        for each in found
        for party in [parties[each.place]]
    )
    singled_out = {
        place
        for decision in decisions.having(Word.DIFFERENT)
        for reference in decision[1:3]
        if is_mention(reference)
        for place in references.find(reference)
    }
    rows = profiles(found, singled_out)
    edges = persons.edges(rows, carry)
    return _named(
        lambda said: persons.cluster(rows, edges, said),
        lambda person: [each.place for each in person.occurrences],
        person_claim,
        references=references,
        decisions=decisions,
    )


def _who(
    told: Iterable[Reading], bodies: Organizations, people: Mapping[str, Person]
) -> dict[Place, str]:
    """Say for every party who it is."""
    found = {each.place: id_ for id_, person in people.items() for each in person.occurrences}
    for place, party in occurrences.parties(told).items():
        if not occurrences.is_person(party):
            found[place] = bodies.of_party(place.article, party)
    return found


def _meetings(told: Sequence[Telling], decisions: Decisions, carry: Carry) -> dict[str, Group]:
    references = References(
        (telling.place, telling.article, (telling.mention.trigger, telling.mention.evidence), "")
        for telling in told
    )
    edges = meetings.edges(told, carry)
    named, _ = _named(
        lambda said: meetings.cluster(told, edges, said),
        lambda group: [telling.place for telling in group.tellings],
        lambda group: meeting_claim(group.tellings, choices.date(group.tellings)),
        references=references,
        decisions=decisions,
    )
    return named


def _named(
    cluster: Callable[[list[Constraint]], Sequence[Thing]],
    places: Callable[[Thing], Sequence[Hashable]],
    claim: Callable[[Thing], Claim],
    *,
    references: References,
    decisions: Decisions,
) -> tuple[dict[str, Thing], dict[str, str]]:
    """Cluster and give ids, again where a decision speaks of an id that only now is known.

    Tell also which id each reference of the decisions has in the end.
    """
    while True:
        things = cluster(constraints(decisions, references))
        where = {place: i for i, thing in enumerate(things) for place in places(thing)}
        claims = [claim(thing) for thing in things]
        for decision in decisions.having(Word.ID):
            for place in references.find(decision.subject):
                i = where[place]
                wanted = f"{claims[i].wanted.partition('/')[0]}/{decision.id}"
                claims[i] = Claim((), wanted, claims[i].words) if claims[i].age else claims[i]
        ids = give(claims)
        found = {id_: frozenset(places(thing)) for id_, thing in zip(ids, things, strict=True)}
        if not references.learn(decisions.references(), found):
            meant = {
                reference: ids[where[place]]
                for reference in decisions.references()
                for place in references.find(reference)
            }
            return dict(zip(ids, things, strict=True)), meant


def _entities(
    told: Sequence[Reading],
    bodies: Organizations,
    people: Mapping[str, Person],
    chosen: Iterable[Meeting],
) -> list[Entity]:
    names: dict[str, Counter[Name]] = defaultdict(Counter)
    for reading in told:
        for (id_, name), n in entities.names(reading, bodies).items():
            names[id_][name] += n
    for meeting in chosen:
        if meeting.country:  # known by its city alone, perhaps
            names.setdefault(meeting.country, Counter())
    found = [
        *(entities.person(id_, person) for id_, person in people.items()),
        *(entities.other(id_, names[id_]) for id_ in names),
    ]
    return sorted(found, key=lambda entity: entity.id)


def _preferred(entity: Entity, decisions: Decisions, meant: Mapping[str, str]) -> Entity:
    """Call an entity as the user does."""
    for decision in reversed(decisions.having(Word.NAME)):
        if entity.id in {decision.subject, meant.get(decision.subject)}:
            entity = entities.rename(entity, Name(decision.object, decision.language))
    return entity


def _links(
    told: Sequence[Reading], bodies: Organizations, people: Mapping[str, Person]
) -> tuple[Link, ...]:
    parties = occurrences.parties(told)
    found = [link for reading in told for link in links.others(reading, bodies)]
    found += [link for id_, who in people.items() for link in links.people(who, id_, parties)]
    return tuple(sorted(links.unique(found), key=links.key))
