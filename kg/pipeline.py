"""The whole flow: articles -> readings -> knowledge -> quads -> report, store, files.

This is the only module that knows the order of the stages.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.articles import Source, find, parse, size
from kg.engines import ENGINES
from kg.errors import ArticleError, KgError, StoreError
from kg.exporters import export
from kg.extractors import extract
from kg.queries import ask
from kg.readings import Readings, encode
from kg.resolution import decisions, resolve
from kg.resolution.names import Verdict, compare
from kg.resources import ONTOLOGY, PACKAGE
from kg.store import Store
from kg.triples import triplify
from kg.vocabulary import DIP, RDF

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    import rdflib

    from kg.model import Article, Knowledge
    from kg.queries import Result

    # Told of each step: what is done, how many articles are read, and their share of all.
    Watch = Callable[[str, int, float], None]
    Read = tuple[str, str, str]

T = TypeVar("T")

BATCH = 32
_COUNTED = (
    ("meetings", DIP.Meeting),
    ("people", DIP.Person),
    ("organizations", DIP.Organization),
    ("countries", DIP.Country),
    ("statements", DIP.Statement),
)
# What a reading depends on: where any of these changes, all articles are read again.
_READER = ("articles", "dates", "extractors", "gazetteers", "languages", "model.py", "text.py")


def _watch_nothing(stage: str, n_articles: int, share: float) -> None:
    """Do nothing at any step."""


@dataclass(frozen=True)
class Build:
    """A graph's folder as a build left it, and the articles that could not be read.

    Where none could be read, nothing is built: a graph that was there stays as it was.
    """

    folder: Path
    failures: tuple[ArticleError, ...] = ()
    n_articles: int = 0

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many there are of what the graph is about."""
        with Store.open(self.folder) as store:
            return {
                name: sum(1 for _ in store.quads_for_pattern(None, RDF.type, kind))
                for name, kind in _COUNTED
            }

    @cached_property
    def graph(self) -> rdflib.Graph:
        """The knowledge, as an rdflib Graph."""
        return Store.open(self.folder).graph

    @cached_property
    def knowledge(self) -> Knowledge:
        """The knowledge, as the dataclasses of kg.model."""
        with Readings(self.folder / "readings") as readings:
            return resolve(readings, _decisions(self.folder))


def build(
    sources: Iterable[str | Path],
    folder: str | Path = "graph",
    *,
    engine: str = "processes",
    jobs: int | None = None,
    watch: Watch = _watch_nothing,
) -> Build:
    """Build the graph of these articles and no others into a folder."""
    with _readings(Path(folder), new=True) as readings:
        if readings.fact("reader") != _reader():
            readings.keep_only(())
        readings.note("reader", _reader())
        wanted, failures = _read(sources, readings, engine, jobs, watch)
        if not wanted:
            return Build(Path(folder), tuple(failures))
        readings.keep_only(wanted)
        failures += _settle(readings, wanted)
        return _publish(readings, Path(folder), failures, watch)


def add(
    folder: str | Path,
    sources: Iterable[str | Path],
    *,
    engine: str = "processes",
    jobs: int | None = None,
    watch: Watch = _watch_nothing,
) -> Build:
    """Add articles to a graph; one of a known id takes the place of the former."""
    with _readings(Path(folder)) as readings:
        _read_again(readings, engine, jobs)
        wanted, failures = _read(sources, readings, engine, jobs, watch)
        failures += _settle(readings, wanted)
        return _publish(readings, Path(folder), failures, watch)


def remove(folder: str | Path, names: Iterable[str], *, watch: Watch = _watch_nothing) -> Build:
    """Remove articles from a graph by their ids, as if they had never been there."""
    with _readings(Path(folder)) as readings:
        gone = {_key_of(readings, name) for name in names}
        readings.keep_only(readings.keys() - gone)
        _read_again(readings, "processes", None)
        return _publish(readings, Path(folder), [], watch)


def query(
    folder: str | Path, name: str | Path, /, *, language: str = "en", **values: str
) -> Result:
    """Answer a question of queries/ by its name, or a .rq file; names in values may be in any script."""
    with Store.open(folder) as store:
        return ask(store, name, values, language=language, matcher=_alike)


def _alike(a: str, b: str) -> float:
    found = compare(a, b)
    return 0.0 if found.verdict is Verdict.DIFFERENT else found.score


def _read(
    sources: Iterable[str | Path],
    readings: Readings,
    engine: str,
    jobs: int | None,
    watch: Watch,
) -> tuple[dict[str, str], list[ArticleError]]:
    """Read what was not read before; give the key of each article with its place, and the failures."""
    sources = list(sources)
    wanted: dict[str, str] = {}
    failures: list[ArticleError] = []
    n_bytes, of_bytes = 0, max(1, size(sources))

    def unread() -> Iterator[Source]:
        nonlocal n_bytes
        for source in find(sources):
            if isinstance(source, ArticleError):
                failures.append(source)
                continue
            n_bytes += len(source.data)
            key = _key(source)
            if key not in wanted and key not in readings:
                yield source
            wanted[key] = source.where

    for results in ENGINES[engine](_read_batch, _batches(unread()), jobs=jobs):
        for result in results:
            if isinstance(result, ArticleError):
                failures.append(result)
            else:
                readings.add(*result)
        watch("reading", len(wanted), min(1.0, n_bytes / of_bytes))
    known = readings.keys()
    return {key: where for key, where in wanted.items() if key in known}, failures


