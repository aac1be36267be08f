"""The story of an article: its encounters in the order in which its clauses tell of them, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractors import sides, when
from kg.extractors.company import (
    belong,
    figures_of,
    follow_state,
    inherit_office,
    is_envoy,
    join_group,
    organization_of,
    people_of,
    severally,
    stand_for,
)
from kg.extractors.encounters import ATTENDANCE, SESSIONS, Encounter, is_same, merge
from kg.extractors.parties import assemble
from kg.extractors.parts import Part
from kg.extractors.regions import leading
from kg.extractors.subjects import subject_of_first_verb
from kg.model import EntityKind, Kind, Side, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.extractors.cast import Cast, Figure
    from kg.extractors.document import Line
    from kg.extractors.frames import Clause

_DAY = 10  # letters of a whole date: "2024-05-22"


class Story:
    """The encounters told so far; `subjects` are the persons of whom the last clause spoke.

    `companions` came along with them before any encounter was told: they take part in all.
    """

    def __init__(self, cast: Cast, lines: Sequence[Line]) -> None:
        """Begin with none; `lines` are the article's."""
        self.cast = cast
        self.lines = lines
        self.anchor = when.anchor(cast.document)
        self.series: Line | None = None
        self.half: Encounter | None = None
        self.trip: Encounter | None = None
        self.encounters: list[Encounter] = []
        self.subjects: list[Figure] = []
        self.companions: list[Figure] = []

    def read(self, line: Line) -> None:
        """Add what a line tells."""
        self.series = self.series or (line if _tells(line, "severally", "series") else None)
        # Who invited, or attended, is told of an encounter that another verb of the sentence tells.
        for clause in sorted(line.clauses, key=_waits):
            self.take(clause, line)
        if not line.clauses:
            self._name_envoys(line)

    def take(self, clause: Clause, line: Line) -> None:
        """Add what a clause tells: an encounter, more of a known one, or who attended it."""
        if clause.frame.shape == "invited" and not _tells_visit(clause, line):
            return
        subjects = figures_of(clause.subjects, self.cast) or self._holders(clause, line)
        subjects = subjects or self._visitors(clause)
        objects = figures_of(clause.objects, self.cast, subjects)
        if clause.frame.shape == "listed":
            self._list(people_of(objects))
            return
        if clause.frame.shape in ATTENDANCE:
            self._attend(clause, line, objects)
            return
        is_they = any(p.pronoun and not p.is_singular for p in clause.subjects)
        if is_they and not (self.encounters or line.is_title):
            subjects = subjects or self._last_two(line)
        if not objects and self._is_told_again(clause, subjects):
            # "They discussed developments in Lebanon" does not say where they did.
            self.encounters[-1].lines += [] if clause.frame.people else [line]
            return
        is_mutual = not (objects or clause.objects or clause.frame.subject)
        is_mutual = is_mutual and clause.frame.shape != "arrival"
        if clause.frame.shape == "both" or is_mutual:
            subjects, objects = subjects[:1], [*subjects[1:], *objects]
        if not subjects and not line.is_title and _is_elided(clause):
            subjects = list(self.subjects) or self._last_named(line, clause.first)
            is_lone = len([*subjects, *self.companions]) == 1 and _is_plural(clause)
            if is_lone and not (any(f.delegation for f in subjects) or _has_group(line, clause)):
                # "They visited Peru together": the other of them is not known.
                return
        if not objects and not line.is_title:
            objects = self._meant(clause, line, subjects)
        if not line.is_title and any(f.kind is EntityKind.PERSON for f in subjects):
            self.subjects = subjects
        inherit_office(clause, subjects, objects, self.cast)
        join_group(clause.objects, objects)
        objects = [f for f in objects if f not in subjects and not _is_visited_place(clause, f)]
        if clause.frame.people and not (people_of(subjects) and people_of(objects)):
            is_listed = any(c.frame.shape == "listed" for c in line.clauses)
            if is_listed and people_of(subjects) and clause.status == Status.HELD:
                # "أجرى لقاءات، شملت كلا من": those whom he met follow.
                self.half = self.half or Encounter(
                    clause, line, people_of(subjects), [], lines=[line]
                )
            return
        if clause.frame.kind == Kind.VISIT and subjects and not objects and not line.is_title:
            # "X est arrivé lundi à Dakar. Il a été accueilli par Y."
            self.series = self.series or line
        if line.is_title and not objects:
            self._name_subject(people_of(subjects))
        elif clause.frame.shape in SESSIONS:
            people = people_of([*subjects, *objects])
            self._sit(Encounter(clause, line, people, [], lines=[line]))
        elif (subjects and objects) or self._is_half_told(clause, line, subjects, objects):
            if clause.frame.kind == Kind.VISIT and not (people_of(objects) or line.is_title):
                # "X will visit Cyprus on Thursday. He will be received by Y."
                self.trip = self.trip or Encounter(clause, line, list(subjects), [], lines=[line])
            for group in self._groups(clause, line, objects):
                self._tell(Encounter(clause, line, list(subjects), group, lines=[line]))
        elif not line.is_title and people_of(subjects):
            half = Encounter(clause, line, list(subjects), [], lines=[line])
            self.half = half if clause.status == Status.HELD else self.half
            self.trip = self.trip or (half if clause.frame.kind == Kind.VISIT else None)

    def _face(self, clause: Clause, line: Line, people: Sequence[Figure]) -> bool:
        """Tell of an encounter by its two sides: "A was represented by X, while B was represented by Y"."""
        states = {sides.state(f) for f in people}
        others = [f for f in self.companions if sides.state(f) and sides.state(f) not in states]
        if self.encounters or None in states or not others:
            return False
        self.companions = [f for f in self.companions if f not in others]
        self._tell(Encounter(clause, line, others, list(people), lines=[line]))
        return True

    def _list(self, people: list[Figure]) -> None:
        """Add those whom a sentence names who were only "new envoys" in the one before."""
        last = self.half or next(reversed(self.encounters), None)
        if not (last and people):
            return
        is_subject = any(map(is_envoy, people)) and any(map(is_envoy, last.subjects))
        came = last.subjects if is_subject or not last.subjects else last.objects
        is_sent = any(f.kind is EntityKind.ORGANIZATION for f in last.subjects)
        if last.clause.frame.object == Side.HOST or (is_sent and len(people_of(last.objects)) > 0):
            came = last.subjects if not people_of(last.subjects) else came
        told = last.clause.subjects if came is last.subjects else last.clause.objects
        unnamed = next((p.offices for p in told if p.offices and not p.name), [])
        for figure in people:
            figure.offices += unnamed if not figure.offices else []
        sent = [f for f in came if f.kind is not EntityKind.PERSON and (f.delegation or unnamed)]
        for figure in people:
            stand_for(figure, sent)
        came[:] = [f for f in came if f not in sent]
        came += [f for f in people if f not in last.everyone]
        if last is self.half:
            self._tell(last)

    def _name_envoys(self, line: Line) -> None:
        """Read "Ces ambassadeurs, A, du Togo, et B, du Mali, ont ...": who they are of whom was told before."""
        parties = assemble(leading(line.chunks))
        last = next(reversed(self.encounters), None)
        unnamed = [*last.clause.subjects, *last.clause.objects] if last else []
        values = {p.offices[0].value for p in unnamed if p.offices and not p.name}
        is_alike = bool(parties and parties[0].offices and parties[0].offices[0].value in values)
        if is_alike and sum(bool(party.name) for party in parties) > 1:
            self._list(people_of(figures_of(parties, self.cast)))

    def _is_told_again(self, clause: Clause, subjects: Sequence[Figure]) -> bool:
        """Tell whether "they held talks in Goa" only says more of the encounter before."""
        return _is_plural(clause) and not people_of(subjects) and bool(self.encounters)

    def _meant(self, clause: Clause, line: Line, subjects: Sequence[Figure]) -> list[Figure]:
        """Find whom "him" means: the one other person of whom the sentence or those before speak."""
        if not subjects or not any(p.pronoun and p.is_singular for p in clause.objects):
            return []
        figures = self._named_before(line, clause.first, n_lines=2)
        others = [f for f in figures if f not in subjects]
        if len(others) > 1:
            others = [f for f in others if f in self.subjects]
        return others if len(others) == 1 else []

    def _name_subject(self, people: list[Figure]) -> None:
        """Take for who is only "the Russian minister" in the body whom the headline names."""
        for encounter in self.encounters if len(people) == 1 else ():
            unnamed = [p.offices for p in encounter.clause.subjects if p.offices and not p.name]
            is_unknown = not people[0].offices and not people_of(encounter.subjects)
            if is_unknown and unnamed and people[0] not in encounter.everyone:
                figure = people[0]
                figure.country = next((f.country for f in encounter.subjects if f.country), None)
                figure.offices += unnamed[0]
                encounter.subjects = people
                return

    def _groups(self, clause: Clause, line: Line, objects: list[Figure]) -> list[list[Figure]]:
        """Part those who were met one by one; where it is said, whomever they serve."""
        if _tells(line, "severally") and len(objects) == len(people_of(objects)) > 1:
            return [[figure] for figure in objects]
        return severally(objects) if self._is_parted(clause, line) else [objects]

    def _is_parted(self, clause: Clause, line: Line) -> bool:
        """Tell whether those met were met one by one; those received at once came together."""
        if clause.frame.object:
            index = self.lines.index(line)
            return any(
                _tells(told, "severally") for told in self.lines[max(0, index - 1) : index + 1]
            )
        return bool(self.series)

    def _is_half_told(
        self, clause: Clause, line: Line, subjects: Sequence[Figure], objects: Sequence[Figure]
    ) -> bool:
        """Tell whether a side is there but not named: "we were received by A", "A received the envoys"."""
        unnamed = clause.objects if subjects else clause.subjects
        # "Chacun a présenté ses lettres de créance au président": the verb alone tells of a guest.
        is_meant = clause.frame.object == "host" and bool(objects) and not line.is_title
        is_there = is_meant or any(party.pronoun or party.offices for party in unnamed)
        return is_there and bool(people_of([*subjects, *objects])) and not self.encounters

    def told(self) -> list[Encounter]:
        """Give the encounters, or else a visit; a session of one is none where there are others."""
        if not self.encounters and self.trip:
            return [self.trip]
        if not self.encounters and self.half and self.half.clause.frame.subject == Side.GUEST:
            # "L'ambassadeur X a été reçu hier": by whom is not said.
            return [self.half]
        self.encounters = [e for e in self.encounters if not self._is_told_in_parts(e)]
        others = [e for e in self.encounters if e.clause.frame.shape not in SESSIONS]
        return [
            e
            for e in self.encounters
            if e in others or not others or len(people_of(e.everyone)) > 1
        ]

    def _is_told_in_parts(self, whole: Encounter) -> bool:
        """Tell "he met the envoys of Peru and Chile" where he is told to have met one of them by name."""
        states = {sides.state(f) for f in whole.objects} - {None}
        offices = [office for party in whole.clause.objects for office in party.offices]
        is_of_many = any(map(self.cast.is_of_many, offices))
        if not is_of_many or people_of(whole.objects):
            return False
        return any(
            any(f in part.everyone for f in whole.subjects)
            and any(sides.state(f) in states for f in people_of(part.objects))
            for part in self.encounters
            if part is not whole
        )

    def _tell(self, candidate: Encounter) -> None:
        is_alike = self.trip and self.trip.clause.status == candidate.clause.status
        stage = self.half or (self.trip if is_alike else None)
        if stage and any(f in stage.subjects for f in candidate.principals):
            candidate.stage = stage.line
            frame = stage.clause.frame
            is_visit = frame.kind == Kind.VISIT or frame.shape == "arrival"
            candidate.visitors = stage.subjects if is_visit else []
        alike = (e for e in self.encounters if is_same(e, candidate))
        same = next((e for e in alike if not self._is_another_day(e, candidate)), None)
        if same:
            merge(same, candidate)
        else:
            candidate.attendees += [f for f in self.companions if f not in candidate.principals]
            self.encounters.append(candidate)

    def _is_another_day(self, old: Encounter, new: Encounter) -> bool:
        """Tell whether two encounters of the same have each a day of its own: "avait reçu, le 16 juillet".

        "يتوجه اليوم إلى الرباط للقاء نظيره غدا": one sentence tells of a visit and of its talks.
        """
        if old.line is new.line and old.clause.frame.kind == Kind.VISIT:
            return False
        document = self.cast.document
        days = [
            when.date_in(document, e.clause.sentence, e.clause.span, self.anchor)
            for e in (old, new)
            if not e.line.is_title
        ]
        values = {day.value for day in days if day and day.value and len(day.value) == _DAY}
        return len(values) > 1

    def _sit(self, candidate: Encounter) -> None:
        """Add who took part in a session: all the sessions of an article are one."""
        people = candidate.subjects
        sessions = (e for e in self.encounters if e.clause.frame.shape in SESSIONS)
        old = next((e for e in sessions if e.clause.status == candidate.clause.status), None)
        if not people or any(f in e.everyone for e in self.encounters for f in people if e != old):
            return
        if old:
            old.subjects += [f for f in people if f not in old.everyone]
            old.lines.append(candidate.line)
        else:
            self._tell(candidate)

    def _holders(self, clause: Clause, line: Line) -> list[Figure]:
        """Find who of the last subjects is meant by a bare office that several of the article hold."""
        parties = [party for party in clause.subjects if party.offices and not party.name]
        if line.is_title or len(parties) != 1 or len(clause.subjects) != 1:
            return []
        return [figure for figure in self.subjects if self.cast.holds(figure, parties[0])]

    def _visitors(self, clause: Clause) -> list[Figure]:
        """Find whom "the guest" means: who came to the place."""
        stage = self.half or self.trip
        is_visitor = any(party.is_visitor for party in clause.subjects)
        return list(stage.subjects) if stage and is_visitor else []

    def _last_named(self, line: Line, first: int) -> list[Figure]:
        """Find whom a pronoun at a token means before any clause has told: the only one named before."""
        figures = self._named_before(line, first) or self._named_before(line, -1, n_lines=3)
        return figures if len(figures) == 1 else self._opening(self.lines.index(line))

    def _opening(self, index: int) -> list[Figure]:
        """Find the subject of the first verb of the line before: "عاد الملك فلان إلى أرض الوطن ..."."""
        before = self.lines[index - 1] if index else None
        if not before or before.is_title:
            return []
        return figures_of(subject_of_first_verb(before.sentence, before.chunks), self.cast)

    def _last_two(self, line: Line) -> list[Figure]:
        """Find whom "the two ministers" means before any clause has told: the two persons named last."""
        figures = self._named_before(line, -1, n_lines=1) or self._named_before(line, -1, n_lines=2)
        return figures if len(figures) == 2 else []  # noqa: PLR2004

    def _named_before(self, line: Line, first: int, *, n_lines: int = 0) -> list[Figure]:
        """List the persons named before a token of a line and in the `n_lines` before it."""
        index = self.lines.index(line)
        chunks = (
            chunk
            for before in self.lines[max(0, index - n_lines) : index + 1]
            for chunk in before.chunks
            if chunk.part is Part.NAME
            and not before.is_title
            and (before is not line or chunk.first < first)
        )
        return list(dict.fromkeys(self.cast.of_name(chunk) for chunk in chunks))

    def _attend(self, clause: Clause, line: Line, attendees: Sequence[Figure]) -> None:
        if clause.frame.shape == "side":
            belong(clause.subjects, attendees)
        if line.is_title or (clause.frame.shape == "side" and self._face(clause, line, attendees)):
            return
        people = people_of(attendees)
        if not self.encounters and len(people) > 1 and _tells(line, "encounter"):
            self._sit(Encounter(clause, line, people, [], lines=[line]))
            return
        if not self.encounters:
            self._accompany(clause, line, people)
            self.companions += [f for f in attendees if f.kind is EntityKind.PERSON]
            return
        last = self.encounters[-1]
        self._accompany(clause, line, people)
        follow_state(attendees)
        known = last.everyone
        last.attendees += [f for f in attendees if f not in known and f.kind is EntityKind.PERSON]
        last.lines.append(line)

    def _accompany(self, clause: Clause, line: Line, people: Iterable[Figure]) -> None:
        """Let those who accompany a guest serve his state: whom the sentence told to come, or named last."""
        if not line.sentence.is_lone(clause.first, "accompanying"):
            return
        told = [c for c in line.clauses if c.first < clause.first and c.frame.subject == Side.GUEST]
        came = people_of(figures_of(told[-1].subjects, self.cast)) if told else []
        before = came or self._named_before(line, clause.first)[-1:]
        for figure in people if before else ():
            if figure.offices and not organization_of(figure):
                figure.country = figure.country or before[0].country


