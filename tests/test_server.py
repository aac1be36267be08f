from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.server import serve
from kg.store import Store

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent / "benchmarks")]
import synthetic  # noqa: E402 - tests are no package
from served import served  # noqa: E402 - as above

if TYPE_CHECKING:
    from collections.abc import Iterator

ASK = "ASK { ?m a dip:Meeting }"
ROWS = "SELECT ?m { ?m a dip:Meeting } ORDER BY ?m LIMIT 3"
TRIPLES = "CONSTRUCT { ?m a dip:Meeting } WHERE { ?m a dip:Meeting }"
ARTICLE = "https://w3id.org/dipkg/id/article/a0-0"
EVIL = "<script>alert(1)</script>\"'&"


def hostile() -> Iterator[Quad]:
    """A person with a name that would be a program, whose address would be one too."""
    person, default = NamedNode("https://w3id.org/dipkg/id/person/evil"), DefaultGraph()
    rdfs, owl = synthetic.PREFIXES["rdfs"], synthetic.PREFIXES["owl"]
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    yield Quad(person, kind, NamedNode(f"{synthetic.DIP}Person"), default)
    yield Quad(person, NamedNode(f"{rdfs}label"), Literal(EVIL, language="en"), default)
    yield Quad(person, NamedNode(f"{owl}sameAs"), NamedNode("javascript:alert(1)"), default)


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.of([*synthetic.quads(40), *hostile()])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, store: Store) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("graph")
    Store.create(folder, store).close()
    with served(folder, n_workers=2) as address:
        yield address


@pytest.fixture(scope="module")
def client(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server) as client:
        yield client


@pytest.mark.parametrize(
    ("query", "accept", "answered"),
    [
        (ROWS, "*/*", "application/sparql-results+json"),
        (ROWS, "application/sparql-results+xml", "application/sparql-results+xml"),
        (ROWS, "text/csv", "text/csv"),
        (ROWS, "text/tab-separated-values, */*;q=0.1", "text/tab-separated-values"),
        (ROWS, "text/csv;q=0.5, application/json;q=0.6", "application/json"),
        (ASK, "application/sparql-results+json", "application/sparql-results+json"),
        (TRIPLES, "*/*", "text/turtle"),
        (TRIPLES, "application/rdf+xml", "application/rdf+xml"),
        (TRIPLES, "application/n-triples", "application/n-triples"),
        (TRIPLES, "application/ld+json", "application/ld+json"),
        (f"DESCRIBE <{ARTICLE}>", "text/turtle", "text/turtle"),
        ("CONSTRUCT { <s> <p> 1 } WHERE {}", "text/turtle", "text/turtle"),
    ],
)
def test_answers_come_in_the_format_that_is_asked_for(
    client: httpx.Client, query: str, accept: str, answered: str
) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"accept": accept})

    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == answered
    assert answer.content


@pytest.mark.parametrize("accept", ["image/png", "text/turtle"])
def test_rows_in_a_format_that_is_none_are_not_acceptable(
    client: httpx.Client, accept: str
) -> None:
    answer = client.get("/sparql", params={"query": ROWS}, headers={"accept": accept})

    assert answer.status_code == 406
    assert "application/sparql-results+json" in answer.text


def test_a_query_may_be_got_or_posted(client: httpx.Client) -> None:
    direct = {"content-type": "application/sparql-query"}
    answers = [
        client.get("/sparql", params={"query": ROWS}),
        client.post("/sparql", data={"query": ROWS}),
        client.post("/sparql", content=ROWS, headers=direct),
    ]

    assert len({answer.content for answer in answers}) == 1
    assert len(answers[0].json()["results"]["bindings"]) == 3


def test_the_protocol_says_which_graphs(client: httpx.Client) -> None:
    ask = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "default-graph-uri": ARTICLE}
    named = {"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", "named-graph-uri": ARTICLE}

    [n] = client.get("/sparql", params=ask).json()["results"]["bindings"]
    graphs = client.get("/sparql", params=named).json()["results"]["bindings"]
    assert 10 < int(n["n"]["value"]) < 100
    assert [each["g"]["value"] for each in graphs] == [ARTICLE]


def test_the_service_describes_itself(client: httpx.Client) -> None:
    answer = client.get("/sparql", headers={"accept": "text/turtle"})

    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    described = rdflib.Graph().parse(data=answer.text, format="turtle")
    assert described.value(None, rdflib.RDF.type, sd.Service)
    assert (None, sd.endpoint, rdflib.URIRef(f"{client.base_url}/sparql")) in described


@pytest.mark.parametrize(("parameter", "least"), [("default", 1000), (f"graph={ARTICLE}", 50)])
def test_graphs_are_had_by_their_name(
    client: httpx.Client, store: Store, parameter: str, least: int
) -> None:
    answer = client.get(f"/data?{parameter}", headers={"accept": "application/n-triples"})

    name = None if parameter == "default" else NamedNode(ARTICLE)
    assert len(answer.text.splitlines()) == sum(1 for _ in store.read(name)) > least


