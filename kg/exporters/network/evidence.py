"""The sentences that prove an edge, with the names, places and dates marked in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.exporters.network.facts import Facts, Value

MARKED = frozenset({"person", "organization", "country", "city", "venue", "date", "topic"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A name, place or date inside a sentence; offsets count code points from the sentence's start."""

    start: int
    end: int
    kind: str
    node: str | None = None
    confidence: float | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article, word for word."""

    article: str
    start: int
    text: str
    language: str
    marks: tuple[Mark, ...] = ()


class _Mention(NamedTuple):
    article: str
    start: int
    end: int
    id: str


# RFC 5147: the name of a mention says where it stands.
_PLACE = re.compile(r"(?P<article>.*)#char=(?P<start>\d+),(?P<end>\d+)\Z", re.DOTALL)


class Evidence:
    """All sentences of a graph, and which of them hold a mention."""

    def __init__(self, said: Facts) -> None:
        """Read the mentions of all articles."""
        self.sentences: list[Sentence] = []
        # The name of a city may mean its country, too.
        self._kinds = {id_: min(kinds).text for id_, kinds in said.column("mentionKind").items()}
        self._exact = {id_: exact[0] for id_, exact in said.column("exact").items()}
        self._nodes = {id_: min(nodes).text for id_, nodes in said.column("refersTo").items()}
        self._confidence = {
            id_: float(value[0].text) for id_, value in said.column("confidence").items()
        }
        self._because = {
            id_: " ".join(sorted(reason.text for reason in reasons))
            for id_, reasons in said.column("because").items()
        }
        self._number: dict[str, int] = {}
        by_article: dict[str, list[_Mention]] = defaultdict(list)
        for id_ in self._kinds:
            if (place := _PLACE.match(id_)) and id_ in self._exact:
                mention = _Mention(place["article"], int(place["start"]), int(place["end"]), id_)
                by_article[mention.article].append(mention)
        for article in sorted(by_article):
            self._lay(sorted(by_article[article], key=lambda known: (known.start, -known.end)))

    def of(self, mentions: Iterable[Value]) -> tuple[int, ...]:
        """Give the numbers of sentences that hold these mentions; a name outside of all stands for itself."""
        known = [each.text for each in mentions if each.text in self._exact]
        held = {self._number[each] for each in known if each in self._number}
        if not held:
            # A dateline is no sentence, and no proof that two people met.
            names = (each for each in known if self._kinds.get(each) not in {"date", "city"})
            held = {self._alone(each) for each in names if _PLACE.match(each)}
        return tuple(sorted(held))

    def confidence(self, mentions: Iterable[Value]) -> float | None:
        """Say how sure the surest of these mentions is of whom it names."""
        known = (self._confidence.get(each.text) for each in mentions)
        return max((each for each in known if each is not None), default=None)

    def _lay(self, mentions: list[_Mention]) -> None:
        sentences = [each for each in mentions if self._kinds[each.id] == "sentence"]
        starts = [each.start for each in sentences]
        held: list[list[_Mention]] = [[] for _ in sentences]
        for mention in mentions:
            place = bisect_right(starts, mention.start) - 1
            if place >= 0 and mention.end <= sentences[place].end:
                self._number[mention.id] = len(self.sentences) + place
                if self._kinds[mention.id] in MARKED:
                    held[place].append(mention)
        for sentence, marked in zip(sentences, held, strict=True):
            self.sentences.append(self._sentence(sentence, marked))

    def _alone(self, id_: str) -> int:
        place = _PLACE.match(id_)
        if id_ not in self._number and place:
            mention = _Mention(place["article"], int(place["start"]), int(place["end"]), id_)
            self._number[id_] = len(self.sentences)
            self.sentences.append(self._sentence(mention, [mention]))
        return self._number[id_]

    def _sentence(self, whole: _Mention, marked: list[_Mention]) -> Sentence:
        marks: list[Mark] = []
        for each in marked:
            start, end = each.start - whole.start, each.end - whole.start
            if not marks or start >= marks[-1].end:
                marks.append(
                    Mark(
                        start,
                        end,
                        self._kinds[each.id],
                        self._nodes.get(each.id),
                        self._confidence.get(each.id),
                        self._because.get(each.id, ""),
                    )
                )
        text, language = self._exact[whole.id]
        return Sentence(whole.article, whole.start, text, language, tuple(marks))
