"""The grammar of dates: how dates, weekdays and words like "today" go together, whatever the language."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.dates import calendars
from kg.dates.elements import day, direction
from kg.dates.explicit import explicit
from kg.dates.expressions import Expression, Part
from kg.dates.words import load, runs
from kg.text import tokenize

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kg.dates.words import Run
    from kg.model import PartialDate
    from kg.text import Token

_LEAD = ("part", "day", "last", "next", "this")
_TRAIL = ("part", "last", "next", "weeks")
_LIST = ("and", "comma", "to", "the", "dash", "day")
_GLUE = (
    "comma",
    "open",
    "dash",
    "bar",
    "slash",
    "equals",
    "the",
    "day",
    "part",
    "of",
    "dot",
    "colon",
)
_LONGEST_GLUE = 4
_MONTH_FIRST = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?, ?\d{4}$")
# Local sighting of the moon moves a Hijri day by one or two.
_SIGHTING = 3


def find(text: str, language: str, *, tokens: Sequence[Token] | None = None) -> list[Expression]:
    """Find the dates of a text, in its order; none overlaps another."""
    words = load(language)
    found: list[Expression] = []
    for run in runs(text, tokenize(text) if tokens is None else tokens, words):
        found += _read(run)
    return _decide(text, found, month_first=words.month_before_day)


def _read(run: Run) -> list[Expression]:
    found: list[Expression] = []
    i, last = 0, 0
    while i < len(run.items) - 1:
        part = _expression(run, i)
        if part is None:
            i += 1
            continue
        if found and all(run.has(k, *_LIST) for k in range(last, i)):
            found = _share_year(found, part.expression)
        found.append(part.expression)
        i = last = part.after
    return found


def _share_year(found: list[Expression], following: Expression) -> list[Expression]:
    """Give the last one the year of its follower: "3 March and 5 April 2024"."""
    last, date = found[-1], following.date
    if last.month is None or last.hijri or date is None or date.month is None or last.years:
        return found
    shared = calendars.gregorian(date.year - (last.month > date.month), last.month, last.day)
    return [*found[:-1], replace(last, date=shared, month=None, day=None)] if shared else found


def _decide(text: str, found: list[Expression], *, month_first: bool) -> list[Expression]:
    """Choose day first or month first by the weekday, else by how the text writes other dates."""
    if all(expression.ambiguous is None for expression in found):
        return found
    todays = {e.weekday for e in found if e.offset == 0 and e.weekday is not None}
    month_first = month_first and any(
        e.date and _MONTH_FIRST.search(text[e.start : e.end]) for e in found
    )
    return [_choose(expression, todays, month_first=month_first) for expression in found]


def _choose(expression: Expression, todays: Collection[int], *, month_first: bool) -> Expression:
    first, second = calendars.day(expression.date), calendars.day(expression.ambiguous)
    if first is None or second is None:
        return expression
    weekdays = todays if expression.weekday is None else {expression.weekday}
    fits = [day.weekday() in weekdays for day in (first, second)]
    swapped = replace(expression, date=expression.ambiguous, ambiguous=expression.date)
    if fits[0] != fits[1]:
        return replace(swapped if fits[1] else expression, ambiguous=None)
    return swapped if month_first else expression


def _expression(run: Run, i: int) -> Part | None:
    """Read a date with all that tells of the same day: "Tuesday morning, 5 May 2024"."""
    part = _named(run, i)
    whole = part
    part = part or _abbreviated(run, i)
    while part is not None and (part := _more(run, part)):
        whole = part
    return whole


def _named(run: Run, i: int) -> Part | None:
    """Read a date, weekday or relative word with the part of the day and "last" or "next" about it."""
    j = run.skip(i, *_LEAD, "the", "of") if run.has(i, *_LEAD) else i
    part = explicit(run, j) or _weekday(run, j) or _relative(run, j)
    if part is None:
        return None
    expression, after = part
    if expression.date is None:
        # "15 mai courant", but "Thursday this week".
        trail = (*_TRAIL, "this") if expression.month else _TRAIL
        while run.has(after, *trail) and run.items[after].gap == 1:
            after += 1
    about = (*range(i, j), *range(part.after, after))
    weeks = [run.items[k].senses["weeks"] for k in about if run.has(k, "weeks")]
    ways = [way for k in about if (way := direction(run, k))]
    end = max(expression.end, run.items[after - 1].end)
    expression = replace(
        expression,
        start=run.items[i].start,
        end=end,
        direction=next(iter(ways), expression.direction),
        weeks=next(iter(weeks), None),
    )
    return Part(expression, after)


def _weekday(run: Run, i: int) -> Part | None:
    item = run.items[i]
    weekday = item.senses.get("weekdays")
    return (
        None if weekday is None else Part(Expression(item.start, item.end, weekday=weekday), i + 1)
    )


def _abbreviated(run: Run, i: int) -> Part | None:
    """Read "Sat", which is no date by itself."""
    item = run.items[i]
    weekday = item.senses.get("weekday_abbreviations")
    if weekday is None or (run.words.capital_months and not item.is_capital):
        return None
    return Part(Expression(item.start, item.end, weekday=weekday), i + 1)


def _relative(run: Run, i: int) -> Part | None:
    item = run.items[i]
    offset = item.senses.get("relative")
    return None if offset is None else Part(Expression(item.start, item.end, offset=offset), i + 1)


def _more(run: Run, part: Part) -> Part | None:
    """Read on behind a mark or a small word, where what follows tells of the same day."""
    for k in range(part.after, part.after + _LONGEST_GLUE + 1):
        if run.items[k].gap > 1:
            return None
        glue = run.items[part.after : k]
        is_open = any("open" in item.senses for item in glue)
        following = _named(run, k) or (_lone_day(run, k) if is_open else None)
        if following is not None:
            is_loose = any("dash" in item.senses or "bar" in item.senses for item in glue)
            merged = _merge(part.expression, following.expression, loose=is_loose, opened=is_open)
            return _closed(run, merged, following.after, opened=is_open) if merged else None
        if not run.has(k, *_GLUE):
            return None
    return None


def _closed(run: Run, merged: Expression, after: int, *, opened: bool) -> Part:
    """Take the closing bracket in with the opening one."""
    if opened and run.has(after, "close"):
        return Part(replace(merged, end=run.items[after].end), after + 1)
    return Part(merged, after)


def _lone_day(run: Run, i: int) -> Part | None:
    """Read the day of the month in "today (02)"."""
    read = day(run, i)
    if read is None or not run.has(read[1], "close"):
        return None
    start, end = run.items[i].start, run.items[read[1] - 1].end
    return Part(Expression(start, end, day=read[0]), read[1])


def _merge(a: Expression, b: Expression, *, loose: bool, opened: bool) -> Expression | None:
    """Put two tellings of one day together; None where they are two days."""
    if a.is_calendar and b.is_calendar:
        return _both_calendars(a, b)
    if None not in (a.weekday, b.weekday) or None not in (a.offset, b.offset):
        return None
    dated = a if a.is_calendar else b
    if dated.is_calendar and not dated.is_day and dated.day is None:
        return None
    weekday = b.weekday if a.weekday is None else a.weekday
    is_behind = a.is_calendar or b.offset is not None
    if not opened and (loose or is_behind) and not _fits(dated, weekday):
        return None
    return replace(
        dated,
        start=a.start,
        end=b.end,
        weekday=weekday,
        offset=b.offset if a.offset is None else a.offset,
        date=calendars.sighted(dated.date, weekday) if dated.hijri else dated.date,
        direction=a.direction or b.direction,
    )


def _fits(expression: Expression, weekday: int | None) -> bool:
    """Tell whether it is on that weekday, in one of its readings."""
    days = (calendars.day(date) for date in (expression.date, expression.ambiguous))
    return any(day is not None and day.weekday() == weekday for day in days)


def _both_calendars(a: Expression, b: Expression) -> Expression | None:
    """Keep the printed Gregorian date: it is what the writer's country went by."""
    if a.hijri == b.hijri:
        return None
    kept, other = (b, a) if a.hijri else (a, b)
    if not _are_near(kept.date, other.date):
        if not _are_near(kept.ambiguous, other.date):
            return None
        kept = replace(kept, date=kept.ambiguous, ambiguous=None)
    return replace(
        kept,
        start=a.start,
        end=b.end,
        weekday=b.weekday if a.weekday is None else a.weekday,
        offset=b.offset if a.offset is None else a.offset,
    )


def _are_near(a: PartialDate | None, b: PartialDate | None) -> bool:
    first, second = calendars.day(a), calendars.day(b)
    return first is None or second is None or abs((first - second).days) <= _SIGHTING
