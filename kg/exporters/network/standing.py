"""Where everybody stands in the network: what analysts ask networkx for, computed once.

Meetings are how people are linked, so all is measured on who met whom, not on meetings as nodes.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A summit of sixty makes 1,770 pairs, and says little of any.
_MANY = 24
# Louvain takes a minute for what label propagation finds in a second.
_LOUVAIN = 4_000
# Paths from so many nodes estimate the betweenness of all within some percent.
_SAMPLE = 256


def measure(graph: nx.MultiDiGraph[str]) -> None:
    """Note on each party how many it met, how far it stands between others, its group, and whether it is a bridge."""
    met = acquaintance(graph)
    if not met.number_of_edges():
        return
    between = _betweenness(met)
    groups = {node: place for place, group in enumerate(_groups(met), 1) for node in group}
    bridges = set(nx.articulation_points(met))
    for node in met:
        graph.nodes[node].update(
            met=met.degree[node],
            betweenness=between[node],
            community=groups.get(node, 0),
            bridge=int(node in bridges),
        )


def acquaintance(graph: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """Join those who took part in one meeting; the weight says in how many."""
    met: nx.Graph[str] = nx.Graph()
    for node, told in graph.nodes(data=True):
        if told["type"] != "meeting":
            continue
        parties = [
            agent for agent, _, key in graph.in_edges(node, keys=True) if key == "participant"
        ]
        met.add_nodes_from(parties)
        if len(parties) <= _MANY:
            for one, other in combinations(sorted(set(parties)), 2):
                weight = met.edges[one, other]["weight"] + 1 if met.has_edge(one, other) else 1
                met.add_edge(one, other, weight=weight)
    return met


def _groups(met: nx.Graph[str]) -> list[set[str]]:
    """Part the network into groups that met each other more than others, the largest first."""
    found: Any = (
        nx.community.louvain_communities(met, weight="weight", seed=0)
        if len(met) <= _LOUVAIN
        else nx.community.fast_label_propagation_communities(met, weight="weight", seed=0)
    )
    groups = [group for group in found if len(group) > 1]
    return sorted(groups, key=lambda group: (-len(group), min(group)))


def _betweenness(met: nx.Graph[str]) -> dict[str, float]:
    """Count the shortest ways through each node, by Brandes, all sources of a sample at once."""
    nodes = sorted(met)
    n_nodes = len(nodes)
    number = {node: place for place, node in enumerate(nodes)}
    ends = np.array([(number[one], number[other]) for one, other in met.edges])
    both = np.r_[ends, ends[:, ::-1]]
    links = csr_array((np.ones(len(both)), both.T), shape=(n_nodes, n_nodes))
    sources = np.unique(np.linspace(0, n_nodes - 1, min(n_nodes, _SAMPLE)).astype(int))
    total = np.zeros(n_nodes)
    for start in range(0, len(sources), 64):
        total += _through(links, sources[start : start + 64])
    pairs = max(1.0, (n_nodes - 1.0) * (n_nodes - 2.0))
    scaled = total * (n_nodes / len(sources)) / pairs
    return {node: round(float(value), 6) for node, value in zip(nodes, scaled, strict=True)}


def _through(links: csr_array, sources: NDArray[np.intp]) -> NDArray[np.float64]:
    """Add up, for each node, its share of all shortest ways from these sources."""
    columns = np.arange(len(sources))
    ways = np.zeros((links.shape[0], len(sources)))
    ways[sources, columns] = 1.0
    frontier = ways.copy()
    seen = ways > 0
    levels = []
    while frontier.any():
        levels.append(frontier > 0)
        frontier = np.where(seen, 0.0, np.asarray(links @ frontier))
        ways += frontier
        seen |= frontier > 0
    share = np.zeros_like(ways)
    for before, level in zip(levels[-2::-1], levels[:0:-1], strict=True):
        owed = np.where(level, (1 + share) / np.maximum(ways, 1e-300), 0.0)
        share += np.where(before, np.asarray(links @ owed) * ways, 0.0)
    share[sources, columns] = 0.0
    result: NDArray[np.float64] = share.sum(axis=1)
    return result
