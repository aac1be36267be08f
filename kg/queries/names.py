"""Find what somebody means by a name: exactly as written, then as it sounds, in any script.

The names of a store are read once a class; a name is looked for in six ways, and the first that finds counts.
"""

from __future__ import annotations

import difflib
import heapq
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import unquote

import pyoxigraph as ox

from kg.errors import QueryError
from kg.queries.results import named
from kg.text import fold, tokenize
from kg.vocabulary import DIP, ID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Matcher = Callable[[str, str], float]

_MANY = 40
_LANGUAGES = ("en", "fr", "ar")


class Askable(Protocol):
    """What answers SPARQL: a kg.store.Store, or an endpoint elsewhere."""

    def query(self, text: str) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        """Answer a query."""
        ...


class Found(NamedTuple):
    """An entity and the spelling by which it was found."""

    iri: ox.NamedNode
    label: str


class Names:
    """The names in a store, found in any script and spelling.

    `matcher` judges from 0 to 1 whether two names can be one person's; without it, only spellings count.
    """

    def __init__(self, store: Askable, matcher: Matcher | None = None) -> None:
        """Read nothing yet."""
        self.store = store
        self._matcher = matcher
        self._classes: dict[ox.NamedNode, _Index] = {}

    def find(self, text: str, classes: Sequence[ox.NamedNode]) -> list[Found]:
        """Find the entities of these classes that a text may mean; raises QueryError with the nearest."""
        ways = (
            *(self._by_iri, self._as_written, self._as_folded, self._in_part),
            *(self._as_known, self._by_sound),
        )
        for way in ways:
            if found := _once(way(text, classes)):
                break
        else:
            if nearest := self.nearest(text, classes):
                mend = f"the nearest: {', '.join(nearest)}"
            elif known := self._some(classes):
                mend = f"it knows {', '.join(known)} and others"
            else:
                mend = "it knows nothing of this kind"
            raise QueryError(text, "nobody and nothing of this name is in the graph", mend)
        if len(found) > _MANY:
            some = ", ".join(each.label for each in found[:5])
            raise QueryError(text, f"{len(found)} have this name", f"say more: {some} ...")
        return found

    def nearest(self, text: str, classes: Sequence[ox.NamedNode]) -> list[str]:
        """List the names that look most alike."""
        spelt = {key: name for index in self._indexes(classes) for key, name in index.spelt}
        words = {word: key for key in spelt for word in key.split()} | {key: key for key in spelt}
        close = difflib.get_close_matches(fold(text), words, n=8, cutoff=0.5)
        return list(dict.fromkeys(spelt[words[each]] for each in close))[:5]

    def beginning(self, text: str, classes: Sequence[ox.NamedNode], most: int) -> list[Found]:
        """List those of whose names a word begins so: what somebody who is still writing may mean."""
        wanted = f" {_key(text)}"
        ways = (
            (f" {key}".index(wanted), len(key), found)
            for index in self._indexes(classes)
            for key, founds in index.by_folded.items()
            if wanted in f" {key}"
            for found in founds
        )
        nearest = heapq.nsmallest(most, ways, key=lambda way: way[:2])
        return _once(found for *_, found in nearest)

    def _some(self, classes: Sequence[ox.NamedNode]) -> list[str]:
        founds = (each for index in self._indexes(classes) for each in index.by_folded.values())
        iris = {found.iri for each in founds for found in each}
        return sorted(named(self.store, heapq.nsmallest(4, iris, key=str), "en").values())

    def _by_iri(self, text: str, classes: Sequence[ox.NamedNode]) -> Iterator[Found]:
        folders = [_folder(class_) for class_ in classes]
        local = unquote(text.removeprefix(ID))
        if any(character.isspace() for character in local):
            return
        code = local.upper() if len(local) == 2 else local  # noqa: PLR2004 - ISO 3166-1 alpha-2
        candidates = [local] if "/" in local else [f"{folder}/{code}" for folder in folders]
        for candidate in candidates:
            try:
                iri = ox.NamedNode(ID + candidate)
            except ValueError:
                continue
            if self.store.query(f"ASK {{ {iri} a ?class }}"):
                yield Found(iri, candidate)

    def _as_written(self, text: str, classes: Sequence[ox.NamedNode]) -> Iterator[Found]:
        literals = [str(ox.Literal(text, language=code)) for code in _LANGUAGES]
        query = f"""SELECT ?iri {{
          VALUES ?name {{ {" ".join(literals)} {ox.Literal(text)} }}
          VALUES ?class {{ {" ".join(map(str, classes))} }}
          ?iri rdfs:label|skos:altLabel ?name ; a ?class }}"""
        for solution in _rows(self.store, query):
            yield Found(_node(solution), text)

    def _as_folded(self, text: str, classes: Sequence[ox.NamedNode]) -> Iterator[Found]:
        for index in self._indexes(classes):
            yield from index.by_folded.get(_key(text), ())

    def _in_part(self, text: str, classes: Sequence[ox.NamedNode]) -> Iterator[Found]:
        wanted = _words(text)
        if not wanted:
            return
        for index in self._indexes(classes):
            rarest = min((index.by_word.get(word, ()) for word in wanted), key=len)
            for key in rarest:
                if wanted <= set(key.split()):
                    yield from index.by_folded[key]

    def _as_known(self, text: str, classes: Sequence[ox.NamedNode]) -> Iterator[Found]:
        """Look in the gazetteers: they know acronyms and names that no article here has used."""
        from kg.gazetteers import Sort, entries  # noqa: PLC0415 - loading them takes 0.3 s

        wanted, folders = _key(text), {_folder(class_) for class_ in classes}
        for sort in Sort:
            for entry in entries(sort) if sort.value in folders else ():
                names = (*entry.names, *entry.aliases, *entry.demonyms)
                if any(_key(name.text) == wanted for name in names):
                    yield from self._by_iri(f"{sort.value}/{entry.id}", classes)

    def _by_sound(self, text: str, classes: Sequence[ox.NamedNode]) -> Iterator[Found]:
        if self._matcher is None:
            return
        scores: dict[Found, float] = {}
        for index in self._indexes(classes):
            for key, spelling in index.spelt:
                if score := self._matcher(text, spelling):
                    scores |= dict.fromkeys(index.by_folded[key], score)
        yield from sorted(scores, key=lambda found: (-scores[found], found.iri.value))

    def _indexes(self, classes: Sequence[ox.NamedNode]) -> Iterator[_Index]:
        for class_ in classes:
            if class_ not in self._classes:
                self._classes[class_] = _Index(_read(self.store, class_))
            yield self._classes[class_]


