"""Sorted files: the same quads give the same bytes, whatever their order in the store."""

from __future__ import annotations

import contextlib
import heapq
import itertools
import os
import tempfile
from functools import cache
from typing import IO, TYPE_CHECKING, Self

import pyoxigraph as ox

from kg.errors import ExportError
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
_DEFAULT = ox.DefaultGraph()
# 120 MB of lines; more graphs than fit are merged from files.
_RUN = 600_000
# Bytes that are copied at once.
_PART = 1 << 18


def dump(store: ox.Store, path: Path, *, graph: ox.NamedNode | None = None) -> None:
    """Write a store into a file of the format that the suffix says."""
    form = FORMATS.get(path.suffix)
    if form is None:
        raise ExportError(path, "no format of this name", f"known: {' '.join(FORMATS)}")
    with path.open("wb") as file:
        write(store, file, form, graph=graph)


class Files:
    """Files that are written block by block, as the quads come; never half a file.

    Each takes what its format holds: a format of triples, the default graph. Order is the caller's.
    """

    def __init__(self, *paths: Path) -> None:
        """Begin beside the files that may be there."""
        self._drafts = {path: path.with_name(f".new.{path.name}") for path in paths}
        self._open = {path: draft.open("wb") for path, draft in self._drafts.items()}
        self._begin()

    def _begin(self) -> None:
        for path, file in self._open.items():
            file.write(_head(FORMATS[path.suffix]))

    @property
    def heads(self) -> tuple[int, ...]:
        """Give the length of what stands in each file before the first block."""
        return tuple(head(path.name) for path in self._open)

    def write(self, quads: Sequence[ox.Quad]) -> None:
        """Write quads; what is said of one subject in one graph stands in one block."""
        for path, file in self._open.items():
            file.write(_body(quads, FORMATS[path.suffix]))

    def put(self, *texts: bytes) -> tuple[int, ...]:
        """Write a block that is text with our prefixes, as each file has it. Give its length in each file."""
        files = zip(self._open.values(), texts, strict=True)
        return tuple(file.write(text) for file, text in files)

    def copy(self, starts: Sequence[int], lengths: Sequence[int]) -> None:
        """Copy a part of the files that are there, as each of them has it."""
        for (path, file), start, length in zip(self._open.items(), starts, lengths, strict=True):
            with path.open("rb") as former:
                _copy(former, start, length, file)

    def so_far(self, path: Path) -> Path:
        """Give the file that holds what was written for a path until now."""
        self._open[path].flush()
        return self._drafts[path]

    def write_anew(self, store: ox.Store) -> None:
        """Write what a store holds in the place of all that was written, sorted."""
        for file in self._open.values():
            file.seek(0)
            file.truncate()
        self._begin()
        quads = everything(store)
        while group := list(itertools.islice(quads, _RUN)):
            self.write(group)

    def __enter__(self) -> Self:
        """Write until the end of a with statement."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Put the files in their places, or after an error leave those that were there."""
        for path, file in self._open.items():
            file.close()
            if kind is None:
                self._drafts[path].replace(path)
            self._drafts[path].unlink(missing_ok=True)


def _copy(source: IO[bytes], start: int, length: int, target: IO[bytes]) -> None:
    """Copy a part of a file to the end of another: by the system where it knows how, which may share the bytes."""
    target.flush()
    with contextlib.suppress(AttributeError, OSError):
        while n := os.copy_file_range(source.fileno(), target.fileno(), length, start):
            start, length = start + n, length - n
    source.seek(start)
    for at in range(0, length, _PART):
        target.write(source.read(min(length - at, _PART)))


def head(name: str) -> int:
    """Give the length of what stands in a file of this name before its first block."""
    return len(_head(FORMATS[f".{name.rpartition('.')[2]}"]))


@cache
def _head(form: ox.RdfFormat) -> bytes:
    """Give what a file begins with: its prefixes, where the format has any."""
    some = ox.NamedNode("urn:some")
    text = ox.serialize([ox.Quad(some, some, some)], format=form, prefixes=PREFIXES) or b""
    return text[: text.index(str(some).encode())]


def _body(quads: Sequence[ox.Quad], form: ox.RdfFormat) -> bytes:
    """Write quads as they stand in a file, after its head."""
    shown: Sequence[ox.Quad] | list[ox.Triple] = quads
    if not form.supports_datasets:
        shown = [quad.triple for quad in quads if quad.graph_name == _DEFAULT]
    text = ox.serialize(shown, format=form, prefixes=PREFIXES)
    assert text is not None
    return text.removeprefix(_head(form))


def write(
    store: ox.Store, file: IO[bytes], form: ox.RdfFormat, *, graph: ox.NamedNode | None = None
) -> None:
    """Write a store (or one graph of it) into an open file."""
    chosen = graph or ox.DefaultGraph()
    whole = graph is None and form.supports_datasets
    quads = everything(store) if whole else _sorted(store, chosen)
    if not whole:
        triples = (quad.triple for quad in quads)
        ox.serialize(triples, file, form, prefixes=PREFIXES)
    else:
        ox.serialize(quads, file, form, prefixes=PREFIXES)


def everything(store: ox.Store) -> Iterator[ox.Quad]:
    """Go through all quads in the order of files: the knowledge, then graph by graph."""
    yield from _sorted(store, ox.DefaultGraph())
    for name in sorted(store.named_graphs(), key=str):
        yield from _sorted(store, name)


def _sorted(
    store: ox.Store, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph
) -> Iterator[ox.Quad]:
    """Sort a graph by its N-Triples lines: what Turtle writes of one subject stands together."""
    quads = store.quads_for_pattern(None, None, None, graph)
    first = list(itertools.islice(quads, _RUN))
    if len(first) < _RUN:
        yield from sorted(first, key=_line)
        return
    with contextlib.ExitStack() as files:
        runs = [files.enter_context(_run(run)) for run in _runs(first, quads)]
        lines = heapq.merge(*runs)
        stream: IO[bytes] = _Stream(lines)  # type: ignore[assignment]  # it reads, which is enough
        for quad in ox.parse(stream, ox.RdfFormat.N_QUADS):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _line(quad: ox.Quad) -> str:
    return str(quad.triple)


def _runs(first: list[ox.Quad], rest: Iterable[ox.Quad]) -> Iterator[list[ox.Quad]]:
    yield first
    first.clear()
    others = iter(rest)
    while run := list(itertools.islice(others, _RUN)):
        yield run


def _run(quads: list[ox.Quad]) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    file.writelines(sorted(f"{_line(quad)} .\n".encode() for quad in quads))
    file.seek(os.SEEK_SET)
    return file


class _Stream:
    """Lines, read as a file is."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """Give at most so many bytes; none at the end."""
        while len(self._rest) < size:
            more = b"".join(itertools.islice(self._lines, 2000))
            if not more:
                break
            self._rest += more
        part, self._rest = self._rest[:size], self._rest[size:]
        return part
