"""The words of a language's `dates.toml`, and the runs of a text that are made of them, of numbers and of marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.languages import dates
from kg.text import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.text import Token

# What a word may be, with its value: {"months": 5}, {"ordinals": 2}, {"of": 1, "year": 1}.
Senses = dict[str, int]

# Where none of these stands, there is no date. (Most words of dates are words of everything else.)
_TELLING = frozenset(
    ("months", "hijri_months", "weekdays", "weekday_abbreviations", "relative", "this_month")
)
_DATED = _TELLING | {"number"}
# A date has no more words than this between two telling ones.
_REACH = 7
_PIECE = re.compile(r"\d+|\D")
_DASH, _COMMA, _OPEN, _CLOSE = {"dash": 1}, {"comma": 1}, {"open": 1}, {"close": 1}
_NOTHING: Senses = {}
_MARKS: Mapping[str, Senses] = {
    **dict.fromkeys("-\u2010\u2011\u2012–—ـ", _DASH),
    **dict.fromkeys(",،", _COMMA),
    **dict.fromkeys("([«“", _OPEN),
    **dict.fromkeys(")]»”", _CLOSE),
    "/": {"slash": 1},
    "|": {"bar": 1},
    ":": {"colon": 1},
    ".": {"dot": 1},
    # Marks of direction stand about the numbers of Arabic pages.
    **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff", _NOTHING),
}
_LONGEST_NUMBER = 4
_LONGEST_GLUE = 5
_PARAGRAPH = 3


class Item(NamedTuple):
    """A word, number or mark; `gap` counts what parts it from the one before: 0 nothing, 1 a space, 2 a line's end."""

    senses: Senses
    start: int
    end: int
    gap: int
    is_capital: bool


_END = Item({}, -1, -1, _PARAGRAPH, is_capital=False)


@dataclass(frozen=True, slots=True)
class Words:
    """A language's words of dates: `phrases` by their first word, the longest first; `telling` words make a date."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Senses], ...]]
    telling: frozenset[str]
    month_before_day: bool
    capital_months: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Items that follow one another, with an end that has no sense behind them."""

    items: tuple[Item, ...]
    words: Words

    def has(self, i: int, *senses: str) -> bool:
        """Tell whether the item may be one of these."""
        return not self.items[i].senses.keys().isdisjoint(senses)

    def touches(self, i: int, *senses: str) -> bool:
        """Tell whether it is one of these and glued to the one before."""
        return self.items[i].gap == 0 and self.has(i, *senses)

    def skip(self, i: int, *senses: str) -> int:
        """Pass over the few items that may be one of these."""
        stop = i + _LONGEST_GLUE
        while i < stop and self.has(i, *senses):
            i += 1
        return i


@cache
def load(language: str) -> Words:
    """Load the words of a language."""
    tables = dict(dates(language))
    month_before_day, capital_months = tables.pop("month_before_day"), tables.pop("capital_months")
    prefixes = tables.pop("prefixes", ())
    named: dict[tuple[str, ...], Senses] = {}
    for sense, value, phrase in _entries(tables):
        named.setdefault(_folded(phrase), {}).setdefault(sense, value)
    for words, senses in tuple(named.items()):
        for prefix in prefixes:
            named.setdefault((prefix + words[0], *words[1:]), senses)
    by_first: dict[str, list[tuple[tuple[str, ...], Senses]]] = {}
    for words in sorted(named, key=lambda words: (-len(words), words)):
        by_first.setdefault(words[0], []).append((words, named[words]))
    return Words(
        phrases={first: tuple(rows) for first, rows in by_first.items()},
        telling=frozenset(
            max(words, key=len) for words, senses in named.items() if _TELLING & senses.keys()
        ),
        month_before_day=month_before_day,
        capital_months=capital_months,
    )


