"""Files of which only the blocks that changed are written anew; the rest is copied as it stands."""

from __future__ import annotations

from operator import add
from typing import TYPE_CHECKING, TypeAlias

from kg.store.dumping import head

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from kg.store.dumping import Files

    # How many bytes some blocks take in each file.
    Lengths: TypeAlias = tuple[int, ...]

_TABLE = """
create table if not exists blocks
  (key text primary key, first integer not null, second integer not null) without rowid;
"""
_NONE = (0, 0)


class Layout:
    """The lengths of all blocks of two files in a database; blocks stand in files sorted by their keys."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Open the table, or make it."""
        self._database = database
        database.executescript(_TABLE)

    def replace(self, blocks: Mapping[str, Lengths]) -> None:
        """Put blocks in the place of all."""
        self._database.execute("delete from blocks")
        self.put(blocks.items())

    def put(self, blocks: Iterable[tuple[str, Lengths]]) -> None:
        """Put some blocks in the place of those of their keys; one without a length is gone."""
        rows = [(key, *lengths) for key, lengths in blocks]
        self._database.executemany("insert or replace into blocks values (?, ?, ?)", rows)
        gone = [(key,) for key, *lengths in rows if not any(lengths)]
        self._database.executemany("delete from blocks where key = ?", gone)

    def of(self, key: str) -> Lengths:
        """Give the lengths of a block."""
        rows = self._database.execute("select first, second from blocks where key = ?", (key,))
        return rows.fetchone() or _NONE

    def between(self, key: str, other: str | None = None) -> Lengths:
        """Give the lengths of all blocks behind one key and before another, or to the end."""
        asked = "select total(first), total(second) from blocks where key > ? and (? is null or key < ?)"
        return tuple(map(int, self._database.execute(asked, (key, other, other)).fetchone()))

    def total(self, names: Sequence[str]) -> list[int]:
        """Tell how long files of these names are."""
        return [head(name) + length for name, length in zip(names, self.between(""), strict=True)]


def splice(files: Files, layout: Layout, changed: Mapping[str, Sequence[bytes]]) -> None:
    """Write some blocks, as each file has them, in the place of those of their keys; none where a block is empty."""
    start, last = files.heads, ""
    written: dict[str, Lengths] = {}
    for key in sorted(changed):
        lengths = layout.between(last, key)
        files.copy(start, lengths)
        start, last = _past(start, lengths, layout.of(key)), key
        written[key] = files.put(*changed[key]) if any(changed[key]) else _NONE
    files.copy(start, layout.between(last))
    layout.put(written.items())


def _past(start: Lengths, *lengths: Lengths) -> Lengths:
    """Give the places behind some blocks."""
    for each in lengths:
        start = tuple(map(add, start, each))
    return start
