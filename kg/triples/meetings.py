"""Meetings with their participations, and statements, as all articles together tell them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kg.triples.labels import known, meeting_names
from kg.triples.parts import (
    Pair,
    about,
    article_iri,
    date_literal,
    entity_iri,
    iri,
    mention_iri,
    name_words,
    words,
)
from kg.vocabulary import DIP, RDFS, term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyoxigraph as ox

    from kg.model import (
        Entity,
        Meeting,
        MeetingMention,
        Mention,
        Name,
        Participant,
        Participation,
        Said,
    )


def describe_meeting(meeting: Meeting, world: Mapping[str, Entity]) -> Iterator[ox.Quad]:
    """Describe a meeting with who took part; the world tells what these are called."""
    parties = (each.entity for each in meeting.participations)
    names = {local: _all_names(local, world) for local in parties}
    parts = (_participation(meeting, participation) for participation in meeting.participations)
    return chain(_meeting(meeting, names), *parts)


def meeting_iri(id_: str) -> ox.NamedNode:
    """Give the IRI of a meeting."""
    return iri("meeting", id_)


def _all_names(local: str, world: Mapping[str, Entity]) -> tuple[Name, ...]:
    entity, entry = world.get(local), known(local)
    return (entity.names if entity else ()) + (entry.names if entry else ())


def _meeting(meeting: Meeting, names: Mapping[str, tuple[Name, ...]]) -> Iterator[ox.Quad]:
    subject = meeting_iri(meeting.id)
    pairs: list[Pair] = [
        *((RDFS.label, name_words(name)) for name in meeting_names(meeting, names)),
        (DIP.kind, term(meeting.kind)),
        (DIP.status, term(meeting.status)),
        (DIP.date, date_literal(meeting.date)),
        (DIP.city, iri("place", meeting.city) if meeting.city else None),
        (DIP.country, iri("country", meeting.country) if meeting.country else None),
        (DIP.venue, name_words(meeting.venue)),
        *((DIP.topic, iri("topic", topic)) for topic in meeting.topics),
        *(
            (DIP.participation, _participation_iri(meeting, each))
            for each in meeting.participations
        ),
        *((DIP.participant, entity_iri(each.entity)) for each in meeting.participations),
    ]
    for report in meeting.reports:
        pairs.append((DIP.reportedBy, article_iri(report.article)))
        pairs += (
            (DIP.evidence, mention_iri(article_iri(report.article), each))
            for each in _evidence(report.mention)
        )
    yield from about(subject, DIP.Meeting, pairs)


def _evidence(telling: MeetingMention) -> Iterator[Mention]:
    where_and_when = (telling.date, telling.city, telling.country, telling.venue)
    yield from (each for each in (telling.evidence, telling.trigger, *where_and_when) if each)
    yield from telling.topics


def _participation_iri(meeting: Meeting, participation: Participation) -> ox.NamedNode:
    # An organization and a country may share a slug.
    return iri("meeting", f"{meeting.id}/participation/{participation.entity.replace('/', '-')}")


def _participation(meeting: Meeting, each: Participation) -> Iterator[ox.Quad]:
    pairs: list[Pair] = [
        (DIP.meeting, meeting_iri(meeting.id)),
        (DIP.agent, entity_iri(each.entity)),
        (DIP.side, term(each.side) if each.side else None),
        (DIP.title, name_words(each.title)),
        *((DIP.office, iri("office", office)) for office in each.offices),
        *((DIP.officeAsWritten, name_words(name)) for name in each.office_words),
        *((DIP.onBehalfOf, entity_iri(local)) for local in each.on_behalf_of),
        (DIP.accreditedTo, iri("country", each.accredited_to) if each.accredited_to else None),
        (DIP.delegation, name_words(each.delegation)),
    ]
    for report in meeting.reports:
        for participant, entity in zip(report.mention.participants, report.entities, strict=True):
            if entity == each.entity:
                found = (
                    mention_iri(article_iri(report.article), mention)
                    for mention in _said_of(participant)
                )
                pairs += ((DIP.evidence, mention) for mention in found)
    yield from about(_participation_iri(meeting, each), DIP.Participation, pairs)


def _said_of(each: Participant) -> Iterator[Mention]:
    """Give the words that name a participant and say in which quality."""
    single = (each.title, each.country, each.accredited_to, each.delegation)
    found = chain((each.mention,), each.offices, each.organizations, single)
    return (mention for mention in found if mention)


def describe_statement(said: Said, language: str) -> Iterator[ox.Quad]:
    """Describe what somebody said, in the language of the article."""
    told = said.statement
    mentions = (told.evidence, told.words, told.act, told.speaker, *told.topics)
    yield from about(
        iri("statement", said.id),
        DIP.Statement,
        [
            (DIP.speaker, entity_iri(said.speaker) if said.speaker else None),
            (DIP.act, iri("act", told.act.value) if told.act.value else None),
            (DIP.words, words(told.words.text, language)),
            *((DIP.topic, iri("topic", topic.value)) for topic in told.topics if topic.value),
            (DIP.meeting, meeting_iri(said.meeting) if said.meeting else None),
            (DIP.article, article_iri(said.article)),
            *(
                (DIP.evidence, mention_iri(article_iri(said.article), each))
                for each in mentions
                if each
            ),
        ],
    )
