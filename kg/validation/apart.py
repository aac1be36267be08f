"""A large graph judged part by part, in as many processes as there are cores: none ever holds the whole."""

from __future__ import annotations

import gc
from functools import cache, partial
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kg.engines.processes import carry
from kg.validation.fast import Judge
from kg.validation.lines import Index, Lines, encoded, read, written
from kg.validation.literals import ill_formed_literals
from kg.validation.parts import cut, survey
from kg.validation.shapes import shapes_graph
from kg.validation.sources import NAMED_BY, locate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pyoxigraph as ox

    from kg.validation.findings import Finding
    from kg.validation.parts import Numbers, Survey
    from kg.validation.telling import Piece

# Findings, and what is said of the blank nodes in them.
Judged: TypeAlias = "tuple[list[Finding], list[ox.Triple]]"


class _Part(NamedTuple):
    """Where a part stands in the files of all, the file of the things, and the file of the shapes."""

    files: Sequence[Path]
    rows: Numbers
    things: Path
    shapes: Path


def judge_apart(pieces: Sequence[Piece], shapes: Path, folder: Path) -> list[Judged] | None:
    """Judge a graph that stands in pieces; None where it cannot be cut."""
    jobs = ((piece, folder / f"{number}.nt") for number, piece in enumerate(pieces))
    files, surveys = zip(*carry(_surveyed, jobs), strict=True)
    found = cut(surveys)
    if found is None:
        return None
    del surveys
    things = folder / "things.nt"
    things.write_bytes(b"".join(texts(files, found.things)))
    parts = [_Part(files, rows, things, shapes) for rows in found.parts]
    judged = [*carry(_judged, parts)]
    of_things = [*_judge(shapes).findings(Lines(_others(things)))]
    wanted = {encoded(each.focus) for each in of_things}
    naming = carry(partial(_naming, wanted), parts) if wanted else ()
    lines = Lines(read(b"".join(naming)), _others(things))
    return [*judged, _with_sources(of_things, lines)]


def _surveyed(job: tuple[Piece, Path]) -> tuple[Path, Survey]:
    """Survey a piece, which is written as lines where it is not."""
    piece, path = job
    text = piece.lines()
    found = survey(text)
    if not piece.form:
        found.runs[:, 1] += piece.start
        return piece.path, found
    path.write_bytes(text)
    return path, found


def _judged(part: _Part) -> Judged:
    findings: list[Finding] = []
    described: list[ox.Triple] = []
    judge, others = _judge(part.shapes), _others(part.things)
    with ill_formed_literals():
        for text in texts(part.files, part.rows):
            lines = Lines(read(text), others)
            if found := [*judge.findings(lines)]:
                located, said = _with_sources(found, lines)
                findings += located
                described += said
    return findings, described


def _with_sources(findings: list[Finding], lines: Lines) -> Judged:
    nodes = (node for each in findings for node in (each.focus, each.value) if node)
    return [*locate(findings, lines)], lines.described(nodes)


def _naming(wanted: set[bytes], part: _Part) -> bytes:
    """Give what is said of the nodes that name some things, and of the nodes these point to."""
    found: dict[bytes, bytes] = {}
    for text in texts(part.files, part.rows):
        index = read(text)
        for node, said in index.items():
            values = chain.from_iterable(said.get(name, ()) for name in NAMED_BY)
            if not wanted.isdisjoint(values):
                near = {node, *chain.from_iterable(said.values())} & index.keys()
                found |= {each: written(each, index[each]) for each in near}
    return b"".join(found.values())


def texts(files: Sequence[Path], rows: Numbers) -> Iterator[bytes]:
    """Read from files what hangs together, one after another."""
    opened = {number: files[number].open("rb") for number in {*rows[:, 0].tolist()}}
    for _, group in groupby(rows.tolist(), key=itemgetter(3)):
        found = []
        for number, start, length, _ in group:
            opened[number].seek(start)
            found.append(opened[number].read(length))
        yield b"".join(found)
    for file in opened.values():
        file.close()


@cache
def _judge(shapes: Path) -> Judge:
    return Judge(shapes_graph(shapes).understood)


@cache
def _others(things: Path) -> Index:
    index = read(things.read_bytes())
    # These stay: Python need not look through them for what it could forget.
    gc.freeze()
    return index
