"""Who said it, and in which meeting; where the article leaves the speaker open, so does this."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.model import Said
from kg.resolution.occurrences import Place, spell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.model import Mention, Reading, Statement


def said(
    reading: Reading,
    entities: Mapping[Place, str],
    meetings: Mapping[tuple[str, int], str],
) -> list[Said]:
    """Give the statements of an article their speakers and meetings."""
    return [
        Said(
            id=f"statement/{quote(reading.article.id, safe='')}-{key[0]}-{key[1]}",
            article=reading.article.id,
            statement=statement,
            speaker=party and entities[Place(reading.article.id, *party)],
            meeting=None if n is None else meetings[reading.article.id, n],
        )
        for key, statement in _distinct(reading.statements).items()
        for party in [_speaker(reading, statement)]
        for n in [party[0] if party else _only_meeting(reading)]
    ]


def _distinct(statements: Sequence[Statement]) -> dict[tuple[int, int], Statement]:
    return {(each.act.start, each.words.start): each for each in statements}


def _speaker(reading: Reading, statement: Statement) -> tuple[int, int] | None:
    """Find the speaker among the parties, in the last meeting told before the statement."""
    if statement.speaker is None:
        return None
    found = [
        (meeting.evidence.start <= statement.words.start, meeting.evidence.start, -k, n)
        for n, meeting in enumerate(reading.meetings)
        for k, party in enumerate(meeting.participants)
        if _is_called(statement.speaker, (party.mention, *party.others))
    ]
    if not found:
        return None
    *_, k, n = max(found, key=lambda each: each if each[0] else (False, -each[1], each[2], each[3]))
    return n, -k


def _is_called(speaker: Mention, names: Sequence[Mention]) -> bool:
    return spell(speaker.text) in {spell(name.text) for name in names}


def _only_meeting(reading: Reading) -> int | None:
    return 0 if len(reading.meetings) == 1 else None
