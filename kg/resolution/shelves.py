"""Tables on disk of which only what is asked for is loaded, so that a small change of much is quick.

Rows are pickled, but nothing is called when they are loaded except the plain types of kg.
"""

from __future__ import annotations

import datetime
import io
import json
import pickle
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, MutableMapping
from dataclasses import fields, is_dataclass
from enum import Enum
from operator import itemgetter, methodcaller
from sys import modules
from typing import TYPE_CHECKING, Any, TypeVar

from kg.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Table = Callable[[str], MutableMapping[Any, Any]]
Key = TypeVar("Key")
Value = TypeVar("Value")
_PLAIN = {datetime.date, datetime.timedelta, Counter, defaultdict, set, dict, frozenset}
_GONE, _UNKNOWN = object(), object()
_first = itemgetter(0)


class Cabinet:
    """A file of tables."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it."""
        database = None
        try:
            database = sqlite3.connect(path)
            database.execute("pragma journal_mode = wal")
        except sqlite3.Error as error:
            if database:
                database.close()
            mend = "build the graph again in an empty folder"
            raise StoreError(path, f"what was resolved cannot be opened: {error}", mend) from None
        self._database = database
        self._shelves: list[Shelf[Any, Any]] = []

    def shelf(self, name: str) -> Shelf[Any, Any]:
        """Give a table of that name."""
        self._shelves.append(Shelf(self._database, name))
        return self._shelves[-1]

    def save(self) -> None:
        """Write all that was changed, or nothing."""
        with self._database:
            for shelf in self._shelves:
                shelf.save()

    def close(self) -> None:
        """Close the file; what was not saved is lost."""
        self._database.close()


class Shelf(MutableMapping[Key, Value]):
    """A table of a cabinet; a row that is changed in place must be put back."""

    def __init__(self, database: sqlite3.Connection, name: str) -> None:
        """Open the table, or make it."""
        self._database, self._name = database, name
        database.execute(
            f'create table if not exists "{name}" (key text primary key, value blob) without rowid'
        )
        found = database.execute(f'select 1 from "{name}" limit 1')  # noqa: S608  a name of ours
        self._is_new = found.fetchone() is None
        self._rows: dict[Key, Any] = {}
        self._changed: set[Key] = set()

    def __getitem__(self, key: Key) -> Value:
        """Load a row, once."""
        row: Any = self._rows.get(key, _UNKNOWN)
        if row is _UNKNOWN:
            row = self._rows[key] = _GONE if self._is_new else self._stored(key)
        if row is _GONE:
            raise KeyError(key)
        found: Value = row
        return found

    def _stored(self, key: Key) -> Any:  # noqa: ANN401  whatever was written
        query = f'select value from "{self._name}" where key = ?'  # noqa: S608  a name of ours
        found = self._database.execute(query, (_write(key),)).fetchone()
        return _load(found[0]) if found else _GONE

    def __setitem__(self, key: Key, row: Value) -> None:
        """Put a row, on disk when it is saved."""
        self._rows[key] = row
        self._changed.add(key)

    def __delitem__(self, key: Key) -> None:
        """Take a row out."""
        self[key]
        self._rows[key] = _GONE
        self._changed.add(key)

    def __iter__(self) -> Iterator[Key]:
        """List the keys of all rows."""
        stored = self._database.execute(f'select key from "{self._name}"')  # noqa: S608  a name of ours
        keys = {_read(key) for (key,) in stored} | self._rows.keys()
        return (key for key in keys if self._rows.get(key) is not _GONE)

    def __len__(self) -> int:
        """Count the rows."""
        return sum(1 for _ in self)

    def save(self) -> None:
        """Write what was changed."""
        changed = {_write(key): self._rows[key] for key in self._changed}
        gone = [(key,) for key, row in changed.items() if row is _GONE]
        # In the order of the file they are written faster.
        rows = (
            (key, _dump(row))
            for key, row in sorted(changed.items(), key=_first)
            if row is not _GONE
        )
        self._database.executemany(f'delete from "{self._name}" where key = ?', gone)  # noqa: S608
        self._database.executemany(f'insert or replace into "{self._name}" values (?, ?)', rows)  # noqa: S608
        self._changed.clear()
        self._is_new = False


def _dump(row: object) -> bytes | str:
    if isinstance(row, str):
        return row
    written = io.BytesIO()
    _Pickler(written, pickle.HIGHEST_PROTOCOL).dump(row)
    return written.getvalue()


def _load(row: bytes | str) -> Any:  # noqa: ANN401  whatever was written
    return row if isinstance(row, str) else _Unpickler(io.BytesIO(row)).load()


class _Reducers(dict[type, Callable[[Any], Any]]):
    """How each type is written: by what makes it again."""

    def __missing__(self, type_: type) -> Callable[[Any], Any]:
        """Write an enumeration's member by its value, for some versions of Python write a call of getattr."""
        if issubclass(type_, type):  # a class is written by its name
            raise KeyError(type_)
        if issubclass(type_, Enum):
            self[type_] = lambda member: (type_, (member.value,))
        elif is_dataclass(type_) and "__reduce__" not in vars(type_):
            names = [field.name for field in fields(type_)]
            self[type_] = lambda row: (type_, tuple([getattr(row, name) for name in names]))
        else:
            self[type_] = methodcaller("__reduce_ex__", pickle.HIGHEST_PROTOCOL)
        return self[type_]


class _Pickler(pickle.Pickler):
    dispatch_table = _Reducers()


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Callable[..., Any]:
        """Find a plain type: a file may come from anywhere, and must not run what it likes."""
        found: Any = getattr(modules.get(module), name, None)
        is_ours = module == "kg.model" or module.startswith("kg.resolution.")
        is_plain = isinstance(found, type) and (
            is_dataclass(found) or issubclass(found, Enum | tuple)
        )
        if isinstance(found, type) and (found in _PLAIN or (is_ours and is_plain)):
            return found
        what, mend = f"{name} is no plain type", "build the graph again in an empty folder"
        raise StoreError(module, what, mend)


def _write(key: object) -> str:
    return json.dumps(key, ensure_ascii=False)


def _read(key: str) -> Any:  # noqa: ANN401  what was written
    found = json.loads(key)
    return tuple(found) if isinstance(found, list) else found
