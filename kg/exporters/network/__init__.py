"""The network of a graph: as a networkx graph, as a pyvis network, and as one page that opens from disk.

>>> from kg.store import Store
>>> graph(Store.of([])).number_of_nodes()
0
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.exporters.network.findings import findings_beside
from kg.exporters.network.graphs import graph
from kg.exporters.network.pages import last_places, page
from kg.exporters.network.sparql import sparql_parts

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from kg.exporters.network.facts import Store
    from kg.exporters.network.graphs import Graph
    from kg.exporters.network.pyvis_network import Network

__all__ = ["Network", "graph", "page", "write_html", "write_page"]


def write_html(
    store: Store,
    path: str | os.PathLike[str],
    *,
    title: str = "",
    language: str = "",
    sparql: bool = False,
) -> None:
    """Write the page of a store, on request with SPARQL in it."""
    more = sparql_parts(store) if sparql else None
    write_page(graph(store), Path(path), title=title, language=language, more=more)


def write_page(
    network: Graph,
    path: Path,
    *,
    title: str = "",
    language: str = "",
    more: Mapping[str, str] | None = None,
) -> None:
    """Write the page of a network; nodes stand where an earlier page had them."""
    # An export is written beside its place first.
    start = last_places(path.with_name(path.name.removeprefix(".new-")))
    network.graph["findings"] = findings_beside(path)
    text = page(network, title=title, language=language, start=start, more=more)
    path.write_text(text, encoding="utf-8", newline="\n")


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attributes are of any type
    """Import pyvis only for those who ask for its class: it takes a second, for IPython's sake."""
    if name == "Network":
        from kg.exporters.network.pyvis_network import Network  # noqa: PLC0415 - see above

        return Network
    raise AttributeError(name)
