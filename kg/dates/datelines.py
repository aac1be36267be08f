"""Where a text says on which day it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.dates.expressions import Expression

_HEADER_CHARACTERS = 400
_HEADER_LINES = 3
_FOOTER_LINES = 2
_LONGEST_HEADER = 40
_LONGEST_BEFORE = 60
# A city of two or three words, its country, a weekday.
_CITY_WORDS = 5
_SPACE = " \t\r\n\u00a0\u200e\u200f\u202a\u202b\u202c#*>"


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
    is_signed = days and days[-1].start >= title and _is_signature(text, days[-1])
    return days[-1] if is_signed else None


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
    """Tell whether one of the last lines ends with it: Paris, le 3 mai 2021."""
    before, after = _line(text, expression)
    n_lines = sum(bool(line.strip()) for line in text[expression.end :].splitlines())
    return n_lines <= _FOOTER_LINES and not after.strip(".") and len(before.split()) <= _CITY_WORDS
