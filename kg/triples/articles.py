"""Articles, their mentions, and in each one's named graph what it tells, word for word."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from kg.model import MeetingMention, Mention, MentionKind, PartialDate
from kg.triples.labels import known
from kg.triples.meetings import describe_statement
from kg.triples.parts import (
    Pair,
    about,
    article_name,
    date_literal,
    decimal,
    entity_name,
    iri,
    mention_name,
    plain,
    said,
    short,
    typed,
    words,
)
from kg.vocabulary import DCTERMS, DIP, XSD, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.model import Article, Knowledge, Link, Meeting, Participant, Reading, Report, Statement


class _OfArticle(Protocol):
    @property
    def article(self) -> str: ...


class Told(NamedTuple):
    """What an article adds to the knowledge, and what stands in its own graph."""

    article: str
    knowledge: str
    own: str


T = TypeVar("T", bound=_OfArticle)

# What these mentions stand for is told by their value, without the help of resolution.
_PLACES = {MentionKind.CITY: "place", MentionKind.COUNTRY: "country"}


def tell(knowledge: Knowledge, readings: Iterable[Reading]) -> Iterator[Told]:
    """Describe each article and its mentions in the knowledge, then what it tells in a graph of its own."""
    reported = {
        (report.article, report.mention): (meeting, report)
        for meeting in knowledge.meetings
        for report in meeting.reports
    }
    links = _grouped(knowledge.links)
    statements = _grouped(knowledge.statements)
    for reading in readings:
        article = reading.article
        name = article_name(article.id)
        lines = said(_article(article))
        shared = [about(name, DIP.Article, *lines)]
        text = said([(DIP.text, words(article.text, article.language))])
        own = [about(name, DIP.Article, *lines, *text)]
        linked = _by_span(links.get(article.id, ()))
        for mentions in _mentions(reading):
            subject = mention_name(name, mentions[0])
            lines = said(pair for each in mentions for pair in _mention(name, article, each))
            own.append(about(subject, DIP.Mention, *lines))
            lines += said(pair for each in mentions for pair in _meaning(each, linked))
            shared.append(about(subject, DIP.Mention, *lines))
        shared += (
            describe_statement(told, article.language) for told in statements.get(article.id, ())
        )
        for number, telling in enumerate(reading.meetings, 1):
            own += _report(article, number, telling, reported.get((article.id, telling)))
        yield Told(article.id, "".join(shared), "".join(own))


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


def _mentions(reading: Reading) -> Iterable[list[Mention]]:
    """List every mention of a reading once; what stands at one place is one thing with several meanings."""
    found = dict.fromkeys(each for told in reading.meetings for each in _of_meeting(told))
    found |= dict.fromkeys(each for told in reading.statements for each in _of_statement(told))
    places: dict[tuple[int, int], list[Mention]] = {}
    for each in found:
        if each:
            places.setdefault((each.start, each.end), []).append(each)
    return places.values()


def _of_meeting(told: MeetingMention) -> Iterator[Mention | None]:
    yield from (told.trigger, told.evidence, told.date, told.city, told.country, told.venue)
    yield from told.topics
    for each in told.participants:
        yield from (each.mention, each.title, each.country, each.accredited_to, each.delegation)
        yield from (*each.offices, *each.organizations, *each.others)


def _of_statement(told: Statement) -> Iterator[Mention | None]:
    yield from (told.act, told.words, told.evidence, told.speaker, *told.topics)


def _article(article: Article) -> list[Pair]:
    day = article.published
    return [
        (DCTERMS.title, words(article.title, article.language) if article.title else None),
        (DIP.language, plain(article.language)),
        (DIP.publisher, plain(article.publisher) if article.publisher else None),
        (DIP.url, typed(article.url, XSD.anyURI) if article.url else None),
        (DIP.published, typed(day.isoformat(), XSD.date) if day else None),
        (DIP.sha256, plain(article.digest)),
    ]


def _mention(name: str, article: Article, mention: Mention) -> list[Pair]:
    return [
        (DIP.article, name),
        (DIP.start, str(mention.start)),
        (DIP.end, str(mention.end)),
        (DIP.exact, words(mention.text, article.language)),
        (DIP.mentionKind, plain(mention.kind.value)),
    ]


def _meaning(mention: Mention, links: Mapping[tuple[int, int], list[Link]]) -> list[Pair]:
    """Say whom a mention means, how sure that is and why; the least sure link counts."""
    found = links.get((mention.start, mention.end))
    if found:
        reasons = (reason for link in found for reason in link.because)
        return [
            *((DIP.refersTo, entity_name(link.entity)) for link in found),
            (DIP.confidence, decimal(min(link.score for link in found))),
            *((DIP.because, words(reason, "en")) for reason in reasons),
        ]
    if mention.value and mention.kind in _PLACES:
        return [(DIP.refersTo, iri(_PLACES[mention.kind], mention.value))]
    return []


def _report(
    article: Article, number: int, told: MeetingMention, found: tuple[Meeting, Report] | None
) -> Iterator[str]:
    name = article_name(article.id)
    fragment = f"{name[:-1]}#meeting-{number}"

    def at(mention: Mention | None) -> str | None:
        return mention_name(name, mention) if mention else None

    parties = [f"{fragment}-party-{k}>" for k in range(1, len(told.participants) + 1)]
    pairs: list[Pair] = [
        (DIP.reports, iri("meeting", found[0].id) if found else None),
        (DIP.kind, short(term(told.kind))),
        (DIP.status, short(term(told.status))),
        (DIP.trigger, at(told.trigger)),
        (DIP.rule, plain(told.rule)),
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
    yield about(f"{fragment}>", DIP.Report, *said(pairs))
    entities = found[1].entities if found else (None,) * len(parties)
    for party, each, entity in zip(parties, told.participants, entities, strict=True):
        yield about(party, DIP.Party, *said(_party(article, each, entity)))


def _party(article: Article, each: Participant, entity: str | None) -> list[Pair]:
    def written(mention: Mention | None) -> str | None:
        return words(mention.text, article.language) if mention else None

    code = each.country.value if each.country else None
    return [
        (DIP.agent, entity_name(entity) if entity else None),
        (DIP.name, written(each.mention)),
        (DIP.type, plain(each.mention.kind.value)),
        (DIP.title, written(each.title)),
        *((DIP.officeAsWritten, written(office)) for office in each.offices),
        *((DIP.organizationAsWritten, written(body)) for body in each.organizations),
        (DIP.countryCode, plain(code) if code else None),
        (DIP.side, short(term(each.side)) if each.side else None),
        (DIP.mention, mention_name(article_name(article.id), each.mention)),
    ]


def _date(mention: Mention | None) -> str | None:
    return date_literal(PartialDate.parse(mention.value)) if mention and mention.value else None


def _city_name(mention: Mention | None) -> str | None:
    """Give the English name of a city that is known, else the words of the article."""
    if mention is None:
        return None
    entry = known(f"place/{mention.value}")
    return plain(entry.name("en") if entry else mention.text)


def _country_code(told: MeetingMention) -> str | None:
    """Give the country that the article names, else the one where the city lies."""
    if told.country and told.country.value:
        return plain(told.country.value)
    city = known(f"place/{told.city.value}") if told.city else None
    return plain(city.country) if city and city.country else None
