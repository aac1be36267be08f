"""Storage that machines share: s3://bucket/folder and the like, by fsspec, which knows who may read and write there.

What stands on this machine is a `Path`; here are as many of its verbs as kg needs.
"""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from kg.errors import StorageError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

_ADDRESS = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def is_shared(where: object) -> bool:
    """Tell an address in shared storage from a path of this machine; what is on the web is neither."""
    return bool(_ADDRESS.match(str(where)))


def place(where: str | os.PathLike[str] | Shared) -> Path | Shared:
    """Give the place that a user names."""
    if isinstance(where, Shared):
        return where
    return Shared(str(where)) if is_shared(where) else Path(where)


class Shared:
    """A file or folder in shared storage."""

    def __init__(self, address: str, size: int | None = None) -> None:
        """Point at it; its size may be known from a list."""
        self._address = address.rstrip("/")
        self._size = size
        self.name = self._address.rpartition("/")[2]
        self.stem, self.suffix = PurePosixPath(self.name).stem, PurePosixPath(self.name).suffix

    def __str__(self) -> str:
        """Write its address."""
        return self._address

    def __truediv__(self, name: str) -> Shared:
        """Point at something in this folder."""
        return Shared(f"{self}/{name}")

    def exists(self) -> bool:
        """Tell whether it is there."""
        with _telling(self):
            return bool(self._system.exists(self._path))

    def is_dir(self) -> bool:
        """Tell whether it is a folder with something in it."""
        with _telling(self):
            return bool(self._system.isdir(self._path))

    def files(self) -> list[Shared]:
        """List all files below this folder, sorted."""
        with _telling(self):
            found = self._system.find(self._path, detail=True)
        start = len(self._path)
        return [Shared(f"{self}{path[start:]}", found[path]["size"]) for path in sorted(found)]

    def size(self) -> int:
        """Count its bytes."""
        if self._size is None:
            with _telling(self):
                self._size = int(self._system.size(self._path))
        return self._size

    @contextmanager
    def open(self, mode: str = "rb") -> Iterator[IO[bytes]]:
        """Open it to read or write bytes; what is written is there when all of it is."""
        with _telling(self), self._system.open(self._path, mode) as file:
            # Most storage finds the ends of lines slowly.
            yield io.BufferedReader(file) if mode == "rb" else file

    def read_bytes(self) -> bytes:
        """Read all of it."""
        with _telling(self):
            return bytes(self._system.cat_file(self._path))

    def write_bytes(self, data: bytes) -> None:
        """Write all of it, in one step."""
        with _telling(self):
            self._system.pipe_file(self._path, data)

    def put(self, file: Path) -> None:
        """Write what is in a file of this machine."""
        with _telling(self):
            self._system.put_file(str(file), self._path)

    def unlink(self, *, missing_ok: bool = False) -> None:
        """Remove it."""
        if not missing_ok or self.exists():
            with _telling(self):
                self._system.rm_file(self._path)

    @property
    def _system(self) -> Any:  # noqa: ANN401 - fsspec has no types
        return self._found[0]

    @property
    def _path(self) -> str:
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[Any, str]:
        try:
            from fsspec.core import url_to_fs  # noqa: PLC0415 - an optional dependency

            # Others write there too: what was listed before may have changed.
            system, path = url_to_fs(self._address, use_listings_cache=False)
        except (ImportError, ValueError) as error:
            what = f"this storage is not known here: {error}"
            mend = "install what is named, or for s3://: pip install 'dipkg[cluster]'"
            raise StorageError(self, what, mend) from None
        return system, str(path)


@contextmanager
def _telling(where: Shared) -> Iterator[None]:
    """Tell in one line what is wrong with a storage; what is wrong with a file is an OSError."""
    try:
        yield
    except Exception as error:
        # Each kind of storage has errors of its own; those of Python and of kg are of something else.
        if type(error).__module__ in {"builtins", "kg.errors"}:
            raise
        what = f"{type(error).__name__}: {error}".partition("\n")[0]
        raise StorageError(where, what, "check the address, and whom the storage knows") from None
