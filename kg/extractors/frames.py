"""Find the clauses that tell of an encounter, and in each the parties on either side of its trigger."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extractors.parties import Party, assemble
from kg.extractors.parts import Chunk, Part
from kg.extractors.regions import CIRCUMSTANCE, NAMES_A_PARTY, leftward, rightward
from kg.extractors.subjects import (
    OPENS_SUBJECT,
    before_verb,
    first_verb,
    inverted,
    is_told,
    opening_parties,
    opening_verb,
    speaker,
)
from kg.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extractors.sentence import Sentence
    from kg.extractors.triggers import Trigger
    from kg.languages import Frame

_OWNERS = frozenset({Part.COUNTRY, Part.DEMONYM, Part.ORGANIZATION})
_GROUPS = frozenset({Part.DELEGATION, Part.GROUP})
# What the words before a marker are not: what was discussed, another clause.
_ENDS_SUBJECT = frozenset({"discussed", "matter", "relative", "that"})
_PLACE_PARTS = frozenset({Part.CITY, Part.COUNTRY, Part.DEMONYM, Part.DATE, Part.COMMA})
_FAR = 3
_AFTER_SOURCE = frozenset(":-–—")
_QUOTES = frozenset('"“”«»')
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

    @property
    def span(self) -> tuple[int, int]:
        """Give the range of the trigger's tokens, gaps included."""
        return self.first, self.last

    @property
    def opens_with_attendance(self) -> bool:
        """Tell "In the presence of A, B received C": who attended what the next verb tells."""
        return self.frame.shape == "attend" and self.first == self.sentence.first


def clauses(
    sentence: Sentence, chunks: Sequence[Chunk], triggers: Sequence[Trigger]
) -> list[Clause]:
    """Find the clauses of a sentence, in the order of their triggers."""
    starts = [*(trigger.first for trigger in triggers[1:]), sentence.last]
    found: list[Clause] = []
    begin = sentence.first
    for trigger, end in zip(triggers, starts, strict=False):
        if found and found[-1].opens_with_attendance and sentence.language.verb_first:
            # "بحضور فلان، استقبل الوزير": who attended is no subject.
            begin = trigger.first
        clause = _clause(sentence, chunks, trigger, begin, end)
        if found and _goes_on(chunks, clause) and found[-1].subjects:
            # "said that A will meet B and call on C"
            clause.subjects = found[-1].subjects
        found.append(clause)
        # "Après avoir reçu A, B a rencontré C": the subject of both stands between them.
        shared = clause.subjects and clause.subjects[0].first > trigger.last
        begin = clause.subjects[0].first if shared and _opens(clause) else trigger.last
    _part_attendance(found)
    for clause in found:
        if clause.frame.shape == "invited" and len(found) > 1:
            # "He will visit Peru at the invitation of its President"
            clause.status = next(c.status for c in found if c is not clause)
    return [c for c in found if c.frame.status != "planned" or c.status != "held"]


def _part_attendance(found: Sequence[Clause]) -> None:
    """Part "In the presence of A, B received C": B, who stands last before the verb, is its subject."""
    attending, told = found[:1], found[1:2]
    if told and attending[0].opens_with_attendance and len(told[0].subjects) > 1:
        attending[0].objects = told[0].subjects[:-1]
        told[0].subjects = told[0].subjects[-1:]


def _goes_on(chunks: Sequence[Chunk], clause: Clause) -> bool:
    """Tell whether "and" or "before" stands right before a verb whose subject is that of the verb before."""
    before = next((c for c in reversed(chunks) if c.last <= clause.first), None)
    is_joined = before is not None and (
        before.part is Part.AND or before.value in {"circumstance", "breaks"}
    )
    return is_joined and _opens(clause) and not clause.sentence.language.verb_first


def _opens(clause: Clause) -> bool:
    return clause.frame.shape in {"svo", "invited"}


