"""What a form asks of the words in which it is found: capitals, accents, an article written onto them or none."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extractors.forms import Label
from kg.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from kg.extractors.forms import Form, Match
    from kg.extractors.lexicon import Lexicon
    from kg.languages import Language
    from kg.text import Token

    Condition: TypeAlias = Callable[[Match, Sequence[Token], Lexicon], bool]

# "Us", "who" and "me" are words; "US", "WHO" and "Me" are names: these labels keep their capitals.
_CASED = frozenset({Label.COUNTRY, Label.CITY, Label.ORGANIZATION, Label.GIVEN_NAME, Label.TITLE})
_PLACES = frozenset({Label.COUNTRY, Label.CITY})
_VERBAL = frozenset({Label.TRIGGER, Label.ACT})
_NEVER_DEFINITE = frozenset(
    {"circumstance", "function", "negation", "place", "with", "of", "to", "auxiliary", "relative"}
    | {"relations"}
)
_ACRONYM = 6
_SHORT = 2
_SHORT_WORD = 3


def conditions(form: Form, language: Language) -> tuple[Condition, ...]:
    """List what a form of a language asks of a match; most ask nothing."""
    of_case = _of_case(form) if language.has_case else ()
    of_article = _of_article(form) if language.definite or language.clitics else ()
    return (*of_case, *of_article)


def _of_case(form: Form) -> Iterator[Condition]:
    words = form.text.split()
    if len(words[0]) <= _SHORT:
        yield _spelled(words[0])
    if form.text.isupper() and len(form.text) <= _ACRONYM:
        yield _is_acronym
    if form.label is Label.WORD and len(form.text) <= _SHORT_WORD:
        yield _is_no_ending
    if form.label in _CASED and words[0][0].isupper():
        yield _has_capital
    if form.label in _PLACES and words[-1][0].isupper():
        yield _ends_in_capital


def _spelled(known: str) -> Condition:
    """Ask that a short word is the same but for case and marks: "a" is a verb, "à" a preposition."""
    letters = _letters(known)
    return lambda match, tokens, _: _letters(tokens[match.first].text) == letters


@lru_cache(maxsize=1 << 12)
def _letters(word: str) -> str:
    return word.casefold().strip(".'’")


def _is_acronym(match: Match, tokens: Sequence[Token], _: Lexicon) -> bool:
    return len(match) > 1 or tokens[match.first].text.replace(".", "").isupper()


def _is_no_ending(match: Match, tokens: Sequence[Token], _: Lexicon) -> bool:
    """Tell "est" from "Est" of "Asie du Sud-Est": a short word has no capital behind a hyphen."""
    return not (tokens[match.first].glued and tokens[match.first].is_capital)


def _has_capital(match: Match, tokens: Sequence[Token], _: Lexicon) -> bool:
    return tokens[match.first].is_capital


def _ends_in_capital(match: Match, tokens: Sequence[Token], _: Lexicon) -> bool:
    """Tell "La Réunion", a place, from "La réunion", a meeting."""
    last = tokens[match.last - 1]
    return len(match) == 1 or last.is_capital or last.glued


def _of_article(form: Form) -> Iterator[Condition]:
    if form.label in _VERBAL:
        yield _ends_so
        yield _is_led_by_joint
        return
    yield _takes_no_future
    if form.label is Label.COUNTRY:
        yield _keeps_article
    elif form.label in {Label.TITLE, Label.CITY} or form.value == "office_suffix":
        yield _is_as_definite
    elif form.label is Label.OFFICE and " " in form.text:
        yield _is_no_broken_construct
    elif form.label is Label.WORD:
        if len(form.text) <= _SHORT:
            yield _takes_joint_only
        if form.value in _NEVER_DEFINITE:
            yield _takes_no_article


def _ends_so(match: Match, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tell "حضره", who attended, from "حضرة", a title; "خلال لقاء" tells of one, "خلال اللقاء" of none."""
    last, known = plain(tokens[match.last - 1].text), match.form.text
    if (last[-1] == "ة") != (known[-1] == "ة"):
        return False
    is_definite = lexicon.is_definite
    return len(match) == 1 or is_definite(last) == is_definite(known.split()[-1])


def _is_led_by_joint(match: Match, _: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tell "التقى", which begins with the letters of the article, "بحث" with those of a preposition."""
    if not match.prefix:
        return True
    language = lexicon.language
    clitic = language.definite.get(match.prefix, match.prefix)
    joints = ("", *language.conjunctions, *language.words.get("future_clitic", ()))
    is_whole = lexicon.is_definite(match.prefix) == lexicon.is_definite(match.form.text)
    return is_whole and clitic in joints


def _takes_no_future(match: Match, _: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tell "سامر", a first name, from a commander: "will" is written onto verbs alone."""
    return not match.prefix or match.prefix not in lexicon.future


def _takes_joint_only(match: Match, _: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tell "كاو", a family, from "like or": onto the shortest words only "and" and "so" are written."""
    return not match.prefix or match.prefix not in lexicon.prepositions


def _keeps_article(match: Match, _: Sequence[Token], lexicon: Lexicon) -> bool:
    return lexicon.is_definite(match.prefix) or not lexicon.is_definite(match.form.text)


def _is_as_definite(match: Match, _: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tell "الأمير", a title, from "أمير", an office or a name; "العلا", a city, from "علا", a word."""
    return lexicon.is_definite(match.form.text) == lexicon.is_definite(match.prefix)


def _is_no_broken_construct(match: Match, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tell "النائب مدير", where an office follows a name, from "نائب مدير": no article stands in a construct state."""
    following = plain(tokens[match.first + 1].text)
    goes_on = lexicon.is_definite(following) or following.startswith(tuple(lexicon.prepositions))
    is_whole = lexicon.is_definite(match.prefix) == lexicon.is_definite(match.form.text)
    return goes_on or is_whole


def _takes_no_article(match: Match, _: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tell "صباح", when, from "الصباح", a family; "له", a word, from "الله", which is none."""
    return not lexicon.is_definite(match.prefix) or lexicon.is_definite(match.form.text)
