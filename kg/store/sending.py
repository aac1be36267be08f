"""A graph is put into another SPARQL store, in parts that may be sent twice without harm: a load that broke off goes on."""

from __future__ import annotations

import contextlib
import itertools
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

import pyoxigraph as ox

from kg.errors import StoreError
from kg.storage import Shared, is_shared, place
from kg.store import Store
from kg.store.dumping import everything
from kg.store.remote import Remote, credentials, request
from kg.store.sharding import Shards

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

_PROGRESS = "loading.json"
_GRAPH_STORES = ("/store", "/data", "/graph-store", "/sparql-graph-crud", "/sparql-graph-crud-auth")
# Parts after which shared storage is told how far a load is: each takes as long as the way there.
_RARELY = 50


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: where, quads in all, parts sent now, parts that an earlier run had sent."""

    url: str
    n_quads: int
    n_sent: int
    n_before: int


def load(  # noqa: PLR0913 - each is an option of the command
    graph: str | os.PathLike[str],
    url: str,
    *,
    query_url: str | None = None,
    knowledge: str | None = None,
    size: int = 2000,
    watch: Callable[[int, int], None] | None = None,
) -> Loaded:
    """Put a graph's folder, or its shards, into another store by SPARQL Update, or by Graph Store Protocol where the URL ends so.

    A load that broke off goes on where it was. `knowledge` names the graph for our default graph, in
    stores that have none. What arrived is counted at `query_url`.
    """
    target, headers = credentials(url)
    send = _post_graph if target.rstrip("/").endswith(_GRAPH_STORES) else _insert
    counts: Counter[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = Counter()
    with _opened(graph) as (quads, n_quads, mark):
        sent = [target, knowledge, size, mark, n_quads]
        progress = _Progress(place(graph) / _PROGRESS, sent)
        n_sent = 0
        for number, part in enumerate(_parts(quads, size)):
            counts.update(quad.graph_name for quad in part)
            if number >= progress.n_done:
                send(target, headers, part, knowledge)
                progress.note(number + 1)
                n_sent += 1
            if watch is not None:
                watch(min((number + 1) * size, n_quads), n_quads)
    _verify(counts, Remote(query_url or _with_path(url)), knowledge)
    progress.forget()
    return Loaded(target, n_quads, n_sent, progress.n_before)


@contextlib.contextmanager
def _opened(graph: str | os.PathLike[str]) -> Iterator[tuple[Iterable[ox.Quad], int, str]]:
    """Give the quads of a graph, how many they are, and a name of just these."""
    if shards := Shards.find(graph):
        yield shards, shards.n_quads, shards.mark
    elif is_shared(graph):
        mend = "write them: kg export GRAPH FOLDER --shards N"
        raise StoreError(graph, "no shards are here, or not all of them", mend)
    else:
        with Store.open(graph) as store:
            yield everything(store.quads), len(store), store.mark


def _with_path(url: str) -> str:
    """Guess where a store that takes updates here is asked."""
    parts = urlsplit(url)
    start, _, last = parts.path.rstrip("/").rpartition("/")
    here = {"update": "query", "store": "query", "data": "query", "statements": ""}
    path = f"{start}/{here[last]}".rstrip("/") if last in here else parts.path
    return urlunsplit(parts._replace(path=path))


def _parts(quads: Iterable[ox.Quad], size: int) -> Iterator[list[ox.Quad]]:
    rest = iter(quads)
    while part := list(itertools.islice(rest, size)):
        yield part


def _by_graph(part: list[ox.Quad], knowledge: str | None) -> Iterator[tuple[str | None, str]]:
    for name, quads in itertools.groupby(part, key=lambda quad: quad.graph_name):
        lines = "".join(f"{quad.triple} .\n" for quad in quads)
        yield (name.value if isinstance(name, ox.NamedNode) else knowledge), lines


def _insert(url: str, headers: dict[str, str], part: list[ox.Quad], knowledge: str | None) -> None:
    graphs = (
        lines if name is None else f"GRAPH {ox.NamedNode(name)} {{\n{lines}}}\n"
        for name, lines in _by_graph(part, knowledge)
    )
    update = f"INSERT DATA {{\n{''.join(graphs)}}}".encode()
    request(url, update, headers | {"content-type": "application/sparql-update"})


def _post_graph(
    url: str, headers: dict[str, str], part: list[ox.Quad], knowledge: str | None
) -> None:
    for name, lines in _by_graph(part, knowledge):
        target = f"{url}?default" if name is None else f"{url}?graph={quote(name, safe='')}"
        request(target, lines.encode(), headers | {"content-type": "application/n-triples"})


def _verify(
    counts: Counter[ox.NamedNode | ox.BlankNode | ox.DefaultGraph],
    remote: Remote,
    knowledge: str | None,
) -> None:
    """Count over there: every graph must hold what ours holds, at least."""
    n_knowledge = counts.pop(ox.DefaultGraph(), 0)
    n_there = remote.count(knowledge)
    if n_there < n_knowledge:
        raise _lost(remote, n_knowledge - n_there, "the knowledge")
    found = remote.counts()
    for name, n in counts.items():
        n_there = found.get(name.value, 0) if isinstance(name, ox.NamedNode) else n
        if n_there < n:
            raise _lost(remote, n - n_there, str(name))


def _lost(remote: Remote, n: int, where: str) -> StoreError:
    return StoreError(remote.url, f"{n} triples of {where} are not there", "load it again")


class _Progress:
    """How many parts of this very load have arrived, kept beside the graph."""

    def __init__(self, path: Path | Shared, load: Sequence[object]) -> None:
        self._path, self._load = path, load
        self._every = _RARELY if isinstance(path, Shared) else 1
        self.n_before = 0
        if path.exists():
            known = json.loads(path.read_bytes())
            self.n_before = known["done"] if known["load"] == load else 0
        self.n_done = self.n_before

    def note(self, n_done: int) -> None:
        self.n_done = n_done
        if n_done % self._every:
            return
        written = json.dumps({"load": self._load, "done": n_done}).encode()
        if isinstance(self._path, Shared):
            self._path.write_bytes(written)
            return
        draft = self._path.with_suffix(".new")
        draft.write_bytes(written)
        draft.replace(self._path)

    def forget(self) -> None:
        self._path.unlink(missing_ok=True)
