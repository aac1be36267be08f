"""RDF files, sorted: Turtle, N-Triples and RDF/XML hold the knowledge; TriG, N-Quads and JSON-LD every graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store import Store


def write(store: Store, path: Path) -> None:
    """Write a store as RDF; the suffix says the format."""
    store.dump(path)
