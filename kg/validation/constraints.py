"""The constraints of SHACL Core that need no pySHACL: decided word for word as it decides.

Each says how much of a value it sees: what looks alike to all of them is judged once. What a check is said not to
see, it must not look at: that is the one rule here, and the tests hold all against pySHACL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from kg.validation import literals
from kg.vocabulary import RDF, SH, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.terms import Term
    from kg.validation.data import Data
    from kg.validation.lines import Lines

    # What is judged: nodes of a store, or lines.
    Told: TypeAlias = Data | Lines


@dataclass(frozen=True, slots=True)
class ValueCheck:
    """What each value must be.

    It sees no more than the kind of a value, whether it is empty, and the classes of a node, unless it `sees_text`.
    """

    component: ox.NamedNode
    holds: Callable[[Term, Told], bool]
    sees_text: bool = True
    sees_classes: bool = False


@dataclass(frozen=True, slots=True)
class SetCheck:
    """What all values together must be: gives the faulty ones, or None for a fault of no single value.

    It sees how many there are and in which languages; where there is an `other` property, also how they compare.
    """

    component: ox.NamedNode
    faults: Callable[[Sequence[Term], Sequence[Term]], Iterable[Term | None]]
    other: ox.NamedNode | None = None


def of_class(class_: ox.NamedNode) -> ValueCheck:
    """sh:class."""
    return ValueCheck(
        SH.ClassConstraintComponent,
        lambda value, data: data.is_a(value, class_),
        sees_text=False,
        sees_classes=True,
    )


DATATYPES = frozenset(
    {
        RDF.langString,
        XSD.string,
        XSD.anyURI,
        XSD.integer,
        XSD.decimal,
        XSD.boolean,
        XSD.date,
        XSD.gYearMonth,
        XSD.gYear,
    }
)
# Any text is one of these.
_FREE = {RDF.langString, XSD.string, XSD.anyURI}


def of_datatype(datatype: ox.NamedNode) -> ValueCheck:
    """sh:datatype, of the datatypes in DATATYPES."""

    def holds(value: Term, _: Told) -> bool:
        if not isinstance(value, ox.Literal) or value.datatype != datatype:
            return False
        return literals.is_well_formed(value)

    return ValueCheck(SH.DatatypeConstraintComponent, holds, sees_text=datatype not in _FREE)


_KINDS: dict[ox.NamedNode, tuple[type, ...]] = {
    SH.IRI: (ox.NamedNode,),
    SH.BlankNode: (ox.BlankNode,),
    SH.Literal: (ox.Literal,),
    SH.BlankNodeOrIRI: (ox.BlankNode, ox.NamedNode),
    SH.BlankNodeOrLiteral: (ox.BlankNode, ox.Literal),
    SH.IRIOrLiteral: (ox.NamedNode, ox.Literal),
}


def of_node_kind(kind: ox.NamedNode) -> ValueCheck:
    """sh:nodeKind."""
    types = _KINDS[kind]
    return ValueCheck(
        SH.NodeKindConstraintComponent, lambda value, _: isinstance(value, types), sees_text=False
    )


def one_of(members: Sequence[Term]) -> ValueCheck:
    """sh:in, of IRIs and plain strings."""
    return ValueCheck(SH.InConstraintComponent, lambda value, _: value in members)


def at_least_long(length: int) -> ValueCheck:
    """sh:minLength."""
    return _text_check(
        SH.MinLengthConstraintComponent, lambda text: len(text) >= length, sees_text=length > 1
    )


def at_most_long(length: int) -> ValueCheck:
    """sh:maxLength."""
    return _text_check(SH.MaxLengthConstraintComponent, lambda text: len(text) <= length)


PLAIN_PATTERN = re.compile(r"[A-Za-z0-9 \[\]\-^$*+?():/.,_{}#=|]*")


def matching(pattern: str) -> ValueCheck:
    """sh:pattern, where PLAIN_PATTERN says that all engines read it alike."""
    return _text_check(SH.PatternConstraintComponent, lambda text: bool(re.search(pattern, text)))


def _text_check(
    component: ox.NamedNode, passes: Callable[[str], bool], *, sees_text: bool = True
) -> ValueCheck:
    return ValueCheck(
        component,
        lambda value, _: not isinstance(value, ox.BlankNode) and passes(value.value),
        sees_text=sees_text,
    )


_ORDERS: dict[ox.NamedNode, Callable[[int], bool]] = {
    SH.MinInclusiveConstraintComponent: lambda order: order >= 0,
    SH.MinExclusiveConstraintComponent: lambda order: order > 0,
    SH.MaxInclusiveConstraintComponent: lambda order: order <= 0,
    SH.MaxExclusiveConstraintComponent: lambda order: order < 0,
}


def within(component: ox.NamedNode, bound: ox.Literal) -> ValueCheck:
    """sh:minInclusive and the like, of whole and decimal numbers."""
    passes = _ORDERS[component]

    def holds(value: Term, _: Told) -> bool:
        order = literals.compare(value, bound)
        return order is not None and passes(order)

    return ValueCheck(component, holds)


def any_of(alternatives: Sequence[Sequence[ValueCheck]]) -> ValueCheck:
    """sh:or, of alternatives that are about the value alone."""

    def holds(value: Term, data: Told) -> bool:
        return any(all(check.holds(value, data) for check in each) for each in alternatives)

    checks = [check for each in alternatives for check in each]
    return ValueCheck(
        SH.OrConstraintComponent,
        holds,
        sees_text=any(check.sees_text for check in checks),
        sees_classes=any(check.sees_classes for check in checks),
    )


def at_least(number: int) -> SetCheck:
    """sh:minCount."""
    return SetCheck(
        SH.MinCountConstraintComponent,
        lambda values, _: [None] if len(values) < number else [],
    )


def at_most(number: int) -> SetCheck:
    """sh:maxCount."""
    return SetCheck(
        SH.MaxCountConstraintComponent,
        lambda values, _: [None] if len(values) > number else [],
    )


def unique_language() -> SetCheck:
    """sh:uniqueLang: one fault for each language that comes twice."""

    def faults(values: Sequence[Term], _: Sequence[Term]) -> Iterable[None]:
        tags = [v.language.lower() for v in values if isinstance(v, ox.Literal) and v.language]
        return [None for tag in set(tags) if tags.count(tag) > 1]

    return SetCheck(SH.UniqueLangConstraintComponent, faults)


def less_than(other: ox.NamedNode) -> SetCheck:
    """sh:lessThan: one fault for each pair that is not in order."""
    return SetCheck(
        SH.LessThanConstraintComponent,
        lambda values, others: [v for v in values for o in others if not literals.is_less(v, o)],
        other,
    )
