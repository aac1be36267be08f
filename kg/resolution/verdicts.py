"""What an alignment of two names means: a table of rules, of which the first that holds decides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kg.resolution.tokens import TokenKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.resolution.alignment import Alignment
    from kg.resolution.tokens import Tokens

# How alike the least alike of the matched words must be, and all of them on average.
_LEAST = 0.85
_LEAST_MIXED = 0.8  # beside an abjad: its vowels are guesses
_LEAST_SHORTENED = 0.88  # where words are missing, the others must agree better
_MEAN = 0.84
_PAIR = 2  # a first and a last name
_SYLLABLE = 2  # letters
_FULL_CHAIN = 3  # a person, father and grandfather tell as much as a family name
_JUNIOR = 100  # `ordinals` of latin.toml


class Verdict(StrEnum):
    """How two names stand to each other."""

    SAME = "same"
    COMPATIBLE = "compatible"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A verdict on two names, and in words why."""

    verdict: Verdict
    score: float
    because: tuple[str, ...]


def judge(names: Alignment) -> Comparison:
    """Apply the rules to two aligned names."""
    rule, verdict = next((rule, verdict) for rule, verdict in _RULES if rule(names))
    matches = (
        f"{_text(names.a[m.a])} ~ {_text(names.b[m.b])} {m.score:.2f}" for m in names.matches
    )
    missing = (f"{_text(part)}: in one alone" for gap in names.gaps for part in gap if part)
    return Comparison(verdict, _score(names), (*matches, *missing, str(rule.__doc__)))


def _text(tokens: Tokens) -> str:
    return " ".join(token.text for token in tokens)


def _score(names: Alignment) -> float:
    """Weigh the likeness of the matched words by their share of all words."""
    if not names.matches:
        return 0.0
    mean = sum(match.score for match in names.matches) / len(names.matches)
    n_missing = sum(len(part) for gap in names.gaps for part in gap)
    return round(mean * (1 - n_missing / (len(names.a) + len(names.b)) / 2), 3)


def _written_alike(names: Alignment) -> bool:
    """They are written alike."""
    a, b = ([(t.stems, t.letter, t.value) for t in name] for name in (names.a, names.b))
    return len(a) > 1 and a == b


def _nothing_alike(names: Alignment) -> bool:
    """No word of one is a word of the other."""
    return not names.matches


def _other_numeral(names: Alignment) -> bool:
    """Their numerals differ."""
    a, b = numerals(names.a), numerals(names.b)
    return bool(a and b) and a != b


def _other_word(names: Alignment) -> bool:
    """Each has a word where the other has another."""
    return any(_contradict(without_numerals(a), without_numerals(b)) for a, b in names.gaps)


def _contradict(a: Tokens, b: Tokens) -> bool:
    # Where one name ends with the clan, the other may go on with fathers.
    is_clan_beside_fathers = any(
        not without_clan(x) and all(token.is_patronymic for token in y) for x, y in ((a, b), (b, a))
    )
    return bool(a and b) and not is_clan_beside_fathers


def _other_initial(names: Alignment) -> bool:
    """Both have initials, and not the same."""
    have_initials = all(any(token.letter for token in name[1:]) for name in (names.a, names.b))
    missing = [token for gap in names.gaps for part in gap for token in part]
    return have_initials and any(token.kind is TokenKind.INITIAL for token in missing)


def _other_father(names: Alignment) -> bool:
    """Who is the father in one is the grandfather in the other."""
    return any(
        any(token.is_patronymic for token in (*before_a, *before_b))
        and names.a[match.a][0].is_patronymic
        and names.b[match.b][0].is_patronymic
        for (before_a, before_b), match in zip(names.gaps, names.matches, strict=False)
    )


def _child(names: Alignment) -> bool:
    """One is named as a child of the other."""
    first = names.matches[0]
    a, b = names.a[first.a][0], names.b[first.b][0]
    return any(names.gaps[0]) and a.is_patronymic != b.is_patronymic


def _other_first(names: Alignment) -> bool:
    """One has as first name what in the other is but an initial."""
    first = names.matches[0]
    kinds = (names.a[first.a][0].kind, names.b[first.b][0].kind)
    return TokenKind.INITIAL in kinds and any(names.gaps[0])


def _crossed(names: Alignment) -> bool:
    """Each lacks a word of the other."""
    return all(any(map(without_clan, parts)) for parts in zip(*names.gaps, strict=True))


