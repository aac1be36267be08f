"""Which organization is meant: the gazetteer's, or else the one of that name in that state."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg import compiled, gazetteers, text
from kg.compiled import Words, kept
from kg.gazetteers import Sort, entries, find
from kg.model import MentionKind
from kg.resolution.decisions import NONE, Word, is_name
from kg.resolution.names import slug
from kg.resources import GAZETTEERS
from kg.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.gazetteers import Entry
    from kg.model import Mention, Participant, Reading
    from kg.resolution.decisions import Decisions

_FOLDER = "organization/"
# "Coalition islamique militaire contre le terrorisme (CIMCT)": the writer says what the letters mean.
_DEFINITION = re.compile(r"\s*\(([^()\s]{2,12})\)")
_WORDS = re.compile(r"[^\W_]+")

Place = tuple[str, int, int]


class Named(NamedTuple):
    """What an unknown organization is called, and by which state it is, where that is told."""

    words: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Organizations:
    """The organizations of all readings: `ids` by article and offsets."""

    ids: Mapping[Place, str]

    def of(self, article: str, mention: Mention) -> str:
        """Give the local id of the organization that a mention means."""
        return self.ids[article, mention.start, mention.end]

    def of_party(self, article: str, party: Participant) -> str:
        """Give the local id of an organization or a state that takes part."""
        if party.mention.kind is MentionKind.COUNTRY:
            return f"country/{party.mention.value or slug(party.mention.text)}"
        return self.of(article, party.mention)


def identify(readings: Iterable[Reading], decisions: Decisions = NONE) -> Organizations:
    """Give every organization that is mentioned its id."""
    found = {place: meant for reading in readings for place, meant in told(reading).items()}
    ids = unknown_ids(each for each in found.values() if isinstance(each, Named))
    decided = _decided(ids, decisions)
    chosen = {
        place: ids[each] if isinstance(each, Named) else each for place, each in found.items()
    }
    return Organizations({place: decided.get(id_, id_) for place, id_ in chosen.items()})


def told(reading: Reading) -> dict[Place, str | Named]:
    """Say what each organization is in one article: a known one, by its id, or but a name."""
    mentions = list(_mentions(reading))
    meanings = _definitions(reading, [mention for mention, _ in mentions])
    found: dict[Place, str | Named] = {}
    for mention, country in mentions:
        meaning = _meaning(mention, meanings)
        is_id = meaning.startswith(_FOLDER)
        place = (reading.article.id, mention.start, mention.end)
        found[place] = meaning if is_id else Named(meaning, country)
    return found


def _mentions(reading: Reading) -> Iterator[tuple[Mention, str | None]]:
    for meeting in reading.meetings:
        for party in meeting.participants:
            country = party.country.value if party.country else None
            if party.mention.kind is MentionKind.ORGANIZATION:
                yield from ((mention, country) for mention in (party.mention, *party.others))
            yield from ((mention, country) for mention in party.organizations)


def _definitions(reading: Reading, mentions: Iterable[Mention]) -> dict[str, set[str]]:
    """Find what the words of an article mean in it: a known organization, or fuller words."""
    found: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        words = _words(mention.text)
        id_ = f"{_FOLDER}{mention.value}" if mention.value else _known_names().get(words)
        names = {words} | (_names(id_) if id_ else frozenset())
        if match := _DEFINITION.match(reading.article.text, mention.end):
            names.add(_words(match[1]))
        for name in names:
            found[name].add(id_ or words)
            # "The Coalition" is, after the Islamic Military Counter Terrorism Coalition, that one.
            for word in name.split() if len(name.split()) > 1 else ():
                found[f"{word} …"].add(id_ or words)
    return found


def _meaning(mention: Mention, meanings: Mapping[str, set[str]]) -> str:
    """Give the id of a known organization, or else its fullest words."""
    if mention.value:
        return f"{_FOLDER}{mention.value}"
    words = _words(mention.text)
    fuller = meanings[words] - {words} or meanings.get(f"{words} …", set()) - {words}
    return fuller.pop() if len(fuller) == 1 else words


def _words(text: str) -> str:
    """Fold the words of a name; the letters in brackets after it are another name."""
    return " ".join(_WORDS.findall(fold(text.partition("(")[0] or text))) or fold(text)


def unknown_ids(names: Iterable[Named]) -> dict[Named, str]:
    """Tell ministries of the same name apart by their state; one without a state may be the only one."""
    states: dict[str, set[str]] = defaultdict(set)
    for name in (distinct := set(names)):
        states[name.words].update({name.country} if name.country else ())
    return {name: _unknown_id(name, states[name.words]) for name in distinct}


def _unknown_id(name: Named, states: set[str]) -> str:
    [country] = states if len(states) == 1 else [name.country]
    return f"{_FOLDER}{slug(' '.join(filter(None, (name.words, country))))}"


def _decided(ids: Mapping[Named, str], decisions: Decisions) -> dict[str, str]:
    """Say which id stands for another, as the user does; a known one stands for an unknown."""
    named: dict[str, set[str]] = defaultdict(set)
    for name, id_ in ids.items():
        named[name.words].add(id_)
    for words in _known_names():
        named[words].add(str(_known_names().get(words)))
    found: dict[str, str] = {}
    for decision in reversed(decisions.having(Word.SAME, Word.ID)):
        a, b = (
            named.get(_words(reference), set()) if is_name(reference) else {reference}
            for reference in (decision.subject, decision.object)
        )
        group = {found.get(id_, id_) for id_ in a | b if id_.startswith(_FOLDER)}
        if decision.word is Word.ID and group:
            heir = f"{_FOLDER}{decision.id}"
        elif len(group) > 1:
            heir = min(group, key=lambda id_: (not is_known(id_), id_))
        else:
            continue
        found |= {id_: heir for id_, of in found.items() if of in group}
        found |= dict.fromkeys(group - {heir}, heir)
    return found


@cache
def with_wholes(organizations: frozenset[str]) -> frozenset[str]:
    """Add what each organization is a part of."""
    known = (entry for id_ in organizations if (entry := _entry(id_)))
    wholes = {f"{_FOLDER}{whole}" for entry in known for whole in entry.broader}
    return (
        organizations | wholes if wholes <= organizations else with_wholes(organizations | wholes)
    )


def is_known(id_: str) -> bool:
    """Tell whether the gazetteer knows an organization of this local id."""
    return _entry(id_) is not None


def _entry(id_: str) -> Entry | None:
    return find(Sort.ORGANIZATION, id_.removeprefix(_FOLDER))


@cache
def _names(id_: str) -> frozenset[str]:
    """Give the names of an organization that the gazetteer knows."""
    entry = _entry(id_)
    names = (*entry.names, *entry.aliases) if entry else ()
    return frozenset(_words(name.text) for name in names)


@cache
def _known_names() -> Words:
    """Give the one organization that each name of the gazetteer means."""
    makers = (Path(__file__), *(Path(str(each.__file__)) for each in (compiled, gazetteers, text)))
    sources = (GAZETTEERS / "organizations.ttl", *makers)
    return kept("organization-names", sources, _unambiguous)


def _unambiguous() -> dict[str, str]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in entries(Sort.ORGANIZATION):
        for name in _names(f"{_FOLDER}{entry.id}"):
            found[name].add(f"{_FOLDER}{entry.id}")
    return {name: min(ids) for name, ids in found.items() if len(ids) == 1}
