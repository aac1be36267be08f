"""What a name is made of: names, initials and numerals; particles only mark the name they stand before."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import product, takewhile
from typing import TYPE_CHECKING

from kg.resolution.phonemes import Reading, pronounce, script_of, skeletons

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.resolution.phonemes import Script

_SILENT = re.compile(r"[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f'’ʼ‘`´ʿʾ]")
_ACCENT = re.compile(r"[\u0300-\u036f]")
_WORD = re.compile(r"(?P<hyphen>(?<=\w)-)?(?P<raw>[^\W\d_]\.|[^\W_]+)")
_HAMZA = str.maketrans("أإٱىئؤ", "اااييو")
_ROMAN = re.compile(r"(?=.)X{0,2}(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_SHORTEST_STEM = 3  # letters that a glued particle leaves
_HONOURED = 3  # words, of which the first may be an honour
_MOST_JOINED = 16  # readings of two words taken for one


class TokenKind(StrEnum):
    """What a word of a name is."""

    NAME = "name"
    INITIAL = "initial"
    NUMERAL = "numeral"


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """A part of a name and all that it may sound like; the same words give the same object."""

    text: str
    kind: TokenKind
    readings: tuple[Reading, ...] = ()
    glued: tuple[Reading, ...] = ()  # with its particle, where the other name has it in the word
    translations: tuple[Reading, ...] = ()
    stems: frozenset[str] = frozenset()
    skeletons: frozenset[str] = frozenset()
    letter: str = ""
    value: int = 0
    is_abjad: bool = False
    is_patronymic: bool = False
    is_clan: bool = False
    is_hyphened: bool = False  # to the word before it: Noël in Jean-Noël


Tokens = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name, folded for the tables of its script."""

    raw: str
    text: str  # without case, vowel signs and apostrophes
    plain: str  # and without hamza
    script: Script
    is_hyphened: bool = False

    def is_in(self, sort: str) -> bool:
        """Look the word up in a list of its script."""
        return self.plain in self.script.words.get(sort, ())


@lru_cache(maxsize=1 << 17)
def ways(name: str) -> tuple[Tokens, ...]:
    """Read a name as tokens in the one or two ways it can be read.

    A family name in capitals may stand first (DIALLO Oumar); what looks like a particle may be a name (Ben),
    and a name like Sheikh may be an honour.
    """
    words = split(name)
    found = [_tokens(words)]
    if len(words) >= _HONOURED and words[0].is_in("honours"):
        found.append(_tokens(words[1:]))
    if rotated := _family_last(words):
        found.append(_tokens(rotated))
    if words and _is_particle(words[0]):
        found.append(_tokens(words, starts_with_particle=True))
    return tuple(dict.fromkeys(found))


def split(name: str) -> tuple[Word, ...]:
    """Split a name at spaces, hyphens and full stops; an apostrophe is nothing."""
    text = _SILENT.sub("", unicodedata.normalize("NFKC", name))
    words = (
        _word(found["raw"], is_hyphened=bool(found["hyphen"])) for found in _WORD.finditer(text)
    )
    return tuple(word for word in words if word.text)


def fold(word: str) -> str:
    """Take case, accents, vowel signs, apostrophes and hamza off a word."""
    decomposed = unicodedata.normalize("NFKD", word.translate(_HAMZA).lower())
    text = unicodedata.normalize("NFC", _ACCENT.sub("", decomposed))
    return _SILENT.sub("", text).rstrip(".")


@lru_cache(maxsize=65536)
def _word(raw: str, *, is_hyphened: bool = False) -> Word:
    text = _SILENT.sub("", raw.lower()).rstrip(".")
    return Word(raw, text, fold(raw), script_of(text), is_hyphened)


