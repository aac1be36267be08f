from __future__ import annotations

import io
import json
import sys
import tomllib
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rich.console import Console

from kg.errors import QueryError
from kg.queries import Names, Question, ask, question, questions
from kg.queries.parameters import TYPES
from kg.resources import PACKAGE
from kg.store import Store
from kg.vocabulary import DIP

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))
import synthetic

WORDS = PACKAGE / "server" / "words.toml"
EXAMPLES = {
    "name": "country/EG",
    "person": "Karim",
    "organization": "Council of Egypt",
    "country": "مصر",
    "place": "Riyadh",
    "topic": "trade",
    "act": "praise",
    "meeting": "m5",
    "article": "a5-0",
    "office": "ambassador",
    "year": "2014",
}
PEOPLE = """
@prefix dip: <https://w3id.org/dipkg/ontology#> .
@prefix person: <https://w3id.org/dipkg/id/person/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
person:tariq-al-harbi a dip:Person ; rdfs:label "Tariq Al-Harbi"@en, "طارق الحربي"@ar ;
  skos:altLabel "Tarek El Harbi"@fr .
person:tariq-haddad a dip:Person ; rdfs:label "Tariq Haddad"@en .
person:elodie-prevost a dip:Person ; rdfs:label "Élodie Prévost"@fr .
"""


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.of(synthetic.quads(60))


@pytest.fixture(scope="module")
def people() -> Store:
    return Store.of(parse(PEOPLE, RdfFormat.TURTLE))


def found(store: Store, text: str, **options: object) -> list[str]:
    names = Names(store, **options)  # type: ignore[arg-type]  # only a matcher is given
    return [each.iri.value.rpartition("/")[2] for each in names.find(text, [DIP.Person])]


@pytest.mark.parametrize("name", questions())
def test_every_question_is_asked_in_three_languages(name: str) -> None:
    words = question(name).words

    assert set(words) == {"en", "fr", "ar"}
    assert words["en"].endswith("?")
    assert words["fr"].endswith(" ?")
    assert words["ar"].endswith("؟")
    assert all(parameter.type in TYPES for parameter in question(name).parameters)


@pytest.mark.parametrize("name", questions())
def test_every_question_is_answered(store: Store, name: str) -> None:
    asked = question(name).parameters
    values = {
        each.name: EXAMPLES[each.type] for each in asked if not (each.optional or each.default)
    }

    result = ask(store, name, values)

    assert result.columns or result.triples
    assert len(result) or result.explanation().startswith("Nothing was found")


@pytest.mark.parametrize("name", questions())
def test_every_question_is_plain_sparql_for_other_tools(store: Store, name: str) -> None:
    """A file runs as it stands, its prefixes declared, for every value of its parameters."""
    store.quads.query(question(name).text)


def test_the_columns_that_other_programs_read(store: Store) -> None:
    meetings = "article meeting kind status date city country venue"
    participants = "article meeting participant mention type title role organization country side"

    assert " ".join(ask(store, "meetings").columns) == meetings
    assert " ".join(ask(store, "participants").columns) == participants


def test_meetings_are_told_once_an_article(store: Store) -> None:
    rows = list(ask(store, "meetings"))

    assert len(rows) == sum(1 for _ in store.graphs())
    assert {row["kind"] for row in rows} <= {"meeting", "visit", "call", "summit", "signing"}
    assert {row["status"] for row in rows} <= {"held", "planned", "cancelled"}
    assert all(row["country"] and len(row["country"]) == 2 for row in rows)


@pytest.mark.parametrize(
    "text",
    [
        *("Tariq Al-Harbi", "طارق الحربي", "tarek el harbi", "AL-HARBI", "harbi tariq", "الحربي"),
        *("person/tariq-al-harbi", "https://w3id.org/dipkg/id/person/tariq-al-harbi"),
    ],
)
def test_a_person_is_found_by_any_spelling(people: Store, text: str) -> None:
    assert found(people, text) == ["tariq-al-harbi"]


def test_accents_and_case_make_no_difference(people: Store) -> None:
    assert found(people, "elodie prevost") == ["elodie-prevost"]


def test_a_name_that_two_people_have_means_both(people: Store) -> None:
    assert sorted(found(people, "Tariq")) == ["tariq-al-harbi", "tariq-haddad"]


def test_a_matcher_finds_by_sound_what_spelling_does_not(people: Store) -> None:
    def matcher(text: str, name: str) -> float:
        return float(text == "Tareq Alharby" and "Harbi" in name)

    assert found(people, "Tareq Alharby", matcher=matcher) == ["tariq-al-harbi"]


def test_an_unknown_name_lists_the_nearest(people: Store) -> None:
    with pytest.raises(QueryError, match=r"nobody .* nearest: Tariq Haddad"):
        found(people, "Hadad")


def test_a_name_like_no_other_says_whom_the_graph_knows(store: Store) -> None:
    with pytest.raises(
        QueryError, match=r"nobody .* it knows Algeria, China, Germany, .* and others"
    ):
        ask(store, "ambassadors", {"country": "zzqq"})


