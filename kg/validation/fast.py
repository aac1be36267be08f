"""Validation without pySHACL: of all that lines say, look by look, or of some nodes of a store."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from kg.validation.computing import UnsureError
from kg.validation.data import Data
from kg.validation.judging import broken, judge
from kg.validation.lines import encoded, term, written
from kg.validation.looks import Looks
from kg.validation.targets import is_target, target
from kg.vocabulary import SH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kg.terms import Term
    from kg.validation.findings import Finding
    from kg.validation.lines import Lines
    from kg.validation.rules import Rule
    from kg.validation.shapes import Shape

    # Rules of which Python is not sure, and the nodes.
    Unsure: TypeAlias = dict[tuple[Shape, Rule], list[bytes]]


class Judge:
    """Judges all that lines say by shapes; what it has seen once, it knows again in other lines."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        """Prepare to judge by these shapes."""
        every = tuple(shapes)
        self._looks = Looks([shape for shape in every if shape.is_local])
        self._others = [shape for shape in every if not shape.is_local]

    def findings(self, lines: Lines) -> Iterator[Finding]:
        """Find what violates a shape."""
        unsure: Unsure = {}
        verdict = self._looks.verdict
        for node, said in lines.own.items():
            broken_here, rules = verdict(node, said, lines)
            for part in broken_here:
                yield from judge(lines, part, term(node))
            for shape, rule in rules:
                if found := _asked(shape, rule, node, lines, unsure):
                    yield from found
        for shape in self._others:
            for node in _targets(lines, shape):
                for part in (shape, *shape.properties):
                    yield from judge(lines, part, term(node))
                for rule in shape.rules:
                    yield from _asked(shape, rule, node, lines, unsure)
        yield from _answered(lines, unsure)


def _targets(lines: Lines, shape: Shape) -> Iterator[bytes]:
    named = (encoded(value) for kind, value in shape.targets if kind == SH.targetNode)
    of = {encoded(value) for kind, value in shape.targets if kind == SH.targetObjectsOf}
    values = (value for said in lines.own.values() for name in of for value in said.get(name, ()))
    for node in dict.fromkeys(chain(lines.own, named, values)):
        if is_target(lines, shape, term(node)):
            yield node


def _asked(
    shape: Shape, rule: Rule, node: bytes, lines: Lines, unsure: Unsure
) -> Sequence[Finding]:
    """Ask a rule of a node, or note that SPARQL must be asked."""
    try:
        if rule.solver and not (rows := rule.solver.rows(node, lines.said(node), lines.said)):
            return ()
    except UnsureError:
        rows = None
    if not rule.solver or rows is None:
        unsure.setdefault((shape, rule), []).append(node)
        return ()
    names = ("this", *rule.solver.names)
    return [
        broken(shape, rule, dict(zip(names, map(term, (node, *row)), strict=True)))
        for row in dict.fromkeys(rows)
    ]


def _answered(lines: Lines, unsure: dict[tuple[Shape, Rule], list[bytes]]) -> Iterator[Finding]:
    """Ask SPARQL; of no more than can be reached from the nodes, where a rule is known to look no further."""
    if not unsure:
        return
    look_ahead = all(rule.solver for _, rule in unsure)
    begin = chain.from_iterable(unsure.values()) if look_ahead else lines.own
    store = ox.Store()
    # Not by `load`, which gives blank nodes other names.
    store.bulk_extend(ox.parse(_reached(lines, begin), ox.RdfFormat.N_TRIPLES))
    data = Data(store)
    for (shape, rule), nodes in unsure.items():
        yield from _told_by_sparql(data, shape, rule, {*map(term, nodes)})


def _reached(lines: Lines, nodes: Iterable[bytes]) -> bytes:
    """Give all that is said of nodes, of those they point to, and so on."""
    found: dict[bytes, bytes] = {}
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if node not in found and (said := lines.said(node)):
            found[node] = written(node, said)
            waiting += chain.from_iterable(said.values())
    return b"".join(found.values())


def judge_some(data: Data, shapes: Iterable[Shape], nodes: Collection[Term]) -> Iterator[Finding]:
    """Judge the targets that are among some nodes of a store."""
    for shape in shapes:
        focuses = {node for node in nodes if is_target(data, shape, node)}
        for focus in focuses:
            for part in (shape, *shape.properties):
                yield from judge(data, part, focus)
        for rule in shape.rules if focuses else ():
            yield from _told_by_sparql(data, shape, rule, focuses)


def _told_by_sparql(data: Data, shape: Shape, rule: Rule, focuses: set[Term]) -> Iterator[Finding]:
    # SPARQL cannot name a blank node: with one among them, a rule looks at all its targets.
    are_named = all(isinstance(node, ox.NamedNode) for node in focuses)
    among = f"VALUES ?this {{ {' '.join(sorted(map(str, focuses)))} }}" if are_named else ""
    rows = data.answer(rule.query.format(target=f"{among} {target(data, shape)}"))
    yield from (broken(shape, rule, row) for row in rows if row["this"] in focuses)
