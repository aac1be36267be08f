"""Whom a name means: the persons named so far, found by the words of their names however they are spelled."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_Person = TypeVar("_Person")
_ALIKE = 0.75  # likeness of two spellings of a word in one article: Moghidi, Mughidi
_SHORTEST = 4  # letters of a word that may be spelled otherwise
_MOST_LONGER = 2
_ALPHABET = 64


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word of a name, folded; `is_father` tells that "bin" stands before it."""

    text: str
    is_father: bool = False


class Roster(Generic[_Person]):
    """Persons by the words of their names; of several whom a name fits the first one entered is meant.

    Of several of one family it is the one who comes first in `order`.
    """

    def __init__(self, *, has_case: bool, order: Callable[[_Person], int]) -> None:
        """Begin with nobody; `has_case` is the language's."""
        self._has_case = has_case
        self._order = order
        self._entered: list[tuple[_Person, Sequence[NameWord]]] = []
        self._bearers: dict[str, list[int]] = {}
        self._nears: dict[str, list[str]] = {}
        self._by_length: dict[int, list[tuple[str, int]]] = {}

    def enter(self, person: _Person, words: Sequence[NameWord]) -> None:
        """Enter a person under a full name."""
        for text in {word.text for word in words}:
            self._near(text)
            self._bearers.setdefault(text, []).append(len(self._entered))
        self._entered.append((person, words))

    def named(self, words: Sequence[NameWord]) -> _Person | None:
        """Find whose full name a name shortens; a lone first name only where one person has it."""
        known = list(self._known(words[:1]))
        full = [(person, long) for person, long in known if _is_short_form(words, long)]
        if len(words) != 1:
            return full[0][0] if full else None
        if full:
            same = [person for person, long in full if words[0] in long]
            return min(same or [person for person, _ in full], key=self._order)
        # Pope Francis is not François Hollande; Arabic spells first names as it likes.
        is_same: Callable[[str, str], bool] = str.__eq__ if self._has_case else _alike
        first = [person for person, long in known if is_same(words[0].text, long[0].text)]
        return first[0] if len(first) == 1 else None

    def within(self, words: Sequence[NameWord]) -> _Person | None:
        """Find whose name stands inside of a longer run of words."""
        known = self._known(words)
        return next((person for person, own in known if _is_short_form(own, words)), None)

    def _known(self, words: Iterable[NameWord]) -> Iterator[tuple[_Person, Sequence[NameWord]]]:
        """Give those of whose names some word may be a spelling of one of these."""
        found = {
            n
            for word in words
            for spelling in self._near(word.text)
            for n in self._bearers.get(spelling, ())
        }
        return (self._entered[n] for n in sorted(found))

    def _near(self, text: str) -> list[str]:
        """List the words met so far, itself among them, that have letters enough of one to be like it."""
        if text not in self._nears:
            letters, length, near = _letters(text), len(text), [text]
            for other in range(length - _MOST_LONGER, length + _MOST_LONGER + 1):
                least = ceil(_ALIKE * (length + other) / 2)
                for word, theirs in self._by_length.get(other, ()):
                    if (letters & theirs).bit_count() >= least:
                        near.append(word)
                        self._nears[word].append(text)
            self._nears[text] = near
            self._by_length.setdefault(length, []).append((text, letters))
        return self._nears[text]


def _letters(word: str) -> int:
    """Give the set of a word's letters as bits, the second "a" apart from the first."""
    letters = 0
    for letter in word:
        bit = 1 << ord(letter) % _ALPHABET
        while letters & bit:
            bit <<= _ALPHABET
        letters |= bit
    return letters


def _is_short_form(short: Sequence[NameWord], long: Sequence[NameWord]) -> bool:
    """Tell whether the words of one name stand in the other, in order; a lone one as the family's.

    A father's name alone is the father's: King Salman is not Mohammed bin Salman.
    """
    if not short or len(short) > len(long):
        return False
    if len(short) == 1 and len(long) > 1:
        known = (w for w in long[1:] if short[0].is_father or not w.is_father)
        return any(_alike(short[0].text, word.text) for word in known)
    begins = [
        i for i, word in enumerate(long) if not word.is_father and _alike(short[0].text, word.text)
    ]
    return any(_follows(short[1:], long[i + 1 :]) for i in begins)


def _follows(short: Sequence[NameWord], long: Sequence[NameWord]) -> bool:
    rest = iter(long)
    return all(any(_alike(word.text, other.text) for other in rest) for word in short)


@lru_cache(maxsize=1 << 16)
def _alike(a: str, b: str) -> bool:
    if a == b:
        return True
    if 1 in {len(a), len(b)}:
        # "R. Adler", of whom the article tells the first name elsewhere.
        return a[:1] == b[:1]
    if abs(len(a) - len(b)) > _MOST_LONGER or min(len(a), len(b)) < _SHORTEST:
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE
