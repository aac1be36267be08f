"""From clauses to meetings: who met whom, told once however often the article tells it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extractors import places, sides, states, topics, when
from kg.extractors.encounters import is_call
from kg.extractors.parts import Part, Span
from kg.extractors.places import Place
from kg.extractors.story import Story
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
    from collections.abc import Iterable, Iterator

    from kg.extractors.cast import Cast, Figure
    from kg.extractors.document import Document, Line
    from kg.extractors.encounters import Encounter
    from kg.extractors.frames import Clause
    from kg.extractors.parts import Chunk

_MANY_STATES = 3
_SETTINGS = 2  # sentences
_MENTION_KINDS = {
    EntityKind.PERSON: MentionKind.PERSON,
    EntityKind.ORGANIZATION: MentionKind.ORGANIZATION,
    EntityKind.COUNTRY: MentionKind.COUNTRY,
}


def read(document: Document, cast: Cast) -> tuple[MeetingMention, ...]:
    """Read the meetings of a document, in the order in which its body tells of them."""
    body = [line for line in document.lines if not line.is_title]
    titles = [line for line in document.lines if line.is_title]
    story = Story(cast, document.lines)
    for line in (*body, *titles):
        story.read(line)
    encounters = [e for e in story.told() if _is_meeting(e)]
    for encounter in encounters:
        encounter.lines += _settings(body, encounter)
    dateline = places.dateline(document)
    anchor = when.anchor(document)
    for encounter, before in zip(encounters, [None, *encounters], strict=False):
        encounter.context = _context(encounter, before, story.series)
        encounter.context += _scene(body, encounter, cast)
        _place(encounter, dateline, titles)
    home = states.home(document, cast, dateline, encounters)
    is_only = states.is_only(document, home)
    for encounter in encounters:
        states.serve(encounter, home, is_only=is_only)
        encounter.sides = sides.assign(encounter)
        _place_at_host(encounter, home)
        encounter.date = _date(document, encounter, anchor)
        if _is_ahead(document, encounter):
            encounter.clause.status = Status.PLANNED
    return tuple(_mention(document, e) for e in encounters if e.objects or not _is_at_home(e))


def _is_meeting(encounter: Encounter) -> bool:
    """Ask of a meeting a person of some office, state, organization or title on one side, somebody on the other."""
    people = [f for f in encounter.everyone if f.kind is EntityKind.PERSON]
    parties = (encounter.clause.subjects, encounter.clause.objects)
    are_officials = [any(party.offices for party in side) for side in parties]
    if not people:
        return all(are_officials)
    return any(are_officials) or any(
        f.offices or f.titles or f.country or f.organizations for f in people
    )


def _is_at_home(encounter: Encounter) -> bool:
    """Tell a visit to a factory of one's own country, which is no meeting, from one to a state."""
    place = encounter.place.country
    is_visit = encounter.clause.frame.kind == Kind.VISIT
    states_told = {sides.state(f) for f in encounter.subjects} - {None}
    return is_visit and (place is None or not states_told or place.value in states_told)


# Circumstances


def _settings(body: list[Line], encounter: Encounter) -> list[Line]:
    """Find the sentences right behind an encounter that say where and when it took place."""
    if encounter.line not in body:
        return []
    first = body.index(encounter.line) + 1
    return [
        line
        for line in body[first : first + _SETTINGS]
        if line not in encounter.lines and (_goes_on(line) or line.sentence.tells("took_place"))
    ]


def _goes_on(line: Line) -> bool:
    """Tell whether a sentence leaves out its subject: "Met with A. Signed a treaty in Paris."."""
    first, language = line.chunks[0], line.sentence.language
    is_verb = first.part in {Part.ACT, Part.TRIGGER} or (
        first.part is Part.OTHER and first.value in {None, "discussed", "signing"}
    )
    token = line.sentence.tokens[first.first]
    is_past = token.folded.endswith(language.words.get("past_endings", ("-",)))
    return is_verb and is_past and language.has_case


