"""A table for spreadsheets: one row for each participant of each meeting."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.vocabulary import DIP, ID, RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.store import Store

    Read = Callable[[str, NamedNode], list[str]]

_KNOWLEDGE = DefaultGraph()
_MEETING = ("meeting", "kind", "status", "date", "city", "country", "venue", "topics", "articles")
_PARTY = ("participant", "type", "side", "title", "office", "on_behalf_of", "accredited_to")
# A spreadsheet would run a cell that begins so.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(store: Store, path: Path) -> None:
    """Write the participants of all meetings; a meeting without any keeps a row."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(_MEETING + _PARTY)
        for row in _rows(store):
            table.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])


def _rows(store: Store) -> Iterator[list[str]]:
    read = _reader(store)
    found = store.quads_for_pattern(None, RDF.type, DIP.Meeting, _KNOWLEDGE)
    subjects = (quad.subject for quad in found)
    meetings = sorted(each.value for each in subjects if isinstance(each, NamedNode))
    for meeting in meetings:
        countries, articles = (
            _terms(store, meeting, each) for each in (DIP.country, DIP.reportedBy)
        )
        about = [
            [meeting.removeprefix(f"{ID}meeting/")],
            *(read(meeting, each) for each in (DIP.kind, DIP.status, DIP.date, DIP.city)),
            [country.value.rpartition("/")[2] for country in countries],
            *(read(meeting, each) for each in (DIP.venue, DIP.topic)),
            sorted(unquote(article.value.removeprefix(f"{ID}article/")) for article in articles),
        ]
        start = ["; ".join(values) for values in about]
        parties = sorted(party.value for party in _terms(store, meeting, DIP.participation))
        for end in (_party(store, read, party) for party in parties):
            yield start + end
        if not parties:
            yield start + [""] * len(_PARTY)


def _party(store: Store, read: Read, party: str) -> list[str]:
    agents = _terms(store, party, DIP.agent)
    about = [
        read(party, DIP.agent),
        sorted({type_.lower() for agent in agents for type_ in read(agent.value, RDF.type)}),
        *(read(party, each) for each in (DIP.side, DIP.title, DIP.officeAsWritten)),
        *(read(party, each) for each in (DIP.onBehalfOf, DIP.accreditedTo)),
    ]
    return ["; ".join(values) for values in about]


def _terms(store: Store, subject: str, predicate: NamedNode) -> list[NamedNode | Literal]:
    quads = store.quads_for_pattern(NamedNode(subject), predicate, None, _KNOWLEDGE)
    return [quad.object for quad in quads if isinstance(quad.object, NamedNode | Literal)]


def _reader(store: Store) -> Read:
    """Read values as words: of entities and concepts the label, of terms of the ontology the name."""

    @cache
    def name(iri: str) -> str:
        if not iri.startswith(ID):
            return iri.rpartition("#")[2]
        labels = [each for each in _terms(store, iri, RDFS.label) if isinstance(each, Literal)]
        english = sorted(label.value for label in labels if label.language == "en")
        return (english or sorted(label.value for label in labels) or [iri])[0]

    def read(subject: str, predicate: NamedNode) -> list[str]:
        found = _terms(store, subject, predicate)
        return sorted({e.value if isinstance(e, Literal) else name(e.value) for e in found})

    return read
