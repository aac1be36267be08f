"""How fast graphs are validated, and whether pySHACL agrees.

`python tests/benchmarks/validation.py spoilt 2000` compares both on graphs spoilt at random,
`... speed 10000` times both on invented meetings, 5 in 100 of them spoilt; pySHACL on a part of them,
`... added 10000` times what validating after one more article takes, `... alone 100000` the fast way alone.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

sys.path.append(str(Path(__file__).parents[1]))

import synthetic
from mutations import WHOLE, halves, read, spoil

from kg.errors import ShapesError
from kg.validation import validate
from kg.vocabulary import DIP, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.validation import Report

SHARE = 0.05
# pySHACL on rdflib parses and plans each rule anew for each node: it grows with the nodes, and no faster.
N_REFERENCE = 50


def main() -> None:
    """Run the benchmark that is named."""
    benchmarks = {"spoilt": spoilt, "speed": speed, "added": added, "alone": alone}
    benchmarks[sys.argv[1]](int(sys.argv[2]))


def spoilt(n_graphs: int) -> None:
    """Count the graphs on which the fast way and pySHACL differ."""
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        paths = halves(Path(folder))
        for seed in range(n_graphs):
            quads = spoil(list(read(WHOLE)), random.Random(seed))  # noqa: S311
            # Rules are slow in pySHACL: one graph in ten is judged by them.
            for kind in ("core", "rules")[: 2 if seed % 10 == 0 else 1]:
                outcomes[f"{kind}: {compared(quads, paths[kind])}"] += 1
    say(f"{n_graphs:,} graphs: {dict(outcomes)}")


def compared(quads: list[ox.Quad], shapes: Path) -> str:
    """Say whether both give the same report."""
    try:
        slow = validate(quads, shapes=shapes, engine="pyshacl")
    except ShapesError:  # rdflib computes with ill-formed numbers
        return "pySHACL gives up"
    return "the same" if validate(quads, shapes=shapes) == slow else "differ"


def speed(n_meetings: int) -> None:
    """Time both, and compare what they find in the part that both judge."""
    _, report, seconds = timed(n_meetings, "fast")
    say(
        f"fast, {n_meetings:,} meetings: {seconds:.2f} s of one core, {len(report.findings):,} findings"
    )
    n_part = min(N_REFERENCE, n_meetings)
    _, slow, slow_seconds = timed(n_part, "pyshacl")
    say(f"pySHACL on rdflib, {n_part:,} meetings: {slow_seconds:.2f} s of one core")
    _, part, _ = timed(n_part, "fast")
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
    start = time.perf_counter()
    report = validate(store, focus=[article, *told])
    seconds = time.perf_counter() - start
    say(f"{len(told) + 1} nodes among {n_meetings:,} meetings: {seconds:.3f} s, {report.counts}")


def alone(n_meetings: int) -> None:
    """Time the fast way alone."""
    start = time.perf_counter()
    store, report, seconds = timed(n_meetings, "fast")
    whole = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    say(
        f"{n_meetings:,} meetings, {len(store):,} quads: {seconds:.1f} s of one core,"
        f" {whole:.0f} s with inventing and loading them, {memory:.2f} GB, {report.counts}"
    )


def timed(n_meetings: int, engine: str) -> tuple[ox.Store, Report, float]:
    """Validate invented meetings by an engine; in seconds of one core, whatever else the machine does."""
    store = ox.Store()
    store.bulk_extend(faulty(knowledge(n_meetings)))
    start = time.process_time()
    report = validate(store, engine=engine)
    return store, report, time.process_time() - start


def knowledge(n_meetings: int) -> Iterator[ox.Quad]:
    """Invent the default graph of so many meetings."""
    return (q for q in synthetic.stream(n_meetings) if q.graph_name == ox.DefaultGraph())


def faulty(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Spoil one triple of 5 meetings in 100: a kind, a status, a label, a country, or what was said of it."""
    chance = random.Random(1)  # noqa: S311
    spoiling = False
    for quad in quads:
        if quad.predicate == RDF.type:
            spoiling = quad.object == DIP.Meeting and chance.random() < SHARE
        if spoiling and quad.predicate != RDF.type:
            spoiling = False
            if chance.random() < 0.5:
                continue
            yield ox.Quad(quad.subject, quad.predicate, ox.Literal("spoilt"))
        yield quad


def say(line: str) -> None:
    """Print a line of the result."""
    print(line, flush=True)  # noqa: T201 - its whole purpose


if __name__ == "__main__":
    main()
