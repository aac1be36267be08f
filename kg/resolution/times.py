"""When a meeting was, as far as an article tells: from a day to a day, and how sure that is."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.resolution.occurrences import exact_day, partial_date

if TYPE_CHECKING:
    from kg.model import Article, MeetingMention

_RELATIVE = datetime.timedelta(days=1)  # "Tuesday" of an article may be another's "yesterday"
_PUBLISHED = datetime.timedelta(days=3)  # how long a meeting without a date is news


@dataclass(frozen=True, slots=True)
class Time:
    """The days in which a meeting may have been; `is_told` unless only the article's own day is known."""

    first: datetime.date
    last: datetime.date
    slack: datetime.timedelta = datetime.timedelta()
    is_told: bool = True

    @property
    def is_day(self) -> bool:
        """Tell whether it is one day, and that was told."""
        return self.is_told and self.first == self.last

    def meets(self, other: Time) -> bool:
        """Tell whether two times may be one."""
        slack = max(self.slack, other.slack)
        return self.first - slack <= other.last and other.first - slack <= self.last


def time_of(article: Article, meeting: MeetingMention) -> Time | None:
    """Give the time of a meeting; that of the article stands for one that is not told."""
    if day := exact_day(meeting.date):
        # Words without a figure were counted from the day of the article.
        is_exact = meeting.date is not None and any(map(str.isdigit, meeting.date.text))
        return Time(day, day) if is_exact else Time(day, day, _RELATIVE)
    if when := partial_date(meeting.date):
        last_month = when.month or 12
        last_day = calendar.monthrange(when.year, last_month)[1]
        return Time(
            datetime.date(when.year, when.month or 1, 1),
            datetime.date(when.year, last_month, last_day),
        )
    if article.published:
        return Time(article.published, article.published, _PUBLISHED, is_told=False)
    return None
