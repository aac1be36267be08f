"""How many pairs of names are compared in a second: `python tests/benchmarks/names.py`."""

from __future__ import annotations

import csv
import time
from itertools import combinations
from pathlib import Path

from kg.resolution.names import compare, keys

GOLD = Path(__file__).parents[1] / "gold" / "names.tsv"


def main() -> None:
    """Compare all names of the gold pairs with all, then only those that share a key."""
    with GOLD.open(encoding="utf-8") as file:
        rows = csv.reader((line for line in file if not line.startswith("#")), delimiter="\t")
        names = sorted({name for _, *pair in rows for name in pair})
    everyone = list(combinations(names, 2))
    sharing = [(a, b) for a, b in everyone if not keys(a).isdisjoint(keys(b))]
    report("all with all, words new", everyone)
    report("all with all", everyone)
    report("sharing a key", sharing)


def report(what: str, pairs: list[tuple[str, str]]) -> None:
    """Print the pairs compared in a second."""
    start = time.perf_counter()
    for a, b in pairs:
        compare(a, b)
    seconds = time.perf_counter() - start
    rate = len(pairs) / seconds
    print(f"{what}: {len(pairs):,} pairs, {rate:,.0f} a second")  # noqa: T201 - its whole purpose


if __name__ == "__main__":
    main()
