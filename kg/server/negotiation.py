"""Which format a client wants: its Accept header against what there is, in our order of preference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable

HTML = "text/html"
ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "text/plain": ox.RdfFormat.N_TRIPLES,
}


def choose(accept: str, offered: Iterable[str]) -> str | None:
    """Give the offer that a client likes best, the first of equals; None where it likes none.

    >>> choose("text/csv;q=0.5, application/*", ["text/csv", "application/json"])
    'application/json'
    >>> choose("image/png", ["text/csv"]) is None
    True
    """
    ranges = [_range(part) for part in (accept or "*/*").split(",")]
    liked = [(_liking(media_type, ranges), media_type) for media_type in offered]
    best = max((quality for quality, _ in liked), default=0.0)
    if best <= 0:
        return None
    return next(media_type for quality, media_type in liked if quality == best)


def _range(part: str) -> tuple[str, float]:
    media_range, *parameters = (piece.strip() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, text = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                quality = float(text)
            except ValueError:
                quality = 0.0
    return media_range.lower(), quality


def _liking(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """Rate an offer by the most exact range that covers it."""
    family = media_type.partition("/")[0]
    for wanted in (media_type, f"{family}/*", "*/*"):
        qualities = [quality for media_range, quality in ranges if media_range == wanted]
        if qualities:
            return max(qualities)
    return 0.0
