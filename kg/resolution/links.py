"""Why each mention is of its entity: no mention without a reason in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Link
from kg.resolution.entities import mentions
from kg.resolution.evidence import weigh
from kg.resolution.names import compare
from kg.resolution.occurrences import spell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.model import Mention, Participant, Reading
    from kg.resolution.occurrences import Place
    from kg.resolution.organizations import Organizations
    from kg.resolution.people import Person
    from kg.resolution.profiles import Profile

_ALONE = ("No other mention is of the same person.",)
_ALIKE = ("It is told alike: the same name, offices, organizations and countries.",)
_DECIDED = "You decided that they are the same."
_SHORTER = "It is a shorter name in the same article."
_GAZETTEER = ("The gazetteer knows it by this name.",)
_CALLED = ("It is called so, and nothing else is.",)


def people(person: Person, id_: str, parties: Mapping[Place, Participant]) -> Iterator[Link]:
    """Link every mention of a person."""
    for profile in person.profiles:
        score, because = _reasons(person, profile)
        for occurrence in profile.occurrences:
            party = parties[occurrence.place]
            article = occurrence.place.article
            yield Link(article, party.mention, id_, score, because)
            for mention in party.others:
                names = compare(occurrence.name, spell(mention.text))
                yield Link(article, mention, id_, score, (_SHORTER, *names.because))


def others(reading: Reading, organizations: Organizations) -> Iterator[Link]:
    """Link every mention of an organization or a country in an article."""
    for meeting in reading.meetings:
        for party in meeting.participants:
            for id_, mention in mentions(reading.article, party, organizations):
                yield _other(reading.article.id, id_, mention)


def unique(links: Iterable[Link]) -> tuple[Link, ...]:
    """Leave one link of a mention and an entity."""
    return tuple({key(link): link for link in links}.values())


def key(link: Link) -> tuple[str, int, int, str]:
    """Tell of which mention and entity a link is: there is but one of both."""
    return link.article, link.mention.start, link.mention.end, link.entity


def _other(article: str, id_: str, mention: Mention) -> Link:
    return Link(article, mention, id_, 1.0, _GAZETTEER if mention.value else _CALLED)


def _reasons(person: Person, profile: Profile) -> tuple[float, tuple[str, ...]]:
    other = person.because.get(profile)
    decided = (_DECIDED,) if profile in person.decided else ()
    if other is not None:
        evidence = weigh(profile, other)
        return evidence.score, (*decided, f"Compared with “{other.name}”.", *evidence.because)
    return 1.0, decided or (_ALONE if len(person.occurrences) == 1 else _ALIKE)
