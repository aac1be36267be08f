"""Who takes part, as one article tells it, with all that says who it is; the rest of the article is left behind."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kg.model import MentionKind, PartialDate, Side
from kg.resolution.phonemes import script_of
from kg.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Article, MeetingMention, Mention, Participant, Reading
    from kg.resolution.organizations import Organizations

UNKNOWN = "und"  # the language of a name in another script than its article's
_TITLE = 80  # code points that tell the script of a text


class Place(NamedTuple):
    """Where a participant stands: which article, which of its meetings, which of the parties."""

    article: str
    meeting: int
    party: int


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A person as a party of one meeting in one article; organizations and countries by local id."""

    place: Place
    start: int
    end: int
    name: str
    language: str
    others: tuple[str, ...]
    title: str | None
    offices: frozenset[str]
    organizations: frozenset[str]
    countries: frozenset[str]
    side: Side | None
    day: datetime.date | None
    met: frozenset[str]  # names and ids of the other parties

    @property
    def founding(self) -> tuple[datetime.date, str, int]:
        """Order occurrences by age; those without a day are the youngest."""
        return (self.day or datetime.date.max, self.place.article, self.start)


def people(readings: Iterable[Reading], organizations: Organizations) -> Iterator[Occurrence]:
    """Find every person who is a party of a meeting."""
    for reading in readings:
        for n, meeting in enumerate(reading.meetings):
            everyone = [
                _who(reading.article, party, organizations) for party in meeting.participants
            ]
            for k, party in enumerate(meeting.participants):
                if is_person(party):
                    yield _occurrence(
                        Place(reading.article.id, n, k), reading.article, meeting,
                        organizations=organizations, met=frozenset(everyone) - {everyone[k]},
                    )  # fmt: skip


def parties(readings: Iterable[Reading]) -> dict[Place, Participant]:
    """Find every party of every meeting."""
    return {
        Place(reading.article.id, n, k): party
        for reading in readings
        for n, meeting in enumerate(reading.meetings)
        for k, party in enumerate(meeting.participants)
    }


def is_person(party: Participant) -> bool:
    """Tell a person from an organization or a state."""
    return party.mention.kind not in {MentionKind.ORGANIZATION, MentionKind.COUNTRY}


def exact_day(date: Mention | None) -> datetime.date | None:
    """Give the day that a date means, if it means one."""
    when = partial_date(date)
    if when is None or when.month is None or when.day is None:
        return None
    return datetime.date(when.year, when.month, when.day)


def partial_date(date: Mention | None) -> PartialDate | None:
    """Read the value of a date; a weekday that no calendar resolved has none."""
    return PartialDate.parse(date.value) if date and date.value else None


def spell(text: str) -> str:
    """Write words with one space between them: a line may break inside a name."""
    return " ".join(text.split())


def language_of(article: Article, words: str) -> str:
    """Tell in which language an article writes words: its own, but for another script's."""
    own = script_of(article.title or article.text[:_TITLE])
    return article.language if script_of(words) is own else UNKNOWN


def country_id(mention: Mention) -> str:
    """Give the local id of a country, with its folder."""
    return f"country/{mention.value or '-'.join(fold(mention.text).split())}"


def _who(article: Article, party: Participant, organizations: Organizations) -> str:
    if is_person(party):
        return spell(party.mention.text)
    return organizations.of_party(article.id, party)


def _occurrence(
    place: Place,
    article: Article,
    meeting: MeetingMention,
    *,
    organizations: Organizations,
    met: frozenset[str],
) -> Occurrence:
    party = meeting.participants[place.party]
    return Occurrence(
        place=place,
        start=party.mention.start,
        end=party.mention.end,
        name=spell(party.mention.text),
        language=language_of(article, party.mention.text),
        others=tuple(dict.fromkeys(spell(other.text) for other in party.others)),
        title=(party.title.value or fold(party.title.text)) if party.title else None,
        offices=frozenset(map(_office, party.offices)),
        organizations=frozenset(organizations.of(article.id, m) for m in party.organizations),
        countries=frozenset({country_id(party.country)} if party.country else ()),
        side=party.side,
        day=exact_day(meeting.date) or article.published,
        met=met,
    )


def _office(mention: Mention) -> str:
    """Give the id of an office, or its words where no gazetteer knows it."""
    return mention.value or f"“{fold(spell(mention.text))}”"
