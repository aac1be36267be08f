"""The elements of a date in a run: days, months, years, and the marks of a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.dates import calendars

if TYPE_CHECKING:
    from kg.dates.words import Run

_DAYS = 31
_DAY_DIGITS = 2
_LINE = 2


class Days(NamedTuple):
    """The first and last of 12-14, or one day twice."""

    first: int
    last: int
    after: int


class Month(NamedTuple):
    """A month; an uncertain one may be a verb: "may", "march"."""

    value: int
    hijri: bool
    is_certain: bool
    after: int


def days(run: Run, i: int) -> Days | None:
    """Read 12, 12-14, 3 and 4, 3, 4 et 5."""
    read = day(run, i)
    if read is None:
        return None
    first, j = read
    last, listed = first, None
    while run.has(j, "to", "and", "dash", "comma"):
        k = run.skip(j + 1, "the", "day", "weekdays", "and")
        following = day(run, k)
        if following is None or following[0] <= last:
            break
        # "Article 3, 4 May" has one day: a list of days ends in "and".
        is_listed = run.has(j, "comma") and not run.has(k - 1, "and")
        listed = (listed or (last, j)) if is_listed else None
        last, j = following
    return Days(first, *listed) if listed else Days(first, last, j)


def day(run: Run, i: int) -> tuple[int, int] | None:
    """Read the day of a month, and tell the item after it."""
    senses = run.items[i].senses
    if "ordinals" in senses:
        # "the first May summit" is on no day.
        is_day = run.has(i + 1, "of") or not run.words.month_before_day
        return (senses["ordinals"], i + 1) if is_day else None
    if senses.get("digits", _DAYS) > _DAY_DIGITS or not 1 <= senses["number"] <= _DAYS:
        return None
    has_suffix = run.has(i + 1, "suffix") and run.items[i + 1].gap <= 1
    return senses["number"], i + 1 + has_suffix


def month(run: Run, i: int) -> Month | None:
    """Read a month, and its other name beside it: نيسان/أبريل."""
    senses = run.items[i].senses
    is_hijri = "months" not in senses
    value = senses.get("hijri_months" if is_hijri else "months")
    if value is None:
        return None
    j = i + 1
    k = j + run.has(j, "slash", "open", "dash")
    if run.items[k].senses.get("months") == value and run.items[k].gap <= 1:
        j = k + 1 + (run.has(j, "open") and run.has(k + 1, "close"))
    is_certain = is_hijri or run.items[i].is_capital or not run.words.capital_months
    return Month(value, is_hijri, is_certain, j)


def year(run: Run, i: int, *, hijri: bool) -> tuple[int, int] | None:
    """Read a year behind a month, and tell the item after it."""
    j = i
    if run.has(j, "comma") or run.touches(j, "dot", "dash", "slash"):
        j += 1
    j = run.skip(j, "year", "the")
    item = run.items[j]
    years = calendars.HIJRI_YEARS if hijri else calendars.GREGORIAN_YEARS
    is_year = item.gap <= _LINE and item.senses.get("number") in years
    return (item.senses["number"], j + 1) if is_year else None


def after_era(run: Run, i: int, *, hijri: bool) -> int:
    """Pass the mark of the calendar behind a year."""
    return i + (run.items[i].gap <= 1 and run.has(i, "hijri" if hijri else "gregorian"))


def direction(run: Run, i: int) -> int:
    """Read "last" and "next"."""
    return run.has(i, "next") - run.has(i, "last")
