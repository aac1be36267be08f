"""What a date means on the day of writing, and where a text says when it was written."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from kg.dates import calendars

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.dates.expressions import Expression
    from kg.model import PartialDate

_WEEK = 7
# Between the day of writing and that of publication lie a night and some time zones.
_NEAR = 3
_HEADER_CHARACTERS = 400
_HEADER_LINES = 3
_LONGEST_HEADER = 40
_LONGEST_BEFORE = 60
# A city of two or three words, its country, a weekday.
_CITY_WORDS = 5
_SPACE = " \t\r\n\u00a0\u200e\u200f\u202a\u202b\u202c#*>"


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
    today = calendars.day(anchor)
    if expression.month is not None:
        return _in_year(expression, anchor, today)
    if today is None:
        return None
    if expression.day is not None:
        return _nearest(_in_months(expression.day, today), today, expression.weekday)
    day = _relative(expression, today, planned=planned)
    return calendars.partial(day) if day else None


def _reading(expression: Expression, published: datetime.date | None) -> PartialDate | None:
    """Prefer the reading of 11/10/2023 that is not after publication."""
    first, second = calendars.day(expression.date), calendars.day(expression.ambiguous)
    if first and second and published and first > published >= second:
        return expression.ambiguous
    return expression.date


def _in_year(
    expression: Expression, anchor: PartialDate, today: datetime.date | None
) -> PartialDate | None:
    month, of_month = expression.month or 1, expression.day
    if expression.hijri:
        year = calendars.hijri_year(today) if today else None
        years = [] if year is None else [year, year - 1, year + 1]
        days = [calendars.hijri(y, month, of_month) for y in years]
        return _nearest(days, today, expression.weekday) if today else None
    if expression.years is not None or anchor.month is None:
        return calendars.gregorian(anchor.year + (expression.years or 0), month, of_month)
    here = today or datetime.date(anchor.year, anchor.month, 15)
    dates = [calendars.gregorian(anchor.year + n, month, of_month) for n in (0, -1, 1)]
    if of_month is None:
        this = (anchor.year, anchor.month)
        told = [d for d in dates if d and _goes(expression.direction, (d.year, d.month or 0), this)]
        return min(
            told,
            key=lambda d: abs((d.year - this[0]) * 12 + (d.month or 0) - this[1]),
            default=None,
        )
    directed = [
        d for d in dates if (day := calendars.day(d)) and _goes(expression.direction, day, here)
    ]
    return _nearest(directed, here, expression.weekday)


def _goes(direction: int, then: object, now: object) -> bool:
    """Tell whether "last" is before and "next" after."""
    match direction:
        case -1:
            return bool(then < now)  # type: ignore[operator]
        case 1:
            return bool(then > now)  # type: ignore[operator]
    return True


def _in_months(of_month: int, today: datetime.date) -> list[PartialDate | None]:
    months = [today.year * 12 + today.month - 1 + n for n in (0, -1, 1)]
    return [calendars.gregorian(m // 12, m % 12 + 1, of_month) for m in months]


def _nearest(
    dates: Iterable[PartialDate | None], today: datetime.date, weekday: int | None
) -> PartialDate | None:
    """Choose the day nearest to the day of writing, on the weekday if one is so."""
    days = [day for date in dates if (day := calendars.day(date))]
    fitting = [day for day in days if day.weekday() == weekday] or days
    day = min(fitting, key=lambda day: abs((day - today).days), default=None)
    return calendars.partial(day) if day else None


def _relative(
    expression: Expression, today: datetime.date, *, planned: bool
) -> datetime.date | None:
    weekday, offset = expression.weekday, expression.offset
    try:
        if offset is not None:
            day = today + datetime.timedelta(days=offset)
            if weekday is None:
                return day
            # "today, Tuesday" knows its weekday better than a page knows when it went online.
            shift = (weekday - day.weekday() + _NEAR) % _WEEK - _NEAR
            return day + datetime.timedelta(days=shift)
        if weekday is None:
            return None
        back = (today.weekday() - weekday) % _WEEK
        if expression.direction > 0 or (planned and expression.direction == 0):
            ahead = -back % _WEEK
            return today + datetime.timedelta(days=ahead or (_WEEK * (expression.direction > 0)))
        return today - datetime.timedelta(days=back or (_WEEK * (expression.direction < 0)))
    except OverflowError:
        return None


def dateline(text: str, expressions: Sequence[Expression]) -> Expression | None:
    """Find the day of writing: beside the agency, at the head of one of the first lines, or at the text's end."""
    days = [e for e in expressions if e.is_day]
    title, head = _head(text)
    for expression in days:
        if expression.start >= head:
            break
        before, after = _line(text, expression)
        is_title = expression.start < title
        if _is_slug(before, after) or _is_lead(before, after, title=is_title):
            return expression
        if not is_title and len(before) + len(after) <= _LONGEST_HEADER:
            return expression
    return days[-1] if days and _is_signature(text, days[-1]) else None


def _head(text: str) -> tuple[int, int]:
    """Measure the title, where lines follow it, and the first lines that are not blank."""
    end, ends = 0, [0]
    for line in text.splitlines(keepends=True):
        end += len(line)
        if line.strip():
            ends.append(end)
        if len(ends) > _HEADER_LINES and end > _HEADER_CHARACTERS:
            break
    return ends[1] if len(ends) > 2 else 0, end  # noqa: PLR2004 - the start, the title, more


def _line(text: str, expression: Expression) -> tuple[str, str]:
    """Cut out what stands before and behind it in its line."""
    start = text.rfind("\n", 0, expression.start) + 1
    end = text.find("\n", expression.end)
    before = text[start : expression.start].strip(_SPACE)
    return before, text[expression.end : None if end < 0 else end].strip(_SPACE)


def _is_slug(before: str, after: str) -> bool:
    """Tell whether it stands in brackets with an agency: (SPA - 16 December 2021)."""
    city, opening, agency = before.rpartition("(")
    is_inside = bool(opening) and ")" not in agency and any(c.isalpha() for c in agency)
    is_short = len(city) <= _LONGEST_BEFORE and len(agency) <= _LONGEST_HEADER
    return is_inside and is_short and after.startswith(")")


def _is_lead(before: str, after: str, *, title: bool) -> bool:
    """Tell whether the line begins with it, or with a city and it, and a dash or colon follows."""
    if not before:
        return True
    if len(before.split()) > _CITY_WORDS or (title and before[-1] not in ",،:-–—(|"):
        return False
    rest = after.lstrip(").,، ")
    return not rest or rest[0] in "-–—:(|/*"


def _is_signature(text: str, expression: Expression) -> bool:
    """Tell whether the text ends with it: Paris, le 3 mai 2021."""
    before, _ = _line(text, expression)
    is_last = not any(character.isalnum() for character in text[expression.end :])
    return is_last and len(before.split()) <= _CITY_WORDS
