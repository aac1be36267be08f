"""What was resolved is kept beside the graph, so that a change of little resolves little."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.resolution import Resolver
from kg.resolution.shelves import Cabinet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.readings import Readings
    from kg.resolution.weighing import Carry

FILE = "resolved"


@contextmanager
def resolver(
    folder: Path, readings: Readings, carry: Carry = map, *, new: bool = False
) -> Iterator[Resolver]:
    """Open what was resolved of a graph's folder, or begin anew; it is kept if nothing fails."""
    path = folder / FILE
    if new:
        for suffix in ("", "-wal", "-shm"):  # SQLite's journal stays where a process was killed
            path.with_name(FILE + suffix).unlink(missing_ok=True)
    cabinet = Cabinet(path)
    try:
        found = Resolver(cabinet, {} if new else readings.published(), carry)
        yield found
        found.save()
    finally:
        cabinet.close()
