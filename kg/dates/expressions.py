"""What one stretch of text says of a date, before it is known when it was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kg.model import PartialDate


@dataclass(frozen=True, slots=True)
class Expression:
    """A date as written at `text[start:end]`; `date` only where its own words tell it.

    `until` is the last day of a range; `weekday` counts from Monday, 0; `offset` is days from the day
    of writing: today 0, yesterday -1; `ambiguous` is the other reading of 11/10/2023; `month` and `day`
    belong to a date without a year, of `years` from the year of writing where the words tell; `weeks`
    so for a weekday; `direction` is -1 for "last" and 1 for "next".
    """

    start: int
    end: int
    date: PartialDate | None = None
    until: PartialDate | None = None
    weekday: int | None = None
    offset: int | None = None
    ambiguous: PartialDate | None = None
    hijri: bool = False
    month: int | None = None
    day: int | None = None
    years: int | None = None
    weeks: int | None = None
    direction: int = 0

    @property
    def is_calendar(self) -> bool:
        """It names a year, a month or a day of the month."""
        return not (self.date is None and self.month is None and self.day is None)

    @property
    def is_day(self) -> bool:
        """It names a day of a calendar, with or without the year."""
        if self.date is not None:
            return self.date.day is not None
        return self.month is not None and self.day is not None


class Part(NamedTuple):
    """An expression read from a run, and the item after it."""

    expression: Expression
    after: int
