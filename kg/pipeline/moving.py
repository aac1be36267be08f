"""Ids that are no more lead to their heirs, in a file of its own: the graph itself has no history."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.resolution import anchors, forwarding
from kg.vocabulary import DCTERMS, PREFIXES, node

if TYPE_CHECKING:
    from pathlib import Path

    from kg.model import Knowledge
    from kg.readings import Readings

FILE = "moved.ttl"


def forward(readings: Readings, knowledge: Knowledge, folder: Path) -> None:
    """Write where the ids of all former builds have gone; nothing where none has."""
    before = json.loads(readings.fact("anchors") or "{}")
    moved: dict[str, str] = json.loads(readings.fact("moved") or "{}")
    moved |= forwarding(before, knowledge)
    now = anchors(knowledge)
    moved = {old: new for old in moved if old not in now and (new := _end(moved, old)) in now}
    readings.note("anchors", json.dumps(now))
    readings.note("moved", json.dumps(moved))
    path = folder / FILE
    path.unlink(missing_ok=True)
    if moved:
        triples = [ox.Triple(node(a), DCTERMS.isReplacedBy, node(b)) for a, b in moved.items()]
        ox.serialize(sorted(triples, key=str), path, ox.RdfFormat.TURTLE, prefixes=PREFIXES)


def _end(moved: dict[str, str], old: str) -> str:
    """Follow an id to the last that it has become; one that came back ends there."""
    seen = {old}
    while (new := moved.get(old)) and new not in seen:
        seen.add(new)
        old = new
    return old
