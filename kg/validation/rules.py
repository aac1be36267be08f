"""Constraints written in SPARQL: asked of all targets at once, where that means what asking of each would."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.validation.solving import NotReadError, Solver, solver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import Name


class NotUnderstoodError(Exception):
    """A shape says something that only pySHACL understands."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A constraint written in SPARQL; its query has a place for the `{target}`, and a `solver` where it can."""

    iri: ox.NamedNode
    query: str
    messages: tuple[Name, ...]
    solver: Solver | None


# SHACL binds $this before all else, we join it first. Within these the difference shows.
_TELLING = re.compile(
    r"\b(UNION|MINUS|SERVICE|VALUES|GRAPH|GROUP|HAVING|LIMIT|OFFSET|ORDER|BIND|AS"
    r"|COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT)\b"
    r"|SELECT\s*\*|[?$](shapesGraph|currentShape|PATH|failure)\b|#\s",
    re.IGNORECASE,
)
_SELECTS_THIS = re.compile(r"[^{]*[$?]this\b")
# What stands in these is looked at for each solution; any other group stands for itself.
_OPENS = re.compile(r"\b(EXISTS|OPTIONAL)\s*$", re.IGNORECASE)


# SPARQL has no words for a blank node, rdflib has: a rule must first ask what it has.
_WORDED = re.compile(r"\bSTR\(\s*[?$](\w+)", re.IGNORECASE)
_ASKED = re.compile(r"\bis(?:Literal|IRI|URI)\(\s*[?$](\w+)", re.IGNORECASE)


def rule(
    iri: ox.NamedNode, select: str, prefixes: Mapping[str, str], messages: tuple[Name, ...]
) -> Rule:
    """Make a rule of a query, or raise NotUnderstoodError."""
    head, *groups = select.split("{")
    nested = groups[:-1]
    if (
        not _SELECTS_THIS.match(select)
        or _TELLING.search(select)
        or not set(_WORDED.findall(select)) <= set(_ASKED.findall(select))
        or not all(map(_OPENS.search, nested))
    ):
        raise NotUnderstoodError(iri)
    head = re.sub(r"SELECT(?!\s+DISTINCT)", "SELECT DISTINCT", head, count=1)
    declared = "".join(f"PREFIX {name}: <{namespace}>\n" for name, namespace in prefixes.items())
    body = "{".join(groups).replace("{", "{{").replace("}", "}}")
    query = f"{declared}{head}{{{{ {{target}} {body}"
    try:
        ox.Store().query(query.format(target=""))
    except SyntaxError as error:
        raise NotUnderstoodError(iri) from error
    return Rule(iri, query, messages, _solver(select, prefixes))


def _solver(select: str, prefixes: Mapping[str, str]) -> Solver | None:
    try:
        return solver(select, prefixes)
    except NotReadError:
        return None
