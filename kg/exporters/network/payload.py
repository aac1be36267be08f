"""What the page is given: the graph as columns, gzipped, in two parts.

`core` is what the first picture needs; `proof`, the words of the articles, is unpacked after it.
"""

from __future__ import annotations

import base64
import gzip
import json
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.exporters.network.html import PAGE
from kg.exporters.network.layout import positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import networkx as nx

    from kg.exporters.network.evidence import Sentence

TYPES = ("meeting", "person", "organization", "country", "other")
RELATIONS = ("participant", "behalf", "country", "other")
KINDS = ("meeting", "visit", "call", "summit", "signing")
STATUSES = ("held", "planned", "cancelled")
SIDES = ("", "host", "guest")
MARKS = ("person", "organization", "country", "city", "venue", "date", "topic")
LANGUAGES = tuple(sorted(words.stem for words in (PAGE / "words").glob("*.json")))
PULL = {"participant": 1.0, "behalf": 0.4}

_NOTHING: Mapping[str, Any] = {}


def pack(columns: object) -> str:
    """Write as JSON, gzip, and write as base64: the same columns give the same text, anywhere."""
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode("ascii")


def steps(numbers: Iterable[int]) -> list[int]:
    """Give each number as its distance from the one before: small numbers pack well.

    >>> steps([7, 8, 10])
    [7, 1, 2]
    """
    known = list(numbers)
    return [number - before for number, before in zip(known, [0, *known], strict=False)]


def ragged(lists: Iterable[Sequence[int]]) -> list[list[int]]:
    """Give lists as their lengths and the steps from number to number."""
    known = list(lists)
    return [[len(each) for each in known], steps(number for each in known for number in each)]


