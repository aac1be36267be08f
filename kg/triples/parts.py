"""The parts that every description is made of: IRIs, literals, and the quads about one subject."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote

import pyoxigraph as ox

from kg.vocabulary import RDF, XSD, node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Mention, Name, PartialDate

Value: TypeAlias = ox.NamedNode | ox.Literal
Pair: TypeAlias = tuple[ox.NamedNode, Value | None]
Graph: TypeAlias = ox.NamedNode | ox.DefaultGraph

KNOWLEDGE = ox.DefaultGraph()

# "In April" must not become 1 April: XSD has a type for each precision.
_DATE_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


def about(
    subject: ox.NamedNode, class_: ox.NamedNode, pairs: Iterable[Pair], graph: Graph = KNOWLEDGE
) -> Iterator[ox.Quad]:
    """Say what a subject is and has; what is not known is not said."""
    yield ox.Quad(subject, RDF.type, class_, graph)
    for predicate, value in pairs:
        if value is not None:
            yield ox.Quad(subject, predicate, value, graph)


def iri(folder: str, local: str) -> ox.NamedNode:
    """Give the IRI of a local id, with or without its folder: 'riyadh' or 'place/riyadh'."""
    prefix = f"{folder}/"
    return node(prefix + quote(local.removeprefix(prefix), safe="/"))


def entity_iri(local: str) -> ox.NamedNode:
    """Give the IRI of an entity's local id, which names its folder: 'person/mohammed-al-moghedi'."""
    return node(quote(local, safe="/"))


@lru_cache(maxsize=1024)
def article_iri(id_: str) -> ox.NamedNode:
    """Give the IRI of an article, which is the name of its graph too."""
    return node(f"article/{quote(id_, safe='')}")


def mention_iri(article: ox.NamedNode, mention: Mention) -> ox.NamedNode:
    """Point into the text of an article as RFC 5147 does: article/a#char=0,12."""
    return ox.NamedNode(f"{article.value}#char={mention.start},{mention.end}")


def words(text: str, language: str) -> ox.Literal:
    """Give words in a language; 'und' where none is known."""
    return ox.Literal(text, language=(language or "und").lower())


def name_words(name: Name | None) -> ox.Literal | None:
    """Give a name in its language."""
    return words(name.text, name.language) if name else None


def date_literal(date: PartialDate | None) -> ox.Literal | None:
    """Give a date, typed as precisely as it is known."""
    if date is None:
        return None
    return ox.Literal(str(date), datatype=_DATE_TYPES[len(str(date))])


def integer(number: int) -> ox.Literal:
    """Give a whole number."""
    return ox.Literal(str(number), datatype=XSD.integer)


def decimal(number: float) -> ox.Literal:
    """Give a decimal number in the form that stores keep: 0.9, 1."""
    return ox.Literal(f"{number:.3f}".rstrip("0").rstrip("."), datatype=XSD.decimal)
