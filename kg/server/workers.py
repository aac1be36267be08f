"""Processes that read the store and may be ended at any moment: no query outlives its time or its memory.

pyoxigraph has no time limit of its own, and a thread cannot be stopped: a process can.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import pickle
import resource
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.server.tasks import TASKS, Answer, Desk, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection

# Not fork: a process that serves has threads and open connections.
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use; beyond it, it is ended and the others go on."""

    seconds: float = 20.0
    memory: int = 1_000_000_000
    answer: int = 64_000_000
    waiting: float = 10.0


class Pool:
    """So many processes over the store of a folder; each does one task at a time."""

    def __init__(self, folder: Path, limits: Limits, n_workers: int) -> None:
        """Start none yet."""
        self.folder, self.limits = folder, limits
        self.n_ended = 0
        self._n_workers = n_workers
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._all: set[_Worker] = set()
        self._store = folder / "store" / "current"
        self.generation = 0.0

    def start(self) -> None:
        """Start the processes."""
        self.generation = self._stamp()
        for _ in range(self._n_workers):
            self._hire()

    def stop(self) -> None:
        """End the processes."""
        for worker in list(self._all):
            self._dismiss(worker)

    async def do(self, task: str, values: Mapping[str, Any]) -> Answer:
        """Have a task done; a Refusal says why it was not."""
        self.refresh()
        try:
            worker = await asyncio.wait_for(self._next(), self.limits.waiting)
        except TimeoutError:
            raise Refusal(503, "all are busy: ask again in a moment") from None
        try:
            answer = await worker.do(task, values, self.limits.seconds)
        except TimeoutError:
            self._replace(worker)
            what = f"stopped after {self.limits.seconds:g} seconds: ask for less, or add LIMIT"
            raise Refusal(503, what) from None
        except (EOFError, OSError):
            failed = worker.has_failed()
            self._replace(worker)
            if failed:
                raise Refusal(500, "this went wrong here: the log of the server says how") from None
            raise _too_much(self.limits.memory) from None
        except BaseException:
            # The reader has gone: what they asked for is not worth going on.
            self._replace(worker)
            raise
        self._idle.put_nowait(worker)
        if isinstance(answer, Refusal):
            raise answer
        return answer

    async def _next(self) -> _Worker:
        while True:
            worker = await self._idle.get()
            if worker in self._all and worker.is_alive():
                return worker
            if worker in self._all:
                self._replace(worker)

    def _stamp(self) -> float:
        try:
            return self._store.stat().st_mtime_ns
        except OSError:
            # Someone removed the graph: what is open goes on.
            return self.generation

    def refresh(self) -> None:
        """Have new ones take over if the graph was built anew; those at work finish."""
        if self._stamp() == self.generation:
            return
        self.generation = self._stamp()
        old, self._all = self._all, set()
        while not self._idle.empty():
            self._idle.get_nowait()
        for worker in old:
            worker.retire()
        for _ in range(self._n_workers):
            self._hire()

    def _hire(self) -> None:
        worker = _Worker(self.folder, self.limits)
        self._all.add(worker)
        self._idle.put_nowait(worker)

    def _replace(self, worker: _Worker) -> None:
        self.n_ended += 1
        known = worker in self._all
        self._dismiss(worker)
        if known:
            self._hire()

    def _dismiss(self, worker: _Worker) -> None:
        self._all.discard(worker)
        worker.end()


class _Worker:
    """One process and the line to it."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._line, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(
            target=_work, args=(theirs, str(folder), limits), daemon=True, name="kg-reader"
        )
        self._process.start()
        theirs.close()
        self._busy = self._retired = False

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def has_failed(self) -> bool:
        """Tell a fault of ours from an engine that was ended for its memory."""
        self._process.join(1)
        return self._process.exitcode == 1

    async def do(self, task: str, values: Mapping[str, Any], seconds: float) -> Answer | Refusal:
        self._busy = True
        try:
            self._line.send_bytes(pickle.dumps((task, dict(values))))
            await asyncio.wait_for(_readable(self._line), seconds)
            answer = pickle.loads(self._line.recv_bytes())  # noqa: S301 - our own process wrote it
        finally:
            self._busy = False
            if self._retired:
                self.end()
        assert isinstance(answer, Answer | Refusal)
        return answer

    def retire(self) -> None:
        """End now, or after the task in hand."""
        self._retired = True
        if not self._busy:
            self.end()

    def end(self) -> None:
        self._process.kill()
        self._line.close()


async def _readable(line: Connection) -> None:
    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    descriptor = line.fileno()
    loop.add_reader(descriptor, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(descriptor)


def _work(line: Connection, folder: str, limits: Limits) -> None:
    """Do tasks until the line ends; this is all that a worker's process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    desk = Desk(Path(folder), limits.answer)
    _limit_memory(limits.memory)
    with contextlib.suppress(EOFError, OSError):
        while True:
            task, values = pickle.loads(line.recv_bytes())  # noqa: S301 - our own process wrote it
            line.send_bytes(pickle.dumps(_do(desk, task, values, limits)))


def _do(desk: Desk, task: str, values: dict[str, Any], limits: Limits) -> Answer | Refusal:
    started = time.perf_counter()
    try:
        answer = TASKS[task](desk, **values)
    except Refusal as refusal:
        return refusal
    except KgError as error:
        return Refusal(400, str(error))
    except MemoryError:
        return _too_much(limits.memory)
    answer.seconds = time.perf_counter() - started
    return answer


def _too_much(memory: int) -> Refusal:
    return Refusal(503, f"stopped: it needed more than {memory // 1_000_000} MB")


def _limit_memory(more: int) -> None:
    """Let this process take so many bytes more than it has; an engine that asks for more is ended."""
    if sys.platform != "linux":
        return
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    [used] = (int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData:"))
    resource.setrlimit(resource.RLIMIT_DATA, (used + more, used + more))
    # A core of a gigabyte is nobody's wish.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