def _clause(
    sentence: Sentence, chunks: Sequence[Chunk], found: Trigger, begin: int, end: int
) -> Clause:
    clause = Clause(found.frame, sentence, found.first, found.last, found.status)
    left = [c for c in chunks if begin <= c.first and c.last <= clause.first]
    right = [c for c in chunks if clause.last <= c.first < end]
    is_visit = found.frame.kind == Kind.VISIT
    match found.frame.shape:
        case "svo" | "invited":
            clause.subjects = assemble(leftward(left))
            is_lost = begin == sentence.first and not clause.subjects
            if is_lost or (left and left[-1].part in {Part.AND, Part.SEMICOLON}):
                clause.subjects = assemble(opening_parties(sentence, chunks)) or clause.subjects
            clause.objects = assemble(rightward(_at_once(right) if is_visit else right))
            verb = [c for c in chunks if found.last <= c.first <= end]
            if not is_told(left) and len(behind := before_verb(verb)) > 1:
                # "Reçu par X, Y a salué": the subject of the sentence is that of its first verb.
                clause.subjects, clause.objects = behind[-1:], behind[:-1]
        case "vso" if len(found.phrases) > 1:
            _about_gap(clause, found, left, (_gap(chunks, found), right))
        case "vso":
            _split(clause, left, right)
        case "absent" | "masdar" as shape:
            clause.subjects = _named_before(clause, left) if shape == "masdar" else []
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
            _with_first(clause, found, left, _gap(chunks, found))
        case "session" if len(found.phrases) > 1 and sentence.language.verb_first:
            clause.subjects = assemble(rightward(_gap(chunks, found))) or assemble(leftward(left))
        case "joint":
            before = assemble(leftward(left[: first_verb(left)]))
            is_named = any(party.name for party in before)
            clause.subjects = before if is_named else before_verb(right)
        case "nominal" | "session" | "presided":
            _nominal(clause, left, right)
        case "side":
            # "ومن الجانب السعودي، حضر اللقاء الأمير": the state stands in the gap.
            gap = (c for c in _gap(chunks, found) if c.part is not Part.TRIGGER)
            clause.objects = assemble(rightward([*gap, *right], least=_WHOLE_LIST))
            clause.subjects = assemble(_owner(left, found))
        case _:
            clause.objects = assemble(rightward(right, least=_WHOLE_LIST))
    return clause


def _owner(left: Sequence[Chunk], found: Trigger) -> Sequence[Chunk]:
    """Take whose delegation or side a verb tells of: "Malawi was represented by", "The UN team included"."""
    last = left[-1:]
    is_owner = bool(last) and last[0].part in _OWNERS and last[0].last == found.first
    return last if is_owner else []


def _gap(chunks: Sequence[Chunk], found: Trigger) -> list[Chunk]:
    """Take what stands between the first and the last phrase of a trigger."""
    return [c for c in chunks if found.phrases[0][1] <= c.first < found.phrases[-1][0]]


def _arrived(right: Sequence[Chunk]) -> int:
    """Count the chunks of the place in "وصل إلى بغداد اليوم الوزير فلان", behind which the subject stands."""
    n = next((i for i, chunk in enumerate(right) if chunk.part in OPENS_SUBJECT), 0)
    places = [chunk for chunk in right[:n] if chunk.part in {Part.CITY, Part.COUNTRY}]
    is_plain = all(c.part in _PLACE_PARTS or c.value in {"city_noun", "deictic"} for c in right[:n])
    return n if places and is_plain else 0


def _about_gap(
    clause: Clause,
    found: Trigger,
    left: Sequence[Chunk],
    behind: tuple[Sequence[Chunk], Sequence[Chunk]],
) -> None:
    """Read a subject in the gap of a verb, the object behind it; or both in the gap.

    "وقع الوزير مع نظيره فلان مذكرة": both stand before the last word of the verb.
    """
    gap, right = behind
    is_visit = clause.frame.kind == Kind.VISIT
    if is_visit and not gap and (arrived := _arrived(right)):
        gap, right = right[arrived:], right[:arrived]
    right = _at_once(right) if is_visit else right
    last = clause.sentence.text(*found.phrases[-1])
    marker = None if last in clause.frame.marker else _marker(clause, gap)
    if marker:
        gap, right = gap[:marker], gap[marker:]
    clause.subjects = assemble(rightward(gap)) or assemble(leftward(left)) or _unnamed(clause, gap)
    clause.objects = assemble(rightward(right))


def _unnamed(clause: Clause, gap: Sequence[Chunk]) -> list[Party]:
    """Take words with an article right behind the verb that opens a sentence for an office of no list."""
    opens = clause.first == clause.sentence.first and bool(gap)
    if not opens or gap[0].part is not Part.OTHER or gap[0].value not in {None, "office_suffix"}:
        return []
    is_definite = clause.sentence.lexicon.is_definite
    if not is_definite(clause.sentence.tokens[gap[0].first].folded):
        return []
    return [Party(offices=[Chunk(Part.OFFICE, gap[0].first, gap[0].last)])]


def _with_first(
    clause: Clause, found: Trigger, left: Sequence[Chunk], gap: Sequence[Chunk]
) -> None:
    """Read "Avec son homologue X, A a discuté": whom a preposition opens with, the subject last."""
    parties = assemble(leftward(gap)) if not is_told(left) else []
    is_subject = bool(parties) and parties[-1].last >= found.phrases[1][0] - 1
    clause.subjects = parties[-1:] if is_subject else []
    clause.objects = parties[:-1] if is_subject else parties


