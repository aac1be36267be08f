"""Where a meeting took place: the venue, city and country that its sentence or the dateline names."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg import gazetteers, languages
from kg.extractors.forms import Label
from kg.extractors.parts import Chunk, Part, Span
from kg.gazetteers import Sort
from kg.model import Kind
from kg.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extractors.document import Document, Line

_ENDS_VENUE = frozenset(
    {Part.COMMA, Part.SEMICOLON, Part.DATE, Part.CITY, Part.TRIGGER, Part.ACT, Part.AND,
     Part.OPEN, Part.CLOSE, Part.TITLE, Part.COMPANION}
)  # fmt: skip
_STATES = frozenset({Part.COUNTRY, Part.DEMONYM})
_PLACES = frozenset({Part.COUNTRY, Part.CITY})
_BEFORE_VISITED = frozenset({Part.TRIGGER, Part.NAME, Part.OFFICE, Part.DATE, Part.DELEGATION})
_BYLINE = 5  # chunks
_DATELINE_MARKS = frozenset("-–—/ـ")
_DATELINE_LINES = 4
# Words of a sentence: a city behind them heads no dateline.
_LEADS_TO_CITY = frozenset({"function", "with", "that", "relative", "posted"})
_DATELINE_WORDS = 8


@dataclass(slots=True)
class Place:
    """Token ranges of what an article says of a place; values are gazetteer ids and ISO codes."""

    venue: Span | None = None
    city: Span | None = None
    country: Span | None = None

    def fill(self, other: Place) -> None:
        """Take from another place what this one lacks and does not contradict."""
        if self.country and other.country and self.country.value != other.country.value:
            return
        self.venue = self.venue or other.venue
        self.city = self.city or other.city
        self.country = self.country or other.country


def place_in(line: Line, first: int, last: int | None = None) -> Place:
    """Read the places of a sentence up to `last`, those behind token `first` before those in front of it."""
    end = bisect_left(line.chunks, last or line.sentence.last, key=lambda chunk: chunk.first)
    start = min(end, bisect_left(line.chunks, first, key=lambda chunk: chunk.first))
    place = _read(line, range(start, end))
    place.fill(_read(line, range(start)))
    return place


def dateline(document: Document) -> Place:
    """Read the city with which the body begins: "RIYADH, 3 May -", "الرياض 26 شوال", "New York, 22-5-2024"."""
    place = Place()
    lines = [line for line in document.lines if not line.is_title or _is_byline(line)]
    for line in lines[:_DATELINE_LINES]:
        for i, chunk in enumerate(line.chunks):
            if chunk.first - line.sentence.first >= _DATELINE_WORDS:
                break
            if chunk.part in {Part.NAME, Part.OFFICE, Part.TRIGGER, Part.TITLE}:
                break
            if chunk.value in _LEADS_TO_CITY:
                break
            city = _city(line, chunk)
            if city and _is_dateline(line, i):
                after = _country_after(line.chunks, i)
                return Place(city=city, country=after or _country_of(city))
            if _is_state_dateline(line, i):
                return Place(country=Span(chunk.first, chunk.last, chunk.value, chunk.skip))
    return place


def _is_byline(line: Line) -> bool:
    """Tell a first line that only says where and for whom one writes: "الدمام - واس"."""
    city, mark, source = (*line.chunks, None, None, None)[:3]
    if not (city and mark and source) or len(line.chunks) > _BYLINE:
        return False
    text = line.sentence.tokens[mark.first].text
    is_short = line.sentence.last - line.sentence.first <= _BYLINE - 1
    is_mark = text[0] in _DATELINE_MARKS or (text == ":" and is_short)
    is_source = source.part in {Part.ORGANIZATION, Part.NAME, Part.OTHER, Part.DEMONYM}
    return city.part is Part.CITY and is_mark and is_source


def _country_of_seat(line: Line, venue: Span) -> Span | None:
    """Read whose "palais de la présidence française" is: a mission's seat is abroad."""
    words = range(venue.first, venue.last)
    inside = [c for c in line.chunks if c.first in words]
    for chunk in inside:
        if owner := owner_of(chunk):
            return Span(chunk.first, chunk.last, owner)
    if not is_seat(line, venue) or any(line.sentence.part(k, "mission") for k in words):
        return None
    states = (c for c in inside if c.part in {Part.DEMONYM, Part.COUNTRY} and c.value)
    state = next((c for c in states if c.first > venue.first), None)
    return Span(state.first, state.last, state.value) if state else None


