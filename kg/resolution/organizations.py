"""Which organization is meant: the gazetteer's, or else the one of that name in that state."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.gazetteers import Sort, entries
from kg.model import MentionKind
from kg.resolution.names import slug
from kg.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.model import Mention, Participant, Reading

# "Coalition islamique militaire contre le terrorisme (CIMCT)": the writer says what the letters mean.
_DEFINITION = re.compile(r"\s*\(([^()\s]{2,12})\)")
_WORDS = re.compile(r"[^\W_]+")


class _Name(NamedTuple):
    """What an unknown organization is called, and by which state it is, where that is told."""

    words: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Organizations:
    """The organizations of all readings: `ids` by article and offsets."""

    ids: Mapping[tuple[str, int, int], str]

    def of(self, article: str, mention: Mention) -> str:
        """Give the local id of the organization that a mention means."""
        return self.ids[article, mention.start, mention.end]

    def of_party(self, article: str, party: Participant) -> str:
        """Give the local id of an organization or a state that takes part."""
        if party.mention.kind is MentionKind.COUNTRY:
            return f"country/{party.mention.value or slug(party.mention.text)}"
        return self.of(article, party.mention)


def identify(readings: Iterable[Reading]) -> Organizations:
    """Give every organization that is mentioned its id."""
    known: dict[tuple[str, int, int], str] = {}
    unknown: dict[tuple[str, int, int], _Name] = {}
    for reading in readings:
        meanings = _definitions(reading)
        for mention, country in _mentions(reading):
            place = (reading.article.id, mention.start, mention.end)
            words = _words(mention.text)
            if mention.value:
                known[place] = f"organization/{mention.value}"
            elif (meaning := meanings.get(words)) and meaning.startswith("organization/"):
                known[place] = meaning
            else:
                unknown[place] = _Name(meaning or words, country)
    return Organizations(known | _name_ids(unknown))


def _mentions(reading: Reading) -> Iterator[tuple[Mention, str | None]]:
    for meeting in reading.meetings:
        for party in meeting.participants:
            country = party.country.value if party.country else None
            if party.mention.kind is MentionKind.ORGANIZATION:
                yield party.mention, country
            yield from ((mention, country) for mention in party.organizations)


def _definitions(reading: Reading) -> dict[str, str]:
    """Find what the article's own short forms mean: words, or the id of a known organization."""
    found: dict[str, str] = {}
    for mention, _ in _mentions(reading):
        if match := _DEFINITION.match(reading.article.text, mention.end):
            meaning = f"organization/{mention.value}" if mention.value else _words(mention.text)
            found.setdefault(_words(match[1]), meaning)
    return found


def _words(text: str) -> str:
    """Fold the words of a name; the letters in brackets after it are another name."""
    return " ".join(_WORDS.findall(fold(text.partition("(")[0] or text)))


def _name_ids(
    names: Mapping[tuple[str, int, int], _Name],
) -> dict[tuple[str, int, int], str]:
    """Tell ministries of the same name apart by their state; one without a state may be the only one."""
    states: dict[str, set[str]] = defaultdict(set)
    for name in names.values():
        states[name.words].update((name.country,) if name.country else ())
    return {place: _name_id(name, states[name.words]) for place, name in names.items()}


def _name_id(name: _Name, states: set[str]) -> str:
    [country] = states if len(states) == 1 else [name.country]
    return f"organization/{slug(' '.join(filter(None, (name.words, country))))}"


@cache
def known() -> frozenset[str]:
    """Give the local ids of the organizations that the gazetteer knows."""
    return frozenset(f"organization/{entry.id}" for entry in entries(Sort.ORGANIZATION))
