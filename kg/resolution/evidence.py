"""What speaks for and against two profiles being one person: a table, whose docstrings the reader meets."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.gazetteers import Sort, find
from kg.model import Side
from kg.resolution.names import Verdict, compare, is_distinctive, pair_keys
from kg.resolution.organizations import is_known, with_wholes

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.resolution.profiles import Profile

ENOUGH = 0.6
_NAMES = {Verdict.SAME: 0.5, Verdict.COMPATIBLE: 0.15}
_UNLIKE = 0.1  # what names that hardly sound alike lose
_AT_ONCE = 365  # days in which nobody heads two organizations, or changes office unnoticed


class Evidence(NamedTuple):
    """How much speaks for two profiles being one; `short` are those that others must not rival."""

    score: float
    because: tuple[str, ...]
    short: tuple[Profile, ...] = ()
    is_contradicted: bool = False

    @property
    def is_enough(self) -> bool:
        """Tell whether it is enough to make one of two."""
        return self.score >= ENOUGH and not self.is_contradicted


class Feature(NamedTuple):
    """A question about two profiles, and what a yes weighs."""

    holds: Callable[[Profile, Profile], bool]
    weight: float


def same_office(a: Profile, b: Profile) -> bool:
    """Both hold the same office of the same country or organization."""
    is_shared = a.countries & b.countries or a.organizations & b.organizations
    return bool(is_shared) and _share_office(a, b)


def same_organization(a: Profile, b: Profile) -> bool:
    """Both stand for the same organization."""
    return not a.organizations.isdisjoint(b.organizations)


def same_country(a: Profile, b: Profile) -> bool:
    """Both stand for the same country."""
    return not a.countries.isdisjoint(b.countries)


def same_article(a: Profile, b: Profile) -> bool:
    """One article tells of both."""
    return not a.articles.isdisjoint(b.articles)


def same_encounter(a: Profile, b: Profile) -> bool:
    """Both met the same party on the same day."""
    return any(
        x == y or ("/" not in x + y and compare(x, y).verdict is Verdict.SAME)
        for day in a.met.keys() & b.met.keys()
        for x in a.met[day]
        for y in b.met[day]
    )


def same_kind_of_office(a: Profile, b: Profile) -> bool:
    """Both hold the same kind of office."""
    return _share_office(a, b) and not same_office(a, b)


def same_title(a: Profile, b: Profile) -> bool:
    """Both bear the same title."""
    return not a.titles.isdisjoint(b.titles)


def rare_name(a: Profile, b: Profile) -> bool:
    """Few people bear such a name."""
    return is_distinctive(a.name) and is_distinctive(b.name)


def other_office(a: Profile, b: Profile) -> bool:
    """They hold different offices in the same year."""
    known_a, known_b = _known(a.offices), _known(b.offices)
    return bool(known_a and known_b) and not _share_office(a, b) and _at_once(a, b)


def other_organization(a: Profile, b: Profile) -> bool:
    """They stand for different organizations."""
    known_a, known_b = (frozenset(filter(is_known, each.organizations)) for each in (a, b))
    is_part = known_a & with_wholes(known_b) or known_b & with_wholes(known_a)
    return bool(known_a and known_b) and not is_part


def other_country(a: Profile, b: Profile) -> bool:
    """They stand for different countries."""
    is_other = bool(a.countries and b.countries) and a.countries.isdisjoint(b.countries)
    return is_other and a.organizations.isdisjoint(b.organizations)


def other_head(a: Profile, b: Profile) -> bool:
    """They hold the same office of different organizations in the same year."""
    is_other = bool(a.offices & b.offices) and other_organization(a, b) and _at_once(a, b)
    # Who met the same party on the same day is called after one of two organizations here and there.
    return is_other and not (same_country(a, b) or same_encounter(a, b))


def both_parties(a: Profile, b: Profile) -> bool:
    """Both are parties of one meeting."""
    shared = a.sides.keys() & b.sides.keys()
    if not shared or compare(a.name, b.name).verdict is not Verdict.SAME:
        return bool(shared)
    # An article may tell of one party twice, but of no host who is his guest.
    return any({Side.HOST, Side.GUEST} <= a.sides[meeting] | b.sides[meeting] for meeting in shared)


FEATURES = (
    Feature(same_encounter, 0.5),
    Feature(same_article, 0.5),
    Feature(same_office, 0.3),
    Feature(same_organization, 0.25),
    Feature(same_country, 0.2),
    Feature(rare_name, 0.15),
    Feature(same_kind_of_office, 0.15),
    Feature(same_title, 0.05),
    Feature(other_office, -0.15),
    Feature(other_organization, -0.2),
)
CONTRADICTIONS = (other_country, other_head, both_parties)


def weigh(a: Profile, b: Profile) -> Evidence:
    """Weigh all that speaks for and against two profiles being one person."""
    names = compare(a.name, b.name)
    if names.verdict is Verdict.DIFFERENT:
        return Evidence(0.0, names.because, is_contradicted=True)
    against = [contradiction for contradiction in CONTRADICTIONS if contradiction(a, b)]
    holding = [feature for feature in FEATURES if feature.holds(a, b)]
    score = _NAMES[names.verdict] - _UNLIKE * (1 - names.score)
    score += sum(feature.weight for feature in holding)
    reasons = (*against, *(feature.holds for feature in holding))
    because = (*names.because, *(str(reason.__doc__) for reason in reasons))
    return Evidence(
        round(min(max(score, 0.0), 1.0), 3), because, _short(a, b, names.verdict), bool(against)
    )


def contradict(a: Profile, b: Profile) -> bool:
    """Tell whether two profiles cannot be one person."""
    return any(contradiction(a, b) for contradiction in CONTRADICTIONS) or (
        a.name != b.name and compare(a.name, b.name).verdict is Verdict.DIFFERENT
    )


def _short(a: Profile, b: Profile, verdict: Verdict) -> tuple[Profile, ...]:
    """Find which of two is a short name, or a bare one, that others may share."""
    if verdict is Verdict.SAME:
        return tuple(profile for profile in (a, b) if profile.is_bare)
    shorter = min(a, b, key=_fullness), max(a, b, key=_fullness)
    return shorter[:1] if _fullness(a) != _fullness(b) else shorter


def _fullness(profile: Profile) -> tuple[bool, int]:
    return bool(pair_keys(profile.name)), len(profile.name.split())


def _share_office(a: Profile, b: Profile) -> bool:
    return not (a.offices.isdisjoint(_wider(b.offices)) and b.offices.isdisjoint(_wider(a.offices)))


def _known(offices: frozenset[str]) -> frozenset[str]:
    return frozenset(office for office in offices if find(Sort.OFFICE, office))


@cache
def _wider(offices: frozenset[str]) -> frozenset[str]:
    """Add what an office is a kind of: a foreign minister is a minister."""
    known = (entry for office in offices if (entry := find(Sort.OFFICE, office)))
    broader = {wide for entry in known for wide in entry.broader}
    return offices | broader if broader <= offices else _wider(offices | broader)


def _at_once(a: Profile, b: Profile) -> bool:
    days = a.days_from(b)
    return days is not None and days < _AT_ONCE
