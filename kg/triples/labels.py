"""What concepts, places and meetings are called; the names come from the ontology and the gazetteers."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import gazetteers
from kg.model import Meeting, Name, Side
from kg.resources import ONTOLOGY
from kg.vocabulary import RDFS, SKOS, term

if TYPE_CHECKING:
    from collections.abc import Mapping

_LABELLED = {"diplomacy.ttl": RDFS.label, "acts.ttl": SKOS.prefLabel}
_SORTS = frozenset(sort.value for sort in gazetteers.Sort)
_N_NAMED = 4
_DASH, _AND_MORE = " – ", " …"


@cache
def ontology_names(iri: str) -> tuple[Name, ...]:
    """Give the labels of a term or an act, by language."""
    return tuple(
        Name(quad.object.value, quad.object.language or "")
        for file, label in _LABELLED.items()
        for quad in _ontology(file)
        if quad.subject == ox.NamedNode(iri)
        and quad.predicate == label
        and isinstance(quad.object, ox.Literal)
    )


def known(local: str) -> gazetteers.Entry | None:
    """Give what the gazetteers know of a local id: 'country/SA', 'office/ambassador'."""
    folder, _, id_ = local.partition("/")
    if folder not in _SORTS:
        return None
    return gazetteers.find(gazetteers.Sort(folder), id_)


def meeting_names(meeting: Meeting, names: Mapping[str, tuple[Name, ...]]) -> tuple[Name, ...]:
    """Call a meeting by its kind, its parties and its date, in each language of the ontology."""
    hosts_first = sorted(
        meeting.participations, key=lambda each: (each.side != Side.HOST, each.entity)
    )
    parties = [each.entity for each in hosts_first]
    when = f" ({meeting.date})" if meeting.date else ""
    return tuple(
        Name(
            f"{kind.text[:1].upper()}{kind.text[1:]}: {_list(parties, names, kind.language)}{when}",
            kind.language,
        )
        for kind in ontology_names(term(meeting.kind).value)
    )


def _list(parties: list[str], names: Mapping[str, tuple[Name, ...]], language: str) -> str:
    called = [_call(names.get(party, ()), language) or party for party in parties]
    return _DASH.join(called[:_N_NAMED]) + (_AND_MORE if len(called) > _N_NAMED else "")


def _call(names: tuple[Name, ...], language: str) -> str:
    """Give the name in that language, else the first there is."""
    return next(
        (name.text for name in names if name.language == language), names[0].text if names else ""
    )


@cache
def _ontology(file: str) -> tuple[ox.Quad, ...]:
    return tuple(ox.parse(path=ONTOLOGY / file, format=ox.RdfFormat.TURTLE))
