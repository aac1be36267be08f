"""From clauses to meetings: who met whom, told once however often the article tells it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.extractors import places, sides, states, topics, when
from kg.extractors.chunks import Part, Span
from kg.extractors.parties import Party
from kg.extractors.places import Place
from kg.model import (
    EntityKind,
    Kind,
    MeetingMention,
    Mention,
    MentionKind,
    Participant,
    Side,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.extractors.cast import Cast, Figure
    from kg.extractors.chunks import Chunk
    from kg.extractors.document import Document, Line
    from kg.extractors.frames import Clause

_ATTENDANCE = frozenset({"attend", "attended", "side"})
_MANY_STATES = 3
_MENTION_KINDS = {
    EntityKind.PERSON: MentionKind.PERSON,
    EntityKind.ORGANIZATION: MentionKind.ORGANIZATION,
    EntityKind.COUNTRY: MentionKind.COUNTRY,
}


@dataclass(slots=True, eq=False)
class Encounter:
    """A meeting as its clauses tell it; `sides` holds who is said to receive and to be received."""

    clause: Clause
    line: Line
    subjects: list[Figure]
    objects: list[Figure]
    attendees: list[Figure] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    place: Place = field(default_factory=Place)
    date: Mention | None = None
    sides: dict[Figure, Side] = field(default_factory=dict)

    @property
    def principals(self) -> list[Figure]:
        """Give the parties of the clause, subjects first."""
        return [*self.subjects, *self.objects]

    @property
    def everyone(self) -> list[Figure]:
        """Give the parties and the attendees, each once."""
        return list(dict.fromkeys([*self.principals, *self.attendees]))


def read(document: Document, cast: Cast) -> tuple[MeetingMention, ...]:
    """Read the meetings of a document, in the order in which its body tells of them."""
    body = [line for line in document.lines if not line.is_title]
    titles = [line for line in document.lines if line.is_title]
    story = _Story(cast)
    for line in (*body, *titles):
        for clause in line.clauses:
            story.take(clause, line)
    encounters = [e for e in story.encounters if _is_meeting(e)]
    dateline = places.dateline(document)
    anchor = when.anchor(document)
    home = states.home(document, cast, dateline)
    for encounter in encounters:
        _place(encounter, dateline)
        states.serve(encounter, home)
        encounter.sides = sides.assign(document, encounter)
        _place_at_host(encounter, home)
        encounter.date = _date(document, encounter, anchor)
    return tuple(_mention(document, cast, encounter) for encounter in encounters)


# Clauses


class _Story:
    """The encounters told so far; `subjects` are the persons of whom the last clause spoke.

    `companions` came along with them before any encounter was told: they take part in all.
    """

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.encounters: list[Encounter] = []
        self.subjects: list[Figure] = []
        self.companions: list[Figure] = []

    def take(self, clause: Clause, line: Line) -> None:
        """Add what a clause tells: an encounter, more of a known one, or who attended it."""
        subjects = _figures(clause.subjects, line, self.cast)
        objects = _figures(clause.objects, line, self.cast)
        if clause.frame.shape in _ATTENDANCE:
            if clause.frame.shape == "side":
                _share_state(objects)
            self._attend(line, objects)
            return
        is_mutual = not (objects or clause.objects or clause.frame.subject)
        if clause.frame.shape == "both" or is_mutual:
            subjects, objects = subjects[:1], [*subjects[1:], *objects]
        if not subjects and _is_elided(clause):
            subjects = list(self.subjects)
        if not line.is_title and any(f.kind is EntityKind.PERSON for f in subjects):
            self.subjects = subjects
        _inherit_office(clause, subjects, objects, self.cast)
        _join_group(clause.objects, objects)
        objects = [f for f in objects if f not in subjects]
        if not subjects or not objects:
            return
        candidate = Encounter(clause, line, subjects, objects, lines=[line])
        same = next((e for e in self.encounters if _is_same(e, candidate)), None)
        if same:
            _merge(same, candidate)
        else:
            candidate.attendees += [f for f in self.companions if f not in candidate.principals]
            self.encounters.append(candidate)

    def _attend(self, line: Line, attendees: Sequence[Figure]) -> None:
        if line.is_title:
            return
        if not self.encounters:
            self.companions += [f for f in attendees if f.kind is EntityKind.PERSON]
            return
        last = self.encounters[-1]
        _follow_state(attendees)
        known = last.everyone
        last.attendees += [f for f in attendees if f not in known and f.kind is EntityKind.PERSON]
        last.lines.append(line)


def _follow_state(figures: Iterable[Figure]) -> None:
    """Take those who follow an ambassador in a list, without a state of their own, for his staff."""
    country = None
    for figure in figures:
        country = figure.country or country
        if not (figure.country or figure.organizations):
            figure.country = country


def _share_state(figures: Sequence[Figure]) -> None:
    """Give all who are listed "on the American side" the state that is named first."""
    country = next((f.country for f in figures if f.country), None)
    for figure in figures:
        figure.country = figure.country or country


def _join_group(parties: Iterable[Party], figures: Iterable[Figure]) -> None:
    """Give those before "and other Nigerian officials" the state of the group."""
    country = next(
        (p.countries[0] for p in parties if p.group and p.countries and not p.name), None
    )
    for figure in figures if country else ():
        figure.country = figure.country or country


def _figures(parties: Iterable[Party], line: Line, cast: Cast) -> list[Figure]:
    found = (cast.find(party, line) for party in parties if party.name or not party.group)
    return list(dict.fromkeys(figure for figure in found if figure))


def _is_elided(clause: Clause) -> bool:
    """Tell whether a clause leaves its subject to the sentence before: "He also met", "كما استقبل"."""
    return all(party.pronoun for party in clause.subjects)


def _inherit_office(
    clause: Clause, subjects: Sequence[Figure], objects: Sequence[Figure], cast: Cast
) -> None:
    """Give "his Maltese counterpart" the office of the other side."""
    for party in clause.objects:
        if not (party.counterpart and party.name and subjects):
            continue
        figure = cast.of_name(party.name)
        if figure in objects and not figure.offices:
            figure.offices += subjects[0].offices[:1]


def _is_same(old: Encounter, new: Encounter) -> bool:
    if _is_talks_of_visit(old, new):
        return True
    if old.clause.status != new.clause.status and not new.line.is_title:
        return False
    everyone = old.everyone
    known = [f for f in new.principals if f in everyone]
    if any(f in new.subjects for f in known) and any(f in new.objects for f in known):
        return True
    rest = [f for f in new.principals if f not in known]
    return bool(known) and all(_stands_for(group, everyone) for group in rest)


def _stands_for(group: Figure, everyone: Iterable[Figure]) -> bool:
    """Tell whether a state or an organization is only another word for someone already there."""
    if group.kind is EntityKind.PERSON:
        return False
    values = {span.value for f in everyone for span in _affiliations(f)}
    return group.name.value in values and group.name.value is not None


def _affiliations(figure: Figure) -> Iterator[Span]:
    yield from figure.organizations
    for office in figure.offices:
        yield from office.organizations
    if figure.country:
        yield figure.country


def _is_talks_of_visit(old: Encounter, new: Encounter) -> bool:
    """Tell whether a visit to a state, told so far without any host, goes on with talks."""
    return (
        old.clause.frame.kind == Kind.VISIT
        and all(f.kind is EntityKind.COUNTRY for f in old.objects)
        and any(f.kind is EntityKind.PERSON for f in new.objects)
        and all(f in old.subjects for f in new.subjects)
        and not new.line.is_title
    )


def _merge(old: Encounter, new: Encounter) -> None:
    if _is_talks_of_visit(old, new):
        country = old.objects[0].country
        for figure in new.objects:
            figure.country = figure.country or country
        old.clause, old.objects, old.line = new.clause, list(new.objects), new.line
        old.lines.append(new.line)
        return
    everyone = old.everyone
    for own, others in ((old.subjects, new.subjects), (old.objects, new.objects)):
        for figure in others:
            if figure not in everyone and not _stands_for(figure, everyone):
                own.append(figure)
    old.lines.append(new.line)
    frame = new.clause.frame
    if frame.subject and not old.clause.frame.subject and not old.sides:
        old.sides = sides.told(new)


def _is_meeting(encounter: Encounter) -> bool:
    """Ask of a meeting a person of some office, state, organization or title on one side, somebody on the other."""
    people = [f for f in encounter.principals if f.kind is EntityKind.PERSON]
    if not people:
        return False
    return any(f.offices or f.titles or f.country or f.organizations for f in people)


# Circumstances


def _place(encounter: Encounter, dateline: Place) -> None:
    for line in encounter.lines:
        first = encounter.clause.first if line is encounter.line else line.sentence.first
        encounter.place.fill(places.place_in(line, first))
    if encounter.clause.status == Status.HELD and not encounter.place.city:
        encounter.place.fill(dateline)


def _date(document: Document, encounter: Encounter, anchor: when.Anchor) -> Mention | None:
    lines = [encounter.line, *(line for line in encounter.lines if line is not encounter.line)]
    for line in lines:
        planned = encounter.clause.status == Status.PLANNED
        first = encounter.clause.first
        if found := when.date_in(document, line.sentence, first, anchor, planned=planned):
            return found
    return anchor.dateline if encounter.clause.status == Status.HELD else None


def _place_at_host(encounter: Encounter, home: str | None) -> None:
    """Take for the country of a place that is not named the state of who receives there."""
    place = encounter.place
    if place.country or place.city or encounter.clause.frame.kind == Kind.CALL:
        return
    hosts = [f.country for f, side in encounter.sides.items() if side is Side.HOST and f.country]
    if hosts:
        place.country = hosts[0]
    elif place.venue and home and places.is_seat(encounter.line, place.venue):
        place.country = replace(place.venue, value=home)
        encounter.sides = sides.by_state(encounter, home)


# Mentions


def _mention(document: Document, cast: Cast, encounter: Encounter) -> MeetingMention:
    clause, sentence = encounter.clause, encounter.line.sentence
    place = encounter.place
    return MeetingMention(
        kind=_kind(encounter),
        status=Status(clause.status),
        trigger=document.quote(MentionKind.TRIGGER, Span(clause.first, clause.last)),
        evidence=document.quote(MentionKind.SENTENCE, Span(sentence.first, sentence.last)),
        rule=clause.frame.id,
        participants=tuple(_participant(document, f, encounter) for f in encounter.everyone),
        date=encounter.date,
        city=_spot(document, MentionKind.CITY, place.city),
        country=_spot(document, MentionKind.COUNTRY, place.country),
        venue=_spot(document, MentionKind.VENUE, place.venue),
        topics=tuple(_topics(document, encounter)),
    )


def _spot(document: Document, kind: MentionKind, span: Span | None) -> Mention | None:
    return document.quote(kind, span) if span else None


def _kind(encounter: Encounter) -> Kind:
    clause = encounter.clause
    if clause.frame.kind:
        return Kind(clause.frame.kind)
    parts = {
        part
        for i in range(clause.sentence.first, clause.sentence.last)
        for part in ("call", "summit")
        if clause.sentence.part(i, part)
    }
    if "call" in parts:
        return Kind.CALL
    states = {sides.state(f) for f in encounter.everyone if sides.state(f)}
    if "summit" in parts and len(states) >= _MANY_STATES:
        return Kind.SUMMIT
    return Kind.MEETING


def _participant(document: Document, figure: Figure, encounter: Encounter) -> Participant:
    kind = _MENTION_KINDS[figure.kind]
    names = [document.quote(kind, n) for n in figure.names]
    organizations = [o for office in figure.offices for o in office.organizations]
    organizations += [o for o in figure.organizations if o not in organizations]
    return Participant(
        mention=names[0],
        title=_title(document, figure),
        offices=tuple(
            document.quote(MentionKind.OFFICE, w)
            for w in _distinct(document, [o.words for o in figure.offices if o.words])
        ),
        organizations=tuple(
            document.quote(MentionKind.ORGANIZATION, o) for o in _distinct(document, organizations)
        ),
        country=_spot(document, MentionKind.COUNTRY, figure.country),
        accredited_to=_spot(document, MentionKind.COUNTRY, figure.accredited_to),
        side=encounter.sides.get(figure),
        delegation=_spot(document, MentionKind.DELEGATION, figure.delegation),
        others=tuple(names[1:]),
    )


def _distinct(document: Document, spans: Iterable[Span]) -> list[Span]:
    """Keep of spans that are one known thing, or of which one's words are all in the other, the first."""
    kept: list[tuple[Span, frozenset[str]]] = []
    for span in spans:
        words = frozenset(document.folded(span.first, span.last))
        if not any(
            words <= other or (span.value and span.value == old.value) for old, other in kept
        ):
            kept.append((span, words))
    return [span for span, _ in kept]


