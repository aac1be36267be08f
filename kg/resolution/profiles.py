"""Occurrences that tell the same of the same name are one profile: what is compared grows with what is told, not with who is famous."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kg.model import Side
from kg.resolution.names import is_distinctive, pair_keys

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Sequence

    from kg.resolution.occurrences import Occurrence


class Key(NamedTuple):
    """What makes a profile; `apart` is where its occurrence stands, if no other may join it unweighed."""

    name: str
    offices: tuple[str, ...]
    organizations: tuple[str, ...]
    countries: tuple[str, ...]
    apart: tuple[str | int, ...] = ()


@dataclass(frozen=True, eq=False)
class Profile:
    """A name with what is told of it, and all the occurrences of both."""

    key: Key
    occurrences: tuple[Occurrence, ...]

    def __reduce__(self) -> tuple[type[Profile], tuple[Key, tuple[Occurrence, ...]]]:
        """Keep what was told, and not what was computed from it."""
        return Profile, (self.key, self.occurrences)

    @cached_property
    def name(self) -> str:
        """Give its name."""
        return self.key.name

    @cached_property
    def offices(self) -> frozenset[str]:
        """Give its offices."""
        return frozenset(self.key.offices)

    @cached_property
    def organizations(self) -> frozenset[str]:
        """Give its organizations."""
        return frozenset(self.key.organizations)

    @cached_property
    def countries(self) -> frozenset[str]:
        """Give the states it stands for."""
        return frozenset(self.key.countries)

    @cached_property
    def is_bare(self) -> bool:
        """Tell whether it is not told whom it stands for."""
        return not (self.organizations or self.countries)

    @cached_property
    def articles(self) -> frozenset[str]:
        """Give the articles that tell it."""
        return frozenset(occurrence.place.article for occurrence in self.occurrences)

    @cached_property
    def sides(self) -> dict[tuple[str, int], frozenset[Side | None]]:
        """Give the sides it is on in each meeting, as one article tells it."""
        found: dict[tuple[str, int], set[Side | None]] = defaultdict(set)
        for occurrence in self.occurrences:
            found[occurrence.place[:2]].add(occurrence.side)
        return {meeting: frozenset(sides) for meeting, sides in found.items()}

    @cached_property
    def titles(self) -> frozenset[str]:
        """Give the titles it bears."""
        return frozenset(occurrence.title for occurrence in self.occurrences if occurrence.title)

    @cached_property
    def met(self) -> dict[datetime.date, frozenset[str]]:
        """Give whom it met on each day."""
        found: dict[datetime.date, set[str]] = defaultdict(set)
        for occurrence in self.occurrences:
            if occurrence.day:
                found[occurrence.day].update(occurrence.met)
        return {day: frozenset(others) for day, others in found.items()}

    def days_from(self, other: Profile) -> int | None:
        """Count the days between the times of two profiles; unknown where one has none."""
        if not (self.met and other.met):
            return None
        return max(0, (min(self.met) - max(other.met)).days, (min(other.met) - max(self.met)).days)


def profiles(occurrences: Sequence[Occurrence], apart: Collection[object] = ()) -> list[Profile]:
    """Put alike occurrences together, but for those that the user singles out."""
    keys = {occurrence.place: _key(occurrence, apart) for occurrence in occurrences}
    sides: dict[tuple[tuple[str, int], Key], set[Side | None]] = defaultdict(set)
    for occurrence in occurrences:
        sides[occurrence.place[:2], keys[occurrence.place]].add(occurrence.side)
    alike: dict[Key, list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        key = keys[occurrence.place]
        # Host and guest of one meeting are two, however alike.
        if {Side.HOST, Side.GUEST} <= sides[occurrence.place[:2], key]:
            key = key._replace(apart=tuple(occurrence.place))
        alike[key].append(occurrence)
    return [
        Profile(key, tuple(sorted(alike[key], key=lambda each: each.place)))
        for key in sorted(alike)
    ]


def _key(occurrence: Occurrence, apart: Collection[object]) -> Key:
    place = occurrence.place
    return Key(
        occurrence.name,
        tuple(sorted(occurrence.offices)),
        tuple(sorted(occurrence.organizations)),
        tuple(sorted(occurrence.countries)),
        tuple(place) if place in apart else () if _is_telling(occurrence) else (place.article,),
    )


def _is_telling(occurrence: Occurrence) -> bool:
    """Tell whether two occurrences that are alike are one person's, whatever the articles."""
    is_placed = bool(occurrence.organizations or occurrence.countries)
    if not pair_keys(occurrence.name):
        return is_placed and bool(occurrence.offices)
    return is_placed or is_distinctive(occurrence.name)
