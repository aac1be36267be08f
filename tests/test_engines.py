from __future__ import annotations

import os
import signal
import socket
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import dask
import pytest

from kg.engines import ENGINES, processes
from kg.engines.window import in_order
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Iterator


def double(numbers: list[int]) -> list[int]:
    return [2 * number for number in numbers]


def die(numbers: list[int]) -> list[int]:
    if numbers == [7]:
        os.kill(os.getpid(), signal.SIGKILL)
    return numbers


def die_once(mark: str) -> str:
    """End the worker that comes first, as a machine that is switched off does."""
    if mark.startswith("/"):
        try:
            Path(mark).touch(exist_ok=False)
        except FileExistsError:
            return "done by another"
        os.kill(os.getpid(), signal.SIGKILL)
    return mark


BATCHES = [[n] for n in range(40)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_their_batches(engine: str, jobs: int) -> None:
    assert list(ENGINES[engine](double, iter(BATCHES), jobs=jobs)) == [[2 * n] for [n] in BATCHES]


def test_another_cluster_of_this_machine_may_have_the_usual_port() -> None:
    with ExitStack() as held:
        with suppress(OSError):  # where it is taken already
            held.enter_context(socket.create_server(("127.0.0.1", 8787)))

        assert list(ENGINES["dask"](double, [[1]], jobs=1)) == [[2]]


def test_few_batches_are_taken_before_they_are_needed() -> None:
    taken = []

    def batches() -> Iterator[list[int]]:
        for batch in BATCHES:
            taken.append(batch)
            yield batch

    results = processes.carry(double, batches(), jobs=2)
    next(results)
    assert len(taken) <= 8
    results.close()


def test_a_window_is_never_wider_than_told() -> None:
    under_way: set[int] = set()

    class Promise:
        def __init__(self, number: int) -> None:
            self.number = number
            under_way.add(number)
            assert len(under_way) <= 3

        def result(self) -> int:
            under_way.remove(self.number)
            return self.number

    assert list(in_order(Promise, range(10), 3)) == list(range(10))


def test_a_process_that_is_ended_is_told() -> None:
    with pytest.raises(KgError, match="one was ended from outside"):
        list(processes.carry(die, BATCHES, jobs=2))


def test_a_worker_that_dies_costs_time_and_no_results(tmp_path: Path) -> None:
    batches = ["a", str(tmp_path / "mark"), *"bcdefgh"]
    started = time.monotonic()

    results = list(ENGINES["dask"](die_once, batches, jobs=2))
    assert results == ["a", "done by another", *"bcdefgh"]
    assert time.monotonic() - started < 60


def test_a_batch_that_ends_every_worker_is_told() -> None:
    often = dask.config.set({"distributed.scheduler.allowed-failures": 0})

    with often, pytest.raises(KgError, match="has ended several workers"):
        list(ENGINES["dask"](die, BATCHES, jobs=1))
