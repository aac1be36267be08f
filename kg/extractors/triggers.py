"""Find the words that tell of an encounter: verbs and nouns of the frames, whole and with their gaps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.extractors.forms import Label
from kg.text import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extractors.forms import Match
    from kg.extractors.lexicon import Lexicon
    from kg.extractors.sentence import Sentence
    from kg.languages import Frame

_WIDEST_GAP = 50
_WIDEST_GAP_VERB_FIRST = 45  # the subject stands in it
_DELEGATION = 8  # tokens between a delegation and who leads it
_AUXILIARIES = 5  # tokens before a trigger in which "will" and "not" count


_BREAKS = ("discussed", "breaks", "relations")  # what no gap spans


@dataclass(frozen=True, slots=True)
class Trigger:
    """A frame's words in a sentence; `phrases` are their ranges, between which the gaps lie."""

    frame: Frame
    phrases: tuple[tuple[int, int], ...]
    status: str

    @property
    def first(self) -> int:
        """Give the first token."""
        return self.phrases[0][0]

    @property
    def last(self) -> int:
        """Give the token behind the last one."""
        return self.phrases[-1][1]

    @property
    def words(self) -> frozenset[int]:
        """Give the tokens of the phrases, without those of the gaps."""
        return frozenset(i for first, last in self.phrases for i in range(first, last))


def find(sentence: Sentence) -> list[Trigger]:
    """Find the triggers of a sentence in its order; of two that share a word the longer one counts."""
    taken: set[int] = set()
    kept: list[Trigger] = []
    for trigger in sorted(_candidates(sentence), key=lambda t: (-len(t.words), t.last - t.first)):
        if not trigger.words & taken:
            taken |= trigger.words
            kept.append(trigger)
    return _carried(sentence, sorted(kept, key=lambda t: t.first))


def _carried(sentence: Sentence, found: list[Trigger]) -> list[Trigger]:
    """Let what is planned go on: "سيصل إلى دمشق ويلتقي الوزير" tells of two that are."""
    imperfect = sentence.language.words.get("imperfect", ("-",))
    carried: list[Trigger] = []
    for trigger in found:
        is_joined = sentence.tokens[trigger.first].folded.startswith(imperfect)
        goes_on = is_joined and bool(carried) and carried[-1].status == "planned"
        carried.append(replace(trigger, status="planned") if goes_on else trigger)
    return carried


class _Phrase(NamedTuple):
    """A further phrase of a trigger: its first word, and the look-up keys of its words."""

    word: str
    keys: tuple[str, ...]


class _Row(NamedTuple):
    """A trigger of a frame; `phrases` are those behind its first one, `keys` are theirs."""

    frame: Frame
    phrases: tuple[_Phrase, ...]
    keys: frozenset[str]
    is_infinitive: bool


@cache
def _by_phrase(lexicon: Lexicon) -> dict[tuple[str, str], list[_Row]]:
    """Give the triggers by their frame and their first phrase."""
    table: dict[tuple[str, str], list[_Row]] = {}
    for frame in lexicon.language.frames:
        for triggers, is_infinitive in ((frame.triggers, False), (frame.infinitives, True)):
            for first, *further in triggers:
                phrases = tuple(_phrase(lexicon, phrase) for phrase in further)
                row_keys = frozenset(key for phrase in phrases for key in phrase.keys)
                row = _Row(frame, phrases, row_keys, is_infinitive)
                table.setdefault((frame.id, first), []).append(row)
    return table


@cache
def _phrase(lexicon: Lexicon, phrase: str) -> _Phrase:
    tokens = tokenize(phrase)
    return _Phrase(phrase.split(maxsplit=1)[0], tuple(lexicon.key(token) for token in tokens))


def _candidates(sentence: Sentence) -> Iterator[Trigger]:
    table = _by_phrase(sentence.lexicon)
    found = [(m, table[m.form.value, m.form.text]) for m in sentence.each(Label.TRIGGER)]
    guests = (match for match, rows in found if rows[0].frame.subject == "guest")
    things = {match.first for match in guests if _is_of_thing(sentence, match)}
    for match, rows in found:
        for row in rows:
            frame = row.frame
            if row.phrases and not sentence.has_keys(row.keys):
                continue
            phrases = _phrases(sentence, match.last, row.phrases)
            if phrases is None or _is_noun(sentence, match, row):
                continue
            if frame.shape == "presided" and _is_led(sentence, match.first):
                continue
            if frame.shape == "with" and not _opens_clause(sentence, match.first):
                continue
            if match.first in things:
                continue
            status = _status(sentence, match, row)
            if status is not None:
                yield Trigger(frame, ((match.first, match.last), *phrases), status)


