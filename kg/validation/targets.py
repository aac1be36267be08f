"""Which nodes a shape is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.vocabulary import SH

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

    from kg.terms import Term
    from kg.validation.constraints import Told
    from kg.validation.data import Data
    from kg.validation.shapes import Shape


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


def is_target(data: Told, shape: Shape, node: Term) -> bool:
    """Tell whether a shape is about a node."""
    return any(_is_meant(data, node, kind, value) for kind, value in shape.targets)


def _is_meant(data: Told, node: Term, kind: ox.NamedNode, value: ox.NamedNode) -> bool:
    match kind:
        case SH.targetClass:
            return data.is_a(node, value)
        case SH.targetNode:
            return node == value
        case SH.targetSubjectsOf:
            return bool(data.values(node, value))
        case _:
            return any(data.subjects(value, node))
