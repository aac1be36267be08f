"""Whether the fast way gives the report that pySHACL gives, and how fast.

`validation.py spoilt 2000` has both judge graphs that are spoilt at random, `... same 1000 7` invented meetings, here those
of seed 7, 5 in 100 of them spoilt, `... built graph.ttl` what `kg build` made. `... speed 10000` times the fast way on so many
meetings and pySHACL on a part of them, `... added 10000` what one more article touches, `... alone 100000` the fast way alone
on a file, `... disk 100000` on a store on disk.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

sys.path.append(str(Path(__file__).parents[1]))

import synthetic
from mutations import WHOLE, queries_planned_once, read, spoil

from kg.validation import validate
from kg.vocabulary import DIP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.validation import Report

SHARE = 0.05
# pySHACL on rdflib parses and plans each rule anew for each node: it grows with the nodes, and no faster.
N_REFERENCE = 50
PROCESSES = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def main() -> None:
    """Run the benchmark that is named."""
    name, *arguments = sys.argv[1:]
    benchmarks = {
        "spoilt": spoilt,
        "same": same,
        "speed": speed,
        "added": added,
        "alone": alone,
        "disk": disk,
    }
    if name == "built":
        built(*arguments)
    else:
        benchmarks[name](*map(int, arguments))


def spoilt(n_graphs: int) -> None:
    """Count the graphs on which the fast way and pySHACL differ."""
    outcomes = Counter(
        compared(spoil(list(read(WHOLE)), random.Random(seed))).partition(",")[0]  # noqa: S311
        for seed in range(n_graphs)
    )
    say(f"{n_graphs:,} graphs: {dict(outcomes)}")


def same(n_meetings: int, seed: int = 0) -> None:
    """Compare the reports of both on invented meetings, 5 in 100 of them spoilt."""
    say(f"{n_meetings:,} meetings of seed {seed}: {compared(faulty(knowledge(n_meetings, seed)))}")


def built(path: str) -> None:
    """Compare the reports of both on a graph.ttl that `kg build` made."""
    triples = ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    said = (ox.Quad(each.subject, each.predicate, each.object) for each in triples)
    say(f"{path}: {compared(said)}")


def compared(quads: Iterable[ox.Quad]) -> str:
    """Say whether both give the same report, and what it counts."""
    given = list(quads)
    fast = validate(given)
    with queries_planned_once():
        slow = validate(given, engine="pyshacl")
    return f"{'the same report' if fast == slow else 'reports differ'}, {fast.counts}"


def speed(n_meetings: int) -> None:
    """Time both, and compare what they find in the part that both judge."""
    report, seconds = timed(n_meetings, "fast")
    say(
        f"fast, {n_meetings:,} meetings: {seconds:.2f} s of one core, {len(report.findings):,} findings"
    )
    n_part = min(N_REFERENCE, n_meetings)
    slow, slow_seconds = timed(n_part, "pyshacl")
    say(f"pySHACL on rdflib, {n_part:,} meetings: {slow_seconds:.2f} s of one core")
    part, _ = timed(n_part, "fast")
    say(f"the same report of these: {part == slow}")
    ratio = slow_seconds / n_part / (seconds / n_meetings)
    say(f"a meeting costs pySHACL {ratio:,.0f} times as much")


def added(n_meetings: int) -> None:
    """Time the validation of what one article added to a graph touches."""
    quads = list(knowledge(n_meetings))
    store = ox.Store()
    store.bulk_extend(quads)
    article = next(quad.subject for quad in quads if quad.object == DIP.Article)
    told = [q.subject for q in store.quads_for_pattern(None, None, article, ox.DefaultGraph())]
    start = time.process_time()
    report = validate(store, focus=[article, *told])
    seconds = time.process_time() - start
    say(
        f"{len(told) + 1} nodes among {n_meetings:,} meetings:"
        f" {seconds:.3f} s of one core, {report.counts}"
    )


def alone(n_meetings: int) -> None:
    """Time the fast way alone, on a file of Turtle as `kg build` writes one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.ttl"
        in_another_process(write, path, n_meetings)
        tell(n_meetings, path)


def disk(n_meetings: int) -> None:
    """Time the fast way alone, on a store on disk."""
    with tempfile.TemporaryDirectory() as folder:
        in_another_process(fill, folder, n_meetings)
        tell(n_meetings, ox.Store.read_only(folder))


def in_another_process(work: Callable[..., None], *arguments: object) -> None:
    """Do what must leave no memory behind."""
    process = multiprocessing.Process(target=work, args=arguments)
    process.start()
    process.join()


def write(path: Path, n_meetings: int) -> None:
    triples = (quad.triple for quad in faulty(knowledge(n_meetings)))
    ox.serialize(triples, path, ox.RdfFormat.TURTLE, prefixes=synthetic.PREFIXES)


def fill(folder: str, n_meetings: int) -> None:
    store = ox.Store(folder)
    store.bulk_extend(faulty(knowledge(n_meetings)))
    store.optimize()


def tell(n_meetings: int, graph: ox.Store | Path) -> None:
    wall, cpu = time.perf_counter(), used()
    report = validate(graph)
    wall, cpu = time.perf_counter() - wall, used() - cpu
    here, there = (resource.getrusage(each).ru_maxrss / 1e6 for each in PROCESSES)
    say(
        f"{n_meetings:,} meetings: {wall:.1f} s, {cpu:.1f} s of one core, {here:.2f} GB here"
        f" and {there:.2f} in each other process at most, {report.counts}"
    )


def timed(n_meetings: int, engine: str) -> tuple[Report, float]:
    """Validate invented meetings by an engine; in seconds of one core, whatever else the machine does."""
    quads = list(faulty(knowledge(n_meetings)))
    start = used()
    report = validate(quads, engine=engine)
    return report, used() - start


def used() -> float:
    """Give the seconds that this process and its children have had of a core."""
    return sum(sum(resource.getrusage(each)[:2]) for each in PROCESSES)


def knowledge(n_meetings: int, seed: int = 0) -> Iterator[ox.Quad]:
    """Invent the default graph of so many meetings."""
    return (q for q in synthetic.stream(n_meetings, seed) if q.graph_name == ox.DefaultGraph())


def faulty(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Spoil 5 meetings in 100: what is said of them is taken away, bent, or said of something else."""
    chance = random.Random(1)  # noqa: S311
    for _, told in groupby(quads, key=lambda quad: quad.subject):
        group = list(told)
        is_meeting = any(quad.object == DIP.Meeting for quad in group)
        yield from spoil(group, chance) if is_meeting and chance.random() < SHARE else group


def say(line: str) -> None:
    """Print a line of the result."""
    print(line, flush=True)  # noqa: T201 - its whole purpose


if __name__ == "__main__":
    main()
