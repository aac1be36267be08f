"""A dataset on disk: the knowledge in the default graph, one named graph an article.

Nothing is ever changed in place: a writer makes the next generation of the store beside the present one
and turns to it in one step, so readers are never disturbed and a killed writer leaves no trace.
"""

from __future__ import annotations

import gc
import itertools
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.store.dumping import Files, dump
from kg.store.generations import Generations
from kg.store.loading import Loader
from kg.store.refusal import refuse
from kg.store.sharding import Shards, write
from kg.vocabulary import ID, PREFIXES

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType

    import rdflib

__all__ = ["Files", "Loader", "Quad", "Results", "Store", "refuse"]

Quad = ox.Quad
Results = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean
_DEFAULT = ox.DefaultGraph()
# Quads that become text together.
_CHUNK = 10_000
# Loads at a time into a store on disk: RocksDB writes most of it without waiting for others.
_LOADERS = 2
# References to its quads when nobody else holds them: its own, and the one that is counted with.
_OURS = 2


class Store:
    """A dataset that is read, queried and dumped; opened `writable`, also changed, all or nothing.

    >>> store = Store.of([])
    >>> len(store), list(store.query("SELECT * { ?s ?p ?o }"))
    (0, [])
    """

    def __init__(self, quads: ox.Store, generations: Generations | None = None) -> None:
        """Wrap a pyoxigraph store; use `open`, `create` or `of`."""
        self.quads = quads
        self._generations = generations

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> Self:
        """Make a store in memory."""
        memory = ox.Store()
        _fill(memory, quads)
        return cls(memory)

    @classmethod
    def open(cls, folder: str | os.PathLike[str], *, writable: bool = False) -> Self:
        """Open the store of a graph's folder; a writable one is a transaction: use it with `with`."""
        generations = Generations(Path(folder))
        if writable:
            return cls(ox.Store(generations.begin(fresh=False)), generations)
        try:
            return cls(ox.Store.read_only(str(generations.read())), generations)
        except (OSError, RuntimeError) as error:  # what pyoxigraph makes of a broken file
            mend = f"build it again: kg build SOURCE -o {folder}"
            raise StoreError(folder, f"it cannot be read: {error}", mend) from error

    @classmethod
    def new(cls, folder: str | os.PathLike[str]) -> Self:
        """Begin an empty store in the place of all that a graph's folder holds; use it with `with`."""
        generations = Generations(Path(folder))
        return cls(ox.Store(generations.begin(fresh=True)), generations)

    @classmethod
    def create(cls, folder: str | os.PathLike[str], quads: Iterable[Quad]) -> Self:
        """Put these quads in the place of all that a graph's folder held, and open it."""
        with cls.new(folder) as building:
            building.load(quads)
        return cls.open(folder)

    def __enter__(self) -> Self:
        """Begin to use the store."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Keep what was changed, or after an error nothing of it; close the store."""
        self.close(keep=kind is None)

    def close(self, *, keep: bool = False) -> None:
        """Close the store; a writable one keeps its changes only if told so."""
        if self._generations is not None:
            if keep and self._generations.writing:
                self.quads.flush()
            # A pyoxigraph store ends when nothing refers to it, and what is written may change until then.
            is_held = sys.getrefcount(self.quads) > _OURS
            self.quads = ox.Store()
            self.__dict__.pop("dataset", None)
            if is_held and self._generations.writing:
                gc.collect()
            self._generations.end(keep=keep)

    @property
    def mark(self) -> str:
        """Name the state that was opened: no two states of a graph's folder have one name."""
        return self._generations.name if self._generations is not None else ""

    def __len__(self) -> int:
        """Count the quads of all graphs."""
        return len(self.quads)

    def __iter__(self) -> Iterator[Quad]:
        """Go through the quads of all graphs."""
        return iter(self.quads)

    def read(self, graph: ox.NamedNode | None = None) -> Iterator[Quad]:
        """Go through the quads of one graph; without a name, of the default graph."""
        return self.quads.quads_for_pattern(None, None, None, graph or _DEFAULT)

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | None,
        predicate: ox.NamedNode | None,
        object: ox.NamedNode | ox.Literal | None,  # noqa: A002 - pyoxigraph names it so
        graph_name: ox.NamedNode | ox.DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """Find quads by their parts, as pyoxigraph does: without a name, in all graphs."""
        return self.quads.quads_for_pattern(subject, predicate, object, graph_name)

    def graphs(self) -> Iterator[ox.NamedNode]:
        """Name the graphs of the articles."""
        return (name for name in self.quads.named_graphs() if isinstance(name, ox.NamedNode))

    def query(
        self,
        text: str,
        *,
        default_graphs: Sequence[ox.NamedNode] | None = None,
        named_graphs: Sequence[ox.NamedNode] | None = None,
    ) -> Results:
        """Answer a SPARQL query; our prefixes need not be declared, no other server is ever asked.

        Relative IRIs are our ids: `DESCRIBE <country/SA>`.
        """
        refuse(text)
        try:
            return self.quads.query(
                text,
                base_iri=ID,
                prefixes=PREFIXES,
                default_graph=None if default_graphs is None else list(default_graphs),
                named_graphs=None if named_graphs is None else list(named_graphs),
            )
        except SyntaxError as error:
            raise QueryError(
                "query", str(error), "see https://www.w3.org/TR/sparql11-query/"
            ) from error

    def dump(self, path: str | os.PathLike[str], *, graph: ox.NamedNode | None = None) -> None:
        """Write the store into a file, sorted; its suffix says the format.

        Formats of triples hold one graph: the default graph, or the one named.
        """
        dump(self.quads, Path(path), graph=graph)

    def shard(self, folder: str | os.PathLike[str], n_shards: int) -> Shards:
        """Write the store into a folder, perhaps of shared storage, as so many files of N-Quads."""
        return write(self.quads, folder, n_shards)

    def replace_graph(self, graph: ox.NamedNode | None, quads: Iterable[Quad]) -> None:
        """Let a graph (without a name, the default graph) hold these quads and no others."""
        new, old = set(quads), set(self.read(graph))
        for quad in old - new:
            self._writable.remove(quad)
        self._writable.extend(sorted(new - old, key=str))

    def remove_graph(self, graph: ox.NamedNode) -> None:
        """Drop the graph of an article."""
        self._writable.remove_graph(graph)

    def load(self, quads: Iterable[Quad]) -> None:
        """Add very many quads."""
        _fill(self._writable, quads)
        self.compact()

    def loader(self) -> Loader:
        """Add very many quads as text; compact the store after it."""
        return Loader(self._writable, n_threads=_LOADERS)

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads."""
        self._writable.extend(quads)

    def remove(self, quads: Iterable[Quad]) -> None:
        """Take quads away."""
        for quad in quads:
            self._writable.remove(quad)

    @property
    def _writable(self) -> ox.Store:
        if self._generations is not None and not self._generations.writing:
            raise StoreError(
                self._generations.folder, "opened for reading", "open it with writable=True"
            )
        return self.quads

    def compact(self) -> None:
        """Put the store into its best shape for reading, which takes a while."""
        self._writable.optimize()

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        """All graphs, as an rdflib Dataset over this store."""
        from kg.store.rdflib_view import dataset  # noqa: PLC0415 - rdflib takes 0.2 s to import

        return dataset(self.quads)

    @property
    def graph(self) -> rdflib.Graph:
        """The knowledge (the default graph), as an rdflib Graph over this store."""
        knowledge: rdflib.Graph = self.dataset.default_graph
        return knowledge


def _fill(store: ox.Store, quads: Iterable[Quad]) -> None:
    rest = iter(quads)
    with Loader(store) as loader:
        while chunk := list(itertools.islice(rest, _CHUNK)):
            loader.write(ox.serialize(chunk, format=ox.RdfFormat.TRIG) or b"")
