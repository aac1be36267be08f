"""Find the clauses that tell of an encounter, and in each the parties on either side of its trigger."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extractors.parties import Party, assemble
from kg.extractors.parts import Chunk, Part
from kg.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extractors.sentence import Sentence
    from kg.extractors.triggers import Trigger
    from kg.languages import Frame

PARTYISH = frozenset(
    {
        Part.TITLE,
        Part.NAME,
        Part.OFFICE,
        Part.ORGANIZATION,
        Part.COUNTRY,
        Part.DEMONYM,
        Part.CITY,
        Part.DATE,
        Part.AND,
        Part.DELEGATION,
        Part.GROUP,
        Part.COUNTERPART,
        Part.PRONOUN,
        Part.COMPANION,
        Part.LEADER,
        Part.OPEN,
        Part.CLOSE,
    }
)
_NAMES_A_PARTY = frozenset(
    {Part.NAME, Part.OFFICE, Part.ORGANIZATION, Part.COUNTRY, Part.COUNTERPART, Part.PRONOUN}
)
_STARTS_A_PARTY = frozenset(
    {Part.TITLE, Part.NAME, Part.OFFICE, Part.COUNTERPART, Part.DELEGATION, Part.GROUP}
)
_STEPPED_OVER = frozenset(
    {
        "determiner",
        "possessive",
        "modifier",
        "filler",
        "adverb",
        "auxiliary",
        "future",
        "of",
        "region",
    }
    | {"office_suffix", "epithet"}
)
_CIRCUMSTANCE = frozenset({"place", "circumstance", "complement"})
_GROUPS = frozenset({Part.DELEGATION, Part.GROUP})
_SEATS = frozenset({"venue", "seat", "own_seat"})
_SKIPPED = frozenset({Part.DATE, Part.CITY, Part.ORGANIZATION})
_STRAY_WORDS = 1
# What the words before a marker are not: what was discussed, another clause.
_ENDS_SUBJECT = frozenset({"discussed", "matter", "relative", "that"})
_FAR = 3
_WHOLE_LIST = 99


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


def clauses(
    sentence: Sentence, chunks: Sequence[Chunk], triggers: Sequence[Trigger]
) -> list[Clause]:
    """Find the clauses of a sentence, in the order of their triggers."""
    ends = [sentence.first, *(trigger.last for trigger in triggers)]
    starts = [*(trigger.first for trigger in triggers[1:]), sentence.last]
    return [
        _clause(sentence, chunks, trigger, begin, end)
        for trigger, begin, end in zip(triggers, ends, starts, strict=False)
    ]


# Regions


def _clause(
    sentence: Sentence, chunks: Sequence[Chunk], found: Trigger, begin: int, end: int
) -> Clause:
    clause = Clause(found.frame, sentence, found.first, found.last, found.status)
    left = [c for c in chunks if begin <= c.first and c.last <= found.first]
    right = [c for c in chunks if found.last <= c.first < end]
    match found.frame.shape:
        case "svo" | "invited":
            clause.subjects = assemble(leftward(left))
            if left and left[-1].part in {Part.AND, Part.SEMICOLON}:
                clause.subjects = assemble(_opening(sentence, chunks)) or clause.subjects
            clause.objects = assemble(rightward(right))
            if found.first == sentence.first and len(behind := _before_verb(right)) > 1:
                # "Reçu par X, Y a salué": the subject of the sentence is that of its first verb.
                clause.subjects, clause.objects = behind[-1:], behind[:-1]
        case "vso" if len(found.phrases) > 1:
            gap = [c for c in chunks if found.phrases[0][1] <= c.first < found.phrases[-1][0]]
            clause.subjects = assemble(rightward(gap)) or assemble(leftward(left))
            is_visit = found.frame.kind == Kind.VISIT
            clause.objects = assemble(rightward(_at_once(right) if is_visit else right))
        case "vso":
            _split(clause, left, right)
        case "absent":
            clause.objects = assemble(rightward(right))
        case "masdar":
            clause.subjects = _named_before(clause, left)
            clause.objects = assemble(rightward(right))
        case "between" | "signed":
            right = [_joined(c) for c in right]
            parties = assemble(rightward(right, least=2))
            if parties and parties[0].pronoun and not parties[0].is_singular:
                # "The meeting between the two leaders was disclosed by X"
                parties = parties[:1]
            clause.subjects, clause.objects = _first_and_rest(parties)
        case "arrival":
            clause.subjects = assemble(leftward(left))
        case "both":
            clause.subjects, clause.objects = _first_and_rest(assemble(leftward(left)))
        case "attended":
            # "Était présent l'ambassadeur": who attended may follow.
            clause.objects = assemble(leftward(left)) or assemble(
                rightward(right, least=_WHOLE_LIST)
            )
        case "with":
            gap = [c for c in chunks if found.phrases[0][1] <= c.first < found.phrases[-1][0]]
            parties = assemble(leftward(gap)) if not is_told(left) else []
            is_subject = bool(parties) and parties[-1].last >= found.phrases[1][0] - 1
            clause.subjects = parties[-1:] if is_subject else []
            clause.objects = parties[:-1] if is_subject else parties
        case "session" if len(found.phrases) > 1 and sentence.language.verb_first:
            gap = [c for c in chunks if found.phrases[0][1] <= c.first < found.phrases[-1][0]]
            clause.subjects = assemble(rightward(gap)) or assemble(leftward(left))
        case "joint":
            before = assemble(leftward(left[: _first_verb(left)]))
            is_named = any(party.name for party in before)
            clause.subjects = before if is_named else _before_verb(right)
        case "nominal" | "session" | "presided":
            _nominal(clause, left, right)
        case _:
            clause.objects = assemble(rightward(right, least=_WHOLE_LIST))
    return clause


def _at_once(chunks: Sequence[Chunk]) -> Sequence[Chunk]:
    """Take what follows "visited" up to a mark or a circumstance: whom else a sentence names is no host."""
    ends = (i for i, c in enumerate(chunks) if c.part is Part.COMMA or c.value in _CIRCUMSTANCE)
    return chunks[: next(ends, len(chunks))]


def _nominal(clause: Clause, left: Sequence[Chunk], right: Sequence[Chunk]) -> None:
    """Read a noun for an encounter, whose other party is the subject of the sentence about it.

    "In his talks with A, B said", "B said in his talks with A", "B spoke at the summit".
    """
    verb = _first_verb(left)
    before = assemble(leftward(left[:verb])) or _inverted(left[verb:])
    behind = _before_verb(right)
    if clause.frame.shape == "session" and clause.first == clause.sentence.first and not behind:
        # "Ont pris part à ce sommet A, B et C"
        clause.subjects = assemble(rightward(_behind_colon(clause, right), least=_WHOLE_LIST))
        return
    if clause.frame.shape == "presided":
        clause.subjects = assemble(rightward(right))
    elif any(party.name or party.offices or party.pronoun for party in before):
        clause.subjects, clause.objects = before, assemble(rightward(right))
    elif behind:
        clause.subjects = behind[-1:]
        clause.objects = behind[:-1]
    else:
        clause.objects = assemble(rightward(right))
    if clause.frame.shape == "session":
        clause.objects = []


def _joined(chunk: Chunk) -> Chunk:
    """Take "with" for "and": "talks between A with B"."""
    return Chunk(Part.AND, chunk.first, chunk.last) if chunk.value == "with" else chunk


def is_told(left: Sequence[Chunk]) -> bool:
    """Tell whether a verb or a party stands before a preposition that would open the sentence."""
    return any(_is_verb(chunk) or chunk.part in _NAMES_A_PARTY for chunk in left)


def _is_verb(chunk: Chunk) -> bool:
    return chunk.part in {Part.ACT, Part.TRIGGER} or chunk.value in {"auxiliary", "discussed"}


def _behind_colon(clause: Clause, right: Sequence[Chunk]) -> Sequence[Chunk]:
    tokens = clause.sentence.tokens
    colon = next((i for i, chunk in enumerate(right) if tokens[chunk.first].text == ":"), -1)
    return right[colon + 1 :]


def _inverted(left: Sequence[Chunk]) -> list[Party]:
    """Read the subject right behind its verb: "a souligné le président X lors de sa rencontre avec Y"."""
    if not left or left[0].part is not Part.ACT:
        return []
    parties = assemble(rightward(left[1:]))[:1]
    return parties if parties and parties[0].first - left[0].last <= 1 else []


def _first_verb(left: Sequence[Chunk]) -> int:
    return next((i for i, chunk in enumerate(left) if _is_verb(chunk)), len(left))


def _before_verb(right: Sequence[Chunk]) -> list[Party]:
    """Read the parties behind a noun if the last of them stands right before a verb, as its subject."""
    for verb, chunk in enumerate(right):
        if not _is_verb(chunk):
            continue
        parties = assemble(leftward(right[:verb]))
        comma = verb > 0 and right[verb - 1].part is Part.COMMA
        if parties and parties[-1].last >= chunk.first - 1 - comma and not parties[-1].group:
            return parties
    return []


def _split(clause: Clause, left: Sequence[Chunk], right: Sequence[Chunk]) -> None:
    """Part subject and object that both follow the verb: at the marker, else after the first party."""
    marker = _marker(clause, right)
    if marker is not None:
        clause.subjects = assemble(rightward(right[:marker])) or _named_before(clause, left)
        clause.objects = assemble(rightward(right[marker:]))
        return
    region = rightward(right, least=2)
    parties = assemble(region)
    is_alone = len(parties) == 1 and not any(c.part in _GROUPS for c in region)
    is_later = bool(left) and left[0].first > clause.sentence.first
    joined = {c.first for c in region if c.joins}
    if _stands_before(clause, leftward(left)):
        clause.subjects, clause.objects = assemble(leftward(left)), parties
    elif is_alone and _leaves_subject_out(clause, parties[0]):
        clause.subjects, clause.objects = _named_before(clause, left), parties
    elif is_later and len(parties) > 1 and all(p.first in joined for p in parties[1:]):
        # "بدأ فلان زيارة يلتقي خلالها الرئيس ورئيس الوزراء"
        clause.objects = parties
    else:
        clause.subjects, clause.objects = _first_and_rest(parties)


def _leaves_subject_out(clause: Clause, party: Party) -> bool:
    """Tell whether a verb's one party is its object: "كما استقبل السفير", of whom was told before."""
    sentence = clause.sentence
    verb = sentence.tokens[clause.first].folded
    is_joined = verb.startswith(sentence.language.conjunctions)
    is_verb_of_place = clause.frame.kind == Kind.VISIT
    is_noun = bool(sentence.part(clause.first, "circumstance"))
    is_later = is_joined or is_noun or clause.first > sentence.first
    return is_later and not (party.pronoun or is_verb_of_place)


