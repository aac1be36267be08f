"""What was discussed: the known topics that an article names."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kg import gazetteers
from kg.compiled import kept
from kg.extractors.gathering import sources
from kg.extractors.parts import Span
from kg.gazetteers import Sort
from kg.text import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.compiled import Words
    from kg.extractors.document import Document
    from kg.extractors.lexicon import Lexicon

_MOST = 5
_WORDS = 1 << 16


@cache
def _known(lexicon: Lexicon) -> Words:
    """Give the phrases for topics by the key of their first word, the longest first."""
    makers = sources(), [Path(__file__)]
    return kept(f"topics-{lexicon.language.code}", chain(*makers), lambda: _gather(lexicon))


def _gather(lexicon: Lexicon) -> dict[str, str]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for entry in gazetteers.entries(Sort.TOPIC):
        for name in (*entry.names, *entry.aliases):
            if name.language == lexicon.language.code:
                keys = tuple(lexicon.key(token) for token in tokenize(name.text) if token.is_word)
                found.setdefault(keys[0], []).append((keys, entry.id))
    return {
        first: json.dumps(sorted(rows, key=lambda row: (-len(row[0]), row)), ensure_ascii=False)
        for first, rows in found.items()
    }


@lru_cache(maxsize=_WORDS)
def _phrases(lexicon: Lexicon, first: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    rows = json.loads(_known(lexicon).get(first) or "[]")
    return tuple((tuple(keys), topic) for keys, topic in rows)


def find(document: Document, first: int, last: int) -> list[Span]:
    """Find the topics named from token `first` up to `last`, each topic once; a span's value is its id."""
    found: dict[str | None, Span] = {}
    for span in _matches(document, first, last):
        found.setdefault(span.value, span)
    return list(found.values())[:_MOST]


def _matches(document: Document, first: int, last: int) -> Iterator[Span]:
    lexicon = document.lexicon
    keys = [lexicon.key(token) for token in document.tokens[first:last]]
    i = 0
    while i < len(keys):
        step = 1
        for key, prefix in ((keys[i], ""), *lexicon.keys(document.tokens[first + i])):
            if not (known := _phrases(lexicon, key)):
                continue
            rows = (r for r in known if tuple(keys[i + 1 : i + len(r[0])]) == r[0][1:])
            if row := next(rows, None):
                phrase, topic = row
                step = len(phrase)
                yield Span(first + i, first + i + step, topic, document.language.skip(prefix))
                break
        i += step
