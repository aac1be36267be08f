"""Meetings with their participations, and statements, as all articles together tell them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kg.triples.labels import known, meeting_names
from kg.triples.parts import (
    Pair,
    about,
    article_name,
    date_literal,
    entity_name,
    iri,
    mention_name,
    name_words,
    said,
    short,
    words,
)
from kg.vocabulary import DIP, RDFS, term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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


def describe_meeting(meeting: Meeting, world: Mapping[str, Entity]) -> str:
    """Describe a meeting with who took part; the world tells what these are called."""
    parties = (each.entity for each in meeting.participations)
    names = {local: _all_names(local, world) for local in parties}
    parts = (_participation(meeting, participation) for participation in meeting.participations)
    return _meeting(meeting, names) + "".join(parts)


def _all_names(local: str, world: Mapping[str, Entity]) -> tuple[Name, ...]:
    found, entry = world.get(local), known(local)
    return (found.names if found else ()) + (entry.names if entry else ())


def _meeting(meeting: Meeting, names: Mapping[str, tuple[Name, ...]]) -> str:
    pairs: list[Pair] = [
        *((RDFS.label, name_words(name)) for name in meeting_names(meeting, names)),
        (DIP.kind, short(term(meeting.kind))),
        (DIP.status, short(term(meeting.status))),
        (DIP.date, date_literal(meeting.date)),
        (DIP.city, iri("place", meeting.city) if meeting.city else None),
        (DIP.country, iri("country", meeting.country) if meeting.country else None),
        (DIP.venue, name_words(meeting.venue)),
        *((DIP.topic, iri("topic", topic)) for topic in meeting.topics),
        *(
            (DIP.participation, _participation_name(meeting, each))
            for each in meeting.participations
        ),
        *((DIP.participant, entity_name(each.entity)) for each in meeting.participations),
    ]
    for report in meeting.reports:
        pairs.append((DIP.reportedBy, article_name(report.article)))
        pairs += (
            (DIP.evidence, mention_name(article_name(report.article), each))
            for each in _evidence(report.mention)
        )
    return about(iri("meeting", meeting.id), DIP.Meeting, *said(pairs))


def _evidence(telling: MeetingMention) -> Iterator[Mention]:
    where_and_when = (telling.date, telling.city, telling.country, telling.venue)
    yield from (each for each in (telling.evidence, telling.trigger, *where_and_when) if each)
    yield from telling.topics


def _participation_name(meeting: Meeting, participation: Participation) -> str:
    # An organization and a country may share a slug.
    return iri("meeting", f"{meeting.id}/participation/{participation.entity.replace('/', '-')}")


def _participation(meeting: Meeting, each: Participation) -> str:
    pairs: list[Pair] = [
        (DIP.meeting, iri("meeting", meeting.id)),
        (DIP.agent, entity_name(each.entity)),
        (DIP.side, short(term(each.side)) if each.side else None),
        (DIP.title, name_words(each.title)),
        *((DIP.office, iri("office", office)) for office in each.offices),
        *((DIP.officeAsWritten, name_words(name)) for name in each.office_words),
        *((DIP.onBehalfOf, entity_name(local)) for local in each.on_behalf_of),
        (DIP.accreditedTo, iri("country", each.accredited_to) if each.accredited_to else None),
        (DIP.delegation, name_words(each.delegation)),
    ]
    for report in meeting.reports:
        for participant, local in zip(report.mention.participants, report.entities, strict=True):
            if local == each.entity:
                found = (
                    mention_name(article_name(report.article), mention)
                    for mention in _said_of(participant)
                )
                pairs += ((DIP.evidence, mention) for mention in found)
    return about(_participation_name(meeting, each), DIP.Participation, *said(pairs))


def _said_of(each: Participant) -> Iterator[Mention]:
    """Give the words that name a participant and say in which quality."""
    single = (each.title, each.country, each.accredited_to, each.delegation)
    found = chain((each.mention,), each.offices, each.organizations, single)
    return (mention for mention in found if mention)


def describe_statement(told: Said, language: str) -> str:
    """Describe what somebody said, in the language of the article."""
    statement, article = told.statement, article_name(told.article)
    mentions = (statement.evidence, statement.words, statement.act, statement.speaker)
    pairs: list[Pair] = [
        (DIP.speaker, entity_name(told.speaker) if told.speaker else None),
        (DIP.act, iri("act", statement.act.value) if statement.act.value else None),
        (DIP.words, words(statement.words.text, language)),
        *((DIP.topic, iri("topic", topic.value)) for topic in statement.topics if topic.value),
        (DIP.meeting, iri("meeting", told.meeting) if told.meeting else None),
        (DIP.article, article),
        *(
            (DIP.evidence, mention_name(article, each))
            for each in (*mentions, *statement.topics)
            if each
        ),
    ]
    return about(iri("statement", told.id), DIP.Statement, *said(pairs))
