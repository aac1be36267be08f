"""Who receives and who is received: told by the verb, else by whose place it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import gazetteers
from kg.extractors.parts import Part
from kg.gazetteers import Sort
from kg.model import Kind, Side

if TYPE_CHECKING:
    from kg.extractors.cast import Figure
    from kg.extractors.encounters import Encounter
    from kg.extractors.parts import Span

_OF_EMBASSIES = frozenset(
    {"counsellor", "first-secretary", "second-secretary", "third-secretary", "attache"}
    | {"military-attache", "defence-attache", "deputy-head-of-mission", "minister-counsellor"}
)


def assign(encounter: Encounter) -> dict[Figure, Side]:
    """Tell host from guest among all who took part; attendees go with their state."""
    if encounter.clause.frame.kind == Kind.CALL:
        return {}
    found = told(encounter) | encounter.sides or _visitors(encounter)
    if not found and (hosts := _owners(encounter)):
        found = {f: Side.HOST if f in hosts else Side.GUEST for f in encounter.principals}
    place = encounter.place.country
    if not found and (hosts := seated(encounter)) and len(hosts) < len(encounter.principals):
        found = {f: Side.HOST if f in hosts else Side.GUEST for f in encounter.principals}
    if not found and _met_at_home(encounter):
        found = {
            f: Side.GUEST if f in encounter.visitors else Side.HOST for f in encounter.principals
        }
    if not found and place and place.value:
        return by_state(encounter, place.value)
    if not found and (post := _post(encounter)):
        return by_state(encounter, post)
    return _with_attendees(encounter, found, place.value if place else None)


def _post(encounter: Encounter) -> str | None:
    """Tell the state where an envoy is accredited, if he met who serves it: he was received there."""
    states = {state(f) for f in encounter.principals}
    posts = (f.accredited_to.value for f in encounter.principals if f.accredited_to)
    return next((post for post in posts if post in states), None)


def post_of_host(encounter: Encounter) -> Span | None:
    """Give the state where an ambassador who receives is accredited, as his office or a colleague's says."""
    hosts = [f for f, side in encounter.sides.items() if side is Side.HOST]
    if not hosts or not all(is_diplomat(f) for f in hosts):
        return None
    posts = (f.accredited_to for f in (*hosts, *encounter.principals) if is_diplomat(f))
    return next(filter(None, posts), None)


def is_diplomat(figure: Figure) -> bool:
    """Tell whether somebody is of an embassy: an ambassador, or who goes along with one."""
    values = {office.value for office in figure.offices if office.value}
    return any(v in _OF_EMBASSIES or gazetteers.entry(Sort.OFFICE, v).is_accredited for v in values)


def _met_at_home(encounter: Encounter) -> bool:
    """Tell whether who travelled met nobody but who serves the state of the place."""
    place = encounter.place.country
    states = {state(f) for f in encounter.principals if f not in encounter.visitors}
    return bool(encounter.visitors and place and states == {place.value})


def _visitors(encounter: Encounter) -> dict[Figure, Side]:
    """Take for guests who are called visitors: "the visiting Peruvian minister"."""
    sentence = encounter.line.sentence
    guests = [
        figure
        for figure in encounter.principals
        for office in figure.offices
        if office.words
        and any(
            sentence.first <= i < sentence.last and sentence.part(i, "visiting")
            for i in range(office.first, office.words.last)
        )
    ]
    if not guests or len(guests) == len(encounter.principals):
        return {}
    return {f: Side.GUEST if f in guests else Side.HOST for f in encounter.principals}


def seated(encounter: Encounter) -> list[Figure]:
    """Find who speaks for an organization that has its seat in the city, where nobody serves its state."""
    city, country = encounter.place.city, encounter.place.country
    states = {state(f) for f in encounter.principals}
    if not city or not city.value or (country and country.value in states):
        return []
    return [f for f in encounter.principals if city.value in _seats(f)]


def _seats(figure: Figure) -> set[str | None]:
    spans = (*(o for office in figure.offices for o in office.organizations), *figure.organizations)
    return {gazetteers.entry(Sort.ORGANIZATION, span.value).seat for span in spans if span.value}


def told(encounter: Encounter) -> dict[Figure, Side]:
    """Read the sides that the frame itself tells: who receives is the host."""
    frame = encounter.clause.frame
    found: dict[Figure, Side] = {}
    for figures, side in ((encounter.subjects, frame.subject), (encounter.objects, frame.object)):
        if side:
            found |= dict.fromkeys(figures, Side(side))
    return found


def by_state(encounter: Encounter, place: str) -> dict[Figure, Side]:
    """Take for hosts those who serve the state of the place, if some of the parties do and some do not."""
    found = {f: Side.HOST if state(f) == place else Side.GUEST for f in encounter.principals}
    if len(set(found.values())) == 1:
        return {}
    return _with_attendees(encounter, found, place)


def state(figure: Figure) -> str | None:
    """Give the state that a figure serves (ISO 3166-1 alpha-2)."""
    return figure.country.value if figure.country else None


def _with_attendees(
    encounter: Encounter, found: dict[Figure, Side], place: str | None
) -> dict[Figure, Side]:
    by_country = {state(f): side for f, side in found.items() if state(f)}
    rest: dict[Figure, Side] = {}
    for figure in encounter.everyone if found else ():
        code = state(figure)
        if figure in found:
            continue
        if not code:
            # Whose state is taken as known serves the one that receives.
            organizations = [
                *figure.organizations,
                *(o for c in figure.offices for o in c.organizations),
            ]
            if figure.offices and not organizations and Side.HOST in found.values():
                rest[figure] = Side.HOST
            continue
        if code in by_country:
            rest[figure] = by_country[code]
        elif place:
            rest[figure] = Side.HOST if code == place else Side.GUEST
    return found | rest


def _owners(encounter: Encounter) -> list[Figure]:
    """Find whose place the venue is: "in his office" the subject's, a headquarters its organization's."""
    venue = encounter.place.venue
    if not venue:
        return []
    sentence = encounter.line.sentence
    if any(sentence.part(i, "own_seat") for i in range(venue.first, venue.last)):
        return encounter.subjects
    hosts = [
        chunk.value
        for line in encounter.lines
        for chunk in line.chunks
        if chunk.part is Part.ORGANIZATION
        and chunk.value
        and venue.first <= chunk.first < venue.last
    ]
    owners = [f for f in encounter.principals if any(_is_of(f, host) for host in hosts)]
    return owners if len(owners) < len(encounter.principals) else []


def _is_of(figure: Figure, host: str) -> bool:
    """Tell whether a figure speaks for an organization or for a part of it, which bears its name."""
    spans = [o for office in figure.offices for o in office.organizations]
    values = {span.value for span in (*spans, *figure.organizations, figure.name) if span.value}
    if host in values:
        return True
    name = gazetteers.entry(Sort.ORGANIZATION, host).name("en")
    known = {entry.id: entry for entry in gazetteers.entries(Sort.ORGANIZATION)}
    return any(name in known[value].name("en") for value in values if value in known)