def _entries(tables: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[tuple[str, int, str]]:
    for sense, rows in tables.items():
        for key, phrases in rows.items():
            for phrase in phrases:
                yield (key, 1, phrase) if sense == "marks" else (sense, int(key), phrase)


def _folded(phrase: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokenize(phrase))


def runs(text: str, tokens: Sequence[Token], words: Words) -> Iterator[Run]:
    """Cut out the runs that may hold a date."""
    folded = tuple([token.folded for token in tokens])
    for start, stop in _windows(tokens, words.telling):
        items: list[Item] = []
        last = start
        for i, n_tokens, senses in _senses(tokens, folded, range(start, stop), words):
            token = tokens[i]
            gap = _gap(text, items[-1].end, token.start) if items else 1
            if items and (i != last or gap >= _PARAGRAPH):
                yield from _run(items, words)
                items = []
            last = i + n_tokens
            if senses is None:
                items += _pieces(token, gap, words)
            elif "never" in senses:
                last = -1
            elif senses:
                end = tokens[last - 1].end
                items.append(Item(senses, token.start, end, gap, token.is_capital))
        yield from _run(items, words)


def _run(items: Sequence[Item], words: Words) -> Iterator[Run]:
    """Give the items as a run, if one of them tells or counts anything."""
    if any(not _DATED.isdisjoint(item.senses) for item in items):
        yield Run((*items, _END), words)


def _windows(tokens: Sequence[Token], telling: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of tokens about telling words and numbers."""
    start, stop = 0, 0
    for i, token in enumerate(tokens):
        if token.folded not in telling and not token.text[-1].isdecimal():
            continue
        if i - _REACH > stop:
            if stop:
                yield start, stop
            start = max(i - _REACH, 0)
        stop = min(i + _REACH + 1, len(tokens))
    if stop:
        yield start, stop


def _senses(
    tokens: Sequence[Token], folded: tuple[str, ...], window: range, words: Words
) -> Iterator[tuple[int, int, Senses | None]]:
    """Name each token or phrase that may belong to a date; None for what has digits in it."""
    i = window.start
    while i < window.stop:
        token = tokens[i]
        n_tokens = 1
        if not token.is_word:
            if (mark := _MARKS.get(token.text)) is not None:
                yield i, 1, mark
        elif (rows := words.phrases.get(folded[i])) is not None:
            for row, senses in rows:
                n_tokens = len(row)
                if n_tokens == 1 or row == folded[i : i + n_tokens]:
                    yield i, n_tokens, senses
                    break
            else:
                n_tokens = 1
        elif token.text[-1].isdecimal():
            yield i, 1, None
        i += n_tokens


def _gap(text: str, start: int, end: int) -> int:
    between = text[start:end]
    if between in ("", " "):
        return len(between)
    n_lines = between.count("\n")
    return 1 + n_lines if n_lines else int(any(c.isspace() for c in between))


def _pieces(token: Token, gap: int, words: Words) -> Iterator[Item]:
    """Take apart 22-5-2024, 5,2024 and a small word glued to a number: و3."""
    first = 0
    if not token.text[0].isdecimal():
        rows = words.phrases.get(token.folded.rstrip("0123456789"), ())
        senses = next((senses for row, senses in rows if len(row) == 1), None)
        if senses is None:
            # F16, G20: no number of a date.
            yield Item({}, token.start, token.end, gap, token.is_capital)
            return
        first = next(i for i, character in enumerate(token.text) if character.isdecimal())
        yield Item(senses, token.start, token.start + first, gap, token.is_capital)
        gap = 0
    for match in _PIECE.finditer(token.text, first):
        piece, start = match[0], token.start + match.start()
        if piece.isdecimal():
            value = int(piece) if len(piece) <= _LONGEST_NUMBER else -1
            senses = {"number": value, "digits": len(piece)}
        else:
            senses = _MARKS.get(piece, {})
        yield Item(senses, start, start + len(piece), gap, is_capital=False)
        gap = 0
