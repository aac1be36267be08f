"""How long many mentions take to resolve, and in how much memory: `python tests/benchmarks/resolution.py [N ...]`.

The first names are real, the family names are not; the people hold offices of states, and few are
met often. Each size runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from itertools import accumulate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from typing import TYPE_CHECKING

from told import Met, Party, reading

from kg.gazetteers import Sort, entries
from kg.model import EntityKind, Reading
from kg.resolution import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = (10_000, 30_000, 100_000)
MENTIONS_A_PERSON = 5
OFFICES = ("foreign-minister", "minister", "ambassador", "president", "secretary-general")
FIRST = ["Ahmed", "Mohammed", "Ali", "Hassan", "Fatima", "Omar", "Khalid", "Saeed", "Ibrahim", "Yusuf", "Nasser", "Salem", "Tariq", "Mariam", "Jean", "Pierre", "Marie", "Luc", "Claire", "Amadou", "Moussa", "Ousmane", "Aminata", "Ivan", "Sergei", "Dmitri", "Olga", "Wei", "Ming", "Jun", "Li", "Carlos", "Maria", "Juan", "Lucia", "James", "Robert", "Susan", "Helen", "Anna", "Erik", "Lars", "Mehmet", "Ayse", "Reza", "Hossein", "Maryam"]  # fmt: skip
SYLLABLES = ["ba", "da", "fa", "ga", "ha", "ja", "ka", "la", "ma", "na", "ra", "sa", "ta", "wa", "za", "bi", "di", "fi", "ki", "li", "mi", "ni", "ri", "si", "ti", "bo", "do", "ko", "lo", "mo", "no", "ro", "so", "to", "bu", "du", "ku", "lu", "mu", "nu", "ru", "su", "tu", "bar", "dar", "kar", "mar", "nar", "sar", "tar", "ben", "den", "ken", "men", "sen", "ten"]  # fmt: skip


def main() -> None:
    """Measure every size, or resolve the one that is asked for."""
    match sys.argv[1:]:
        case ["--one", size]:
            measure(int(size))
        case sizes:
            for size in map(int, sizes or SIZES):
                subprocess.run([sys.executable, __file__, "--one", str(size)], check=True)


def measure(n_mentions: int) -> None:
    """Resolve so many mentions, and print what it took."""
    readings = list(invent(n_mentions))
    before = peak()
    start = time.process_time()  # of the one core that it uses, whoever uses the others
    knowledge = resolve(readings)
    seconds = time.process_time() - start
    n_people = sum(entity.kind is EntityKind.PERSON for entity in knowledge.entities)
    print(  # noqa: T201  its whole purpose
        f"{n_mentions:,} mentions of {n_mentions // MENTIONS_A_PERSON:,} people: {n_people:,} found, "
        f"{len(knowledge.meetings):,} meetings, {seconds:.1f} s, {peak():.0f} MB "
        f"({before:.0f} MB before)"
    )


def peak() -> float:
    """Give the most memory that was used, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def invent(n_mentions: int) -> Iterator[Reading]:
    """Tell of meetings between people of whom few meet often."""
    rng = random.Random(7)  # noqa: S311
    states = [entry.id for entry in entries(Sort.COUNTRY)]
    everyone = [_person(rng, states) for _ in range(n_mentions // MENTIONS_A_PERSON)]
    weights = list(accumulate(1 / (rank + 10) ** 0.7 for rank in range(len(everyone))))
    for n in range(n_mentions // 2):
        pair = rng.choices(everyone, cum_weights=weights, k=2)
        day = f"20{rng.randint(10, 24)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        parties = tuple(_told(rng, *who) for who in pair)
        yield reading(f"{n:06}", Met(parties, date=day), published=day)


def _person(rng: random.Random, states: list[str]) -> tuple[list[str], str, str]:
    words = rng.sample(FIRST, rng.choice((1, 1, 2)))
    family = "".join(rng.choices(SYLLABLES, k=rng.choice((2, 3, 3))))
    return [*words, family.title()], rng.choice(OFFICES), rng.choice(states)


def _told(rng: random.Random, words: list[str], office: str, state: str) -> Party:
    spelled = [rng.choice((word, word, _misspell(word))) for word in words]
    if len(spelled) > 2 and rng.random() < 0.3:
        del spelled[1]
    if rng.random() < 0.05:
        spelled = spelled[-1:]
    return Party(" ".join(spelled), office, "", state if rng.random() < 0.9 else "")


def _misspell(word: str) -> str:
    """Spell a word as another newspaper does."""
    for old, new in (("ou", "u"), ("ss", "s"), ("i", "e"), ("ee", "i"), ("o", "ou"), ("u", "oo")):
        if old in word[1:]:
            return word[0] + word[1:].replace(old, new, 1)
    return word


if __name__ == "__main__":
    main()
