"""What the user said, which always wins: a table that a spreadsheet opens, one decision a line.

    decision,subject,object,language,note
    same,person/tariq-al-harbi,طارق الحربي,,the same man
    different,"article/7#char=12,30",person/tariq-al-harbi,,his namesake
    name,person/tariq-al-harbi,Tariq Al Harbi,en,
    id,طارق الحربي,tariq-al-harbi,,

A subject, and the object of `same` and `different`, is an id, a mention or a name as an article writes it.
Of two decisions that cannot both be obeyed the later wins.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from kg.errors import DecisionError

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from pathlib import Path

COLUMNS = ("decision", "subject", "object", "language", "note")
_HOME = "https://w3id.org/dipkg/id/"
_MENTION = re.compile(r"article/[^#]+#char=\d+,\d+")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FOLDERS = ("person/", "organization/", "country/", "meeting/", "article/")


class Word(StrEnum):
    """What a user can decide."""

    SAME = "same"
    DIFFERENT = "different"
    NAME = "name"
    ID = "id"


class Decision(NamedTuple):
    """One line of the table."""

    word: Word
    subject: str
    object: str
    language: str = ""
    note: str = ""

    @property
    def id(self) -> str:
        """Give the id that it decides, without its folder."""
        return self.object.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that the user said, in the order in which it was said."""

    decisions: tuple[Decision, ...] = ()

    def having(self, *words: Word) -> list[Decision]:
        """List the decisions of some kinds, the latest first: it wins."""
        return [decision for decision in reversed(self.decisions) if decision.word in words]

    def references(self) -> set[str]:
        """Collect all ids, mentions and names that it speaks of."""
        subjects = {decision.subject for decision in self.decisions}
        return subjects | {d.object for d in self.having(Word.SAME, Word.DIFFERENT)}

    def adding(self, *decisions: Decision) -> Decisions:
        """Add decisions, as the last word."""
        return Decisions((*self.decisions, *decisions))

    def without(self, *decisions: Decision) -> Decisions:
        """Take decisions back."""
        return Decisions(tuple(each for each in self.decisions if each not in decisions))


NONE = Decisions()


class Constraint(NamedTuple):
    """That what stands in these places is, or is not, what stands in those."""

    is_same: bool
    a: frozenset[Hashable]
    b: frozenset[Hashable]

    def numbers(self, of: Mapping[Any, int]) -> tuple[list[int], list[int]]:
        """Give the numbers of what stands here and there, where it still stands."""
        a, b = ({of[place] for place in places if place in of} for places in (self.a, self.b))
        return sorted(a), sorted(b)


def read(path: Path) -> Decisions:
    """Read a table of decisions; a spreadsheet may have put semicolons between the columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        file.seek(0)
        rows = csv.reader(file, delimiter=max(",;\t", key=first.count))
        found: list[Decision] = []
        for row in rows:
            cells = [cell.strip() for cell in row]
            is_comment = not any(cells) or cells[0].startswith("#")
            if not is_comment and tuple(cells[:1]) != COLUMNS[:1]:
                found.append(_decision(cells, f"{path}:{rows.line_num}"))
    return Decisions(tuple(found))


def write(decisions: Decisions, path: Path) -> None:
    """Write a table of decisions that spreadsheets read as UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *decisions.decisions])


def local(reference: str) -> str:
    """Take the home of all ids off an IRI."""
    return reference.strip("<>").removeprefix(_HOME)


def is_name(reference: str) -> bool:
    """Tell a name from an id and a mention."""
    return not reference.startswith(_FOLDERS)


def is_mention(reference: str) -> bool:
    """Tell whether a reference is to one mention."""
    return "#" in reference


def mention_id(article: str, start: int, end: int) -> str:
    """Write where a mention stands, as its id does."""
    return f"article/{quote(article, safe='')}#char={start},{end}"


def _decision(cells: list[str], where: str) -> Decision:
    word, subject, object_, language, note, *_ = (*cells, "", "", "", "", "")
    if word not in set(Word):
        known = ", ".join(Word)
        raise DecisionError(where, f"{word!r} is no decision", f"write one of {known}")
    if not (subject and object_):
        raise DecisionError(where, f"{word!r} needs a subject and an object", "fill both columns")
    for reference in (local(subject), local(object_)):
        if "#" in reference and not _MENTION.fullmatch(reference):
            mend = "write article/<id>#char=<start>,<end>"
            raise DecisionError(where, f"{reference!r} is no mention", mend)
    decision = Decision(Word(word), local(subject), local(object_), language, note)
    match decision.word:
        case Word.NAME if not language:
            raise DecisionError(where, "a name needs a language", 'write a code such as "en"')
        case Word.ID if not _ID.fullmatch(decision.id):
            mend = "write small ASCII letters, digits and hyphens"
            raise DecisionError(where, f"{object_!r} is no id", mend)
        case Word.SAME | Word.DIFFERENT if decision.subject == decision.object:
            raise DecisionError(where, "subject and object are the same", "name two")
    return decision
