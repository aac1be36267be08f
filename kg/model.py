"""What flows between the stages. A mention is what an article says, an entity what the world has: never one type for both."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime


class Kind(StrEnum):
    """What sort of encounter a meeting is."""

    MEETING = "meeting"
    VISIT = "visit"
    CALL = "call"
    SUMMIT = "summit"
    SIGNING = "signing"


class Status(StrEnum):
    """Whether a meeting took place."""

    HELD = "held"
    PLANNED = "planned"
    CANCELLED = "cancelled"


class Side(StrEnum):
    """Who receives and who is received."""

    HOST = "host"
    GUEST = "guest"


class EntityKind(StrEnum):
    """What may take part in a meeting."""

    PERSON = "person"
    ORGANIZATION = "organization"
    COUNTRY = "country"


class MentionKind(StrEnum):
    """What a stretch of text is evidence of."""

    PERSON = "person"
    ORGANIZATION = "organization"
    COUNTRY = "country"
    TITLE = "title"
    OFFICE = "office"
    DELEGATION = "delegation"
    DATE = "date"
    CITY = "city"
    VENUE = "venue"
    TOPIC = "topic"
    TRIGGER = "trigger"
    ACT = "act"
    WORDS = "words"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as precise as the article is: a year, a month, or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """Write the date as ISO 8601 does: 2024, 2024-05 or 2024-05-22."""
        parts = (f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part))
        return "-".join(parts)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read 2024, 2024-05 or 2024-05-22; raises ValueError on anything else."""
        year, *rest = (int(part) for part in text.split("-"))
        return cls(year, *rest)


@dataclass(frozen=True, slots=True)
class Article:
    """A text as published; offsets everywhere count code points in `text`."""

    id: str
    text: str
    title: str
    language: str
    digest: str
    published: datetime.date | None = None
    url: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of an article: `article.text[start:end] == text`, always.

    `value` is what the stretch stands for where a gazetteer or a calendar knows: an ISO 3166-1 code,
    the local name of an organization, office, city or topic, an act, an ISO 8601 date.
    """

    kind: MentionKind
    text: str
    start: int
    end: int
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """One party of a meeting as one article tells it; `others` are its shorter names further down."""

    mention: Mention
    title: Mention | None = None
    offices: tuple[Mention, ...] = ()
    organizations: tuple[Mention, ...] = ()
    country: Mention | None = None
    accredited_to: Mention | None = None
    side: Side | None = None
    delegation: Mention | None = None
    others: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingMention:
    """A meeting as one article tells it; `rule` names the frame that read it."""

    kind: Kind
    status: Status
    trigger: Mention
    evidence: Mention
    rule: str
    participants: tuple[Participant, ...]
    date: Mention | None = None
    city: Mention | None = None
    country: Mention | None = None
    venue: Mention | None = None
    topics: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What someone said; `speaker` is the name of a participant, None where the text leaves it open."""

    act: Mention
    words: Mention
    evidence: Mention
    rule: str
    speaker: Mention | None = None
    topics: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one article says of meetings."""

    article: Article
    meetings: tuple[MeetingMention, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organization or country; `id` is local: 'person/mohammed-al-moghedi', 'country/SA'."""

    id: str
    kind: EntityKind
    names: tuple[Name, ...]
    aliases: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Why a mention is of an entity: `score` from 0 to 1, `because` in words for the reader."""

    article: str
    mention: Mention
    entity: str
    score: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Participation:
    """Who took part in a meeting, in the office held that day; ids carry their folder: 'office/king'."""

    entity: str
    side: Side | None = None
    title: Name | None = None
    office_words: tuple[Name, ...] = ()
    offices: tuple[str, ...] = ()
    on_behalf_of: tuple[str, ...] = ()
    accredited_to: str | None = None
    delegation: Name | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One article's telling of a meeting; `entities` is parallel to `mention.participants`.

    `score`, from 0 to 1, and `because` say why it is of this meeting.
    """

    article: str
    mention: MeetingMention
    entities: tuple[str, ...]
    score: float = 1.0
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of the world, from every article that reports it; one value where one is meant.

    `city`, `country` and `topics` are local ids with their folder: 'place/paris', 'country/FR'.
    """

    id: str
    kind: Kind
    status: Status
    participations: tuple[Participation, ...]
    reports: tuple[Report, ...]
    date: PartialDate | None = None
    city: str | None = None
    country: str | None = None
    venue: Name | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A statement whose speaker is known as an entity, or None where the article leaves it open."""

    id: str
    article: str
    statement: Statement
    speaker: str | None
    meeting: str | None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What all articles together say, resolved; `replaced` pairs an id that is no more with its heir."""

    entities: tuple[Entity, ...]
    meetings: tuple[Meeting, ...]
    statements: tuple[Said, ...]
    links: tuple[Link, ...]
    replaced: tuple[tuple[str, str], ...] = ()
