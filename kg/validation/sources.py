"""Where a fault was read: the article and the sentence that stand behind a node."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.model import MentionKind, Name
from kg.validation.lines import encoded
from kg.vocabulary import DIP, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.terms import Term
    from kg.validation.constraints import Told
    from kg.validation.findings import Finding

# By these, words and participations name whom they mean.
NAMED_BY = (encoded(DIP.refersTo), encoded(DIP.agent))


def locate(findings: Iterable[Finding], data: Told) -> Iterator[Finding]:
    """Say of each finding in which article and sentence it lies, where the data knows."""
    known: dict[Term, tuple[str | None, Name | None]] = {}
    for finding in findings:
        focus = finding.focus
        if focus not in known:
            known[focus] = _source(focus, data)
        article, sentence = known[focus]
        yield replace(finding, article=article, sentence=sentence)


def _source(focus: Term, data: Told) -> tuple[str | None, Name | None]:
    mentions = sorted(_mentions(focus, data), key=str)
    sentences = [each for each in mentions if _is_sentence(each, data)]
    mention = next(chain(sentences, mentions), focus)
    # A fault may lie in that there are two: the order of values is nobody's.
    articles = (*_sorted(data, mention, DIP.article), *_sorted(data, focus, DIP.reportedBy))
    quotes = (each for each in _sorted(data, mention, DIP.exact) if isinstance(each, ox.Literal))
    sentence = next((Name(each.value, each.language or "") for each in quotes), None)
    article = next((each.value for each in articles if isinstance(each, ox.NamedNode)), None)
    if article is None and DIP.Article in data.values(focus, RDF.type):
        article = focus.value
    return article, sentence


def _sorted(data: Told, node: Term, predicate: ox.NamedNode) -> list[Term]:
    return sorted(data.values(node, predicate), key=str)


def _mentions(focus: Term, data: Told) -> Iterator[Term]:
    """Give the evidence of a node: its own, of the meeting it belongs to, or where it is named."""
    if isinstance(focus, ox.Literal):
        return
    if data.values(focus, DIP.exact):
        yield focus
    yield from data.values(focus, DIP.evidence)
    for meeting in data.values(focus, DIP.meeting):
        yield from data.values(meeting, DIP.evidence)
    yield from data.subjects(DIP.refersTo, focus)
    for participation in data.subjects(DIP.agent, focus):
        yield from data.values(participation, DIP.evidence)


def _is_sentence(mention: Term, data: Told) -> bool:
    return ox.Literal(MentionKind.SENTENCE.value) in data.values(mention, DIP.mentionKind)
