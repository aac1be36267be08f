"""What is validated, as pieces of files: whatever it was, each piece gives the lines that `read` reads."""

from __future__ import annotations

import mmap
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.vocabulary import DIP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_KNOWLEDGE = ox.DefaultGraph()
# A piece is held in memory with all that is made of it; Turtle says four times as much.
_LINES, _TURTLE = 32_000_000, 8_000_000
_FORMATS = {".nt": ox.RdfFormat.N_TRIPLES, ".ttl": ox.RdfFormat.TURTLE}
# Most statements end so, and the next begins; where a string or a bracket goes on, the piece is no Turtle and says so.
_BETWEEN = re.compile(rb" \.\n(?=[<\w])")
_DECLARES = re.compile(rb"^\s*@?(prefix|base)\s", re.IGNORECASE | re.MULTILINE)
_HEAD = re.compile(rb"(\s*(#.*|@?(prefix|base)\s.*)?\n)*", re.IGNORECASE)


class Piece(NamedTuple):
    """A stretch of a file in a form of RDF; without a form, of lines as pyoxigraph writes them."""

    path: Path
    start: int
    end: int
    form: str = ""
    head: bytes = b""

    @property
    def size(self) -> int:
        """How many bytes of lines it has, at a guess."""
        return (self.end - self.start) * (4 if self.form == ".ttl" else 1)

    def lines(self) -> bytes:
        """Give what it says as lines; raises SyntaxError where it says nothing by itself."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            raw = file.read(self.end - self.start)
        if not self.form:
            return raw
        if _DECLARES.search(raw):
            raise SyntaxError(self.path)
        # Of triples, N-Quads are N-Triples.
        return (
            ox.serialize(
                ox.parse(self.head + raw, _FORMATS[self.form]), format=ox.RdfFormat.N_QUADS
            )
            or b""
        )


def pieces(graph: ox.Store | Iterable[ox.Quad] | Path, folder: Path) -> list[Piece]:
    """Give the pieces of what is validated; what is no file of lines or Turtle is written into a folder first."""
    if isinstance(graph, Path) and graph.suffix in _FORMATS:
        return [*_of_file(graph, graph.suffix)]
    return in_lines(graph, folder)


def in_lines(graph: ox.Store | Iterable[ox.Quad] | Path, folder: Path) -> list[Piece]:
    """Write the knowledge as lines, with the texts that the graphs of articles keep, and give their pieces."""
    path = folder / "told.nt"
    if isinstance(graph, ox.Store):
        with path.open("wb") as file:
            graph.dump(file, ox.RdfFormat.N_TRIPLES, from_graph=_KNOWLEDGE)
            texts = (quad.triple for quad in graph.quads_for_pattern(None, DIP.text, None))
            ox.serialize(texts, file, ox.RdfFormat.N_TRIPLES)
    else:
        quads = ox.parse(path=graph) if isinstance(graph, Path) else graph
        ox.serialize(known(quads), path, ox.RdfFormat.N_TRIPLES)
    return [*_of_file(path)]


def known(quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """Give the knowledge among quads, with the texts that the graphs of articles keep."""
    for quad in quads:
        if quad.graph_name == _KNOWLEDGE or quad.predicate == DIP.text:
            yield quad.triple


def _of_file(path: Path, form: str = "") -> Iterator[Piece]:
    size = path.stat().st_size
    if not size:
        return
    step = _TURTLE if form == ".ttl" else _LINES
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        found = _HEAD.match(text) if form == ".ttl" else None
        head = found[0] if found else b""
        start = len(head)
        while start < size:
            between = _BETWEEN.search(text, start + step) if start + step < size else None
            end = between.end() if between else size
            yield Piece(path, start, end, form, head)
            start = end
