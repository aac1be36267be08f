"""An encounter as its clauses tell it, and whether two that are told are one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.extractors import sides
from kg.extractors.places import Place
from kg.model import EntityKind, Kind, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extractors.cast import Figure
    from kg.extractors.document import Line
    from kg.extractors.frames import Clause
    from kg.extractors.parts import Span
    from kg.model import Mention

ATTENDANCE = frozenset({"attend", "attended", "side"})
SESSIONS = frozenset({"session", "presided", *ATTENDANCE})


@dataclass(slots=True, eq=False)
class Encounter:
    """A meeting as its clauses tell it.

    `sides` holds who is said to receive and to be received, `visitors` who had come to the place.
    """

    clause: Clause
    line: Line
    subjects: list[Figure]
    objects: list[Figure]
    attendees: list[Figure] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    place: Place = field(default_factory=Place)
    date: Mention | None = None
    context: list[Line] = field(default_factory=list)
    stage: Line | None = None
    sides: dict[Figure, Side] = field(default_factory=dict)
    visitors: list[Figure] = field(default_factory=list)

    @property
    def principals(self) -> list[Figure]:
        """Give the parties of the clause, subjects first."""
        return [*self.subjects, *self.objects]

    @property
    def everyone(self) -> list[Figure]:
        """Give the parties and the attendees, each once."""
        return list(dict.fromkeys([*self.principals, *self.attendees]))


def is_call(encounter: Encounter) -> bool:
    """Tell whether nobody travelled: a telephone or video call, as the verb or its sentence says."""
    kind, sentence = encounter.clause.frame.kind, encounter.clause.sentence
    return kind == Kind.CALL or (not kind and sentence.tells("call"))


def is_same(old: Encounter, new: Encounter) -> bool:
    """Tell whether two encounters are of the same parties, however they are told."""
    if _is_talks_of_visit(old, new) or _completes(old, new) or _is_ceremony(old, new):
        return True
    if old.clause.status != new.clause.status and not new.line.is_title:
        return False
    everyone = old.everyone
    known = [f for f in new.principals if f in everyone]
    if any(f in new.subjects for f in known) and any(f in new.objects for f in known):
        return True
    rest = [f for f in new.principals if f not in known]
    if known and new.line.is_title and all(f.kind is not EntityKind.PERSON for f in rest):
        # "White House receives X": in a headline a body stands for its people.
        return True
    return bool(known) and all(_stands_for(group, everyone) for group in rest)


def _is_ceremony(old: Encounter, new: Encounter) -> bool:
    """Tell whether more envoys are named of those whom a host received with their letters of credence."""
    is_told = old.clause.frame.ceremony or all(f.kind is EntityKind.COUNTRY for f in _came(old))
    is_one_host = any(f in _hosts(old) for f in _hosts(new))
    return new.clause.frame.ceremony and is_told and is_one_host and not new.line.is_title


def _hosts(encounter: Encounter) -> list[Figure]:
    return [f for f, side in sides.told(encounter).items() if side is Side.HOST]


def _came(encounter: Encounter) -> list[Figure]:
    return encounter.subjects if encounter.clause.frame.object == Side.HOST else encounter.objects


def _completes(old: Encounter, new: Encounter) -> bool:
    """Tell whether the side that was not named before is named now."""
    is_half = not (old.subjects and old.objects) and old.clause.frame.shape not in SESSIONS
    is_known = bool(old.principals) and all(f in new.principals for f in old.principals)
    return is_half and is_known and old.clause.status == new.clause.status


def _stands_for(group: Figure, everyone: Iterable[Figure]) -> bool:
    """Tell whether a state or an organization is only another word for someone already there."""
    if group.kind is EntityKind.PERSON:
        return False
    values = {span.value for f in everyone for span in _affiliations(f)}
    own = {group.name.value, group.country.value if group.country else None} - {None}
    return bool(own & values)


def _affiliations(figure: Figure) -> Iterator[Span]:
    yield from figure.organizations
    for office in figure.offices:
        yield from office.organizations
    if figure.country:
        yield figure.country


def _is_talks_of_visit(old: Encounter, new: Encounter) -> bool:
    """Tell whether a visit to a state, told so far without any host, goes on with talks."""
    return (
        (old.clause.frame.kind == Kind.VISIT or old.clause.frame.object == Side.HOST)
        and bool(old.objects)
        and all(f.kind is EntityKind.COUNTRY for f in old.objects)
        and any(f.kind is EntityKind.PERSON for f in new.objects)
        and all(f in old.subjects for f in new.subjects)
        and new.clause.frame.kind != Kind.CALL
        and not new.line.is_title
    )


def merge(old: Encounter, new: Encounter) -> None:
    """Add to an encounter what is told of it again."""
    if _is_talks_of_visit(old, new):
        country = old.objects[0].country
        for figure in new.objects:
            figure.country = figure.country or country
        old.sides = dict.fromkeys(old.subjects, Side.GUEST) | dict.fromkeys(new.objects, Side.HOST)
        old.place.country = old.objects[0].name
        old.clause, old.objects, old.line = new.clause, list(new.objects), new.line
        old.lines.append(new.line)
        return
    everyone, further = old.everyone, (new.subjects, new.objects)
    if new.clause.frame.object and new.clause.frame.object == old.clause.frame.subject:
        # "Le président a reçu les ambassadeurs. A et B lui ont présenté leurs lettres."
        further = (new.objects, new.subjects)
        _name_envoys(old, new.subjects)
    for own, others in zip((old.subjects, old.objects), further, strict=True):
        for figure in others:
            is_known = figure in everyone or _stands_for(figure, everyone)
            if not is_known and (figure.kind is EntityKind.PERSON or not new.line.is_title):
                own.append(figure)
    old.lines.append(new.line)
    frame = new.clause.frame
    if frame.subject and not old.clause.frame.subject and not old.sides:
        old.sides = sides.told(new)


def _name_envoys(old: Encounter, envoys: list[Figure]) -> None:
    """Put those who are named in the place of as many envoys of whom only the states were told."""
    states = [f for f in old.objects if f.kind is EntityKind.COUNTRY]
    if len(states) != len(envoys) or any(f.country or f.offices for f in envoys):
        return
    office = next((p.offices[0] for p in old.clause.objects if p.offices and not p.name), None)
    for figure, sender in zip(envoys, states, strict=True):
        figure.country = sender.country
        figure.offices += [replace(office, country=sender.country)] if office else []
    old.objects[:] = [f for f in old.objects if f not in states]