def owner_of(chunk: Chunk) -> str | None:
    """Give the state whose body a chunk names: the Kremlin is Russia's, the United Nations nobody's."""
    is_palace = chunk.value == "venue" and chunk.words is not None
    value = chunk.words.value if is_palace and chunk.words else chunk.value
    if not value or not (is_palace or chunk.part is Part.ORGANIZATION):
        return None
    body = gazetteers.entry(Sort.ORGANIZATION, value)
    return None if body.is_ambiguous else body.country


def is_seat(line: Line, venue: Span) -> bool:
    """Tell whether a venue is the seat of somebody in office: a palace, a ministry."""
    return any(line.sentence.part(i, "seat") for i in range(venue.first, venue.last))


def _is_state_dateline(line: Line, i: int) -> bool:
    """Tell the name of a state as a dateline, where its capital has the same: "KUWAIT: ..."."""
    chunk, following = line.chunks[i], line.chunks[i + 1 : i + 2]
    is_first = chunk.part is Part.COUNTRY and chunk.first == line.sentence.first
    token = line.sentence.tokens[chunk.first]
    is_loud = token.text.isupper() and _is_dateline(line, i)
    is_colon = any(line.sentence.tokens[c.first].text in ":(" for c in following)
    return is_first and (is_colon or is_loud)


def _is_dateline(line: Line, i: int) -> bool:
    following, tokens = line.chunks[i + 1 : i + 5], line.sentence.tokens
    is_number = bool(following) and tokens[following[0].first].text.isdigit()
    if is_number and following[0].part is Part.OTHER:
        # "الدوحة 30 - 1 (كونا)": a day without its year.
        return any(c.part is Part.OPEN for c in following)
    marks = {c.part for c in following}
    return bool(marks & {Part.DATE}) or any(
        c.part in {Part.COMMA, Part.OPEN}
        or (c.part is Part.OTHER and c.value in {None, "colon"} and not tokens[c.first].is_word)
        for c in following[:1]
    )


def _read(line: Line, indices: range) -> Place:
    place, visited = Place(), False
    for i in indices:
        chunk = line.chunks[i]
        if not place.venue and (venue := _venue(line, i)):
            place.venue = venue
            place.country = place.country or _country_of_seat(line, venue)
        is_place = chunk.part in _PLACES
        is_located = is_place and (_is_located(line, i) or _is_behind(line, i, place.venue))
        if not place.city and is_located and (city := _city(line, chunk)):
            if place.country and visited and not _is_in(city, place.country):
                continue
            place.city, place.country = city, _country_of(city)
            if (after := _country_after(line.chunks, i)) is not None:
                place.country = after
        if not place.city and is_located and (city := _city_state(line.chunks, i)):
            place.city = city
        if not place.city and (capital := _capital(line, i)):
            place.city, place.country = capital, _country_of(capital)
        is_area = _is_area(line, chunk)
        is_state = chunk.part is Part.COUNTRY or is_area
        if not place.country and is_state and _is_located(line, i):
            state = Span(chunk.first, chunk.last, chunk.value, chunk.skip)
            place.country = _country_of(state) if is_area else state
            visited = line.chunks[i - 1].part is Part.TRIGGER
    return place


def _is_in(city: Span, country: Span) -> bool:
    own = _country_of(city)
    return own is None or own.value == country.value


