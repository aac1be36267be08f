"""Find the clauses that tell of an encounter, and in each the parties on either side of its trigger."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from kg import languages
from kg.extractors.chunks import Chunk, Part
from kg.extractors.lexicon import Label
from kg.extractors.parties import Party, assemble
from kg.text import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.extractors.lexicon import Lexicon
    from kg.extractors.sentence import Sentence
    from kg.languages import Frame

PARTYISH = frozenset(
    {
        Part.TITLE, Part.NAME, Part.OFFICE, Part.ORGANIZATION, Part.COUNTRY, Part.DEMONYM,
        Part.CITY, Part.DATE, Part.AND, Part.DELEGATION, Part.GROUP, Part.COUNTERPART,
        Part.PRONOUN, Part.COMPANION, Part.LEADER, Part.OPEN, Part.CLOSE,
    }
)
_NAMES_A_PARTY = frozenset(
    {Part.NAME, Part.OFFICE, Part.ORGANIZATION, Part.COUNTRY, Part.COUNTERPART, Part.PRONOUN}
)
_STARTS_A_PARTY = frozenset(
    {Part.TITLE, Part.NAME, Part.OFFICE, Part.COUNTERPART, Part.DELEGATION, Part.GROUP}
)
_STEPPED_OVER = frozenset({"determiner", "possessive", "modifier", "filler", "adverb", "auxiliary"})
_CIRCUMSTANCE = frozenset({"place", "circumstance"})
_WIDEST_GAP = 45
_STRAY_WORDS = 2


@dataclass(slots=True)
class Clause:
    """A trigger with the parties about it; `first` and `last` are the trigger's tokens."""

    frame: Frame
    sentence: Sentence
    first: int
    last: int
    status: str
    subjects: list[Party] = field(default_factory=list)
    objects: list[Party] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Found:
    frame: Frame
    first: int
    last: int
    gaps: tuple[tuple[int, int], ...]
    status: str


def clauses(sentence: Sentence, chunks: Sequence[Chunk]) -> list[Clause]:
    """Find the clauses of a sentence, in the order of their triggers."""
    found = _triggers(sentence)
    ends = [0, *(trigger.last for trigger in found)]
    starts = [*(trigger.first for trigger in found[1:]), sentence.last]
    return [
        _clause(sentence, chunks, trigger, begin, end)
        for trigger, begin, end in zip(found, ends, starts, strict=False)
    ]


# Triggers


@cache
def _keys(lexicon: Lexicon, phrase: str) -> tuple[str, ...]:
    return tuple(lexicon.key(token) for token in tokenize(phrase))


@cache
def _triggers_by_phrase(
    code: str,
) -> dict[tuple[str, str], tuple[tuple[Frame, tuple[str, ...], bool], ...]]:
    table: dict[tuple[str, str], tuple[tuple[Frame, tuple[str, ...], bool], ...]] = {}
    for frame in languages.load(code).frames:
        for triggers, is_infinitive in ((frame.triggers, False), (frame.infinitives, True)):
            for trigger in triggers:
                key = (frame.id, trigger[0])
                table[key] = (*table.get(key, ()), (frame, trigger, is_infinitive))
    return table


def _triggers(sentence: Sentence) -> list[_Found]:
    """Find the triggers that stand whole; of two in one place the longer wins."""
    candidates = sorted(
        _candidates(sentence), key=lambda f: (-sum(b - a for a, b in _phrases(f)), f.first)
    )
    taken: set[int] = set()
    kept: list[_Found] = []
    for found in candidates:
        words = {i for a, b in _phrases(found) for i in range(a, b)}
        if not words & taken:
            taken |= words
            kept.append(found)
    return sorted(kept, key=lambda f: f.first)


def _phrases(found: _Found) -> list[tuple[int, int]]:
    """Give the ranges of a trigger's own words, its gaps left out."""
    starts = [found.first, *(b for _, b in found.gaps)]
    ends = [*(a for a, _ in found.gaps), found.last]
    return list(zip(starts, ends, strict=True))


def _candidates(sentence: Sentence) -> Iterator[_Found]:
    table = _triggers_by_phrase(sentence.language.code)
    for i in range(sentence.first, sentence.last):
        for match in sentence.all(i, Label.TRIGGER):
            for frame, trigger, is_infinitive in table[match.form.value, match.form.text]:
                gaps = _gaps(sentence, match.last, trigger[1:])
                status = _status(sentence, i, frame, match.prefix, is_infinitive=is_infinitive)
                if gaps is None or status is None:
                    continue
                last = gaps[-1][1] + len(_keys(sentence.lexicon, trigger[-1])) if gaps else match.last
                yield _Found(frame, i, last, gaps, status)


def _gaps(
    sentence: Sentence, start: int, phrases: Iterable[str]
) -> tuple[tuple[int, int], ...] | None:
    gaps = []
    for phrase in phrases:
        keys = _keys(sentence.lexicon, phrase)
        end = next(
            (
                j
                for j in range(start, min(sentence.last, start + _WIDEST_GAP))
                if sentence.keys(j, j + len(keys)) == keys
            ),
            None,
        )
        if end is None:
            return None
        gaps.append((start, end))
        start = end + len(keys)
    return tuple(gaps)


def _status(
    sentence: Sentence, i: int, frame: Frame, prefix: str, *, is_infinitive: bool
) -> str | None:
    """Tell whether the encounter is held, planned or cancelled; None where it is denied or only wished."""
    before = range(max(sentence.first, i - 5), i)
    if any(m.last == i for j in before if (m := sentence.part(j, "negation"))):
        return None
    future = any(i - 3 <= m.last <= i for j in before if (m := sentence.part(j, "future")))
    if future or (prefix and prefix in sentence.language.words.get("future_clitic", ())):
        return "planned"
    return None if is_infinitive else frame.status