def _waits(clause: Clause) -> bool:
    return clause.frame.shape == "invited" or clause.opens_with_attendance


def _tells_visit(clause: Clause, line: Line) -> bool:
    """Tell whether who was invited came to visit: a summit's guests meet each other."""
    others = (c.frame for c in line.clauses if c is not clause)
    is_visit = any(frame.kind == Kind.VISIT or frame.shape == "arrival" for frame in others)
    return is_visit or _tells(line, "destination", "visiting")


def _tells(line: Line, *parts: str) -> bool:
    return any(line.sentence.tells(part) for part in parts)


def _has_group(line: Line, clause: Clause) -> bool:
    """Tell whether a group is named with somebody before a clause: "A and his team, where they met"."""
    parts = {c.part for c in line.chunks if c.last <= clause.first}
    return Part.NAME in parts and bool(parts & {Part.GROUP, Part.DELEGATION})


def _is_plural(clause: Clause) -> bool:
    return any(party.pronoun and not party.is_singular for party in clause.subjects)


def _is_elided(clause: Clause) -> bool:
    """Tell whether a clause leaves its subject to the sentence before: "He also met", "كما استقبل"."""
    return all(
        party.pronoun or (party.titles and not (party.name or party.offices or party.countries))
        for party in clause.subjects
    )


def _is_visited_place(clause: Clause, figure: Figure) -> bool:
    """Tell a place that only looks like a name: "toured Hosur and Salem" says nothing else of them."""
    is_told = figure.offices or figure.titles or figure.country or figure.organizations
    is_person = figure.kind is EntityKind.PERSON
    return clause.frame.kind == Kind.VISIT and is_person and not is_told