def _family_last(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Move capitals that open a name to its end; in lower case, lest XI be taken for a numeral."""
    shouted = tuple(takewhile(_is_shouted, words))
    rest = words[len(shouted) :]
    if not shouted or not rest or any(_is_shouted(word) for word in rest):
        return ()
    return rest + tuple(_word(word.raw.title(), is_hyphened=word.is_hyphened) for word in shouted)


def _is_shouted(word: Word) -> bool:
    return len(word.raw.rstrip(".")) > 1 and word.raw.isupper()


def _is_particle(word: Word) -> bool:
    return word.is_in("patronymics") or (
        word.is_in("prefixes") and (len(word.text) > 1 or word.raw.islower())
    )


def _tokens(words: tuple[Word, ...], *, starts_with_particle: bool = False) -> Tokens:
    found: list[Token] = []
    lead: tuple[Word, ...] = ()
    for i, word in enumerate(words):
        following = words[i + 1] if i + 1 < len(words) else None
        is_first = not found and not lead
        if following and (
            _binds(word, following)
            or (_is_particle(word) and (starts_with_particle or not is_first))
        ):
            lead = (*lead, word)
            continue
        if found and _ends_compound(word, lead):
            found[-1] = join(found[-1], _name((), word))
        elif found and (value := _numeral(word, following)):
            is_teen = found[-1].kind is TokenKind.NUMERAL
            found[-1:] = (
                [_number(found[-1].value + value)] if is_teen else [found[-1], _number(value)]
            )
        elif len(word.text) == 1 and not lead:
            found.append(_initial(word))
        else:
            found.append(_name(lead, word))
        lead = ()
    return tuple(found)


def _binds(word: Word, following: Word) -> bool:
    return (
        word.is_in("articles")
        or _is_assimilated(word, following)
        or word.is_in("servant")
        or word.is_in("kunya")
    )


def _is_assimilated(word: Word, following: Word) -> bool:
    """Tell whether an article repeats the consonant that follows: as-Sudani, ash-Sharaa."""
    vowel, consonant = word.plain[:1], word.plain[1:]
    return (
        vowel in word.script.words.get("assimilated", ())
        and bool(consonant)
        and following.plain.startswith(consonant)
    )


def _ends_compound(word: Word, lead: tuple[Word, ...]) -> bool:
    """Tell whether a word ends the name before it: Salah al-Din, Nasr Allah."""
    has_only_articles = all(particle.is_in("articles") for particle in lead)
    is_faith = word.is_in("faith") or (bool(lead) and word.is_in("faith-after-article"))
    return has_only_articles and (is_faith or word.is_in("divine"))


def _numeral(word: Word, following: Word | None) -> int:
    """Read the numeral of a king or pope, or 0; a lone V inside a name is an initial."""
    if value := word.script.ordinals.get(word.plain):
        return value
    is_end = following is None or following.is_in("patronymics")
    if not _ROMAN.fullmatch(word.raw) or (len(word.raw) == 1 and not is_end):
        return 0
    values = [_ROMAN_VALUES[digit] for digit in word.raw]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


@lru_cache(maxsize=64)
def _number(value: int) -> Token:
    return Token(str(value), TokenKind.NUMERAL, value=value)


@lru_cache(maxsize=1024)
def _initial(word: Word) -> Token:
    readings = pronounce(word.text)
    return Token(
        word.raw, TokenKind.INITIAL, readings, skeletons=_skeletons(readings), letter=word.plain
    )


@lru_cache(maxsize=1 << 17)
def _name(lead: tuple[Word, ...], word: Word) -> Token:
    script = word.script
    stems = _stems(word)
    if any(particle.is_in("servant") for particle in lead):
        stems = [script.words["servant"][0] + stem for stem in stems]
    elif any(particle.is_in("kunya") for particle in lead):
        stems = [script.words["kunya"][0] + stem for stem in stems]
    whole = "".join(part.text for part in (*lead, word))
    readings = _read_all(stems)
    glued = _read_all([whole]) if lead and _is_particle(lead[-1]) else ()
    translations = _read_all(script.translations.get(whole, ()))
    return Token(
        text=" ".join(part.raw for part in (*lead, word)),
        kind=TokenKind.NAME,
        readings=readings,
        stems=frozenset(map(fold, stems)),
        glued=glued,
        translations=translations,
        skeletons=_skeletons((*readings, *glued, *translations)),
        letter="" if lead else script.initials.get(word.plain, ""),
        is_abjad=script.is_abjad,
        is_patronymic=any(particle.is_in("patronymics") for particle in lead),
        is_clan=bool(lead) and lead[-1].is_in("articles") and word.is_in("clans"),
        is_hyphened=word.is_hyphened and not lead,
    )


def _stems(word: Word) -> list[str]:
    """Spell a word with and without the particle that may be glued to it."""
    divine = word.script.words["divine"]
    if word.plain in divine:
        return [divine[0]]
    if any(part in word.plain for part in divine):
        return [word.text]
    return [word.text] + [
        stem + word.text[len(particle) :]
        for particle, stem in word.script.glued.items()
        if word.text.startswith(particle) and len(word.text) - len(particle) >= _SHORTEST_STEM
    ]


def _read_all(spellings: Iterable[str]) -> tuple[Reading, ...]:
    return tuple(dict.fromkeys(reading for text in spellings for reading in pronounce(text)))


def _skeletons(readings: tuple[Reading, ...]) -> frozenset[str]:
    return frozenset(skeleton for reading in readings for skeleton in skeletons(reading.sounds))


@lru_cache(maxsize=1 << 17)
def join(first: Token, second: Token) -> Token:
    """Take neighbours for one name, as Xiao Ming is Xiaoming."""
    readings = tuple(
        Reading(a.sounds + b.sounds, a.is_abjad, a.cost + b.cost)
        for a, b in product(first.readings, second.readings)
    )[:_MOST_JOINED]
    return Token(
        text=f"{first.text} {second.text}",
        kind=TokenKind.NAME,
        readings=readings,
        stems=frozenset(x + y for x, y in product(first.stems, second.stems)),
        skeletons=_skeletons(readings),
        is_abjad=first.is_abjad,
        is_patronymic=first.is_patronymic,
        is_clan=second.is_clan,
    )