def test_names_with_quotes_are_names(people: Store) -> None:
    with pytest.raises(QueryError, match="nobody"):
        found(people, "\" } # \\ ' <x>")


@pytest.mark.parametrize(
    "code", ["SA", "sa", "Saudi Arabia", "المملكة العربية السعودية", "arabie saoudite"]
)
def test_a_country_is_found_by_code_and_by_name(store: Store, code: str) -> None:
    [found_] = Names(store).find(code, [DIP.Country])

    assert found_.iri.value.endswith("country/SA")


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("meetings-of-person", {}, r"which person\? - say person="),
        ("meetings-of-year", {"year": "12"}, "'12' is no year - write it like 2024"),
        (
            "meetings-of-kind",
            {"kind": "party"},
            "'party' is no kind - write it like meeting, visit",
        ),
        ("who-met-whom", {"least": "1 } #"}, "is no integer"),
        ("meetings-of-country", {"country": "EG", "from": "May"}, "'May' is no date"),
        ("undated", {"year": "2014"}, "no parameter 'year' - it takes none"),
        ("meting", {}, "no question has this name - ask one of: meetings"),
        ("no-such.rq", {}, "name a file of SPARQL"),
    ],
)
def test_a_question_that_cannot_be_asked_says_how(
    store: Store, name: str, values: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        ask(store, name, values)


def test_dates_between_two_may_be_months_and_years(store: Store) -> None:
    rows = list(
        ask(store, "meetings-of-country", {"country": "EG", "from": "2012-06", "to": "2016"})
    )

    dates = [row["date"] or "" for row in rows]
    assert dates
    assert all("2012-06"[: len(date)] <= date[:7] and date[:4] <= "2016" for date in dates)


def test_a_value_is_never_text_of_the_query(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "titles.rq"
    file.write_text(
        "# Which?\n# param words: text\nSELECT ?words { VALUES ?words { UNDEF } }", encoding="utf-8"
    )

    evil = '" } SELECT * { ?s ?p ?o } # \n \\'
    [row] = ask(store, file, {"words": evil})
    assert row["words"] == evil.strip()


def test_a_file_without_a_place_for_its_parameter_says_so(tmp_path: Path) -> None:
    file = tmp_path / "x.rq"
    file.write_text("# param a: text\nSELECT * { ?s ?p ?a }", encoding="utf-8")

    with pytest.raises(QueryError, match=r"write VALUES \?a \{ UNDEF \} once"):
        Question.read(file).bind({})


@pytest.mark.parametrize(
    ("form", "start"),
    [("json", b'{"head"'), ("xml", b"<?xml"), ("csv", b"date,"), ("tsv", b"?date\t")],
)
def test_rows_are_written_in_the_formats_of_sparql(store: Store, form: str, start: bytes) -> None:
    result = ask(store, "meetings-of-year", {"year": "2014"})

    assert result.serialize(form).startswith(start)
    assert json.loads(result.serialize("json"))["head"]["vars"] == list(result.columns)


def test_triples_are_written_as_rdf(store: Store) -> None:
    result = ask(store, "describe", {"what": "EG"})

    assert rdflib.Graph().parse(data=result.serialize("ttl"), format="turtle")
    assert set(result.graph) == set(rdflib.Graph().parse(data=result.serialize("nt"), format="nt"))
    with pytest.raises(QueryError, match="use one of ttl, nt, rdf, jsonld"):
        result.serialize("csv")


def test_tables_name_entities_in_the_reader_s_language(store: Store) -> None:
    text = io.StringIO()
    for language in ("en", "fr", "ar"):
        result = ask(store, "places", language=language)
        Console(file=text, width=100).print(result.table())

    assert "Egypt" in text.getvalue()
    assert "Égypte" in text.getvalue()
    # Isolated, or one Arabic word turns its whole row around.
    assert "\u2068مصر\u2069" in text.getvalue()


def test_nothing_found_says_for_whom_names_were_taken(store: Store) -> None:
    result = ask(store, "ambassadors", {"country": "مصر"})

    assert result.explanation() == "Nothing was found; country is Egypt."


def test_a_name_found_under_another_spelling_says_whom_it_was_taken_for(store: Store) -> None:
    said = {text: ask(store, "topics-of-country", {"country": text}) for text in ("مصر", "Egypt")}

    assert said["مصر"].explanation() == "Here country is Egypt."
    assert said["Egypt"].explanation() == ""


def test_tables_shorten_iris_as_turtle_does(store: Store) -> None:
    described = ask(store, "describe", {"what": "country/EG"})

    shown = {described.words(triple.predicate) for triple in described.triples or ()}
    assert shown == {"rdf:type", "rdfs:label", "isoCode"}


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_column_and_parameter_has_its_words(store: Store, language: str) -> None:
    known = tomllib.loads(WORDS.read_text(encoding="utf-8"))[language]["columns"]

    for asked in questions().values():
        taken = {parameter.name for parameter in asked.parameters}
        shown = getattr(store.query(asked.text), "variables", [])
        assert taken | {variable.value for variable in shown} <= known.keys()
