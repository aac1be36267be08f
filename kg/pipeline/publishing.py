"""Knowledge becomes the store and the files of a graph's folder: nothing that a shape forbids, nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError
from kg.pipeline.moving import forward
from kg.resources import GAZETTEERS, LANGUAGES, PACKAGE
from kg.store import Files, Store
from kg.store.splicing import Layout
from kg.validation import provenance, validate
from kg.validation.keeping import Findings
from kg.validation.rejection import take_out
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path

    from kg.readings import Readings
    from kg.store import Quad
    from kg.store.splicing import Lengths
    from kg.terms import Term
    from kg.triples import Block
    from kg.validation import Report

KNOWLEDGE = "graph.ttl"
FILES = (KNOWLEDGE, "graph.trig")
PAGE, REJECTED = "network.html", "rejected.trig"


def publish(
    folder: Path, described: Iterable[Block], readings: Readings, step: Callable[[str], None]
) -> None:
    """Write all that is described into a folder."""
    step("describing")
    paths = [folder / name for name in FILES]
    with Store.new(folder) as store, Files(*paths) as files:
        lengths = _write(described, files, store)
        step("checking")
        report = validate(files.so_far(paths[0]))
        rejected = take_out(store.quads, report, _validate_some)
        if rejected:
            files.write_anew(store.quads)
            report = validate(files.so_far(paths[0]))
        with _former(folder) as before:
            forward(folder, readings, before.quads, store.quads)
        findings = Findings(readings.database)
        findings.replace(report.findings)
        write_report(folder, findings, rejected)
        _tell_provenance(folder)
    Layout(readings.database).replace({} if rejected else lengths)


def _write(described: Iterable[Block], files: Files, store: Store) -> dict[str, Lengths]:
    """Write blocks into files and a store; tell where they stand in the files."""
    lengths: dict[str, Lengths] = {}
    with store.loader() as disk:
        for block in described:
            turtle, trig = block.texts
            lengths[block.key] = files.put(turtle, trig)
            disk.write(trig)
    store.compact()
    return lengths


def _former(folder: Path) -> Store:
    """Open the graph that was published before; an empty one where none is there that can be read."""
    try:
        return Store.open(folder)
    except StoreError:
        return Store.of([])


def draw(folder: Path, step: Callable[[str], None]) -> None:
    """Write the page of a graph's folder."""
    from kg.exporters import network  # noqa: PLC0415 - after most changes nothing is drawn

    step("drawing")
    draft = folder / f".new-{PAGE}"
    with Store.open(folder) as store:
        # The file is read faster than the store.
        network.write_page(network.graph(store, knowledge=ox.parse(path=folder / KNOWLEDGE)), draft)
    draft.replace(folder / PAGE)


def _validate_some(store: ox.Store, nodes: Collection[Term]) -> Report:
    return validate(store, focus=nodes)


def write_report(folder: Path, findings: Findings, rejected: list[Quad]) -> None:
    """Write what the shapes find, and what is not published with the reason."""
    for name, parts in (("report.txt", findings.to_text()), ("report.ttl", findings.to_turtle())):
        with (folder / name).open("w", encoding="utf-8") as file:
            file.writelines(parts)
    path = folder / REJECTED
    path.unlink(missing_ok=True)
    if rejected:
        with Files(path) as files:
            files.write(rejected)


def _tell_provenance(folder: Path) -> None:
    """Tell which kg made the graph, and from which words and names."""
    from importlib.metadata import version  # noqa: PLC0415 - 50 ms, for a whole build alone

    files = (*LANGUAGES.glob("*/*.toml"), *GAZETTEERS.glob("*.ttl"))
    triples = provenance(version("dipkg"), files, home=PACKAGE)
    ox.serialize(triples, folder / "provenance.ttl", ox.RdfFormat.TURTLE, prefixes=PREFIXES)
