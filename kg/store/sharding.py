"""A graph in many files: shards of N-Quads, on this machine or in shared storage, for other programs to load.

The same graph in the same number of shards has the same bytes. Their card is written last: shards
without one are not whole.
"""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from kg.errors import ExportError, StoreError
from kg.storage import place
from kg.store.dumping import everything

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence
    from typing import IO

    from kg.storage import Shared

_CARD = "shards.json"
_GROUP = 20_000
# Files of a tenth of their size, in a third of the time that the smallest take.
_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards of a folder, all of them; `mark` names what they hold."""

    folder: Path | Shared
    n_shards: int
    n_quads: int
    mark: str

    def __iter__(self) -> Iterator[ox.Quad]:
        """Go through all quads: the knowledge, then article by article."""
        for number in range(self.n_shards):
            with _shard(self.folder, number).open("rb") as file, gzip.open(file) as lines:
                yield from ox.parse(cast("IO[bytes]", lines), ox.RdfFormat.N_QUADS)

    @classmethod
    def find(cls, where: str | os.PathLike[str]) -> Shards | None:
        """Find the shards in a folder; None if there are none, or not all of them."""
        folder = place(where)
        card = folder / _CARD
        if not card.exists():
            return None
        try:
            return cls(folder, **json.loads(card.read_bytes()))
        except (ValueError, TypeError):
            mend = "write the shards again: kg export"
            raise StoreError(card, "this does not tell of shards", mend) from None


def write(store: ox.Store, where: str | os.PathLike[str], n_shards: int) -> Shards:
    """Write all quads of a store into so many shards of like size, in the place of others that are there."""
    folder = place(where)
    _clear(folder)
    n_quads, total = len(store), hashlib.blake2b(digest_size=16)
    quads = everything(store)
    for number in range(n_shards):
        n_here = n_quads * (number + 1) // n_shards - n_quads * number // n_shards
        with (
            _shard(folder, number).open("wb") as file,
            # No name and no time: equal quads give equal bytes.
            gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as lines,
        ):
            for text in _texts(itertools.islice(quads, n_here)):
                lines.write(text)
                total.update(text)
    written = Shards(folder, n_shards, n_quads, total.hexdigest())
    card = {"n_shards": n_shards, "n_quads": n_quads, "mark": written.mark}
    (folder / _CARD).write_bytes(json.dumps(card).encode())
    return written


def _clear(folder: Path | Shared) -> None:
    """Take former shards away; a folder that holds anything else is left as it is."""
    if isinstance(folder, Path):
        folder.mkdir(parents=True, exist_ok=True)
    files: Sequence[Path | Shared] = (
        list(folder.iterdir()) if isinstance(folder, Path) else folder.files()
    )
    others = [file.name for file in files if not _is_ours(file.name)]
    if others:
        what = f"this folder holds something else: {min(others)}"
        raise ExportError(folder, what, "name an empty or a new one")
    for file in sorted(files, key=lambda file: file.name != _CARD):
        file.unlink()


def _is_ours(name: str) -> bool:
    return name in {_CARD, "loading.json"} or (name.startswith("part-") and name.endswith(".nq.gz"))


def _shard(folder: Path | Shared, number: int) -> Path | Shared:
    return folder / f"part-{number:04}.nq.gz"


def _texts(quads: Iterable[ox.Quad]) -> Iterator[bytes]:
    rest = iter(quads)
    while group := list(itertools.islice(rest, _GROUP)):
        text = ox.serialize(group, format=ox.RdfFormat.N_QUADS)
        assert text is not None
        yield text