def _capital(line: Line, i: int) -> Span | None:
    """Read "dans la capitale congolaise", which names its city by its state; a city may follow it."""
    noun, after = line.chunks[i], line.chunks[i + 1 : i + 2]
    if not (after and after[0].part in _STATES and line.sentence.part(noun.first, "capital")):
        return None
    if noun.value != "place" and not _is_located(line, i):
        return None
    capital = gazetteers.entry(Sort.COUNTRY, after[0].value).capital if after[0].value else None
    is_named = any(chunk.part is Part.CITY for chunk in line.chunks[i + 2 : i + 4])
    return Span(noun.first, after[0].last, capital) if capital and not is_named else None


def _city_state(chunks: Sequence[Chunk], i: int) -> Span | None:
    """Read the city in "Singapore, Singapore": of two states of one name the first is the capital."""
    state, after = chunks[i], _country_after(chunks, i)
    if state.part is not Part.COUNTRY or not state.value or not after:
        return None
    capital = gazetteers.entry(Sort.COUNTRY, state.value).capital
    is_same = after.value == state.value and after.last - after.first == state.last - state.first
    return Span(state.first, state.last, capital) if is_same else None


def _city(line: Line, chunk: Chunk) -> Span | None:
    if chunk.part is Part.CITY and not (_is_area(line, chunk) or _names_venue(line, chunk)):
        return Span(chunk.first, chunk.last, chunk.value, chunk.skip)
    return None


def city_of(line: Line, post: Span) -> Span | None:
    """Read the city of "ambassadeur du Mali à Tripoli", whose state is the post."""
    city = line.sentence.find(post.first, Label.CITY)
    span = Span(post.first, city.last, city.form.value, post.skip) if city else None
    return span if span and _is_in(span, post) else None


def _is_area(line: Line, chunk: Chunk) -> bool:
    """Tell "محافظة الدقهلية", which tells no more than its state, from a city."""
    if chunk.part is not Part.CITY or not chunk.value or chunk.first == line.sentence.first:
        return False
    is_province = line.sentence.is_lone(chunk.first - 1, "province")
    return is_province and gazetteers.entry(Sort.CITY, chunk.value).is_area


def _names_venue(line: Line, city: Chunk) -> bool:
    """Tell "the Victoria Palace" from Victoria."""
    sentence, i = line.sentence, city.last
    if i < sentence.last and sentence.tokens[i].is_capital and not sentence.tokens[i].glued:
        # "Salem Hadid International Airport" bears a person's name.
        is_unknown = not (sentence.best(i) or sentence.is_common(i))
        if is_unknown or sentence.find(i, Label.GIVEN_NAME):
            return True
    is_noun = i < sentence.last and sentence.part(i, "venue", "seat") is not None
    return is_noun and sentence.language.premodified and sentence.tokens[i].is_capital


def _country_of(city: Span) -> Span | None:
    country = gazetteers.entry(Sort.CITY, city.value).country if city.value else None
    return Span(city.first, city.last, country, city.skip) if country else None


def _country_after(chunks: Sequence[Chunk], i: int) -> Span | None:
    """Read the country in "Bali, Indonesia"; it decides between cities of one name."""
    for chunk in chunks[i + 1 : i + 3]:
        if chunk.part is Part.COUNTRY:
            return Span(chunk.first, chunk.last, chunk.value, chunk.skip)
        if chunk.part is not Part.COMMA:
            return None
    return None


def _is_behind(line: Line, i: int, venue: Span | None) -> bool:
    """Tell whether a place stands right behind a venue: "at Jubilee House, Accra", "at State House Entebbe"."""
    if venue is None or i == 0:
        return False
    before, chunk = line.chunks[i - 1 : i + 1]
    is_next = line.sentence.language.premodified and venue.last == chunk.first
    return is_next or (before.part is Part.COMMA and venue.last == before.first)


