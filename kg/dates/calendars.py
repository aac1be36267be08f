"""Days of the Gregorian and the Hijri calendar; a day that does not exist is None."""

from __future__ import annotations

import datetime

from hijridate import Gregorian, Hijri

from kg.model import PartialDate

# Years that a press release may name; other numbers are no years.
GREGORIAN_YEARS = range(1800, 2101)
# What the Umm al-Qura calendar is tabled for.
HIJRI_YEARS = range(1343, 1501)


def day(date: PartialDate | None) -> datetime.date | None:
    """Tell the day, where the date is as precise as a day."""
    if date is None or date.month is None or date.day is None:
        return None
    return datetime.date(date.year, date.month, date.day)


def partial(date: datetime.date) -> PartialDate:
    """Write a day as a date of an article."""
    return PartialDate(date.year, date.month, date.day)


def gregorian(year: int, month: int, of_month: int | None = None) -> PartialDate | None:
    """Make a date of the Gregorian calendar."""
    if year not in GREGORIAN_YEARS:
        return None
    try:
        datetime.date(year, month, of_month or 1)
    except ValueError:
        return None
    return PartialDate(year, month, of_month)


def hijri(year: int, month: int, of_month: int | None = None) -> PartialDate | None:
    """Find the Gregorian date; a Hijri month lies in two of ours, so that only its year is told."""
    if year not in HIJRI_YEARS:
        return None
    try:
        first = Hijri(year, month, of_month or 1)
    except (ValueError, OverflowError):
        return None
    if of_month:
        return partial(first.to_gregorian())
    last = Hijri(year, month, first.month_length()).to_gregorian()
    return PartialDate(last.year) if first.to_gregorian().year == last.year else None


def sighted(date: PartialDate | None, weekday: int | None) -> PartialDate | None:
    """Move a Hijri day to its weekday: where the moon was seen a day earlier or later, so was the month's first."""
    known = day(date)
    if known is None or weekday is None:
        return date
    shift = (weekday - known.weekday() + 3) % 7 - 3
    return partial(known + datetime.timedelta(days=shift)) if abs(shift) == 1 else date


def hijri_year(date: datetime.date) -> int | None:
    """Tell the Hijri year of a day."""
    try:
        return int(Gregorian(date.year, date.month, date.day).to_hijri().year)
    except (ValueError, OverflowError):
        return None
