"""Whether two words of names are one: by their sound, unless each is known to be another given name."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import product

from kg.resolution.phonemes import Reading, likeness, pronounce, read_table, skeletons, swap
from kg.resolution.tokens import Token, TokenKind, Tokens, fold

_ALIKE = 0.7  # likeness from which two words may be one
_KNOWN = 0.86  # likeness from which a word reads as a known given name
_TIE = 0.03
_OTHER_NAME = 0.5  # likeness of two words that read as different given names
_TRANSLATED = 0.95  # likeness to what another language makes of a name
_INITIAL = 0.6  # less than any word, lest an initial take the place of one
_NEAR = 0.12  # the most it may cost to take the sound of an initial for that of a name

Readings = tuple[Reading, ...]


@lru_cache(maxsize=1 << 19)
def alike(a: Token, b: Token) -> float:
    """Tell how alike two words of names are, from 0 to 1."""
    if a is b:
        return 1.0
    match a.kind, b.kind:
        case TokenKind.NAME, TokenKind.NAME:
            return _same_name(a, b)
        case TokenKind.NUMERAL, TokenKind.NUMERAL:
            return float(a.value == b.value)
        case TokenKind.INITIAL, (TokenKind.NAME | TokenKind.INITIAL):
            return _INITIAL if _is_initial_of(a, b) else 0.0
        case TokenKind.NAME, TokenKind.INITIAL:
            return _INITIAL if _is_initial_of(b, a) else 0.0
    return 0.0


def _same_name(a: Token, b: Token) -> float:
    if _begins(a).isdisjoint(_begins(b)) or _ends(a).isdisjoint(_ends(b)):
        return 0.0
    score = max(
        _likest(a.readings, b.readings), _likest(a.glued, b.readings), _likest(a.readings, b.glued)
    )
    # Said as another language says it, a name is what the table says: محمد is Mehmet.
    if a.is_abjad != b.is_abjad and _is_translated(a, b):
        return 1.0
    if score < _ALIKE:
        return 0.0
    return min(score, _OTHER_NAME) if _are_rivals(a, b) else score


def _is_translated(a: Token, b: Token) -> bool:
    likest = max(_likest(a.translations, b.readings), _likest(a.readings, b.translations))
    return likest >= _TRANSLATED


def _likest(a: Readings, b: Readings) -> float:
    return max((likeness(x, y) for x in a for y in b), default=0.0)


def _are_rivals(a: Token, b: Token) -> bool:
    """Tell whether each reads as a given name that the other is not."""
    men, women = _spellings("masculine"), _spellings("feminine")
    if (a.stems & men and b.stems & women) or (a.stems & women and b.stems & men):
        return True
    known_a, known_b = known_names(a), known_names(b)
    return bool(known_a and known_b) and known_a.isdisjoint(known_b)


def _is_initial_of(initial: Token, other: Token) -> bool:
    if other.letter:
        return initial.letter == other.letter
    if any(stem.startswith(initial.letter) for stem in other.stems):
        return True
    return any(
        swap(x.sounds[:1], y.sounds[:1]) <= _NEAR
        for x, y in product(initial.readings, other.readings)
    )


def may_join(parts: Tokens, whole: Token) -> bool:
    """Ask of a word that it begin as the first part and end as the last, before these are joined."""
    # The first sounds tell most strangers apart, at a tenth of the time.
    begins, ends = _begins(parts[0]), _ends(parts[-1])
    if begins.isdisjoint(_begins(whole)) and "" not in begins:
        return False
    if ends.isdisjoint(_ends(whole)) and "" not in ends:
        return False
    first, last = tuple(parts[0].skeletons), tuple(parts[-1].skeletons)
    return all(token.kind is TokenKind.NAME for token in (*parts, whole)) and any(
        skeleton.startswith(first) and skeleton.endswith(last) for skeleton in whole.skeletons
    )


@lru_cache(maxsize=1 << 17)
def _begins(token: Token) -> frozenset[str]:
    return frozenset(skeleton[:1] for skeleton in token.skeletons)


@lru_cache(maxsize=1 << 17)
def _ends(token: Token) -> frozenset[str]:
    return frozenset(skeleton[-1:] for skeleton in token.skeletons)


@lru_cache(maxsize=1 << 16)
def known_names(token: Token) -> frozenset[str]:
    """Find the given names of `known.toml` that a word may be; written in an abjad, only those it is."""
    if token.kind is not TokenKind.NAME:
        return frozenset()
    if token.is_abjad:
        return token.stems & _known().keys()
    candidates = {name for skeleton in token.skeletons for name in _by_skeleton().get(skeleton, ())}
    scores = {name: _likest(token.readings, _known()[name]) for name in candidates}
    best = max(scores.values(), default=0.0)
    return frozenset(name for name, score in scores.items() if score >= max(_KNOWN, best - _TIE))


@cache
def _known() -> dict[str, Readings]:
    """Load the known names: as the press writes them, and as they sound with their vowels."""
    found: dict[str, Readings] = {}
    for name in read_table("known")["arabic"].split():
        reading = Reading(pronounce(name)[0].sounds, is_abjad=False)
        found[fold(name)] = (*found.get(fold(name), ()), reading)
    return found


@cache
def _by_skeleton() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, readings in _known().items():
        for skeleton in frozenset().union(*(skeletons(reading.sounds) for reading in readings)):
            found.setdefault(skeleton, set()).add(name)
    return found


@cache
def _spellings(sex: str) -> frozenset[str]:
    return frozenset(read_table("known")[sex].split())
