"""The organizations of all readings, kept up to date: those of one name hang together, and no others."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kg.resolution.organizations import Named, Organizations, told, unknown_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.model import Reading
    from kg.resolution.organizations import Place


class Bodies:
    """What every mention of an organization means."""

    def __init__(self) -> None:
        """Start with none."""
        self._ids: dict[Place, str] = {}
        self._told: dict[str, Mapping[Place, str | Named]] = {}
        self._counts: dict[str, Counter[Named]] = defaultdict(Counter)
        self._articles: dict[str, set[str]] = defaultdict(set)
        self._names: dict[Named, str] = {}
        self._placed: dict[str, tuple[Place, ...]] = {}

    @property
    def all(self) -> Organizations:
        """Give them by article and offsets."""
        return Organizations(self._ids)

    def touch(self, old: Iterable[Reading], new: Iterable[Reading]) -> set[str]:
        """Count readings out and in; give the articles in which an organization may be another."""
        dirty, words = set(), set()
        for reading in old:
            dirty.add(reading.article.id)
            for name in _names(self._told[reading.article.id]):
                words.add(name.words)
                self._counts[name.words][name] -= 1
                self._articles[name.words].discard(reading.article.id)
        for reading in new:
            dirty.add(reading.article.id)
            self._told[reading.article.id] = found = told(reading)
            for name in _names(found):
                words.add(name.words)
                self._counts[name.words][name] += 1
                self._articles[name.words].add(reading.article.id)
        ids = unknown_ids(name for each in words for name in (+self._counts[each]))
        for name, id_ in ids.items():
            if self._names.get(name, id_) != id_:
                dirty |= self._articles[name.words]
        self._names |= ids
        return dirty

    def settle(self, dirty: Iterable[str], readings: Mapping[str, Reading]) -> None:
        """Say anew what the organizations of some articles are."""
        for article in dirty:
            for place in self._placed.pop(article, ()):
                del self._ids[place]
            if article not in readings:
                del self._told[article]
                continue
            ids = {
                place: self._names[each] if isinstance(each, Named) else each
                for place, each in self._told[article].items()
            }
            self._ids.update(ids)
            self._placed[article] = tuple(ids)


def _names(meanings: Mapping[Place, str | Named]) -> list[Named]:
    return [each for each in meanings.values() if isinstance(each, Named)]
