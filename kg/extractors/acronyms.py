"""Acronyms that an article explains: "Nile Chamber of Commerce (NCC)", and NCC from there on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractors.parts import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.text import Token

_LENGTH = range(2, 11)  # letters
_LONGEST = 14  # words


def find(tokens: Sequence[Token]) -> Mapping[str, Span]:
    """Give the long form of each acronym that stands in brackets behind words of its letters."""
    return dict(_explained(tokens))


def _explained(tokens: Sequence[Token]) -> Iterator[tuple[str, Span]]:
    for i in range(len(tokens) - 2):
        acronym = tokens[i + 1].text
        is_put_so = tokens[i].text == "(" and tokens[i + 2].text == ")"
        if is_put_so and acronym.isupper() and len(acronym) in _LENGTH:
            first = _begin(tokens, i, acronym)
            if first < i:
                yield acronym, Span(first, i)


def _begin(tokens: Sequence[Token], i: int, acronym: str) -> int:
    """Go back from a bracket to the word with the acronym's first letter; to the bracket where letters miss."""
    letters = len(acronym)
    for j in range(i - 1, max(-1, i - 1 - _LONGEST), -1):
        if not tokens[j].is_word:
            break
        if tokens[j].is_capital:
            letters -= 1
            if tokens[j].text[0] != acronym[letters]:
                break
            if letters == 0:
                return j
    return i
