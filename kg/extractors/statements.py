"""Who said what of an encounter: the act, its words to the end of the clause, and the speaker where it is certain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractors import topics
from kg.extractors.chunks import Part, Span
from kg.extractors.frames import leftward, rightward
from kg.extractors.parties import assemble
from kg.model import EntityKind, Mention, MentionKind, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extractors.cast import Cast, Figure
    from kg.extractors.chunks import Chunk
    from kg.extractors.document import Document, Line

_LEAST_WORDS = 3


def read(document: Document, cast: Cast) -> tuple[Statement, ...]:
    """Read the statements of a document's body; formulas ("It is worth noting") are none."""
    found: list[Statement] = []
    for line in document.lines:
        if not line.is_title and not _is_formula(line):
            found += _statements(document, cast, line)
    return tuple(found)


def _is_formula(line: Line) -> bool:
    first = line.sentence.first
    return bool(line.sentence.part(first, "formula"))


def _statements(document: Document, cast: Cast, line: Line) -> Iterator[Statement]:
    sentence = line.sentence
    acts = [i for i, chunk in enumerate(line.chunks) if chunk.part is Part.ACT]
    speaker: Figure | None = None
    for n, i in enumerate(acts):
        act = line.chunks[i]
        end = line.chunks[acts[n + 1]].first if n + 1 < len(acts) else sentence.last
        begin = line.chunks[acts[n - 1]].last if n else sentence.first
        found = _speaker(document, cast, line, i, begin)
        speaker = found or (speaker if n and not _has_party(line, i, begin) else None)
        first, last = _words(document, line, act.last, end)
        if last - first < _LEAST_WORDS:
            continue
        yield Statement(
            act=document.quote(MentionKind.ACT, Span(act.first, act.last, act.value, act.skip)),
            words=document.quote(MentionKind.WORDS, Span(first, last)),
            evidence=document.quote(MentionKind.SENTENCE, Span(sentence.first, sentence.last)),
            rule=f"{document.language.code}.{act.value}",
            speaker=_name(document, speaker) if speaker else None,
            topics=tuple(
                document.quote(MentionKind.TOPIC, Span(a, b, topic))
                for a, b, topic in topics.find(document, first, last)
            ),
        )


def _words(document: Document, line: Line, first: int, last: int) -> tuple[int, int]:
    """Trim marks and joints off the ends of what was said."""
    tokens, sentence = document.tokens, line.sentence
    while last > first and (not tokens[last - 1].is_word or sentence.part(last - 1, "and", "adverb")):
        last -= 1
    while first < last and not tokens[first].is_word:
        first += 1
    return first, last


def _speaker(document: Document, cast: Cast, line: Line, i: int, begin: int) -> Figure | None:
    """Find the person who is the verb's subject; None where no one person is meant."""
    chunks = line.chunks
    before = [c for c in chunks[:i] if c.first >= begin]
    parties = assemble(leftward(before))
    if document.language.verb_first and not (parties and begin == line.sentence.first):
        parties = assemble(rightward(chunks[i + 1 :]))[:1]
    figures = [cast.find(party, line) for party in parties]
    people = [f for f in figures if f and f.kind is EntityKind.PERSON]
    return people[0] if people else None


def _has_party(line: Line, i: int, begin: int) -> bool:
    chunks: Sequence[Chunk] = [c for c in line.chunks[:i] if c.first >= begin]
    return any(c.part in {Part.NAME, Part.OFFICE, Part.PRONOUN} for c in chunks)


def _name(document: Document, figure: Figure) -> Mention:
    return document.quote(MentionKind.PERSON, figure.name)
