"""Every constraint of ontology/shapes.ttl has a graph that obeys it and one that does not; pySHACL agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from mutations import FOLDER, WHOLE, apart, queries_planned_once, read

from kg import gazetteers
from kg.resources import ONTOLOGY
from kg.validation import SHAPES, Finding, shapes_graph, validate
from kg.vocabulary import ID, PREFIXES, RDF, SH

if TYPE_CHECKING:
    from pathlib import Path

VALID = sorted((FOLDER / "valid").glob("*.ttl"))
INVALID = sorted((FOLDER / "invalid").glob("*.ttl"))


def constraint(finding: Finding) -> str:
    component = finding.component.value.removeprefix(PREFIXES["sh"])
    return f"{finding.shape_name}.{component.removesuffix('ConstraintComponent')}"


def constraints() -> set[str]:
    """Name every constraint of the shapes as its file is named: Meeting-date.MaxCount."""
    found = set()
    for shape in shapes_graph(SHAPES).understood:
        for part in (shape, *shape.properties):
            for check in (*part.value_checks, *part.set_checks):
                component = check.component.value.removeprefix(PREFIXES["sh"])
                name = part.iri.value.removeprefix(PREFIXES["shape"])
                found.add(f"{name}.{component.removesuffix('ConstraintComponent')}")
            if part.rules:
                found.add(f"{part.iri.value.removeprefix(PREFIXES['shape'])}.SPARQL")
    return found


def test_the_fast_way_understands_all_of_our_shapes() -> None:
    assert shapes_graph(SHAPES).leftover == ()


def declared(*kinds: str) -> set[ox.NamedNode]:
    """Name the terms of the ontology that OWL says are such."""
    types = {ox.NamedNode(PREFIXES["owl"] + kind) for kind in kinds}
    quads = ox.parse(path=ONTOLOGY / "diplomacy.ttl", format=ox.RdfFormat.TURTLE)
    return {quad.subject for quad in quads if quad.predicate == RDF.type and quad.object in types}


def test_every_class_of_the_ontology_has_a_shape() -> None:
    targets = {value for shape in shapes_graph(SHAPES).understood for _, value in shape.targets}

    assert declared("Class") - targets == set()


def test_every_property_of_the_ontology_has_a_shape() -> None:
    shapes = shapes_graph(SHAPES).understood
    paths = {part.path for shape in shapes for part in shape.properties}

    assert declared("ObjectProperty", "DatatypeProperty") - paths == set()


def test_every_constraint_has_a_graph_that_violates_it() -> None:
    assert {path.stem for path in INVALID} == constraints()


def test_every_constraint_has_a_graph_that_obeys_it() -> None:
    assert {path.stem for path in VALID} == {
        "whole",
        *(name.rpartition(".")[0] for name in constraints()),
    }


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_the_invalid_graph_is_found_out(path: Path) -> None:
    assert path.stem in {constraint(finding) for finding in validate(read(path)).findings}


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_the_valid_graph_is_let_through(path: Path) -> None:
    assert path.stem not in {finding.shape_name for finding in validate(read(path)).findings}


def test_nothing_is_to_be_mended_in_the_whole_graph() -> None:
    assert validate(read(WHOLE)).findings == ()


def test_every_shape_says_how_to_mend_in_three_languages() -> None:
    shapes = shapes_graph(SHAPES).understood
    parts = [part for shape in shapes for part in (shape, *shape.properties)]

    languages = {frozenset(message.language for message in part.messages) for part in parts}
    assert languages == {frozenset({"en", "fr", "ar"})}


def test_every_country_of_the_gazetteer_has_a_code_that_the_shapes_know() -> None:
    quads = [
        ox.Quad(ox.NamedNode(f"{ID}country/{entry.id}"), predicate, value)
        for entry in gazetteers.entries(gazetteers.Sort.COUNTRY)
        for predicate, value in (
            (RDF.type, ox.NamedNode(f"{PREFIXES['dip']}Country")),
            (ox.NamedNode(f"{PREFIXES['dip']}isoCode"), ox.Literal(entry.id)),
        )
    ]

    found = validate(quads).findings
    assert [each.focus for each in found if each.component == SH.InConstraintComponent] == []


def test_pyshacl_gives_the_same_report_of_all_invalid_graphs() -> None:
    quads = apart(INVALID)

    with queries_planned_once():
        assert validate(quads) == validate(quads, engine="pyshacl")
