"""The folder of a graph: one writer at a time, and by which version of kg it was made."""

from __future__ import annotations

import fcntl
import hashlib
import os
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.readings import Readings
from kg.resolution import Decisions, decisions
from kg.resources import ONTOLOGY, PACKAGE
from kg.storage import is_shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DECISIONS = "decisions.csv"
_READINGS = "readings"
# What a reading depends on: where any of these changes, all articles are read again.
_READER = ("articles", "dates", "extractors", "gazetteers", "languages", "model.py", "text.py")
# And what else any worker does.
_WORKER = (*_READER, "readings.py", "resolution")
# What Python and Node make of the files beside them.
_MADE = frozenset({"__pycache__", "node_modules"})


def here(folder: str | Path) -> Path:
    """Give the folder in which a graph is worked on; shared storage has none that databases can stand in."""
    if is_shared(folder):
        mend = f"name a folder here; then: kg export FOLDER {folder} --shards N"
        raise StoreError(folder, "a graph is made on a disk of this machine", mend)
    return Path(folder)


@contextmanager
def at_work(folder: Path, *, new: bool = False) -> Iterator[Readings]:
    """Open the readings of a graph's folder for one writer alone; a new folder is made."""
    path = _made(folder) if new else _known(folder)
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with Readings(path) as readings:
            yield readings
    except BlockingIOError:
        raise StoreError(
            folder, "another kg writes to this graph", "wait until it is done"
        ) from None
    finally:
        os.close(lock)


@contextmanager
def at_rest(folder: Path) -> Iterator[Readings]:
    """Open the readings of a graph's folder to look at them."""
    with Readings(_known(folder)) as readings:
        yield readings


def said(folder: Path) -> Decisions:
    """Read what the user has decided about this graph."""
    table = folder / DECISIONS
    return decisions.read(table) if table.exists() else decisions.NONE


def digest(*words: str) -> str:
    """Hash some words."""
    return hashlib.blake2b("\0".join(words).encode(), digest_size=16).hexdigest()


@cache
def reader() -> str:
    """Tell by a hash which version of kg reads articles here."""
    return _hash(PACKAGE / name for name in _READER)


@cache
def worker() -> str:
    """Tell by a hash which version of kg does the work that is shared out."""
    return _hash(PACKAGE / name for name in _WORKER)


@cache
def versions() -> str:
    """Tell by a hash which version of kg makes graphs here."""
    return _hash((PACKAGE, ONTOLOGY))


def _known(folder: Path) -> Path:
    path = folder / _READINGS
    if not path.exists():
        raise StoreError(folder, "no graph is here", f"make it: kg build ARTICLES -o {folder}")
    return path


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = {path.name for path in folder.iterdir()} - {DECISIONS}
    except OSError as error:
        mend = "name a folder that can be written"
        raise StoreError(folder, f"no folder can be made here: {error.strerror}", mend) from None
    if names and _READINGS not in names:
        raise StoreError(folder, "this folder holds something else", "name an empty or a new one")
    return folder / _READINGS


def _hash(paths: Iterable[Path]) -> str:
    """Hash all files below that were not made of others."""
    total = hashlib.blake2b(digest_size=16)
    files = (file for path in paths for file in (path.rglob("*") if path.is_dir() else (path,)))
    for file in sorted(files):
        if _MADE.isdisjoint(file.parts) and file.is_file():
            total.update(f"{file.name}\0".encode())
            total.update(file.read_bytes())
    return total.hexdigest()
