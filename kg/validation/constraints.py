"""The constraints of SHACL Core that need no pySHACL, each told twice.

Once as SPARQL that lets through what surely holds (`fine`, `suspects`), to find suspects fast; once in
Python, word for word as pySHACL decides (`holds`, `faults`), to judge them. What SPARQL lets through
must hold: that is the one rule here, and the tests hold both against pySHACL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.validation import literals
from kg.vocabulary import RDF, SH, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.terms import Term
    from kg.validation.data import Data


@dataclass(frozen=True, slots=True)
class ValueCheck:
    """What each value must be: `fine` is SPARQL about ?value, true only where `holds` is.

    Where `classes` are given, it holds for their instances and for nothing else.
    """

    component: ox.NamedNode
    fine: Callable[[Data], str]
    holds: Callable[[Term, Data], bool]
    classes: tuple[ox.NamedNode, ...] = ()


@dataclass(frozen=True, slots=True)
class SetCheck:
    """What all values together must be: `suspects` selects ?this over the property, `faults` gives the faulty values.

    `other` is the property that they are compared with; `suspects` is empty for a least count of one,
    which is looked up for many properties at once.
    """

    component: ox.NamedNode
    suspects: Callable[[ox.NamedNode], str]
    faults: Callable[[Sequence[Term], Sequence[Term]], Iterable[Term | None]]
    other: ox.NamedNode | None = None


def all_fine(checks: Sequence[ValueCheck], data: Data) -> str:
    """Give the expression that is true only where every check holds."""
    return " && ".join(f"({check.fine(data)})" for check in checks) or "true"


def of_class(class_: ox.NamedNode) -> ValueCheck:
    """sh:class."""

    def fine(data: Data) -> str:
        family = sorted(map(str, data.family(class_)))
        return " || ".join(f"EXISTS {{ ?value a {each} }}" for each in family)

    return ValueCheck(
        SH.ClassConstraintComponent,
        fine,
        lambda value, data: data.is_a(value, class_),
        (class_,),
    )


_BETWEEN = "?value >= {0} && ?value <= {1}"
_WELL_FORMED = {
    RDF.langString: 'LANG(?value) != ""',
    XSD.string: "true",
    XSD.anyURI: "true",
    # Only a number compares with a number: an ill-formed one is an error, and an error is not fine.
    XSD.integer: "(?value < 0 || ?value >= 0)",
    XSD.decimal: "(?value < 0 || ?value >= 0)",
    XSD.boolean: 'STR(?value) IN ("true", "false")',
    XSD.date: _BETWEEN.format(f'"0001-01-02"^^{XSD.date}', f'"9999-12-30"^^{XSD.date}'),
    XSD.gYearMonth: 'REGEX(STR(?value), "^[1-9][0-9][0-9][0-9]-(0[1-9]|1[0-2])$")',
    XSD.gYear: 'REGEX(STR(?value), "^[1-9][0-9][0-9][0-9]$")',
}
DATATYPES = frozenset(_WELL_FORMED)


def of_datatype(datatype: ox.NamedNode) -> ValueCheck:
    """sh:datatype, of the datatypes in DATATYPES."""

    def holds(value: Term, _: Data) -> bool:
        if not isinstance(value, ox.Literal) or value.datatype != datatype:
            return False
        return literals.is_well_formed(value)

    fine = f"DATATYPE(?value) = {datatype} && {_WELL_FORMED[datatype]}"
    return ValueCheck(SH.DatatypeConstraintComponent, lambda _: fine, holds)


_IS_IRI: dict[type, str] = {ox.NamedNode: "isIRI(?value)"}
_IS_BLANK: dict[type, str] = {ox.BlankNode: "isBlank(?value)"}
_IS_LITERAL: dict[type, str] = {ox.Literal: "isLiteral(?value)"}
_KINDS = {
    SH.IRI: _IS_IRI,
    SH.BlankNode: _IS_BLANK,
    SH.Literal: _IS_LITERAL,
    SH.BlankNodeOrIRI: _IS_BLANK | _IS_IRI,
    SH.BlankNodeOrLiteral: _IS_BLANK | _IS_LITERAL,
    SH.IRIOrLiteral: _IS_IRI | _IS_LITERAL,
}


def of_node_kind(kind: ox.NamedNode) -> ValueCheck:
    """sh:nodeKind."""
    types = _KINDS[kind]
    fine = " || ".join(types.values())
    return ValueCheck(
        SH.NodeKindConstraintComponent, lambda _: fine, lambda value, _: type(value) in types
    )


def one_of(members: Sequence[Term]) -> ValueCheck:
    """sh:in, of IRIs and plain strings: SPARQL takes 1 and 1.0 for equal, SHACL does not."""
    fine = f"?value IN ({', '.join(map(str, members))})"
    return ValueCheck(SH.InConstraintComponent, lambda _: fine, lambda value, _: value in members)


def at_least_long(length: int) -> ValueCheck:
    """sh:minLength."""
    return _text_check(
        SH.MinLengthConstraintComponent,
        f"STRLEN(STR(?value)) >= {length}",
        lambda text: len(text) >= length,
    )


def at_most_long(length: int) -> ValueCheck:
    """sh:maxLength."""
    return _text_check(
        SH.MaxLengthConstraintComponent,
        f"STRLEN(STR(?value)) <= {length}",
        lambda text: len(text) <= length,
    )


PLAIN_PATTERN = re.compile(r"[A-Za-z0-9 \[\]\-^$*+?():/.,_{}#=|]*")


def matching(pattern: str) -> ValueCheck:
    """sh:pattern, where PLAIN_PATTERN says that all engines read it alike."""
    fine = f"REGEX(STR(?value), {ox.Literal(pattern)})"
    return _text_check(
        SH.PatternConstraintComponent, fine, lambda text: bool(re.search(pattern, text))
    )


def _text_check(component: ox.NamedNode, fine: str, passes: Callable[[str], bool]) -> ValueCheck:
    return ValueCheck(
        component,
        lambda _: fine,
        lambda value, _: not isinstance(value, ox.BlankNode) and passes(value.value),
    )


_ORDERS: dict[ox.NamedNode, tuple[str, Callable[[int], bool]]] = {
    SH.MinInclusiveConstraintComponent: (">=", lambda order: order >= 0),
    SH.MinExclusiveConstraintComponent: (">", lambda order: order > 0),
    SH.MaxInclusiveConstraintComponent: ("<=", lambda order: order <= 0),
    SH.MaxExclusiveConstraintComponent: ("<", lambda order: order < 0),
}


def within(component: ox.NamedNode, bound: ox.Literal) -> ValueCheck:
    """sh:minInclusive and the like, of whole and decimal numbers."""
    sign, passes = _ORDERS[component]
    fine = f"DATATYPE(?value) IN ({XSD.integer}, {XSD.decimal}) && ?value {sign} {bound}"

    def holds(value: Term, _: Data) -> bool:
        order = literals.compare(value, bound)
        return order is not None and passes(order)

    return ValueCheck(component, lambda _: fine, holds)


def any_of(alternatives: Sequence[Sequence[ValueCheck]]) -> ValueCheck:
    """sh:or, of alternatives that are about the value alone."""

    def fine(data: Data) -> str:
        # An error in one alternative must not spoil the next.
        return " || ".join(f"COALESCE({all_fine(each, data)}, false)" for each in alternatives)

    def holds(value: Term, data: Data) -> bool:
        return any(all(check.holds(value, data) for check in each) for each in alternatives)

    classes = [check.classes for each in alternatives for check in each if len(each) == 1]
    all_are_classes = len(classes) == len(alternatives) and all(classes)
    return ValueCheck(
        SH.OrConstraintComponent,
        fine,
        holds,
        tuple(chain.from_iterable(classes)) if all_are_classes else (),
    )


def at_least(number: int) -> SetCheck:
    """sh:minCount."""
    return SetCheck(
        SH.MinCountConstraintComponent,
        lambda _: "",
        lambda values, _: [None] if len(values) < number else [],
    )


def at_most(number: int) -> SetCheck:
    """sh:maxCount."""
    return SetCheck(
        SH.MaxCountConstraintComponent,
        lambda path: (
            f"SELECT ?this {{ ?this {path} ?value }} GROUP BY ?this HAVING (COUNT(*) > {number})"
        ),
        lambda values, _: [None] if len(values) > number else [],
    )


def unique_language() -> SetCheck:
    """sh:uniqueLang: one fault for each language that comes twice."""

    def faults(values: Sequence[Term], _: Sequence[Term]) -> Iterable[None]:
        tags = [v.language.lower() for v in values if isinstance(v, ox.Literal) and v.language]
        return [None for tag in set(tags) if tags.count(tag) > 1]

    return SetCheck(
        SH.UniqueLangConstraintComponent,
        lambda path: (
            f'SELECT ?this {{ ?this {path} ?value FILTER (LANG(?value) != "") }}'
            " GROUP BY ?this (LCASE(LANG(?value)) AS ?tag) HAVING (COUNT(*) > 1)"
        ),
        faults,
    )


def less_than(other: ox.NamedNode) -> SetCheck:
    """sh:lessThan: one fault for each pair that is not in order."""
    whole = f"DATATYPE(?value) = {XSD.integer} && DATATYPE(?other) = {XSD.integer}"
    fine = f"COALESCE({whole} && ?value < ?other, false)"
    return SetCheck(
        SH.LessThanConstraintComponent,
        lambda path: f"SELECT ?this {{ ?this {path} ?value ; {other} ?other FILTER (!{fine}) }}",
        lambda values, others: [v for v in values for o in others if not literals.is_less(v, o)],
        other,
    )
