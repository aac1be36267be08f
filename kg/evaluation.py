"""What was read, scored against what a human read: precision, recall and F1 by language and slot.

A label is a JSON object a line: `id`, `lang` and `meetings`, each with its participants. What was
read are the answers to the queries `meetings` and `participants`, a mapping of column to value a row.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

# Spellings of one letter that writers use in turn: alef with its hamzas, alef maqsura, ta marbuta.
_VARIANTS = str.maketrans("أإآٱىؤئة", "اااايويه")
_PARTICLES = frozenset(
    ["al", "el", "bin", "ben", "ibn", "bint", "abu", "de", "von", "van", "ال", "بن", "ابن"]
)
_ALL = "all"

Fields = dict[str, Any]


class Tally(NamedTuple):
    """How many values a human read, the machine read, and both read alike."""

    gold: int = 0
    found: int = 0
    right: int = 0

    def plus(self, other: Tally) -> Tally:
        """Count both."""
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """Tell how much of what was read is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Tell how much of what is there was read."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Balance the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Miss(NamedTuple):
    """A value that the human and the machine read otherwise, either of them None; `near` is a name beside it."""

    article: str
    slot: str
    gold: str | None
    found: str | None
    near: str | None


@dataclass(frozen=True, slots=True)
class Slot:
    """A field of a person or of a meeting, its name in the labels and in the answers, and when two are alike."""

    name: str
    gold: str
    found: str
    same: Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The tallies by (language, slot), with the language "all" for all, and every miss."""

    tallies: Mapping[tuple[str, str], Tally]
    misses: tuple[Miss, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """List the languages, "all" at the end."""
        return (*sorted({code for code, _ in self.tallies} - {_ALL}), _ALL)


def read_labels(path: Path) -> Iterator[Fields]:
    """Read the labels of a file; articles without a list of meetings are not labelled yet."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            label = json.loads(line) if line.strip() else {}
        except json.JSONDecodeError as error:
            what = f"this line is not JSON: {error.msg}"
            raise KgError(f"{path}:{number}", what, "write one JSON object a line") from None
        if "meetings" in label:
            yield label


def evaluate(
    labels: Iterable[Fields],
    meetings: Iterable[Mapping[str, str | None]],
    participants: Iterable[Mapping[str, str | None]],
) -> Evaluation:
    """Compare what was read with the labels, article by article."""
    gold = {label["id"]: label for label in labels}
    found = _assemble(gold.keys(), meetings, participants)
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    misses: list[Miss] = []
    for name, label in gold.items():
        for slot, tally, missed in _compare(label["meetings"], found[name]):
            for language in (label.get("lang", "?"), _ALL):
                tallies[language, slot] = tallies[language, slot].plus(tally)
            misses += [Miss(name, slot, *miss) for miss in missed]
    return Evaluation(dict(tallies), tuple(misses))


def fold(text: str | None) -> str:
    """Take case, accents, spelling variants and punctuation away.

    >>> fold("Al-Moghedi, É."), fold("أمين")
    ('al moghedi e', 'امين')
    """
    decomposed = unicodedata.normalize("NFKD", (text or "").translate(_VARIANTS))
    letters = (c for c in decomposed if not unicodedata.combining(c) and c != "\u0640")
    return re.sub(r"[\W_]+", " ", "".join(letters).casefold()).strip()


def same_name(gold: str | None, found: str | None) -> bool:
    """Tell whether two are one name: a word may be lost or added, and letters be spelt otherwise.

    >>> same_name("Mohammed Saeed Al-Moghedi", "Mohammed Al-Moghedi")
    True
    """
    a, b = _name_words(gold), _name_words(found)
    if not a or not b:
        return False
    if sorted(a) == sorted(b):
        return True
    is_part = set(b) < set(a) or set(a) < set(b)
    if len(a) >= 3 and len(b) >= 2 and is_part and abs(len(a) - len(b)) <= 1:  # noqa: PLR2004
        return True
    return _likeness(" ".join(a), " ".join(b)) >= 0.88  # noqa: PLR2004


def same_words(gold: str, found: str, least: float = 0.55) -> bool:
    """Tell whether most words of the shorter stand in the longer, or the letters are much alike."""
    a, b = set(fold(gold).split()), set(fold(found).split())
    if not a or not b:
        return False
    shared = len(a & b) / min(len(a), len(b))
    return shared >= 0.67 or _likeness(fold(gold), fold(found)) >= least  # noqa: PLR2004


def _same_country(gold: str, found: str) -> bool:
    return gold.upper() == found.upper()[-2:]


def _same_side(gold: str, found: str) -> bool:
    return gold == re.split("[#/]", found.lower())[-1]


_OF_PERSON = (
    Slot("role", "role", "role", same_words),
    Slot("organization", "org", "organization", same_words),
    Slot("country represented", "country", "country", _same_country),
    Slot("host or guest", "side", "side", _same_side),
)
_OF_MEETING = (
    Slot("date", "date", "date", lambda gold, found: found[: len(gold)] == gold),
    Slot("city", "city", "city", lambda gold, found: same_words(gold, found, 0.8)),
    Slot("place's country", "country", "country", _same_country),
)

