"""Articles, their mentions, and in each one's named graph what it tells, word for word."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Protocol, TypeVar

import pyoxigraph as ox

from kg.model import MeetingMention, Mention, MentionKind, PartialDate
from kg.triples.labels import known
from kg.triples.meetings import describe_statement, meeting_iri
from kg.triples.parts import (
    Pair,
    about,
    article_iri,
    date_literal,
    decimal,
    entity_iri,
    integer,
    iri,
    mention_iri,
    words,
)
from kg.vocabulary import DCTERMS, DIP, XSD, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.model import Article, Knowledge, Link, Meeting, Participant, Reading, Report, Statement


class _OfArticle(Protocol):
    @property
    def article(self) -> str: ...


T = TypeVar("T", bound=_OfArticle)

# What these mentions stand for is told by their value, without the help of resolution.
_PLACES = {MentionKind.CITY: "place", MentionKind.COUNTRY: "country"}


def tell(knowledge: Knowledge, readings: Iterable[Reading]) -> Iterator[tuple[str, list[ox.Quad]]]:
    """Describe each article, by its id, and its mentions in the knowledge, then what it tells in a graph of its own."""
    reported = {
        (report.article, report.mention): (meeting, report)
        for meeting in knowledge.meetings
        for report in meeting.reports
    }
    links = _grouped(knowledge.links)
    statements = _grouped(knowledge.statements)
    for reading in readings:
        article = reading.article
        graph = article_iri(article.id)
        about_article = _article(article)
        shared = list(about(graph, DIP.Article, about_article))
        own = list(about(graph, DIP.Article, about_article, graph))
        own.append(ox.Quad(graph, DIP.text, words(article.text, article.language), graph))
        linked = _by_span(links.get(article.id, ()))
        for mention in _mentions(reading):
            subject, described = mention_iri(graph, mention), _mention(graph, article, mention)
            shared += about(subject, DIP.Mention, (*described, *_meaning(mention, linked)))
            own += about(subject, DIP.Mention, described, graph)
        for said in statements.get(article.id, ()):
            shared += describe_statement(said, article.language)
        for number, telling in enumerate(reading.meetings, 1):
            own += _report(article, number, telling, reported.get((article.id, telling)))
        yield article.id, shared + own


def _grouped(each: Iterable[T]) -> Mapping[str, list[T]]:
    """Group by article."""
    found = defaultdict(list)
    for one in each:
        found[one.article].append(one)
    return found


def _by_span(links: Iterable[Link]) -> Mapping[tuple[int, int], list[Link]]:
    found = defaultdict(list)
    for link in links:
        found[link.mention.start, link.mention.end].append(link)
    return found


def _mentions(reading: Reading) -> list[Mention]:
    """List every mention of a reading, each once."""
    found = dict.fromkeys(each for told in reading.meetings for each in _of_meeting(told))
    found |= dict.fromkeys(each for said in reading.statements for each in _of_statement(said))
    return [each for each in found if each]


def _of_meeting(told: MeetingMention) -> Iterator[Mention | None]:
    yield from (told.trigger, told.evidence, told.date, told.city, told.country, told.venue)
    yield from told.topics
    for each in told.participants:
        yield from (each.mention, each.title, each.country, each.accredited_to, each.delegation)
        yield from (*each.offices, *each.organizations, *each.others)


def _of_statement(said: Statement) -> Iterator[Mention | None]:
    yield from (said.act, said.words, said.evidence, said.speaker, *said.topics)


def _article(article: Article) -> list[Pair]:
    day = article.published
    return [
        (DCTERMS.title, words(article.title, article.language) if article.title else None),
        (DIP.language, ox.Literal(article.language)),
        (DIP.publisher, ox.Literal(article.publisher) if article.publisher else None),
        (DIP.url, ox.Literal(article.url, datatype=XSD.anyURI) if article.url else None),
        (DIP.published, ox.Literal(day.isoformat(), datatype=XSD.date) if day else None),
        (DIP.sha256, ox.Literal(article.digest)),
    ]


def _mention(iri_: ox.NamedNode, article: Article, mention: Mention) -> list[Pair]:
    return [
        (DIP.article, iri_),
        (DIP.start, integer(mention.start)),
        (DIP.end, integer(mention.end)),
        (DIP.exact, words(mention.text, article.language)),
        (DIP.mentionKind, ox.Literal(mention.kind.value)),
    ]


def _meaning(mention: Mention, links: Mapping[tuple[int, int], list[Link]]) -> list[Pair]:
    """Say whom a mention means, how sure that is and why; the least sure link counts."""
    found = links.get((mention.start, mention.end))
    if found:
        reasons = (reason for link in found for reason in link.because)
        return [
            *((DIP.refersTo, entity_iri(link.entity)) for link in found),
            (DIP.confidence, decimal(min(link.score for link in found))),
            *((DIP.because, words(reason, "en")) for reason in reasons),
        ]
    if mention.value and mention.kind in _PLACES:
        return [(DIP.refersTo, iri(_PLACES[mention.kind], mention.value))]
    return []


def _report(
    article: Article, number: int, told: MeetingMention, found: tuple[Meeting, Report] | None
) -> Iterator[ox.Quad]:
    graph = article_iri(article.id)
    subject = ox.NamedNode(f"{graph.value}#meeting-{number}")

    def at(mention: Mention | None) -> ox.NamedNode | None:
        return mention_iri(graph, mention) if mention else None

    parties = [
        ox.NamedNode(f"{subject.value}-party-{k + 1}") for k in range(len(told.participants))
    ]
    pairs: list[Pair] = [
        (DIP.reports, meeting_iri(found[0].id) if found else None),
        (DIP.kind, term(told.kind)),
        (DIP.status, term(told.status)),
        (DIP.trigger, at(told.trigger)),
        (DIP.rule, ox.Literal(told.rule)),
        (DIP.date, _date(told.date)),
        (DIP.cityName, _city_name(told.city)),
        (DIP.countryCode, _country_code(told)),
        (DIP.venue, words(told.venue.text, article.language) if told.venue else None),
        (DIP.dateMention, at(told.date)),
        (DIP.cityMention, at(told.city)),
        (DIP.countryMention, at(told.country)),
        (DIP.venueMention, at(told.venue)),
        (DIP.evidence, at(told.evidence)),
        *((DIP.party, party) for party in parties),
    ]
    yield from about(subject, DIP.Report, pairs, graph)
    entities = found[1].entities if found else (None,) * len(parties)
    for party, each, entity in zip(parties, told.participants, entities, strict=True):
        yield from about(party, DIP.Party, _party(article, each, entity), graph)


def _party(article: Article, each: Participant, entity: str | None) -> list[Pair]:
    def written(mention: Mention | None) -> ox.Literal | None:
        return words(mention.text, article.language) if mention else None

    code = each.country.value if each.country else None
    return [
        (DIP.agent, entity_iri(entity) if entity else None),
        (DIP.name, written(each.mention)),
        (DIP.type, ox.Literal(each.mention.kind.value)),
        (DIP.title, written(each.title)),
        *((DIP.officeAsWritten, written(office)) for office in each.offices),
        *((DIP.organizationAsWritten, written(body)) for body in each.organizations),
        (DIP.countryCode, ox.Literal(code) if code else None),
        (DIP.side, term(each.side) if each.side else None),
        (DIP.mention, mention_iri(article_iri(article.id), each.mention)),
    ]


def _date(mention: Mention | None) -> ox.Literal | None:
    return date_literal(PartialDate.parse(mention.value)) if mention and mention.value else None


def _city_name(mention: Mention | None) -> ox.Literal | None:
    """Give the English name of a city that is known, else the words of the article."""
    if mention is None:
        return None
    entry = known(f"place/{mention.value}")
    return ox.Literal(entry.name("en") if entry else mention.text)


def _country_code(told: MeetingMention) -> ox.Literal | None:
    """Give the country that the article names, else the one where the city lies."""
    if told.country and told.country.value:
        return ox.Literal(told.country.value)
    city = known(f"place/{told.city.value}") if told.city else None
    return ox.Literal(city.country) if city and city.country else None
