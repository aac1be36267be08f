from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import WHOLE, queries_planned_once, read, spoil
from rdflib import SH as RDFLIB_SH
from rdflib.compare import isomorphic

from kg.errors import ShapesError
from kg.validation import shapes_graph, validate
from kg.validation.keeping import Findings
from kg.vocabulary import DIP, RDF, RDFS, SH, XSD, node

if TYPE_CHECKING:
    from pathlib import Path

MEETING = node("meeting/m1")
KIND_IN_FRENCH = (
    "Donner à la rencontre un seul dip:kind : "
    "dip:meeting, dip:visit, dip:call, dip:summit ou dip:signing."
)


def without(*gone: tuple[ox.NamedNode, ox.NamedNode]) -> list[ox.Quad]:
    return [quad for quad in read(WHOLE) if (quad.subject, quad.predicate) not in gone]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6))
def test_pyshacl_gives_the_same_report_of_graphs_spoilt_at_random(seed: int) -> None:
    quads = spoil(list(read(WHOLE)), random.Random(seed))  # noqa: S311

    with queries_planned_once():
        assert validate(quads) == validate(quads, engine="pyshacl")


def test_a_meeting_without_a_date_conforms_with_a_warning() -> None:
    report = validate(without((MEETING, DIP.date)))

    assert report.conforms
    assert report.counts == {"Violation": 0, "Warning": 1, "Info": 0}


def test_a_finding_names_the_article_and_the_sentence() -> None:
    [finding] = validate(without((MEETING, DIP.date))).findings

    assert finding.article == node("article/a1").value
    assert finding.sentence is not None
    assert finding.sentence.text.startswith("Dr Minister Salma Haddad received")


def test_the_report_in_words_is_grouped_by_shape_and_names_the_mend() -> None:
    text = validate(without((MEETING, DIP.date), (MEETING, DIP.kind))).to_text("fr")

    assert text.splitlines()[:5] == [
        "Does not conform: 1 violation, 1 warning, 0 infos",
        "",
        "Violation: Meeting-kind (1)",
        "  meeting/m1 dip:kind",
        f"    {KIND_IN_FRENCH}",
    ]


def test_the_report_in_turtle_is_one_of_shacl() -> None:
    report = validate(without((MEETING, DIP.kind)))

    graph = report.graph
    [result] = graph.objects(None, RDFLIB_SH.result)
    assert str(graph.value(result, RDFLIB_SH.focusNode)) == MEETING.value
    assert str(graph.value(result, RDFLIB_SH.sourceShape)).endswith("shapes#Meeting-kind")
    assert "sh:conforms false" in report.to_turtle()


def test_a_report_that_is_kept_is_written_as_it_was() -> None:
    report = validate(without((MEETING, DIP.date), (MEETING, DIP.kind), (MEETING, DIP.evidence)))

    with closing(sqlite3.connect(":memory:")) as database:
        findings = Findings(database)
        findings.replace(report.findings)
        text, turtle = "".join(findings.to_text()), "".join(findings.to_turtle())
    assert text == report.to_text()
    assert isomorphic(rdflib.Graph().parse(data=turtle), report.graph)


def test_what_is_found_of_some_nodes_takes_the_place_of_what_was() -> None:
    former, present = validate(without((MEETING, DIP.kind))), validate(without((MEETING, DIP.date)))

    with closing(sqlite3.connect(":memory:")) as database:
        findings = Findings(database)
        findings.replace(former.findings)
        findings.replace([], {node("meeting/another")})
        violated = not findings.conforms
        findings.replace(present.findings, {MEETING})
        assert (violated, "".join(findings.to_text())) == (True, present.to_text())


def test_a_fault_that_is_there_twice_is_two_results() -> None:
    both = [
        *read(WHOLE),
        *(
            ox.Quad(MEETING, RDFS.label, ox.Literal(word, language=language))
            for word in ("a", "b")
            for language in ("en", "fr", "ar")
        ),
    ]
    report = validate(both)

    n_results = len(set(report.graph.objects(None, RDFLIB_SH.result)))
    assert n_results == len(report.findings) == len({*report.findings}) + 2


