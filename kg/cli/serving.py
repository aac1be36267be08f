"""`kg serve`: a graph for browsers and SPARQL clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg import server
from kg.cli.building import FOLDER
from kg.cli.screen import err

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
