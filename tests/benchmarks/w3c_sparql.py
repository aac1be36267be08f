"""The W3C SPARQL 1.1 tests through our endpoint: `python w3c_sparql.py [../shared/w3c/sparql11]`.

Query evaluation: each answer beside the engine's own, and beside the expected one. Protocol: what applies to
an endpoint for reading. Prints the exceptions by name; exits 1 where the endpoint differs from the engine.
"""

from __future__ import annotations

import collections
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import httpx
import pyoxigraph as ox
import rdflib
from rdflib.paths import MulPath, ZeroOrMore
from rich.console import Console

sys.path[:0] = [str(Path(__file__).parent.parent)]
from served import served  # noqa: E402 - tests are no package

from kg.store import Store  # noqa: E402 - as above
from kg.vocabulary import ID, PREFIXES  # noqa: E402 - as above

if TYPE_CHECKING:
    from collections.abc import Iterator

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
DATA = "http://kasei.us/2009/09/sparql/data/"
TEST, HT = rdflib.Namespace(MF), rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
LIST = MulPath(rdflib.RDF.rest, ZeroOrMore) / rdflib.RDF.first
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
SUITES = (
    *("aggregates", "bind", "bindings", "cast", "construct", "exists", "functions", "grouping"),
    *("negation", "project-expression", "property-path", "subquery", "service", "json-res"),
)
_KINDS = {".srx": ox.QueryResultsFormat.XML, ".srj": ox.QueryResultsFormat.JSON}


class Case(NamedTuple):
    """A test: a query over some data, and the answer that is expected."""

    name: str
    query: Path
    data: Path | None
    graphs: tuple[Path, ...]
    result: Path


def main() -> None:
    """Run both suites."""
    root = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/w3c/sparql11").resolve()
    say = Console().print
    counts: collections.Counter[str] = collections.Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Store.create(folder, []).close()
        with served(folder, n_workers=1) as address, httpx.Client(base_url=address) as client:
            for suite in SUITES:
                for case in cases(root / suite):
                    verdict = evaluate(folder, client, case)
                    counts[verdict] += 1
                    if verdict != "as expected":
                        say(f"{suite}/{case.name}: {verdict}")
            for test, verdict in protocol(folder, client, root / "protocol"):
                counts[f"protocol {verdict}"] += 1
                if verdict != "as expected":
                    say(f"protocol/{test}: {verdict}")
    say(dict(counts))
    sys.exit(any("endpoint" in verdict and "SERVICE" not in verdict for verdict in counts))


def cases(folder: Path) -> Iterator[Case]:
    """Read the query evaluation tests of a manifest."""
    manifest = ox.Store()
    base = folder.as_uri() + "/manifest.ttl"
    manifest.load(path=folder / "manifest.ttl", base_iri=base)
    query = f"""
    SELECT ?name ?query ?data ?result (GROUP_CONCAT(COALESCE(STR(?graph), ""); SEPARATOR="\\n") AS ?graphs) {{
      ?test a <{MF}QueryEvaluationTest> ; <{MF}name> ?name ; <{MF}action> ?a ; <{MF}result> ?result .
      ?a <{QT}query> ?query .
      OPTIONAL {{ ?a <{QT}data> ?data }}
      OPTIONAL {{ ?a <{QT}graphData> ?graph }}
      FILTER(isIRI(?result))
    }} GROUP BY ?test ?name ?query ?data ?result ORDER BY ?name"""
    results = manifest.query(query)
    assert isinstance(results, ox.QuerySolutions)
    for name, text, data, result, graphs in results:
        yield Case(
            name.value,
            path(text.value),
            path(data.value) if data else None,
            tuple(path(iri) for iri in graphs.value.split()),
            path(result.value),
        )


def path(iri: str) -> Path:
    """Give the file of an IRI."""
    return Path(httpx.URL(iri).path)


def evaluate(folder: Path, client: httpx.Client, case: Case) -> str:
    """Compare the endpoint's answer with the engine's, and that with the expected one."""
    quads = list(load(case))
    Store.create(folder, quads).close()
    text = f"BASE <{case.query.as_uri()}>\n{case.query.read_text(encoding='utf-8')}"
    engine = ox.Store()
    engine.extend(quads)
    try:
        own = answer(engine.query(text, base_iri=ID, prefixes=PREFIXES))
    except (SyntaxError, OSError, RuntimeError) as error:
        own = f"error {type(error).__name__}"
    accept = {"accept": "application/sparql-results+json, application/n-triples;q=0.9"}
    got = client.post("/sparql", data={"query": text}, headers=accept, timeout=60)
    if got.status_code != httpx.codes.OK:
        if isinstance(own, str):
            return f"refused by both ({got.status_code})"
        return f"refused by the endpoint: {got.text.strip()}"
    through = parse(got.content, got.headers["content-type"])
    if case.name.startswith(("RAND", "NOW", "UUID", "STRUUID", "BNODE")):
        return "as expected" if through else "endpoint differs"
    if isinstance(own, str) or not alike(own, through):
        return "endpoint differs from the engine"
    expected = read(case.result)
    return (
        "as expected" if expected is None or alike(expected, through) else "engine differs from W3C"
    )


def load(case: Case) -> Iterator[ox.Quad]:
    """Read the data of a test, each file in its graph."""
    if case.data:
        yield from ox.parse(path=case.data, base_iri=case.data.as_uri())
    for file in case.graphs:
        for quad in ox.parse(path=file, base_iri=file.as_uri()):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(file.as_uri()))


Rows = tuple[str, list[tuple[object, ...]]]


def answer(results: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean) -> Rows:
    """Take all that was answered, in a form that can be compared."""
    match results:
        case ox.QueryBoolean():
            return "ask", [(bool(results),)]
        case ox.QueryTriples():
            return "triples", [tuple(triple) for triple in results]
    names = sorted(variable.value for variable in results.variables)
    return "rows", [tuple(row[name] for name in names) for row in results]


def parse(content: bytes, media_type: str) -> Rows:
    """Read an answer that was sent."""
    media_type = media_type.partition(";")[0]
    form = ox.QueryResultsFormat.from_media_type(media_type)
    if form is not None:
        return answer(ox.parse_query_results(content, form))
    graph_form = ox.RdfFormat.from_media_type(media_type)
    assert graph_form is not None, media_type
    return "triples", [tuple(quad.triple) for quad in ox.parse(content, graph_form)]


def read(result: Path) -> Rows | None:
    """Read the expected answer; None where it is in a form that this does not read."""
    if result.suffix in _KINDS:
        return answer(ox.parse_query_results(result.read_bytes(), _KINDS[result.suffix]))
    if result.suffix == ".ttl" and "ResultSet" not in result.read_text(encoding="utf-8"):
        quads = ox.parse(path=result, base_iri=result.as_uri())
        return "triples", [tuple(quad.triple) for quad in quads]
    return None


def alike(one: Rows, other: Rows) -> bool:
    """Compare two answers; a blank node is like any, a number like an equal one."""
    key = collections.Counter
    return one[0] == other[0] and key(map(plain, one[1])) == key(map(plain, other[1]))


def plain(row: tuple[object, ...]) -> tuple[object, ...]:
    """Take from a row what two engines may write in their own way."""
    return tuple(_plain(term) for term in row)


def _plain(term: object) -> object:
    match term:
        case ox.BlankNode():
            return "_:"
        case ox.Literal() if term.datatype.value.endswith(
            ("decimal", "double", "float", "integer")
        ):
            try:
                return round(float(term.value), 6), term.datatype.value
            except ValueError:
                return str(term)
        case _:
            return str(term)


def protocol(folder: Path, client: httpx.Client, suite: Path) -> Iterator[tuple[str, str]]:
    """Send what the manifest of the protocol tests says, and compare status and truth."""
    manifest = rdflib.Graph().parse(suite / "manifest.ttl")
    quads = [
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(f"{DATA}data{number}.rdf"))
        for number in (1, 2, 3)
        for quad in ox.parse(path=suite / f"data{number}.nt")
    ]
    Store.create(folder, quads).close()
    for test in sorted(manifest.subjects(rdflib.RDF.type, TEST.ProtocolTest)):
        name = str(test).rpartition("#")[2].rpartition("/")[2]
        if name.startswith("update_"):
            yield name, "is of updates"
            continue
        for request in manifest.objects(test, TEST.action / HT.requests / LIST):
            yield name, send(client, manifest, request)


def send(client: httpx.Client, manifest: rdflib.Graph, request: rdflib.term.Node) -> str:
    """Send one request of the manifest."""
    headers = {
        str(manifest.value(header, HT.fieldName)): str(manifest.value(header, HT.fieldValue))
        for header in manifest.objects(request, HT.headers / LIST)
    }
    encodings = [str(each) for each in manifest.objects(request, HT.body / CNT.characterEncoding)]
    bodies = [str(each) for each in manifest.objects(request, HT.body / CNT.chars)]
    got = client.request(
        str(manifest.value(request, HT.methodName)),
        str(manifest.value(request, HT.absolutePath)).replace("/sparql/", "/sparql"),
        content=bodies[0].encode(encodings[0]) if bodies else None,
        headers=headers,
    )
    [response] = manifest.objects(request, HT.resp)
    families = {str(each)[-3] for each in manifest.objects(response, TEST.expectedStatus)}
    if str(got.status_code)[0] not in families:
        return f"endpoint answers {got.status_code} {got.text[:80]!r}"
    truth = manifest.value(response, TEST.expectedBoolean)
    if truth is not None and got.json()["boolean"] != truth.toPython():
        return "endpoint says the opposite"
    return "as expected"


if __name__ == "__main__":
    main()
