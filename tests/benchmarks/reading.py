"""How the reader bears texts of any kind, on one core: `python tests/benchmarks/reading.py FOLDER_OR_FILE ...`.

Give it folders or files that `kg build` reads, such as a .jsonl. It prints the rate, the slowest
articles, the peak of memory on the way, crashes and quotes that do not stand where they say.
"""

from __future__ import annotations

import dataclasses
import resource
import sys
import time
import traceback
from enum import Enum
from typing import TYPE_CHECKING, Any

from kg import articles
from kg.errors import KgError
from kg.extractors import extract
from kg.model import Article, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY = 5000
SLOW = 2.0  # seconds


def main(paths: list[str]) -> int:
    """Read every article and report; 1 where one crashed, took too long or was quoted falsely."""
    n_read = n_characters = n_meetings = n_refused = n_faults = 0
    seconds = 0.0
    slowest: list[tuple[float, int, str]] = []
    for article in articles.read(paths):
        if isinstance(article, KgError):
            n_refused += 1
            continue
        start = time.process_time()
        try:
            reading = extract(article)
        except Exception:  # noqa: BLE001 - whatever it raises is what is looked for
            n_faults += 1
            say(f"{article.id}: {traceback.format_exc()}")
            continue
        spent = time.process_time() - start
        seconds += spent
        n_read += 1
        n_characters += len(article.text)
        n_meetings += len(reading.meetings)
        slowest = sorted([*slowest, (spent, len(article.text), article.id)], reverse=True)[:5]
        false = [mention for mention in quotes(reading) if not holds(mention, article)]
        n_faults += len(false) + (spent > SLOW)
        for mention in false:
            say(f"{article.id}: false quote {mention}")
        if n_read % EVERY == 0:
            say(f"{n_read:,} articles, peak {peak():,.0f} MB, {n_faults} faults")
    say(
        f"{n_read:,} articles, {n_characters / 1e6:,.1f} million characters, {n_meetings:,} meetings"
    )
    say(f"{n_refused:,} that are no articles or in no known language")
    if n_read:
        rate = n_characters / 1000 / seconds
        say(f"{n_read / seconds:,.0f} a second of CPU time, {rate:,.0f} of 1,000 characters")
    for spent, length, name in slowest:
        say(f"  {spent:.2f} s for {length:,} characters: {name}")
    say(f"peak {peak():,.0f} MB; {n_faults} crashes, false quotes or articles over {SLOW:.0f} s")
    return int(n_faults > 0)


def quotes(value: Any) -> Iterator[Mention]:  # noqa: ANN401 - whatever a reading is made of
    """Give every mention inside of a reading."""
    if isinstance(value, Mention):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from quotes(part)
    elif dataclasses.is_dataclass(value) and not isinstance(value, (Article, Enum)):
        for field in dataclasses.fields(value):
            yield from quotes(getattr(value, field.name))


def holds(mention: Mention, article: Article) -> bool:
    """Tell whether a mention's words stand where it says."""
    return bool(mention.text) and article.text[mention.start : mention.end] == mention.text


def peak() -> float:
    """Measure the most memory that was held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 - its whole purpose


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
