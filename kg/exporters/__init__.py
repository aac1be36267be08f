"""A graph as a file; its suffix says which. To add a format: its module, and its line in the table."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kg.errors import ExportError
from kg.exporters import csv, networks, rdf
from kg.storage import Shared, place

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


def export(
    store: Store, path: str | os.PathLike[str], *, sparql: bool = False, shards: int | None = None
) -> Path | Shared:
    """Write a graph into a file of the format that its suffix names, or into a folder as so many `shards` of N-Quads.

    `sparql` makes a page that answers SPARQL. A path may be an address in shared storage.
    """
    try:
        if shards and not sparql:
            return store.shard(path, shards).folder
        return _write(store, place(path), sparql=sparql)
    except OSError as error:
        what = error.strerror or str(error)
        mend = f"name a {'folder' if shards else 'file'} that can be written"
        raise ExportError(path, what, mend) from error


def _write(store: Store, path: Path | Shared, *, sparql: bool) -> Path | Shared:
    suffix = path.suffix.lower()
    if sparql and suffix != ".html":
        raise ExportError(path, "only a page can answer SPARQL by itself", "name it .html")
    exporter = partial(_write_html, sparql=True) if sparql else EXPORTERS.get(suffix)
    if exporter is None:
        known = " ".join(EXPORTERS)
        raise ExportError(path, f"no format has the suffix {path.suffix!r}", f"use one of {known}")
    if isinstance(path, Shared):
        with TemporaryDirectory() as folder:
            exporter(store, Path(folder) / path.name)
            path.put(Path(folder) / path.name)
        return path
    draft = path.with_name(f".new-{path.name}")
    try:
        exporter(store, draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path