def _title(document: Document, figure: Figure) -> Mention | None:
    """Join the titles right before a name: "His Excellency Maj. Gen."."""
    runs: list[list[Chunk]] = []
    for title in sorted(figure.titles, key=lambda t: t.first):
        between = range(runs[-1][-1].last, title.first) if runs else range(0)
        if runs and all(document.is_determiner(i) for i in between):
            runs[-1].append(title)
        else:
            runs.append([title])
    if not runs:
        return None
    starts = {name.first for name in figure.names}
    run = max(runs, key=lambda run: (run[-1].last in starts, len(run), -run[0].first))
    last = run[-1].last
    while document.tokens[last - 1].text == "/":
        last -= 1
    return document.quote(MentionKind.TITLE, Span(run[0].first, last, skip=run[0].skip))


def _topics(document: Document, encounter: Encounter) -> Iterator[Mention]:
    seen: set[str] = set()
    index = document.lines.index(encounter.line)
    for line in document.lines[index : index + 4]:
        discussed = [
            i
            for i in range(line.sentence.first, line.sentence.last)
            if line.sentence.part(i, "discussed")
        ]
        if not discussed:
            continue
        for first, last, topic in topics.find(document, discussed[0], line.sentence.last):
            if topic not in seen:
                seen.add(topic)
                yield document.quote(MentionKind.TOPIC, Span(first, last, topic))
