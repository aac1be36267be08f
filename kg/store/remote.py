"""A graph elsewhere: asked over the SPARQL protocol, and filled in parts that may be sent twice without harm."""

from __future__ import annotations

import base64
import http.client
import itertools
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import quote, unquote, urlencode, urlsplit, urlunsplit

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.store import Store
from kg.store.dumping import everything
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Sequence

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
        self.url, self._headers = _credentials(url)

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
        answer, media_type = _request(self.url, body, self._headers | headers)
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


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: where, quads in all, parts sent now, parts that an earlier run had sent."""

    url: str
    n_quads: int
    n_sent: int
    n_before: int


def reach(where: str | os.PathLike[str]) -> Store | Remote:
    """Open what a user names to be asked: a graph's folder, or the URL of an endpoint."""
    return Remote(str(where)) if is_endpoint(where) else Store.open(where)


def fetch(where: str | os.PathLike[str]) -> Store:
    """Open a graph's folder, or bring what is at the URL of an endpoint, for what needs more than queries."""
    return Remote(str(where)).fetch() if is_endpoint(where) else Store.open(where)


def is_endpoint(where: str | os.PathLike[str]) -> bool:
    """Tell the URL of an endpoint from a path."""
    return str(where).startswith(("http://", "https://"))


def load(  # noqa: PLR0913 - each is an option of the command
    folder: str | os.PathLike[str],
    url: str,
    *,
    query_url: str | None = None,
    knowledge: str | None = None,
    size: int = 2000,
    watch: Callable[[int, int], None] | None = None,
) -> Loaded:
    """Put a graph into another store by SPARQL Update, or by Graph Store Protocol where the URL ends so.

    A load that broke off goes on where it was. `knowledge` names the graph for our default graph, in
    stores that have none. What arrived is counted at `query_url`.
    """
    folder = Path(folder)
    target, headers = _credentials(url)
    send = _post_graph if target.rstrip("/").endswith(_GRAPH_STORES) else _insert
    with Store.open(folder) as store:
        n_quads = len(store)
        progress = _Progress(
            folder / "loading.json", [target, knowledge, size, store.mark, n_quads]
        )
        n_sent = 0
        for number, part in enumerate(_parts(store, size)):
            if number >= progress.n_done:
                send(target, headers, part, knowledge)
                progress.note(number + 1)
                n_sent += 1
            if watch is not None:
                watch(min((number + 1) * size, n_quads), n_quads)
        _verify(store, Remote(query_url or _with_path(url)), knowledge)
    progress.forget()
    return Loaded(target, n_quads, n_sent, progress.n_before)


_GRAPH_STORES = ("/store", "/data", "/graph-store", "/sparql-graph-crud", "/sparql-graph-crud-auth")


def _with_path(url: str) -> str:
    """Guess where a store that takes updates here is asked."""
    parts = urlsplit(url)
    start, _, last = parts.path.rstrip("/").rpartition("/")
    here = {"update": "query", "store": "query", "data": "query", "statements": ""}
    path = f"{start}/{here[last]}".rstrip("/") if last in here else parts.path
    return urlunsplit(parts._replace(path=path))


def _parts(store: Store, size: int) -> Iterator[list[ox.Quad]]:
    quads = everything(store.quads)
    while part := list(itertools.islice(quads, size)):
        yield part


def _by_graph(part: list[ox.Quad], knowledge: str | None) -> Iterator[tuple[str | None, str]]:
    for name, quads in itertools.groupby(part, key=lambda quad: quad.graph_name):
        lines = "".join(f"{quad.triple} .\n" for quad in quads)
        yield (name.value if isinstance(name, ox.NamedNode) else knowledge), lines


def _insert(url: str, headers: dict[str, str], part: list[ox.Quad], knowledge: str | None) -> None:
    graphs = (
        lines if name is None else f"GRAPH {ox.NamedNode(name)} {{\n{lines}}}\n"
        for name, lines in _by_graph(part, knowledge)
    )
    update = f"INSERT DATA {{\n{''.join(graphs)}}}".encode()
    _request(url, update, headers | {"content-type": "application/sparql-update"})


def _post_graph(
    url: str, headers: dict[str, str], part: list[ox.Quad], knowledge: str | None
) -> None:
    for name, lines in _by_graph(part, knowledge):
        target = f"{url}?default" if name is None else f"{url}?graph={quote(name, safe='')}"
        _request(target, lines.encode(), headers | {"content-type": "application/n-triples"})


def _verify(store: Store, remote: Remote, knowledge: str | None) -> None:
    """Count over there: every graph must hold what ours holds, at least."""
    wanted = {name.value: sum(1 for _ in store.read(name)) for name in store.graphs()}
    n_knowledge = sum(1 for _ in store.read())
    found = remote.counts()
    n_found = remote.count(knowledge)
    short = [name for name, n in wanted.items() if found.get(name, 0) < n]
    if short or n_found < n_knowledge:
        lost = n_knowledge - n_found if n_found < n_knowledge else wanted[short[0]]
        where = "the knowledge" if n_found < n_knowledge else short[0]
        raise StoreError(remote.url, f"{lost} triples of {where} are not there", "load it again")


class _Progress:
    """How many parts of this very load have arrived, kept beside the graph."""

    def __init__(self, path: Path, load: list[object]) -> None:
        self._path, self._load = path, load
        self.n_before = 0
        if path.exists():
            known = json.loads(path.read_text(encoding="utf-8"))
            self.n_before = known["done"] if known["load"] == load else 0
        self.n_done = self.n_before

    def note(self, n_done: int) -> None:
        self.n_done = n_done
        draft = self._path.with_suffix(".new")
        draft.write_text(json.dumps({"load": self._load, "done": n_done}), encoding="utf-8")
        draft.replace(self._path)

    def forget(self) -> None:
        self._path.unlink(missing_ok=True)


def _credentials(url: str) -> tuple[str, dict[str, str]]:
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


def _request(url: str, body: bytes, headers: dict[str, str]) -> tuple[bytes, str]:
    """Post, again after a pause where the fault may pass."""
    wrong = ""
    for attempt in range(_ATTEMPTS):
        if attempt:
            time.sleep(0.25 * 2**attempt)
        request = urllib.request.Request(url, body, headers, method="POST")  # noqa: S310 - http or https
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - as above
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
