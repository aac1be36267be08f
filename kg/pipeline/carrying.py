"""Who does the work that can be shared: processes of this machine or workers of others, with the very kg that is here."""

from __future__ import annotations

from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from kg.engines import ENGINES
from kg.errors import KgError
from kg.pipeline.folder import worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.resolution.weighing import Carry

T = TypeVar("T")
R = TypeVar("R")


def carrier(engine: str = "processes", jobs: int | None = None) -> Carry:
    """Give what applies a function to many batches, in their order, as `map` does."""
    if engine not in ENGINES:
        raise KgError(engine, "no engine has this name", f"known: {', '.join(ENGINES)}")

    def carry(function: Callable[[T], R], batches: Iterable[T]) -> Iterator[R]:
        rest = iter(batches)
        first = list(islice(rest, 2))
        if len(first) < 2:  # noqa: PLR2004 - to start workers takes longer than to do one batch
            return map(function, first)
        work = partial(_work, worker(), function)
        results: Iterator[R] = ENGINES[engine](work, chain(first, rest), jobs=jobs)
        return results

    return carry


def _work(wanted: str, function: Callable[[T], R], batch: T) -> R:
    """Do a batch, unless another kg would do it otherwise than the one that asks."""
    if worker() != wanted:
        what, mend = "a worker has another version of kg", "install the same on every machine"
        raise KgError("dipkg", what, mend)
    return function(batch)
