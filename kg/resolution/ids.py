"""Ids from what is founding: the oldest mention and its name, whatever else is known or comes later."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.resolution.names import slug
from kg.resolution.phonemes import scripts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence

    from kg.model import PartialDate
    from kg.resolution.people import Person
    from kg.resolution.shelves import Table
    from kg.resolution.tellings import Telling

_SHORT = 6  # digits of a hash that tells most namesakes apart


class Claim(NamedTuple):
    """An id that something wants, by right of age, and words that tell it from what is older."""

    age: tuple[object, ...]
    wanted: str
    words: tuple[str, ...]


def person_claim(person: Person) -> Claim:
    """Name a person as the oldest mention does, in Latin letters where there are any."""
    occurrences = person.occurrences
    founding = next((each for each in occurrences if is_latin(each.name)), occurrences[0])
    told = (*sorted(founding.countries), *sorted(founding.organizations), *sorted(founding.offices))
    words = (slug(word.rpartition("/")[2]) for word in told)
    return Claim(
        (*founding.founding, *founding.place),
        f"person/{slug(founding.name)}",
        (*words, *_hashes(founding.place.article, founding.start)),
    )


def meeting_claim(tellings: Sequence[Telling], date: PartialDate | None) -> Claim:
    """Name a meeting after its date and its principals, as the first article has them."""
    founding = tellings[0]
    principals = sorted(founding.entities[k].rpartition("/")[2] for k in founding.principals)
    name = "-".join((str(date or "undated"), *principals)).lower()
    return Claim(
        founding.place,
        f"meeting/{name}",
        (founding.mention.kind, *sorted(founding.cities), *_hashes(*founding.place)),
    )


def give(claims: Sequence[Claim]) -> list[str]:
    """Give the oldest of those that want one id what it wants, and the younger a word more."""
    rivals: dict[str, list[int]] = defaultdict(list)
    for i, claim in enumerate(claims):
        rivals[claim.wanted].append(i)
    ids: dict[int, str] = {}
    for wanted, numbers in rivals.items():
        taken: set[str] = set()
        for i in sorted(numbers, key=lambda i: claims[i].age):
            # No name has an underscore as an id, so that no other thing can want this one.
            tries = (wanted, *(f"{wanted}_{word}" for word in claims[i].words))
            ids[i] = next(id_ for id_ in tries if id_ not in taken)
            taken.add(ids[i])
    return [ids[i] for i in range(len(claims))]


class Register:
    """Who has which id, where things come and go."""

    def __init__(self, table: Table, sort: str) -> None:
        """Start with what some tables say."""
        self.ids: MutableMapping[Any, str] = table(f"{sort} ids")
        self._claims: MutableMapping[str, dict[Any, Claim]] = table(f"{sort} claims")
        self._wanted: MutableMapping[Any, str] = table(f"{sort} wanted ids")

    def update(self, gone: Iterable[Any], new: Mapping[Any, Claim]) -> dict[Any, str | None]:
        """Let things go and others come; give those whose id is another, with the old one."""
        touched = set()
        before: dict[Any, str] = {}
        for key in gone:
            wanted = self._wanted.pop(key)
            self._claims[wanted] = {k: c for k, c in self._claims[wanted].items() if k != key}
            before[key] = self.ids.pop(key)
            touched.add(wanted)
        for key, claim in new.items():
            self._wanted[key] = claim.wanted
            self._claims[claim.wanted] = {**self._claims.get(claim.wanted, {}), key: claim}
            touched.add(claim.wanted)
        changed: dict[Any, str | None] = dict(before)
        for wanted in touched:
            rivals = self._claims[wanted]
            if not rivals:
                del self._claims[wanted]
            for key, id_ in zip(rivals, give(list(rivals.values())), strict=True):
                old = self.ids.get(key, before.get(key))
                self.ids[key] = id_
                if id_ != old:
                    changed[key] = old
        return changed


def is_latin(name: str) -> bool:
    """Tell whether a name is in the script of ids."""
    prefix = scripts()[0].unicode
    return all(unicodedata.name(c, "").startswith(prefix) for c in name if c.isalpha())


def _hashes(*parts: object) -> Iterator[str]:
    digest = blake2b("\0".join(map(str, parts)).encode(), digest_size=16).hexdigest()
    yield from (digest[:_SHORT], digest)
