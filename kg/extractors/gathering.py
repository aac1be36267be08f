"""All that a language's files and the gazetteers know by name, as forms."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg import compiled, gazetteers, languages, text
from kg.extractors import forms
from kg.extractors.forms import Form, Label
from kg.gazetteers import Sort
from kg.resources import GAZETTEERS, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.languages import Language

_SORTS = {
    Sort.COUNTRY: Label.COUNTRY,
    Sort.CITY: Label.CITY,
    Sort.ORGANIZATION: Label.ORGANIZATION,
    Sort.OFFICE: Label.OFFICE,
    Sort.GIVEN_NAME: Label.GIVEN_NAME,
}
# Lists that other passes read as they are.
_NOT_LOOKED_UP = frozenset(
    {
        "abbreviation",
        "accompanying",
        "adverb_endings",
        "body",
        "city_place",
        "common",
        "condition",
        "night_of",
        "night_to",
        "palace",
        "past_endings",
        "plural_endings",
        "port_end",
        "possessive_endings",
        "province",
        "soft",
        "surname",
        "future_clitic",
        "like_clitic",
        "imperfect",
        "place_clitic",
        "unaccented",
        "unit",
        "verbal_noun",
    }
)


@cache
def sources() -> tuple[Path, ...]:
    """List the files that forms are gathered from, and those that say how."""
    makers = (
        __file__,
        *(str(each.__file__) for each in (compiled, forms, gazetteers, languages, text)),
    )
    lexicon = Path(__file__).with_name("lexicon.py")
    words = (path for path in LANGUAGES.glob("*/*.toml") if path.stem != "examples")
    return (*sorted(GAZETTEERS.glob("*.ttl")), *sorted(words), lexicon, *map(Path, makers))


def gather(language: Language) -> Iterator[Form]:
    """Give the forms of a language and of the gazetteers; some may come twice."""
    for frame in language.frames:
        for trigger in (*frame.triggers, *frame.infinitives):
            yield Form(Label.TRIGGER, frame.id, trigger[0])
    for act in language.acts:
        yield from (Form(Label.ACT, act.id, verb) for verb in act.verbs)
    for name, phrases in language.titles.items():
        yield from (Form(Label.TITLE, name, phrase) for phrase in phrases)
    for part, phrases in language.words.items():
        if part in _NOT_LOOKED_UP:
            continue
        yield from (Form(Label.WORD, part, phrase) for phrase in phrases)
    state_nouns = language.words.get("state_noun", ())
    languages_read = {language.code, ""}
    for sort, label in _SORTS.items():
        for entry in gazetteers.entries(sort):
            for known in (*entry.names, *entry.aliases):
                if known.language in languages_read or (
                    label is Label.ORGANIZATION and known.text.isupper()
                ):
                    yield Form(label, entry.id, known.text)
                    head, _, rest = known.text.partition(" ")
                    for inflected in language.inflections.get(head, ()) if rest else ():
                        yield Form(label, entry.id, f"{inflected} {rest}")
                    for noun in state_nouns if label is Label.COUNTRY else ():
                        yield Form(label, entry.id, f"{noun} {known.text}")
            for demonym in entry.demonyms:
                if demonym.language == language.code:
                    yield Form(Label.DEMONYM, entry.id, demonym.text)
