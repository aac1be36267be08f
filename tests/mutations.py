"""Graphs that are wrong in every way: those of tests/shapes put together, and a right one spoilt at random."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pyoxigraph as ox
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.processor import SPARQLProcessor

from kg.vocabulary import DIP, ID, RDF, XSD

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "shapes"
WHOLE = FOLDER / "valid" / "whole.ttl"


@cache
def read(path: Path) -> tuple[ox.Quad, ...]:
    triples = ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    return tuple(ox.Quad(each.subject, each.predicate, each.object) for each in triples)


@contextmanager
def queries_planned_once() -> Iterator[None]:
    """Let rdflib parse and plan a query once, where pySHACL has it done again for each node, which takes 20 ms."""
    plan = lru_cache(maxsize=None)(prepareQuery)
    query = SPARQLProcessor.query

    def with_plan(self: SPARQLProcessor, text: str, *given: object, **named: object) -> object:
        return query(self, plan(text), *given, **named)  # type: ignore[arg-type] # passed on

    with patch.object(SPARQLProcessor, "query", with_plan):
        yield


def apart(paths: list[Path]) -> list[ox.Quad]:
    """Put graphs into one, the nodes of each renamed but for how their IRIs end."""
    return [
        ox.Quad(_rename(quad.subject, path.stem), quad.predicate, _rename(quad.object, path.stem))
        for path in paths
        for quad in read(path)
    ]


def _rename(term: ox.Term, name: str) -> ox.Term:
    match term:
        case ox.NamedNode() if term.value.startswith(ID) and "/office/" not in term.value:
            return ox.NamedNode(f"{ID}{name}/{term.value.removeprefix(ID)}")
        case ox.BlankNode():
            return ox.BlankNode("".join(c for c in name if c.isalnum()) + term.value)
        case _:
            return term


def spoil(quads: list[ox.Quad], chance: random.Random) -> list[ox.Quad]:
    """Take away, add, bend and retype up to eight triples."""
    spoilt = list(quads)
    for _ in range(chance.randint(1, 8)):
        i = chance.randrange(len(spoilt))
        old = spoilt[i]
        match chance.randrange(4):
            case 0:
                del spoilt[i]
            case 1:
                spoilt.append(ox.Quad(old.subject, old.predicate, _other(old, spoilt, chance)))
            case 2:
                spoilt[i] = ox.Quad(old.subject, old.predicate, _other(old, spoilt, chance))
            case _:
                kind = chance.choice([q.object for q in quads if q.predicate == RDF.type])
                spoilt.append(ox.Quad(old.subject, RDF.type, kind))
    return spoilt


def _other(old: ox.Quad, quads: list[ox.Quad], chance: random.Random) -> ox.Term:
    words = chance.choice(["", "x", "Riyadh", "2024", "-1", "0.5", "2024-02-30", "http://x", "SA"])
    numbers = (DIP.start, DIP.end)
    return chance.choice(
        [
            ox.Literal(words),
            ox.Literal(words, language=chance.choice(["en", "fr", "ar"])),
            ox.Literal(words, datatype=chance.choice(_DATATYPES)),
            chance.choice(quads).object,
            chance.choice(quads).subject,
            # pySHACL refuses to compare a blank node.
            ox.NamedNode(f"{ID}x") if old.predicate in numbers else ox.BlankNode("x"),
        ]
    )


_DATATYPES = [
    XSD.integer,
    XSD.decimal,
    XSD.date,
    XSD.gYear,
    XSD.gYearMonth,
    XSD.boolean,
    XSD.anyURI,
    XSD.string,
]
