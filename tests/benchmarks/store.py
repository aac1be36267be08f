"""How fast a graph of so many synthetic meetings is written, opened, asked, served: python store.py [100000].

Prints a table; the folder is kept beside, for a second run: /tmp/kg-benchmark-<n>.
"""

from __future__ import annotations

import http.client
import os
import resource
import statistics
import sys
import tempfile
import threading
import time
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import httpx
from rich.console import Console
from rich.table import Table

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]
import synthetic  # noqa: E402 - tests are no package
from served import served  # noqa: E402 - as above

from kg.store import Store  # noqa: E402 - as above

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")
LIGHT = (
    "/questions/meetings-of-person?person=person/{person}&format=json",
    "/questions/co-participants?person=person/{person}&format=json",
    "/id/person/{person}?format=ttl",
    "/questions/evidence?meeting=m{number}&format=json",
    "/sparql?query=SELECT%20*%20{{<https://w3id.org/dipkg/id/meeting/m{number}>%20?p%20?o}}",
    "/id/meeting/m{number}",
)


def main() -> None:
    """Measure, one row each."""
    n_meetings = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    folder = Path(tempfile.gettempdir()) / f"kg-benchmark-{n_meetings}"
    table = Table("what", "value", title=f"{n_meetings:,} meetings")
    if not (folder / "store").exists():
        folder.mkdir(exist_ok=True)
        seconds, _ = timed(lambda: Store.create(folder, synthetic.stream(n_meetings)).close())
        table.add_row("build", f"{seconds:.1f} s")
        table.add_row("memory of the build", f"{memory():.0f} MB")
    seconds, store = timed(lambda: Store.open(folder))
    table.add_row("open", f"{seconds * 1000:.0f} ms")
    table.add_row("quads", f"{len(store):,}")
    table.add_row("on disk", f"{size(folder / 'store') / 1e6:,.0f} MB")
    people = [
        str(row[0]).rpartition("/")[2].rstrip(">")
        for row in store.query("SELECT ?p { ?p a dip:Person } LIMIT 2000")
    ]
    store.close()
    seconds, _ = timed(lambda: touch(folder))
    table.add_row("replace one article's graph", f"{seconds * 1000:.0f} ms")
    with served(folder) as address:
        httpx.get(f"{address}/health", timeout=60)
        served_for(table, address, people, n_meetings)
    Console().print(table)


def served_for(table: Table, address: str, people: list[str], n_meetings: int) -> None:
    """Let 50 readers ask at once for a minute."""
    seconds: list[float] = []
    errors: list[object] = []
    until = time.perf_counter() + 60

    def read(reader: int) -> None:
        # httpx would take more of the machine than the server does.
        client = http.client.HTTPConnection(address.removeprefix("http://"), timeout=30)
        turn = reader * 7919
        while time.perf_counter() < until:
            turn += 1
            path = LIGHT[turn % len(LIGHT)].format(
                person=people[turn % len(people)], number=turn % n_meetings
            )
            started = time.perf_counter()
            client.request("GET", path)
            answer = client.getresponse()
            body = answer.read()
            seconds.append(time.perf_counter() - started)
            if answer.status != HTTPStatus.OK:
                errors.append((path, answer.status, body[:100]))
        client.close()

    threads = [threading.Thread(target=read, args=(reader,)) for reader in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds.sort()
    table.add_row("50 readers: errors", f"{len(errors)} {errors[:2]}")
    table.add_row("50 readers: answers a second", f"{len(seconds) / 60:.0f}")
    table.add_row("50 readers: median", f"{statistics.median(seconds) * 1000:.0f} ms")
    table.add_row(
        "50 readers: 95 of 100 within", f"{seconds[int(len(seconds) * 0.95)] * 1000:.0f} ms"
    )
    table.add_row("memory of the server", f"{memory_of_children():.0f} MB")


def touch(folder: Path) -> None:
    """Replace the graph of one article."""
    with Store.open(folder, writable=True) as store:
        graph = next(store.graphs())
        store.replace_graph(graph, list(store.read(graph))[1:])


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Say how long it took."""
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def memory() -> float:
    """Say the most memory that this process took, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def memory_of_children() -> float:
    """Add up what the server and its workers hold, each shared page once, in MB."""
    mine, total = {os.getpid()}, 0
    status = {path.parent.name: path.read_text() for path in Path("/proc").glob("[0-9]*/status")}
    parents = {int(pid): int(text.partition("PPid:")[2].split()[0]) for pid, text in status.items()}
    while more := {pid for pid, parent in parents.items() if parent in mine} - mine:
        mine |= more
    for pid in mine - {os.getpid()}:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        total += int(rollup.partition("\nPss:")[2].split()[0])
    return total / 1000


def size(folder: Path) -> int:
    """Add up the files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
