"""What a build takes, stage by stage: `python tests/benchmarks/build.py 1000 10000` prints the table of docs/benchmarks.md.

Articles are invented (tests/benchmarks/articles.py), a third each in English, French and Arabic, of 1,000 characters.
"""

# ruff: noqa: T201 - a benchmark prints its table
from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

ARTICLES = Path(__file__).with_name("articles.py")
COLUMNS = "| articles | stage | seconds | CPU seconds | articles/s | peak MB |"


def main(*numbers: str) -> None:
    cores = len(os.sched_getaffinity(0))
    print(
        f"{platform.machine()}, {cores} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}\n"
    )
    print(COLUMNS, "|---|---|--:|--:|--:|--:|", sep="\n", flush=True)
    for number in map(int, numbers):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            news = folder / "news.jsonl"
            subprocess.run([sys.executable, ARTICLES, str(number), news], check=True)
            measure("build", number, news, folder / "graph")
            measure("again, nothing changed", number, news, folder / "graph")
            change(news)
            measure("again, one changed", number, news, folder / "graph")
            one = folder / "one.jsonl"
            subprocess.run([sys.executable, ARTICLES, "1", one], check=True)
            rename(one)
            measure("one added", number, one, folder / "graph")
            files = {path.name: path.stat().st_size for path in (folder / "graph").iterdir()}
            store = sum(path.stat().st_size for path in (folder / "graph" / "store").rglob("*"))
            sizes = ", ".join(f"{name} {size / 1e6:.0f}" for name, size in sorted(files.items()))
            print(
                f"\n{number:,} articles, MB: {sizes}, store in all {store / 1e6:.0f}\n", flush=True
            )


def change(news: Path) -> None:
    first, rest = news.read_text(encoding="utf-8").split("\n", 1)
    article = json.loads(first)
    article["text"] += " They parted as friends."
    news.write_text(f"{json.dumps(article)}\n{rest}", encoding="utf-8")


def rename(one: Path) -> None:
    article = json.loads(one.read_text(encoding="utf-8"))
    one.write_text(json.dumps(article | {"id": "one"}), encoding="utf-8")


def measure(what: str, number: int, news: Path, folder: Path) -> None:
    """Build in a process of its own, so that its peak of memory is its own."""
    command = [sys.executable, __file__, "--child", what, str(number), news, folder]
    subprocess.run(command, check=True)


def child(what: str, n_articles: str, news: str, folder: str) -> None:
    from kg.pipeline import add, build  # noqa: PLC0415 - its import is part of what is measured

    number = int(n_articles)
    started = (time.monotonic(), cpu())
    stages = [("start", *started)]

    def watch(stage: str, _: int, __: float) -> None:
        if stage != stages[-1][0]:
            stages.append((stage, time.monotonic(), cpu()))

    if what == "one added":
        add(folder, [news], watch=watch)
    else:
        build([news], folder, watch=watch)
    stages.append(("", time.monotonic(), cpu()))
    if what == "build":
        for (stage, at, used), (_, until, then) in pairwise(stages):
            row(number, stage, until - at, then - used)
    row(number, f"**{what}**", time.monotonic() - started[0], cpu() - started[1])


def row(number: int, stage: str, seconds: float, used: float) -> None:
    rate = f"{number / seconds:,.0f}" if seconds >= 0.05 else ""
    own, others = (
        resource.getrusage(who).ru_maxrss / 1000
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    peak = f"{own:.0f} + {others:.0f} a process" if others else f"{own:.0f}"
    print(f"| {number:,} | {stage} | {seconds:.1f} | {used:.1f} | {rate} | {peak} |", flush=True)


def cpu() -> float:
    return sum(os.times()[:4])


if __name__ == "__main__":
    if sys.argv[1] == "--child":
        child(*sys.argv[2:])
    else:
        main(*sys.argv[1:])
