"""What the user may look into: the pairs of people that are least sure, with their sentences side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.resolution import occurrences, organizations
from kg.resolution.decisions import NONE, Decision, Decisions, Word, mention_id
from kg.resolution.evidence import ENOUGH, weigh
from kg.resolution.explain import sentence
from kg.resolution.people import candidates
from kg.resolution.profiles import profiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.model import Knowledge, Reading
    from kg.resolution.profiles import Profile

_LEAST = 0.35  # below this nobody would take two for one
_SURE = 0.75  # and above this nobody one for two


@dataclass(frozen=True, slots=True)
class Sight:
    """One of an uncertain pair: whom it was taken for, where it stands, and in which sentence."""

    entity: str
    name: str
    mention: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Two names that may or may not be one person's; `is_merged` tells how they are taken now."""

    score: float
    a: Sight
    b: Sight
    because: tuple[str, ...]
    is_merged: bool

    def decide(self, word: Word, note: str = "") -> Decision:
        """Write down that the two are the same, or different."""
        return Decision(word, self.a.mention, self.b.mention, note=note)


def review(
    knowledge: Knowledge, readings: Iterable[Reading], decisions: Decisions = NONE
) -> tuple[Uncertain, ...]:
    """List the pairs of people that are least sure, the likeliest first, without those decided."""
    told = sorted(readings, key=lambda reading: reading.article.id)
    rows = profiles(list(occurrences.people(told, organizations.identify(told, decisions))))
    seen = _sights(rows, knowledge, told)
    decided = {frozenset(each[1:3]) for each in decisions.having(Word.SAME, Word.DIFFERENT)}
    best: dict[frozenset[str], Uncertain] = {}
    for i, j in candidates(rows):
        a, b = seen[i], seen[j]
        mentions, entities = frozenset({a.mention, b.mention}), frozenset({a.entity, b.entity})
        if mentions in decided or entities in decided:
            continue
        evidence = weigh(rows[i], rows[j])
        is_merged = a.entity == b.entity
        low, high = (ENOUGH, _SURE) if is_merged else (_LEAST, 2.0)
        if low <= evidence.score < high:
            pair = Uncertain(evidence.score, a, b, evidence.because, is_merged)
            key = mentions if is_merged else entities
            best[key] = max(best.get(key, pair), pair, key=_rank)
    return tuple(sorted(best.values(), key=_rank, reverse=True))


def _rank(pair: Uncertain) -> tuple[float, str, str]:
    return pair.score, pair.a.mention, pair.b.mention


def _sights(
    rows: Iterable[Profile], knowledge: Knowledge, readings: Iterable[Reading]
) -> list[Sight]:
    """See each profile where it first stands."""
    of = {(link.article, link.mention.start): link for link in knowledge.links}
    texts: Mapping[str, Reading] = {reading.article.id: reading for reading in readings}
    found = []
    for profile in rows:
        first = min(profile.occurrences, key=lambda each: (each.founding, each.place))
        link = of[first.place.article, first.start]
        mention = mention_id(link.article, link.mention.start, link.mention.end)
        words = sentence(texts[link.article], link.mention)
        found.append(Sight(link.entity, first.name, mention, words))
    return found
