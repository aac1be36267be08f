"""The whole flow: articles -> readings -> knowledge -> quads -> store, files.

This folder alone knows the order of the stages; this page is the order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.garbage import without_collection
from kg.pipeline.amending import ForbiddenError, amend, is_amendable
from kg.pipeline.carrying import carrier
from kg.pipeline.folder import at_rest, at_work, digest, here, said, versions
from kg.pipeline.publishing import PAGE, REJECTED, draw, publish
from kg.pipeline.reading import read, read_again, settle
from kg.pipeline.resolving import resolver
from kg.resolution import resolve
from kg.store import Store
from kg.triples import blocks
from kg.validation import validate
from kg.vocabulary import DIP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import rdflib

    from kg.errors import ArticleError
    from kg.model import Knowledge
    from kg.readings import Readings
    from kg.resolution import Decisions
    from kg.resolution.weighing import Carry
    from kg.validation import Report

    # Told of each step: what is done, how many articles are read, and their share of all.
    Watch = Callable[[str, int, float], None]

# A change of more than one article in so many is no little one: to begin anew is faster.
_LITTLE = 4
# Articles of a graph whose page is drawn in a second: of a larger one, not after every little change.
_DRAWN = 500

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
            return {name: _count(store, kind) for name, kind in _COUNTED}

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


def _count(store: Store, kind: ox.NamedNode) -> int:
    rows = store.query(f"SELECT (COUNT(*) AS ?n) {{ ?thing a {kind} }}")
    assert isinstance(rows, ox.QuerySolutions)
    return int(next(rows)["n"].value)


def build(
    sources: Iterable[str | Path],
    folder: str | Path = "graph",
    *,
    engine: str = "processes",
    jobs: int | None = None,
    watch: Watch = _watch_nothing,
) -> Build:
    """Build the graph of these articles and no others into a folder."""
    folder, carry = here(folder), carrier(engine, jobs)
    with at_work(folder, new=True) as readings:
        wanted, failures = read(sources, readings, carry, watch)
        if not wanted:
            return Build(folder, tuple(failures))
        readings.keep_only(wanted)
        failures += settle(readings, wanted)
        return _publish(readings, folder, failures, carry, watch)


def add(
    folder: str | Path,
    sources: Iterable[str | Path],
    *,
    engine: str = "processes",
    jobs: int | None = None,
    watch: Watch = _watch_nothing,
) -> Build:
    """Add articles to a graph; one of a known id takes the place of the former."""
    folder, carry = Path(folder), carrier(engine, jobs)
    with at_work(folder) as readings:
        read_again(readings, carry)
        wanted, failures = read(sources, readings, carry, watch)
        failures += settle(readings, wanted)
        return _publish(readings, folder, failures, carry, watch)


def remove(folder: str | Path, names: Iterable[str], *, watch: Watch = _watch_nothing) -> Build:
    """Remove articles from a graph by their ids, as if they had never been there."""
    folder, carry = Path(folder), carrier()
    with at_work(folder) as readings:
        gone = {readings.find(name) for name in names}
        readings.keep_only(readings.keys() - gone)
        read_again(readings, carry)
        return _publish(readings, folder, [], carry, watch)


def refresh(folder: str | Path, *, watch: Watch = _watch_nothing) -> Build:
    """Resolve a graph anew, after a decision or with another version of kg."""
    folder, carry = Path(folder), carrier()
    with at_work(folder) as readings:
        read_again(readings, carry)
        return _publish(readings, folder, [], carry, watch)


def _publish(
    readings: Readings, folder: Path, failures: list[ArticleError], carry: Carry, watch: Watch
) -> Build:
    """Resolve what was read and write the graph; what has not changed stays as it is."""
    n_articles = len(readings)
    decisions = said(folder)
    basis = digest(versions(), repr(decisions))
    state = digest(*sorted(readings.keys()), basis)
    if readings.fact("state") != state:
        is_whole = bool(readings.fact("state")) and readings.fact("basis") == basis
        readings.note("state", "")

        def step(stage: str) -> None:
            watch(stage, n_articles, 1)

        if not (is_whole and not decisions.decisions and _amended(readings, folder, step)):
            _publish_all(readings, folder, decisions, carry, step)
            draw(folder, step)
        elif n_articles <= _DRAWN:
            draw(folder, step)
        else:
            (folder / PAGE).unlink(missing_ok=True)
        readings.publish()
        readings.note("basis", basis)
        readings.note("state", state)
    return Build(folder, tuple(failures), n_articles)


@without_collection()
def _publish_all(
    readings: Readings,
    folder: Path,
    decisions: Decisions,
    carry: Carry,
    step: Callable[[str], None],
) -> None:
    step("resolving")
    if decisions.decisions:  # they may touch anything: nothing is kept for a later change
        knowledge = resolve(readings, decisions, carry=carry)
        publish(folder, blocks(knowledge, readings), readings, step)
        return
    with resolver(folder, readings, carry, new=True) as resolving:
        knowledge = resolving.update(readings).knowledge
        publish(folder, blocks(knowledge, readings), readings, step)


def _amended(readings: Readings, folder: Path, step: Callable[[str], None]) -> bool:
    """Write what has changed since the graph was whole, if that is little and no shape forbids it."""
    new, gone = readings.changes()
    if len(new + gone) * _LITTLE > len(readings) or not is_amendable(folder, readings):
        return False
    step("resolving")
    try:
        with resolver(folder, readings) as resolving:
            change = resolving.update(map(readings.of, new), gone)
            amend(folder, readings, resolving, change, step)
    except ForbiddenError:
        return False
    return True
