"""Validation in two steps: SPARQL finds every node that may be at fault, Python judges those alone.

Most scans do not join with the target: a suspect that is no target is dropped later, which is cheaper.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.model import Name
from kg.validation.constraints import all_fine
from kg.validation.findings import Finding
from kg.vocabulary import SH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kg.terms import Term
    from kg.validation.data import Data
    from kg.validation.shapes import Rule, Shape


def judge_all(data: Data, shapes: Iterable[Shape]) -> Iterator[Finding]:
    """Judge every target of every shape."""
    scans: dict[str, list[Term]] = {}
    for shape in shapes:
        for part, focus in sorted(set(_suspects(data, shape, scans)), key=_by_iri):
            yield from _judge(data, part, focus)
        for rule in shape.rules:
            yield from _broken(data, shape, rule, target(data, shape))


def judge_some(data: Data, shapes: Iterable[Shape], nodes: Collection[Term]) -> Iterator[Finding]:
    """Judge the targets that are among some nodes."""
    # SPARQL cannot name a blank node: with one among them, a rule looks at all its targets.
    named = all(isinstance(node, ox.NamedNode) for node in nodes)
    among = f"VALUES ?this {{ {' '.join(sorted(map(str, nodes)))} }}" if named else ""
    for shape in shapes:
        focuses = [node for node in nodes if _is_target(data, shape, node)]
        for focus in focuses:
            for part in (shape, *shape.properties):
                yield from _judge(data, part, focus)
        for rule in shape.rules if focuses else ():
            found = _broken(data, shape, rule, f"{among} {target(data, shape)}")
            yield from (each for each in found if each.focus in nodes)


def target(data: Data, shape: Shape) -> str:
    """Give the SPARQL pattern that binds ?this to the targets of a shape."""
    classes = sorted(
        {
            str(each)
            for kind, value in shape.targets
            if kind == SH.targetClass
            for each in data.family(value)
        }
    )
    patterns = [
        _PATTERNS[kind].format(value) for kind, value in shape.targets if kind != SH.targetClass
    ]
    match classes:
        case []:
            pass
        case [class_]:
            patterns.append(f"?this a {class_} .")
        case _:
            patterns.append(f"VALUES ?targetClass {{ {' '.join(classes)} }} ?this a ?targetClass .")
    return (
        patterns[0] if len(patterns) == 1 else " UNION ".join(f"{{ {each} }}" for each in patterns)
    )


_PATTERNS = {
    SH.targetNode: "VALUES ?this {{ {} }}",
    SH.targetSubjectsOf: "?this {} ?targetObject .",
    SH.targetObjectsOf: "?targetSubject {} ?this .",
}


def _is_target(data: Data, shape: Shape, node: Term) -> bool:
    for kind, value in shape.targets:
        match kind:
            case SH.targetClass if data.is_a(node, value):
                return True
            case SH.targetNode if node == value:
                return True
            case SH.targetSubjectsOf if data.values(node, value):
                return True
            case SH.targetObjectsOf if any(data.subjects(value, node)):
                return True
    return False


def _suspects(
    data: Data, shape: Shape, scans: dict[str, list[Term]]
) -> Iterator[tuple[Shape, Term]]:
    """Pair each part of a shape with the targets that may be at fault."""
    if shape.value_checks:
        fine = all_fine(shape.value_checks, data)
        bound = f"{target(data, shape)} BIND (?this AS ?value)"
        query = f"SELECT ?this {{ {bound} FILTER (!COALESCE({fine}, false)) }}"
        yield from ((shape, row["this"]) for row in data.rows(query))
    for part, query in _scans(data, shape):
        if query not in scans:
            scans[query] = [row["this"] for row in data.rows(query)]
        yield from ((part, focus) for focus in scans[query] if _is_target(data, shape, focus))
    yield from _lacking(data, shape)


def _scans(data: Data, shape: Shape) -> Iterator[tuple[Shape, str]]:
    """Give the scans over each property; many shapes share them."""
    for part in shape.properties:
        assert part.path
        if part.value_checks:
            fine = all_fine(part.value_checks, data)
            yield (
                part,
                f"SELECT ?this {{ ?this {part.path} ?value FILTER (!COALESCE({fine}, false)) }}",
            )
        queries = (check.suspects(part.path) for check in part.set_checks)
        yield from ((part, query) for query in queries if query)


def _lacking(data: Data, shape: Shape) -> Iterator[tuple[Shape, Term]]:
    """Find the targets that lack a property, one look at a target for all properties of a severity.

    What may be absent is a warning: those that lack only such must not be judged for all the rest.
    """
    counted = [part for part in shape.properties if _is_required(part)]
    for _, group in groupby(sorted(counted, key=_severity), key=_severity):
        parts = list(group)
        paths = sorted({str(part.path) for part in parts})
        has_all = " && ".join(
            f"EXISTS {{ ?this {path} ?value{i} }}" for i, path in enumerate(paths)
        )
        query = f"SELECT ?this {{ {target(data, shape)} FILTER (!({has_all})) }}"
        for row in data.rows(query):
            yield from ((part, row["this"]) for part in parts)


def _is_required(part: Shape) -> bool:
    return any(check.component == SH.MinCountConstraintComponent for check in part.set_checks)


def _severity(part: Shape) -> str:
    return part.severity.value


def _by_iri(suspect: tuple[Shape, Term]) -> tuple[str, str]:
    return suspect[0].iri.value, str(suspect[1])


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


def _broken(data: Data, shape: Shape, rule: Rule, among: str) -> Iterator[Finding]:
    """Give a finding for each row of a rule."""
    solutions = data.rows(rule.query.format(target=among))
    names = [variable.value for variable in solutions.variables]
    messages = tuple(dict.fromkeys((*shape.messages, *rule.messages)))
    for row in solutions:
        bound = {name: row[name] for name in names if row[name] is not None}
        bound.setdefault("value", bound["this"])
        path = bound.get("path")
        yield Finding(
            bound["this"],
            shape.iri,
            SH.SPARQLConstraintComponent,
            shape.severity,
            path if isinstance(path, ox.NamedNode) else None,
            bound["value"],
            tuple(Name(_fill(each.text, bound), each.language) for each in messages),
            rule.iri,
        )


def _fill(message: str, bound: dict[str, Term]) -> str:
    """Put values in the place of {?name} and {$name}."""
    return re.sub(
        r"\{[?$](\w+)\}",
        lambda found: bound[found[1]].value if found[1] in bound else found[0],
        message,
    )