def _named_before(clause: Clause, left: Sequence[Chunk]) -> list[Party]:
    """Find the subject that stands before: right there, or behind the verb that says what it said.

    Whom another clause of the sentence named last is the object of that one.
    """
    verbs = [i for i, chunk in enumerate(left) if chunk.part is Part.ACT]
    if verbs and not _stands_before(clause, leftward(left)):
        return assemble(rightward(left[verbs[-1] + 1 :]))[:1]
    is_first = bool(left) and left[0].first == clause.sentence.first
    return assemble(leftward(left)) if is_first or verbs else []


def _stands_before(clause: Clause, left: Sequence[Chunk]) -> bool:
    """Tell whether the subject stands right before the verb, as in headlines."""
    last = next((c for c in reversed(left) if c.part is not Part.COMMA), None)
    if last is None or last.part not in _NAMES_A_PARTY:
        return False
    if last.part is Part.COUNTRY and left[0].first > clause.sentence.first:
        # "زيارة إلى إيطاليا يلتقي خلالها": the state was the place of the clause before.
        return False
    if left[-1].part is Part.COMMA and last.part not in {Part.NAME, Part.OFFICE}:
        # "جيبوتي – استقبل الرئيس": a dateline is no subject.
        return False
    return last.last >= clause.first - 1 - (left[-1].part is Part.COMMA)


