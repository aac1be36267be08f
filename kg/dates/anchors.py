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
_HEADER_CHARACTERS = 600
_HEADER_LINES = 4
_BEFORE_DATELINE = 60
_LONGEST_HEADER_LINE = 120
_LONGEST_SLUG = 70


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
    """Find the date of writing: in brackets beside the agency, at the head of a line, or at the text's end."""
    days = [e for e in expressions if e.is_day]
    head = _head(text)
    heading = [e for e in days if e.start < head]
    for is_dateline in (_is_slug, _is_lead, _is_header):
        for expression in heading:
            if is_dateline(text, expression):
                return expression
    return days[-1] if days and _is_signature(text, days[-1]) else None


def _head(text: str) -> int:
    """Measure the first lines that are not blank."""
    end, n_lines = 0, 0
    for line in text.splitlines(keepends=True):
        end += len(line)
        n_lines += bool(line.strip())
        if n_lines == _HEADER_LINES and end > _HEADER_CHARACTERS:
            break
    return min(end, len(text))


def _line(text: str, expression: Expression) -> tuple[int, int]:
    start = text.rfind("\n", 0, expression.start) + 1
    end = text.find("\n", expression.end)
    return start, len(text) if end < 0 else end


def _is_slug(text: str, expression: Expression) -> bool:
    """Tell whether it stands in brackets with an agency or a city: (SPA - 16 December 2021)."""
    start, _ = _line(text, expression)
    opening = text.rfind("(", start, expression.start)
    closing = text.find(")", expression.end - 1)
    before = text[opening + 1 : expression.start] if opening >= 0 else ")"
    is_inside = ")" not in before and any(c.isalpha() for c in before)
    return (
        is_inside
        and 0 <= closing - opening <= _LONGEST_SLUG
        and opening - start <= _BEFORE_DATELINE
    )


def _is_lead(text: str, expression: Expression) -> bool:
    """Tell whether a line begins with it, after a city at most, and a dash or colon follows."""
    start, end = _line(text, expression)
    if expression.start - start > _BEFORE_DATELINE or "." in text[start : expression.start].rstrip(
        ". "
    ):
        return False
    rest = text[expression.end : end].lstrip(" \t.,،)م\u200e\u200f")
    return not rest or rest[0] in "-–—:(|/*"


def _is_header(text: str, expression: Expression) -> bool:
    """Tell whether it begins or ends a short line."""
    start, end = _line(text, expression)
    before, after = text[start : expression.start].strip(), text[expression.end : end].strip(" .")
    return end - start <= _LONGEST_HEADER_LINE and (not before or not after)


def _is_signature(text: str, expression: Expression) -> bool:
    """Tell whether the text ends with it: Paris, le 3 mai 2021."""
    start, _ = _line(text, expression)
    is_last = not any(c.isalnum() for c in text[expression.end :])
    return is_last and expression.start - start <= _BEFORE_DATELINE