def _at_once(chunks: Sequence[Chunk]) -> Sequence[Chunk]:
    """Take what follows "visited" up to a mark or a circumstance: whom else a sentence names is no host."""
    ends = (i for i, c in enumerate(chunks) if c.part is Part.COMMA or c.value in CIRCUMSTANCE)
    return chunks[: next(ends, len(chunks))]


def _nominal(clause: Clause, left: Sequence[Chunk], right: Sequence[Chunk]) -> None:
    """Read a noun for an encounter, whose other party is the subject of the sentence about it.

    "In his talks with A, B said", "B said in his talks with A", "B spoke at the summit".
    """
    verb = first_verb(left)
    before = assemble(leftward(left[:verb])) or inverted(left[verb:])
    if not any(party.name or party.offices or party.pronoun for party in before):
        before = speaker(left) or before
    behind = before_verb(right)
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


def _behind_colon(clause: Clause, right: Sequence[Chunk]) -> Sequence[Chunk]:
    tokens = clause.sentence.tokens
    colon = next((i for i, chunk in enumerate(right) if tokens[chunk.first].text == ":"), -1)
    return right[colon + 1 :]


def _split(clause: Clause, left: Sequence[Chunk], right: Sequence[Chunk]) -> None:
    """Part subject and object that both follow the verb: at the marker, else after the first party."""
    left = [c for c in left if clause.sentence.tokens[c.first].text not in _QUOTES]
    marker = _marker(clause, right) or _each(clause, right)
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
        n = _n_subjects([party.first in joined for party in parties])
        clause.subjects, clause.objects = parties[:n], parties[n:]


def _n_subjects(joined: Sequence[bool]) -> int:
    """Count the subjects: "استقبل A وB ضيفهما C", where the one whom no "and" joins is received."""
    n = next((i for i, is_joined in enumerate(joined[1:], 1) if not is_joined), 1)
    return n if not any(joined[n + 1 :]) else 1


def _each(clause: Clause, right: Sequence[Chunk]) -> int | None:
    """Find "كلا من" behind a subject, with which the list of those whom he met begins."""
    for i, chunk in enumerate(right):
        if clause.sentence.part(chunk.first, "each"):
            return i if assemble(rightward(right[:i])) else None
    return None


def _leaves_subject_out(clause: Clause, party: Party) -> bool:
    """Tell whether a verb's one party is its object: "كما استقبل السفير", of whom was told before."""
    sentence = clause.sentence
    verb = sentence.tokens[clause.first].folded
    is_joined = verb.startswith(sentence.language.conjunctions)
    is_verb_of_place = clause.frame.kind == Kind.VISIT
    is_noun = bool(sentence.part(clause.first, "circumstance"))
    is_later = is_joined or is_noun or not _opens_telling(clause)
    return is_later and not (party.pronoun or is_verb_of_place)


def _opens_telling(clause: Clause) -> bool:
    """Tell whether a verb opens its sentence, behind a dateline's or a byline's mark at most."""
    sentence, first = clause.sentence, clause.first
    return first == sentence.first or sentence.tokens[first - 1].text in _AFTER_SOURCE


def _named_before(clause: Clause, left: Sequence[Chunk]) -> list[Party]:
    """Find the subject that stands before: right there, or behind the verb that says what it said.

    Whom another clause of the sentence named last is the object of that one.
    """
    verbs = [i for i, chunk in enumerate(left) if chunk.part is Part.ACT]
    verbs = verbs or opening_verb(clause.sentence, left)
    if verbs and not _stands_before(clause, leftward(left)):
        return assemble(rightward(left[verbs[-1] + 1 :]))[:1]
    is_first = bool(left) and left[0].first == clause.sentence.first
    return assemble(leftward(left)) if is_first or verbs else []


def _stands_before(clause: Clause, left: Sequence[Chunk]) -> bool:
    """Tell whether the subject stands right before the verb, as in headlines."""
    last = next((c for c in reversed(left) if c.part is not Part.COMMA), None)
    if last is None or last.part not in NAMES_A_PARTY:
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
        stray = stray + 1 if chunk.part is Part.OTHER and chunk.value in {None, "deed"} else 0
        if chunk.part is Part.ACT or chunk.value in _ENDS_SUBJECT or stray > _FAR:
            return None
        if clause.sentence.text(chunk.first, chunk.last) in words:
            return i
        if chunk.prefix and chunk.prefix in words and chunk.part in NAMES_A_PARTY | {Part.TITLE}:
            return i
    return None


def _first_and_rest(parties: list[Party]) -> tuple[list[Party], list[Party]]:
    return parties[:1], parties[1:]
