"""SPARQL 1.1 Protocol and Graph Store Protocol, for reading: what a request asks, in the words of a task."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

from kg.server.tasks import Refusal

if TYPE_CHECKING:
    from starlette.requests import Request

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
MOST_BYTES = 1_000_000
# A body that trickles in holds a connection, and nothing else.
_SECONDS = 20.0


class Operation(NamedTuple):
    """A query with the dataset that the protocol gives it; None leaves it to the query and the store."""

    query: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None


async def operation(request: Request) -> Operation | None:
    """Read a query from a request; None where there is no query at all. A Refusal says what is wrong."""
    pairs = _pairs(request.url.query)
    if request.method == "POST":
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        body = await _body(request)
        if media_type == FORM:
            pairs += _pairs(body)
        elif media_type == QUERY:
            pairs.append(("query", body))
        elif media_type == UPDATE:
            raise Refusal(403, "this endpoint is for reading: updates are not taken")
        else:
            raise Refusal(415, f"post a query as {QUERY} or {FORM}")
    if any(name == "update" for name, _ in pairs):
        raise Refusal(403, "this endpoint is for reading: updates are not taken")
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) > 1:
        raise Refusal(400, "ask one query at a time")
    if not queries:
        if request.method == "POST":
            raise Refusal(400, "no query: name it query=")
        return None
    default_graphs, named_graphs = (
        tuple(value for name, value in pairs if name == wanted)
        for wanted in ("default-graph-uri", "named-graph-uri")
    )
    if not default_graphs and not named_graphs:
        return Operation(queries[0], None, None)
    return Operation(queries[0], default_graphs, named_graphs)


def graph_name(request: Request) -> str | None:
    """Read which graph the Graph Store Protocol is asked for; None is the default graph."""
    names = [value for name, value in _pairs(request.url.query) if name in {"graph", "default"}]
    if len(names) != 1:
        raise Refusal(400, "name one graph: ?default or ?graph=IRI")
    return names[0] if "graph" in request.query_params else None


async def _body(request: Request) -> str:
    parts: list[bytes] = []
    length = 0
    try:
        async with asyncio.timeout(_SECONDS):
            async for part in request.stream():
                length += len(part)
                if length > MOST_BYTES:
                    raise Refusal(413, f"a query may have {MOST_BYTES:,} bytes")
                parts.append(part)
        return b"".join(parts).decode("utf-8")
    except TimeoutError:
        raise Refusal(408, "the query did not arrive in time") from None
    except UnicodeDecodeError:
        raise Refusal(400, "the query is not UTF-8") from None


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=200)
    except UnicodeDecodeError:
        raise Refusal(400, "the query is not UTF-8") from None
    except ValueError as error:
        raise Refusal(400, str(error)) from None


DESCRIPTION = """\
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix dcterms: <http://purl.org/dc/terms/> .

[] a sd:Service ;
  sd:endpoint <{endpoint}> ;
  sd:supportedLanguage sd:SPARQL11Query ;
  sd:resultFormat {formats} ;
  sd:defaultDataset [
    a sd:Dataset ;
    dcterms:title "Diplomatic meetings"@en, "Rencontres diplomatiques"@fr, "لقاءات دبلوماسية"@ar ;
    sd:defaultGraph [
      a sd:Graph ;
      dcterms:description "The knowledge: resolved people, organizations, countries and meetings"@en ;
      void:vocabulary <https://w3id.org/dipkg/ontology#>
    ]
  ] .
"""
_FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
)


def description(endpoint: str) -> str:
    """Describe the endpoint in Turtle, as SPARQL 1.1 Service Description has it."""
    formats = ", ".join(f"<http://www.w3.org/ns/formats/{name}>" for name in _FORMATS)
    return DESCRIPTION.format(endpoint=endpoint, formats=formats)
