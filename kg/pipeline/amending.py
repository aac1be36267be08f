"""A graph is brought up to date: what a change touches is written anew, and no more."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.pipeline.moving import forward
from kg.pipeline.publishing import FILES, write_report
from kg.pipeline.resolving import FILE as RESOLVED
from kg.store import Files, Store
from kg.store.splicing import Layout, splice
from kg.triples import (
    ARTICLE,
    MEETING,
    THING,
    Block,
    blocks,
    entity_iri,
    held,
    local_id,
    thing,
    thing_of,
)
from kg.validation import revalidate
from kg.validation.keeping import Findings
from kg.vocabulary import DIP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kg.readings import Readings
    from kg.resolution import Change, Resolver
    from kg.store import Quad

_KNOWLEDGE = ox.DefaultGraph()


class ForbiddenError(Exception):
    """A shape forbids what a change would publish."""


def is_amendable(folder: Path, readings: Readings) -> bool:
    """Tell whether all that a change goes on from is there, as it was left."""
    layout = Layout(readings.database)
    with contextlib.suppress(FileNotFoundError):
        lengths = [(folder / name).stat().st_size for name in FILES]
        return (folder / RESOLVED).exists() and lengths == layout.total(FILES)
    return False


def amend(
    folder: Path,
    readings: Readings,
    resolver: Resolver,
    change: Change,
    step: Callable[[str], None],
) -> None:
    """Write what a change touches into a folder; raise ForbiddenError, and leave all as it is, where a shape forbids it."""
    step("describing")
    layout = Layout(readings.database)
    findings = Findings(readings.database)
    paths = [folder / name for name in FILES]
    with Store.open(folder, writable=True) as store, Files(*paths) as files:
        written, changed = _rewrite(store.quads, resolver, change)
        step("checking")
        report, judged = revalidate(store.quads, changed)
        findings.replace(report.findings, judged)
        if not findings.conforms:
            raise ForbiddenError
        splice(files, layout, {each.key: each.texts for each in written})
        gone = [entity_iri(id_) for id_ in change.gone]
        with Store.open(folder) as before:
            forward(folder, readings, before.quads, store.quads, gone)
        write_report(folder, findings, [])


def _rewrite(
    store: ox.Store, resolver: Resolver, change: Change
) -> tuple[list[Block], frozenset[Quad]]:
    """Put what is another into a store; give the blocks of it, and the quads that came or went."""
    # A meeting is called by its parties.
    called = {meeting for id_ in change.renamed for meeting in _meetings_of(store, id_)}
    knowledge, readings = resolver.about(change, called)
    told = {each.key: each for each in blocks(knowledge, readings, resolver.entities)}
    written = [*told.values(), *(Block(key) for key in _keys(change) - told.keys())]
    came, went = _put(store, written)
    # What nothing points to now has no place in the graph, unless it is an entity.
    waiting = {local for quad in went if (local := thing_of(quad.object))}
    waiting |= {id_ for id_ in change.gone if not id_.startswith("meeting/")}
    while waiting:
        local = waiting.pop()
        if THING + local in told:
            continue
        is_needed = local in resolver.entities or _is_pointed_to(store, local)
        block = thing(local, resolver.entities) if is_needed else Block(THING + local)
        more, less = _put(store, [block])
        written.append(block)
        came |= more
        went |= less
        waiting |= {other for quad in less if (other := thing_of(quad.object))}
    return written, frozenset(came | went)


def _keys(change: Change) -> set[str]:
    """Give the keys of the blocks that may be no more."""
    ended = {MEETING + id_ for id_ in change.gone if id_.startswith("meeting/")}
    return ended | {ARTICLE + id_ for id_ in change.articles}


def _put(store: ox.Store, written: Sequence[Block]) -> tuple[set[Quad], set[Quad]]:
    """Put blocks in the place of those of their keys; give the quads that came and those that went."""
    new = {quad for block in written for quad in block.quads}
    old = {quad for block in written for quad in held(store, block.key)}
    for quad in old - new:
        store.remove(quad)
    store.extend(new - old)
    return new - old, old - new


def _meetings_of(store: ox.Store, entity: str) -> set[str]:
    found = store.quads_for_pattern(None, DIP.participant, entity_iri(entity), _KNOWLEDGE)
    return {local for quad in found if (local := local_id(quad.subject))}


def _is_pointed_to(store: ox.Store, local: str) -> bool:
    return any(store.quads_for_pattern(None, None, entity_iri(local), _KNOWLEDGE))
