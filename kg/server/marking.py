"""The text of an article with every mention marked and linked; mentions may lie in one another."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import pyoxigraph as ox
from markupsafe import Markup, escape

from kg.vocabulary import DIP, ID

if TYPE_CHECKING:
    from kg.store import Store

# These are too long to be marked: they are found by their address only.
_WIDE = frozenset({"sentence", "words"})
_KNOWLEDGE = ox.DefaultGraph()


class _Mark(NamedTuple):
    start: int
    end: int
    kind: str
    entity: str
    because: str


def marked(store: Store, article: ox.NamedNode, language: str) -> Markup:  # noqa: ARG001 - names may follow
    """Write the text of an article as HTML."""
    quads = store.quads_for_pattern(article, DIP.text, None, article)
    text = next((quad.object for quad in quads), None)
    if not isinstance(text, ox.Literal):
        return Markup()
    marks = _marks(store, article)
    # Articles may begin with empty lines.
    first = len(text.value) - len(text.value.lstrip())
    cuts = sorted(
        {first, len(text.value), *(cut for mark in marks for cut in (mark.start, mark.end))}
    )
    parts = [Markup('<div class="text" lang="{}" dir="auto">').format(text.language or "")]
    for start, end in itertools.pairwise(cuts):
        parts += (_anchor(mark) for mark in marks if mark.start == start)
        over = [mark for mark in marks if mark.start <= start and end <= mark.end]
        near = [mark for mark in over if mark.kind not in _WIDE]
        words = escape(text.value[start:end])
        if near:
            innermost = min(near, key=lambda mark: (mark.end - mark.start, mark.kind))
            words = _mark(innermost, words, start, end)
        else:
            words = Markup('<span data-at="{},{}">{}</span>').format(start, end, words)
        parts.append(words)
    parts.append(Markup("</div>"))
    return Markup().join(parts)


def _marks(store: Store, article: ox.NamedNode) -> list[_Mark]:
    quads = store.quads_for_pattern(None, DIP.article, article, _KNOWLEDGE)
    mentions = {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    found = []
    for mention in mentions:
        said: dict[str, list[str]] = {}
        for quad in store.quads_for_pattern(mention, None, None, _KNOWLEDGE):
            if isinstance(quad.object, ox.NamedNode | ox.Literal):
                name = quad.predicate.value.partition("#")[2]
                said.setdefault(name, []).append(quad.object.value)
        if "start" in said and "end" in said:
            start, end = int(said["start"][0]), int(said["end"][0])
            because = " ".join(sorted(said.get("because", [])))
            kind, entity = said.get("mentionKind", [""])[0], min(said.get("refersTo", [""]))
            found.append(_Mark(start, end, kind, entity, because))
    return sorted(found)


def _anchor(mark: _Mark) -> Markup:
    return Markup('<a id="char={},{}"></a>').format(mark.start, mark.end)


def _mark(mark: _Mark, words: Markup, start: int, end: int) -> Markup:
    why = mark.because or mark.kind
    if not mark.entity.startswith(ID):
        form = Markup('<mark class="{}" title="{}" data-at="{},{}">{}</mark>')
        return form.format(mark.kind, why, start, end, words)
    form = Markup('<a class="mark {}" href="{}" title="{}" data-at="{},{}">{}</a>')
    link = f"/id/{quote(mark.entity.removeprefix(ID), safe='/%~')}"
    return form.format(mark.kind, link, why, start, end, words)
