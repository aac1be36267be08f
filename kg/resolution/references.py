"""What a decision speaks of: an id, a mention or a name, found among what was read."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kg.resolution.decisions import Constraint, Word, is_name
from kg.resolution.occurrences import spell
from kg.text import fold

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from kg.model import Mention
    from kg.resolution.decisions import Decision, Decisions

    Places = frozenset[Hashable]


class References:
    """The places that each reference means; those of ids are learned pass by pass."""

    def __init__(self, places: Iterable[tuple[Hashable, str, Iterable[Mention], str]]) -> None:
        """Take in every place, its article, the mentions that mean it, and its name."""
        self._by_mention: dict[tuple[str, int, int], set[Hashable]] = defaultdict(set)
        self._by_name: dict[str, set[Hashable]] = defaultdict(set)
        self._by_id: dict[str, Places] = {}
        for place, article, mentions, name in places:
            self._by_name[_fold(name)].add(place)
            for mention in mentions:
                self._by_mention[article, mention.start, mention.end].add(place)

    def find(self, reference: str) -> Places:
        """Find the places of a name, a mention or an id."""
        if is_name(reference):
            return frozenset(self._by_name.get(_fold(reference), ()))
        if "#char=" not in reference:
            return self._by_id.get(reference, frozenset())
        article, _, offsets = reference.removeprefix("article/").partition("#char=")
        start, _, end = offsets.partition(",")
        found = self._by_mention.get((unquote(article), int(start), int(end)), ())
        return frozenset(found)

    def learn(self, wanted: Iterable[str], places: Mapping[str, Places]) -> bool:
        """Learn the ids that are wanted and new, as places tell; say whether there were any."""
        new = {id_: places[id_] for id_ in wanted if id_ in places and id_ not in self._by_id}
        self._by_id |= new
        return bool(new)


def constraints(decisions: Decisions, references: References) -> list[Constraint]:
    """Say what must be one and what must not, the latest word first."""
    found = [
        _constraint(decision, references)
        for decision in decisions.having(Word.SAME, Word.DIFFERENT)
    ]
    return [constraint for constraint in found if constraint.a and constraint.b]


def _constraint(decision: Decision, references: References) -> Constraint:
    a, b = references.find(decision.subject), references.find(decision.object)
    if decision.word is Word.SAME:
        return Constraint(True, a, b)  # noqa: FBT003  a row of a table
    # Who says that a mention is not this person means all the others of this person.
    return Constraint(False, a if a <= b else a - b, b if b <= a else b - a)  # noqa: FBT003


def _fold(name: str) -> str:
    return fold(spell(name))
