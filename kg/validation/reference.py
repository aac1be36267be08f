"""pySHACL, the reference: it judges what the fast way does not understand, and all of it on request.

Not with use_shapes, which conforms wrongly where property shapes have names; and not with a parsed graph of
shapes, in which it overlooks some booleans (both in pySHACL 0.40).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
import rdflib

from kg.errors import ShapesError
from kg.model import Name
from kg.rdflib_terms import term_from_rdflib, to_rdflib_graph
from kg.validation.findings import Finding
from kg.vocabulary import SH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kg.terms import Node, Term


def judge(
    quads: Iterable[ox.Quad], shapes: Iterable[ox.Triple], nodes: Collection[Term] | None = None
) -> tuple[list[Finding], list[ox.Triple]]:
    """Let pySHACL judge; gives its findings, and what it says of the blank nodes in them."""
    import pyshacl  # noqa: PLC0415 - it takes 0.2 s to import, and most graphs do not need it

    gives_up = (
        pyshacl.errors.ReportableRuntimeError,
        pyshacl.errors.ShapeLoadError,
        NotImplementedError,  # $shapesGraph
        # rdflib computes with ill-formed numbers, and adds some to each other without end.
        ArithmeticError,
        RecursionError,
        TypeError,
    )
    text = ox.serialize(shapes, format=ox.RdfFormat.N_TRIPLES)
    assert text is not None
    graph = to_rdflib_graph(quads)
    try:
        _, report, words = pyshacl.validate(
            graph,
            shacl_graph=text.decode(),
            shacl_graph_format="nt",
            focus_nodes=None if nodes is None else [node.value for node in nodes],
            inplace=True,
        )
    except gives_up as error:
        what = f"pySHACL gives up: {error}"
        raise ShapesError("shapes", what, "correct the shapes, or leave them out") from error
    if not isinstance(report, rdflib.Graph):
        raise ShapesError("shapes", words, "correct the shapes, or leave them out")
    return list(read(report)), list(_described(report))


def read(report: rdflib.Graph) -> Iterator[Finding]:
    """Read the results of a SHACL report."""
    for result in report.objects(None, _iri(SH.result)):
        messages = [
            Name(str(each), getattr(each, "language", None) or "")
            for each in report.objects(result, _iri(SH.resultMessage))
        ]
        said = {
            predicate: term_from_rdflib(value)
            for predicate, value in report.predicate_objects(result)
        }

        def node(predicate: ox.NamedNode, said: dict[rdflib.term.Node, Term] = said) -> Node | None:
            found = said.get(_iri(predicate))
            return None if isinstance(found, ox.Literal) else found

        component, shape, severity = (
            node(each) for each in (SH.sourceConstraintComponent, SH.sourceShape, SH.resultSeverity)
        )
        assert isinstance(component, ox.NamedNode)
        assert shape is not None
        assert severity is not None
        yield Finding(
            said[_iri(SH.focusNode)],
            shape,
            component,
            severity,
            node(SH.resultPath),
            said.get(_iri(SH.value)),
            tuple(sorted(messages, key=str)),
            node(SH.sourceConstraint),
        )


def with_languages(findings: Iterable[Finding], shapes: ox.Store) -> Iterator[Finding]:
    """Give messages of rules their languages back: pySHACL drops them where it fills values in."""
    for finding in findings:
        if finding.component == SH.SPARQLConstraintComponent:
            messages = (_language(each, finding, shapes) for each in finding.messages)
            yield replace(finding, messages=tuple(sorted(messages, key=str)))
        else:
            yield finding


def _language(message: Name, finding: Finding, shapes: ox.Store) -> Name:
    for node in (finding.shape, finding.constraint):
        for quad in shapes.quads_for_pattern(node, SH.message, None) if node else ():
            template = quad.object
            assert isinstance(template, ox.Literal)
            # Whatever was filled in, the words between are the template's.
            words = (re.escape(part) for part in re.split(r"\{[?$]\w+\}", template.value))
            if re.fullmatch(".*".join(words), message.text, re.DOTALL):
                return Name(message.text, template.language or "")
    return message


def _described(report: rdflib.Graph) -> Iterator[ox.Triple]:
    """Give what the report says of blank nodes that are no results: shapes and paths without a name."""
    results = set(report.objects(None, _iri(SH.result)))
    reports = set(report.subjects(None, _iri(SH.ValidationReport)))
    for subject, predicate, value in report:
        if isinstance(subject, rdflib.BNode) and subject not in results | reports:
            node, property_ = term_from_rdflib(subject), term_from_rdflib(predicate)
            assert isinstance(node, ox.BlankNode)
            assert isinstance(property_, ox.NamedNode)
            yield ox.Triple(node, property_, term_from_rdflib(value))


def _iri(term: ox.NamedNode) -> rdflib.URIRef:
    return rdflib.URIRef(term.value)
