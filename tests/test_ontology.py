from __future__ import annotations

from functools import cache

import pyoxigraph as ox
import pytest

from kg.languages import codes, load
from kg.model import Kind, Side, Status
from kg.resources import ONTOLOGY
from kg.vocabulary import DIP, RDFS, SKOS, term
from kg.vocabulary import ONTOLOGY as NAMESPACE

LANGUAGES = {"en", "fr", "ar"}
COMMENT = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")


@cache
def ontology() -> ox.Store:
    store = ox.Store()
    store.load(path=ONTOLOGY / "diplomacy.ttl", format=ox.RdfFormat.TURTLE)
    return store


def terms() -> list[ox.NamedNode]:
    subjects = {quad.subject for quad in ontology()}
    return sorted(
        (s for s in subjects if isinstance(s, ox.NamedNode) and s.value.startswith(NAMESPACE)),
        key=str,
    )


def languages(subject: ox.NamedNode, predicate: ox.NamedNode) -> set[str | None]:
    found = ontology().quads_for_pattern(subject, predicate, None)
    return {quad.object.language for quad in found if isinstance(quad.object, ox.Literal)}


def test_the_vocabulary_is_the_ontology() -> None:
    names = {name for name in vars(DIP) if not name.startswith("_")}

    assert names == {each.value.removeprefix(NAMESPACE) for each in terms()}


@pytest.mark.parametrize("predicate", [RDFS.label, COMMENT], ids=["label", "comment"])
def test_every_term_is_explained_in_three_languages(predicate: ox.NamedNode) -> None:
    assert {each.value: languages(each, predicate) for each in terms()} == {
        each.value: LANGUAGES for each in terms()
    }


def test_every_class_is_aligned_to_a_known_vocabulary() -> None:
    rows = ontology().query(
        """PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?class { ?class a owl:Class
          FILTER NOT EXISTS { ?class rdfs:subClassOf|owl:equivalentClass ?other
            FILTER(!STRSTARTS(STR(?other), "https://w3id.org/dipkg/")) } }"""
    )

    assert isinstance(rows, ox.QuerySolutions)
    assert [row["class"] for row in rows] == []


@pytest.mark.parametrize("word", [*Kind, *Status, *Side])
def test_the_closed_lists_are_called_as_in_the_model(word: str) -> None:
    assert term(word) in terms()


def test_acts_have_names_in_three_languages() -> None:
    names: dict[str, set[str | None]] = {}
    for quad in ox.parse(path=ONTOLOGY / "acts.ttl", format=ox.RdfFormat.TURTLE):
        if quad.predicate == SKOS.prefLabel and isinstance(quad.object, ox.Literal):
            names.setdefault(str(quad.subject), set()).add(quad.object.language)

    assert set(map(frozenset, names.values())) == {frozenset(LANGUAGES)}


@pytest.mark.parametrize("code", codes())
def test_every_act_that_a_language_tells_has_a_name(code: str) -> None:
    named = {
        str(quad.subject).rpartition("/")[2].rstrip(">")
        for quad in ox.parse(path=ONTOLOGY / "acts.ttl", format=ox.RdfFormat.TURTLE)
    }

    assert {act.id for act in load(code).acts} <= named
