"""What each article said, kept on disk so that only changed articles are read again.

A reading is kept as JSON, each record a row of its fields in the model's order. The text of a
mention is not kept: it is the article's own.
"""

from __future__ import annotations

import datetime
import json
import sqlite3
import types
from collections.abc import MutableMapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, Self, get_args, get_origin, get_type_hints

from kg.errors import StoreError
from kg.model import Article, Mention, MentionKind, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

_TABLES = """
create table if not exists readings (key text primary key, id text not null, line text not null) without rowid;
create table if not exists facts (name text primary key, value text not null) without rowid;
create index if not exists readings_by_id on readings (id, key);
create table if not exists published (id text primary key, key text not null, line text not null) without rowid;
create index if not exists published_by_id on published (id, key);
create view if not exists unpublished as
  select id, key from readings except select id, key from published;
"""
_BATCH = 500


class Readings:
    """The readings of a graph's folder, in the order of their articles' ids.

    A key stands for the bytes that were read. Their database has a place for what is kept of the whole.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, or make it."""
        database = None
        try:
            database = sqlite3.connect(path)
            database.executescript(_TABLES)
        except sqlite3.Error as error:
            if database:
                database.close()
            mend = "build the graph again in an empty folder"
            raise StoreError(path, f"the readings cannot be opened: {error}", mend) from None
        self.database = database
        self._unsaved = 0

    def __iter__(self) -> Iterator[Reading]:
        """Read them from the disk one by one, as often as asked."""
        for (line,) in self.database.execute("select line from readings order by id"):
            yield decode(line)

    def __len__(self) -> int:
        """Count the readings."""
        return int(self.database.execute("select count(*) from readings").fetchone()[0])

    def __contains__(self, key: str) -> bool:
        """Tell whether these bytes were read."""
        rows = self.database.execute("select 1 from readings where key = ?", (key,))
        return rows.fetchone() is not None

    def keys(self) -> set[str]:
        """List the keys of all readings."""
        return {key for (key,) in self.database.execute("select key from readings")}

    def article(self, key: str) -> Article:
        """Give an article as it was read."""
        rows = self.database.execute("select line from readings where key = ?", (key,))
        return decode(rows.fetchone()[0]).article

    def add(self, key: str, name: str, line: str) -> None:
        """Keep the reading of one article; it is safe on disk soon, not at once."""
        row = (key, name, line)
        self.database.execute("insert or replace into readings values (?, ?, ?)", row)
        self._unsaved += 1
        if self._unsaved >= _BATCH:
            self.save()

    def same_ids(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Find the ids that several readings share, each with the keys of these."""
        rows = self.database.execute("select id, key from readings order by id, key").fetchall()
        for name, group in groupby(rows, key=lambda row: row[0]):
            keys = tuple(key for _, key in group)
            if len(keys) > 1:
                yield name, keys

    def find(self, name: str) -> str:
        """Find the key of the article with this id."""
        row = self.database.execute("select key from readings where id = ?", (name,)).fetchone()
        if row is None:
            mend = "see: kg query GRAPH articles"
            raise StoreError(name, "no article of this id is in the graph", mend)
        return str(row[0])

    def keep_only(self, keys: Collection[str]) -> None:
        """Forget all other readings."""
        gone = [(key,) for key in self.keys().difference(keys)]
        self.database.executemany("delete from readings where key = ?", gone)
        self.save()

    def changes(self) -> tuple[list[str], list[str]]:
        """Give the ids of the articles that are read otherwise than they were published, and of those gone."""
        others = self.database.execute(
            "select u.id, p.line = r.line from unpublished u join readings r using (key)"
            " left join published p on p.id = u.id order by u.id"
        ).fetchall()
        gone = self.database.execute(
            "select id from published where id not in (select id from readings) order by id"
        ).fetchall()
        return [id_ for id_, is_same in others if not is_same], [id_ for (id_,) in gone]

    def of(self, id_: str) -> Reading:
        """Give the reading of an article."""
        row = self.database.execute("select line from readings where id = ?", (id_,)).fetchone()
        return decode(row[0])

    def published(self) -> Published:
        """Give what was published, by the articles' ids."""
        return Published(self.database)

    def publish(self) -> None:
        """Keep what is read now as what is published."""
        self.database.execute("delete from published where id not in (select id from readings)")
        self.database.execute(
            "insert or replace into published select id, key, line from readings"
            " where key in (select key from unpublished)"
        )
        self.save()

    def fact(self, name: str) -> str | None:
        """Look up what was noted of the whole."""
        row = self.database.execute("select value from facts where name = ?", (name,)).fetchone()
        return row[0] if row else None

    def note(self, name: str, value: str) -> None:
        """Note a fact of the whole."""
        self.database.execute("insert or replace into facts values (?, ?)", (name, value))
        self.save()

    def save(self) -> None:
        """Make sure that all is on the disk."""
        self.database.commit()
        self._unsaved = 0

    def __enter__(self) -> Self:
        """Close at the end of a with statement."""
        return self

    def __exit__(self, *_: object) -> None:
        """Save and close."""
        self.save()
        self.database.close()


class Published(MutableMapping[str, Reading]):
    """The readings that were published last, by the articles' ids; changes stay in memory."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Look at them in an open file."""
        self._database = database
        self._changed: dict[str, Reading | None] = {}

    def __getitem__(self, id_: str) -> Reading:
        """Give the reading of an article."""
        if id_ not in self._changed:
            rows = self._database.execute("select line from published where id = ?", (id_,))
            row = rows.fetchone()
            self._changed[id_] = decode(row[0]) if row else None
        reading = self._changed[id_]
        if reading is None:
            raise KeyError(id_)
        return reading

    def __setitem__(self, id_: str, reading: Reading) -> None:
        """Put a reading in the place of the one that was published."""
        self._changed[id_] = reading

    def __delitem__(self, id_: str) -> None:
        """Take a reading out."""
        self._changed[id_] = None

    def __iter__(self) -> Iterator[str]:
        """List the ids."""
        stored = {id_ for (id_,) in self._database.execute("select id from published")}
        return (id_ for id_ in stored | self._changed.keys() if id_ in self)

    def __len__(self) -> int:
        """Count them."""
        return sum(1 for _ in self)


def encode(reading: Reading) -> str:
    """Write a reading as one line of JSON."""
    return json.dumps(_row(reading), ensure_ascii=False, separators=(",", ":"))


def decode(line: str) -> Reading:
    """Read what `encode` wrote."""
    row = json.loads(line)
    text = row[_ARTICLE][_TEXT]
    reading = _decoder(Reading)(row, text)
    assert isinstance(reading, Reading)
    return reading


def _position(record: type, name: str) -> int:
    return [field.name for field in fields(record)].index(name)


_ARTICLE = _position(Reading, "article")
_TEXT = _position(Article, "text")


def _row(value: object) -> object:
    if isinstance(value, Mention):
        return [value.kind, value.start, value.end, value.value]
    if isinstance(value, tuple):
        return [_row(item) for item in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if is_dataclass(value):
        return [_row(getattr(value, field.name)) for field in fields(value)]
    return value


@cache
def _decoder(hint: Any) -> Callable[[Any, str], Any]:  # noqa: ANN401 - a type of the model
    if hint is Mention:
        return _mention
    if is_dataclass(hint):
        # Names that the model imports for its types alone.
        hints = get_type_hints(hint, localns={"datetime": datetime})
        parts = [_decoder(part) for part in hints.values()]
        record: Any = hint
        return lambda row, text: record(*[p(v, text) for p, v in zip(parts, row, strict=True)])
    if get_origin(hint) is tuple:
        one = _decoder(get_args(hint)[0])
        return lambda row, text: tuple([one(value, text) for value in row])
    if get_origin(hint) is types.UnionType:
        [some] = [_decoder(part) for part in get_args(hint) if part is not types.NoneType]
        return lambda value, text: None if value is None else some(value, text)
    convert = datetime.date.fromisoformat if hint is datetime.date else _value(hint)
    return lambda value, _: convert(value)


def _value(hint: type) -> Callable[[Any], object]:
    if issubclass(hint, StrEnum):
        return {str(member): member for member in hint}.__getitem__
    return hint


_KINDS = {str(kind): kind for kind in MentionKind}


def _mention(row: Any, text: str) -> Mention:  # noqa: ANN401 - a row of JSON
    kind, start, end, value = row
    return Mention(_KINDS[kind], text[start:end], start, end, value)
