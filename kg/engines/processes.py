"""The processes of this machine."""

from __future__ import annotations

import os
import signal
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from kg.engines.window import in_order
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
R = TypeVar("R")


def carry(
    function: Callable[[T], R], batches: Iterable[T], *, jobs: int | None = None
) -> Iterator[R]:
    """Apply a function to every batch, in `jobs` processes (all cores if not told)."""
    jobs = jobs or len(os.sched_getaffinity(0))
    rest = iter(batches)
    first = list(islice(rest, 2))
    # To start processes takes longer than to do one batch.
    if jobs == 1 or len(first) < 2:  # noqa: PLR2004
        yield from map(function, chain(first, rest))
        return
    from concurrent.futures import process  # noqa: PLC0415 - 20 ms, which one batch does not need

    pool = process.ProcessPoolExecutor(jobs, initializer=_leave_interrupts_to_the_parent)
    try:
        yield from in_order(
            lambda batch: pool.submit(function, batch), chain(first, rest), 3 * jobs
        )
    except process.BrokenProcessPool:
        what = "one was ended from outside, perhaps for want of memory"
        mend = "run the command again, it goes on where it stopped; --jobs 1 needs least memory"
        raise KgError("processes", what, mend) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