def _vague(names: Alignment) -> bool:
    """Words that should agree do not sound alike enough."""
    scores = names.word_scores()
    is_shortened = len(names.matches) == 1 or _has_gap(names)
    least = _LEAST_SHORTENED if is_shortened else _LEAST_MIXED if names.is_mixed else _LEAST
    return bool(scores) and (min(scores) < least or sum(scores) / len(scores) < _MEAN)


def _inner_word(names: Alignment) -> bool:
    """One is a single word from inside the other."""
    before, *_, after = names.gaps
    return _lone(names) and any(before) and any(map(without_clan, after))


def _lone(names: Alignment) -> bool:
    """One is a single word."""
    return min(len(names.a), len(names.b)) == 1


def _no_first(names: Alignment) -> bool:
    """One lacks the first name."""
    return any(names.gaps[0])


def _abbreviated(names: Alignment) -> bool:
    """First or last name is an initial."""
    ends = (name[end] for name in (names.a, names.b) for end in (0, -1))
    return any(token.kind is TokenKind.INITIAL for token in ends)


def _one_numeral(names: Alignment) -> bool:
    """One alone has a numeral."""
    a, b = numerals(names.a), numerals(names.b)
    # A king is known by his father too; a son named after his father by his numeral alone.
    is_needed = len(names.matches) == 1 or max((*a, *b), default=0) >= _JUNIOR
    return bool(a) != bool(b) and is_needed


def _clan_only(names: Alignment) -> bool:
    """Beside the first name only the clan agrees."""
    return _has_gap(names) and all(names.a[match.a][-1].is_clan for match in names.matches[1:])


def _half_first(names: Alignment) -> bool:
    """One has but a part of a double first name."""
    # A father and his son may be Jean and Jean-Paul.
    return any(part and part[0].is_hyphened for part in names.gaps[1])


def _syllable(names: Alignment) -> bool:
    """One is of two words and lacks a syllable between them."""
    # Li Qiang is not Li Keqiang, who may be written in three words.
    inner = [token for part in names.gaps[1] for token in part if token.kind is TokenKind.NAME]
    is_pair = min(len(names.a), len(names.b)) == len(names.matches) == _PAIR
    return is_pair and any(len(token.text) <= _SYLLABLE for token in inner)


def _no_last(names: Alignment) -> bool:
    """One lacks the family name."""
    tails = [without_clan(without_numerals(tail)) for tail in names.gaps[-1]]
    tail, shorter = (tails[0], names.b) if tails[0] else (tails[1], names.a)
    is_chain = shorter[-1].is_patronymic or shorter[-1].kind is TokenKind.NUMERAL
    only_fathers = is_chain and all(token.is_patronymic for token in tail)
    return bool(tail) and not only_fathers and len(names.matches) < _FULL_CHAIN


def _whole(_: Alignment) -> bool:
    """First and last names agree, and nothing contradicts."""
    return True


# The docstring of the rule is the reason that the user reads.
_RULES: tuple[tuple[Callable[[Alignment], bool], Verdict], ...] = (
    (_written_alike, Verdict.SAME),
    (_nothing_alike, Verdict.DIFFERENT),
    (_other_numeral, Verdict.DIFFERENT),
    (_other_word, Verdict.DIFFERENT),
    (_other_initial, Verdict.DIFFERENT),
    (_other_father, Verdict.DIFFERENT),
    (_child, Verdict.DIFFERENT),
    (_other_first, Verdict.DIFFERENT),
    (_crossed, Verdict.DIFFERENT),
    (_vague, Verdict.DIFFERENT),
    (_inner_word, Verdict.DIFFERENT),
    (_lone, Verdict.COMPATIBLE),
    (_no_first, Verdict.COMPATIBLE),
    (_abbreviated, Verdict.COMPATIBLE),
    (_one_numeral, Verdict.COMPATIBLE),
    (_clan_only, Verdict.COMPATIBLE),
    (_half_first, Verdict.COMPATIBLE),
    (_syllable, Verdict.COMPATIBLE),
    (_no_last, Verdict.COMPATIBLE),
    (_whole, Verdict.SAME),
)


def numerals(tokens: Tokens) -> tuple[int, ...]:
    """List the numerals of a name."""
    return tuple(token.value for token in tokens if token.kind is TokenKind.NUMERAL)


def without_numerals(tokens: Tokens) -> Tokens:
    """Leave the numerals of a name out."""
    return tuple(token for token in tokens if token.kind is not TokenKind.NUMERAL)


def without_clan(tokens: Tokens) -> Tokens:
    """Leave the clan out: it may stand or not after the father."""
    return tokens[:-1] if tokens and tokens[-1].is_clan else tokens


def _has_gap(names: Alignment) -> bool:
    return any(a or b for a, b in names.gaps)
