"""Ids that are no more lead to their heirs, in a file of its own: the graph itself has no history."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.vocabulary import DCTERMS, DIP, ID, PREFIXES, RDF, node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.readings import Readings

FILE = "moved.ttl"
_KNOWLEDGE = ox.DefaultGraph()
# What has an id of its own that others may have written down, and by what a mention belongs to it.
_MOVING = (DIP.Person, DIP.Organization, DIP.Country, DIP.Meeting)


def forward(
    folder: Path,
    readings: Readings,
    before: ox.Store,
    after: ox.Store,
    gone: Iterable[ox.NamedNode] | None = None,
) -> None:
    """Write where the ids of all former builds have gone; nothing where none has.

    An id's heir is what most of its mentions mean now. Without `gone` all ids are looked at.
    """
    moved: dict[str, str] = json.loads(readings.fact("moved") or "{}")
    for id_ in sorted(_ids(before) if gone is None else gone, key=str):
        if not _stands(after, id_) and (heir := _heir(before, after, id_)):
            moved[_local(id_)] = _local(heir)
    moved = {
        old: new
        for old in moved
        if not _stands(after, node(old)) and _stands(after, node(new := _end(moved, old)))
    }
    readings.note("moved", json.dumps(moved))
    path = folder / FILE
    path.unlink(missing_ok=True)
    if moved:
        triples = [ox.Triple(node(a), DCTERMS.isReplacedBy, node(b)) for a, b in moved.items()]
        ox.serialize(sorted(triples, key=str), path, ox.RdfFormat.TURTLE, prefixes=PREFIXES)


def _ids(store: ox.Store) -> Iterator[ox.NamedNode]:
    for class_ in _MOVING:
        for quad in store.quads_for_pattern(None, RDF.type, class_, _KNOWLEDGE):
            assert isinstance(quad.subject, ox.NamedNode)
            yield quad.subject


def _heir(before: ox.Store, after: ox.Store, id_: ox.NamedNode) -> ox.NamedNode | None:
    """Find what has most of the mentions that an id had."""
    meant = [quad.subject for quad in before.quads_for_pattern(None, DIP.refersTo, id_, _KNOWLEDGE)]
    shown = [quad.object for quad in before.quads_for_pattern(id_, DIP.evidence, None, _KNOWLEDGE)]
    heirs = [
        *(
            q.object
            for m in meant
            for q in after.quads_for_pattern(m, DIP.refersTo, None, _KNOWLEDGE)
        ),
        *(
            quad.subject
            for mention in shown
            for quad in after.quads_for_pattern(None, DIP.evidence, mention, _KNOWLEDGE)
            if ox.Quad(quad.subject, RDF.type, DIP.Meeting) in after
        ),
    ]
    counts = Counter(heir for heir in heirs if isinstance(heir, ox.NamedNode))
    return min(counts, key=lambda heir: (-counts[heir], heir.value), default=None)


def _stands(store: ox.Store, id_: ox.NamedNode) -> bool:
    return any(store.quads_for_pattern(id_, RDF.type, None, _KNOWLEDGE))


def _local(id_: ox.NamedNode) -> str:
    return id_.value.removeprefix(ID)


def _end(moved: dict[str, str], old: str) -> str:
    """Follow an id to the last that it has become; one that came back ends there."""
    seen = {old}
    while (new := moved.get(old)) and new not in seen:
        seen.add(new)
        old = new
    return old
