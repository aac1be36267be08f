"""What speaks for and against two tellings being of one meeting: a table, whose docstrings the reader meets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.resolution.tellings import Telling

ENOUGH = 0.6
_PARTIES = 0.4  # what the principals weigh: a pair that meets twice a year needs more
_MANY = 3  # parties of a summit


class Likeness(NamedTuple):
    """How much speaks for two tellings being of one meeting, and what."""

    score: float
    because: tuple[str, ...]


class _Feature(NamedTuple):
    holds: Callable[[Telling, Telling], bool]
    weight: float


def same_article(a: Telling, b: Telling) -> bool:
    """One article tells of it twice."""
    return a.article == b.article


def same_day(a: Telling, b: Telling) -> bool:
    """Both tell the same day."""
    return bool(a.time and b.time) and a.has_day and b.has_day and not differing_day(a, b)


def differing_day(a: Telling, b: Telling) -> bool:
    """One counts from its own day and comes to the day before or after."""
    return a.has_day and b.has_day and a.time != b.time


def near_publication(a: Telling, b: Telling) -> bool:
    """One leaves the day open, and it may be that of the other."""
    return bool(a.time and b.time) and not (a.has_day and b.has_day)


def same_city(a: Telling, b: Telling) -> bool:
    """Both name the same city."""
    return not a.cities.isdisjoint(b.cities)


def same_country(a: Telling, b: Telling) -> bool:
    """Both name the same country, and no day contradicts."""
    return (a.time is None or b.time is None) and not a.countries.isdisjoint(b.countries)


def same_topic(a: Telling, b: Telling) -> bool:
    """Both name the same topic."""
    return not a.topics.isdisjoint(b.topics)


def other_city(a: Telling, b: Telling) -> bool:
    """They name two cities of one country: one may be where the article was written."""
    return bool(a.cities and b.cities) and a.cities.isdisjoint(b.cities)


def one_party(a: Telling, b: Telling) -> bool:
    """Only one party is named, who may meet several in a day."""
    return min(len(a.principals), len(b.principals)) == 1


_FEATURES = (
    _Feature(same_article, 0.6),
    _Feature(same_day, 0.45),
    _Feature(differing_day, 0.35),
    _Feature(near_publication, 0.3),
    _Feature(same_city, 0.1),
    _Feature(same_country, 0.15),
    _Feature(same_topic, 0.05),
    _Feature(other_city, -0.1),
    _Feature(one_party, -0.3),
)


def weigh(a: Telling, b: Telling) -> Likeness:
    """Weigh all that speaks for and against two tellings being of one meeting."""
    if contradict(a, b) or not (_covers(a, b) and _covers(b, a)):
        return Likeness(0.0, ())
    holding = [feature for feature in _FEATURES if feature.holds(a, b)]
    score = _PARTIES + sum(feature.weight for feature in holding)
    because = (str(feature.holds.__doc__) for feature in holding)
    return Likeness(
        round(min(max(score, 0.0), 1.0), 3), ("The principal parties are the same.", *because)
    )


def contradict(a: Telling, b: Telling) -> bool:
    """Tell whether two tellings cannot be of one meeting."""
    if not may_be_at_once(a, b) or _is_other_kind(a, b):
        return True
    # A newspaper may name the city of its own desk, but hardly in another country.
    return other_city(a, b) and (a.countries.isdisjoint(b.countries) or a.article == b.article)


def may_be_at_once(a: Telling, b: Telling) -> bool:
    """Tell whether the times that two tellings leave open meet."""
    return a.time is None or b.time is None or a.time.meets(b.time)


def _is_other_kind(a: Telling, b: Telling) -> bool:
    """Tell whether one is a call, or a summit, and the other is none."""
    kinds = {a.mention.kind, b.mention.kind}
    if len(kinds) == 1:
        return False
    is_small = min(len(a.entities), len(b.entities)) < _MANY
    # A visit, its talks and what is signed there are one; two may talk apart while all confer.
    return Kind.CALL in kinds or (Kind.SUMMIT in kinds and is_small)


def _covers(a: Telling, b: Telling) -> bool:
    """Tell whether each principal of one is a party of the other."""
    return bool(a.principals) and all(
        any(_is_alike(a, k, b, m) for m in range(len(b.entities))) for k in a.principals
    )


def _is_alike(a: Telling, k: int, b: Telling, m: int) -> bool:
    """Tell whether two parties are one, or one is whom the other acts for."""
    x, y = a.entities[k], b.entities[m]
    return x == y or x in b.stands_for[m] or y in a.stands_for[k]
