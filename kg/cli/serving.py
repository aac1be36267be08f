"""A graph for others: `kg serve` for browsers and SPARQL clients, `kg load` into another store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.progress import Progress

from kg import server
from kg.cli.building import FOLDER
from kg.cli.styled import err, out
from kg.store import sending

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@FOLDER
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--token", help="What readers on other machines must say; needed for any other host.")
@click.option(
    "--name", "names", multiple=True, help="A name by which other machines call this one."
)
def serve(folder: Path, host: str, port: int, token: str | None, names: tuple[str, ...]) -> None:
    """Serve a graph: pages for people, SPARQL for programs, until you press Ctrl-C."""
    server.serve(folder, host, port, token=token, names=names, ready=err.print)


@click.command()
@click.argument("graph", metavar="GRAPH|SHARDS")
@click.argument("url")
@click.option("--query-url", help="Where that store is asked, if it cannot be guessed.")
@click.option(
    "--knowledge", help="The graph for the knowledge, in stores that want every graph named."
)
def load(graph: str, url: str, query_url: str | None, knowledge: str | None) -> None:
    """Put a graph, or its shards, into another SPARQL store, by its address for updates or of the Graph Store Protocol.

    A load that broke off goes on where it was.
    """
    with Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("loading", total=None)

        def watch(n_done: int, n_quads: int) -> None:
            progress.update(task, completed=n_done, total=n_quads)

        done = sending.load(graph, url, query_url=query_url, knowledge=knowledge, watch=watch)
    out.print(f"{done.n_quads:,} quads are in {done.url}.")
