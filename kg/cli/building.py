"""Make a graph and change it: `kg build`, `kg add`, `kg remove`."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import pipeline
from kg.cli.progress import progress
from kg.cli.screen import complain, say
from kg.engines import ENGINES
from kg.pipeline.folder import here

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.pipeline import Build

FOLDER = click.argument("folder", metavar="GRAPH", type=click.Path(path_type=Path))
SOURCES = click.argument("sources", nargs=-1, required=True, metavar="ARTICLES...")


def _how(command: Callable[..., int]) -> Callable[..., int]:
    """Let the user say how many processes read, here or elsewhere."""
    jobs = click.option(
        "-j", "--jobs", type=click.IntRange(1), help="Processes; all cores if not told."
    )
    engine = click.option(
        "--engine",
        type=click.Choice(list(ENGINES)),
        default="processes",
        show_default=True,
        help="Who reads: processes of this machine, or a Dask cluster.",
    )
    return jobs(engine(command))


@click.command()
@SOURCES
@click.option(
    "-o",
    "--output",
    "folder",
    default="graph",
    show_default=True,
    help="The folder of the graph.",
)
@click.option(
    "--decisions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What you have decided of people and meetings; kept as decisions.csv in the folder.",
)
@_how
def build(
    sources: tuple[str, ...], folder: str, decisions: Path | None, engine: str, jobs: int | None
) -> int:
    """Build the graph of some articles: files and folders of .txt, .md, .html, .pdf and .jsonl.

    They may stand in shared storage: s3://bucket/articles.
    Only articles that have changed are read again.
    """
    if decisions is not None:
        here(folder).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(decisions, here(folder) / "decisions.csv")
    with progress() as watch:
        built = pipeline.build(sources, folder, engine=engine, jobs=jobs, watch=watch)
    return conclude(built)


@click.command()
@FOLDER
@SOURCES
@_how
def add(folder: Path, sources: tuple[str, ...], engine: str, jobs: int | None) -> int:
    """Add articles to a graph; one of a known id takes the place of the former."""
    with progress() as watch:
        built = pipeline.add(folder, sources, engine=engine, jobs=jobs, watch=watch)
    return conclude(built)


@click.command()
@FOLDER
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
def remove(folder: Path, ids: tuple[str, ...]) -> int:
    """Remove articles from a graph by their ids: a file's name without its suffix, or the id in JSON Lines."""
    with progress() as watch:
        built = pipeline.remove(folder, ids, watch=watch)
    return conclude(built)


def conclude(built: Build) -> int:
    """Say what could not be read, what there is, and where to look."""
    for failure in built.failures:
        complain(failure)
    if not built.n_articles:
        complain("No article could be read: nothing is built.")
        return 2
    counts = ", ".join(_count(n, name) for name, n in built.counts.items())
    say(f"{_count(built.n_articles, 'articles')}: {counts}")
    with (built.folder / "report.txt").open(encoding="utf-8") as report:
        say(report.readline().rstrip())
    for name, use in _LOOK:
        if (built.folder / name).exists():
            say(f"  {built.folder / name!s:24} {use}")
    if not (built.folder / "network.html").exists():
        draw = f"kg export {built.folder} {built.folder / 'network.html'}"
        say(f"  {draw} draws the network: of so large a graph, only when asked")
    say(f"  {f'kg query {built.folder}':24} lists the questions that you can ask")
    return 1 if built.failures or built.has_rejected else 0


_LOOK = (
    ("network.html", "the network, in a browser"),
    ("graph.ttl", "the knowledge, in Turtle"),
    ("graph.trig", "the same, and what each article says"),
    ("report.txt", "what the shapes find"),
    ("rejected.trig", "what is not published, and why"),
)


def _count(n: int, plural: str) -> str:
    singular = {"people": "person", "countries": "country"}.get(plural, plural.removesuffix("s"))
    return f"{n:,} {singular if n == 1 else plural}"
