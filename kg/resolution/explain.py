"""Why an entity or a meeting is one, and what became of an id that is no more."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Link
from kg.resolution.decisions import local
from kg.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Entity, Knowledge, Meeting, Mention, Reading

_END = re.compile(r"[.!?؟](?=\s)|\n")


@dataclass(frozen=True, slots=True)
class Told:
    """A mention, why it is of its entity, and the sentence it stands in."""

    link: Link
    sentence: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why something is one, by the mentions of an entity or the reports of a meeting."""

    of: Entity | Meeting
    told: tuple[Told, ...]


def explain(
    knowledge: Knowledge, name: str, readings: Iterable[Reading]
) -> tuple[Explanation, ...]:
    """Tell why what has that id, or is called so, is one: every mention, score, reason, sentence."""
    wanted, folded = local(name), fold(name)
    things = {each.id: each for each in _things(knowledge, wanted, folded)}
    told: dict[str, list[Link]] = defaultdict(list)
    for link in (*knowledge.links, *_reports(knowledge)):
        if link.entity in things:
            told[link.entity].append(link)
    named = {link.article for links in told.values() for link in links}
    texts = {each.article.id: each for each in readings if each.article.id in named}
    return tuple(
        Explanation(
            thing,
            tuple(Told(link, sentence(texts[link.article], link.mention)) for link in told[id_]),
        )
        for id_, thing in things.items()
    )


def sentence(reading: Reading, mention: Mention) -> str:
    """Find the sentence in which a mention stands, as the extractor cut it or else as stops do."""
    cuts = (
        *(meeting.evidence for meeting in reading.meetings),
        *(statement.evidence for statement in reading.statements),
    )
    for cut in cuts:
        if cut.start <= mention.start and mention.end <= cut.end:
            return cut.text
    text = reading.article.text
    start = max((each.end() for each in _END.finditer(text, 0, mention.start)), default=0)
    end = _END.search(text, mention.end)
    return text[start : end.end() if end else None].strip()


def _things(knowledge: Knowledge, wanted: str, folded: str) -> Iterator[Entity | Meeting]:
    for entity in knowledge.entities:
        names = (name.text for name in (*entity.names, *entity.aliases))
        if entity.id == wanted or folded in map(fold, names):
            yield entity
    yield from (meeting for meeting in knowledge.meetings if meeting.id == wanted)


def _reports(knowledge: Knowledge) -> Iterator[Link]:
    """Link what makes an article tell of a meeting to the meeting."""
    for meeting in knowledge.meetings:
        for report in meeting.reports:
            told = report.mention
            yield Link(report.article, told.trigger, meeting.id, report.score, report.because)
