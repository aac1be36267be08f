"""Which state an official serves where the article takes it as known: the state from which it is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg import gazetteers, languages
from kg.extractors import lexicon
from kg.extractors.forms import Label
from kg.extractors.parts import Part, Span
from kg.extractors.places import is_seat, owner_of
from kg.extractors.sides import is_diplomat, seated, told
from kg.gazetteers import Sort
from kg.model import EntityKind, Side
from kg.text import tokenize

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kg.extractors.cast import Cast, Figure
    from kg.extractors.document import Document, Line
    from kg.extractors.encounters import Encounter
    from kg.extractors.parts import Chunk
    from kg.extractors.places import Place

_COUNTRY_CODE = 2
# Top-level domains that are a state's though not its ISO 3166-1 code (IANA root zone).
_DOMAINS = {"UK": "GB", "GOV": "US", "MIL": "US"}
# Domains of states that anybody takes for the sake of their letters.
_ANYBODYS = frozenset({"AI", "CC", "CO", "FM", "IO", "LA", "ME", "TO", "TV", "WS"})
# Offices that hardly ever are a state's.
_OF_ORGANIZATIONS = frozenset(
    {"secretary-general", "deputy-secretary-general", "international-envoy"}
    | {"special-representative-of-the-secretary-general"}
)
# Who holds them is a church's.
_OF_CHURCHES = frozenset({"patriarch", "archbishop", "bishop"})
_STATELESS = _OF_ORGANIZATIONS | _OF_CHURCHES
_OF_COMPANIES = frozenset({"director-general", "chief-executive-officer", "director"})
# How much each sign tells of the state from which an article is written.
_PUBLISHER = 8
_ACCREDITED = 4
_DATELINE = 3
_PLACE = 3
_HEADED = 2
_NEIGHBOUR = 3
_NAMED = 1
_MOST_NAMED = 3
_ENOUGH = 3
_OUTLETS = 1 << 12
_STATES = frozenset({Part.COUNTRY, Part.DEMONYM})
_NAMING = _STATES | {Part.ORGANIZATION, Part.CITY}


def home(
    document: Document, cast: Cast, dateline: Place, encounters: Iterable[Encounter]
) -> str | None:
    """Tell the state from which an article is written (ISO 3166-1), None where the signs are few."""
    votes: Counter[str] = Counter()
    article = document.article
    for code in _of_outlet(urlsplit(article.url or "").hostname or "", article.publisher or ""):
        votes[code] = _PUBLISHER
    here = dateline.country.value if dateline.country else None
    for figure in cast.figures:
        is_sent = figure.country.value != here if figure.country else _resides(figure)
        if is_sent and figure.accredited_to and figure.accredited_to.value:
            votes[figure.accredited_to.value] += _ACCREDITED
        if not figure.country and (own := _of_office(figure)):
            votes[own] += _ACCREDITED
    foreign = {figure.country.value for figure in cast.figures if figure.country}
    if dateline.country and dateline.country.value:
        votes[dateline.country.value] += _DATELINE
    chunks = (chunk for line in document.lines for chunk in line.chunks if chunk.part in _NAMING)
    for code, count in Counter(filter(None, map(_named_by, chunks))).items():
        votes[code] += min(count, _MOST_NAMED) * _NAMED if code not in foreign else 0
    met = {_state(figure) for encounter in encounters for figure in encounter.everyone}
    for code in _neighbours(document, foreign & met):
        votes[code] += _NEIGHBOUR
    for line in document.lines:
        if line.is_title and (headed := _announced(line)):
            votes[headed] += _HEADED
    for code in set(filter(None, map(_received_in, encounters))):
        votes[code] += _PLACE
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < _ENOUGH or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _received_in(encounter: Encounter) -> str | None:
    """Give the state where somebody met another who had not come from his own for it."""
    country = encounter.place.country
    is_abroad = encounter.visitors or _away(encounter) or _is_neutral(encounter)
    return country.value if country and encounter.objects and not is_abroad else None


def _is_neutral(encounter: Encounter) -> bool:
    """Tell whether the state of the place has no part in it: at an organization's seat, on the sidelines."""
    lines = (encounter.line, *encounter.context)
    is_aside = any(line.sentence.tells("sidelines") for line in lines) and not told(encounter)
    return is_aside or bool(seated(encounter))


def _neighbours(document: Document, foreign: Collection[str | None]) -> set[str]:
    """List the states named along with one that an official serves: "between Kenya and Uganda"."""
    found: set[str] = set()
    for line in document.lines:
        states = [
            c for c in line.chunks if c.part in {Part.COUNTRY, Part.AND} and c.value != "with"
        ]
        for a, joint, b in zip(states, states[1:], states[2:], strict=False):
            is_pair = [c.part for c in (a, joint, b)] == [Part.COUNTRY, Part.AND, Part.COUNTRY]
            if is_pair and a.value and b.value and (a.value in foreign) != (b.value in foreign):
                found.add(b.value if a.value in foreign else a.value)
    return found if len(found) == 1 else set()


