"""A knowledge graph of diplomatic meetings, from press releases in English, French and Arabic.

Each name is loaded when it is first used: a command or a worker loads only what it needs.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import os

    from kg.articles import read
    from kg.errors import KgError
    from kg.exporters import export
    from kg.extractors import extract
    from kg.pipeline import Build, add, build, remove
    from kg.pipeline.asking import decide, explain, query, review
    from kg.resolution import resolve
    from kg.store import Store
    from kg.triples import triplify
    from kg.validation import validate

__all__ = [
    "Build",
    "KgError",
    "Store",
    "add",
    "build",
    "decide",
    "explain",
    "export",
    "extract",
    "open",
    "query",
    "read",
    "remove",
    "resolve",
    "review",
    "triplify",
    "validate",
]

_MODULES = {
    "KgError": "errors",
    "Store": "store",
    "decide": "pipeline.asking",
    "explain": "pipeline.asking",
    "export": "exporters",
    "extract": "extractors",
    "query": "pipeline.asking",
    "read": "articles",
    "resolve": "resolution",
    "review": "pipeline.asking",
    "triplify": "triples",
    "validate": "validation",
}


def open(folder: str | os.PathLike[str]) -> Store:  # noqa: A001 - it is used as kg.open
    """Open a graph's folder for reading; its `graph` and `dataset` are rdflib's."""
    from kg.store import Store  # noqa: PLC0415 - see above

    return Store.open(folder)


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name not in __all__:
        message = f"module 'kg' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(importlib.import_module(f"kg.{_MODULES.get(name, 'pipeline')}"), name)
