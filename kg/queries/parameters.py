"""What a user writes for a parameter, as RDF terms: one row a type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import pyoxigraph as ox

from kg.errors import QueryError
from kg.model import Kind, Side, Status
from kg.vocabulary import DIP, ID, ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.queries.names import Names

    Term = ox.NamedNode | ox.Literal
    Terms = Sequence[Term]

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


class Type(NamedTuple):
    """A type of value: how it is read, and what it looks like."""

    read: Callable[[str, Names], Terms]
    example: str


def value(text: str, type_: str, where: str, names: Names) -> Terms:
    """Read a value of a type; raises QueryError with the mend."""
    known = TYPES.get(type_)
    if known is None:
        raise QueryError(where, f"no type is called {type_!r}", f"use one of {', '.join(TYPES)}")
    try:
        return known.read(text.strip(), names)
    except ValueError as error:
        what = f"{text!r} is no {type_}"
        raise QueryError(where, what, f"write it like {known.example}") from error


def _entity(*classes: ox.NamedNode) -> Callable[[str, Names], Terms]:
    def read(text: str, names: Names) -> Terms:
        return [found.iri for found in names.find(text, classes)]

    return read


def _local(folder: str) -> Callable[[str, Names], Terms]:
    def read(text: str, _: Names) -> Terms:
        local = text.removeprefix(ID).removeprefix(f"{folder}/")
        return [ox.NamedNode(f"{ID}{folder}/{quote(local, safe='%/~')}")]

    return read


def _word(*words: str) -> Callable[[str, Names], Terms]:
    def read(text: str, _: Names) -> Terms:
        if text not in words:
            raise ValueError
        return [ox.NamedNode(ONTOLOGY + text)]

    return read


def _date(text: str, _: Names) -> Terms:
    if not _DATE.fullmatch(text):
        raise ValueError
    return [ox.Literal(text)]


def _year(text: str, _: Names) -> Terms:
    if not re.fullmatch(r"\d{4}", text):
        raise ValueError
    return [ox.Literal(text)]


def _integer(text: str, _: Names) -> Terms:
    if not re.fullmatch(r"-?\d{1,18}", text):
        raise ValueError
    return [ox.Literal(int(text))]


def _text(text: str, _: Names) -> Terms:
    return [ox.Literal(text)]


TYPES: dict[str, Type] = {
    "name": Type(_entity(DIP.Person, DIP.Organization, DIP.Country), "a name in any script"),
    "person": Type(_entity(DIP.Person), "a name in any script"),
    "organization": Type(_entity(DIP.Organization), "a name or an acronym"),
    "country": Type(_entity(DIP.Country), "SA, or a name"),
    "place": Type(_entity(DIP.Place), "Riyadh"),
    "topic": Type(_entity(DIP.Topic), "counter-terrorism"),
    "act": Type(_entity(DIP.Act), "praise"),
    "office": Type(_entity(DIP.Office), "foreign-minister"),
    "meeting": Type(_local("meeting"), "the end of its IRI, after meeting/"),
    "article": Type(_local("article"), "its id: its file's name without the suffix"),
    "kind": Type(_word(*Kind), ", ".join(Kind)),
    "status": Type(_word(*Status), ", ".join(Status)),
    "side": Type(_word(*Side), ", ".join(Side)),
    "date": Type(_date, "2024, 2024-05 or 2024-05-22"),
    "year": Type(_year, "2024"),
    "integer": Type(_integer, "2"),
    "text": Type(_text, "any words"),
}
