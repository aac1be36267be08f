"""How words sound: the letters of every script are read into one set of sounds, and sounds are compared."""

from __future__ import annotations

import math
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, groupby, product
from typing import TYPE_CHECKING, Any

from kg.resources import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Graphemes = Mapping[str, tuple[str, ...]]

_TABLES = PACKAGE / "resolution" / "scripts"
_LONGEST = 6  # letters in a grapheme
_MOST_READINGS = 6
_MOST_SKELETONS = 16
_RARER = 0.04  # what it costs a reading to be the second choice of a grapheme
# Words whose weights differ by more than half, or that differ by more than a third, are not measured.
_UNEQUAL = 0.5
_FAR = 0.32


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """One file of `scripts/`: how its letters sound, and the small words of names written in it."""

    unicode: str
    is_abjad: bool
    front: frozenset[str]
    anywhere: Graphemes
    before_front: Graphemes
    initial: Graphemes
    final: Graphemes
    words: Graphemes
    glued: Mapping[str, str]
    ordinals: Mapping[str, int]
    initials: Mapping[str, str]
    translations: Graphemes
    ascii: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to pronounce a word, and what it costs to choose it."""

    sounds: str
    is_abjad: bool
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class _Costs:
    """`sounds.toml`: what it costs to lose a sound, and to take one for another."""

    vowels: frozenset[str]
    written_vowels: frozenset[str]
    semivowels: frozenset[str]
    weights: Mapping[str, float]
    losses: Mapping[str, Mapping[str, float]]
    letters: Mapping[str, Mapping[str, float]]
    swaps: Mapping[tuple[str, str], float]
    other_swap: float
    vowel_swap: float
    classes: Mapping[str, str]


def read_table(stem: str) -> dict[str, Any]:
    """Load a table of `scripts/`."""
    return tomllib.loads((_TABLES / f"{stem}.toml").read_text(encoding="utf-8"))


def _graphemes(table: Mapping[str, str | list[str]]) -> Graphemes:
    return {k: (v,) if isinstance(v, str) else tuple(v) for k, v in table.items()}


def _script(stem: str) -> Script:
    table = read_table(stem)
    return Script(
        unicode=table["unicode"],
        is_abjad=table["abjad"],
        front=frozenset(table["front"]),
        anywhere=_graphemes(table["anywhere"]),
        before_front=_graphemes(table.get("before-front", {})),
        initial=_graphemes(table.get("initial", {})),
        final=_graphemes(table.get("final", {})),
        words=_graphemes(table["words"]),
        glued=table["glued"],
        ordinals=table.get("ordinals", {}),
        initials=table.get("initials", {}),
        translations=_graphemes(table.get("translations", {})),
        ascii=table["ascii"],
    )


@cache
def scripts() -> tuple[Script, ...]:
    """Load the scripts, Latin first: it also stands for those that have no file."""
    return tuple(_script(stem) for stem in ("latin", "arabic", "cyrillic"))


@cache
def _costs() -> _Costs:
    table = read_table("sounds")
    swaps = {
        (x, y): float(cost)
        for cost, pairs in table["swap"]["pairs"].items()
        for pair in pairs
        for x, y in (pair, pair[::-1])
    }
    loss = {row: cost for row, cost in table["loss"].items() if isinstance(cost, float)}
    return _Costs(
        vowels=frozenset(table["vowels"]),
        written_vowels=frozenset(table["written-vowels"]),
        semivowels=frozenset(table["semivowels"]),
        weights=table["weight"] | table["weight"]["other"],
        losses={
            "vowelled": loss,
            "mixed": loss | table["loss"]["mixed"],
            "abjads": loss | table["loss"]["abjads"],
        },
        letters=table["letters"],
        swaps=swaps,
        other_swap=table["swap"]["other"],
        vowel_swap=table["swap"]["vowel"],
        classes={sound: c for c, sounds in table["classes"].items() for sound in sounds},
    )


@lru_cache(maxsize=65536)
def script_of(word: str) -> Script:
    """Tell in which script a word is written, by its first letter that tells."""
    for char in word:
        name = unicodedata.name(char, "")
        for script in scripts():
            if name.startswith(script.unicode):
                return script
    return scripts()[0]


@lru_cache(maxsize=65536)
def pronounce(word: str) -> tuple[Reading, ...]:
    """Read a folded word aloud in every likely way, the likeliest first."""
    script = script_of(word)
    found = {"": 0.0}
    for choices in _split(word, script):
        longer: dict[str, float] = {}
        for (sounds, cost), (rank, more) in product(found.items(), enumerate(choices)):
            total = cost + _RARER * (rank > 0)
            longer[sounds + more] = min(total, longer.get(sounds + more, total))
        found = dict(sorted(longer.items(), key=lambda pair: (pair[1], pair[0]))[:_MOST_READINGS])
    return tuple(Reading(sounds, script.is_abjad, cost) for sounds, cost in found.items())


def _split(word: str, script: Script) -> Iterator[tuple[str, ...]]:
    i = 0
    while i < len(word):
        length, choices = _grapheme_at(word, i, script)
        yield choices
        i += length


def _grapheme_at(word: str, i: int, script: Script) -> tuple[int, tuple[str, ...]]:
    for end in range(min(i + _LONGEST, len(word)), i, -1):
        letters = word[i:end]
        if end == len(word) and letters in script.final:
            return end - i, script.final[letters]
        if i == 0 and letters in script.initial:
            return end - i, script.initial[letters]
        if word[end : end + 1] in script.front and letters in script.before_front:
            return end - i, script.before_front[letters]
        if letters in script.anywhere:
            return end - i, script.anywhere[letters]
    base = unicodedata.normalize("NFKD", word[i])[0]
    return 1, script.anywhere.get(base, (base,))


@lru_cache(maxsize=1 << 18)
def likeness(a: Reading, b: Reading) -> float:
    """Tell how alike two readings sound, from 0 to 1: what is lost and swapped, by their weight."""
    weight_a, weight_b = _weight(a.sounds), _weight(b.sounds)
    weight = (weight_a + weight_b) / 2
    if abs(weight_a - weight_b) > _UNEQUAL * weight:
        return 0.0
    writing = "mixed" if a.is_abjad != b.is_abjad else "abjads" if a.is_abjad else "vowelled"
    distance = a.cost + b.cost + _distance(a.sounds, b.sounds, writing, _FAR * weight)
    return max(0.0, 1 - distance / weight)


def _distance(a: str, b: str, writing: str, limit: float) -> float:
    losses_b = _losses(b, writing)
    row = [0.0, *accumulate(losses_b)]
    for sound, loss in zip(a, _losses(a, writing), strict=True):
        above, cost = row, row[0] + loss
        row = [cost]
        # Not `min(a, b, c)`: half of the time of resolution goes here.
        for j, other in enumerate(b):
            cost += losses_b[j]
            if (lost := above[j + 1] + loss) < cost:
                cost = lost
            if (swapped := above[j] + swap(sound, other)) < cost:
                cost = swapped
            row.append(cost)
        if min(row) > limit:
            return math.inf
    return row[-1]


@cache
def swap(x: str, y: str) -> float:
    """Tell what it costs to take one sound for another."""
    costs = _costs()
    if x == y:
        return 0.0
    if letter := costs.letters.get(x):
        return min(cost + swap(sound, y) for sound, cost in letter.items())
    if y in costs.letters:
        return swap(y, x)
    both_vowels = x in costs.vowels and y in costs.vowels
    return costs.swaps.get((x, y), costs.vowel_swap if both_vowels else costs.other_swap)


@lru_cache(maxsize=65536)
def _losses(sounds: str, writing: str) -> tuple[float, ...]:
    table = _costs().losses[writing]
    return tuple(table[_place(sounds, i)] for i in range(len(sounds)))


def _place(sounds: str, i: int) -> str:
    """Name the row of the table of losses for a sound where it stands."""
    costs, rows = _costs(), _costs().losses["vowelled"]
    sound, before = sounds[i], sounds[i - 1] if i else ""
    is_last = i == len(sounds) - 1
    places = (
        ("repeated", sound == before),
        (f"final-{sound}", is_last and f"final-{sound}" in rows),
        (sound, sound in rows),
        ("semivowel", sound in costs.semivowels),
        ("consonant", sound not in costs.vowels),
        ("initial-vowel", i == 0),
        ("final-vowel", is_last),
        ("written-vowel", sound in costs.written_vowels),
        ("hiatus", before in costs.vowels),
        ("vowel", True),
    )
    return next(row for row, holds in places if holds)


@lru_cache(maxsize=65536)
def _weight(sounds: str) -> float:
    costs = _costs()

    def weight(sound: str) -> float:
        if sound in costs.vowels:
            return costs.weights.get(sound, costs.weights["vowel"])
        sort = "semivowel" if sound in costs.semivowels else "consonant"
        return costs.weights.get(sound, costs.weights[sort])

    return max(1.0, sum(weight(sound) for sound, _ in groupby(sounds)))


@lru_cache(maxsize=65536)
def skeletons(sounds: str) -> frozenset[str]:
    """Reduce sounds to what all their spellings keep: coarse consonants, none twice in a row."""
    classes = _costs().classes
    found = {""}
    for sound in sounds:
        options = classes.get(sound, sound)
        longer = {
            known if option in ("-", known[-1:]) else known + option
            for known in found
            for option in options
        }
        found = set(sorted(longer)[:_MOST_SKELETONS])
    return frozenset(found)