def _marker(clause: Clause, right: Sequence[Chunk]) -> int | None:
    words = clause.frame.marker
    stray = 0
    for i, chunk in enumerate(right):
        stray = stray + 1 if chunk.part is Part.OTHER and chunk.value is None else 0
        if chunk.part is Part.ACT or chunk.value in _ENDS_SUBJECT or stray > _FAR:
            return None
        if clause.sentence.text(chunk.first, chunk.last) in words:
            return i
        if chunk.prefix and chunk.prefix in words and chunk.part in _NAMES_A_PARTY | {Part.TITLE}:
            return i
    return None


def _first_and_rest(parties: list[Party]) -> tuple[list[Party], list[Party]]:
    return parties[:1], parties[1:]


def _opening(sentence: Sentence, chunks: Sequence[Chunk]) -> list[Chunk]:
    """Take the parties with which a sentence opens: "A attended the summit and met with B" is of A."""
    region: list[Chunk] = []
    for chunk in chunks:
        if not is_partyish(chunk):
            break
        region.append(chunk)
    is_told = any(chunk.part in {Part.NAME, Part.OFFICE} for chunk in region)
    return region if is_told and not sentence.language.verb_first else []


def leftward(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Take the parties that stand before a verb; what is inserted between commas is stepped over."""
    segments: list[list[Chunk]] = [[]]
    for chunk in _without_circumstances(outside_brackets(chunks)):
        if chunk.part is Part.OTHER and chunk.value == "colon":
            # What stands before "DOHA:" or "He said:" is no part of the sentence's subject.
            segments = [[]]
        elif chunk.part is Part.COMMA:
            segments.append([chunk])
        else:
            segments[-1].append(chunk)
    region: list[Chunk] = []
    aside: list[Chunk] = []
    for n, segment in reversed(list(enumerate(segments))):
        has_party = any(chunk.part in _NAMES_A_PARTY for chunk in region)
        if all(is_partyish(chunk) for chunk in segment):
            region = [*segment, *region]
        elif any(chunk.value == "that" for chunk in segment):
            region = [*_suffix(segment), *region]
            break
        elif not has_party and not aside and _opens_clause(segment):
            region = _suffix(segment)
            break
        elif n and not has_party and not aside:
            # ", currently on a visit to Sri Lanka," is stepped over, where a subject stands before it.
            aside = _suffix(segment)
        elif not any(chunk.part is Part.NAME for chunk in region):
            region = [*_suffix(segment), *region]
            break
        elif any(chunk.part in {Part.TRIGGER, Part.ACT} for chunk in segment):
            break
    is_place = not any(chunk.part is Part.NAME for chunk in region)
    if is_place and any(chunk.part is Part.NAME for chunk in aside):
        # "VATICAN CITY, Vatican.- Pope Francis received"
        return aside
    return region if any(chunk.part in _NAMES_A_PARTY for chunk in region) else aside or region


def outside_brackets(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Leave out what stands in brackets: "(right)", "(VNA)"."""
    kept: list[Chunk] = []
    depth = 0
    for chunk in chunks:
        depth += chunk.part is Part.OPEN
        if not depth:
            kept.append(chunk)
        depth -= chunk.part is Part.CLOSE and depth > 0
    return kept


def _without_circumstances(chunks: Sequence[Chunk]) -> Iterator[Chunk]:
    """Leave out "on Monday", "in Riyadh": they stand between a subject and its verb."""
    is_skipped = False
    for i, chunk in enumerate(chunks):
        following = next((c for c in chunks[i + 1 :] if c.value != "determiner"), None)
        if chunk.value in _CIRCUMSTANCE and following and following.part in _SKIPPED:
            is_skipped = True
        elif not (is_skipped and (chunk.part in _SKIPPED or chunk.value == "determiner")):
            is_skipped = False
            yield chunk
        elif chunk.value != "determiner":
            is_skipped = False


def is_partyish(chunk: Chunk) -> bool:
    """Tell whether a chunk may stand inside the naming of a party."""
    return chunk.part in PARTYISH or chunk.part is Part.COMMA or chunk.value in _STEPPED_OVER


def _opens_clause(segment: Sequence[Chunk]) -> bool:
    """Tell whether a clause of its own begins in a segment: "was at his desk when the colonel called"."""
    suffix = _suffix(segment)
    before = segment[: len(segment) - len(suffix)]
    is_named = any(chunk.part in {Part.NAME, Part.OFFICE} for chunk in suffix)
    return is_named and bool(before) and before[-1].value == "relative"


def _suffix(segment: Sequence[Chunk]) -> list[Chunk]:
    suffix: list[Chunk] = []
    for chunk in reversed(segment):
        if not is_partyish(chunk):
            break
        suffix.insert(0, chunk)
    return suffix


def rightward(chunks: Sequence[Chunk], *, least: int = 1) -> list[Chunk]:
    """Take the parties that stand behind a verb, past the circumstances before and between them.

    At least `least` parties are looked for before a circumstance and a comma end the region.
    """
    region: list[Chunk] = []
    named = stray = 0
    is_circumstance = False
    chunks = outside_brackets(chunks)
    for i, chunk in enumerate(chunks):
        if is_circumstance:
            # "met X at the palace following talks with Y": behind a party only "and" or a mark goes on.
            may_end = chunk.part in _STARTS_A_PARTY and named < least
            ends = may_end and not _is_possessed(chunks, i)
            if chunk.part is Part.COMMA:
                if named >= least and not _goes_on(chunks, i):
                    break
                is_circumstance = False
                continue
            if not ends and not (chunk.part is Part.AND and named):
                continue
            is_circumstance = False
        is_place = chunk.part is Part.CITY or chunk.value in _SEATS
        if chunk.value in _CIRCUMSTANCE or (is_place and chunk.prefix):
            region.append(Chunk(Part.PLACE, chunk.first, chunk.last))
            is_circumstance = True
        elif chunk.part in PARTYISH or chunk.part in {Part.COMMA, Part.SEMICOLON}:
            region.append(chunk)
            named += chunk.part in {Part.NAME, Part.COUNTERPART}
        elif (
            chunk.value in _STEPPED_OVER or chunk.value in {"with", "of"} or _opens_list(chunks, i)
        ):
            continue
        elif (
            chunk.part is Part.OTHER
            and chunk.value in {None, "colon"}
            and not named
            and stray < _STRAY_WORDS
        ):
            stray += 1
        else:
            break
    while region and region[-1].part not in _NAMES_A_PARTY | {
        Part.DELEGATION,
        Part.TITLE,
        Part.GROUP,
    }:
        region.pop()
    return region


def _opens_list(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell the colon of "كلا من: السفير" from one that leads to what was said."""
    is_plain = chunks[i].part is Part.OTHER and chunks[i].value in {None, "colon"}
    before = chunks[i - 1].value if i else None
    return (
        is_plain
        and before in {"determiner", "office_suffix", "delegation"}
        and i + 1 < len(chunks)
        and chunks[i + 1].part in _STARTS_A_PARTY
    )


def _is_possessed(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a party only owns a place: "at the office of the President"."""
    k = i - 1
    while k >= 0 and chunks[k].value == "determiner":
        k -= 1
    return k >= 0 and chunks[k].value == "of"


def _goes_on(chunks: Sequence[Chunk], i: int) -> bool:
    return i + 1 < len(chunks) and chunks[i + 1].part in {Part.AND, Part.TITLE, Part.OFFICE}
