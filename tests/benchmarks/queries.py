"""Every question, or those named, beside rdflib, in one run: `python tests/benchmarks/queries.py [10000] [20] [QUESTION...]`.

rdflib is stopped once it has taken so many times as long as we did: it need not finish to be slower.
"""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import multiprocessing.connection
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib.plugins.sparql.sparql import NotBoundError
from rich.console import Console
from rich.table import Table

sys.path[:0] = [str(Path(__file__).parent)]
import synthetic  # noqa: E402 - tests are no package

from kg.queries import Names, Question, answer, questions  # noqa: E402 - as above
from kg.queries.parameters import value  # noqa: E402 - as above
from kg.rdflib_terms import to_rdflib  # noqa: E402 - as above
from kg.store import Store  # noqa: E402 - as above

if TYPE_CHECKING:
    import rdflib

PARTIES = {"one": "country/EG", "other": "country/FR"}
VALUES = {
    "organization": "organization/council-eg",
    "country": "country/EG",
    "place": "place/cairo",
    "topic": "topic/trade",
    "act": "act/praise",
    "office": "office/ambassador",
    "meeting": "m5",
    "article": "a5-0",
    "year": "2014",
}


def main() -> None:
    """Load all three, ask all three."""
    n_meetings = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    least = float(sys.argv[2]) if len(sys.argv) > 2 else 20.0
    folder = Path(tempfile.gettempdir()) / f"kg-benchmark-{n_meetings}"
    if not (folder / "store").exists():
        folder.mkdir(exist_ok=True)
        Store.create(folder, synthetic.stream(n_meetings)).close()
    disk = Names(Store.open(folder))
    memory = Names(Store.of(Store.open(folder))) if least else disk
    dataset = to_rdflib(Store.open(folder)) if least else None
    person = next(iter(disk.store.query("SELECT ?p { ?p a dip:Person }")))[0].value
    table = Table("question", "rows", "disk, ms", "memory, ms", "rdflib, ms", "times", "times")
    slow: dict[str, list[str]] = {"disk": [], "memory": []}
    for name, asked in questions().items():
        if sys.argv[3:] and name not in sys.argv[3:]:
            continue
        values = {
            each.name: PARTIES.get(each.name) or VALUES.get(each.type, person)
            for each in asked.parameters
            if not (each.optional or each.default)
        }
        on_disk, n_rows = ours(asked, values, disk)
        in_memory, _ = ours(asked, values, memory)
        row = [name, str(n_rows), f"{on_disk * 1000:.1f}", f"{in_memory * 1000:.1f}"]
        if dataset is not None:
            theirs, done = rdflibs(
                dataset, bound(asked, values, disk), max(on_disk, in_memory) * least * 1.2
            )
            more = "" if done else "> "
            row += [
                f"{more}{each:,.0f}"
                for each in (theirs * 1000, theirs / on_disk, theirs / in_memory)
            ]
            for where, seconds in (("disk", on_disk), ("memory", in_memory)):
                if theirs < least * seconds:
                    slow[where].append(name)
        table.add_row(*row)
    Console().print(table)
    for where, names in slow.items():
        Console().print(f"less than {least:g} times as fast in {where}: {names or 'none'}")


def ours(asked: Question, values: dict[str, str], names: Names) -> tuple[float, int]:
    """Ask a store; the processor's time, the median of five, of fewer where they take long."""
    seconds: list[float] = []
    while len(seconds) < 5 and sum(seconds) < 10:
        started = time.process_time()
        result = answer(asked, values, names, language=None)
        seconds.append(time.process_time() - started)
    return statistics.median(seconds), len(result)


def bound(asked: Question, values: dict[str, str], names: Names) -> str:
    """Write a question as it is asked."""
    given = {each.name: values.get(each.name) or each.default for each in asked.parameters}
    return asked.bind(
        {
            each.name: value(str(given[each.name]), each.type, asked.name, names)
            for each in asked.parameters
            if given[each.name]
        }
    )


def rdflibs(dataset: rdflib.Dataset, query: str, limit: float) -> tuple[float, bool]:
    """Ask rdflib in a process of its own, which has the data already; stopped past the limit."""
    line, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(
        target=_ask, args=(dataset, query, theirs)
    )
    process.start()
    clock = Path(f"/proc/{process.pid}/stat")
    while not line.poll(0.05):
        user, system = (int(ticks) for ticks in clock.read_text(encoding="ascii").split()[13:15])
        seconds = (user + system) / os.sysconf("SC_CLK_TCK")
        if seconds > limit + 0.5:
            break
    done = line.poll(0)
    seconds = line.recv() if done else seconds
    process.kill()
    process.join()
    return seconds, done


def _ask(dataset: rdflib.Dataset, query: str, line: multiprocessing.connection.Connection) -> None:
    started = time.process_time()
    with contextlib.suppress(RecursionError, NotBoundError):
        len(list(dataset.query(query)))
        line.send(time.process_time() - started)
    # What rdflib cannot answer at all, it answers never.
    while True:
        math.sqrt(2.0)


if __name__ == "__main__":
    main()
