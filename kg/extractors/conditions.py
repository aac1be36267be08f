"""What a form asks of the words in which it is found: capitals, accents, an article written onto them or none.

Most is asked of the first word alone, and once for all: the lexicon keeps which forms a word may begin.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg import languages
from kg.extractors.forms import Label
from kg.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from kg.extractors.forms import Form
    from kg.extractors.lexicon import Lexicon
    from kg.text import Token

    # What is asked of the tokens in which a form was found.
    Condition: TypeAlias = Callable[[Form, Sequence[Token], Lexicon], bool]
    # What is asked of a form and of what was taken off its first word.
    PrefixCondition: TypeAlias = Callable[[Form, str, Lexicon], bool]

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


def may_begin(form: Form, word: str, prefix: str, lexicon: Lexicon) -> bool:
    """Tell whether a form may begin with a word as it is written, of which a prefix was taken off."""
    return (not lexicon.language.has_case or _is_spelled_so(form, word, lexicon)) and (
        not _has_clitics(lexicon) or all(holds(form, prefix, lexicon) for holds in _of_prefix(form))
    )


def conditions(form: Form, word: str, prefix: str, lexicon: Lexicon) -> tuple[Condition, ...]:
    """List what a form that begins with a word asks of what it was found in; most ask nothing more."""
    of_case = _of_case(form, word) if lexicon.language.has_case else ()
    of_article = _of_article(form, prefix, lexicon) if _has_clitics(lexicon) else ()
    return (*of_case, *of_article)


def _has_clitics(lexicon: Lexicon) -> bool:
    return bool(lexicon.language.definite or lexicon.language.clitics)


def _is_spelled_so(form: Form, word: str, lexicon: Lexicon) -> bool:
    """Ask for the capital of a name, and of a short word the same letters: "a" is a verb, "à" a preposition."""
    first = form.text.split(maxsplit=1)[0]
    if len(first) <= _SHORT and _letters(first) != _letters(word):
        return False
    if word[0].isupper() or form.label not in _CASED or not first[0].isupper():
        return True
    # "la république du Mali": the noun of a state is often written small.
    return form.label is Label.COUNTRY and first in _state_nouns(lexicon.language.code)


@cache
def _state_nouns(code: str) -> frozenset[str]:
    nouns = languages.load(code).words.get("state_noun", ())
    return frozenset(noun.split()[0] for noun in nouns)


def _of_case(form: Form, word: str) -> Iterator[Condition]:
    if form.text.isupper() and len(form.text) <= _ACRONYM:
        yield _is_acronym
    if form.label is Label.WORD and len(form.text) <= _SHORT_WORD and word[0].isupper():
        yield _is_no_ending
    if form.label in _PLACES and form.text.split()[-1][0].isupper():
        yield _ends_in_capital


@lru_cache(maxsize=1 << 12)
def _letters(word: str) -> str:
    return word.casefold().strip(".'’")


def _is_acronym(_: Form, words: Sequence[Token], __: Lexicon) -> bool:
    return len(words) > 1 or words[0].text.replace(".", "").isupper()


def _is_no_ending(_: Form, words: Sequence[Token], __: Lexicon) -> bool:
    """Tell "est" from "Est" of "Asie du Sud-Est": a short word has no capital behind a hyphen."""
    return not words[0].glued


def _ends_in_capital(_: Form, words: Sequence[Token], __: Lexicon) -> bool:
    """Tell "La Réunion", a place, from "La réunion", a meeting."""
    return len(words) == 1 or words[-1].is_capital or words[-1].glued


def _of_article(form: Form, prefix: str, lexicon: Lexicon) -> Iterator[Condition]:
    if form.label in _VERBAL:
        yield _ends_so
    is_whole = lexicon.is_definite(prefix) == lexicon.is_definite(form.text)
    if form.label is Label.OFFICE and " " in form.text and not is_whole:
        yield _is_no_broken_construct
    if form.label is Label.CITY:
        yield _ends_alike


def _ends_so(form: Form, words: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tell "حضره", who attended, from "حضرة", a title; "خلال لقاء" tells of one, "خلال اللقاء" of none."""
    last, known = plain(words[-1].text), form.text
    if (last[-1] == "ة") != (known[-1] == "ة"):
        return False
    is_definite = lexicon.is_definite
    return len(words) == 1 or is_definite(last) == is_definite(known.split()[-1])


def _ends_alike(form: Form, words: Sequence[Token], _: Lexicon) -> bool:
    """Tell "هالة", a first name, from "هاله", a city: who writes the ending in full means it."""
    return not (plain(words[-1].text)[-1] == "ة" and form.text[-1] == "ه")


def _is_no_broken_construct(_: Form, words: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tell "النائب مدير", where an office follows a name, from "نائب مدير": no article stands in a construct state."""
    following = plain(words[1].text)
    return lexicon.is_definite(following) or following.startswith(tuple(lexicon.prepositions))


def _of_prefix(form: Form) -> Iterator[PrefixCondition]:
    if form.label in _VERBAL:
        yield _is_led_by_joint
        return
    yield _takes_no_future
    if form.label is Label.COUNTRY:
        yield _keeps_article
    elif form.label in {Label.TITLE, Label.CITY} or form.value == "office_suffix":
        yield _is_as_definite
    elif form.label is Label.WORD:
        if len(form.text) <= _SHORT:
            yield _takes_joint_only
        if form.value in _NEVER_DEFINITE:
            yield _takes_no_article


def _is_led_by_joint(form: Form, prefix: str, lexicon: Lexicon) -> bool:
    """Tell "التقى", which begins with the letters of the article, "بحث" with those of a preposition."""
    if not prefix:
        return True
    language = lexicon.language
    clitic = language.definite.get(prefix, prefix)
    joints = ("", *language.conjunctions, *language.words.get("future_clitic", ()))
    is_whole = lexicon.is_definite(prefix) == lexicon.is_definite(form.text)
    return is_whole and clitic in joints


def _takes_no_future(_: Form, prefix: str, lexicon: Lexicon) -> bool:
    """Tell "سامر", a first name, from a commander: "will" is written onto verbs alone."""
    return not prefix or prefix not in lexicon.future


def _takes_joint_only(_: Form, prefix: str, lexicon: Lexicon) -> bool:
    """Tell "كاو", a family, from "like or": onto the shortest words only "and" and "so" are written."""
    return not prefix or prefix not in lexicon.prepositions


def _keeps_article(form: Form, prefix: str, lexicon: Lexicon) -> bool:
    return lexicon.is_definite(prefix) or not lexicon.is_definite(form.text)


def _is_as_definite(form: Form, prefix: str, lexicon: Lexicon) -> bool:
    """Tell "الأمير", a title, from "أمير", an office or a name; "العلا", a city, from "علا", a word."""
    return lexicon.has_article(form.text) == lexicon.is_definite(prefix)


def _takes_no_article(form: Form, prefix: str, lexicon: Lexicon) -> bool:
    """Tell "صباح", when, from "الصباح", a family; "له", a word, from "الله", which is none."""
    return not lexicon.is_definite(prefix) or lexicon.is_definite(form.text)
