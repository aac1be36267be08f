"""Which words of one name are which of another: they keep their order, and some may be missing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from kg.resolution.tokens import TokenKind, Tokens, join
from kg.resolution.words import alike, may_join

if TYPE_CHECKING:
    from collections.abc import Iterator

# How many words of each name may be one: Xiaoming is شياو مينغ.
_MERGES = ((1, 2), (2, 1), (1, 3), (3, 1))
_ALIKE_MERGED = 0.82  # two words that are alike by chance, and one, are soon found


@dataclass(frozen=True, slots=True)
class Match:
    """The words of one name that are words of the other."""

    a: slice
    b: slice
    score: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two names word by word; `gaps` are what each lacks before, between and after the matches."""

    a: Tokens
    b: Tokens
    matches: tuple[Match, ...]
    gaps: tuple[tuple[Tokens, Tokens], ...]

    def word_scores(self) -> list[float]:
        """List how alike the matched words are; an initial is but a letter."""
        return [
            match.score
            for match in self.matches
            if TokenKind.INITIAL not in (self.a[match.a][0].kind, self.b[match.b][0].kind)
        ]

    @property
    def is_mixed(self) -> bool:
        """Tell whether one name is in an abjad and the other in a script with vowels."""
        return self.a[0].is_abjad != self.b[0].is_abjad


class _Step(NamedTuple):
    """The last step of a way through two names: how many words of each it takes, and if they match."""

    gain: float
    size_a: int
    size_b: int
    score: float = 0.0


def align(a: Tokens, b: Tokens) -> Alignment:
    """Match as much of two names as sounds alike."""
    # grid[i][j] ends the best way through the first i words of one name and j of the other.
    grid = [[_Step(0.0, 0, 1)] * (len(b) + 1)]
    for i in range(1, len(a) + 1):
        row = [_Step(0.0, 1, 0)]
        grid.append(row)
        for j in range(1, len(b) + 1):
            step = max(_steps(a[:i], b[:j], grid))
            row.append(step)
    matches = tuple(_trace(grid))[::-1]
    return Alignment(a, b, matches, tuple(_gaps(a, b, matches)))


def _steps(a: Tokens, b: Tokens, grid: list[list[_Step]]) -> Iterator[_Step]:
    """Skip the last word of either name, or match them, or match one with several."""
    i, j = len(a), len(b)
    yield _Step(grid[i - 1][j].gain, 1, 0)
    yield _Step(grid[i][j - 1].gain, 0, 1)
    if score := alike(a[-1], b[-1]):
        yield _Step(grid[i - 1][j - 1].gain + score, 1, 1, score)
    for m, n in _MERGES:
        if m <= i and n <= j and (score := _merged(a[-m:], b[-n:])):
            yield _Step(grid[i - m][j - n].gain + score, m, n, score)


def _merged(a: Tokens, b: Tokens) -> float:
    parts, whole = (a, b[0]) if len(b) == 1 else (b, a[0])
    score = alike(reduce(join, parts), whole) if may_join(parts, whole) else 0.0
    return score if score >= _ALIKE_MERGED else 0.0


def _trace(grid: list[list[_Step]]) -> Iterator[Match]:
    """Walk the best way back from its end."""
    i, j = len(grid) - 1, len(grid[0]) - 1
    while i and j:
        step = grid[i][j]
        if step.score:
            yield Match(slice(i - step.size_a, i), slice(j - step.size_b, j), step.score)
        i, j = i - step.size_a, j - step.size_b


def _gaps(a: Tokens, b: Tokens, matches: tuple[Match, ...]) -> Iterator[tuple[Tokens, Tokens]]:
    from_a = from_b = 0
    for match in matches:
        yield a[from_a : match.a.start], b[from_b : match.b.start]
        from_a, from_b = match.a.stop, match.b.stop
    yield a[from_a:], b[from_b:]
