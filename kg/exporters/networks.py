"""The network of who met whom for other tools: GraphML (yEd, Cytoscape, igraph) and GEXF (Gephi)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from kg.store import Store

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(store: Store, path: Path) -> None:
    """Write the network as GraphML."""
    _write(store, path, nx.write_graphml_xml)


def write_gexf(store: Store, path: Path) -> None:
    """Write the network as GEXF."""
    _write(store, path, nx.write_gexf)


def _write(store: Store, path: Path, write: Callable[[nx.MultiDiGraph, str], None]) -> None:
    """Write a copy whose attributes are words and numbers: these formats know no others."""
    from kg.exporters.network import graph  # noqa: PLC0415 - with scipy it takes a while

    network = graph(store)
    plain = nx.MultiDiGraph()
    plain.add_nodes_from((node, dict(_plain(values))) for node, values in network.nodes(data=True))
    edges = network.edges(keys=True, data=True)
    for number, (start, end, relation, values) in enumerate(edges):
        # Gephi reads the id of an edge as unique in the file.
        plain.add_edge(start, end, number, **{"relation": str(relation), **dict(_plain(values))})
    write(plain, str(path))


def _plain(values: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str | float]]:
    for key, value in values.items():
        match value:
            case None:
                continue
            case dict():
                yield from _plain(value, f"{prefix}{key}_")
            case bool() | int() | float():
                yield prefix + key, value
            case str():
                yield prefix + key, _NOT_IN_XML.sub("\ufffd", value)
            case tuple() | list():
                yield prefix + key, _NOT_IN_XML.sub("\ufffd", "; ".join(map(str, value)))
