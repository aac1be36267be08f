from __future__ import annotations

import random

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import WHOLE, read, spoil

from kg.validation import Report, rejections, split, validate
from kg.vocabulary import DIP, RDF, RDFS, SH, node

MEETING = node("meeting/m1")
KARIM = node("person/karim-diallo")
GRAPH = node("article/a1")
REPORT = ox.NamedNode(f"{GRAPH.value}#meeting-1")
PARTY = ox.NamedNode(f"{GRAPH.value}#meeting-1-party-1")


def build() -> list[ox.Quad]:
    """Put what the article tells into its graph, as triplify does."""
    told = (REPORT, PARTY)
    return [
        ox.Quad(q.subject, q.predicate, q.object, GRAPH if q.subject in told else ox.DefaultGraph())
        for q in read(WHOLE)
    ]


def without(subject: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.Quad]:
    return [quad for quad in build() if (quad.subject, quad.predicate) != (subject, predicate)]


def parts(quads: list[ox.Quad]) -> tuple[set[ox.Quad], list[ox.Quad]]:
    published, rejected = split(quads, validate(quads))
    return set(published), rejected


def subjects(quads: set[ox.Quad] | list[ox.Quad]) -> set[ox.NamedNode]:
    return {quad.subject for quad in quads}


def test_a_graph_that_conforms_is_published_as_it_is() -> None:
    assert split(build(), Report(())) == (build(), [])


def test_a_meeting_that_violates_goes_with_its_participations_and_what_articles_report_of_it() -> (
    None
):
    published, rejected = parts(without(MEETING, DIP.kind))

    gone = {
        MEETING,
        REPORT,
        PARTY,
        node("meeting/m1/participation/person-karim-diallo"),
        node("meeting/m1/participation/person-salma-haddad"),
    }
    assert subjects(published).isdisjoint(gone)
    assert gone <= subjects(rejected)


def test_who_was_known_from_a_rejected_meeting_alone_goes_with_it() -> None:
    published, _ = parts(without(MEETING, DIP.kind))

    assert KARIM not in subjects(published)
    assert node("person/salma-haddad") in subjects(published)  # she made a statement


def test_a_statement_stays_without_its_rejected_meeting() -> None:
    published, _ = parts(without(MEETING, DIP.kind))

    predicates = {quad.predicate for quad in published if quad.subject == node("statement/s1")}
    assert DIP.words in predicates
    assert DIP.meeting not in predicates


def test_a_meeting_goes_with_a_party_that_is_rejected() -> None:
    published, rejected = parts(without(KARIM, RDFS.label))

    assert subjects(published).isdisjoint({KARIM, MEETING})
    assert [finding.focus for finding in rejections(rejected)] == [KARIM]


def test_what_is_rejected_keeps_its_evidence() -> None:
    _, rejected = parts(without(MEETING, DIP.kind))

    evidence = {q.object for q in rejected if (q.subject, q.predicate) == (MEETING, DIP.evidence)}
    assert evidence <= {q.subject for q in rejected if q.predicate == DIP.exact}


def test_a_rejection_says_the_shape_the_reason_the_article_and_the_sentence() -> None:
    [finding] = rejections(parts(without(MEETING, DIP.kind))[1])

    assert finding.shape_name == "Meeting-kind"
    assert finding.message("en").startswith("Give the meeting exactly one dip:kind")
    assert finding.article == GRAPH.value
    assert finding.sentence is not None
    assert finding.sentence.text.startswith("Dr Minister Salma Haddad received")


def test_a_warning_rejects_nothing() -> None:
    quads = without(MEETING, DIP.date)

    assert split(quads, validate(quads)) == (quads, [])


@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6))
def test_what_is_published_conforms_and_nothing_is_lost(seed: int) -> None:
    quads = spoil(build(), random.Random(seed))  # noqa: S311

    published, rejected = split(quads, validate(quads))
    assert validate(published).conforms
    assert {q.triple for q in quads} <= {q.triple for q in published} | {q.triple for q in rejected}


@pytest.mark.parametrize("seed", range(3))
def test_splitting_twice_is_splitting_once(seed: int) -> None:
    quads = spoil(build(), random.Random(seed))  # noqa: S311

    published, _ = split(quads, validate(quads))
    assert split(published, validate(published)) == (published, [])


def test_reasons_have_iris_so_that_they_can_be_cited() -> None:
    _, rejected = parts(without(MEETING, DIP.kind))

    reasons = {
        q.subject for q in rejected if q.object == SH.ValidationResult and q.predicate == RDF.type
    }
    assert reasons == {node("rejected/1")}
