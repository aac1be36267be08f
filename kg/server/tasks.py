"""What a worker does: one function a task, from the store to bytes that can be sent."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.queries import Names, Result, answer, question
from kg.server import pages
from kg.server.negotiation import GRAPHS, HTML, ROWS, choose
from kg.store import Store
from kg.store.dumping import write
from kg.vocabulary import ID, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from kg.queries.names import Matcher


FORMATS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}


@dataclass(slots=True)
class Answer:
    """Bytes and what they are."""

    body: bytes
    media_type: str
    status: int = 200
    seconds: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)


class Refusal(Exception):  # noqa: N818 - an answer, not an accident
    """Why a task is not done, for the one who asked."""

    def __init__(self, status: int, what: str) -> None:
        """Say it in the status of HTTP and in words."""
        super().__init__(status, what)
        self.status, self.what = status, what


class Desk:
    """What a worker has at hand: the store, its names, and how large an answer may be."""

    def __init__(self, folder: Path, most: int) -> None:
        """Open the store; names are read when first asked for."""
        self.store = Store.open(folder)
        self.names = Names(self.store, _matcher())
        self.most = most


def _matcher() -> Matcher:
    from kg.resolution.names import Verdict, compare  # noqa: PLC0415 - only when a name is not found

    def matcher(a: str, b: str) -> float:
        found = compare(a, b)
        return 0.0 if found.verdict is Verdict.DIFFERENT else found.score

    return matcher


class _Bounded:
    """A file that refuses to grow past its limit."""

    def __init__(self, most: int) -> None:
        self.parts: list[bytes] = []
        self._left = most

    def write(self, part: bytes) -> int:
        self._left -= len(part)
        if self._left < 0:
            raise Refusal(413, "the answer is too large: add LIMIT, or use `kg export`")
        self.parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Have nothing to do."""


def sparql(
    desk: Desk,
    *,
    query: str,
    accept: str,
    default_graphs: Sequence[str] | None,
    named_graphs: Sequence[str] | None,
) -> Answer:
    """Answer a query of the SPARQL protocol in the format that is asked for."""
    found = desk.store.query(
        query, default_graphs=_nodes(default_graphs), named_graphs=_nodes(named_graphs)
    )
    file = _Bounded(desk.most)
    if isinstance(found, ox.QueryTriples):
        media_type, form = _chosen(accept, GRAPHS)
        ox.serialize(found, file, form, prefixes=PREFIXES)  # type: ignore[arg-type]  # it can be written to
    else:
        media_type, rows = _chosen(accept, ROWS)
        found.serialize(file, rows)  # type: ignore[arg-type]  # it can be written to
    return Answer(b"".join(file.parts), media_type)


def _chosen(accept: str, forms: Mapping[str, Any]) -> tuple[str, Any]:
    media_type = choose(accept, forms)
    if media_type is None:
        raise Refusal(406, f"this answer can be had as {', '.join(forms)}")
    return media_type, forms[media_type]


def _nodes(iris: Sequence[str] | None) -> list[ox.NamedNode] | None:
    if iris is None:
        return None
    try:
        return [ox.NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise QueryError("dataset", str(error), "name graphs by whole IRIs") from error


def graph(desk: Desk, *, name: str | None, accept: str) -> Answer:
    """Give a graph of the store: the default graph, or one by its name."""
    media_type, form = _chosen(accept, GRAPHS)
    node = None
    if name is not None:
        [node] = _nodes([name]) or []
        if not desk.store.quads.contains_named_graph(node):
            raise Refusal(404, "no graph has this name")
    file = _Bounded(desk.most)
    write(desk.store.quads, file, form, graph=node or ox.DefaultGraph())  # type: ignore[arg-type]  # it can be written to
    return Answer(b"".join(file.parts), media_type)


def entity(desk: Desk, *, local: str, accept: str, language: str) -> Answer:
    """Give what is known of an IRI of ours: a page, or RDF."""
    forms = {HTML: None, **GRAPHS}
    media_type, form = _chosen(accept, forms)
    try:
        iri = ox.NamedNode(ID + local)
    except ValueError as error:
        raise Refusal(404, "nothing is known of this") from error
    if not pages.knows(desk.store, iri):
        raise Refusal(404, "nothing is known of this")
    if form is None:
        return Answer(pages.entity(desk.store, iri, language), HTML)
    body = ox.serialize(pages.about(desk.store, iri), format=form, prefixes=PREFIXES)
    assert body is not None
    return Answer(body, media_type)


def ask(desk: Desk, *, name: str, values: Mapping[str, str], form: str, language: str) -> Answer:
    """Answer a question by its name: as a page, or in a format of SPARQL."""
    asked = question(name)
    if form != "html":
        found = answer(asked, values, desk.names, language=None)
        media_type = FORMATS.get(form, "text/plain")
        return Answer(found.serialize(form), media_type)
    found_, wrong = None, ""
    if values or all(each.optional or each.default for each in asked.parameters):
        try:
            most = pages.MOST_ROWS + 1
            found_ = answer(asked, values, desk.names, language=language, most=most)
        except QueryError as error:
            wrong = str(error)
    return Answer(pages.question(asked, values, found_, wrong, language), HTML)


def rows(desk: Desk, *, query: str, language: str) -> Answer:
    """Answer a query as the editor's page shows it."""
    found, wrong = None, ""
    try:
        if query.strip():
            found = Result.of(desk.store.query(query), most=pages.MOST_ROWS + 1)
    except QueryError as error:
        wrong = str(error)
    return Answer(pages.editor(desk.store, query, found, wrong, language), HTML)


def home(desk: Desk, *, language: str) -> Answer:
    """Give the first page."""
    return Answer(pages.home(desk.store, language), HTML)


def search(desk: Desk, *, text: str, language: str) -> Answer:
    """Give the page of what a text may mean."""
    return Answer(pages.search(desk.names, text, language), HTML)


def names(desk: Desk, *, text: str) -> Answer:
    """Give the IRIs of those whose names begin so, for the editor."""
    found = desk.names.beginning(text, pages.NAMED, 20) if text.strip() else []
    offers = [{"term": str(each.iri), "label": each.label} for each in found]
    return Answer(json.dumps(offers, ensure_ascii=False).encode(), "application/json")


TASKS: dict[str, Callable[..., Answer]] = {
    "sparql": sparql,
    "graph": graph,
    "entity": entity,
    "ask": ask,
    "rows": rows,
    "home": home,
    "search": search,
    "names": names,
}