class _Index:
    """The names of a class, by their folded spelling."""

    def __init__(self, names: Iterable[Found]) -> None:
        self.by_folded: dict[str, list[Found]] = defaultdict(list)
        for found in names:
            self.by_folded[_key(found.label)].append(found)

    @cached_property
    def by_word(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for key in self.by_folded:
            for word in key.split():
                found[word].append(key)
        return found

    @cached_property
    def spelt(self) -> list[tuple[str, str]]:
        return [(key, founds[0].label) for key, founds in self.by_folded.items()]


def _read(store: Askable, class_: ox.NamedNode) -> Iterator[Found]:
    code = "|dip:isoCode" if class_ == DIP.Country else ""
    query = f"SELECT ?iri ?name {{ ?iri a {class_} ; rdfs:label|skos:altLabel{code} ?name }}"
    for solution in _rows(store, query):
        yield Found(_node(solution), solution["name"].value)


def _rows(store: Askable, query: str) -> Iterator[dict[str, ox.NamedNode | ox.Literal]]:
    prefixes = (
        "PREFIX dip: <https://w3id.org/dipkg/ontology#> "
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    )
    results = store.query(prefixes + query)
    assert isinstance(results, ox.QuerySolutions)
    names = [variable.value for variable in results.variables]
    for solution in results:
        yield dict(zip(names, solution, strict=True))


def _folder(class_: ox.NamedNode) -> str:
    return class_.value.partition("#")[2].lower()


def _node(solution: dict[str, ox.NamedNode | ox.Literal]) -> ox.NamedNode:
    iri = solution["iri"]
    assert isinstance(iri, ox.NamedNode)
    return iri


def _once(found: Iterable[Found]) -> list[Found]:
    return list({each.iri: each for each in found}.values())


def _key(name: str) -> str:
    return " ".join(token.folded for token in tokenize(name) if token.is_word)


def _words(name: str) -> set[str]:
    return set(_key(name).split())
