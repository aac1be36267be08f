"""What is made of the package's own data is made once, and kept in the user's cache for runs to come.

A file is named by a hash of what it was made from: it fits or is not found. Any of them may be removed at any time.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import struct
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_KIND = b"dipkg words 1\n"
_PAGES = 1 << 12
_INDEX = struct.Struct(f"<{len(_KIND)}s{_PAGES + 1}I")
# Files of one name that stay, for several versions of kg that are in use.
_VERSIONS = 4


class Words:
    """Words and what is said of each; a page is read when the first word on it is looked up."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        """Open what `pack` gave; raises ValueError for anything else."""
        try:
            kind, *self._ends = _INDEX.unpack_from(data)
        except struct.error as error:
            raise ValueError(data) from error
        if kind != _KIND or self._ends[-1] != len(data):
            raise ValueError(data)
        self._data = data
        self._pages: dict[int, dict[str, str]] = {}

    def get(self, word: str) -> str | None:
        """Look a word up."""
        number = _number(word)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._page(number)
        return page.get(word)

    def __contains__(self, word: str) -> bool:
        """Tell whether a word is there."""
        return self.get(word) is not None

    def __iter__(self) -> Iterator[str]:
        """List all words."""
        return (word for number in range(_PAGES) for word in self._page(number))

    def _page(self, number: int) -> dict[str, str]:
        text = self._data[self._ends[number] : self._ends[number + 1]].decode()
        rows = (line.partition("\t") for line in text.split("\n")[:-1])
        return {word: said for word, _, said in rows}


def pack(words: Mapping[str, str]) -> bytes:
    r"""Write words page by page; neither a word nor what is said of it has a line's end, or a tab before that.

    >>> words = Words(pack({"ambassade": "f", "pays": ""}))
    >>> words.get("ambassade"), "pays" in words, "état" in words
    ('f', True, False)
    """
    pages: list[list[str]] = [[] for _ in range(_PAGES)]
    for word, said in words.items():
        pages[_number(word)].append(f"{word}\t{said}\n")
    written = ["".join(lines).encode() for lines in pages]
    ends = [_INDEX.size]
    for page in written:
        ends.append(ends[-1] + len(page))
    return b"".join((_INDEX.pack(_KIND, *ends), *written))


def kept(name: str, sources: Iterable[Path], make: Callable[[], Mapping[str, str]]) -> Words:
    """Give the words that are made from some files and their makers: from the cache, where it has them."""
    file = f"{name}-{_fingerprint(tuple(sources))}"
    with suppress(OSError, ValueError, RuntimeError), (_folder() / file).open("rb") as found:
        return Words(mmap.mmap(found.fileno(), 0, access=mmap.ACCESS_READ))
    packed = pack(make())
    # Where there is no home, or none that can be written, all is made again in each run.
    with suppress(OSError, RuntimeError):
        _write(_folder() / file, packed)
    return Words(packed)


def _folder() -> Path:
    """Tell where this system keeps what can be made again."""
    known = os.environ.get("XDG_CACHE_HOME")
    usual = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return Path(known or Path.home() / usual) / "dipkg"


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    name = path.name.rpartition("-")[0]
    for old in sorted(path.parent.glob(f"{name}-*"), key=_age)[_VERSIONS:]:
        old.unlink(missing_ok=True)


def _age(path: Path) -> float:
    return -path.stat().st_mtime


def _number(word: str) -> int:
    return crc32(word.encode()) % _PAGES


@cache
def _fingerprint(sources: tuple[Path, ...]) -> str:
    """Hash files, and what else their words depend on: this Python's Unicode."""
    total = hashlib.blake2b(sys.version.encode(), digest_size=12)
    for path in sources:
        total.update(f"\0{path.name}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()
