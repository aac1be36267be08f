"""Dates that a calendar knows, as their own words tell them: with a year, or with a month and the day in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.dates import calendars
from kg.dates.elements import after_era, day, days, direction, month, year
from kg.dates.expressions import Expression, Part
from kg.model import PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.dates.elements import Days, Month
    from kg.dates.words import Run

_YEAR_DIGITS = 4
_LINE = 2
_LEAP_YEAR = 2000
_MARKS = ("slash", "dash", "dot", "colon")


def explicit(run: Run, i: int) -> Part | None:
    """Read a date, or the first and last of several days."""
    part = _single(run, i)
    if part is None or not run.has(part.after, "to", "dash"):
        return part
    second = _single(run, run.skip(part.after + 1, "the", "day", "weekdays", "comma"))
    return (second and _range(part.expression, second)) or part


def _range(first: Expression, part: Part) -> Part | None:
    second = part.expression
    if first.hijri != second.hijri or not (first.is_day and second.is_day):
        return None
    if first.date is None and second.date is not None:
        number = second.date.year - ((first.month or 0) > (second.date.month or 0))
        date = calendars.gregorian(number, first.month or 0, first.day)
        first = replace(first, date=date, month=None, day=None)
    if (first.date is None) != (second.date is None):
        return None
    if first.date and second.date and first.date >= second.date:
        return None
    return Part(replace(first, end=second.end, until=second.until or second.date), part.after)


def _single(run: Run, i: int) -> Part | None:
    senses = run.items[i].senses
    forms = next((forms for sense, forms in _FORMS.items() if sense in senses), ())
    return next((part for form in forms if (part := form(run, i))), None)


def _numeric(run: Run, i: int) -> Part | None:
    """Read 22-5-2024, 2024/5/22, 22.05.2024, 22/5/24."""
    is_first = run.items[i].gap > 0 or i == 0 or not run.has(i - 1, *_MARKS)
    return _three(run, i) if is_first else None


def _days_numeric(run: Run, i: int) -> Part | None:
    """Read 12-14/5/2024."""
    first = day(run, i)
    if first is None or not run.has(first[1], "to", "dash", "and"):
        return None
    part = _three(run, run.skip(first[1] + 1, "the"))
    until = part and part.expression.date
    if not part or not until or part.expression.hijri or first[0] >= (until.day or 0):
        return None
    date = replace(until, day=first[0])
    start = run.items[i].start
    expression = replace(part.expression, start=start, date=date, until=until, ambiguous=None)
    return Part(expression, part.after)


def _three(run: Run, i: int) -> Part | None:
    if not _are_three(run, i):
        return None
    items = run.items[i : i + 5 : 2]
    a, b, c = (item.senses["number"] for item in items)
    match [item.senses["digits"] for item in items]:
        case 4, _, _:
            number, readings = a, ((b, c), (c, b))
        case _, _, 4:
            number, readings = c, ((b, a), (a, b))
        case _, _, 2 if run.touches(i + 3, "slash") and items[2].gap == 0:
            number, readings = 2000 + c, ((b, a), (a, b))
        case _:
            return None
    is_hijri = number in calendars.HIJRI_YEARS
    make = calendars.hijri if is_hijri else calendars.gregorian
    dates = [date for month, of_month in readings if (date := make(number, month, of_month))]
    if not dates:
        return None
    after = after_era(run, i + 5, hijri=is_hijri)
    is_open = len(set(dates)) > 1 and number != a and not is_hijri
    expression = Expression(
        items[0].start,
        run.items[after - 1].end,
        date=dates[0],
        ambiguous=dates[1] if is_open else None,
        hijri=is_hijri,
    )
    return Part(expression, after)


def _are_three(run: Run, i: int) -> bool:
    """Tell whether three numbers follow with one mark between them, and no more of them."""
    items = run.items[i : i + 5]
    if len(items) < 5 or not all("number" in item.senses for item in items[::2]):  # noqa: PLR2004
        return False
    mark = items[1].senses
    gaps = max(item.gap for item in items[1:])
    is_mark = "slash" in mark or "dash" in mark or ("dot" in mark and gaps == 0)
    goes_on = run.touches(i + 5, *_MARKS) and run.touches(i + 6, "number")
    return is_mark and mark is items[3].senses and gaps <= 1 and not goes_on


def _day_month(run: Run, i: int) -> Part | None:
    """Read 22 May 2024, 12-14 March, le 1er mai, الأول من مايو 2024."""
    is_inside = i > 1 and run.touches(i, "number") and run.has(i - 2, "number")
    if is_inside and run.touches(i - 1, "colon", "dot", "comma", "slash"):
        return None
    of_month = days(run, i)
    if of_month is None:
        return None
    j = of_month.after
    if run.has(j, "of") or run.touches(j, "dot", "dash", "slash"):
        j += 1
    read = month(run, j)
    if read is None or run.items[j].gap > _LINE:
        return None
    return _dated(run, i, read, of_month)


def _month_day(run: Run, i: int) -> Part | None:
    """Read March 5, 2024."""
    read = month(run, i)
    if read is None:
        return None
    j = read.after + run.touches(read.after, "dot")
    of_month = days(run, j)
    if of_month is None or run.items[j].gap > 1:
        return None
    after = of_month.after
    is_clock = run.touches(after, "colon", "comma") and run.touches(after + 1, "number")
    if is_clock and run.items[after + 1].senses["digits"] != _YEAR_DIGITS:
        return None
    is_told = year(run, after, hijri=read.hijri) is not None
    if not is_told and (not run.words.month_before_day or run.has(after, "months")):
        return None
    return _dated(run, i, read._replace(after=after), of_month)


def _dated(run: Run, i: int, of_year: Month, of_month: Days) -> Part | None:
    """Put day, month and year together; a date without a year waits for the day of writing."""
    first, last, _ = of_month
    j = max(of_year.after, of_month.after)
    start, hijri = run.items[i].start, of_year.hijri
    read = year(run, j, hijri=hijri)
    if read is None:
        if not of_year.is_certain or not calendars.gregorian(_LEAP_YEAR, of_year.value, last):
            return None
        years, after = _years(run, j)
        end = run.items[after - 1].end
        expression = Expression(start, end, month=of_year.value, day=first, years=years)
        return Part(replace(expression, hijri=hijri), after)
    make = calendars.hijri if hijri else calendars.gregorian
    date, until = (make(read[0], of_year.value, number) for number in (first, last))
    if date is None or until is None:
        return None
    after = after_era(run, read[1], hijri=hijri)
    until = until if last > first else None
    return Part(Expression(start, run.items[after - 1].end, date, until, hijri=hijri), after)


def _years(run: Run, i: int) -> tuple[int | None, int]:
    """Read "of last year"."""
    years = run.items[i].senses.get("years")
    return (None, i) if years is None or run.items[i].gap > 1 else (years, i + 1)


def _month_year(run: Run, i: int) -> Part | None:
    """Read May 2024; and May alone behind a word that tells it is the month."""
    of_year = month(run, i)
    if of_year is None or not of_year.is_certain:
        return None
    read = year(run, of_year.after, hijri=of_year.hijri)
    if read is None:
        return None if of_year.hijri else _month_alone(run, i, of_year)
    make = calendars.hijri if of_year.hijri else calendars.gregorian
    date = make(read[0], of_year.value)
    after = after_era(run, read[1], hijri=of_year.hijri)
    start, end = run.items[i].start, run.items[after - 1].end
    return Part(Expression(start, end, date, hijri=of_year.hijri), after) if date else None


def _month_alone(run: Run, i: int, of_year: Month) -> Part | None:
    years, after = _years(run, of_year.after)
    is_near = run.items[after].gap == 1
    has_modifier = is_near and run.has(after, "last", "next", "this")
    has_cue = i > 0 and run.has(i - 1, "month_cue") and run.items[i].gap <= 1
    if years is None and not has_modifier and not has_cue:
        return None
    way = (is_near and direction(run, after)) or (has_cue and direction(run, i - 1))
    after += has_modifier
    start, end = run.items[i].start, run.items[after - 1].end
    return Part(Expression(start, end, month=of_year.value, years=years, direction=int(way)), after)


def _day_this_month(run: Run, i: int) -> Part | None:
    """Read 15 من الشهر الجاري."""
    read = day(run, i)
    if read is None or not run.has(read[1], "this_month"):
        return None
    after = read[1] + 1
    return Part(Expression(run.items[i].start, run.items[read[1]].end, day=read[0]), after)


def _year_alone(run: Run, i: int) -> Part | None:
    """Read "in 2024": a number is a year only behind a word that says so."""
    item = run.items[i]
    has_cue = i > 0 and run.has(i - 1, "year_cue") and item.gap <= 1
    is_cut = run.touches(i + 1, "dash", "slash", "dot", "comma") and run.touches(i + 2, "number")
    number = item.senses["number"]
    if not has_cue or is_cut or number not in calendars.GREGORIAN_YEARS:
        return None
    after = after_era(run, i + 1, hijri=False)
    return Part(Expression(item.start, run.items[after - 1].end, PartialDate(number)), after)


# The first that fits is what was meant.
_FORMS: Mapping[str, tuple[Callable[[Run, int], Part | None], ...]] = {
    "number": (_numeric, _days_numeric, _day_month, _day_this_month, _year_alone),
    "months": (_month_day, _month_year),
    "hijri_months": (_month_day, _month_year),
    "ordinals": (_day_month, _day_this_month),
}