def _context(encounter: Encounter, before: Encounter | None, series: Line | None) -> list[Line]:
    """Give the lines whose place and day hold for an encounter too: of the one told before, of a series."""
    status = encounter.clause.status
    if status != Status.HELD and not (before and before.clause.status == status):
        return [encounter.stage] if encounter.stage else []
    lines = [series] if series else []
    if before and any(f in before.everyone for f in encounter.principals):
        lines = [*before.lines, *before.context, *lines]
    if stage := encounter.stage:
        # The later of two lines that set the scene counts.
        is_last = not lines or stage.sentence.first > lines[0].sentence.first
        lines = [stage, *lines] if is_last else [*lines, stage]
    return lines


def _scene(body: list[Line], encounter: Encounter, cast: Cast) -> list[Line]:
    """Find the sentence right before an encounter if it says of one of the same people where he was, and when.

    "Cette rencontre" of which nothing was told before is what that sentence is about.
    """
    index = body.index(encounter.line) if encounter.line in body else 0
    if not index or encounter.clause.status != Status.HELD:
        return []
    before = body[index - 1]
    names = (cast.of_name(c) for c in before.chunks if c.part is Part.NAME)
    is_known = any(figure in encounter.principals for figure in names)
    return [before] if is_known and before not in encounter.lines else []


def _place(encounter: Encounter, dateline: Place, titles: Iterable[Line]) -> None:
    if is_call(encounter):
        return
    encounter.place.fill(places.place_in(encounter.line, encounter.clause.first))
    for line in encounter.lines:
        if line is not encounter.line:
            told = places.place_in(line, line.sentence.first, _attendees(line))
            encounter.place.fill(told)
    for line in encounter.context if not encounter.place.country else ():
        encounter.place.fill(replace(places.place_in(line, line.sentence.first), venue=None))
    if encounter.clause.status == Status.HELD and not encounter.place.city:
        for line in titles:
            told = places.place_in(line, line.sentence.first)
            is_elsewhere = told.country and _is_away_from_host(encounter, told.country)
            encounter.place.fill(
                replace(told, venue=None) if told.city and not is_elsewhere else Place()
            )
        encounter.place.fill(dateline)


def _is_away_from_host(encounter: Encounter, country: Span) -> bool:
    """Tell whether a state is not that of who receives, who does so at his palace or ministry."""
    venue = encounter.place.venue
    hosts = (f for f, side in sides.told(encounter).items() if side is Side.HOST)
    own = {sides.state(f) for f in hosts} - {None}
    is_seat = venue is not None and places.is_seat(encounter.line, venue)
    return is_seat and bool(own) and country.value not in own


def _attendees(line: Line) -> int:
    """Tell where a list of who attended begins that names several states: they are its people's posts."""
    lists = (c.last for c in line.clauses if c.frame.shape in {"attend", "side", "listed"})
    first = min(lists, default=line.sentence.last)
    behind = (c for c in line.chunks if c.first >= first)
    states = {c.value for c in behind if c.part is Part.COUNTRY}
    return first if len(states) > 1 else line.sentence.last


def _date(document: Document, encounter: Encounter, anchor: when.Anchor) -> Mention | None:
    lines = [encounter.line, *(line for line in encounter.lines if line is not encounter.line)]
    # "Jeudi, il a reçu X": what a weekday that nothing resolves tells is no day told before.
    is_told = when.is_dated(document, encounter.line.sentence)
    for line in (*lines, *([] if is_told else encounter.context)):
        planned = encounter.clause.status == Status.PLANNED
        clause = encounter.clause if line is encounter.line else next(iter(line.clauses), None)
        near = _told_in(clause) if clause else (line.sentence.first, line.sentence.first + 1)
        found = when.date_in(document, line.sentence, near, anchor, planned=planned)
        if found and not _is_of_something_else(encounter, line, found):
            return found
    return anchor.dateline if encounter.clause.status == Status.HELD else None


def _told_in(clause: Clause) -> tuple[int, int]:
    """Give the range of a clause with those whom it names last: the day that follows them is its own."""
    return clause.first, max(clause.last, *(party.last for party in clause.objects), 0)


