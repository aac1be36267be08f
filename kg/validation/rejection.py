"""What violates a shape is taken out of the published graph, with all that does not conform without it.

Nothing is lost: it is kept with the shape, the reason, the article and the sentence. The default graph
of what is rejected says why, the graph `id:rejected` holds what was taken from the knowledge, and
an article's graph what was taken from that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.model import Name
from kg.validation.findings import Finding, order
from kg.validation.report import said_of
from kg.vocabulary import DIP, RDF, SH, node

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from kg.terms import Node, Term
    from kg.validation.report import Report

REJECTED = node("rejected")
_KNOWLEDGE = ox.DefaultGraph()
# What a meeting or a statement points to, which has no place in the graph without it.
_NAMED_FOR_IT = (
    DIP.Person,
    DIP.Organization,
    DIP.Country,
    DIP.Place,
    DIP.Office,
    DIP.Topic,
    DIP.Act,
)
_MEANING = (DIP.refersTo, DIP.confidence, DIP.because)


def take_out(
    store: ox.Store, report: Report, again: Callable[[ox.Store, Collection[Term]], Report]
) -> list[ox.Quad]:
    """Take what violates out of a store until it conforms; `again` validates the nodes touched."""
    taken: set[ox.Quad] = set()
    findings: dict[Finding, None] = {}
    violations = [each for each in report.findings if each.is_violation]
    while violations:
        findings |= dict.fromkeys(violations)
        gone = {each.focus for each in violations if not isinstance(each.focus, ox.Literal)}
        new = set(_with(store, _wholes(store, gone)))
        _remove(store, new)
        while orphans := _orphans(store, new):
            more = set(_with(store, orphans))
            more |= set(_meanings(store, more))
            _remove(store, more)
            new |= more
        taken |= new
        touched = _ends(new)
        left = [each for each in touched if _stands(store, each)]
        violations = [each for each in again(store, left).findings if each.is_violation]
    kept = {*taken, *_context(store, taken)} if taken else set()
    return [*map(_as_rejected, sorted(kept, key=str)), *_reasons(findings)]


def rejections(quads: Iterable[ox.Quad]) -> tuple[Finding, ...]:
    """Read why things were rejected."""
    said: dict[Node, dict[ox.NamedNode, list[Term]]] = {}
    for quad in quads:
        if quad.graph_name == _KNOWLEDGE:
            said.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)  # type: ignore[arg-type] # no triple terms
    found = (_finding(values) for values in said.values() if SH.focusNode in values)
    return tuple(sorted(found, key=order))


def _wholes(store: ox.Store, nodes: Iterable[Node]) -> set[Node]:
    """Add to nodes the meetings that they are part of: a meeting without a party it had is another meeting."""
    found: set[Node] = set()
    waiting = list(nodes)
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            parts = store.quads_for_pattern(each, DIP.participation, None, _KNOWLEDGE)
            waiting += (quad.object for quad in parts if isinstance(quad.object, ox.NamedNode))
            for part_of in (DIP.participation, DIP.agent):
                wholes = store.quads_for_pattern(None, part_of, each, _KNOWLEDGE)
                waiting += (quad.subject for quad in wholes)  # type: ignore[misc] # no triple terms
    return found


def _with(store: ox.Store, nodes: Collection[Node]) -> Iterator[ox.Quad]:
    """Give all that is said of some nodes and all that points to them, with what articles tell of them."""
    for each in nodes:
        yield from store.quads_for_pattern(each, None, None)
        for quad in store.quads_for_pattern(None, None, each):
            yield quad
            if quad.predicate == DIP.reports:
                yield from store.quads_for_pattern(quad.subject, None, None)
                for party in _ends(store.quads_for_pattern(quad.subject, DIP.party, None)):
                    yield from store.quads_for_pattern(party, None, None)


def _orphans(store: ox.Store, taken: Iterable[ox.Quad]) -> set[Node]:
    """Give the entities that what was taken pointed to, and that nothing but mentions points to now."""
    pointed = {quad.object for quad in taken if isinstance(quad.object, ox.NamedNode)}
    return {
        each
        for each in pointed
        if any(_is(store, each, class_) for class_ in _NAMED_FOR_IT)
        and all(quad.predicate == DIP.refersTo for quad in _pointing(store, each))
    }


def _ends(quads: Iterable[ox.Quad]) -> set[Node]:
    """Give the nodes that quads are about and point to."""
    ends = {end for quad in quads for end in (quad.subject, quad.object)}
    return {end for end in ends if isinstance(end, ox.NamedNode | ox.BlankNode)}


def _pointing(store: ox.Store, each: Node) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(None, None, each, _KNOWLEDGE)


def _is(store: ox.Store, each: Node, class_: ox.NamedNode) -> bool:
    return any(store.quads_for_pattern(each, RDF.type, class_, _KNOWLEDGE))


def _stands(store: ox.Store, each: Node) -> bool:
    return any(store.quads_for_pattern(each, None, None, _KNOWLEDGE))


def _meanings(store: ox.Store, taken: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Give how sure a mention was of an entity that is gone."""
    for quad in taken:
        if quad.predicate == DIP.refersTo:
            for predicate in _MEANING:
                yield from store.quads_for_pattern(quad.subject, predicate, None)


def _remove(store: ox.Store, quads: Iterable[ox.Quad]) -> None:
    for quad in quads:
        store.remove(quad)


def _context(store: ox.Store, taken: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Give the mentions that were the evidence of what was taken; they stay published, too."""
    for quad in taken:
        if quad.predicate == DIP.evidence and isinstance(quad.object, ox.NamedNode):
            yield from store.quads_for_pattern(quad.object, None, None, _KNOWLEDGE)


def _as_rejected(quad: ox.Quad) -> ox.Quad:
    graph = REJECTED if quad.graph_name == _KNOWLEDGE else quad.graph_name
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _reasons(findings: Iterable[Finding]) -> Iterator[ox.Quad]:
    for number, finding in enumerate(sorted(findings, key=order), 1):
        reason = node(f"rejected/{number}")
        yield ox.Quad(reason, RDF.type, SH.ValidationResult)
        for predicate, value in said_of(finding):
            yield ox.Quad(reason, predicate, value)
        if finding.article:
            yield ox.Quad(reason, DIP.article, ox.NamedNode(finding.article))
        if finding.sentence:
            language = finding.sentence.language or None
            yield ox.Quad(
                reason, DIP.sentence, ox.Literal(finding.sentence.text, language=language)
            )


def _finding(said: dict[ox.NamedNode, list[Term]]) -> Finding:
    def first(predicate: ox.NamedNode) -> Term | None:
        return next(iter(said.get(predicate, ())), None)

    def iri(predicate: ox.NamedNode) -> ox.NamedNode | None:
        found = first(predicate)
        return found if isinstance(found, ox.NamedNode) else None

    [focus] = said[SH.focusNode]
    article, sentence = first(DIP.article), first(DIP.sentence)
    messages = (each for each in said.get(SH.resultMessage, ()) if isinstance(each, ox.Literal))
    return Finding(
        focus,
        iri(SH.sourceShape) or SH.NodeShape,
        iri(SH.sourceConstraintComponent) or SH.NodeShape,
        iri(SH.resultSeverity) or SH.Violation,
        iri(SH.resultPath),
        first(SH.value),
        tuple(sorted((Name(each.value, each.language or "") for each in messages), key=str)),
        iri(SH.sourceConstraint),
        article.value if article else None,
        Name(sentence.value, sentence.language or "") if isinstance(sentence, ox.Literal) else None,
    )
