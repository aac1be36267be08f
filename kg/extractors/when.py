"""When a meeting took place: the date of its sentence, resolved on the dateline or the day of publication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import dates
from kg.model import Mention, MentionKind, PartialDate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.dates import Expression
    from kg.extractors.document import Document
    from kg.extractors.sentence import Sentence


_NEAR = 24  # letters


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative dates are counted from: the dateline's date, as quoted, and its value."""

    dateline: Mention | None
    date: PartialDate | None


def anchor(document: Document) -> Anchor:
    """Find the dateline's date, else take the day of publication without a quote."""
    article = document.article
    if expression := dates.dateline(article.text, document.dates):
        date = dates.resolve(expression, anchor=None, published=article.published)
        if date:
            return Anchor(_quote(document, expression, date), date)
    published = article.published
    date = PartialDate(published.year, published.month, published.day) if published else None
    return Anchor(None, date)


def date_in(
    document: Document,
    sentence: Sentence,
    near: tuple[int, int],
    anchor: Anchor,
    *,
    planned: bool = False,
) -> Mention | None:
    """Read the date of a sentence that stands in or nearest to a range of tokens; None for none."""
    start, end = document.tokens[sentence.first].start, document.tokens[sentence.last - 1].end
    first, last = (document.tokens[near[0]].start, document.tokens[near[1] - 1].end)
    found = []
    for expression in document.dates:
        if not start <= expression.start < end or _is_since(document, expression):
            continue
        date = dates.resolve(
            expression,
            anchor=anchor.date,
            published=document.article.published,
            planned=planned,
        )
        if date:
            vagueness = (date.day is None) + (date.month is None)
            distance = max(first - expression.end, expression.start - last, 0)
            found.append((vagueness, distance, expression, date))
    if not found:
        return None
    _, _, expression, date = min(found, key=lambda row: row[:2])
    return _quote(document, expression, date)


def _is_of_day(expression: Expression) -> bool:
    return expression.is_day or expression.weekday is not None or expression.offset is not None


def _is_since(document: Document, expression: Expression) -> bool:
    """Tell whether a date is only told as a beginning: "since its inauguration in May 2019"."""
    text, words = document.article.text, document.language.words
    before = text[max(0, expression.start - _NEAR) : expression.start]
    return _is_eve(text, expression, words) or any(
        word in words.get("since", ()) for word in before.split()
    )


def _is_eve(text: str, expression: Expression, words: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell the first day of "dans la nuit de samedi à dimanche": the one on which it ends counts."""
    before = text[max(0, expression.start - _NEAR) : expression.start].rstrip()
    told = text[expression.start : expression.end]
    after = text[expression.end : expression.end + _NEAR].split()
    phrases = words.get("night_of", ("\n",))
    is_night = before.endswith(phrases) or told.startswith(phrases)
    return is_night and after[:1] != [] and after[0] in words.get("night_to", ())


def is_dated(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence names a day, be it one that cannot be resolved: "jeudi"."""
    start, end = document.tokens[sentence.first].start, document.tokens[sentence.last - 1].end
    return any(
        start <= expression.start < end
        and expression.is_day
        and not _is_since(document, expression)
        for expression in document.dates
    )


def _quote(document: Document, expression: Expression, date: PartialDate) -> Mention:
    text = document.article.text[expression.start : expression.end]
    return Mention(MentionKind.DATE, text, expression.start, expression.end, str(date))
