"""Those of one side of an encounter: who they are, and what each has from the others or from whom they came for."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from kg import gazetteers
from kg.extractors import sides
from kg.gazetteers import Sort
from kg.model import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.extractors.cast import Cast, Figure
    from kg.extractors.frames import Clause
    from kg.extractors.parties import Party
    from kg.extractors.parts import Span


def people_of(figures: Iterable[Figure]) -> list[Figure]:
    """Leave out states and organizations."""
    return [f for f in figures if f.kind is EntityKind.PERSON]


def is_envoy(figure: Figure) -> bool:
    """Tell whether somebody is accredited, as ambassadors are."""
    offices = (gazetteers.entry(Sort.OFFICE, o.value) for o in figure.offices if o.value)
    return any(office.is_accredited for office in offices)


def organization_of(figure: Figure) -> Span | None:
    """Give the first organization that somebody serves, by his office or else by his side."""
    spans = (*(o for office in figure.offices for o in office.organizations), *figure.organizations)
    return next(iter(spans), None)


def figures_of(parties: Iterable[Party], cast: Cast, others: Sequence[Figure] = ()) -> list[Figure]:
    """Find who the parties of a side are, of whom none is of the other side."""
    parties = list(parties)
    is_named = any(party.name for party in parties)
    # "A delegation of GUAM, which included A and B": those of it who are named came.
    found = (
        cast.find(party, others)
        for party in parties
        if party.name or not (party.group or (is_named and party.delegation))
    )
    return list(dict.fromkeys(figure for figure in found if figure))


def severally(objects: list[Figure]) -> list[list[Figure]]:
    """Part those who were met one by one: each serves a state or an organization of his own."""
    owners = {sides.state(f) or organization_of(f) for f in objects}
    is_each = len(owners) == len(objects) == len(people_of(objects))
    is_parted = len(objects) > 1 and is_each and None not in owners
    return [[figure] for figure in objects] if is_parted else [objects]


def follow_state(figures: Iterable[Figure]) -> None:
    """Take those who follow an ambassador in a list, without a state of their own, for his staff."""
    country = None
    for figure in figures:
        country = figure.country or country
        if not (figure.country or figure.organizations):
            figure.country = country


def _share_state(figures: Sequence[Figure]) -> None:
    """Give all who are listed "on the American side" the state that is named first."""
    country = next((f.country for f in figures if f.country), None)
    for figure in figures:
        figure.country = figure.country or country


def belong(owners: Sequence[Party], figures: Sequence[Figure]) -> None:
    """Give those who come for a state or an organization what the verb names before them."""
    if not owners:
        _share_state(figures)
    for owner, figure in product(owners[:1], figures):
        if owner.countries:
            figure.country = figure.country or owner.countries[0]
        elif not (figure.country or figure.organizations):
            figure.organizations += owner.organizations[:1]


def join_group(parties: Iterable[Party], figures: Iterable[Figure]) -> None:
    """Give those before "and other Nigerian officials" the state of the group."""
    country = next(
        (p.countries[0] for p in parties if p.group and p.countries and not p.name), None
    )
    for figure in figures if country else ():
        figure.country = figure.country or country


def stand_for(figure: Figure, senders: Iterable[Figure]) -> None:
    """Let who came in a delegation stand for whose it is."""
    for sender in senders:
        if sender.kind is EntityKind.COUNTRY:
            figure.country = figure.country or sender.country
        elif sender.name not in figure.organizations:
            figure.organizations.append(sender.name)


def inherit_office(
    clause: Clause, subjects: Sequence[Figure], objects: Sequence[Figure], cast: Cast
) -> None:
    """Give "his Maltese counterpart" the office of the other side."""
    lead = next((p.name for p in clause.subjects if p.name and not p.companion), None)
    for party in clause.objects:
        if not (party.counterpart and party.name and subjects):
            continue
        figure = cast.of_name(party.name)
        known = next((f for f in subjects if f.offices), subjects[0])
        own = (cast.of_name(lead) if lead else known).offices[:1]
        # The office is alike, not whom it serves.
        offices = [replace(o, organizations=[], country=None, accredited_to=None) for o in own]
        if figure in objects and all(
            o.value == offices[0].value for o in figure.offices if offices
        ):
            figure.offices[:0] = offices
