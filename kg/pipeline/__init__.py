"""The whole flow: articles -> readings -> knowledge -> quads -> store, files.

This folder alone knows the order of the stages; this page is the order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.pipeline.folder import at_rest, at_work, digest, said, versions
from kg.pipeline.moving import forward
from kg.pipeline.publishing import REJECTED, publish
from kg.pipeline.reading import read, read_again, settle
from kg.resolution import resolve
from kg.store import Store
from kg.triples import blocks
from kg.validation import validate
from kg.vocabulary import DIP, RDF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import rdflib

    from kg.errors import ArticleError
    from kg.model import Knowledge
    from kg.readings import Readings
    from kg.validation import Report

    # Told of each step: what is done, how many articles are read, and their share of all.
    Watch = Callable[[str, int, float], None]

_COUNTED = (
    ("meetings", DIP.Meeting),
    ("people", DIP.Person),
    ("organizations", DIP.Organization),
    ("countries", DIP.Country),
    ("statements", DIP.Statement),
)


def _watch_nothing(stage: str, n_articles: int, share: float) -> None:
    """Do nothing at any step."""


@dataclass(frozen=True)
class Build:
    """A graph's folder as a build left it, and the articles that could not be read.

    Where none could be read, nothing is built: a graph that was there stays as it was.
    """

    folder: Path
    failures: tuple[ArticleError, ...] = ()
    n_articles: int = 0

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many there are of what the graph is about."""
        with Store.open(self.folder) as store:
            return {
                name: sum(1 for _ in store.quads_for_pattern(None, RDF.type, kind))
                for name, kind in _COUNTED
            }

    @property
    def has_rejected(self) -> bool:
        """Whether something is not published, because a shape forbids it."""
        return (self.folder / REJECTED).exists()

    @cached_property
    def report(self) -> Report:
        """What the shapes find in the graph."""
        with Store.open(self.folder) as store:
            return validate(store.quads)

    @cached_property
    def graph(self) -> rdflib.Graph:
        """The knowledge, as an rdflib Graph."""
        return Store.open(self.folder).graph

    @cached_property
    def knowledge(self) -> Knowledge:
        """The knowledge, as the dataclasses of kg.model."""
        with at_rest(self.folder) as readings:
            return resolve(readings, said(self.folder))


def build(
    sources: Iterable[str | Path],
    folder: str | Path = "graph",
    *,
    engine: str = "processes",
    jobs: int | None = None,
    watch: Watch = _watch_nothing,
) -> Build:
    """Build the graph of these articles and no others into a folder."""
    folder = Path(folder)
    with at_work(folder, new=True) as readings:
        wanted, failures = read(sources, readings, engine, jobs, watch)
        if not wanted:
            return Build(folder, tuple(failures))
        readings.keep_only(wanted)
        failures += settle(readings, wanted)
        return _publish(readings, folder, failures, watch)


def add(
    folder: str | Path,
    sources: Iterable[str | Path],
    *,
    engine: str = "processes",
    jobs: int | None = None,
    watch: Watch = _watch_nothing,
) -> Build:
    """Add articles to a graph; one of a known id takes the place of the former."""
    folder = Path(folder)
    with at_work(folder) as readings:
        read_again(readings, engine, jobs)
        wanted, failures = read(sources, readings, engine, jobs, watch)
        failures += settle(readings, wanted)
        return _publish(readings, folder, failures, watch)


def remove(folder: str | Path, names: Iterable[str], *, watch: Watch = _watch_nothing) -> Build:
    """Remove articles from a graph by their ids, as if they had never been there."""
    folder = Path(folder)
    with at_work(folder) as readings:
        gone = {readings.find(name) for name in names}
        readings.keep_only(readings.keys() - gone)
        read_again(readings)
        return _publish(readings, folder, [], watch)


def refresh(folder: str | Path, *, watch: Watch = _watch_nothing) -> Build:
    """Resolve a graph anew, after a decision or with another version of kg."""
    folder = Path(folder)
    with at_work(folder) as readings:
        read_again(readings)
        return _publish(readings, folder, [], watch)


def _publish(readings: Readings, folder: Path, failures: list[ArticleError], watch: Watch) -> Build:
    """Resolve all readings and write the graph; where nothing has changed, leave it as it is."""
    n_articles = len(readings)
    built = Build(folder, tuple(failures), n_articles)
    decisions = said(folder)
    state = digest(*sorted(readings.keys()), versions(), repr(decisions))
    if readings.fact("state") == state:
        return built
    readings.note("state", "")
    watch("resolving", n_articles, 1)
    knowledge = resolve(readings, decisions)
    forward(readings, knowledge, folder)
    described = blocks(knowledge, readings)
    publish(folder, described, n_articles, lambda stage: watch(stage, n_articles, 1))
    readings.note("state", state)
    return built
