"""An answer: rows, a yes or no, or triples; in the formats of SPARQL 1.1, or as a table for people."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError
from kg.vocabulary import ID, ONTOLOGY, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import rdflib
    from rich.table import Table

    from kg.queries.names import Askable

    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None

_ROWS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_TRIPLES = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
# A terminal must lay out each cell by itself, or one Arabic name turns the whole row around.
_ISOLATE, _POP = "\u2068", "\u2069"


@dataclass(frozen=True)
class Result:
    """What a query answered; `given` says for whom the names in it were taken, `labels` names what it found."""

    columns: tuple[str, ...] = ()
    some: tuple[tuple[Term, ...], ...] = ()
    triples: tuple[ox.Triple, ...] | None = None
    truth: bool | None = None
    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    _json: bytes = b""

    @classmethod
    def of(
        cls, answer: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean, most: int | None = None
    ) -> Result:
        """Take what pyoxigraph answers: all of it, or `most` rows to look at, which no format holds."""
        match answer:
            case ox.QueryBoolean():
                return cls(truth=bool(answer), _json=_written(answer))
            case ox.QueryTriples():
                return cls(triples=tuple(sorted(itertools.islice(answer, most), key=str)))
        if most is not None:
            columns = tuple(variable.value for variable in answer.variables)
            return cls(columns, tuple(map(tuple, itertools.islice(answer, most))))
        raw = _written(answer)
        return cls(tuple(variable.value for variable in answer.variables), _json=raw)

    @cached_property
    def rows(self) -> tuple[tuple[Term, ...], ...]:
        """The rows, read when first asked for: a program that takes JSON needs none."""
        if not self._json or self.truth is not None:
            return self.some
        solutions = ox.parse_query_results(self._json, ox.QueryResultsFormat.JSON)
        assert isinstance(solutions, ox.QuerySolutions)
        return tuple(map(tuple, solutions))

    def __len__(self) -> int:
        """Count the rows or triples."""
        return len(self.rows) if self.triples is None else len(self.triples)

    def __iter__(self) -> Iterator[dict[str, str | None]]:
        """Go through the rows as dicts of plain words; IRIs are whole."""
        for row in self.rows:
            values = (None if term is None else getattr(term, "value", str(term)) for term in row)
            yield dict(zip(self.columns, values, strict=True))

    def serialize(self, form: str) -> bytes:
        """Write the answer: json, xml, csv or tsv of rows; ttl, nt, rdf or jsonld of triples."""
        if self.triples is not None and form in _TRIPLES:
            written = ox.serialize(self.triples, format=_TRIPLES[form], prefixes=PREFIXES)
        elif form == "json" and self._json:
            written = self._json
        elif self.triples is None and form in _ROWS:
            again = ox.parse_query_results(self._json, ox.QueryResultsFormat.JSON)
            written = again.serialize(format=_ROWS[form])
        else:
            known = ", ".join(_ROWS if self.triples is None else _TRIPLES)
            raise QueryError(form, "this answer has no such format", f"use one of {known}")
        assert written is not None
        return written

    @property
    def graph(self) -> rdflib.Graph:
        """The triples, as an rdflib Graph."""
        from kg.rdflib_terms import to_rdflib_graph  # noqa: PLC0415 - rdflib takes 0.2 s to import

        return to_rdflib_graph(ox.Quad(*triple) for triple in self.triples or ())

    def table(self, title: str = "") -> Table:
        """Lay the rows out for a terminal; entities go by their names."""
        from rich.table import Table  # noqa: PLC0415 - only people need it
        from rich.text import Text  # noqa: PLC0415

        table = Table(title=title or None, title_justify="left", header_style="bold")
        if self.triples is not None:
            for column in ("subject", "predicate", "object"):
                table.add_column(column, overflow="fold")
            for triple in self.triples:
                parts = (triple.subject, triple.predicate, triple.object)
                table.add_row(*(Text(_isolated(self.words(part))) for part in parts))
        elif self.truth is not None:
            table.add_column("answer")
            table.add_row("yes" if self.truth else "no")
        else:
            for column in self.columns:
                table.add_column(
                    column.replace("_", " "),
                    overflow="fold",
                    justify="right" if column in self.numbers else "left",
                )
            for row in self.rows:
                table.add_row(*(Text(_isolated(self.words(term))) for term in row))
        return table

    @property
    def terms(self) -> Iterator[Term]:
        """All that stands in the rows or triples."""
        yield from itertools.chain.from_iterable(self.rows)
        for triple in self.triples or ():
            yield from (triple.subject, triple.predicate, triple.object)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Name the columns that hold whole numbers only."""

        def is_number(term: Term) -> bool:
            return isinstance(term, ox.Literal) and term.datatype.value.endswith("#integer")

        columns = zip(self.columns, zip(*self.rows, strict=True), strict=False)
        return frozenset(name for name, terms in columns if all(map(is_number, terms)))

    def words(self, term: Term) -> str:
        """Say a term as a reader wants it: a name where there is one, else the end of its IRI."""
        match term:
            case None:
                return ""
            case ox.NamedNode():
                return self.labels.get(term.value) or short(term.value)
            case ox.Literal() | ox.BlankNode():
                return term.value
            case _:
                return str(term)

    def with_labels(self, labels: Mapping[str, str]) -> Result:
        """Give the same answer, its entities named."""
        return replace(self, labels=labels)

    def explanation(self) -> str:
        """Say for whom names were taken, and that there are no rows."""
        taken = ", ".join(f"{name} is {' or '.join(found)}" for name, found in self.given.items())
        if len(self) or self.truth is not None:
            return f"Here {taken}." if taken else ""
        return f"Nothing was found; {taken}." if taken else "Nothing was found."


def short(iri: str) -> str:
    """Shorten an IRI as Turtle does; ours need no prefix."""
    if iri.startswith((ID, ONTOLOGY)):
        return iri.removeprefix(ID).removeprefix(ONTOLOGY)
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def named(store: Askable, terms: Iterable[Term], language: str) -> dict[str, str]:
    """Read the names of all that is ours among some terms, in a language if they have one in it."""
    iris = sorted({str(e) for e in terms if isinstance(e, ox.NamedNode) and e.value.startswith(ID)})
    best: dict[str, tuple[tuple[bool, bool, str], str]] = {}
    for start in range(0, len(iris), 2000):
        answer = store.query(
            "SELECT ?iri ?name { VALUES ?iri { %s } "  # noqa: UP031 - braces are SPARQL's
            "?iri <http://www.w3.org/2000/01/rdf-schema#label>"
            "|<http://purl.org/dc/terms/title> ?name }" % " ".join(iris[start : start + 2000])
        )
        assert isinstance(answer, ox.QuerySolutions)
        for iri, name in answer:
            rank = (name.language != language, name.language != "en", name.value)
            best[iri.value] = min((rank, name.value), best.get(iri.value, (rank, name.value)))
    return {iri: name for iri, (_, name) in best.items()}


def _written(answer: ox.QuerySolutions | ox.QueryBoolean) -> bytes:
    raw = answer.serialize(format=ox.QueryResultsFormat.JSON)
    assert raw is not None
    return raw


def _isolated(words: str) -> str:
    return f"{_ISOLATE}{words}{_POP}" if any("\u0590" <= c <= "\u08ff" for c in words) else words
