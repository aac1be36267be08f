"""Validation in two steps: SPARQL finds every node that may be at fault, Python judges those alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.model import Name
from kg.validation.findings import Finding
from kg.validation.suspects import is_target, scans, target
from kg.vocabulary import SH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kg.terms import Term
    from kg.validation.data import Data
    from kg.validation.rules import Rule
    from kg.validation.shapes import Shape


def judge_all(data: Data, shapes: Iterable[Shape]) -> Iterator[Finding]:
    """Judge every target of every shape."""
    plan = [(shape, scan) for shape in shapes for scan in scans(data, shape)]
    rules = [
        (shape, rule, rule.query.format(target=target(data, shape)))
        for shape in shapes
        for rule in shape.rules
        if all(map(data.knows, rule.needs))
    ]
    # A rule takes longer than a scan: the cores are busy to the end when rules come first.
    answers = data.answers([*(query for *_, query in rules), *(scan.query for _, scan in plan)])
    suspects = {
        (part, row["this"])
        for shape, scan in plan
        for row in answers[scan.query]
        if scan.of_targets or is_target(data, shape, row["this"])
        for part in scan.parts
    }
    for part, focus in suspects:
        yield from _judge(data, part, focus)
    for shape, rule, query in rules:
        yield from (_broken(shape, rule, row) for row in answers[query])


def judge_some(data: Data, shapes: Iterable[Shape], nodes: Collection[Term]) -> Iterator[Finding]:
    """Judge the targets that are among some nodes."""
    # SPARQL cannot name a blank node: with one among them, a rule looks at all its targets.
    named = all(isinstance(node, ox.NamedNode) for node in nodes)
    among = f"VALUES ?this {{ {' '.join(sorted(map(str, nodes)))} }}" if named else ""
    for shape in shapes:
        focuses = {node for node in nodes if is_target(data, shape, node)}
        for focus in focuses:
            for part in (shape, *shape.properties):
                yield from _judge(data, part, focus)
        for rule in shape.rules if focuses else ():
            rows = data.answer(rule.query.format(target=f"{among} {target(data, shape)}"))
            yield from (_broken(shape, rule, row) for row in rows if row["this"] in focuses)


def _judge(data: Data, shape: Shape, focus: Term) -> Iterator[Finding]:
    """Judge one node by one node shape or property shape."""
    values = data.values(focus, shape.path) if shape.path else [focus]
    faults: list[tuple[ox.NamedNode, Term | None]] = [
        (check.component, value)
        for check in shape.value_checks
        for value in values
        if not check.holds(value, data)
    ]
    for check in shape.set_checks:
        others: Sequence[Term] = data.values(focus, check.other) if check.other else ()
        faults += ((check.component, value) for value in check.faults(values, others))
    for component, value in faults:
        yield Finding(
            focus, shape.iri, component, shape.severity, shape.path, value, shape.messages
        )


def _broken(shape: Shape, rule: Rule, row: Mapping[str, Term]) -> Finding:
    """Make a row of a rule a finding; what it does not name is about its focus node."""
    bound = {"value": row["this"], **row}
    path = row.get("path")
    return Finding(
        row["this"],
        shape.iri,
        SH.SPARQLConstraintComponent,
        shape.severity,
        path if isinstance(path, ox.NamedNode) else None,
        bound["value"],
        tuple(
            Name(_fill(each.text, bound), each.language)
            for each in dict.fromkeys((*shape.messages, *rule.messages))
        ),
        rule.iri,
    )


def _fill(message: str, bound: Mapping[str, Term]) -> str:
    """Put values in the place of {?name} and {$name}."""
    return re.sub(
        r"\{[?$](\w+)\}",
        lambda found: bound[found[1]].value if found[1] in bound else found[0],
        message,
    )
