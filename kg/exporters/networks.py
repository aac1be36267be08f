"""The network of who met whom for other tools: GraphML (yEd, Cytoscape, igraph) and GEXF (Gephi)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import networkx as nx

    from kg.store import Store

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(store: Store, path: Path) -> None:
    """Write the network as GraphML."""
    from networkx import write_graphml_xml  # noqa: PLC0415 - it takes half a second

    write_graphml_xml(_plain_network(store), path)


def write_gexf(store: Store, path: Path) -> None:
    """Write the network as GEXF."""
    from networkx import write_gexf  # noqa: PLC0415 - see above

    write_gexf(_plain_network(store), path)


def _plain_network(store: Store) -> nx.MultiDiGraph[str]:
    """Copy the network with attributes that are words and numbers: these formats know no others."""
    from networkx import MultiDiGraph  # noqa: PLC0415 - see above

    from kg.exporters.network import graph  # noqa: PLC0415 - see above

    network = graph(store)
    plain: nx.MultiDiGraph[str] = MultiDiGraph()
    plain.add_nodes_from((node, dict(_plain(values))) for node, values in network.nodes(data=True))
    edges = network.edges(keys=True, data=True)
    for number, (start, end, relation, values) in enumerate(edges):
        # Gephi reads the id of an edge as unique in the file.
        plain.add_edge(start, end, number, **{"relation": str(relation), **dict(_plain(values))})
    return plain


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