# Regions


def _clause(
    sentence: Sentence, chunks: Sequence[Chunk], found: _Found, begin: int, end: int
) -> Clause:
    clause = Clause(found.frame, sentence, found.first, found.last, found.status)
    left = [c for c in chunks if begin <= c.first and c.last <= found.first]
    right = [c for c in chunks if found.last <= c.first < end]
    match found.frame.shape:
        case "svo":
            clause.subjects = assemble(_leftward(left))
            clause.objects = assemble(_rightward(right))
        case "vso" if found.gaps:
            gap = [c for c in chunks if found.gaps[0][0] <= c.first < found.gaps[-1][1]]
            clause.subjects = assemble(_rightward(gap)) or assemble(_leftward(left))
            clause.objects = assemble(_rightward(right))
        case "vso":
            _split(clause, _leftward(left), right)
        case "between":
            clause.subjects, clause.objects = _first_and_rest(assemble(_rightward(right, least=2)))
        case "attended":
            clause.objects = assemble(_leftward(left))
        case _:
            clause.objects = assemble(_rightward(right))
    return clause


def _split(clause: Clause, left: Sequence[Chunk], right: Sequence[Chunk]) -> None:
    """Part subject and object that both follow the verb: at the marker, else after the first party."""
    marker = _marker(clause, right)
    if marker is not None:
        clause.subjects = assemble(_rightward(right[:marker])) or assemble(left)
        clause.objects = assemble(_rightward(right[marker:]))
        return
    parties = assemble(_rightward(right, least=2))
    subjects = assemble(left)
    if subjects and (len(parties) == 1 or _stands_before(clause, left)):
        clause.subjects, clause.objects = subjects, parties
    else:
        clause.subjects, clause.objects = _first_and_rest(parties)


def _stands_before(clause: Clause, left: Sequence[Chunk]) -> bool:
    """Tell whether the subject stands right before the verb, as in headlines."""
    return bool(left) and left[-1].last >= clause.first - 1 and left[-1].part in _NAMES_A_PARTY


def _marker(clause: Clause, right: Sequence[Chunk]) -> int | None:
    words = clause.frame.marker
    for i, chunk in enumerate(right):
        if clause.sentence.text(chunk.first, chunk.last) in words:
            return i
        if chunk.prefix and chunk.prefix in words and chunk.part in _NAMES_A_PARTY | {Part.TITLE}:
            return i
    return None


def _first_and_rest(parties: list[Party]) -> tuple[list[Party], list[Party]]:
    return parties[:1], parties[1:]


def _leftward(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Take the parties that stand before a verb; what is inserted between commas is stepped over."""
    segments: list[list[Chunk]] = [[]]
    for chunk in chunks:
        if chunk.part is Part.COMMA:
            segments.append([chunk])
        else:
            segments[-1].append(chunk)
    region: list[Chunk] = []
    is_adjacent = True
    for segment in reversed(segments):
        if all(_is_partyish(chunk) for chunk in segment):
            region = [*segment, *region]
        elif is_adjacent:
            suffix = _suffix(segment)
            region = [*suffix, *region]
            if any(c.part in _NAMES_A_PARTY for c in suffix):
                break
        elif any(c.part in {Part.TRIGGER, Part.ACT} for c in segment) and region:
            break
        is_adjacent = is_adjacent and not any(c.part is not Part.COMMA for c in segment)
    return region


def _is_partyish(chunk: Chunk) -> bool:
    return chunk.part in PARTYISH or chunk.part is Part.COMMA or chunk.value in _STEPPED_OVER


def _suffix(segment: Sequence[Chunk]) -> list[Chunk]:
    suffix: list[Chunk] = []
    for chunk in reversed(segment):
        if not _is_partyish(chunk):
            break
        suffix.insert(0, chunk)
    return suffix


def _rightward(chunks: Sequence[Chunk], *, least: int = 1) -> list[Chunk]:
    """Take the parties that stand behind a verb, past the circumstances before and between them.

    At least `least` parties are looked for before a circumstance and a comma end the region.
    """
    region: list[Chunk] = []
    named = stray = 0
    is_circumstance = False
    for i, chunk in enumerate(chunks):
        if is_circumstance:
            ends = chunk.part in _STARTS_A_PARTY and not _is_possessed(chunks, i)
            if chunk.part is Part.COMMA:
                if named >= least and not _goes_on(chunks, i):
                    break
                is_circumstance = False
                continue
            if not ends and not (chunk.part is Part.AND and named):
                continue
            is_circumstance = False
        if chunk.value in _CIRCUMSTANCE or (chunk.part is Part.CITY and chunk.prefix):
            region.append(Chunk(Part.PLACE, chunk.first, chunk.last))
            is_circumstance = True
        elif chunk.part in PARTYISH or chunk.part in {Part.COMMA, Part.SEMICOLON}:
            region.append(chunk)
            named += chunk.part in {Part.NAME, Part.COUNTERPART}
        elif chunk.value in _STEPPED_OVER or chunk.value in {"with", "of"}:
            continue
        elif chunk.part is Part.OTHER and chunk.value is None and not named and stray < _STRAY_WORDS:
            stray += 1
        else:
            break
    while region and region[-1].part not in _NAMES_A_PARTY | {Part.DELEGATION, Part.TITLE}:
        region.pop()
    return region


def _is_possessed(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a party only owns a place: "at the office of the President"."""
    k = i - 1
    while k >= 0 and chunks[k].value == "determiner":
        k -= 1
    return k >= 0 and chunks[k].value == "of"


def _goes_on(chunks: Sequence[Chunk], i: int) -> bool:
    return i + 1 < len(chunks) and chunks[i + 1].part in {Part.AND, Part.TITLE, Part.OFFICE}