def _is_of_thing(sentence: Sentence, match: Match) -> bool:
    """Tell "a banquet hosted by A", "a letter received by B", of which no party is the guest."""
    i = match.first - 1
    is_passive = sentence.part(match.last - 1, "with") and not sentence.part(i + 1, "auxiliary")
    if i < sentence.first or not is_passive or not sentence.language.has_case:
        return False
    return sentence.tokens[i].text.islower() and not sentence.best(i)


def _opens_clause(sentence: Sentence, i: int) -> bool:
    """Tell "With A, B discussed" from "met with A and discussed"."""
    return i == sentence.first or not sentence.tokens[i - 1].is_word


def _is_noun(sentence: Sentence, match: Match, row: _Row) -> bool:
    """Tell "cette rencontre", a noun, from the verb: a lone word behind a determiner.

    "Lors d'un entretien" is told of the sentence's subjects.
    """
    if match.first == sentence.first:
        return False
    if sentence.part(match.first - 1, "who") and match.form.value not in _attendance(sentence):
        # "الوزير الذي يزور لبنان" only says who he is.
        return True
    if match.n_tokens > 1 or row.phrases:
        return False
    if sentence.part(match.last, "which"):
        return True
    if row.frame.shape == "masdar":
        # "في لقائه مع السفير"
        return False
    before = sentence.part(match.first - 1, "determiner", "possessive", "of", "place")
    is_noun = bool(before and before.last == match.first)
    is_joint = row.frame.shape == "joint" and before and _is_during(sentence, before.first)
    return is_noun and not is_joint


def _is_during(sentence: Sentence, i: int) -> bool:
    """Tell whether "during" or "at the end of" stands right before a token."""
    before = range(max(sentence.first, i - _AUXILIARIES), i)
    return any((m := sentence.part(j, "circumstance")) and m.last == i for j in before)


def _is_led(sentence: Sentence, i: int) -> bool:
    """Tell "une délégation du Fonds présidée par" from a session that somebody presided."""
    before = range(max(sentence.first, i - _DELEGATION), i)
    return any(sentence.part(j, "delegation") for j in before)


def _attendance(sentence: Sentence) -> frozenset[str]:
    """List the frames that tell who attended: "اللقاء الذي حضره السفير"."""
    frames = sentence.language.frames
    return frozenset(frame.id for frame in frames if frame.shape == "attend")


def _phrases(
    sentence: Sentence, start: int, phrases: Sequence[_Phrase]
) -> tuple[tuple[int, int], ...] | None:
    """Find the further phrases of a trigger, each behind the one before; None where one is missing."""
    widest = _WIDEST_GAP_VERB_FIRST if sentence.language.verb_first else _WIDEST_GAP
    found = []
    for word, wanted in phrases:
        limit = min(sentence.last, start + widest)
        places = sentence.next_of(wanted, start, limit)
        first = next((j for j in places if _is_spelled(sentence, j, word)), None)
        if first is None or any(start <= j < first for j in sentence.where(*_BREAKS)):
            return None
        if sentence.language.verb_first and any(start <= j < first for j in sentence.acts()):
            # Where the verb leads, another one begins another clause.
            return None
        start = first + len(wanted)
        found.append((first, start))
    return tuple(found)


def _is_spelled(sentence: Sentence, j: int, word: str) -> bool:
    """Tell "a" from "à": short words must agree in their accents."""
    return len(word) > 2 or sentence.tokens[j].text.casefold() == word.casefold()  # noqa: PLR2004


def _status(sentence: Sentence, match: Match, row: _Row) -> str | None:
    """Tell whether the encounter is held, planned or cancelled; None where it is denied or only wished."""
    i = match.first
    before = range(max(sentence.first, i - _AUXILIARIES), i)
    conjunctions = ("", *sentence.language.conjunctions)
    words = (m for j in before for m in sentence.all(j, Label.WORD))
    denials = (m for m in words if m.form.value == "negation")
    # "كما" begins with a preposition and ends like "ما", but denies nothing.
    if any(m.last == i and m.prefix in conjunctions for m in denials):
        return None
    if any(j < i for j in sentence.where("denial")):
        return None
    future = any(i - 3 <= m.last <= i for j in before if (m := sentence.part(j, "future")))
    if row.is_infinitive and sentence.part(i - 1, "and"):
        # "He will meet A and be received by B"
        future = future or any(j < i for j in sentence.where("future"))
    if sentence.tells("cancelled"):
        return "cancelled"
    clitics = sentence.language.words.get("future_clitic", ())
    if future or (match.prefix and match.prefix in clitics):
        return "planned"
    return None if row.is_infinitive else row.frame.status