# The gold value, the found one, and a name beside them.
_Missed = tuple[str | None, str | None, str | None]
_Compared = tuple[str, Tally, list[_Missed]]


def _compare(golds: Sequence[Fields], founds: Sequence[Fields]) -> Iterator[_Compared]:
    """Compare the meetings of one article, slot by slot."""
    has, finds = bool(golds), bool(founds)
    yield "article has a meeting", Tally(has, finds, has and finds), []

    meetings = _pair(golds, founds, _overlap)
    yield (
        "meeting",
        Tally(len(golds), len(founds), len(meetings)),
        _alone(golds, founds, meetings, _title),
    )

    theirs, ours = _people(golds), _people(founds)
    people = _pair(theirs, ours, lambda g, f: same_name(g["mention"], f.get("mention")))
    tally = Tally(len(theirs), len(ours), len(people))
    yield "person in a meeting", tally, _alone(theirs, ours, people, _first)

    yield from (_compare_slot(slot, people) for slot in _OF_PERSON)
    yield from (_compare_slot(slot, meetings) for slot in _OF_MEETING)


def _compare_slot(slot: Slot, pairs: Iterable[tuple[Fields, Fields]]) -> _Compared:
    tally = Tally()
    missed: list[_Missed] = []
    for one, other in pairs:
        gold, found = one.get(slot.gold) or None, other.get(slot.found) or None
        is_right = gold is not None and found is not None and slot.same(gold, found)
        tally = tally.plus(Tally(bool(gold), bool(found), is_right))
        if (gold or found) and not is_right:
            missed.append((gold, found, _first(one)))
    return slot.name, tally, missed


def _assemble(
    known: Iterable[str],
    meetings: Iterable[Mapping[str, str | None]],
    participants: Iterable[Mapping[str, str | None]],
) -> Mapping[str, list[Fields]]:
    """Put the rows of both answers together, by article."""
    names = frozenset(known)
    found: dict[str, dict[str, Fields]] = defaultdict(dict)
    for row in map(_bound, meetings):
        meeting = found[_article(row, names)].setdefault(row["meeting"], {"participants": []})
        meeting.update(row)
    for row in map(_bound, participants):
        told = found[_article(row, names)].get(row["meeting"])
        if told and all(one.get("mention") != row.get("mention") for one in told["participants"]):
            told["participants"].append(row)
    return defaultdict(list, {name: list(told.values()) for name, told in found.items()})


def _bound(row: Mapping[str, str | None]) -> dict[str, str]:
    return {column: value for column, value in row.items() if value}


def _article(row: Mapping[str, str], names: frozenset[str]) -> str:
    stem = re.split("[/#]", row.get("article", ""))[-1]
    return stem if stem in names else re.sub(r"\.\w+$", "", stem)


def _pair(
    golds: Sequence[Fields], founds: Sequence[Fields], likeness: Callable[[Fields, Fields], float]
) -> list[tuple[Fields, Fields]]:
    """Pair the likest first, each once."""
    scored = [(-likeness(g, f), i, j) for i, g in enumerate(golds) for j, f in enumerate(founds)]
    used_gold, used_found, pairs = set(), set(), []
    for score, i, j in sorted(scored):
        if score < 0 and i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((golds[i], founds[j]))
    return pairs


def _alone(
    golds: Sequence[Fields],
    founds: Sequence[Fields],
    pairs: Sequence[tuple[Fields, Fields]],
    words: Callable[[Fields], str | None],
) -> list[_Missed]:
    """List what has no partner, in words."""
    paired = {id(one) for pair in pairs for one in pair}
    lost: list[_Missed] = [
        (words(one), None, _first(one)) for one in golds if id(one) not in paired
    ]
    return lost + [(None, words(one), _first(one)) for one in founds if id(one) not in paired]


def _overlap(gold: Fields, found: Fields) -> float:
    """Measure how many participants two meetings share; the same date decides between equals."""
    theirs, ours = gold["participants"], found["participants"]
    shared = sum(same_name(g["mention"], f.get("mention")) for g in theirs for f in ours)
    if not shared:
        return 0.0
    return shared / max(len(theirs), len(ours), 1) + (gold.get("date") == found.get("date")) * 0.2


def _people(meetings: Iterable[Fields]) -> list[Fields]:
    people = (one for meeting in meetings for one in meeting["participants"])
    return [one for one in people if one.get("type", "person") == "person"]


def _title(meeting: Fields) -> str:
    names = " + ".join(one.get("mention") or "?" for one in meeting["participants"])
    return f"{meeting.get('kind') or 'meeting'} of {names}"


def _first(record: Fields) -> str | None:
    """Find the name of a person, or the first name of a meeting."""
    mentions = (one.get("mention") for one in (record, *record.get("participants", ())))
    return next((mention for mention in mentions if mention), None)


def _name_words(text: str | None) -> list[str]:
    words = fold(text).split()
    return [word for word in words if word not in _PARTICLES] or words


def _likeness(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b).ratio()
