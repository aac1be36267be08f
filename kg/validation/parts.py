"""A large graph cut into parts, each of which is closed: what its nodes point to is in it, or is a thing.

A thing is whoever or whatever many point to, a person, a country, an office: it points to things alone, and
each part may look it up. So a part says of its nodes all that the whole says, and judging it apart is no different.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from kg.validation.lines import END, encoded
from kg.vocabulary import DIP, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.int64]

# Of these each belongs to one meeting or article; anything else may be a thing.
_TOLD = {
    encoded(class_)
    for class_ in (
        DIP.Meeting,
        DIP.Participation,
        DIP.Statement,
        DIP.Article,
        DIP.Mention,
        DIP.Report,
        DIP.Party,
    )
}
_SUBCLASS = encoded(RDFS.subClassOf)
_NODES = b"<_"
_IRI_END = ord(">")
# A part of some 60,000 lines, which is read in a tenth of a second.
_PART = 8_000_000


@dataclass(frozen=True, slots=True)
class Survey:
    """What a piece of text holds: blocks by name, where each stands, which are told, which point to which."""

    names: list[bytes]
    runs: Numbers  # rows of block, start, length
    edges: Numbers  # rows of block, block
    told: Numbers
    has_subclasses: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the things stand, and where each part does: rows of piece, start, length, and what hangs together."""

    things: Numbers
    parts: list[Numbers]


def survey(text: bytes) -> Survey:
    """Look through text for its blocks: the nodes whose IRIs are the same but for what follows a `#`."""
    names: dict[bytes, int] = {}
    runs, edges, told = array("q"), array("q"), set[int]()
    subject, name, block, own = b"\n", b"", -1, (b"", b"")
    at = start = 0
    # Most values are words, and end otherwise than an IRI.
    are_blank = b" _:" in text
    for line in text.split(END)[:-1]:
        if not line.startswith(subject):
            subject = line[: line.index(b" ") + 1]
            if (found := _name(subject[:-1])) != name:
                runs.extend((block, start, at - start))
                name, start, own = found, at, (found + b">", found + b"#")
                block = names.setdefault(name, len(names))
        if line[-1] == _IRI_END or are_blank:
            # Of words, what stands after the last space names no node.
            value = line[line.rindex(b" ") + 1 :]
            if value in _TOLD:
                told.add(block)
            elif value[0] in _NODES and not value.startswith(own):
                edges.extend((block, names.setdefault(_name(value), len(names))))
        at += len(line) + len(END)
    runs.extend((block, start, at - start))
    return Survey(
        list(names),
        _table(runs, 3)[1:],
        _table(edges, 2),
        np.fromiter(told, np.int64),
        _SUBCLASS in text,
    )


def _name(node: bytes) -> bytes:
    return node[:-1].partition(b"#")[0] if node[0] == _NODES[0] else node


def _table(numbers: array[int], width: int) -> Numbers:
    return np.frombuffer(numbers, np.int64).reshape(-1, width)


def cut(surveys: Sequence[Survey]) -> Cut | None:
    """Cut a graph; None where classes have subclasses, which all parts would have to know."""
    if any(each.has_subclasses for each in surveys):
        return None
    names: dict[bytes, int] = {}
    ids = [
        np.fromiter((names.setdefault(n, len(names)) for n in each.names), np.int64)
        for each in surveys
    ]
    runs = np.concatenate(
        [
            np.column_stack(
                (own[each.runs[:, 0]], np.full(len(each.runs), piece), each.runs[:, 1:])
            )
            for piece, (own, each) in enumerate(zip(ids, surveys, strict=True))
        ]
    )
    edges = np.concatenate([own[each.edges] for own, each in zip(ids, surveys, strict=True)])
    told = np.concatenate([own[each.told] for own, each in zip(ids, surveys, strict=True)])
    is_described = np.zeros(len(names), bool)
    is_described[runs[:, 0]] = True
    is_thing = _things(is_described, told, edges)
    component = _components(edges, is_described & ~is_thing)
    of_things = is_thing[runs[:, 0]]
    own = runs[~of_things]
    things = np.column_stack((runs[of_things][:, 1:], np.zeros(of_things.sum(), np.int64)))
    return Cut(things, list(_parts(component[own[:, 0]], own[:, 1:])))


def _things(is_described: NDArray[np.bool_], told: Numbers, edges: Numbers) -> NDArray[np.bool_]:
    """Find the blocks that are things: not told, and pointing to nothing that is."""
    is_thing = is_described.copy()
    is_thing[told] = False
    while True:
        leads_out = is_thing[edges[:, 0]] & (is_described & ~is_thing)[edges[:, 1]]
        if not leads_out.any():
            return is_thing
        is_thing[edges[leads_out, 0]] = False


def _components(edges: Numbers, is_told: NDArray[np.bool_]) -> Numbers:
    """Give each block a number, the same to those that hang together."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - it takes 0.3 s to import, and large graphs alone need it
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    kept = edges[is_told[edges].all(axis=1)]
    ones = np.ones(len(kept), np.int8)
    matrix = coo_array((ones, (kept[:, 0], kept[:, 1])), (len(is_told), len(is_told)))
    _, component = connected_components(matrix.tocsr(), directed=False)
    return component.astype(np.int64)


def _parts(component: Numbers, places: Numbers) -> Iterator[Numbers]:
    """Put components together until they are large enough."""
    order = np.argsort(component, kind="stable")
    rows = np.column_stack((places, component))[order]
    if not len(rows):
        return
    ends = np.append(rows[1:, 3] != rows[:-1, 3], True)
    sizes = np.cumsum(rows[:, 2])
    number = np.zeros(len(rows), np.int64)
    number[1:] = sizes[:-1] // _PART
    # A component goes whole where its first block goes.
    first = np.append(0, np.flatnonzero(ends)[:-1] + 1)
    number = np.repeat(number[first], np.diff(np.append(first, len(rows))))
    yield from np.split(rows, np.flatnonzero(np.diff(number)) + 1)