def _is_of_something_else(encounter: Encounter, line: Line, date: Mention) -> bool:
    """Tell a mere year of which another sentence speaks, or a clause inside of this one."""
    if "-" in (date.value or ""):
        return False
    sentence = line.sentence
    within = range(encounter.clause.last, sentence.last)
    before = (i for i in within if sentence.tokens[i].start < date.start)
    return line is not encounter.line or any(sentence.part(i, "relative", "that") for i in before)


def _is_ahead(document: Document, encounter: Encounter) -> bool:
    """Tell whether an encounter is told before its day: "meets his counterpart tomorrow"."""
    published, date = document.article.published, encounter.date
    if encounter.clause.status != Status.HELD or not published or not date or not date.value:
        return False
    # Both in ISO 8601, to the day: what is less precise cannot be told to lie ahead.
    today = published.isoformat()
    return len(date.value) == len(today) and date.value > today


def _place_at_host(encounter: Encounter, home: str | None) -> None:
    """Take for the country of a place that is not named the state of who receives there."""
    place = encounter.place
    if place.country or place.city or is_call(encounter):
        return
    if post := sides.post_of_host(encounter):
        # An ambassador receives where he is accredited.
        place.country = post
        sentences = [(line, line.sentence) for line in encounter.lines]
        told = (line for line, s in sentences if s.first <= post.first < s.last)
        place.city = next(filter(None, (places.city_of(line, post) for line in told)), None)
        return
    hosts = [f.country for f, side in encounter.sides.items() if side is Side.HOST and f.country]
    is_seat = place.venue is not None and places.is_seat(encounter.line, place.venue)
    seat = (_state_among_bodies(encounter) or home) if is_seat else None
    if hosts:
        place.country = hosts[0]
    elif post := _at_post(encounter, home):
        place.country = post
    elif place.venue and seat:
        place.country = replace(place.venue, value=seat)
        encounter.sides = encounter.sides or sides.by_state(encounter, seat)


def _at_post(encounter: Encounter, home: str | None) -> Span | None:
    """Give the state where an envoy is accredited, who met there whom the article's own state knows."""
    if encounter.clause.frame.kind != Kind.VISIT or not encounter.objects:
        return None
    posts = [f.accredited_to for f in encounter.subjects if f.accredited_to]
    return next((post for post in posts if post.value == home), None)


def _state_among_bodies(encounter: Encounter) -> str | None:
    """Give the one state that is met by organizations: it receives them at its palace or ministry."""
    served = {sides.state(f) for f in encounter.principals if not _speaks_for_body(f)}
    is_body_there = any(map(_speaks_for_body, encounter.principals))
    return served.pop() if is_body_there and len(served) == 1 and not encounter.sides else None


def _speaks_for_body(figure: Figure) -> bool:
    return bool(figure.organizations or any(o.organizations for o in figure.offices))


# Mentions


def _mention(document: Document, encounter: Encounter) -> MeetingMention:
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
    if is_call(encounter):
        return Kind.CALL
    states = {sides.state(f) for f in encounter.everyone if sides.state(f)}
    if clause.sentence.tells("summit") and len(states) >= _MANY_STATES:
        return Kind.SUMMIT
    return Kind.MEETING


def _participant(document: Document, figure: Figure, encounter: Encounter) -> Participant:
    kind = _MENTION_KINDS[figure.kind]
    names = [document.quote(kind, n) for n in figure.names]
    organizations = [o for office in figure.offices for o in office.organizations]
    organizations += [o for o in figure.organizations if o not in organizations]
    organizations = [_whole(document, organization) for organization in organizations]
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


def _whole(document: Document, organization: Span) -> Span:
    """Take for an acronym the long form that the article gives of it."""
    span, tokens = organization, document.tokens
    is_word = span.last == span.first + 1
    found = document.acronyms.get(tokens[span.first].text) if is_word else None
    return replace(span, first=found.first, last=found.last, skip=0) if found else span


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
        discussed = line.sentence.where("discussed")
        for topic in topics.find(document, discussed[0], line.sentence.last) if discussed else ():
            if topic.value and topic.value not in seen:
                seen.add(topic.value)
                yield document.quote(MentionKind.TOPIC, topic)