def _is_located(line: Line, i: int) -> bool:
    """Tell whether a word of place stands before a chunk: "in", "à", or the clitic ب."""
    chunk = line.chunks[i]
    if _is_visited(line, i):
        return True
    if chunk.prefix and chunk.prefix in line.sentence.language.words.get("place_clitic", ()):
        return True
    for k in range(i - 1, max(-1, i - 4), -1):
        before = line.chunks[k]
        if _is_of_residence(line.chunks, k):
            return False
        if (
            before.value in {"place", "posted", "visiting", "destination"}
            or before.part is Part.PLACE
        ):
            return not _prevails(line, k)
        if before.part is Part.TRIGGER and _leads_to_place(line, before):
            return True
        if before.value in {"determiner", "city_noun", "of"} or before.part in _STATES:
            continue
        if chunk.part is Part.CITY and _is_adjective_of_capital(line, k):
            continue
        is_port = k == i - 1 and line.sentence.part(before.first, "port") is not None
        return chunk.part is Part.CITY and (is_port or _is_of_venue(line, k, i))
    return False


def _is_of_residence(chunks: Sequence[Chunk], k: int) -> bool:
    """Tell the state behind "basé à Prétoria, en" from where a meeting took place."""
    return any(chunk.value == "residence" for chunk in chunks[max(0, k - 3) : k + 1])


def _is_adjective_of_capital(line: Line, k: int) -> bool:
    """Tell "العاصمة المؤقتة عدن", where an adjective stands between the noun and the city."""
    noun = line.chunks[k - 1] if k else None
    is_one = line.chunks[k].part is Part.OTHER and line.chunks[k].last == line.chunks[k].first + 1
    if not (noun and is_one and line.sentence.language.definite):
        return False
    return any(line.sentence.part(j, "capital") for j in range(noun.first, noun.last))


def _is_of_venue(line: Line, k: int, i: int) -> bool:
    """Tell "au palais royal de Rabat", which is in Rabat, from a palace that is only called so."""
    chunks, sentence = line.chunks, line.sentence
    is_of = 0 < k == i - 2 and chunks[i - 1].value == "of"
    is_adjective = chunks[k].part is Part.OTHER and sentence.tokens[chunks[k].first].is_word
    venues = (sentence.part(chunks[n].first, "venue", "seat") for n in (k, k - 1) if is_of)
    whole, before = (*venues, None, None)[:2]
    return bool(whole and whole.n_tokens > 1) or bool(is_adjective and not whole and before)


def _prevails(line: Line, k: int) -> bool:
    """Tell "the crisis in Sudan", which is spoken of, from where one speaks."""
    conditions = line.sentence.language.words.get("condition", ())
    if k == 0 or not conditions:
        return False
    return line.sentence.tokens[line.chunks[k - 1].last - 1].text.casefold() in conditions


def _leads_to_place(line: Line, trigger: Chunk) -> bool:
    """Tell whether a verb ends with a word of place: "arrived in", "is coming on a visit to"."""
    last = line.sentence.tokens[trigger.last - 1].folded
    ends = (line.sentence.part(i, "destination") for i in range(trigger.first, trigger.last))
    is_destination = any(end and end.last == trigger.last for end in ends)
    return is_destination or last in _prepositions(line.sentence.language.code)


@cache
def _prepositions(code: str) -> frozenset[str]:
    return frozenset(map(fold, languages.load(code).words["place"]))


def _before_capital(chunks: Sequence[Chunk], i: int) -> Chunk | None:
    """Step back over what stands before a city's name: "زار فلان العاصمة المالطية فاليتا"."""
    j = i - 1
    while j > 0 and (chunks[j].part in _STATES or chunks[j].value == "city_noun"):
        j -= 1
    return chunks[j] if j >= 0 else None


