"""How fast a graph of so many synthetic meetings is written, opened, asked, served: python store.py [100000].

Prints a table; the folder is kept beside, for a second run: /tmp/kg-benchmark-<n>.
"""

from __future__ import annotations

import itertools
import os
import re
import resource
import selectors
import socket
import statistics
import sys
import tempfile
import time
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
    from collections.abc import Callable, Iterator

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
        for row in store.query("SELECT ?p { ?p a dip:Person } LIMIT 20000")
    ]
    store.close()
    seconds, _ = timed(lambda: touch(folder))
    table.add_row("replace one article's graph", f"{seconds * 1000:.0f} ms")
    with served(folder) as address:
        httpx.get(f"{address}/health", timeout=60)
        served_for(table, address, people, n_meetings)
    Console().print(table)


def served_for(table: Table, address: str, people: list[str], n_meetings: int) -> None:
    """Let 50 readers ask at once for a minute, each again as soon as it is answered."""
    host, _, port = address.removeprefix("http://").partition(":")
    readers = [Reader(host, int(port)) for _ in range(50)]
    seconds: list[float] = []
    errors: list[tuple[str, bytes]] = []
    paths = asked(people, n_meetings)
    # One thread of plain sockets: a client of HTTP each would take more of the machine than the server.
    with selectors.DefaultSelector() as selector:
        for reader in readers:
            selector.register(reader.line, selectors.EVENT_READ, reader)
            reader.ask(next(paths))
        until = time.perf_counter() + 60
        while time.perf_counter() < until:
            for key, _ in selector.select(timeout=1):
                reader = key.data
                if reader.listen():
                    seconds.append(time.perf_counter() - reader.started)
                    if not reader.heard.startswith(b"HTTP/1.1 200 "):
                        errors.append((reader.path, reader.heard[:100]))
                    reader.ask(next(paths))
    for reader in readers:
        reader.line.close()
    seconds.sort()
    table.add_row("50 readers: errors", f"{len(errors)} {errors[:2]}")
    table.add_row("50 readers: answers a second", f"{len(seconds) / 60:.0f}")
    table.add_row("50 readers: median", f"{statistics.median(seconds) * 1000:.0f} ms")
    table.add_row(
        "50 readers: 95 of 100 within", f"{seconds[int(len(seconds) * 0.95)] * 1000:.0f} ms"
    )
    counted = httpx.get(f"{address}/metrics").text
    remembered = int(counted.partition("\nkg_answers_remembered_total ")[2].split()[0])
    table.add_row("50 readers: from memory", f"{remembered / len(seconds):.0%}")
    table.add_row("memory of the server", f"{memory_of_children():.0f} MB")


def asked(people: list[str], n_meetings: int) -> Iterator[str]:
    """Go through the light questions, each about somebody or something else than before."""
    for turn in itertools.count():
        person, number = people[turn * 7919 % len(people)], turn * 7919 % n_meetings
        yield LIGHT[turn % len(LIGHT)].format(person=person, number=number)


class Reader:
    """A connection that is kept, one request at a time."""

    def __init__(self, host: str, port: int) -> None:
        self.line = socket.create_connection((host, port), timeout=30)
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.path, self.started, self.heard, self._length = "", 0.0, b"", 0

    def ask(self, path: str) -> None:
        """Send a request."""
        self.path, self.heard, self._length = path, b"", 0
        self.started = time.perf_counter()
        self.line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())

    def listen(self) -> bool:
        """Take what has come; tell whether the answer is whole."""
        self.heard += self.line.recv(1 << 18)
        if not self._length:
            head, end, rest = self.heard.partition(b"\r\n\r\n")
            if not end:
                return False
            said = re.search(rb"\ncontent-length: (\d+)", head, re.IGNORECASE)
            assert said is not None
            self._length = len(self.heard) - len(rest) + int(said[1])
        return len(self.heard) >= self._length


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