class Payload:
    """A networkx graph as the two parts of the page; any graph will do, ours says most."""

    def __init__(self, graph: nx.MultiDiGraph[Any]) -> None:
        """Give a number to all that is pointed at."""
        self.graph = graph
        self.nodes: list[Any] = list(graph)
        self.number = {node: place for place, node in enumerate(self.nodes)}
        self.articles: Mapping[str, Mapping[str, str | None]] = graph.graph.get(
            "articles", _NOTHING
        )
        self.article = {article: place for place, article in enumerate(self.articles)}
        self.words: Mapping[str, Mapping[str, str]] = graph.graph.get("words", _NOTHING)
        self.word = {word: place for place, word in enumerate(self.words)}
        self.told = [graph.nodes[node] for node in self.nodes]
        self.types = [_place(TYPES, told.get("type"), -1) for told in self.told]
        self.edges = list(graph.edges(data=True))

    def core(self, at: np.ndarray[Any, Any]) -> dict[str, Any]:
        """Give nodes with their places, edges, meetings and what filters ask for."""
        meetings = [place for place, type_ in enumerate(self.types) if type_ == 0]
        return {
            "nodes": {
                "id": [str(node) for node in self.nodes],
                "type": self.types,
                "x": [round(float(x)) for x in at[:, 0]],
                "y": [round(float(y)) for y in at[:, 1]],
                "label": self._labels(),
                "alias": {
                    place: told["aliases"]
                    for place, told in enumerate(self.told)
                    if told.get("aliases")
                },
                "color": {
                    place: told["color"]
                    for place, told in enumerate(self.told)
                    if isinstance(told.get("color"), str)
                },
            },
            "meetings": {
                "node": steps(meetings),
                **self._meetings([self.told[m] for m in meetings]),
            },
            "edges": {
                "s": steps(self.number[source] for source, _, _ in self.edges),
                "t": steps(self.number[target] for _, target, _ in self.edges),
                "r": [_place(RELATIONS, told.get("relation"), -1) for _, _, told in self.edges],
                "c": [_percent(told.get("confidence")) for _, _, told in self.edges],
                "side": [_place(SIDES, told.get("side")) for _, _, told in self.edges],
                "for": [
                    self._known(self.number, told.get("behalf", ())) or 0
                    for _, _, told in self.edges
                ],
            },
            "findings": [
                [
                    self._bearer(each.node),
                    each.label,
                    each.severity,
                    dict(each.messages),
                    int(each.rejected),
                ]
                for each in self.graph.graph.get("findings", ())
            ],
            "words": {
                "id": list(self.words),
                **{code: [of.get(code, 0) for of in self.words.values()] for code in LANGUAGES},
            },
            "articles": {
                "id": list(self.articles),
                **{
                    key: [article.get(key) or 0 for article in self.articles.values()]
                    for key in ("title", "language", "publisher", "published", "url")
                },
            },
        }

    def proof(self) -> dict[str, Any]:
        """Give sentences, who stood where in them, and what was said."""
        reasons: dict[str, int] = {"": 0}
        sentences: list[Sentence] = self.graph.graph.get("sentences", [])
        statements: list[dict[str, Any]] = self.graph.graph.get("statements", [])
        marks = [
            [
                number
                for mark in sentence.marks
                for number in (
                    mark.start,
                    mark.end,
                    _place(MARKS, mark.kind),
                    self.number.get(mark.node, -1),
                    _percent(mark.confidence),
                    reasons.setdefault(mark.because, len(reasons)),
                )
            ]
            for sentence in sentences
        ]
        return {
            "sentences": {
                "article": steps(self.article.get(each.article, -1) for each in sentences),
                "text": [each.text for each in sentences],
                "language": [each.language for each in sentences],
                "marks": marks,
            },
            "reasons": list(reasons),
            "edges": [self._proof(target, told) for _, target, told in self.edges],
            "parts": [self._part(told) for _, _, told in self.edges],
            "meetings": ragged(
                told.get("evidence", ())
                for told, type_ in zip(self.told, self.types, strict=True)
                if type_ == 0
            ),
            "statements": {
                "speaker": [self.number.get(each["speaker"], -1) for each in statements],
                "act": [self.word.get(each["act"], -1) for each in statements],
                "words": [0 if each["evidence"] else each["words"] for each in statements],
                "topics": [self._known(self.word, each["topics"]) for each in statements],
                "meeting": steps(self.number.get(each["meeting"], -1) for each in statements),
                "evidence": ragged(each["evidence"] for each in statements),
            },
            # Enough to tell two texts apart; the graph holds the whole of it.
            "sha256": [(article.get("sha256") or "")[:12] for article in self.articles.values()],
            "notes": {
                place: told["title"]
                for place, told in enumerate(self.told)
                if isinstance(told.get("title"), str)
            },
            "numbers": {
                name: [told.get(name, 0) for told in self.told]
                for name in ("betweenness", "community", "bridge")
                if any(name in told for told in self.told)
            },
        }

    def places(self, start: Mapping[Any, tuple[float, float]]) -> np.ndarray[Any, Any]:
        """Lay out the graph, near where its nodes stood last."""
        # A country that is only a place stands by its meetings; one that acts, by its people.
        acting = {target for _, target, told in self.edges if told.get("relation") != "country"}
        pulls = [
            (0.0 if target in acting else 0.3)
            if (relation := told.get("relation")) == "country"
            else PULL.get(str(relation), 1.0)
            for _, target, told in self.edges
        ]
        drawn = [place for place, pull in enumerate(pulls) if pull]
        ends = [(self.number[self.edges[e][0]], self.number[self.edges[e][1]]) for e in drawn]
        edges = np.array(ends, dtype=np.intp).reshape(-1, 2)
        weights = np.array([pulls[e] for e in drawn])
        degree = np.zeros(len(self.nodes))
        np.add.at(degree, edges.ravel(), 1)
        radii = 7 + np.minimum(22, 2.2 * np.sqrt(degree))
        nowhere = (np.nan, np.nan)
        last = np.array([start.get(node, nowhere) for node in self.nodes]) if start else None
        return positions(len(self.nodes), edges, weights, radii, last)

    def _labels(self) -> dict[str, list[Any]]:
        """Give a column of labels a language; 0 where it repeats the first column or is not known."""
        plain = [str(told.get("label") or node) for node, told in self.graph.nodes(data=True)]
        named: list[Mapping[str, str]] = [told.get("labels", _NOTHING) for told in self.told]
        columns: dict[str, list[Any]] = {"": plain}
        for code in LANGUAGES:
            columns[code] = [
                label if (label := labels.get(code)) and label != known else 0
                for labels, known in zip(named, plain, strict=True)
            ]
        return columns

    def _meetings(self, told: list[Mapping[str, Any]]) -> dict[str, Any]:
        return {
            "kind": [_place(KINDS, each.get("kind")) for each in told],
            "status": [_place(STATUSES, each.get("status")) for each in told],
            "date": [each.get("date") or 0 for each in told],
            "city": [self.word.get(each.get("city") or "", -1) for each in told],
            "country": [self.number.get(each.get("country"), -1) for each in told],
            "venue": [each.get("venue") or 0 for each in told],
            "topics": [self._known(self.word, each.get("topics", ())) for each in told],
            "articles": ragged(
                self._known(self.article, each.get("articles", ())) for each in told
            ),
            "differ": {
                place: {
                    field: {value: self._known(self.article, by) for value, by in values.items()}
                    for field, values in each["disagreements"].items()
                }
                for place, each in enumerate(told)
                if each.get("disagreements")
            },
        }

    def _bearer(self, node: str) -> int:
        """Give the number of the node that shows a finding: of a participation, its meeting."""
        while node and node not in self.number:
            node = node.rpartition("/")[0]
        return self.number.get(node, -1)

    def _proof(self, target: object, told: Mapping[str, Any]) -> Sequence[int]:
        """Give the sentences of an edge, counted from the first of its meeting; none where they follow."""
        evidence: Sequence[int] = told.get("evidence", ())
        if told.get("relation") != "participant":
            return () if told.get("relation") in RELATIONS else evidence
        of_meeting = self.graph.nodes[target].get("evidence", ())
        first = of_meeting[0] if of_meeting else 0
        return () if evidence == of_meeting else [number - first for number in evidence]

    def _part(self, told: Mapping[str, Any]) -> list[Any] | int:
        """Give office, office as written, title, delegation and accreditation."""
        if told.get("relation") != "participant":
            return 0
        return [
            self._known(self.word, told.get("offices", ())),
            told.get("office_words", ()),
            told.get("title", ()),
            told.get("delegation", ()),
            self.number.get(told.get("accredited"), -1),
        ]

    @staticmethod
    def _known(numbers: Mapping[str, int], names: Iterable[str]) -> list[int]:
        return [numbers[name] for name in names if name in numbers]


def _place(names: tuple[str, ...], name: object, otherwise: int = 0) -> int:
    return names.index(str(name)) if name in names else otherwise % len(names)


def _percent(confidence: float | None) -> int:
    return 100 if confidence is None else round(100 * confidence)
