"""The grammar of dates: how days, months, years, weekdays and words like "today" follow one another in any language."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kg.dates import calendars
from kg.dates.expressions import Expression
from kg.dates.words import load, runs
from kg.text import tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.dates.words import Item, Words
    from kg.model import PartialDate
    from kg.text import Token

_LEAD = ("part", "day", "last", "next", "this")
_TRAIL = ("part", "last", "next", "this")
_GLUE = ("comma", "open", "dash", "bar", "slash", "equals", "the", "day", "part", "of", "dot")
_MONTH_FIRST = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?,? \d{4}$")
_YEAR_DIGITS = 4
_DAYS = 31
_LONGEST_GLUE = 4
# Local sighting of the moon moves a Hijri day by one or two.
_SIGHTING = 3


class _Part(NamedTuple):
    """What was read, and the item after it."""

    expression: Expression
    after: int


class _Month(NamedTuple):
    value: int
    hijri: bool
    is_certain: bool
    after: int


def find(text: str, language: str, *, tokens: Sequence[Token] | None = None) -> list[Expression]:
    """Find the dates of a text, in its order; none overlaps another."""
    words = load(language)
    found: list[Expression] = []
    for run in runs(text, tokenize(text) if tokens is None else tokens, words):
        parser = _Parser(run, words)
        i = 0
        while i < len(run) - 1:
            part = parser.expression(i)
            if part is not None:
                found.append(part.expression)
            i = part.after if part else i + 1
    return _decide(text, found, month_first=words.month_before_day)


def _decide(text: str, found: list[Expression], *, month_first: bool) -> list[Expression]:
    """Choose between day first and month first by the weekday, else by how the text writes other dates."""
    if all(e.ambiguous is None for e in found):
        return found
    todays = {e.weekday for e in found if e.offset == 0 and e.weekday is not None}
    month_first = month_first and any(
        e.date and _MONTH_FIRST.search(text[e.start : e.end]) for e in found
    )
    return [_choose(e, todays, month_first=month_first) for e in found]


def _choose(expression: Expression, todays: set[int], *, month_first: bool) -> Expression:
    first, second = calendars.day(expression.date), calendars.day(expression.ambiguous)
    if first is None or second is None:
        return expression
    weekdays = todays if expression.weekday is None else {expression.weekday}
    fits = [day.weekday() in weekdays for day in (first, second)]
    swapped = replace(expression, date=expression.ambiguous, ambiguous=expression.date)
    if fits[0] != fits[1]:
        return replace(swapped if fits[1] else expression, ambiguous=None)
    return swapped if month_first else expression


class _Parser:
    """Reads one run; each method reads one form at a place, or tells that it is not there."""

    def __init__(self, items: list[Item], words: Words) -> None:
        self.items = items
        self.words = words

    def has(self, i: int, *senses: str) -> bool:
        found = self.items[i].senses
        return any(sense in found for sense in senses)

    def touches(self, i: int, *senses: str) -> bool:
        return self.items[i].gap == 0 and self.has(i, *senses)

    def expression(self, i: int) -> _Part | None:
        """Read a date with all that belongs to it: "Tuesday morning, 5 May 2024"."""
        part = self.named(i)
        is_certain = part is not None
        if part is None and self.has(i, "weekday_abbreviations"):
            part = self.abbreviated(i)
        while part is not None:
            after = self.more(part)
            if after is None:
                break
            part, is_certain = after, True
        return part if is_certain else None

    def abbreviated(self, i: int) -> _Part | None:
        item = self.items[i]
        if self.words.capital_months and not item.is_capital:
            return None
        weekday = item.senses["weekday_abbreviations"]
        return _Part(Expression(item.start, item.end, weekday=weekday), i + 1)

    def more(self, part: _Part) -> _Part | None:
        """Read on after a mark or a small word, where what follows tells of the same day."""
        k = part.after
        while k - part.after < _LONGEST_GLUE and self.has(k, *_GLUE) and self.items[k].gap <= 1:
            following = self.named(k)
            if following is not None and following.expression.start != self.items[k].start:
                break
            if following is not None and self.has(k, "part", "day"):
                break
            k += 1
        if self.items[k].gap > 1:
            return None
        glue = self.items[part.after : k]
        opened = any("open" in item.senses for item in glue)
        following = self.named(k) or (self.lone_day(k) if opened else None)
        if following is None:
            return None
        is_loose = any("dash" in item.senses or "bar" in item.senses for item in glue)
        merged = _merge(part.expression, following.expression, loose=is_loose, opened=opened)
        if merged is None:
            return None
        if opened and self.has(following.after, "close"):
            merged = replace(merged, end=self.items[following.after].end)
            return _Part(merged, following.after + 1)
        return _Part(merged, following.after)

    def lone_day(self, i: int) -> _Part | None:
        """Read the day of the month in "today (02)"."""
        day = self.day(i)
        if day is None or not self.has(day[1], "close"):
            return None
        return _Part(
            Expression(self.items[i].start, self.items[day[1] - 1].end, day=day[0]), day[1]
        )

    def named(self, i: int) -> _Part | None:
        """Read a date, weekday or relative word with the part of the day and "last" or "next" about it."""
        j = i
        direction = 0
        while self.has(j, *_LEAD) and not self.has(j, "relative"):
            direction = direction or self.direction(j)
            j += 1
            while j > i and self.has(j, "the", "of") and not self.has(j, *_LEAD):
                j += 1
        part = self.explicit(j) or self.weekday(j) or self.relative(j)
        if part is None:
            return None
        expression, after = part
        if expression.date is None:
            while self.has(after, *_TRAIL) and self.items[after].gap == 1:
                following = self.explicit(after + 1) or self.weekday(after + 1)
                if following and self.has(after, "part") and not self.has(after - 1, "relative"):
                    break
                direction = direction or self.direction(after)
                after += 1
            expression = replace(
                expression,
                end=self.items[after - 1].end,
                direction=expression.direction or direction,
            )
        return _Part(replace(expression, start=self.items[i].start), after)

    def direction(self, i: int) -> int:
        return -1 if self.has(i, "last") else 1 if self.has(i, "next") else 0

    def weekday(self, i: int) -> _Part | None:
        item = self.items[i]
        weekday = item.senses.get("weekdays")
        if weekday is None:
            return None
        return _Part(Expression(item.start, item.end, weekday=weekday), i + 1)

    def relative(self, i: int) -> _Part | None:
        item = self.items[i]
        offset = item.senses.get("relative")
        if offset is None:
            return None
        return _Part(Expression(item.start, item.end, offset=offset), i + 1)

    def explicit(self, i: int) -> _Part | None:
        """Read a date that stands in a calendar, or the first and last of several days."""
        part = self.single(i)
        if part is None or not self.has(part.after, "to", "dash"):
            return part
        k = part.after + 1
        while self.has(k, "the", "day", "weekdays", "comma"):
            k += 1
        second = self.single(k)
        return (second and self.range(part.expression, second)) or part

    def range(self, first: Expression, part: _Part) -> _Part | None:
        second = part.expression
        if first.hijri != second.hijri or not (first.is_day and second.is_day):
            return None
        if first.date is None and second.date is not None:
            year = second.date.year - ((first.month or 0) > (second.month or 0))
            date = calendars.gregorian(year, first.month or 0, first.day)
            first = replace(first, date=date, month=None, day=None)
        if (first.date is None) != (second.date is None):
            return None
        if first.date and second.date and first.date >= second.date:
            return None
        return _Part(replace(first, end=second.end, until=second.until or second.date), part.after)

    def single(self, i: int) -> _Part | None:
        senses = self.items[i].senses
        if "number" in senses:
            return (
                self.numeric(i)
                or self.days_numeric(i)
                or self.day_month(i)
                or self.day_this_month(i)
                or self.year_alone(i)
            )
        if "months" in senses or "hijri_months" in senses:
            return self.month_day(i) or self.month_year(i)
        return self.day_month(i) if "ordinals" in senses else None

    def numeric(self, i: int, *, inside: bool = False) -> _Part | None:
        """Read 22-5-2024, 2024/5/22, 22.05.2024, 22/5/24; `inside` a longer expression a mark may touch it."""
        if not self.is_numeric(i) or (not inside and self.is_cut(i)):
            return None
        items = self.items[i : i + 5 : 2]
        a, b, c = (item.senses["number"] for item in items)
        match [item.senses["digits"] for item in items]:
            case 4, _, _:
                year, readings = a, ((b, c), (c, b))
            case _, _, 4:
                year, readings = c, ((b, a), (a, b))
            case _, _, 2 if self.touches(i + 3, "slash") and items[2].gap == 0:
                year, readings = 2000 + c, ((b, a), (a, b))
            case _:
                return None
        is_hijri, after = self.era(i + 5, hijri=year in calendars.HIJRI_YEARS)
        make = calendars.hijri if is_hijri else calendars.gregorian
        dates = [date for month, day in readings if (date := make(year, month, day))]
        if not dates:
            return None
        is_open = len(set(dates)) > 1 and year != a and not is_hijri
        expression = Expression(
            items[0].start,
            self.items[after - 1].end,
            date=dates[0],
            ambiguous=dates[1] if is_open else None,
            hijri=is_hijri,
        )
        return _Part(expression, after)

    def is_numeric(self, i: int) -> bool:
        """Three numbers with the same mark between them, all glued or all apart."""
        items = self.items[i : i + 5]
        if len(items) < 5 or not all("number" in item.senses for item in items[::2]):  # noqa: PLR2004
            return False
        mark = items[1].senses
        gaps = {item.gap for item in items[1:]}
        allowed = ({0},) if "dot" in mark else ({0}, {1}, {0, 1})
        is_mark = "slash" in mark or "dash" in mark or "dot" in mark
        return is_mark and mark is items[3].senses and gaps in allowed

    def is_cut(self, i: int) -> bool:
        """More numbers hang on to these three: a telephone number."""
        marks = ("slash", "dash", "dot", "colon")
        is_first = self.items[i].gap > 0 or i == 0 or not self.has(i - 1, *marks)
        return not is_first or (self.touches(i + 5, *marks) and self.touches(i + 6, "number"))

    def days_numeric(self, i: int) -> _Part | None:
        """Read 12-14/5/2024."""
        first = self.day(i)
        if first is None or not self.has(first[1], "to", "dash", "and"):
            return None
        k = first[1] + 1
        while self.has(k, "the"):
            k += 1
        part = self.numeric(k, inside=True)
        until = part and part.expression.date
        if not part or not until or part.expression.hijri or first[0] >= (until.day or 0):
            return None
        date = calendars.gregorian(until.year, until.month or 0, first[0])
        start = self.items[i].start
        expression = replace(part.expression, start=start, date=date, until=until, ambiguous=None)
        return _Part(expression, part.after)

    def day_month(self, i: int) -> _Part | None:
        """Read 22 May 2024, 12-14 March, le 1er mai, الأول من مايو 2024."""
        if i > 1 and self.touches(i, "number") and self.has(i - 2, "number"):
            touching = self.touches(i - 1, "colon", "dot", "comma", "slash")
            if touching:
                return None
        days = self.days(i)
        if days is None:
            return None
        first, last, j = days
        if self.has(j, "of") or self.touches(j, "dot", "dash", "slash"):
            j += 1
        month = self.month(j)
        if month is None or (self.items[j].gap > 2):  # noqa: PLR2004
            return None
        return self.dated(i, month, (first, last), self.year(month.after, hijri=month.hijri))

    def month_day(self, i: int) -> _Part | None:
        """Read March 5, 2024."""
        month = self.month(i)
        if month is None:
            return None
        j = month.after + self.touches(month.after, "dot")
        days = self.days(j)
        if days is None or self.items[j].gap > 1:
            return None
        first, last, after = days
        if self.touches(after, "colon", "comma") and self.touches(after + 1, "number"):
            n_digits = self.items[after + 1].senses["digits"]
            if n_digits != _YEAR_DIGITS:
                return None
        year = self.year(after, hijri=month.hijri)
        if year is None and (not self.words.month_before_day or self.has(after, "months")):
            return None
        return self.dated(i, month._replace(after=after), (first, last), year)

    def dated(
        self, i: int, month: _Month, days: tuple[int, int], year: tuple[int, int] | None
    ) -> _Part | None:
        """Put day, month and year together; without a year the day is kept for the day of writing to tell."""
        start = self.items[i].start
        first, last = days
        until = None
        date = None
        if year is None:
            if not month.is_certain or calendars.gregorian(2000, month.value, last) is None:
                return None
            after, years = self.within_year(month.after)
        else:
            make = calendars.hijri if month.hijri else calendars.gregorian
            date = make(year[0], month.value, first)
            until = make(year[0], month.value, last) if last != first else None
            if date is None or (until is None and last != first):
                return None
            _, after = self.era(year[1], hijri=month.hijri)
            years = None
        expression = Expression(
            start,
            self.items[after - 1].end,
            date=date,
            until=until,
            hijri=month.hijri,
            month=None if date else month.value,
            day=None if date else first,
            years=years,
        )
        return _Part(expression, after)

    def within_year(self, i: int) -> tuple[int, int | None]:
        years = self.items[i].senses.get("years")
        if years is not None and self.items[i].gap <= 1:
            return i + 1, years
        return i, None

    def month_year(self, i: int) -> _Part | None:
        """Read May 2024; and May alone behind a word that tells it is the month."""
        month = self.month(i)
        if month is None:
            return None
        item = self.items[i]
        year = self.year(month.after, hijri=month.hijri)
        if year is not None:
            make = calendars.hijri if month.hijri else calendars.gregorian
            date = make(year[0], month.value)
            is_hijri, after = self.era(year[1], hijri=month.hijri)
            if date is None or not month.is_certain:
                return None
            end = self.items[after - 1].end
            return _Part(Expression(item.start, end, date=date, hijri=is_hijri), after)
        after, years = self.within_year(month.after)
        direction = self.direction(after) if self.items[after].gap == 1 else 0
        is_this = self.items[after].gap == 1 and self.has(after, "this")
        is_told = years is not None or direction or is_this
        if not is_told and not (i and self.has(i - 1, "month_cue") and item.gap <= 1):
            return None
        if month.hijri or not month.is_certain:
            return None
        after += bool(direction or is_this)
        expression = Expression(
            item.start,
            self.items[after - 1].end,
            month=month.value,
            years=years,
            direction=direction or (self.direction(i - 1) if i else 0),
        )
        return _Part(expression, after)

    def day_this_month(self, i: int) -> _Part | None:
        """Read 15 من الشهر الجاري."""
        day = self.day(i)
        if day is None or not self.has(day[1], "this_month"):
            return None
        end = self.items[day[1]].end
        return _Part(Expression(self.items[i].start, end, day=day[0]), day[1] + 1)

    def year_alone(self, i: int) -> _Part | None:
        """Read "in 2024": a number is a year only behind a word that says so."""
        item = self.items[i]
        if item.senses["digits"] != _YEAR_DIGITS or not i or not self.has(i - 1, "year_cue"):
            return None
        if self.touches(i + 1, "dash", "slash", "dot", "comma") and self.touches(i + 2, "number"):
            return None
        date = None
        if item.senses["number"] in calendars.GREGORIAN_YEARS:
            date = calendars.gregorian(item.senses["number"], 1)
        if date is None or item.gap > 1:
            return None
        _, after = self.era(i + 1, hijri=False)
        end = self.items[after - 1].end
        return _Part(Expression(item.start, end, date=replace(date, month=None)), after)

    def days(self, i: int) -> tuple[int, int, int] | None:
        """Read the first and last of 12-14, 3 and 4, 3, 4 et 5."""
        day = self.day(i)
        if day is None:
            return None
        first, j = day
        last, listed = first, None
        while self.has(j, "to", "and", "dash", "comma"):
            k = j + 1
            while self.has(k, "the", "day", "weekdays", "and"):
                k += 1
            following = self.day(k)
            if following is None or following[0] <= last:
                break
            if self.has(j, "comma") and not self.has(k - 1, "and"):
                listed = listed or (last, j)
            else:
                listed = None
            last, j = following
        # "Article 3, 4 May": a list ends in "and".
        return (first, *listed) if listed else (first, last, j)

    def day(self, i: int) -> tuple[int, int] | None:
        senses = self.items[i].senses
        ordinal = senses.get("ordinals")
        if ordinal is not None:
            return ordinal, i + 1
        if senses.get("digits", 9) > 2 or not 1 <= senses["number"] <= _DAYS:  # noqa: PLR2004
            return None
        has_suffix = self.has(i + 1, "suffix") and self.items[i + 1].gap <= 1
        return senses["number"], i + 1 + has_suffix

    def month(self, i: int) -> _Month | None:
        """Read a month, and its other name beside it: نيسان/أبريل."""
        senses = self.items[i].senses
        hijri = "months" not in senses
        value = senses.get("hijri_months" if hijri else "months")
        if value is None:
            return None
        j = i + 1
        while True:
            k = j + self.has(j, "slash", "open", "dash")
            if self.items[k].senses.get("months") != value or self.items[k].gap > 1:
                break
            j = k + 1 + (k > j and self.has(j, "open") and self.has(k + 1, "close"))
        # "may" and "march" are verbs.
        is_certain = hijri or self.items[i].is_capital or not self.words.capital_months
        return _Month(value, hijri, is_certain, j)

    def year(self, i: int, *, hijri: bool) -> tuple[int, int] | None:
        j = i
        if self.has(j, "comma") or self.touches(j, "dot", "dash", "slash"):
            j += 1
        while self.has(j, "year", "the") and j - i < _LONGEST_GLUE:
            j += 1
        item = self.items[j]
        years = calendars.HIJRI_YEARS if hijri else calendars.GREGORIAN_YEARS
        if item.gap > 2 or item.senses.get("number") not in years:  # noqa: PLR2004
            return None
        return item.senses["number"], j + 1

    def era(self, i: int, *, hijri: bool) -> tuple[bool, int]:
        """Read the mark of the calendar behind a year."""
        if self.items[i].gap <= 1 and self.has(i, "hijri" if hijri else "gregorian"):
            return hijri, i + 1
        return hijri, i


def _merge(a: Expression, b: Expression, *, loose: bool, opened: bool) -> Expression | None:
    """Put two tellings of one day together, or tell that they are two days."""
    if _is_calendar(a) and _is_calendar(b):
        return _both_calendars(a, b)
    if None not in (a.weekday, b.weekday) or None not in (a.offset, b.offset):
        return None
    if b.offset is not None and not opened:
        return None
    dated = a if _is_calendar(a) else b
    if _is_calendar(dated) and not dated.is_day and dated.day is None:
        return None
    weekday = b.weekday if a.weekday is None else a.weekday
    if loose and not _fits(dated, weekday):
        return None
    return replace(
        dated,
        start=a.start,
        end=b.end,
        weekday=weekday,
        offset=b.offset if a.offset is None else a.offset,
        direction=a.direction or b.direction,
    )


def _is_calendar(expression: Expression) -> bool:
    return expression.date is not None or expression.month is not None or expression.day is not None


def _both_calendars(a: Expression, b: Expression) -> Expression | None:
    if a.hijri == b.hijri:
        return None
    # The printed Gregorian date is what the writer's country went by.
    kept, other = (b, a) if a.hijri else (a, b)
    days = calendars.day(kept.date), calendars.day(other.date)
    if days[0] and days[1] and abs((days[0] - days[1]).days) > _SIGHTING:
        second = calendars.day(kept.ambiguous)
        if second is None or abs((second - days[1]).days) > _SIGHTING:
            return None
        kept = replace(kept, date=kept.ambiguous, ambiguous=None)
    weekday = b.weekday if a.weekday is None else a.weekday
    offset = b.offset if a.offset is None else a.offset
    return replace(kept, start=a.start, end=b.end, weekday=weekday, offset=offset)


def _fits(expression: Expression, weekday: int | None) -> bool:
    def on(date: PartialDate | None) -> bool:
        day = calendars.day(date)
        return day is not None and day.weekday() == weekday

    return expression.date is None or on(expression.date) or on(expression.ambiguous)
