"""The terms that the editor completes: of our ontology, with their labels, and the words of SPARQL."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from kg.resources import ONTOLOGY
from kg.vocabulary import ONTOLOGY as DIPLOMACY
from kg.vocabulary import PREFIXES, RDFS

_WORDS = (
    *("SELECT", "SELECT DISTINCT", "WHERE", "OPTIONAL", "FILTER", "GRAPH", "UNION", "VALUES"),
    *("BIND", "GROUP BY", "ORDER BY", "LIMIT", "CONSTRUCT", "DESCRIBE", "ASK", "COUNT", "EXISTS"),
    *("rdfs:label", "skos:altLabel", "owl:sameAs", "dcterms:title"),
)


@cache
def terms(language: str) -> list[dict[str, str]]:
    """List them with labels in a language."""
    found: dict[str, str] = {}
    for quad in ox.parse(path=ONTOLOGY / "diplomacy.ttl"):
        named = isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(DIPLOMACY)
        if named and quad.predicate == RDFS.label and isinstance(quad.object, ox.Literal):
            term = f"dip:{quad.subject.value.removeprefix(DIPLOMACY)}"
            if quad.object.language == language or term not in found:
                found[term] = quad.object.value
    ours = [{"term": term, "label": label} for term, label in sorted(found.items())]
    others = [*_WORDS, *(f"{prefix}:" for prefix in PREFIXES)]
    return ours + [{"term": term, "label": ""} for term in others]
