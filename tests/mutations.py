"""Graphs that are wrong in every way: those of tests/shapes put together, and a right one spoilt at random."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.validation import SHAPES
from kg.vocabulary import DIP, ID, RDF, XSD

if TYPE_CHECKING:
    import random

FOLDER = Path(__file__).parent / "shapes"
WHOLE = FOLDER / "valid" / "whole.ttl"
_RULES = "# --- Rules across fields ---"


@cache
def read(path: Path) -> tuple[ox.Quad, ...]:
    triples = ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    return tuple(ox.Quad(each.subject, each.predicate, each.object) for each in triples)


def halves(folder: Path) -> dict[str, Path]:
    """Part our shapes into SHACL Core and SHACL-SPARQL: pySHACL takes 20 ms for each rule and node."""
    core, mark, rules = SHAPES.read_text(encoding="utf-8").partition(_RULES)
    head = core.partition("# ---")[0]
    paths = {"core": folder / "core.ttl", "rules": folder / "rules.ttl"}
    paths["core"].write_text(core, encoding="utf-8")
    paths["rules"].write_text(head + mark + rules, encoding="utf-8")
    return paths


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
