"""What the shapes found, from the report that lies beside the page: warnings, and what was not published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.vocabulary import ID, RDFS, SH

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence of the shapes about a node, by language; `rejected` if the node was not published for it."""

    node: str
    label: str
    severity: str
    messages: tuple[tuple[str, str], ...]
    rejected: bool


def findings_beside(path: Path) -> tuple[Finding, ...]:
    """Read the report of the folder that a page is written into; nothing where there is none."""
    found: list[Finding] = []
    for name, rejected in (("report.ttl", False), ("rejected.trig", True)):
        file = path.with_name(name)
        if file.is_file():
            found += _read(ox.parse(path=str(file)), rejected=rejected)
    return tuple(sorted(found, key=lambda each: (each.node, each.messages)))


def _read(quads: Iterable[ox.Quad], *, rejected: bool) -> list[Finding]:
    said: dict[object, dict[ox.NamedNode, list[ox.NamedNode | ox.BlankNode | ox.Literal]]] = {}
    for quad in quads:
        if not isinstance(quad.object, ox.Triple):
            said.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)
    return [
        _finding(values, said, rejected=rejected)
        for values in said.values()
        if isinstance(values.get(SH.focusNode, [None])[0], ox.NamedNode)
    ]


def _finding(
    values: dict[ox.NamedNode, list[ox.NamedNode | ox.BlankNode | ox.Literal]],
    said: dict[object, dict[ox.NamedNode, list[ox.NamedNode | ox.BlankNode | ox.Literal]]],
    *,
    rejected: bool,
) -> Finding:
    focus = values[SH.focusNode][0]
    node = focus.value.removeprefix(ID)
    messages = [each for each in values.get(SH.resultMessage, ()) if isinstance(each, ox.Literal)]
    labels = sorted(each.value for each in said.get(focus, {}).get(RDFS.label, ()))
    severity = values.get(SH.resultSeverity, [SH.Violation])[0].value.rpartition("#")[2]
    words = tuple(sorted({(each.language or "en", each.value) for each in messages}))
    return Finding(
        node, labels[0] if labels else node.rpartition("/")[2], severity, words, rejected
    )
