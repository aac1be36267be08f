"""The folder of a store: `store/current` names the generation in force; the others are coming or going.

Locks are the system's own (flock), so that they end with the process that holds them, however it ends.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import weakref
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

VERSION = "dipkg store 1"


class Generations:
    """The generations of a store, each a folder of its own; one is read or one is being made."""

    def __init__(self, folder: Path) -> None:
        """Point at the store of a graph's folder."""
        self.folder = folder
        self.writing = False
        self.name = ""
        self._root = folder / "store"
        self._next: Path | None = None
        self._locks: list[int] = []
        # Who forgets to close a store keeps no lock.
        weakref.finalize(self, _unlock, self._locks)

    def read(self) -> Path:
        """Give the generation in force, which stays on disk until `end`."""
        while True:
            generation = self._current()
            if generation is None:
                raise StoreError(self.folder, "no graph here", f"kg build SOURCE -o {self.folder}")
            with contextlib.suppress(FileNotFoundError):
                self._lock(generation.with_suffix(".lock"), fcntl.LOCK_SH, create=False)
                # A writer may have turned to the next between the two lines above.
                if generation == self._current():
                    self.name = generation.name
                    return generation
            _unlock(self._locks)

    def begin(self, *, fresh: bool) -> str:
        """Give the folder of the next generation: empty, or a copy of the present one."""
        if fresh:
            self._root.mkdir(parents=True, exist_ok=True)
        present = self._current()
        if present is None and not fresh:
            raise StoreError(self.folder, "no graph here", f"kg build SOURCE -o {self.folder}")
        if not self._lock(self._root / "writer.lock", fcntl.LOCK_EX):
            _unlock(self._locks)
            raise StoreError(
                self.folder, "another process writes to this graph", "wait until it is done"
            )
        present = self._current()
        self._sweep(present)
        number = int(present.name) + 1 if present else 1
        self._next = self._root / f"{number:06}"
        self.writing = True
        if present and not fresh:
            # RocksDB links its files, it copies none: 2 ms at any size.
            ox.Store.read_only(str(present)).backup(str(self._next))
        return str(self._next)

    def end(self, *, keep: bool) -> None:
        """Turn to the generation that was made, or forget it; let go of every lock."""
        if self.writing and self._next is not None:
            if keep:
                _sync(self._next)
                self._next.with_suffix(".lock").touch()
                self._turn_to(self._next)
            self._sweep(self._current())
        self.writing, self._next = False, None
        _unlock(self._locks)

    def _current(self) -> Path | None:
        try:
            version, name = (self._root / "current").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return None
        except ValueError:
            version, name = "damaged", ""
        if version != VERSION:
            raise StoreError(
                self._root,
                f"this is {version!r}, here {VERSION!r} is spoken",
                f"build it again: kg build SOURCE -o {self.folder}",
            )
        return self._root / name

    def _turn_to(self, generation: Path) -> None:
        draft = self._root / "current.new"
        draft.write_text(f"{VERSION}\n{generation.name}\n", encoding="utf-8")
        _sync_file(draft)
        draft.replace(self._root / "current")
        _sync_file(self._root)

    def _sweep(self, present: Path | None) -> None:
        """Remove the generations that nobody reads: a killed writer's, and those gone by."""
        for old in self._root.iterdir():
            if not old.is_dir() or old == present:
                continue
            mark = old.with_suffix(".lock")
            with contextlib.suppress(FileNotFoundError), mark.open(encoding="utf-8") as lock:
                if not _try(lock.fileno(), fcntl.LOCK_EX):
                    continue
                mark.unlink()
            shutil.rmtree(old)

    def _lock(self, path: Path, kind: int, *, create: bool = True) -> bool:
        lock = os.open(path, os.O_RDWR | os.O_CREAT if create else os.O_RDONLY, 0o644)
        self._locks.append(lock)
        return _try(lock, kind)


def _unlock(locks: list[int]) -> None:
    while locks:
        os.close(locks.pop())


def _try(lock: int, kind: int) -> bool:
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sync(folder: Path) -> None:
    for path in folder.iterdir():
        _sync_file(path)
    _sync_file(folder)


def _sync_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