def _named_by(chunk: Chunk) -> str | None:
    """Give the state that a chunk names, by itself, by a city or a body of it."""
    if chunk.part is Part.CITY and chunk.value:
        return gazetteers.entry(Sort.CITY, chunk.value).country
    return chunk.value if chunk.part in _STATES else owner_of(chunk)


def _resides(figure: Figure) -> bool:
    """Tell an organization's representative in a state from its envoy for one, who comes and goes."""
    is_envoy = any((office.value or "").endswith("envoy") for office in figure.offices)
    return bool(_organizations(figure)) and not is_envoy


def _announced(line: Line) -> str | None:
    """Give the state with which a headline opens: "Togo : le ministre reçoit"."""
    state, mark = (*line.chunks, None, None)[:2]
    is_headed = state and mark and state.part is Part.COUNTRY and mark.value == "colon"
    return state.value if state and is_headed else None


def is_only(document: Document, home: str | None) -> bool:
    """Tell whether an article names no state but the one from which it is written."""
    parts = {Part.COUNTRY, Part.DEMONYM}
    named = {c.value for line in document.lines for c in line.chunks if c.part in parts}
    return home is not None and named == {home}


def serve(encounter: Encounter, home: str | None, *, is_only: bool = False) -> None:
    """Give officials without a state their office's or organization's, their side's, else the article's own.

    Two sides of one state are rarer than a state left out: who meets an official of the article's
    own state abroad serves the state of the place.
    """
    everyone = [f for f in encounter.everyone if f.kind is EntityKind.PERSON]
    for figure in everyone:
        _assign(figure, _told_by_affiliation(figure))
    for figure in _at_own_seat(encounter):
        _assign(figure, encounter.place.country.value if encounter.place.country else None)
    if encounter.clause.frame.shape not in {"both", "between"}:
        for side in (encounter.subjects, encounter.objects):
            _share(side)
    _follow_attendees(encounter)
    country = encounter.place.country
    place = country.value if country and not _is_neutral(encounter) else None
    visitors = encounter.visitors or _away(encounter)
    sides = (
        (encounter.subjects, encounter.objects),
        (encounter.objects, encounter.subjects),
    )
    for side, others in sides:
        posts = {f.accredited_to.value for f in others if f.accredited_to and _state(f) != home}
        for figure in side if len(posts) == 1 else ():
            _assign(figure, next(iter(posts)))
    # "La ministre de la Santé a rencontré le ministre de l'Éducation": of an article that names one state.
    at_home = is_only and not any(map(_serves, encounter.principals))
    for code in (home, place):
        for side, others in sides:
            states = {_state(f) for f in others}
            is_known = bool(states) and None not in states
            is_body = bool(others) and all(_organizations(f) for f in others)
            is_abroad = home in states or is_known or is_body or (others and others == visitors)
            is_there = country is not None and code == country.value and None in states
            came = side == visitors and is_there
            is_own = (code == home or (is_abroad and side != visitors)) and not came
            if is_own and (at_home or code not in states):
                for figure in side:
                    _assign(figure, code)
    envoys = [f for f in encounter.principals if is_diplomat(f) and _state(f)]
    guests = {_state(f) for f in encounter.principals} - {None, home}
    is_at_home = country is not None and country.value == home
    for figure in encounter.attendees:
        if envoys and _is_only_diplomat(figure):
            _assign(figure, _state(envoys[0]))
        elif is_at_home and is_diplomat(figure) and len(guests) == 1 and _is_only_diplomat(figure):
            # "s'est réuni avec l'émissaire français en présence de l'ambassadeur X"
            _assign(figure, next(iter(guests)))
        _assign(figure, home or _receiving(encounter))


def _at_own_seat(encounter: Encounter) -> list[Figure]:
    """Find who receives at a palace or a ministry, whose state is his."""
    place, sentence = encounter.place, encounter.line.sentence
    inside = range(place.venue.first, place.venue.last) if place.venue else range(0)
    if not place.venue or any(sentence.part(k, "mission") for k in inside):
        return []
    hosts = [f for f, side in told(encounter).items() if side is Side.HOST]
    if any(sentence.part(k, "port") for k in inside):
        # "استقبله بالمطار سفير بلاده"
        return []
    return hosts if is_seat(encounter.line, place.venue) else []


def _receiving(encounter: Encounter) -> str | None:
    """Give the one state of those who are told to receive."""
    hosts = {_state(f) for f, side in told(encounter).items() if side is Side.HOST} - {None}
    return hosts.pop() if len(hosts) == 1 else None


def _serves(figure: Figure) -> bool:
    """Tell whether it is said whom an official serves: a state, an organization, or that he is an envoy."""
    return bool(_state(figure) or is_diplomat(figure) or _organizations(figure))


def _away(encounter: Encounter) -> list[Figure]:
    """Find who is on a journey: "a mis à profit son séjour à New York pour rencontrer"."""
    clause = encounter.clause
    is_told = any(i < clause.last for i in clause.sentence.where("away"))
    return encounter.subjects if is_told and not clause.frame.subject else []