def test_the_report_in_json_says_what_a_finding_says() -> None:
    report = json.loads(validate(without((MEETING, DIP.kind))).to_json())

    assert report["conforms"] is False
    assert report["findings"][0]["shape"].endswith("#Meeting-kind")
    assert set(report["findings"][0]["messages"]) == {"en", "fr", "ar"}


def test_the_report_in_html_is_one_page_with_what_it_quotes_escaped() -> None:
    quads = [*read(WHOLE), ox.Quad(MEETING, DIP.kind, ox.Literal("<script>"))]

    page = validate(quads).to_html("ar")
    assert "&lt;script&gt;" in page
    assert "<script" not in page


def test_only_what_a_change_touches_is_validated() -> None:
    quads = without((MEETING, DIP.kind), (node("country/ML"), DIP.isoCode))

    touched = validate(quads, focus=[MEETING]).findings
    assert {finding.focus for finding in touched} == {MEETING}


def test_validating_all_nodes_one_by_one_finds_what_validating_the_graph_finds() -> None:
    quads = spoil(list(read(WHOLE)), random.Random(5))  # noqa: S311

    nodes = {quad.subject for quad in quads}
    assert validate(quads, focus=nodes) == validate(quads)


def test_a_subclass_in_the_data_is_of_its_class() -> None:
    ministers = node("class/minister")
    subclass = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    person = node("person/salma-haddad")
    quads = [*without((person, RDF.type)), ox.Quad(person, RDF.type, ministers)]

    assert not validate(quads).conforms
    assert validate([*quads, ox.Quad(ministers, subclass, DIP.Person)]).conforms


FOREIGN = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://example.org/> .
@prefix dip: <https://w3id.org/dipkg/ontology#> .
ex:Known a sh:NodeShape ; sh:targetClass dip:Meeting ;
  sh:property [ sh:path dip:kind ; sh:not [ sh:hasValue dip:meeting ] ] .
"""


def test_what_the_fast_way_does_not_understand_goes_to_pyshacl(tmp_path: Path) -> None:
    (shapes := tmp_path / "foreign.ttl").write_text(FOREIGN, encoding="utf-8")

    [finding] = validate(read(WHOLE), shapes=shapes).findings
    assert (finding.focus, finding.value) == (MEETING, DIP.meeting)
    assert finding.component == ox.NamedNode(SH.Violation.value[:-9] + "NotConstraintComponent")


WORDY = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex: sh:declare [ sh:prefix "dip" ; sh:namespace "https://w3id.org/dipkg/ontology#"^^xsd:anyURI ] .
ex:Wordy a sh:NodeShape ; sh:targetClass dip:Country ; sh:sparql ex:rule .
ex:rule sh:prefixes ex: ; sh:message "Say {?value} otherwise."@en ;
  sh:select "SELECT $this ?value { $this dip:isoCode ?value FILTER (FILTERED) }" .
""".replace("dip:Country", DIP.Country.value.join("<>"))


def test_a_rule_that_makes_words_of_blank_nodes_goes_to_pyshacl(tmp_path: Path) -> None:
    (shapes := tmp_path / "wordy.ttl").write_text(WORDY.replace("FILTERED", "STR(?value) = 'x'"))
    blank = ox.Quad(node("country/ML"), DIP.isoCode, ox.BlankNode("x"))

    assert shapes_graph(shapes).leftover
    assert len(validate([*read(WHOLE), blank], shapes=shapes).findings) == 1


def test_where_pyshacl_raises_it_is_said_and_nothing_passes(tmp_path: Path) -> None:
    (shapes := tmp_path / "sums.ttl").write_text(
        WORDY.replace("FILTERED", "STR(?value) = '' || 1 - ?value = 1")
    )
    number = ox.Literal("x", datatype=XSD.integer)
    quads = [*read(WHOLE), ox.Quad(node("country/ML"), DIP.isoCode, number)]

    with pytest.raises(ShapesError, match="pySHACL gives up"):
        validate(quads, shapes=shapes)


def test_shapes_that_are_no_turtle_are_told_so(tmp_path: Path) -> None:
    (shapes := tmp_path / "broken.ttl").write_text("ex:a a", encoding="utf-8")

    with pytest.raises(ShapesError, match="give a Turtle file of SHACL shapes"):
        validate([], shapes=shapes)
