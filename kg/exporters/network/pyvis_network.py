"""pyvis's Network with our page: what pyvis users know works, and the file asks nothing of the network."""

from __future__ import annotations

import html
import json
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import networkx as nx
import pyvis
from pyvis.network import Network as PyvisNetwork
from pyvis.options import Options

from kg.errors import ExportError
from kg.exporters.network.html import assemble_vis
from kg.exporters.network.pages import page
from kg.exporters.network.payload import Payload

if TYPE_CHECKING:
    import os

_PLAIN = "#97c2fc"
_VIS = frozenset({
    "title", "x", "y", "size", "value", "color", "shape", "group", "level", "mass", "physics", "hidden",
    "image", "borderWidth", "font", "width", "dashes", "arrows", "label", "opacity", "icon", "fixed",
    "smooth", "length",
})  # fmt: skip
_COLOURS = {
    "meeting": "#2f6db3",
    "person": "#cf5a1d",
    "organization": "#1b8a66",
    "country": "#a0467f",
}
_SHAPES = {"meeting": "square", "person": "dot", "organization": "diamond", "country": "hexagon"}


class Network(PyvisNetwork):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network whose page is ours; `engine="vis"` draws with vis-network and heeds set_options.

    >>> network = Network(title="Two")
    >>> network.add_node("a", label="Ada")
    >>> network.add_node("b", label="Bob")
    >>> network.add_edge("a", "b", title="met")
    >>> "default-src 'none'" in network.generate_html()
    True
    """

    def __init__(
        self,
        graph: nx.Graph[Any] | None = None,
        *,
        engine: Literal["canvas", "vis"] = "canvas",
        title: str = "",
        language: str = "",
        **options: Any,  # noqa: ANN401 - what pyvis takes
    ) -> None:
        """Show a networkx graph, or an empty one to fill."""
        if engine not in {"canvas", "vis"}:
            raise ExportError("network", f"no engine is called {engine!r}", 'say "canvas" or "vis"')
        super().__init__(**{"directed": True, "cdn_resources": "in_line", **options})
        self.engine = engine
        self.title = title
        self.language = language
        self._told: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
        if graph is not None:
            self.from_nx(graph)

    def from_nx(self, nx_graph: nx.Graph[Any], *_sizes: Any, **_options: Any) -> None:  # noqa: ANN401 - pyvis's sizes and weights give way to the page's own
        """Take over a networkx graph with all that its nodes and edges carry."""
        self._told.graph |= nx_graph.graph
        for node, told in nx_graph.nodes(data=True):
            self.add_node(node, **told)
        for source, target, told in nx_graph.edges(data=True):
            self.add_edge(source, target, **told)

    def add_node(
        self,
        n_id: str | int,
        label: str | None = None,
        shape: str | None = None,
        color: str | None = None,
        **told: Any,  # noqa: ANN401 - what pyvis takes, and what our page shows
    ) -> None:
        """Add a node; `type` (person, organization, country, meeting) gives it a colour and a shape."""
        if n_id in self.node_map:
            return
        kind = str(told.get("type", told.get("group", "")))
        style = {"shape": shape or _SHAPES.get(kind, "dot")}
        style["color"] = color or _COLOURS.get(kind, _PLAIN)
        words = str(n_id if label is None else label)
        drawn = _drawn(told)
        node = {"id": n_id, "label": words, **style, **drawn}
        self.nodes.append(node)
        self.node_ids.append(n_id)
        self.node_map[n_id] = node
        self._told.add_node(n_id, **{"type": kind, "label": words, **told})

    def add_edge(self, source: str | int, to: str | int, **told: Any) -> None:  # noqa: ANN401 - as above
        """Add an edge; parallel edges are kept, which pyvis loses."""
        for end in (source, to):
            if end not in self.node_map:
                raise ExportError("network", f"no node {end!r}", "add both nodes before their edge")
        drawn = _drawn(told)
        arrows = {"arrows": "to"} if self.directed else {}
        self.edges.append({"from": source, "to": to, **arrows, **drawn})
        self._told.add_edge(source, to, **told)

    def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002 - pyvis's signature
        """Make the page."""
        for node in self.nodes:
            # pyvis users also change the dictionaries themselves.
            told = self._told.nodes[node["id"]]
            told["label"] = str(node["label"])
            if "title" in node:
                told["title"] = str(node["title"])
            if node["color"] not in {_PLAIN, *_COLOURS.values()}:
                told["color"] = node["color"]
        places = {n["id"]: (n["x"], n["y"]) for n in self.nodes if "x" in n and "y" in n}
        title = self.title or str(self.heading)
        if self.engine == "vis":
            self.html = self._vis(places, title)
        else:
            self.html = page(self._told, title=title, language=self.language, start=places)
        return self.html

    def _vis(self, places: dict[Any, tuple[float, float]], title: str) -> str:
        at = Payload(self._told).places(places).tolist()
        nodes = [{**node, "x": x, "y": y} for node, (x, y) in zip(self.nodes, at, strict=True)]
        chosen = (
            self.options if isinstance(self.options, dict) else json.loads(self.options.to_json())
        )
        if chosen == json.loads(Options().to_json()):
            # Nobody asked for physics, and 1,000 nodes take it over a minute.
            chosen |= {"physics": {"enabled": False}, "edges": {"smooth": False}}
        network = {"nodes": nodes, "edges": self.edges, "options": chosen}
        library = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2"
        return assemble_vis(network, library, title=title, language=self.language)

    def write_html(
        self,
        name: str | os.PathLike[str],
        local: bool = True,  # noqa: ARG002, FBT001, FBT002 - pyvis's signature
        notebook: bool = False,  # noqa: FBT001, FBT002
        open_browser: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        """Write the page, in UTF-8 on any machine."""
        path = Path(name)
        path.write_text(self.generate_html(notebook=notebook), encoding="utf-8", newline="\n")
        if open_browser:
            webbrowser.open(path.resolve().as_uri())

    def show(self, name: str, local: bool = True, notebook: bool = False) -> Any:  # noqa: ANN401, ARG002, FBT001, FBT002 - pyvis's signature
        """Write the page and open it; in a notebook, show it there."""
        self.write_html(name, open_browser=not notebook)
        return self if notebook else None

    def _repr_html_(self) -> str:
        """Show the network in a notebook, shut off from the notebook's own page."""
        inside = html.escape(self.generate_html(), quote=True)
        height = str(self.height).removesuffix("px")
        return (
            f'<iframe srcdoc="{inside}" sandbox="allow-scripts allow-downloads allow-popups" '
            f'style="width:100%;height:{html.escape(height)}px;border:0"></iframe>'
        )


def _drawn(told: dict[str, Any]) -> dict[str, Any]:
    """Keep what vis-network understands; our own attributes of the same names are lists."""
    plain = (str, int, float, bool, dict)
    return {key: value for key, value in told.items() if key in _VIS and isinstance(value, plain)}