def _follow_attendees(encounter: Encounter) -> None:
    """Give a side without a state the one that its attendees serve and the other side does not."""
    attending = {_state(f) for f in encounter.attendees} - {None}
    for side, others in (
        (encounter.subjects, encounter.objects),
        (encounter.objects, encounter.subjects),
    ):
        known = {_state(f) for f in others} - {None}
        left = attending - known
        if known and len(left) == 1 and not any(_state(f) for f in side):
            for figure in side:
                _assign(figure, next(iter(left)))


def _is_only_diplomat(figure: Figure) -> bool:
    """Tell an embassy's people from a ministry's: "ambassadeur, directeur des Affaires africaines"."""
    return all(is_diplomat(replace(figure, offices=[office])) for office in figure.offices)


def _share(figures: Iterable[Figure]) -> None:
    """Let those who are named in one list serve the one state that the list names.

    "Le ministre de la Justice, puis l'ambassadrice américaine": an envoy's state is not a minister's.
    """
    figures = list(figures)
    named = {_state(f) for f in figures} - {None}
    of_envoys = all(is_diplomat(f) for f in figures if _state(f))
    for figure in figures if len(named) == 1 else ():
        if not (of_envoys and _is_of_government(figure)):
            _assign(figure, next(iter(named)))


def _is_of_government(figure: Figure) -> bool:
    values = (office.value or "" for office in figure.offices)
    return any("minister" in value or "president" in value for value in values)


def _is_of_company(office: Chunk) -> bool:
    """Tell "directeur général de la SNEL", of a body that one unknown word names, which may be nobody's state's."""
    names = (o for o in office.organizations if not o.value)
    return office.value in _OF_COMPANIES and any(o.last - o.first == 1 for o in names)


def _assign(figure: Figure, code: str | None) -> None:
    if any(o.value in _STATELESS or _is_of_company(o) for o in figure.offices):
        return
    is_official = figure.kind is EntityKind.PERSON and (figure.offices or figure.titles)
    if code and is_official and not (figure.country or _organizations(figure)):
        figure.country = replace(_evidence(figure), value=code)


def _state(figure: Figure) -> str | None:
    return figure.country.value if figure.country else None


def _organizations(figure: Figure) -> list[str]:
    """List the known organizations that a figure speaks for and that are no state's own."""
    spans = [*(o for office in figure.offices for o in office.organizations), *figure.organizations]
    return [o.value for o in spans if o.value and not _of_organization(o.value)]


def _of_organization(value: str) -> str | None:
    return gazetteers.entry(Sort.ORGANIZATION, value).country


def _told_by_affiliation(figure: Figure) -> str | None:
    spans = [*(o for office in figure.offices for o in office.organizations), *figure.organizations]
    own = (_of_organization(o.value) for o in spans if o.value)
    return _of_office(figure) or next(filter(None, own), None)


def _of_office(figure: Figure) -> str | None:
    """Give the state that alone has an office: the Custodian of the Two Holy Mosques is Saudi Arabia's."""
    known = (gazetteers.entry(Sort.OFFICE, o.value) for o in figure.offices if o.value)
    return next((entry.country for entry in known if entry.country), None)


def _evidence(figure: Figure) -> Span:
    """Quote for a state that is only understood the words of the office, the title or the name."""
    for office in figure.offices:
        if office.words:
            return office.words
    for title in figure.titles:
        return Span(title.first, title.last, skip=title.skip)
    return figure.name


@lru_cache(maxsize=_OUTLETS)
def _of_outlet(host: str, publisher: str) -> frozenset[str]:
    """List the states of which an outlet's address or name tells, in whatever language."""
    suffix = host.rsplit(".", 1)[-1].upper()
    suffix = _DOMAINS.get(suffix, suffix)
    is_state = len(suffix) == _COUNTRY_CODE and suffix not in _ANYBODYS
    states = {e.id for e in gazetteers.entries(Sort.COUNTRY)}
    named = _named(publisher) if publisher else ()
    return frozenset(named) | (states & {suffix} if is_state else set())


def _named(publisher: str) -> Iterator[str]:
    """Give the states that an outlet's name tells, in any language; "Latin American" tells none."""
    tokens = tokenize(publisher)
    for code in languages.codes():
        known = lexicon.load(code).all(tokens, 0, len(tokens))
        longest = [matches[0] for matches in known.values()]
        for i, matches in known.items():
            is_inside = any(whole.first < i < whole.last for whole in longest)
            states = (_state_of(m.form.label, m.form.value) for m in matches if not is_inside)
            yield from filter(None, states)


def _state_of(label: Label, value: str) -> str | None:
    match label:
        case Label.COUNTRY | Label.DEMONYM:
            return value
        case Label.CITY:
            return gazetteers.entry(Sort.CITY, value).country
        case Label.ORGANIZATION:
            return gazetteers.entry(Sort.ORGANIZATION, value).country
    return None
