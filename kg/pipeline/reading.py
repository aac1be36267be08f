"""Articles are read once: by any process of any machine, and kept until they or the reader change."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from kg.articles import find, parse, size
from kg.errors import ArticleError
from kg.extractors import extract
from kg.pipeline.folder import digest, reader
from kg.readings import Readings, encode

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from kg.articles.finding import Source
    from kg.model import Article
    from kg.resolution.weighing import Carry

    # The key of the bytes, the id of the article, and its reading as a line.
    Read = tuple[str, str, str]

T = TypeVar("T")

BATCH = 32


def read(
    sources: Iterable[str | Path],
    readings: Readings,
    carry: Carry,
    watch: Callable[[str, int, float], None],
) -> tuple[dict[str, str], list[ArticleError]]:
    """Read what was not read before; give the key of each article with its place, and the failures."""
    sources = list(sources)
    if readings.fact("reader") != reader():
        readings.keep_only(())
        readings.note("reader", reader())
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

    for results in carry(_read_batch, _batches(unread())):
        for result in results:
            if isinstance(result, ArticleError):
                failures.append(result)
            else:
                readings.add(*result)
        watch("reading", len(wanted), min(1.0, n_bytes / of_bytes))
    known = readings.keys()
    return {key: where for key, where in wanted.items() if key in known}, failures


def read_again(readings: Readings, carry: Carry) -> None:
    """Read all articles of a graph once more, where another version of kg has read them."""
    if readings.fact("reader") == reader():
        return
    articles = ((key, readings.article(key)) for key in sorted(readings.keys()))
    for results in carry(_reread_batch, _batches(articles)):
        for result in results:
            readings.add(*result)
    readings.note("reader", reader())


def settle(readings: Readings, wanted: dict[str, str]) -> list[ArticleError]:
    """Leave one reading of each id: a new one before an old one, and of two new ones the same in any order."""
    lost = []
    for name, keys in readings.same_ids():
        kept = min(keys, key=lambda key: (key not in wanted, key))
        lost += [(key, name, wanted.get(kept, "")) for key in keys if key != kept]
    readings.keep_only(readings.keys().difference(key for key, _, _ in lost))
    return [
        ArticleError(wanted[key], f"{kept} has the same id: {name!r}", "rename one of the two")
        for key, name, kept in lost
        if key in wanted
    ]


def _read_batch(sources: Collection[Source]) -> list[Read | ArticleError]:
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


def _reread_batch(articles: Collection[tuple[str, Article]]) -> list[Read]:
    return [(key, article.id, encode(extract(article))) for key, article in articles]


def _key(source: Source) -> str:
    """Tell by a hash whether an article was read: its bytes, and what else its reading depends on."""
    return digest(source.id, source.suffix, source.digest)


def _batches(each: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(each, BATCH)):
        yield batch