def _is_visited(line: Line, i: int) -> bool:
    """Tell whether a place is visited: "will visit Cyprus", and where the verb leads "يزور الوزير فلان أنقرة"."""
    chunk, before = line.chunks[i], line.chunks[i - 1] if i else None
    if before and before.value == "determiner" and i > 1:
        before = line.chunks[i - 2]
    elif line.sentence.language.verb_first:
        before = _before_capital(line.chunks, i)
    visits = (c for c in line.clauses if c.frame.kind == Kind.VISIT or c.frame.shape == "arrival")
    if chunk.part in {Part.CITY, Part.COUNTRY} and any(
        before and c.last == before.last for c in visits
    ):
        return True
    if not (line.sentence.language.verb_first and before and before.part in _BEFORE_VISITED):
        return False
    clauses = [clause for clause in line.clauses if clause.first < chunk.first]
    last = max(clauses, key=lambda clause: clause.first, default=None)
    if last is not None and before.part is Part.TRIGGER and before.last != last.last:
        # "غادر القاهرة متوجها إلى روما"
        return False
    return last is not None and last.frame.kind == Kind.VISIT and chunk.part is Part.CITY


def _venue(line: Line, i: int) -> Span | None:
    """Read a venue from its preposition on: "at the Elysée Palace", "في مكتبه بقصر اليمامة"."""
    sentence, chunks = line.sentence, line.chunks
    clitics = sentence.language.words.get("place_clitic", ())
    if chunks[i].value in {"place", "posted", "circumstance"} and i + 1 < len(chunks):
        start = i + 1
        while start < len(chunks) and chunks[start].value == "determiner":
            start += 1
    elif chunks[i].prefix in clitics and chunks[i].prefix and chunks[i].part is Part.OTHER:
        start = i
    else:
        return None
    if start >= len(chunks):
        return None
    end = start
    while end < len(chunks) and not (
        _ends_venue(chunks, end, start) or _is_next_party(line, end, start)
    ):
        end += 1
    if end == start:
        return None
    first, last = chunks[start].first, chunks[end - 1].last
    while last > first and chunks[end - 1].value in {
        "place",
        "posted",
        "of",
        "determiner",
        "circumstance",
    }:
        end -= 1
        last = chunks[end - 1].last
    while last > first and not line.sentence.tokens[last - 1].is_word:
        last -= 1
    has_noun = any(_venue_nouns(line, first, last)) or any(map(owner_of, chunks[start:end]))
    return Span(first, last, skip=chunks[start].skip) if has_noun and last > first else None


def _venue_nouns(line: Line, first: int, last: int) -> Iterator[int]:
    return (k for k in range(first, last) if line.sentence.part(k, "venue", "seat"))


def _is_next_party(line: Line, k: int, start: int) -> bool:
    """Tell "في قصر الحسينية رئيس البرلمان", where the palace has its name, from "في قصر رئيس الوزراء"."""
    is_construct = bool(line.sentence.language.definite)
    venue = line.chunks[start]
    is_whole = venue.value == "own_seat" or line.sentence.lexicon.is_definite(
        line.sentence.tokens[venue.last - 1].folded
    )
    return is_construct and line.chunks[k].part is Part.OFFICE and (k > start + 1 or is_whole)


def _ends_venue(chunks: Sequence[Chunk], k: int, start: int) -> bool:
    chunk = chunks[k]
    # "palais de Carthage", but "palais présidentiel à Tunis"
    is_named_after = chunk.part is Part.CITY and k - 2 == start and chunks[k - 1].value == "of"
    if chunk.part in _ENDS_VENUE:
        return not is_named_after
    if chunk.part is Part.OFFICE and k > start and chunks[k - 1].part is Part.ORGANIZATION:
        return True
    if chunks[k - 1].part is Part.CITY and k - 1 > start:
        return True
    if chunk.part is Part.NAME:
        return k == start
    is_place_again = chunk.value in {"place", "posted", "circumstance"}
    leads_to_city = k + 1 < len(chunks) and chunks[k + 1].part in {
        Part.CITY,
        Part.COUNTRY,
        Part.DATE,
    }
    return (is_place_again and leads_to_city) or chunk.value in {
        "relative",
        "that",
        "with",
        "to",
        "auxiliary",
        "pronoun",
    }
