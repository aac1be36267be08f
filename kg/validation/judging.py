"""One node judged by one shape, and what a rule finds about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.model import Name
from kg.validation.findings import Finding
from kg.vocabulary import SH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.terms import Term
    from kg.validation.constraints import Told
    from kg.validation.rules import Rule
    from kg.validation.shapes import Shape


def judge(data: Told, shape: Shape, focus: Term) -> Iterator[Finding]:
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


def broken(shape: Shape, rule: Rule, row: Mapping[str, Term]) -> Finding:
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
