"""A report that is kept finding by finding, as it is written: after a change of little, little is written anew."""

from __future__ import annotations

from itertools import groupby, starmap
from operator import itemgetter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.validation.findings import Finding, order
from kg.validation.report import heading, in_words, levels, numbered, result, summary, verdict
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator

    from kg.terms import Term

_TABLE = """
create table if not exists findings (
  place blob not null, focus text not null, violates integer not null,
  level text not null, shape text not null, words text not null, turtle text not null);
create index if not exists findings_by_place on findings (place);
create index if not exists findings_by_focus on findings (focus);
create index if not exists findings_by_level on findings (level);
create index if not exists findings_that_violate on findings (violates) where violates;
"""


class Findings:
    """The findings of a graph in a database, with the words and the Turtle of each."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Open the table, or make it."""
        self._database = database
        database.executescript(_TABLE)

    def replace(self, findings: Iterable[Finding], about: Collection[Term] | None = None) -> None:
        """Put findings in the place of all that were about some nodes, or of all."""
        if about is None:
            self._database.execute("delete from findings")
        else:
            gone = ((str(node),) for node in about)
            self._database.executemany("delete from findings where focus = ?", gone)
        rows = starmap(_row, numbered(findings))
        self._database.executemany("insert into findings values (?, ?, ?, ?, ?, ?, ?)", rows)

    @property
    def conforms(self) -> bool:
        """Whether nothing violates a shape."""
        found = self._database.execute("select 1 from findings where violates limit 1")
        return found.fetchone() is None

    def to_text(self) -> Iterator[str]:
        """Tell all findings in words, part by part."""
        rows = self._database.execute("select level, count(*) from findings group by level")
        counts = dict(rows.fetchall())
        yield summary(
            {level: counts.get(level, 0) for level in levels(counts)}, conforms=self.conforms
        )
        rows = self._database.execute("select level, shape, words from findings order by place")
        for (level, shape), group in groupby(rows, key=itemgetter(0, 1)):
            words = [row[2] for row in group]
            yield heading(level, shape, len(words))
            yield from words

    def to_turtle(self) -> Iterator[str]:
        """Write all findings as SHACL does, part by part."""
        yield _turtle(verdict(conforms=self.conforms))
        rows = self._database.execute("select turtle from findings order by place")
        yield from (turtle for (turtle,) in rows)


def _row(finding: Finding, number: int) -> tuple[bytes, str, bool, str, str, str, str]:
    return (
        "\0".join(order(finding)).encode(),
        str(finding.focus),
        finding.is_violation,
        finding.level,
        finding.shape_name,
        in_words(finding, "en"),
        _turtle(result(finding, number)).removeprefix(_HEAD),
    )


def _turtle(triples: Iterable[ox.Triple]) -> str:
    text = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert text is not None
    return text.decode()


# What a file begins with: its prefixes.
_HEAD = _turtle(verdict(conforms=True)).partition("_:")[0]
