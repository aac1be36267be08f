"""The words of a language's `dates.toml`, and the stretches of a text that are made of them and of numbers."""

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

_PIECE = re.compile(r"\d+|\D")
_DASH, _COMMA, _OPEN, _CLOSE = {"dash": 1}, {"comma": 1}, {"open": 1}, {"close": 1}
_MARKS: Mapping[str, Senses] = {
    **dict.fromkeys("-‐‑‒–—ـ", _DASH),
    ",": _COMMA,
    "،": _COMMA,
    "/": {"slash": 1},
    "|": {"bar": 1},
    ":": {"colon": 1},
    ".": {"dot": 1},
    "(": _OPEN,
    ")": _CLOSE,
    "[": _OPEN,
    "]": _CLOSE,
}
# Marks of direction stand about the numbers of Arabic pages.
_INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
_LONGEST_NUMBER = 4


class Item(NamedTuple):
    """A word, number or mark of a date; `gap` is 0 where it touches what stands before, 2 over a line's end."""

    senses: Senses
    start: int
    end: int
    gap: int
    is_capital: bool


END = Item({}, -1, -1, 1, is_capital=False)


@dataclass(frozen=True, slots=True)
class Words:
    """A language's words of dates; `phrases` by their first word, the longest first."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Senses], ...]]
    month_before_day: bool
    capital_months: bool


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
    phrases = {first: tuple(rows) for first, rows in by_first.items()}
    return Words(phrases, month_before_day, capital_months)


def _entries(tables: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[tuple[str, int, str]]:
    for sense, rows in tables.items():
        for key, phrases in rows.items():
            for phrase in phrases:
                yield (key, 1, phrase) if sense == "marks" else (sense, int(key), phrase)


def _folded(phrase: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokenize(phrase))


def runs(text: str, tokens: Sequence[Token], words: Words) -> Iterator[list[Item]]:
    """Cut out the stretches that may hold a date: words of dates, numbers and marks, with an END after them."""
    run: list[Item] = []
    last = 0
    for i, n_tokens, senses in _senses(tokens, words):
        token = tokens[i]
        gap = _gap(text, run[-1].end, token.start) if run else 1
        if run and (i != last or gap > 2):  # noqa: PLR2004 - two lines' ends part paragraphs
            yield [*run, END]
            run = []
        last = i + n_tokens
        if senses is None:
            run += _pieces(token, gap, words)
        elif "never" in senses:
            last = -1
        elif senses:
            run.append(Item(senses, token.start, tokens[last - 1].end, gap, token.is_capital))
    if run:
        yield [*run, END]


def _senses(tokens: Sequence[Token], words: Words) -> Iterator[tuple[int, int, Senses | None]]:
    """Name each token or phrase that may belong to a date; None for what has digits in it."""
    phrases = words.phrases
    i, n = 0, len(tokens)
    while i < n:
        token = tokens[i]
        n_tokens = 1
        if token.text[-1].isdecimal():
            yield i, 1, None
        elif (mark := _MARKS.get(token.text)) is not None:
            yield i, 1, mark
        elif token.text in _INVISIBLE:
            yield i, 1, {}
        elif (rows := phrases.get(token.folded)) is not None:
            for row, senses in rows:
                n_tokens = len(row)
                if n_tokens == 1 or row == tuple(t.folded for t in tokens[i : i + n_tokens]):
                    yield i, n_tokens, senses
                    break
            else:
                n_tokens = 1
        i += n_tokens


def _gap(text: str, start: int, end: int) -> int:
    between = text[start:end]
    if between in ("", " "):
        return len(between)
    n_lines = between.count("\n")
    return 1 + n_lines if n_lines else int(any(c.isspace() for c in between))


def _pieces(token: Token, gap: int, words: Words) -> Iterator[Item]:
    """Take apart 22-5-2024, 5,2024 and what stands glued to a number: و3."""
    first = 0
    if not token.text[0].isdecimal():
        stem = token.folded.rstrip("0123456789")
        rows = words.phrases.get(stem, ())
        senses = next((senses for row, senses in rows if len(row) == 1), None)
        if senses is None:
            # F16, G20: no number of a date.
            yield Item({}, token.start, token.end, gap, token.is_capital)
            return
        while not token.text[first].isdecimal():
            first += 1
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
