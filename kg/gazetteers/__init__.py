"""What exists and how it is called: countries, places, organizations, offices, topics, given names.

One Turtle file a sort; RDF is read here and goes no further: others meet plain entries.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import astuple, dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph

from kg import compiled
from kg.compiled import kept
from kg.errors import GazetteerError
from kg.model import Name
from kg.resources import GAZETTEERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.compiled import Words

_Value: TypeAlias = pyoxigraph.NamedNode | pyoxigraph.Literal
_ID: Final = "https://w3id.org/dipkg/id/"
_ENTRIES: Final = 1 << 14


class Sort(StrEnum):
    """What an entry is; the value is the folder of its IRI."""

    COUNTRY = "country"
    CITY = "place"
    ORGANIZATION = "organization"
    OFFICE = "office"
    TOPIC = "topic"
    GIVEN_NAME = "given-name"


_FILES: Final = {
    Sort.COUNTRY: "countries.ttl",
    Sort.CITY: "cities.ttl",
    Sort.ORGANIZATION: "organizations.ttl",
    Sort.OFFICE: "offices.ttl",
    Sort.TOPIC: "topics.ttl",
    Sort.GIVEN_NAME: "given-names.ttl",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing with all its names in all languages; ids are local ("SA", "new-york").

    `is_ambiguous`: an everyday word or another's name in some language, so that the sentence must
    vouch for it; `is_area`: a region, which tells a country and is no city.
    """

    id: str
    sort: Sort
    names: tuple[Name, ...]
    aliases: tuple[Name, ...] = ()
    demonyms: tuple[Name, ...] = ()
    country: str | None = None
    seat: str | None = None
    capital: str | None = None
    broader: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    iso_alpha3: str | None = None
    is_accredited: bool = False
    is_ambiguous: bool = False
    is_area: bool = False

    def name(self, language: str) -> str:
        """Give the preferred name in a language, in English where it has none."""
        by_language = {name.language: name.text for name in self.names}
        return by_language.get(language) or by_language.get("en") or self.id


@cache
def entries(sort: Sort) -> tuple[Entry, ...]:
    """Give all entries of a sort, by id."""
    return tuple(entry(sort, id_) for id_ in sorted(_rows(sort)))


@lru_cache(maxsize=_ENTRIES)
def find(sort: Sort, id: str) -> Entry | None:  # noqa: A002  the word of the field
    """Give the entry of that id, where there is one: without reading the others."""
    row = _rows(sort).get(id)
    return None if row is None else _read(id, sort, row)


def entry(sort: Sort, id: str) -> Entry:  # noqa: A002  the word of the field
    """Give the entry of that id."""
    found = find(sort, id)
    if found is None:
        known = sorted(_rows(sort))
        near = ", ".join(get_close_matches(id, known, n=5, cutoff=0.5) or known[:5])
        raise GazetteerError(_FILES[sort], f"no {sort} {id!r}", f"use one it lists, such as {near}")
    return found


@cache
def _rows(sort: Sort) -> Words:
    """Give the fields of all entries by their ids, each entry a row of JSON."""
    path = GAZETTEERS / _FILES[sort]
    sources = (path, Path(__file__), Path(compiled.__file__))
    return kept(path.stem, sources, lambda: {each.id: _row(each) for each in _parse(sort, path)})


def _row(entry: Entry) -> str:
    _, _, *values = astuple(entry)
    return json.dumps(values, ensure_ascii=False)


def _read(id_: str, sort: Sort, row: str) -> Entry:
    names, aliases, demonyms, country, seat, capital, *more = json.loads(row)
    broader, members, same_as, iso_alpha3, *flags = more
    return Entry(
        id_,
        sort,
        tuple(Name(*each) for each in names),
        tuple(Name(*each) for each in aliases),
        tuple(Name(*each) for each in demonyms),
        country,
        seat,
        capital,
        tuple(broader),
        tuple(members),
        tuple(same_as),
        iso_alpha3,
        *flags,
    )


def _parse(sort: Sort, path: Path) -> Iterator[Entry]:
    """Read the entries of a sort from its file."""
    home = f"{_ID}{sort}/"
    found: dict[str, dict[str, list[_Value]]] = defaultdict(lambda: defaultdict(list))
    try:
        for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE):
            subject, value = quad.subject, quad.object
            if isinstance(subject, pyoxigraph.NamedNode) and subject.value.startswith(home):
                found[subject.value.removeprefix(home)][_local(quad.predicate)].append(value)
    except SyntaxError as error:
        raise GazetteerError(path, str(error), "write it as Turtle 1.1") from error
    return (_entry(id_, sort, found[id_]) for id_ in sorted(found))


def _entry(id_: str, sort: Sort, values: dict[str, list[_Value]]) -> Entry:
    return Entry(
        id_,
        sort,
        names=_names(values["prefLabel"]),
        aliases=_names(values["altLabel"]),
        demonyms=_names(values["demonym"]),
        country=_first(values["country"]),
        seat=_first(values["seat"]),
        capital=_first(values["capital"]),
        broader=tuple(map(_local, values["broader"])),
        members=tuple(map(_local, values["member"])),
        same_as=tuple(value.value for value in values["sameAs"]),
        iso_alpha3=_first(values["isoAlpha3"]),
        is_accredited=_first(values["accredited"]) == "true",
        is_ambiguous=_first(values["ambiguous"]) == "true",
        is_area=_first(values["area"]) == "true",
    )


def _names(values: list[_Value]) -> tuple[Name, ...]:
    return tuple(
        Name(value.value, value.language or "")
        for value in values
        if isinstance(value, pyoxigraph.Literal)
    )


def _first(values: list[_Value]) -> str | None:
    return _local(values[0]) if values else None


def _local(value: _Value) -> str:
    """Give a literal's words, or what an IRI ends in."""
    if isinstance(value, pyoxigraph.NamedNode):
        return value.value.replace("#", "/").rpartition("/")[2]
    return value.value
