"""Readings told by hand, as an extractor would give them; the text is but its mentions, one a line."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from hashlib import blake2b

from kg.model import (
    Article,
    Kind,
    MeetingMention,
    Mention,
    MentionKind,
    Participant,
    Reading,
    Side,
    Statement,
    Status,
)

_KINDS = {kind.value: kind for kind in MentionKind}


@dataclass(frozen=True)
class Party:
    """A party: `office`, `org` and `country` are gazetteer ids, or words where in brackets: [Office of X]."""

    name: str
    office: str = ""
    org: str = ""
    country: str = ""
    title: str = ""
    side: str = ""
    others: tuple[str, ...] = ()
    kind: str = "person"
    value: str = ""


@dataclass(frozen=True)
class Met:
    """A meeting: `date` is an ISO date, `today` the words that mean it."""

    parties: tuple[Party, ...]
    date: str = ""
    today: str = ""
    city: str = ""
    kind: str = "meeting"
    status: str = "held"
    topic: str = ""


class _Text:
    def __init__(self) -> None:
        self.text = ""

    def write(self, kind: str, words: str, value: str = "") -> Mention:
        start = len(self.text)
        self.text += words + "\n"
        return Mention(_KINDS[kind], words, start, start + len(words), value or None)

    def maybe(self, kind: str, value: str) -> Mention | None:
        if not value:
            return None
        if value.startswith("["):
            return self.write(kind, value.strip("[]"))
        return self.write(kind, value, value)


def reading(
    article: str, *meetings: Met, language: str = "en", published: str = "", said: str = ""
) -> Reading:
    """Tell an article; `said` is the name of who praises, in its last line."""
    text = _Text()
    found = tuple(_meeting(text, meeting) for meeting in meetings)
    statements: tuple[Statement, ...] = ()
    if said:
        act, words = text.write("act", "praised", "praise"), text.write("words", "the efforts")
        speaker = text.write("person", said)
        statements = (Statement(act, words, words, "test", speaker),)
    return Reading(
        Article(
            article,
            text.text,
            title=meetings[0].parties[0].name if meetings else "",
            language=language,
            digest=blake2b(text.text.encode()).hexdigest(),
            published=datetime.date.fromisoformat(published) if published else None,
        ),
        found,
        statements,
    )


def _meeting(text: _Text, meeting: Met) -> MeetingMention:
    trigger = text.write("trigger", "met")
    date = None
    if meeting.date:
        date = text.write("date", meeting.today or meeting.date, meeting.date)
    return MeetingMention(
        kind=Kind(meeting.kind),
        status=Status(meeting.status),
        trigger=trigger,
        evidence=text.write("sentence", "They met."),
        rule="test",
        participants=tuple(_party(text, party) for party in meeting.parties),
        date=date,
        city=text.maybe("city", meeting.city),
        topics=tuple(filter(None, (text.maybe("topic", meeting.topic),))),
    )


def _party(text: _Text, party: Party) -> Participant:
    return Participant(
        mention=text.write(party.kind, party.name, party.value),
        title=text.maybe("title", party.title),
        offices=tuple(filter(None, (text.maybe("office", party.office),))),
        organizations=tuple(filter(None, (text.maybe("organization", party.org),))),
        country=text.maybe("country", party.country),
        side=Side(party.side) if party.side else None,
        others=tuple(text.write("person", other) for other in party.others),
    )
