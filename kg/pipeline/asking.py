"""What a user asks of a graph that is there, and what the user decides about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg import queries, resolution
from kg.errors import DecisionError
from kg.pipeline import refresh
from kg.pipeline.folder import DECISIONS, at_rest, said
from kg.resolution import decisions as table
from kg.resolution.names import Verdict, compare
from kg.store.remote import reach

if TYPE_CHECKING:
    from kg.pipeline import Build
    from kg.queries import Result
    from kg.resolution.decisions import Decision
    from kg.resolution.explain import Explanation
    from kg.resolution.review import Uncertain


def query(graph: str | Path, name: str | Path, /, *, language: str = "en", **values: str) -> Result:
    """Answer a question of queries/ by its name, or a .rq file; names in values may be in any script.

    `graph` is a graph's folder, or the URL of a SPARQL endpoint that holds one.
    """
    with reach(graph) as store:
        return queries.ask(store, name, values, language=language, matcher=_alike)


def explain(folder: str | Path, name: str) -> tuple[Explanation, ...]:
    """Tell why whoever has this name or id is one: every mention, its reasons, its sentence."""
    with at_rest(Path(folder)) as readings:
        knowledge = resolution.resolve(readings, said(Path(folder)))
        return resolution.explain(knowledge, name, readings)


def review(folder: str | Path) -> tuple[Uncertain, ...]:
    """List the pairs of people that are least sure, the likeliest first."""
    with at_rest(Path(folder)) as readings:
        decided = said(Path(folder))
        knowledge = resolution.resolve(readings, decided)
        return resolution.review(knowledge, readings, decided)


def decide(folder: str | Path, *decisions: Decision) -> Build:
    """Write decisions down and obey them."""
    path = Path(folder) / DECISIONS
    table.write(said(Path(folder)).adding(*decisions), path)
    return refresh(folder)


def undo(folder: str | Path, subject: str, object_: str) -> Build:
    """Take back what was decided about these two, named as the decision names them."""
    decided = said(Path(folder))
    gone = [each for each in decided.decisions if {each.subject, each.object} == {subject, object_}]
    if not gone:
        what = f"nothing is decided about {subject!r} and {object_!r}"
        raise DecisionError(Path(folder) / DECISIONS, what, "name both as they stand there")
    table.write(decided.without(*gone), Path(folder) / DECISIONS)
    return refresh(folder)


def _alike(a: str, b: str) -> float:
    found = compare(a, b)
    return 0.0 if found.verdict is Verdict.DIFFERENT else found.score
