"""A graph elsewhere, asked over the SPARQL protocol."""

from __future__ import annotations

import base64
import http.client
import itertools
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote, urlencode, urlsplit, urlunsplit

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.store import Store
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    import rdflib

_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.5"
_TRIPLES = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
_SECONDS = 120.0
_ATTEMPTS = 5
# What a server may get wrong for a moment; the rest is wrong for good.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


class Remote:
    """An endpoint that is asked as a Store is."""

    def __init__(self, url: str) -> None:
        """Point at a SPARQL endpoint; a user and password may stand in its URL."""
        self.url, self._headers = credentials(url)

    def __enter__(self) -> Self:
        """Begin to ask, as with a Store."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave: nothing is kept open."""

    def query(self, text: str) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        """Answer a SPARQL query; our prefixes need not be declared."""
        prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
        body = urlencode({"query": prefixes + text}).encode()
        headers = {"accept": _ACCEPT, "content-type": "application/x-www-form-urlencoded"}
        answer, media_type = request(self.url, body, self._headers | headers)
        return _parsed(self.url, answer, media_type)

    @property
    def graph(self) -> rdflib.Graph:
        """The graph over there, as an rdflib Graph."""
        import rdflib  # noqa: PLC0415 - rdflib takes 0.2 s to import
        from rdflib.plugins.stores.sparqlstore import SPARQLStore  # noqa: PLC0415

        return rdflib.Graph(SPARQLStore(self.url, headers=self._headers))

    def fetch(self) -> Store:
        """Bring all of it here, into memory: for what needs more than queries."""
        here = [_quad(row) for row in self._rows("SELECT ?s ?p ?o { ?s ?p ?o }")]
        named = self._rows("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }")
        return Store.of(itertools.chain(here, map(_quad, named)))

    def count(self, graph: str | None = None) -> int:
        """Count the triples of a graph; without a name, of the default graph."""
        pattern = "?s ?p ?o" if graph is None else f"GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }}"
        [(n,)] = self._rows(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
        return int(n.value)

    def counts(self) -> dict[str, int]:
        """Count the triples of every named graph."""
        query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
        return {g.value: int(n.value) for g, n in self._rows(query) if g is not None}

    def _rows(self, query: str) -> Iterator[Sequence[ox.NamedNode | ox.Literal]]:
        answer = self.query(query)
        assert isinstance(answer, ox.QuerySolutions)
        yield from (tuple(row) for row in answer)


def reach(where: str | os.PathLike[str]) -> Store | Remote:
    """Open what a user names to be asked: a graph's folder, or the URL of an endpoint."""
    return Remote(str(where)) if is_endpoint(where) else Store.open(where)


def fetch(where: str | os.PathLike[str]) -> Store:
    """Open a graph's folder, or bring what is at the URL of an endpoint, for what needs more than queries."""
    return Remote(str(where)).fetch() if is_endpoint(where) else Store.open(where)


def is_endpoint(where: str | os.PathLike[str]) -> bool:
    """Tell the URL of an endpoint from a path."""
    return str(where).startswith(("http://", "https://"))


def credentials(url: str) -> tuple[str, dict[str, str]]:
    """Take user and password out of a URL, as a header: no log and no message may show them."""
    try:
        parts = urlsplit(url)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise StoreError(url, str(error), "write it like http://host:port/sparql") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise StoreError(url, "no address of an endpoint", "write it like http://host:port/sparql")
    headers = {}
    if parts.username is not None:
        both = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["authorization"] = f"Basic {base64.b64encode(both.encode()).decode()}"
    return urlunsplit(parts._replace(netloc=host + port)), headers


def request(url: str, body: bytes, headers: dict[str, str]) -> tuple[bytes, str]:
    """Post, again after a pause where the fault may pass."""
    wrong = ""
    for attempt in range(_ATTEMPTS):
        if attempt:
            time.sleep(0.25 * 2**attempt)
        asked = urllib.request.Request(url, body, headers, method="POST")  # noqa: S310 - http or https
        try:
            with urllib.request.urlopen(asked, timeout=_SECONDS) as answer:  # noqa: S310 - as above
                return answer.read(), answer.headers.get_content_type()
        except urllib.error.HTTPError as error:
            with error:
                said = error.read(500).decode("utf-8", "replace").strip().partition("\n")[0]
            wrong = f"{error.code} {said or error.reason}"
            if error.code not in _PASSING:
                raise StoreError(
                    url, wrong, "see what this store takes, and whom it knows"
                ) from None
        except (
            urllib.error.URLError,
            TimeoutError,
            ConnectionError,
            http.client.HTTPException,
        ) as error:
            wrong = str(getattr(error, "reason", error))
    raise StoreError(url, f"no answer: {wrong}", "is it started? then try again")


def _parsed(
    url: str, answer: bytes, media_type: str
) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
    form = ox.QueryResultsFormat.from_media_type(media_type)
    if media_type in _TRIPLES:
        here = ox.Store()
        here.bulk_load(answer, _TRIPLES[media_type])
        return here.query("CONSTRUCT WHERE { ?s ?p ?o }")
    if form is None:
        raise QueryError(
            url, f"the answer is {media_type}, which is no result", "is it an endpoint?"
        )
    try:
        return ox.parse_query_results(answer, form)
    except SyntaxError as error:
        raise QueryError(url, f"the answer is broken: {error}", "ask again") from error


def _quad(row: Sequence[ox.NamedNode | ox.Literal]) -> ox.Quad:
    return ox.Quad(*row)  # type: ignore[arg-type]  # subject, predicate, object and perhaps a graph
