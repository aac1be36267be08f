"""Who said what of an encounter: the act, its words to the end of the clause, and the speaker where it is certain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractors import topics
from kg.extractors.forms import Label
from kg.extractors.parties import assemble
from kg.extractors.parts import Part, Span
from kg.extractors.regions import leftward, rightward
from kg.model import EntityKind, MentionKind, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extractors.cast import Cast, Figure
    from kg.extractors.document import Document, Line
    from kg.extractors.parties import Party

_BETWEEN_SUBJECT_AND_VERB = frozenset({"adverb", "auxiliary", "filler"})
_VERBS = frozenset({Part.ACT, Part.TRIGGER})
_NAMES_A_SPEAKER = frozenset({Part.NAME, Part.OFFICE, Part.TITLE, Part.PRONOUN})


def read(document: Document, cast: Cast) -> tuple[Statement, ...]:
    """Read the statements of a document's body; formulas ("It is worth noting") are none."""
    found: list[Statement] = []
    speaker: Figure | None = None
    for line in document.lines:
        if line.is_title or _is_formula(line):
            continue
        for statement, said_by in _statements(document, cast, line, speaker):
            found.append(statement)
            speaker = said_by
    return tuple(found)


def _is_formula(line: Line) -> bool:
    return bool(line.sentence.part(line.sentence.first, "formula"))


def _statements(
    document: Document, cast: Cast, line: Line, previous: Figure | None
) -> Iterator[tuple[Statement, Figure | None]]:
    """Read the statements of a sentence, each with its speaker; `previous` spoke last before it."""
    sentence = line.sentence
    verbs = [i for i, chunk in enumerate(line.chunks) if chunk.part in _VERBS]
    speaker: Figure | None = None
    for n, i in enumerate(verbs):
        verb = line.chunks[i]
        act = sentence.find(verb.first, Label.ACT)
        end = line.chunks[verbs[n + 1]].first if n + 1 < len(verbs) else sentence.last
        begin = verbs[n - 1] + 1 if n else 0
        parties = _subject(document, line, i, begin)
        if parties or n == 0:
            speaker = _speaker(cast, parties, previous)
        start = max([verb.last, *(party.last for party in parties if party.first >= verb.last)])
        first, last = _words(document, line, start, end)
        if not act or last <= first:
            continue
        kind = "thank" if sentence.part(first, "gratitude") else act.form.value
        statement = Statement(
            act=document.quote(MentionKind.ACT, Span(verb.first, verb.last, kind, verb.skip)),
            words=document.quote(MentionKind.WORDS, Span(first, last)),
            evidence=document.quote(MentionKind.SENTENCE, Span(sentence.first, sentence.last)),
            rule=f"{document.language.code}.{kind}",
            speaker=document.quote(MentionKind.PERSON, speaker.name) if speaker else None,
            topics=tuple(
                document.quote(MentionKind.TOPIC, topic)
                for topic in topics.find(document, first, last)
            ),
        )
        yield statement, speaker


def _words(document: Document, line: Line, first: int, last: int) -> tuple[int, int]:
    """Trim marks and joints off the ends of what was said."""
    tokens, sentence = document.tokens, line.sentence
    while last > first and (
        not tokens[last - 1].is_word or sentence.part(last - 1, "and", "adverb")
    ):
        last -= 1
    while first < last and not tokens[first].is_word:
        first += 1
    return first, last


def _subject(document: Document, line: Line, i: int, begin: int) -> list[Party]:
    """Find the parties that are the subject of a verb: before it, or where the verb leads right behind it.

    A later verb of a sentence has a subject of its own only where one stands right before it: in
    "welcomed the envoy and said" the envoy says nothing.
    """
    chunks = line.chunks
    if document.language.verb_first:
        behind = chunks[i + 1 : i + 2]
        if behind and behind[0].part in _NAMES_A_SPEAKER and not behind[0].prefix:
            return assemble(rightward(chunks[i + 1 :]))[:1]
    before = chunks[begin:i]
    while before and before[-1].value in _BETWEEN_SUBJECT_AND_VERB:
        before = before[:-1]
    is_first = begin == 0
    if not before or not (is_first or before[-1].part in _NAMES_A_SPEAKER):
        return []
    return assemble(leftward(before))


def _speaker(cast: Cast, parties: Sequence[Party], previous: Figure | None) -> Figure | None:
    """Tell the one person who is meant; None where it may be several or is not said."""
    if len(parties) != 1:
        return None
    party = parties[0]
    if party.pronoun:
        return previous if party.is_singular else None
    if party.titles and not (party.name or party.offices):
        return cast.of_title(party, previous)
    figure = cast.find(party)
    return figure if figure and figure.kind is EntityKind.PERSON else None
