"""Many machines, by Dask: the cluster that DASK_SCHEDULER_ADDRESS names, or else workers on this machine.

Dask gives the batches of a worker that dies to another, so that a loss costs time, not results.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from kg.engines.window import in_order
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
R = TypeVar("R")

# Batches under way where few workers are: more may come.
_LEAST = 64
_SECONDS = 60  # to wait for the first worker


def carry(
    function: Callable[[T], R], batches: Iterable[T], *, jobs: int | None = None
) -> Iterator[R]:
    """Apply a function to every batch, on the cluster's workers or on `jobs` workers here."""
    try:
        import distributed  # noqa: PLC0415 - an optional dependency
    except ImportError:
        what, mend = "Dask is not installed", "install it: pip install 'dipkg[cluster]'"
        raise KgError("dask", what, mend) from None
    with _client(distributed, jobs) as client:
        submit = partial(client.submit, function, pure=False)
        width = max(_LEAST, 4 * sum(client.nthreads().values()))
        try:
            yield from in_order(submit, batches, width)
        except distributed.KilledWorker as error:
            what = (
                f"a batch has ended several workers, the last of them {error.last_worker.address}"
            )
            mend = "give them more memory: dask worker --memory-limit"
            raise KgError("dask", what, mend) from None


def _client(distributed: Any, jobs: int | None) -> Any:  # noqa: ANN401 - Dask has no types
    import dask  # noqa: PLC0415 - it comes with distributed

    address = dask.config.get("scheduler-address", None)
    if address is None:
        # One thread a worker: our code is Python, which runs one thread at a time.
        # A port that is free: another cluster on this machine has the usual one.
        status = "127.0.0.1:0"
        return distributed.Client(n_workers=jobs, threads_per_worker=1, dashboard_address=status)
    try:
        client = distributed.Client(address)
    except OSError as error:
        mend = "check DASK_SCHEDULER_ADDRESS, or unset it for workers on this machine"
        raise KgError(address, f"no cluster answers: {error}", mend) from None
    try:
        client.wait_for_workers(1, timeout=_SECONDS)
    except TimeoutError:
        client.close()
        mend = f"start some: dask worker {address}"
        raise KgError(address, "the cluster has no workers", mend) from None
    return client
