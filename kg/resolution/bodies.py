"""The organizations of all readings, kept up to date: those of one name hang together, and no others."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.resolution.organizations import Named, Organizations, told, unknown_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, MutableMapping

    from kg.model import Reading
    from kg.resolution.organizations import Place
    from kg.resolution.shelves import Table


class Bodies:
    """What every mention of an organization means."""

    def __init__(self, table: Table) -> None:
        """Start with those of some tables."""
        self._ids: MutableMapping[Place, str] = table("body ids")
        self._told: MutableMapping[str, Mapping[Place, str | Named]] = table("bodies")
        self._counts: MutableMapping[str, Counter[Named]] = table("body names")
        self._articles: MutableMapping[str, set[str]] = table("body articles")
        self._names: MutableMapping[Named, str] = table("body name ids")
        self._placed: MutableMapping[str, tuple[Place, ...]] = table("body places")

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
                self._count(name, reading.article.id, -1)
        for reading in new:
            dirty.add(reading.article.id)
            self._told[reading.article.id] = found = told(reading)
            for name in _names(found):
                words.add(name.words)
                self._count(name, reading.article.id, 1)
        ids = unknown_ids(name for each in words for name in (+self._counts[each]))
        for name, id_ in ids.items():
            if self._names.get(name, id_) != id_:
                dirty |= self._articles[name.words]
        self._names.update(ids)
        return dirty

    def _count(self, name: Named, article: str, sign: int) -> None:
        counts = self._counts.get(name.words, Counter())
        counts[name] += sign
        self._counts[name.words] = counts
        articles = self._articles.get(name.words, set())
        (articles.add if sign > 0 else articles.discard)(article)
        self._articles[name.words] = articles

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
