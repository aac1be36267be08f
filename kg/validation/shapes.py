"""The shapes that the fast way understands, read from a graph of SHACL; the rest is left to pySHACL."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import ShapesError
from kg.model import Name
from kg.validation import constraints
from kg.validation.rules import NotUnderstoodError, Rule, rule
from kg.vocabulary import OWL, PREFIXES, RDF, RDFS, SH, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from kg.terms import Node, Term
    from kg.validation.constraints import SetCheck, ValueCheck

_LOCAL = (SH.targetClass, SH.targetSubjectsOf)
TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape, or with a path a property shape."""

    iri: ox.NamedNode
    severity: ox.NamedNode
    messages: tuple[Name, ...]
    path: ox.NamedNode | None
    value_checks: tuple[ValueCheck, ...]
    set_checks: tuple[SetCheck, ...]
    rules: tuple[Rule, ...]
    properties: tuple[Shape, ...]
    targets: tuple[tuple[ox.NamedNode, ox.NamedNode], ...]

    @property
    def is_local(self) -> bool:
        """Whether a node itself shows that the shape is about it, and what of it the shape sees."""
        sees_more = any(check.sees_text or check.sees_classes for check in self.value_checks)
        return not sees_more and all(kind in _LOCAL for kind, _ in self.targets)


