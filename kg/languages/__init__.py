"""What the reader knows of each language, from its folder of TOML; a difference between languages is a field here."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

from kg.errors import LanguageError
from kg.resources import LANGUAGES
from kg.text import fold

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Frame:
    """How a language tells of an encounter: `triggers` and where the parties stand about them.

    A trigger is a tuple of phrases with gaps between them: "held ... talks with" has two.
    `shape` is svo (subject, trigger, object), vso (trigger, subject, object), between
    (trigger, both parties), arrival (who came to a place), listed (more of the side met last), attend (trigger, more participants), attended (they stand before it), side (trigger, a state and
    those who attend for it), both (one plural subject), signed (trigger, those who sign), nominal (a
    noun with one party, the other is the sentence's subject), joint (a noun, both are), session (the
    subject takes part in it), presided (trigger, who presides), with (preposition, party, subject) or
    invited (the subject, trigger, who invited it: told last of its sentence). A `ceremony` has one host
    who receives all who come to it.
    """

    id: str
    shape: str
    kind: str | None
    status: str
    subject: str | None
    object: str | None
    marker: tuple[str, ...]
    triggers: tuple[tuple[str, ...], ...]
    infinitives: tuple[tuple[str, ...], ...]
    people: bool = False
    ceremony: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """How a language tells that somebody said something."""

    id: str
    verbs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """A language's words and frames.

    `clitics` are written onto the next word; `definite` maps each form of a glued article to the
    clitic in it ("ال" to "", "وال" to "و", "لل" to "ل"), `conjunctions` are the clitics that mean
    "and"; `verb_first` tells that subject and object both follow the verb; `premodified` that a noun's
    modifiers stand before it; `inflections` are further forms of nouns that head
    offices; `words` are lists of phrases by their part in the grammar.
    """

    code: str
    name: str
    script: str
    verb_first: bool
    has_case: bool
    premodified: bool
    clitics: tuple[str, ...]
    conjunctions: tuple[str, ...]
    definite: Mapping[str, str]
    suffixes: tuple[tuple[str, str], ...]
    inflections: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, tuple[str, ...]]
    frames: tuple[Frame, ...]
    acts: tuple[Act, ...]
    folder: Path

    def skip(self, prefix: str) -> int:
        """Count the letters of a prefix that are no part of the word behind it; a whole article stays."""
        article = next((p for p, clitic in self.definite.items() if not clitic), "")
        return len(prefix) - len(article) if article and prefix.endswith(article) else len(prefix)


@cache
def codes() -> tuple[str, ...]:
    """List the languages that have a folder."""
    return tuple(sorted(path.parent.name for path in LANGUAGES.glob("*/words.toml")))


@cache
def load(code: str) -> Language:
    """Load a language; raises LanguageError for one without a folder or with a broken file."""
    if code not in codes():
        raise LanguageError(code, "this language is not known", f"use one of {', '.join(codes())}")
    folder = LANGUAGES / code
    words, titles, frames = (
        _toml(folder / f"{name}.toml") for name in ("words", "titles", "frames")
    )
    grammar = words.pop("grammar")
    return Language(
        code=code,
        name=grammar["name"],
        script=grammar["script"],
        verb_first=grammar["verb_first"],
        has_case=grammar["has_case"],
        premodified=grammar["premodified"],
        clitics=tuple(grammar.get("clitics", ())),
        conjunctions=tuple(grammar.get("conjunctions", ())),
        definite=grammar.get("definite", {}),
        suffixes=tuple((suffix, ending) for suffix, ending in grammar.get("suffixes", ())),
        inflections={noun: tuple(f) for noun, f in grammar.get("inflections", {}).items()},
        words={name: _expand(phrases) for name, phrases in words["words"].items()},
        titles=_flat(titles),
        frames=tuple(_frame(row) for row in frames["frame"]),
        acts=tuple(Act(row, _expand(verbs)) for row, verbs in frames["acts"].items()),
        folder=folder,
    )


@cache
def dates(code: str) -> Mapping[str, Any]:
    """Load the words of dates of a language; raises LanguageError where they are missing or broken."""
    return _toml(LANGUAGES / code / "dates.toml")


@cache
def _fingerprints() -> tuple[tuple[str, str, frozenset[str]], ...]:
    return tuple(
        (code, load(code).script, frozenset(fold(word) for word in load(code).words["common"]))
        for code in codes()
    )


def detect(words: Counter[str]) -> str | None:
    """Tell a text's language by its commonest words (folded, with counts); None when none fits.

    A whole text is needed: one sentence may be all names.
    """
    known = sorted(
        (sum(words[word] for word in common), code) for code, _, common in _fingerprints()
    )
    share, code = known[-1] if known else (0, "")
    # Every language spends a fifth of its words and more on its commonest ones; a
    # foreign one shares a few of them by chance.
    return code if share * 12 >= sum(words.values()) > 0 else None


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LanguageError(path, "this file is missing", "each language has it") from None
    except tomllib.TOMLDecodeError as error:
        raise LanguageError(path, str(error), "write valid TOML") from None


def _flat(tables: dict[str, dict[str, list[str]]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(phrases) for table in tables.values() for name, phrases in table.items()}


def _expand(phrases: list[str]) -> tuple[str, ...]:
    """Write out the alternatives of each word: "a|the meeting" is two phrases."""
    choices = ([word.split("|") for word in phrase.split()] for phrase in phrases)
    return tuple(" ".join(words) for choice in choices for words in product(*choice))


def _triggers(phrases: list[str]) -> tuple[tuple[str, ...], ...]:
    parts = (phrase.split(" ... ") for phrase in _expand(phrases))
    return tuple(tuple(part) for part in parts)


def _frame(row: dict[str, Any]) -> Frame:
    return Frame(
        id=row["id"],
        shape=row["shape"],
        kind=row.get("kind"),
        status=row.get("status", "held"),
        subject=row.get("subject"),
        object=row.get("object"),
        marker=tuple(row.get("marker", ())),
        triggers=_triggers(row["triggers"]),
        infinitives=_triggers(row.get("infinitives", [])),
        people=row.get("people", False),
        ceremony=row.get("ceremony", False),
    )
