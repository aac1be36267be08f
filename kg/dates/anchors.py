"""What a date means on the day of writing."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from kg.dates import calendars

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.dates.expressions import Expression
    from kg.model import PartialDate

_WEEK = 7
_MIDDLE = 15
# How far a day before the day of writing seems, and one behind it: articles tell of what was
# more than of what will be, but what is planned lies ahead.
_TOLD, _PLANNED, _EVEN = (1, 2), (3, 1), (1, 1)


def resolve(
    expression: Expression,
    *,
    anchor: PartialDate | None,
    published: datetime.date | None,
    planned: bool = False,
) -> PartialDate | None:
    """Tell the date meant by one who writes on the anchor, else on the day of publication.

    A weekday is the last one up to then; where something is `planned`, the next one.
    """
    if expression.date is not None:
        return _reading(expression, published)
    anchor = anchor or (calendars.partial(published) if published else None)
    if anchor is None:
        return None
    if expression.month is not None:
        return _in_year(expression, expression.month, anchor, planned=planned)
    today = calendars.day(anchor)
    if expression.day is not None:
        return _in_month(expression, expression.day, anchor, today)
    day = _relative(expression, today, planned=planned) if today else None
    return calendars.partial(day) if day else None


def _reading(expression: Expression, published: datetime.date | None) -> PartialDate | None:
    """Prefer the reading of 11/10/2023 that is not after publication."""
    first, second = calendars.day(expression.date), calendars.day(expression.ambiguous)
    if first and second and published and first > published >= second:
        return expression.ambiguous
    return expression.date


def _in_year(
    expression: Expression, month: int, anchor: PartialDate, *, planned: bool
) -> PartialDate | None:
    """Find the year of a day or month near the day of writing."""
    is_far = expression.years is not None or anchor.month is None
    if is_far and not expression.hijri:
        return calendars.gregorian(anchor.year + (expression.years or 0), month, expression.day)
    here = datetime.date(anchor.year, anchor.month or 1, anchor.day or _MIDDLE)
    here = here if expression.day else here.replace(day=_MIDDLE)
    make = calendars.hijri if expression.hijri else calendars.gregorian
    year = calendars.hijri_year(here) if expression.hijri else here.year
    dates = [make(year + n, month, expression.day) for n in (0, -1, 1)] if year else []
    days = {
        datetime.date(date.year, date.month or 1, date.day or _MIDDLE): date
        for date in dates
        if date is not None
    }
    told = [day for day in days if (day - here).days * expression.direction >= 0]
    if expression.direction:
        told = [day for day in told if day != here]
    nearest = _nearest(told, here, expression.weekday, _PLANNED if planned else _TOLD)
    return days[nearest] if nearest else None


def _in_month(
    expression: Expression, of_month: int, anchor: PartialDate, today: datetime.date | None
) -> PartialDate | None:
    """Find the month of a day: of "today (31)" near the day of writing, of "the 5th of this month" in it."""
    if expression.weekday is expression.offset is None:
        return calendars.gregorian(anchor.year, anchor.month or 0, of_month)
    if today is None:
        return None
    months = [today.year * 12 + today.month - 1 + n for n in (0, -1, 1)]
    dates = [calendars.gregorian(month // 12, month % 12 + 1, of_month) for month in months]
    days = [day for date in dates if (day := calendars.day(date))]
    nearest = _nearest(days, today, expression.weekday, _EVEN)
    return calendars.partial(nearest) if nearest else None


def _nearest(
    days: Iterable[datetime.date],
    today: datetime.date,
    weekday: int | None,
    weights: tuple[int, int],
) -> datetime.date | None:
    """Choose the day nearest to the day of writing, on the weekday if one is so; days are weighed by where they lie."""
    days = tuple(days)
    fitting = [day for day in days if day.weekday() == weekday] or days
    back, ahead = weights
    return min(
        fitting,
        key=lambda day: max((today - day).days * back, (day - today).days * ahead),
        default=None,
    )


def _relative(
    expression: Expression, today: datetime.date, *, planned: bool
) -> datetime.date | None:
    weekday, offset = expression.weekday, expression.offset
    try:
        if offset is None:
            return None if weekday is None else _on(expression, weekday, today, planned=planned)
        day = today + datetime.timedelta(days=offset)
        if weekday is None:
            return day
        # Who writes "today, Tuesday" knows it; a page may go online days later, or hours before in the west.
        return day - datetime.timedelta(days=(day.weekday() + 1 - weekday) % _WEEK - 1)
    except OverflowError:
        return None


def _on(
    expression: Expression, weekday: int, today: datetime.date, *, planned: bool
) -> datetime.date:
    back = (today.weekday() - weekday) % _WEEK
    if expression.weeks is not None:
        days = weekday - today.weekday() + _WEEK * expression.weeks
    elif expression.direction > 0:
        days = _WEEK - back
    elif expression.direction < 0:
        days = -(back or _WEEK)
    else:
        days = -back % _WEEK if planned else -back
    return today + datetime.timedelta(days=days)