class ShapesGraph:
    """A graph of shapes: those understood, and what is left of it for pySHACL."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        """Read shapes from triples."""
        # pySHACL gets them as written: a store makes "1"^^xsd:boolean true, and then it means something.
        self.triples = _with_imported_prefixes(triples)
        self.store = ox.Store()
        self.store.extend(ox.Quad(*triple) for triple in self.triples)

    @cached_property
    def understood(self) -> tuple[Shape, ...]:
        """The shapes with targets that the fast way can judge."""
        if self._has(SH.parameter):  # a constraint component of its own may be about any shape
            return ()
        return tuple(shape for root in self._roots() if (shape := self._understand(root)))

    @cached_property
    def leftover(self) -> tuple[ox.Triple, ...]:
        """The shapes graph for pySHACL: without the targets of what is understood; empty where nothing is left."""
        mine = {shape.iri for shape in self.understood}
        if all(root in mine for root in self._roots()):
            return ()
        return tuple(
            triple
            for triple in self.triples
            if not (triple.subject in mine and triple.predicate in TARGETS)
        )

    @cached_property
    def may_be_cut(self) -> bool:
        """Whether each shape looks no further than from a node to those it points to, and so on."""
        rules = (rule for shape in self.understood for rule in shape.rules)
        return (
            not self.leftover
            and all(shape.is_local for shape in self.understood)
            and all(rule.solver for rule in rules)
        )

    def _roots(self) -> list[Node]:
        """List the shapes that have targets, those that are their own target class too."""
        found = {quad.subject for each in (*TARGETS, SH.target) for quad in self._with(each)}
        classes = (quad.subject for each in (RDFS.Class, OWL.Class) for quad in self._typed(each))
        found |= {node for node in classes if self._is_shape(node)}
        return sorted(found, key=str)  # type: ignore[arg-type] # no triple terms

    def _is_shape(self, node: object) -> bool:
        assert isinstance(node, ox.NamedNode | ox.BlankNode)
        predicates = {
            quad.predicate.value for quad in self.store.quads_for_pattern(node, None, None)
        }
        return any(each.startswith(PREFIXES["sh"]) for each in predicates)

    def _understand(self, root: Node) -> Shape | None:
        try:
            return self._read(root, is_root=True)
        except NotUnderstoodError:
            return None

    def _read(self, node: Term, *, is_root: bool) -> Shape:
        if not isinstance(node, ox.NamedNode) or self._types(node) & {RDFS.Class, OWL.Class}:
            raise NotUnderstoodError(node)
        said = self._said(node)
        targets = tuple((kind, _iri(value)) for kind in TARGETS for value in said.pop(kind, ()))
        if targets and not is_root:
            raise NotUnderstoodError(node)
        severity = _iri(_one(said.pop(SH.severity, [SH.Violation])))
        messages = tuple(sorted(map(_name, said.pop(SH.message, ())), key=str))
        path = said.pop(SH.path, None)
        rules = tuple(self._rule(each) for each in said.pop(SH.sparql, ()))
        properties = tuple(
            sorted((self._read(p, is_root=False) for p in said.pop(SH.property, ())), key=str)
        )
        value_checks, set_checks = self._checks(said)
        if (path and (rules or properties or is_root)) or (not path and set_checks):
            raise NotUnderstoodError(node)
        if (value_checks or set_checks) and not messages:
            raise NotUnderstoodError(node)  # pySHACL makes a message up
        if not path and not is_root:
            raise NotUnderstoodError(node)
        return Shape(
            node,
            severity,
            messages,
            _iri(_one(path)) if path else None,
            value_checks,
            set_checks,
            rules,
            properties,
            targets,
        )

    def _said(self, node: Node) -> dict[ox.NamedNode, list[Term]]:
        """Give what SHACL is said of a node; names and descriptions judge nothing."""
        said: dict[ox.NamedNode, list[Term]] = {}
        for quad in self.store.quads_for_pattern(node, None, None):
            if quad.predicate.value.startswith(PREFIXES["sh"]) and quad.predicate not in _SILENT:
                said.setdefault(quad.predicate, []).append(quad.object)  # type: ignore[arg-type] # no triple terms
        return said

    def _checks(
        self, said: dict[ox.NamedNode, list[Term]]
    ) -> tuple[tuple[ValueCheck, ...], tuple[SetCheck, ...]]:
        value_checks: list[ValueCheck] = []
        set_checks: list[SetCheck] = []
        for parameter, values in sorted(said.items(), key=str):
            match parameter:
                case SH.class_:
                    value_checks += (constraints.of_class(_iri(value)) for value in values)
                case SH.pattern:
                    value_checks += (constraints.matching(_pattern(value)) for value in values)
                case SH.in_:
                    value_checks.append(
                        constraints.one_of(tuple(map(_plain, self._list(_one(values)))))
                    )
                case SH.or_:
                    value_checks += (self._any_of(value) for value in values)
                case SH.lessThan:
                    set_checks += (constraints.less_than(_iri(value)) for value in values)
                case _ if parameter in _VALUE_CHECKS:
                    value_checks.append(_VALUE_CHECKS[parameter](_one(values)))
                case _ if parameter in _SET_CHECKS:
                    set_checks += _SET_CHECKS[parameter](_one(values))
                case _:
                    raise NotUnderstoodError(parameter)
        return tuple(value_checks), tuple(set_checks)

    def _any_of(self, list_: Term) -> ValueCheck:
        alternatives = []
        for each in self._list(list_):
            if isinstance(each, ox.Literal) or self._types(each):
                raise NotUnderstoodError(each)
            value_checks, set_checks = self._checks(self._said(each))
            if set_checks or not value_checks:
                raise NotUnderstoodError(each)
            alternatives.append(value_checks)
        return constraints.any_of(alternatives)

    def _rule(self, node: Term) -> Rule:
        if not isinstance(node, ox.NamedNode):
            raise NotUnderstoodError(node)
        said = self._said(node)
        select = _one(said.pop(SH.select, [])).value
        messages = tuple(sorted(map(_name, said.pop(SH.message, ())), key=str))
        prefixes = {name: PREFIXES[name] for name in ("rdf", "rdfs", "owl")}
        for declaration in chain.from_iterable(
            self._values(each, SH.declare) for each in said.pop(SH.prefixes, ())
        ):
            [prefix], [namespace] = (
                self._values(declaration, p) for p in (SH.prefix, SH.namespace)
            )
            prefixes[prefix.value] = namespace.value
        if said:
            raise NotUnderstoodError(node)
        return rule(node, select, prefixes, messages)

    def _list(self, node: Term) -> Iterator[Term]:
        while node != RDF.nil:
            [first], [rest] = (self._values(node, each) for each in (RDF.first, RDF.rest))
            yield first
            node = rest

    def _values(self, node: Term, predicate: ox.NamedNode) -> list[Term]:
        if isinstance(node, ox.Literal):
            return []
        return [quad.object for quad in self.store.quads_for_pattern(node, predicate, None)]  # type: ignore[misc] # no triple terms

    def _types(self, node: Term) -> set[Term]:
        return set(self._values(node, RDF.type)) - {SH.NodeShape, SH.PropertyShape}

    def _with(self, predicate: ox.NamedNode) -> Iterator[ox.Quad]:
        return self.store.quads_for_pattern(None, predicate, None)

    def _typed(self, class_: ox.NamedNode) -> Iterator[ox.Quad]:
        return self.store.quads_for_pattern(None, RDF.type, class_)

    def _has(self, predicate: ox.NamedNode) -> bool:
        return any(self._with(predicate))


_SILENT = {SH.name, SH.description, SH.order, SH.group, SH.defaultValue}


def _with_imported_prefixes(triples: Iterable[ox.Triple]) -> tuple[ox.Triple, ...]:
    """Declare prefixes where the file that declares them is imported: pySHACL does not look there."""
    given = tuple(triples)
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in given)
    imports = store.quads_for_pattern(None, OWL.imports, None)
    declared = (
        ox.Triple(each.subject, SH.declare, declaration.object)
        for each in imports
        if isinstance(each.object, ox.NamedNode)
        for declaration in store.quads_for_pattern(each.object, SH.declare, None)
    )
    return (*given, *declared)


def _one(values: Iterable[Term]) -> Term:
    found = list(values)
    if len(found) != 1:
        raise NotUnderstoodError(found)
    return found[0]


def _iri(term: Term) -> ox.NamedNode:
    if not isinstance(term, ox.NamedNode):
        raise NotUnderstoodError(term)
    return term


def _plain(term: Term) -> Term:
    if isinstance(term, ox.BlankNode) or (
        isinstance(term, ox.Literal) and term.datatype != XSD.string
    ):
        raise NotUnderstoodError(term)
    return term


def _name(term: Term) -> Name:
    if not isinstance(term, ox.Literal):
        raise NotUnderstoodError(term)
    return Name(term.value, term.language or "")


def _pattern(term: Term) -> str:
    if not isinstance(term, ox.Literal) or not constraints.PLAIN_PATTERN.fullmatch(term.value):
        raise NotUnderstoodError(term)
    return term.value


def _number(term: Term) -> int:
    if not isinstance(term, ox.Literal) or term.datatype != XSD.integer or not term.value.isdigit():
        raise NotUnderstoodError(term)
    return int(term.value)


def _bound(term: Term) -> ox.Literal:
    if not isinstance(term, ox.Literal) or term.datatype not in {XSD.integer, XSD.decimal}:
        raise NotUnderstoodError(term)
    return term


def _datatype(term: Term) -> ox.NamedNode:
    datatype = _iri(term)
    if datatype not in constraints.DATATYPES:
        raise NotUnderstoodError(term)
    return datatype


def _unique(term: Term) -> list[SetCheck]:
    return [constraints.unique_language()] if _plain_boolean(term) else []


def _plain_boolean(term: Term) -> bool:
    if not isinstance(term, ox.Literal) or term.datatype != XSD.boolean:
        raise NotUnderstoodError(term)
    return term.value == "true"


_VALUE_CHECKS: dict[ox.NamedNode, Callable[[Term], ValueCheck]] = {
    SH.datatype: lambda term: constraints.of_datatype(_datatype(term)),
    SH.nodeKind: lambda term: constraints.of_node_kind(_iri(term)),
    SH.minLength: lambda term: constraints.at_least_long(_number(term)),
    SH.maxLength: lambda term: constraints.at_most_long(_number(term)),
    SH.minInclusive: lambda term: constraints.within(
        SH.MinInclusiveConstraintComponent, _bound(term)
    ),
    SH.minExclusive: lambda term: constraints.within(
        SH.MinExclusiveConstraintComponent, _bound(term)
    ),
    SH.maxInclusive: lambda term: constraints.within(
        SH.MaxInclusiveConstraintComponent, _bound(term)
    ),
    SH.maxExclusive: lambda term: constraints.within(
        SH.MaxExclusiveConstraintComponent, _bound(term)
    ),
}
_SET_CHECKS: dict[ox.NamedNode, Callable[[Term], list[SetCheck]]] = {
    SH.minCount: lambda term: [constraints.at_least(_number(term))],
    SH.maxCount: lambda term: [constraints.at_most(_number(term))],
    SH.uniqueLang: _unique,
}


@cache
def shapes_graph(path: Path) -> ShapesGraph:
    """Read a file of shapes, once a process."""
    try:
        base = path.resolve().as_uri()
        quads = ox.parse(path=path, format=ox.RdfFormat.TURTLE, base_iri=base)
        return ShapesGraph(quad.triple for quad in quads)
    except (SyntaxError, OSError) as error:
        raise ShapesError(path, str(error), "give a Turtle file of SHACL shapes") from error
