"""Whether every quote is really there: each mention is read again in its article, each hash compared.

Shapes see that a graph is well formed; this sees that it is true to its articles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from kg.validation.data import Data
from kg.vocabulary import DIP, ID, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Article
    from kg.terms import Node, Term

_KNOWLEDGE = ox.DefaultGraph()
_FRAGMENT = "#char="
_OFFSETS = (DIP.start, DIP.end)


@dataclass(frozen=True, slots=True, order=True)
class Flaw:
    """Where a graph is not true to its articles, on one line."""

    where: str
    what: str

    def __str__(self) -> str:
        """Tell it on one line."""
        return f"{self.where}: {self.what}"


def verify(store: ox.Store, articles: Iterable[Article] | None = None) -> list[Flaw]:
    """Check every mention by the text the graph keeps, and by the articles read again where they are given."""
    try:
        texts = dict(_texts(store))
        flaws = [*_quotes(store, texts), *_gaps(store)]
        _read_all(store)
        if articles is not None:
            flaws += _changes(store, texts, articles)
    except (OSError, RuntimeError) as error:  # what pyoxigraph makes of a broken file
        return [Flaw("store", f"it cannot be read: {error}")]
    return sorted(set(flaws))


def _texts(store: ox.Store) -> Iterator[tuple[Term, str]]:
    """Give the text of each article."""
    for quad in store.quads_for_pattern(None, DIP.text, None):
        assert isinstance(quad.object, ox.Literal)
        yield quad.graph_name, quad.object.value  # type: ignore[misc] # an IRI


def _quotes(store: ox.Store, texts: dict[Term, str]) -> Iterator[Flaw]:
    """Compare the mentions of the knowledge with the texts, and with what the articles' graphs say of them."""
    data = Data(store)
    for quad in store.quads_for_pattern(None, RDF.type, DIP.Mention, _KNOWLEDGE):
        mention = quad.subject
        assert isinstance(mention, ox.NamedNode)
        article = ox.NamedNode(mention.value.partition(_FRAGMENT)[0])
        if article not in texts:
            yield _flaw(mention, "the text of its article is missing")
        elif what := _misquotes(mention, data, texts[article]):
            yield _flaw(mention, what)
        elif not _tells(store, mention, article):
            yield _flaw(mention, "its article's graph says otherwise, or nothing of it")


def _misquotes(mention: ox.NamedNode, data: Data, text: str) -> str | None:
    """Say how a mention differs from the text, or None."""
    quotes = [each.value for each in data.values(mention, DIP.exact)]
    offsets = [each.value for predicate in _OFFSETS for each in data.values(mention, predicate)]
    if len(quotes) != 1 or len(offsets) != len(_OFFSETS):
        return "its quote or its offsets are missing, or there are two"
    [quote], (start, end) = quotes, offsets
    if f"{start},{end}" != mention.value.partition(_FRAGMENT)[2]:
        return f"its offsets are {start},{end}, its name says otherwise"
    found = text[int(start) : int(end)]
    return None if found == quote else f"the article reads {found!r} there, not {quote!r}"


def _tells(store: ox.Store, mention: ox.NamedNode, article: ox.NamedNode) -> bool:
    """Tell whether the article's graph says of a mention all that the knowledge says of its words."""
    told = (DIP.article, DIP.exact, DIP.mentionKind, *_OFFSETS)
    return all(
        set(_objects(store, mention, predicate, _KNOWLEDGE))
        == set(_objects(store, mention, predicate, article))
        for predicate in told
    )


def _gaps(store: ox.Store) -> Iterator[Flaw]:
    """Find mentions that are pointed to, or told by an article, and are not in the knowledge."""
    known = {
        quad.subject for quad in store.quads_for_pattern(None, RDF.type, DIP.Mention, _KNOWLEDGE)
    }
    for quad in store.quads_for_pattern(None, None, None):
        for end in (quad.subject, quad.object):
            if isinstance(end, ox.NamedNode) and end not in known and _FRAGMENT in end.value:
                yield _flaw(end, "this mention is missing")


def _changes(
    store: ox.Store, texts: dict[Term, str], articles: Iterable[Article]
) -> Iterator[Flaw]:
    """Compare the articles of the graph with those read again."""
    again = {_local(article.id): article for article in articles}
    for quad in store.quads_for_pattern(None, RDF.type, DIP.Article, _KNOWLEDGE):
        node = quad.subject
        assert isinstance(node, ox.NamedNode)
        article = again.get(node.value)
        hashes = {each.value for each in _objects(store, node, DIP.sha256, None)}
        if article is None:
            yield _flaw(node, "the article is no longer there")
        elif hashes != {article.digest}:
            yield _flaw(node, "the article has changed: its hash is another")
        elif texts.get(node) != article.text:
            yield _flaw(node, "the text that the graph keeps is not the article's")


_TOLD, _TOLD_IN = "?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"
_ORDERS = {_TOLD: ("?p", "?o"), _TOLD_IN: ("?s", "?p", "?o", "?g", "?g ?p", "?g ?o")}


def _read_all(store: ox.Store) -> None:
    """Read every index to its end, which raises where a file is broken: a question reads what it needs alone."""
    for told, orders in _ORDERS.items():
        # LATERAL looks again for each thing found, in the index that begins with it.
        again = (f"{{ SELECT DISTINCT {o} {{ {told} }} }} LATERAL {{ {told} }}" for o in orders)
        for look in (told, *again):
            solutions = store.query(f"SELECT ?nothing {{ {look} }}")
            assert isinstance(solutions, ox.QuerySolutions)
            # Not by COUNT, which counts a broken block without end.
            for _ in solutions:
                pass


def _objects(
    store: ox.Store,
    node: Node,
    predicate: ox.NamedNode,
    graph: ox.NamedNode | ox.DefaultGraph | None,
) -> Iterator[Term]:
    return (quad.object for quad in store.quads_for_pattern(node, predicate, None, graph))  # type: ignore[misc] # no triple terms


def _flaw(node: ox.NamedNode, what: str) -> Flaw:
    return Flaw(node.value.removeprefix(ID), what)


def _local(article: str) -> str:
    return f"{ID}article/{quote(article, safe='')}"
