"""The parts that every description is made of, as Turtle writes them: IRIs, literals, and what is said of one subject.

A term is a string of Turtle from the start: to make objects of five hundred terms an article, and
text of these objects, takes several times as long.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Turtle escapes what JSON escapes, in the same way.
from json.encoder import encode_basestring as _quoted
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote

import pyoxigraph as ox

from kg.vocabulary import PREFIXES, XSD, node

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model import Mention, Name, PartialDate

Pair: TypeAlias = tuple[ox.NamedNode, str | None]

KNOWLEDGE = ox.DefaultGraph()
HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())

_PREFIXES = {iri: prefix for prefix, iri in PREFIXES.items()}
# Turtle allows more after a prefix; what holds anything else is written in full.
_SHORT = re.compile(r"(?P<namespace>.*[/#])(?P<local>[A-Za-z0-9_][A-Za-z0-9_-]*)", re.DOTALL)

# "In April" must not become 1 April: XSD has a type for each precision.
_DATE_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


def said(pairs: Iterable[Pair]) -> list[str]:
    """Say what a subject has, a predicate a line, each value once; what is not known is not said."""
    values: dict[ox.NamedNode, dict[str, None]] = {}
    for predicate, value in pairs:
        if value is not None:
            values.setdefault(predicate, {})[value] = None
    return [f"{short(predicate)} {' , '.join(each)}" for predicate, each in values.items()]


def about(subject: str, class_: ox.NamedNode, *lines: str) -> str:
    """Say what a subject is and has, as a sentence."""
    return " ;\n\t".join((f"{subject} a {short(class_)}", *lines)) + " .\n"


@lru_cache(1 << 16)
def short(iri_: ox.NamedNode) -> str:
    """Write an IRI, with a prefix where one of ours fits."""
    found = _SHORT.fullmatch(iri_.value)
    prefix = _PREFIXES.get(found["namespace"]) if found else None
    return f"{prefix}:{found['local']}" if found and prefix else str(iri_)


@lru_cache(1 << 16)
def entity_name(local: str) -> str:
    """Write the IRI of a local id, which names its folder: 'person/mohammed-al-moghedi'."""
    return short(entity_iri(local))


def iri(folder: str, local: str) -> str:
    """Write the IRI of a local id, with or without its folder: 'riyadh' or 'place/riyadh'."""
    prefix = f"{folder}/"
    return entity_name(prefix + local.removeprefix(prefix))


@lru_cache(maxsize=1024)
def article_name(id_: str) -> str:
    """Write the IRI of an article."""
    return str(article_iri(id_))


def mention_name(article: str, mention: Mention) -> str:
    """Point into the text of an article as RFC 5147 does: <article/a#char=0,12>."""
    return f"{article[:-1]}#char={mention.start},{mention.end}>"


def plain(text: str) -> str:
    """Write words of no language."""
    return _quoted(text)


def words(text: str, language: str) -> str:
    """Write words in a language; 'und' where none is known."""
    return f"{_quoted(text)}@{(language or 'und').lower()}"


def name_words(name: Name | None) -> str | None:
    """Write a name in its language."""
    return words(name.text, name.language) if name else None


def typed(text: str, datatype: ox.NamedNode) -> str:
    """Write a literal of a type."""
    return f"{_quoted(text)}^^{short(datatype)}"


def date_literal(date: PartialDate | None) -> str | None:
    """Write a date, typed as precisely as it is known."""
    return typed(str(date), _DATE_TYPES[len(str(date))]) if date else None


def decimal(number: float) -> str:
    """Write a decimal number in the form that stores keep: 0.9, 1."""
    text = f"{number:.3f}".rstrip("0").rstrip(".")
    # Without a point Turtle reads a whole number.
    return text if "." in text else typed(text, XSD.decimal)


def entity_iri(local: str) -> ox.NamedNode:
    """Give the IRI of a local id, to ask a store for."""
    return node(quote(local, safe="/"))


def article_iri(id_: str) -> ox.NamedNode:
    """Give the IRI of an article, which is the name of its graph too."""
    return node(f"article/{quote(id_, safe='')}")
