"""A graph as a file; its suffix says which. To add a format: its module, and its line in the table."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ExportError
from kg.exporters import csv, networks, rdf

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from kg.store import Store


def _write_html(store: Store, path: Path, *, sparql: bool = False) -> None:
    from kg.exporters.network import write_html  # noqa: PLC0415 - pyvis takes a second to import

    write_html(store, path, sparql=sparql)


EXPORTERS: dict[str, Callable[[Store, Path], None]] = {
    ".ttl": rdf.write,
    ".nt": rdf.write,
    ".rdf": rdf.write,
    ".trig": rdf.write,
    ".nq": rdf.write,
    ".jsonld": rdf.write,
    ".csv": csv.write,
    ".graphml": networks.write_graphml,
    ".gexf": networks.write_gexf,
    ".html": _write_html,
}


def export(store: Store, path: str | os.PathLike[str], *, sparql: bool = False) -> Path:
    """Write a graph into a file of the format that its suffix names; `sparql` makes a page that answers SPARQL."""
    path = Path(path)
    suffix = path.suffix.lower()
    if sparql and suffix != ".html":
        raise ExportError(path, "only a page can answer SPARQL by itself", "name it .html")
    exporter = partial(_write_html, sparql=True) if sparql else EXPORTERS.get(suffix)
    if exporter is None:
        known = " ".join(EXPORTERS)
        raise ExportError(path, f"no format has the suffix {path.suffix!r}", f"use one of {known}")
    draft = path.with_name(f".new-{path.name}")
    try:
        exporter(store, draft)
        draft.replace(path)
    except OSError as error:
        what = error.strerror or str(error)
        raise ExportError(path, what, "name a file that can be written") from error
    finally:
        draft.unlink(missing_ok=True)
    return path
