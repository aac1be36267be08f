"""Whether two names can be one person's, across scripts and spellings; that they are, context must tell.

A name is split into tokens (`tokens`), each is read aloud (`phonemes`), what sounds alike is matched in
order (`alignment`), and rules judge what matched and what is missing (`verdicts`).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise, product
from typing import TYPE_CHECKING

from kg.resolution.alignment import align
from kg.resolution.tokens import TokenKind, join, split, ways
from kg.resolution.verdicts import (
    Comparison,
    Verdict,
    judge,
    numerals,
    without_clan,
    without_numerals,
)
from kg.resolution.words import known_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.resolution.tokens import Tokens, Word

__all__ = ["Comparison", "Verdict", "compare", "is_distinctive", "keys", "pair_keys", "slug"]

_STRANGERS = Comparison(Verdict.DIFFERENT, 0.0, ("No words sound alike where they should.",))
_LONG = 3  # words from which a name is long
_RARE = 7  # consonants of a first and a last name that few bear
_RANKS = {verdict: rank for rank, verdict in enumerate(Verdict)}


def compare(a: str, b: str) -> Comparison:
    """Judge two names, in any order: the same, one a short form of the other, or different.

    >>> compare("Tariq bin Aziz Al-Harbi", "طارق بن عزيز الحربي").verdict.value
    'same'
    >>> compare("Al-Harbi", "طارق بن عزيز الحربي").because
    ('Al Harbi ~ الحربي 0.99', 'طارق بن عزيز: in one alone', 'One is a single word.')
    """
    return _compare(min(a, b), max(a, b))


# A cluster asks again and again about the same few spellings.
@lru_cache(maxsize=1 << 17)
def _compare(a: str, b: str) -> Comparison:
    if not _may_meet(a, b):
        return _STRANGERS
    found = [judge(align(x, y)) for x, y in product(ways(a), ways(b))]
    best = min(found, key=lambda comparison: (_RANKS[comparison.verdict], -comparison.score))
    if best.verdict is Verdict.DIFFERENT:
        return _turned(ways(a)[0], ways(b)[0]) or best
    return best


def _may_meet(a: str, b: str) -> bool:
    if (pairs_a := pair_keys(a)) and (pairs_b := pair_keys(b)):
        return not pairs_a.isdisjoint(pairs_b)
    return not keys(a).isdisjoint(keys(b))


def _turned(a: Tokens, b: Tokens) -> Comparison | None:
    """Compare with the family name first; but Ali Ahmed is not Ahmed Ali, who has another father."""
    if len(a) != len(b) or any(token.is_patronymic for token in (*a, *b)):
        return None
    if all(map(known_names, a)):
        return None
    turned = judge(align(a[1:] + a[:1], b))
    if turned.verdict is not Verdict.SAME:
        return None
    because = (*turned.because[:-1], "The order of the words differs.")
    return Comparison(Verdict.COMPATIBLE, turned.score, because)


@lru_cache(maxsize=1 << 17)
def keys(name: str) -> frozenset[str]:
    """Give the blocking keys of a name: any two names that are not different share one.

    Two full names even share one with a `+`; the keys without serve lone words and initials.
    """
    return frozenset(key for tokens in ways(name) for key in _keys(tokens))


@lru_cache(maxsize=1 << 17)
def pair_keys(name: str) -> frozenset[str]:
    """Give the keys of a full name, one with first and last words, and none for another."""
    is_full = all(
        len(tokens) > 1 and TokenKind.INITIAL not in (tokens[0].kind, tokens[-1].kind)
        for tokens in ways(name)
    )
    return frozenset(key for key in keys(name) if is_full and "+" in key)


@lru_cache(maxsize=1 << 17)
def is_distinctive(name: str) -> bool:
    """Tell whether few people bear a name: it is long, and not made of given names that many bear.

    >>> is_distinctive("Tariq bin Aziz Al-Harbi"), is_distinctive("Mohammed Ali")
    (True, False)
    """
    words = without_clan(without_numerals(ways(name)[0]))
    rare = [token for token in words if token.kind is TokenKind.NAME and not known_names(token)]
    n_sounds = sum(min(map(len, token.skeletons), default=0) for token in words)
    if len(words) < _LONG:
        return bool(pair_keys(name) and rare) and n_sounds >= _RARE
    return bool(rare) or len(words) > _LONG


def _keys(tokens: Tokens) -> Iterator[str]:
    names = without_numerals(tokens)
    if not names:
        return
    merged = tuple(join(x, y) for x, y in pairwise(names))
    lasts = (names[-1], *without_clan(names)[-1:], *merged[-1:])
    for token in (names[0], *merged[:1], *lasts):
        yield from (skeleton or "-" for skeleton in token.skeletons)
    firsts = (*names[:-1][:2], *merged[:-1][:1])
    for first, second in product(firsts, (*names[1:2], *merged[1:2], *lasts)):
        if first is not second:
            yield from _pairs(first.skeletons, second.skeletons)
    if names[1:] == names[-1:]:  # the order of two words may be turned
        yield from _pairs(names[1].skeletons, names[0].skeletons)
    yield from _pairs(names[0].skeletons, map(str, numerals(tokens)))


def _pairs(firsts: Iterable[str], seconds: Iterable[str]) -> Iterator[str]:
    return (f"{first}+{second}" for first, second in product(firsts, seconds))


def slug(name: str) -> str:
    """Write a name as part of an id: ASCII words and hyphens, letter by letter.

    >>> slug("Tariq bin Aziz Al-Harbi"), slug("Юрий Щукин"), slug("طارق الحربي")
    ('tariq-bin-aziz-al-harbi', 'yurii-shchukin', 'tarq-alhrby')
    """
    return "-".join(filter(None, map(_ascii, split(name)))) or "-".join(f"{ord(c):x}" for c in name)


def _ascii(word: Word) -> str:
    return "".join(_ascii_letter(letter, word) for letter in word.text)


def _ascii_letter(letter: str, word: Word) -> str:
    if letter in word.script.ascii:
        return word.script.ascii[letter]
    base = unicodedata.normalize("NFKD", letter)[0]
    if base.isascii():
        return base
    return word.script.ascii.get(base, f"{ord(base):x}")
