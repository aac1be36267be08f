"""The processes of this machine."""

from __future__ import annotations

import gc
import os
import signal
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
    if jobs == 1:
        yield from map(function, batches)
        return
    from concurrent.futures import process  # noqa: PLC0415 - 20 ms, which few batches do not need

    pool = process.ProcessPoolExecutor(jobs, initializer=_begin)
    try:
        yield from in_order(lambda batch: pool.submit(function, batch), batches, 3 * jobs)
    except process.BrokenProcessPool:
        what = "one was ended from outside, perhaps for want of memory"
        mend = "run the command again; kg build goes on where it stopped, and --jobs 1 needs least memory"
        raise KgError("processes", what, mend) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """Leave interrupts to the parent, and its memory where it is: to look it through for garbage copies it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
