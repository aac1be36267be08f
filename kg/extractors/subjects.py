"""Where the subject of a sentence stands: before its verb, right behind it, or behind what it said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractors.parties import Party, assemble
from kg.extractors.parts import Part
from kg.extractors.regions import NAMES_A_PARTY, is_partyish, leftward, rightward

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extractors.parts import Chunk
    from kg.extractors.sentence import Sentence

# What a subject begins with.
OPENS_SUBJECT = frozenset({Part.TITLE, Part.OFFICE, Part.NAME})
_OPENING = 5  # chunks between a verb and its subject


def is_told(left: Sequence[Chunk]) -> bool:
    """Tell whether a verb or a party stands before a preposition that would open the sentence."""
    return any(is_verb(chunk) or chunk.part in NAMES_A_PARTY for chunk in left)


def is_verb(chunk: Chunk) -> bool:
    """Tell what a subject may belong to."""
    return chunk.part in {Part.ACT, Part.TRIGGER} or chunk.value in {"auxiliary", "discussed"}


def first_verb(left: Sequence[Chunk]) -> int:
    """Count the chunks before the first verb."""
    return next((i for i, chunk in enumerate(left) if is_verb(chunk)), len(left))


def inverted(left: Sequence[Chunk]) -> list[Party]:
    """Read the subject right behind its verb: "a souligné le président X lors de sa rencontre avec Y"."""
    if not left or left[0].part is not Part.ACT:
        return []
    parties = assemble(rightward(left[1:]))[:1]
    return parties if parties and parties[0].first - left[0].last <= 1 else []


def speaker(left: Sequence[Chunk]) -> list[Party]:
    """Read the subject right before the last verb of saying: "'It was late,' X said after talks with Y"."""
    verbs = [i for i, chunk in enumerate(left) if chunk.part is Part.ACT]
    parties = assemble(leftward(left[: verbs[-1]])) if verbs else []
    is_subject = bool(parties) and parties[-1].last >= left[verbs[-1]].first - 1
    return parties[-1:] if is_subject else []


def before_verb(right: Sequence[Chunk]) -> list[Party]:
    """Read the parties behind a noun if the last of them stands right before a verb, as its subject."""
    for verb, chunk in enumerate(right):
        if not (is_verb(chunk) or chunk.value == "future"):
            continue
        region = leftward(right[:verb])
        parties = assemble(region)
        comma = verb > 0 and right[verb - 1].part is Part.COMMA
        if len(parties) == 1 and not comma:
            parties = _parted(region) or parties
        if parties and parties[-1].last >= chunk.first - 1 - comma and not parties[-1].group:
            return parties
    return []


def _parted(region: Sequence[Chunk]) -> list[Party]:
    """Part "in talks with the envoy, X said": a mark before the subject, none behind it."""
    marks = [i for i, chunk in enumerate(region) if chunk.part is Part.COMMA]
    if len(marks) != 1:
        return []
    parts = [assemble(region[: marks[0]]), assemble(region[marks[0] + 1 :])]
    is_each = all(len(part) == 1 and (part[0].name or part[0].offices) for part in parts)
    return [*parts[0], *parts[1]] if is_each else []


def opening_parties(sentence: Sentence, chunks: Sequence[Chunk]) -> list[Chunk]:
    """Take the parties with which a sentence opens: "A attended the summit and met with B" is of A."""
    region: list[Chunk] = []
    for chunk in chunks:
        if not is_partyish(chunk):
            break
        region.append(chunk)
    is_told = any(chunk.part in {Part.NAME, Part.OFFICE, Part.PRONOUN} for chunk in region)
    return region if is_told and not sentence.language.verb_first else []


def subject_of_first_verb(sentence: Sentence, chunks: Sequence[Chunk]) -> list[Party]:
    """Read the subject of a verb of no list with which a sentence opens: "عاد إلى البلاد اليوم الوزير فلان"."""
    if not sentence.language.verb_first or not chunks or chunks[0].value not in {None, "auxiliary"}:
        return []
    near = chunks[1 : 2 + _OPENING]
    begin = next((i for i, c in enumerate(near, 1) if c.part in OPENS_SUBJECT), 0)
    is_told = any(is_verb(c) or c.part is Part.COMMA for c in chunks[1:begin])
    return assemble(rightward(chunks[begin:]))[:1] if begin and not is_told else []


def opening_verb(sentence: Sentence, left: Sequence[Chunk]) -> list[int]:
    """Find the verb of no list with which a sentence opens: "تسلم الوزير فلان ... خلال استقباله"."""
    start = 1 if left and left[0].value == "auxiliary" else 0
    opening = left[start : start + 2]
    if len(opening) < 2 or left[0].first > sentence.first or not sentence.language.verb_first:  # noqa: PLR2004
        return []
    is_verb = opening[0].part is Part.OTHER and opening[0].value is None
    return [start] if is_verb and opening[1].part in OPENS_SUBJECT else []
