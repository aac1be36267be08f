"""Scans that find every node that may be at fault: SPARQL over a whole store, in as few looks as it takes.

Most scans do not join with the target: a suspect that is no target is dropped later, which is cheaper.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kg.validation.constraints import all_fine
from kg.vocabulary import SH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

    from kg.terms import Term
    from kg.validation.data import Data
    from kg.validation.shapes import Shape


@dataclass(frozen=True, slots=True)
class Scan:
    """A query for ?this, and what each answer must be judged by; `of_targets` tells that all are targets."""

    query: str
    parts: tuple[Shape, ...]
    of_targets: bool


def scans(data: Data, shape: Shape) -> Iterator[Scan]:
    """Give the scans that find all that may violate a shape or one of its property shapes."""
    if shape.value_checks:
        fine = all_fine(shape.value_checks, data)
        bound = f"{target(data, shape)} BIND (?this AS ?value)"
        query = f"SELECT ?this {{ {bound} FILTER (!COALESCE({fine}, false)) }}"
        yield Scan(query, (shape,), of_targets=True)
    for part in shape.properties:
        for query in _of_values(data, part):
            yield Scan(query, (part,), of_targets=False)
    yield from _lacking(data, shape)


def _of_values(data: Data, part: Shape) -> Iterator[str]:
    assert part.path
    if not data.knows(part.path):
        return
    if checks := [check for check in part.value_checks if not check.classes]:
        fine = all_fine(checks, data)
        yield f"SELECT ?this {{ ?this {part.path} ?value FILTER (!COALESCE({fine}, false)) }}"
    for check in part.value_checks:
        if check.classes:
            # MINUS looks at each class once; EXISTS would look at each value.
            instances = _instances("?value", data, check.classes)
            yield f"SELECT ?this {{ ?this {part.path} ?value MINUS {{ {instances} }} }}"
    yield from filter(None, (check.suspects(part.path) for check in part.set_checks))


def _lacking(data: Data, shape: Shape) -> Iterator[Scan]:
    """Find targets that lack a property: one look at a target for all properties of a severity.

    What may be absent is a warning: those that lack only such must not be judged for all the rest.
    """
    required = [part for part in shape.properties if _is_required(part)]
    for _, group in groupby(sorted(required, key=_severity), key=_severity):
        parts = tuple(group)
        paths = sorted({str(part.path) for part in parts})
        each = (f"EXISTS {{ ?this {path} ?value{i} }}" for i, path in enumerate(paths))
        query = f"SELECT ?this {{ {target(data, shape)} FILTER (!({' && '.join(each)})) }}"
        yield Scan(query, parts, of_targets=True)


def _is_required(part: Shape) -> bool:
    return any(check.component == SH.MinCountConstraintComponent for check in part.set_checks)


def _severity(part: Shape) -> str:
    return part.severity.value


_PATTERNS = {
    SH.targetNode: "VALUES ?this {{ {} }}",
    SH.targetSubjectsOf: "?this {} ?targetObject .",
    SH.targetObjectsOf: "?targetSubject {} ?this .",
}


def target(data: Data, shape: Shape) -> str:
    """Give the SPARQL pattern that binds ?this to the targets of a shape."""
    patterns = [
        _PATTERNS[kind].format(value) for kind, value in shape.targets if kind != SH.targetClass
    ]
    if classes := [value for kind, value in shape.targets if kind == SH.targetClass]:
        patterns.append(_instances("?this", data, classes))
    return patterns[0] if len(patterns) == 1 else " UNION ".join(f"{{ {p} }}" for p in patterns)


def _instances(variable: str, data: Data, classes: Iterable[ox.NamedNode]) -> str:
    """Give the SPARQL pattern that binds a variable to the instances of classes and of their subclasses."""
    names = sorted({str(each) for class_ in classes for each in data.family(class_)})
    if len(names) == 1:
        return f"{variable} a {names[0]} ."
    return f"VALUES ?class {{ {' '.join(names)} }} {variable} a ?class ."


def is_target(data: Data, shape: Shape, node: Term) -> bool:
    """Tell whether a shape is about a node."""
    return any(_is_meant(data, node, kind, value) for kind, value in shape.targets)


def _is_meant(data: Data, node: Term, kind: ox.NamedNode, value: ox.NamedNode) -> bool:
    match kind:
        case SH.targetClass:
            return data.is_a(node, value)
        case SH.targetNode:
            return node == value
        case SH.targetSubjectsOf:
            return bool(data.values(node, value))
        case _:
            return any(data.subjects(value, node))