def _read_batch(sources: Collection[Source]) -> list[Read | ArticleError]:
    """Read some articles; this runs in any process of any machine."""
    return [_read_one(source) for source in sources]


def _read_one(source: Source) -> Read | ArticleError:
    try:
        article = parse(source)
        return _key(source), article.id, encode(extract(article))
    except ArticleError as error:
        return error
    except Exception as error:  # noqa: BLE001 - one article, whatever is in it, must not stop the others
        what = f"the reader fails on it: {type(error).__name__}: {error}"
        return ArticleError(source.where, what, "please report it with this article")


def _read_again(readings: Readings, engine: str, jobs: int | None) -> None:
    """Read all articles of a graph once more, where another version of kg has read them."""
    if readings.fact("reader") == _reader():
        return
    articles = ((key, readings.article(key)) for key in sorted(readings.keys()))
    for batch in ENGINES[engine](_reread_batch, _batches(articles), jobs=jobs):
        for read in batch:
            readings.add(*read)
    readings.note("reader", _reader())


def _reread_batch(articles: Collection[tuple[str, Article]]) -> list[Read]:
    return [(key, article.id, encode(extract(article))) for key, article in articles]


def _settle(readings: Readings, wanted: dict[str, str]) -> list[ArticleError]:
    """Leave one reading of each id, a new one before an old one; of two new ones neither order decides."""
    lost = []
    for name, keys in readings.same_ids():
        kept = min(keys, key=lambda key: (key not in wanted, key))
        lost += [(key, name, wanted[kept]) for key in keys if key != kept]
    readings.keep_only(readings.keys().difference(key for key, _, _ in lost))
    return [
        ArticleError(wanted[key], f"{kept} has the same id: {name!r}", "rename one of the two")
        for key, name, kept in lost
        if key in wanted
    ]


def _publish(readings: Readings, folder: Path, failures: list[ArticleError], watch: Watch) -> Build:
    """Resolve all readings and write the graph; where nothing has changed, leave it as it is."""
    n_articles = len(readings)
    built = Build(folder, tuple(failures), n_articles)
    said = _decisions(folder)
    state = _digest(*sorted(readings.keys()), _version(), repr(said))
    if readings.fact("state") == state:
        return built
    readings.note("state", "")
    watch("resolving", n_articles, 1)
    knowledge = resolve(readings, said)
    watch("describing", n_articles, 1)
    with Store.create(folder, triplify(knowledge, readings)) as store:
        for name in ("graph.ttl", "graph.trig"):
            watch(f"writing {name}", n_articles, 1)
            export(store, folder / name)
    readings.note("state", state)
    return built


def _decisions(folder: Path) -> decisions.Decisions:
    """Read what the user has said of this graph."""
    table = folder / "decisions.csv"
    return decisions.read(table) if table.exists() else decisions.NONE


@contextmanager
def _readings(folder: Path, *, new: bool = False) -> Iterator[Readings]:
    """Open the readings of a graph's folder for one writer alone."""
    path = folder / "readings"
    if new and folder.is_dir() and any(folder.iterdir()) and not path.exists():
        raise StoreError(folder, "this folder holds something else", "name an empty or a new one")
    if not new and not path.exists():
        raise StoreError(folder, "no graph is here", f"make it: kg build ARTICLES -o {folder}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder, os.O_RDONLY)
    except OSError as error:
        mend = "name a folder that can be written"
        raise StoreError(folder, f"no folder can be made here: {error.strerror}", mend) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with Readings(path) as readings:
            yield readings
    except BlockingIOError:
        raise StoreError(
            folder, "another kg writes to this graph", "wait until it is done"
        ) from None
    finally:
        os.close(lock)


def _key_of(readings: Readings, name: str) -> str:
    key = readings.find(name)
    if key is None:
        raise KgError(name, "no article of this id is in the graph", "see: kg query GRAPH articles")
    return key


def _key(source: Source) -> str:
    """Tell by a hash whether an article was read: its bytes, and what else its reading depends on."""
    return _digest(source.id, source.suffix, source.digest)


def _batches(each: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(each, BATCH)):
        yield batch


def _digest(*words: str) -> str:
    return hashlib.blake2b("\0".join(words).encode(), digest_size=16).hexdigest()


@cache
def _reader() -> str:
    return _hash(PACKAGE / name for name in _READER)


@cache
def _version() -> str:
    return _hash((PACKAGE, ONTOLOGY))


def _hash(paths: Iterable[Path]) -> str:
    """Hash all files below, without what Python keeps beside them."""
    total = hashlib.blake2b(digest_size=16)
    files = (file for path in paths for file in (path.rglob("*") if path.is_dir() else (path,)))
    for file in sorted(files):
        if file.is_file() and "__pycache__" not in file.parts:
            total.update(f"{file.name}\0".encode())
            total.update(file.read_bytes())
    return total.hexdigest()
