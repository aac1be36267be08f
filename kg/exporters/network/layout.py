"""Where nodes stand: forces by ForceAtlas2 on a particle mesh, then components packed and overlaps removed.

networkx lays out 5,000 nodes in a minute and 20,000 not at all; this takes seconds and no chance is in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import fft
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, shortest_path
from scipy.spatial import KDTree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.intp]

SPACING = 46.0  # between the middles of two neighbours, in the pixels of a page that shows all
_GOLDEN = np.pi * (3 - np.sqrt(5))
_EXACT = 260  # up to so many nodes all pairs repel each other one by one
_FINE = 3000  # beyond so many the mesh is finer
_PIVOTS = 40


def positions(
    n_nodes: int, edges: Integers, weights: Floats, radii: Floats, start: Floats | None = None
) -> Floats:
    """Place nodes; `start` holds their last places (NaN where new), so that an update moves little."""
    if n_nodes == 0:
        return np.zeros((0, 2))
    matrix = _matrix(n_nodes, edges, weights)
    n_parts, part = connected_components(matrix, directed=False)
    order = np.argsort(part, kind="stable")
    bounds = np.searchsorted(part[order], np.arange(n_parts + 1))
    parts = [order[bounds[i] : bounds[i + 1]] for i in range(n_parts)]
    parts.sort(key=lambda members: (-len(members), members[0]))
    placed = [_place(matrix, members, radii, start) for members in parts]
    return np.round(_pack(n_nodes, parts, placed, radii), 1)


def _matrix(n_nodes: int, edges: Integers, weights: Floats) -> csr_array:
    rows, columns = edges.T
    both = coo_array(
        (np.r_[weights, weights], (np.r_[rows, columns], np.r_[columns, rows])),
        shape=(n_nodes, n_nodes),
    )
    return csr_array(both)


def _place(matrix: csr_array, members: Integers, radii: Floats, start: Floats | None) -> Floats:
    """Lay out one component around the origin."""
    n_members = len(members)
    if n_members == 1:
        return np.zeros((1, 2))
    links = csr_array(matrix[members][:, members])
    known = None if start is None else start[members]
    if known is not None and np.isfinite(known).all():
        return _separate(known - known.mean(axis=0), radii[members])
    at = _spread(links)
    settled: NDArray[np.bool_] = np.zeros(n_members, dtype=np.bool_)
    if known is not None and np.isfinite(known).any():
        settled = np.asarray(np.isfinite(known).all(axis=1))
        at = _beside(links, known, settled)
    at = _settle(links, at, settled)
    scale = SPACING / max(_typical(at), 1e-9)
    if not settled.any():
        at = at * scale
    return _separate(at - at.mean(axis=0), radii[members])


def _typical(at: Floats) -> float:
    """Measure the usual distance to the nearest node."""
    apart, _ = KDTree(at).query(at, k=[2])
    return float(np.median(np.asarray(apart)))


def _spread(links: csr_array) -> Floats:
    """Start from pivot multidimensional scaling: nodes far apart in the graph stand far apart."""
    n_nodes = links.shape[0]
    pivot = int(np.argmax(np.diff(links.indptr)))
    nearest = np.full(n_nodes, np.inf)
    columns = []
    for _ in range(min(_PIVOTS, n_nodes)):
        steps = shortest_path(links, unweighted=True, indices=pivot)
        columns.append(steps)
        nearest = np.minimum(nearest, steps)
        pivot = int(np.argmax(nearest))
    squared = np.array(columns).T ** 2
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean()
    _, vectors = np.linalg.eigh(centred.T @ centred)
    at = centred @ vectors[:, -2:][:, ::-1]
    if at.shape[1] == 1:
        at = np.c_[at, np.zeros(n_nodes)]
    at = at * np.sign(at[np.argmax(np.abs(at), axis=0), [0, 1]] + 1e-12)
    at = np.asarray(at / (np.abs(at).max(axis=0) + 1e-9) * np.sqrt(n_nodes))
    # Leaves of one node coincide: a turn of the golden angle for each tells them apart.
    turn = np.arange(n_nodes) * _GOLDEN
    apart: Floats = 0.3 * np.c_[np.cos(turn), np.sin(turn)]
    return at + apart


def _beside(links: csr_array, known: Floats, settled: NDArray[np.bool_]) -> Floats:
    """Start new nodes beside the settled ones they are linked to."""
    at = np.where(settled[:, None], known / SPACING, 0.0)
    share = links @ settled.astype(float)
    mean = (links @ at) / np.maximum(share, 1e-9)[:, None]
    turn = np.arange(len(at)) * _GOLDEN
    at[~settled] = (mean + np.c_[np.cos(turn), np.sin(turn)])[~settled]
    return at * SPACING


def _settle(links: csr_array, at: Floats, settled: NDArray[np.bool_]) -> Floats:
    """Let linked nodes attract and all nodes repel each other, cooling down."""
    n_nodes = len(at)
    degree = np.diff(links.indptr) + 1.0
    unit = SPACING if settled.any() else 1.0
    at = at / unit
    n_rounds = 300 if n_nodes <= _EXACT else 140
    repulsion = _repel_exactly if n_nodes <= _EXACT else _Mesh(n_nodes)
    strength = np.asarray(links.sum(axis=1)).ravel()
    heat = np.sqrt(n_nodes) * 0.25
    for turn in range(n_rounds):
        pull = links @ at - strength[:, None] * at
        push = repulsion(at, degree)
        gravity = -0.02 * at * degree[:, None]
        move = (pull + push + gravity) / degree[:, None]
        length = np.hypot(*move.T)[:, None]
        limit = heat * (1 - turn / n_rounds) ** 1.5 + 1e-3
        move *= np.minimum(1.0, limit / np.maximum(length, 1e-12)) * 0.6
        move[settled] = 0.0
        at = at + move
    return at * unit


def _repel_exactly(at: Floats, mass: Floats) -> Floats:
    apart = at[:, None, :] - at[None, :, :]
    squared = (apart**2).sum(axis=2) + 0.05
    push: Floats = np.einsum("ij,ijk->ik", mass[:, None] * mass[None, :] / squared, apart)
    return push


class _Mesh:
    """Sums the repulsion of all pairs by one convolution: mass laid on a mesh, the field read off it."""

    def __init__(self, n_nodes: int) -> None:
        """Prepare the field of one unit of mass, in cells."""
        self.side = side = 192 if n_nodes > _FINE else 96
        reach = np.r_[0:side, -side:0].astype(float)
        x, y = np.meshgrid(reach, reach, indexing="ij")
        squared = x**2 + y**2 + 0.36
        self.kernels = [fft.rfft2(x / squared), fft.rfft2(y / squared)]

    def __call__(self, at: Floats, mass: Floats) -> Floats:
        """Give the push on each node."""
        side = self.side
        low, high = at.min(axis=0), at.max(axis=0)
        cell = float((high - low).max()) / (side - 3) + 1e-9
        place = (at - low) / cell + 1
        base = place.astype(int)
        part = place - base
        corners = [(0, 0), (0, 1), (1, 0), (1, 1)]
        spots = [(base[:, 0] + x) * side + base[:, 1] + y for x, y in corners]
        shares = [np.abs(1 - x - part[:, 0]) * np.abs(1 - y - part[:, 1]) for x, y in corners]
        density = sum(
            np.bincount(spot, mass * share, side * side)
            for spot, share in zip(spots, shares, strict=True)
        )
        laid = fft.rfft2(np.reshape(density, (side, side)), s=(2 * side, 2 * side))
        push = np.empty_like(at)
        for axis, kernel in enumerate(self.kernels):
            field = fft.irfft2(laid * kernel)[:side, :side].ravel()
            push[:, axis] = sum(
                field[spot] * share for spot, share in zip(spots, shares, strict=True)
            )
        return push * (mass / cell)[:, None]


def _separate(at: Floats, radii: Floats) -> Floats:
    """Push nodes apart until their discs no longer overlap."""
    reach = 2 * float(radii.max()) + 6
    for _ in range(40):
        pairs = KDTree(at).query_pairs(reach, output_type="ndarray")
        first, second = pairs.T
        apart = at[first] - at[second]
        length = np.hypot(*apart.T)
        lacking = radii[first] + radii[second] + 6 - length
        near = lacking > 0
        if not near.any():
            break
        first, second, lacking = first[near], second[near], lacking[near]
        # Two nodes at one place part along an angle of their own.
        turn = (first + second) * _GOLDEN
        away = np.c_[np.cos(turn), np.sin(turn)]
        held = length[near] > 1e-6  # noqa: PLR2004 - closer than any pixel
        away[held] = apart[near][held] / length[near][held][:, None]
        shift = away * (lacking * 0.45)[:, None]
        moved = np.zeros_like(at)
        np.add.at(moved, first, shift)
        np.add.at(moved, second, -shift)
        at = at + np.clip(moved, -reach, reach)
    return at


def _pack(n_nodes: int, parts: list[Integers], placed: list[Floats], radii: Floats) -> Floats:
    """Set the largest component in the middle and the others in rows beneath it."""
    at = np.zeros((n_nodes, 2))
    gap = SPACING
    corners = [
        (each.min(axis=0) - radii[members].max(), each.max(axis=0) + radii[members].max())
        for each, members in zip(placed, parts, strict=True)
    ]
    sizes = np.array([high - low for low, high in corners])
    width = max(sizes[0, 0], 1.25 * np.sqrt((np.prod(sizes + gap, axis=1)).sum()))
    x = y = row = 0.0
    for members, each, (low, _), size in zip(parts, placed, corners, sizes, strict=True):
        if x > 0 and x + size[0] > width:
            x, y, row = 0.0, y + row + gap, 0.0
        at[members] = each - low + (x, y)
        x, row = x + size[0] + gap, max(row, size[1])
    middle: Floats = (at.min(axis=0) + at.max(axis=0)) / 2
    return at - middle