@pytest.mark.parametrize(
    ("path", "status"), [("/data?graph=http://no/", 404), ("/data", 400), ("/data?graph=no", 400)]
)
def test_graphs_that_are_none(client: httpx.Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_an_iri_is_a_page_for_people_and_rdf_for_programs(client: httpx.Client) -> None:
    path = "/id/country/EG"

    page = client.get(path, headers={"accept": "text/html,*/*;q=0.8"})
    turtle = client.get(path, headers={"accept": "text/turtle"})
    assert page.headers["content-type"].startswith("text/html")
    assert "Égypte" in client.get(path, headers={"accept": "text/html"}, params={"lang": "fr"}).text
    assert rdflib.Graph().parse(data=turtle.text, format="turtle")
    assert client.get(path, params={"format": "jsonld"}).json()
    assert page.headers["vary"] == "Accept, Accept-Language, Cookie"


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/questions", "/search?q=Egypt", "/sparql", "/id/meeting/m3", "/id/article/a3-0"),
        *("/id/topic/trade", "/id/office/ambassador", "/id/place/cairo", "/id/act/praise"),
        *("/id/organization/council-eg", "/questions/who-met-whom", "/questions/meetings"),
        *("/questions/meetings-of-person", "/questions/meetings-of-country?country=مصر"),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_page_is_there_in_three_languages(
    client: httpx.Client, path: str, language: str
) -> None:
    client.cookies.clear()
    answer = client.get(path, headers={"accept": "text/html", "accept-language": language})

    assert answer.status_code == 200
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in answer.text


def test_the_text_of_an_article_is_whole_under_its_marks(
    client: httpx.Client, store: Store
) -> None:
    page = client.get("/id/article/a3-0", headers={"accept": "text/html"}).text

    [quad] = store.quads_for_pattern(
        None, NamedNode(f"{synthetic.DIP}text"), None, NamedNode(ARTICLE.replace("a0-0", "a3-0"))
    )
    marked = page.partition('<div class="text"')[2].partition("</section>")[0]
    plain = rdflib.Literal(f"<div{marked.partition('>')[2]}", datatype=rdflib.RDF.HTML)
    words = "".join(plain.value.itertext()) if hasattr(plain.value, "itertext") else None
    assert words is None or words.strip() == quad.object.value  # type: ignore[union-attr]  # a literal
    assert 'class="mark person" href="/id/person/' in marked


def test_questions_are_answered_as_data(client: httpx.Client) -> None:
    answer = client.get("/questions/meetings-of-kind", params={"kind": "visit", "format": "csv"})

    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["content-type"].startswith("text/csv")
    assert rows
    assert {"date", "meeting", "status"} <= set(rows[0])


def test_a_wrong_value_is_explained_on_the_page_and_to_programs(client: httpx.Client) -> None:
    path, values = "/questions/meetings-of-year", {"year": "soon"}

    assert "is no year" in client.get(path, params=values).text
    answer = client.get(path, params=values | {"format": "json"})
    assert (answer.status_code, "write it like 2024" in answer.text) == (400, True)


def test_hostile_names_stay_text(client: httpx.Client) -> None:
    pages = [
        client.get("/id/person/evil", headers={"accept": "text/html"}).text,
        client.get("/search", params={"q": EVIL}).text,
        client.get("/questions/meetings-of-person", params={"person": EVIL}).text,
        client.post(
            "/sparql",
            data={"query": f"SELECT ('''{EVIL}''' AS ?x) {{}}"},
            headers={"accept": "text/html"},
        ).text,
    ]

    assert not any("<script>alert" in page or 'href="javascript:' in page for page in pages)
    assert "&lt;script&gt;" in pages[0]


def test_pages_may_run_no_script_but_ours(client: httpx.Client) -> None:
    answer = client.get("/")

    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in policy
    assert "<script>" not in answer.text
    assert " style=" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_is_not_sparql_is_described_in_openapi(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()

    assert described["openapi"].startswith("3.")
    [country, *_] = described["paths"]["/questions/speaks-for-country"]["get"]["parameters"]
    assert (country["name"], country["required"]) == ("country", True)


def test_health_and_metrics(client: httpx.Client) -> None:
    assert client.get("/health").json() == {"status": "ok"}

    text = client.get("/metrics").text
    assert 'kg_requests_total{status="200"}' in text
    assert "kg_queries_ended_total" in text


def test_terms_for_the_editor_carry_labels(client: httpx.Client) -> None:
    terms = client.get("/terms.json").json()

    assert {"term": "dip:Meeting", "label": "meeting"} in [
        {**each, "label": each["label"].lower()} for each in terms
    ]


def test_a_graph_built_anew_is_served_at_once(tmp_path: Path, store: Store) -> None:
    Store.create(tmp_path, store).close()
    count = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}

    with served(tmp_path, n_workers=1) as address:
        before = httpx.get(f"{address}/sparql", params=count).json()
        with Store.open(tmp_path, writable=True) as writer:
            writer.replace_graph(None, list(hostile()))
        after = httpx.get(f"{address}/sparql", params=count).json()

    [n_before, n_after] = (each["results"]["bindings"][0]["n"]["value"] for each in (before, after))
    assert (int(n_before) > 1000, n_after) == (True, "3")


def test_other_machines_need_a_token(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="--token"):
        serve(tmp_path, "0.0.0.0")  # noqa: S104 - refused


def test_with_a_token_nobody_else_reads(tmp_path: Path, store: Store) -> None:
    Store.create(tmp_path, store).close()

    with served(tmp_path, n_workers=1, token="open sesame") as address:  # noqa: S106 - of this test
        says = {"authorization": "Bearer open sesame"}
        assert httpx.get(f"{address}/").status_code == 401
        assert httpx.get(f"{address}/", headers={"authorization": "Bearer x"}).status_code == 401
        assert httpx.get(f"{address}/", headers=says).status_code == 200


def test_a_port_that_is_taken_is_told(tmp_path: Path, store: Store, server: str) -> None:
    Store.create(tmp_path, store).close()

    with (
        pytest.raises(AssertionError, match="port"),
        served(tmp_path, port=int(server.rpartition(":")[2])),
    ):
        pass
