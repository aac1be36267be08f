"""One value where reports differ: an exact date before a counted one, then what most say, then the first article."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from kg.model import Meeting, Name, Participation, Report, Status
from kg.resolution.occurrences import country_id, language_of, partial_date, spell

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from kg.model import Article, Mention, PartialDate, Participant
    from kg.resolution.meetings import Group
    from kg.resolution.organizations import Organizations
    from kg.resolution.tellings import Telling

    Chosen = TypeVar("Chosen", bound=Hashable)

# A meeting that some announced and others saw was held.
_STATUSES = (Status.HELD, Status.CANCELLED, Status.PLANNED)


def meeting(
    id_: str,
    group: Group,
    articles: Mapping[str, Article],
    organizations: Organizations,
) -> Meeting:
    """Make one meeting of its tellings."""
    tellings = group.tellings
    mentions = [telling.mention for telling in tellings]
    city = _most(m.city.value for m in mentions if m.city)
    countries = [country for telling in tellings for country in sorted(telling.countries)]
    in_city = [c for t in tellings if city in t.cities for c in sorted(t.countries)]
    country = _most(in_city or countries)
    return Meeting(
        id=id_,
        kind=_most(m.kind for m in mentions) or mentions[0].kind,
        status=min((m.status for m in mentions), key=_STATUSES.index),
        participations=_participations(tellings, articles, organizations),
        reports=tuple(
            Report(t.article, t.mention, t.entities, *reason)
            for t, reason in zip(tellings, group.reasons, strict=True)
        ),
        date=date(tellings),
        city=city and f"place/{city}",
        country=country and f"country/{country}",
        venue=_most(_name(articles[t.article], t.mention.venue) for t in tellings),
        topics=tuple(sorted({f"topic/{topic}" for t in tellings for topic in t.topics})),
    )


def date(tellings: Iterable[Telling]) -> PartialDate | None:
    """Choose the date: one that is written out, else counted from the article's day, else part of one."""
    told = [(t.time, when) for t in tellings if (when := partial_date(t.mention.date))]
    days = [(time, when) for time, when in told if time and time.is_day]
    exact = [when for time, when in days if not time.slack]
    return _most(exact or [when for _, when in days] or [when for _, when in told])


def _participations(
    tellings: Sequence[Telling], articles: Mapping[str, Article], organizations: Organizations
) -> tuple[Participation, ...]:
    parties: dict[str, list[tuple[Article, Participant]]] = {}
    for telling in tellings:
        for entity, party in zip(telling.entities, telling.mention.participants, strict=True):
            parties.setdefault(entity, []).append((articles[telling.article], party))
    return tuple(
        _participation(entity, parties[entity], organizations) for entity in sorted(parties)
    )


def _participation(
    entity: str, told: Sequence[tuple[Article, Participant]], organizations: Organizations
) -> Participation:
    behalf = [
        id_
        for article, party in told
        for id_ in (
            *(organizations.of(article.id, mention) for mention in party.organizations),
            *((country_id(party.country),) if party.country else ()),
        )
        if id_ != entity
    ]
    words = [_name(article, office) for article, party in told for office in party.offices]
    offices = [office.value for _, party in told for office in party.offices if office.value]
    accredited = _most(country_id(p.accredited_to) for _, p in told if p.accredited_to)
    return Participation(
        entity=entity,
        side=_most(party.side for _, party in told),
        title=_most(_name(article, party.title) for article, party in told),
        office_words=tuple(dict.fromkeys(filter(None, words))),
        offices=tuple(f"office/{office}" for office in dict.fromkeys(offices)),
        on_behalf_of=tuple(dict.fromkeys(behalf)),
        accredited_to=accredited,
        delegation=_most(_name(article, party.delegation) for article, party in told),
    )


def _name(article: Article, mention: Mention | None) -> Name | None:
    if mention is None:
        return None
    return Name(spell(mention.text), language_of(article, mention.text))


def _most(values: Iterable[Chosen | None]) -> Chosen | None:
    """Choose what is said most often, and of two the first said."""
    counts = Counter(value for value in values if value is not None)
    return max(counts, key=lambda value: counts[value], default=None)
