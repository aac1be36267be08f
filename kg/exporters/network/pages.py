"""The page of any networkx graph, as text."""

from __future__ import annotations

import base64
import gzip
import json
import re
from typing import TYPE_CHECKING, Any

from kg.exporters.network.html import assemble
from kg.exporters.network.payload import Payload, pack

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import networkx as nx

_CORE = re.compile(r'id="core">([A-Za-z0-9+/=]+)<')


def page(
    graph: nx.MultiDiGraph[Any],
    *,
    title: str = "",
    language: str = "",
    start: Mapping[Any, tuple[float, float]] | None = None,
    more: Mapping[str, str] | None = None,
) -> str:
    """Make the page of a graph; `start` says where nodes stood last, `more` are parts as `sparql_parts` gives."""
    payload = Payload(graph)
    core = payload.core(payload.places(start or {}))
    core |= {"title": title, "language": language}
    parts = {"core": pack(core), "proof": pack(payload.proof()), **(more or {})}
    return assemble(parts, title=title, language=language)


def last_places(path: Path) -> dict[str, tuple[float, float]]:
    """Read from an earlier page where its nodes stood; nothing where there is none."""
    if not path.is_file():
        return {}
    found = _CORE.search(path.read_text(encoding="utf-8", errors="replace"))
    if not found:
        return {}
    nodes = json.loads(gzip.decompress(base64.b64decode(found[1])))["nodes"]
    return {node: (x, y) for node, x, y in zip(nodes["id"], nodes["x"], nodes["y"], strict=True)}
