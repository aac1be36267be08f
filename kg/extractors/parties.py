"""Assemble chunks into parties: which titles, offices and organizations belong to which name."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extractors.parts import ALONE, Chunk, Part, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BINDING = frozenset({Part.TITLE, Part.OFFICE, Part.ORGANIZATION, Part.COUNTRY, Part.DEMONYM})
_ATTRIBUTES = _BINDING | {Part.COUNTERPART, Part.DELEGATION, Part.GROUP, Part.PRONOUN}
_PREFIXED = frozenset({Part.TITLE, Part.NAME, Part.OFFICE, Part.DELEGATION, Part.GROUP})
_VISITED = frozenset({Part.COUNTRY, Part.ORGANIZATION})
_STATES = frozenset({Part.COUNTRY, Part.DEMONYM})
_ROLES = frozenset({Part.OFFICE, Part.COUNTERPART})
_PLACES = frozenset({Part.COUNTRY, Part.CITY, Part.ORGANIZATION, Part.DATE, Part.COMMA})
_UNSAID = frozenset({Part.OPEN, Part.CLOSE, Part.OTHER})
# What separates one party from the next whatever stands about it.
_STRONG = frozenset({Part.AND, Part.SEMICOLON, Part.PLACE, Part.DATE, Part.COMPANION, Part.LEADER})


@dataclass(slots=True)
class Party:
    """One party of a clause, in chunks; without a name it is an office, a state or an organization."""

    name: Chunk | None = None
    titles: list[Chunk] = field(default_factory=list)
    offices: list[Chunk] = field(default_factory=list)
    organizations: list[Span] = field(default_factory=list)
    countries: list[Span] = field(default_factory=list)
    counterpart: bool = False
    companion: bool = False
    pronoun: bool = False
    is_singular: bool = True
    is_visitor: bool = False
    delegation: Span | None = None
    group: Span | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing says who it is."""
        return not (
            self.name
            or self.offices
            or self.organizations
            or self.countries
            or self.pronoun
            or self.counterpart
            or self.titles
        )

    @property
    def first(self) -> int:
        """Give the first token of what says who it is."""
        return min((first for first, _ in self._ranges()), default=-1)

    @property
    def last(self) -> int:
        """Give the token behind the last one of what says who it is."""
        return max((last for _, last in self._ranges()), default=-1)

    def _ranges(self) -> Iterator[tuple[int, int]]:
        for chunk in (self.name, *self.titles, *self.offices, *self.organizations, *self.countries):
            if chunk:
                yield chunk.first, chunk.last

    def take(self, chunk: Chunk) -> None:
        """Add what a chunk says of this party."""
        match chunk.part:
            case Part.NAME:
                self.name = chunk
            case Part.TITLE:
                self.titles.append(chunk)
                self.pronoun = self.pronoun or chunk.value == ALONE
            case Part.OFFICE:
                self.offices.append(chunk)
            case Part.ORGANIZATION:
                self.organizations.append(_span(chunk))
            case Part.COUNTRY | Part.DEMONYM:
                self.countries.append(_span(chunk))
            case Part.COUNTERPART:
                self.counterpart = True
            case Part.PRONOUN:
                self.pronoun = True
                self.is_singular = chunk.value != "pronoun_plural"
                self.is_visitor = chunk.value == "visitor"
            case Part.DELEGATION:
                self.delegation = _span(chunk)
            case Part.GROUP:
                self.group = _span(chunk)
            case _:
                pass


def _span(chunk: Chunk) -> Span:
    return chunk.words or Span(chunk.first, chunk.last, chunk.value, chunk.skip)


def assemble(chunks: Sequence[Chunk]) -> list[Party]:
    """Group the chunks of a region into parties, in the order in which they are named.

    Each name is a person. What stands between two names is cut once: before the cut it belongs to
    the name before, behind it to the name after.
    """
    chunks = [
        chunk
        for i, chunk in enumerate(chunks)
        if chunk.part not in _UNSAID
        and not (chunk.part is Part.ORGANIZATION and _is_agency(chunks, i))
    ]
    names = [i for i, chunk in enumerate(chunks) if chunk.part is Part.NAME]
    if not names:
        groups = _groups(chunks[_past_place(chunks) :])
        return [party for group in groups if not (party := _party(group)).is_empty]
    role_first = any(c.part in _ROLES for c in chunks[: names[0]])
    is_joined = chunks[0].part is Part.COMPANION and _stands_alone(chunks, names)
    state_first = any(c.country or c.states or c.part in _STATES for c in chunks[: names[0]])
    # "Accompagné de trois ministres, A a atterri": who came along is not who is named.
    cuts = [names[0] if is_joined else _head(chunks[: names[0]])]
    cuts += [
        _next_cut(chunks, a, b, role_first=role_first, state_first=state_first)
        for a, b in pairwise(names)
    ]
    has_role = any(c.part in _ROLES for c in chunks[cuts[-1] : names[-1]])
    tail = _tail(chunks[names[-1]], chunks[names[-1] + 1 :], has_role=has_role)
    cuts.append(names[-1] + 1 + tail)
    cuts[0] = _joined_head(chunks, cuts[0])
    people = [_party(chunks[a:b]) for a, b in pairwise(cuts)]
    for person, a, b in zip(people, cuts, cuts[1:], strict=False):
        person.companion = any(c.part is Part.COMPANION for c in chunks[max(0, a - 1) : b])
    _share_office(people)
    opening = max((i + 1 for i in range(cuts[0]) if _ends_place(chunks, i)), default=0)
    before = [_party(group) for group in _groups(chunks[opening : cuts[0]])]
    if before and cuts[0] and chunks[cuts[0] - 1].part is Part.LEADER:
        _lead(people[0], before.pop())
    before = _deal_out(before, people)
    after = [_party(group) for group in _groups(chunks[cuts[-1] :])]
    for party in after:
        people[-1].delegation = people[-1].delegation or (
            party.delegation if party.is_empty else None
        )
    return [party for party in (*before, *people, *after) if not party.is_empty]


def _stands_alone(chunks: Sequence[Chunk], names: Sequence[int]) -> bool:
    """Tell "Accompagné de ministres, A, président, a", of A alone, from "Accompagné du ministre A, le président a"."""
    name = names[0]
    is_marked = name > 1 and chunks[name - 1].part is Part.COMMA
    offices = (i for i in range(name + 1, len(chunks)) if chunks[i].part is Part.OFFICE)
    return len(names) == 1 and is_marked and not any(_is_led(chunks, i) for i in offices)


def _share_office(people: Sequence[Party]) -> None:
    """Give "les ministres du Mali, A, et du Niger, B" one office each, of his own state."""
    first = people[0]
    states = first.offices[0].states if first.offices else []
    if states and len(states) == len(people) - 1 and not any(p.offices for p in people[1:]):
        # "les ministres américain et français, A et B"
        for person, own in zip(people[1:], states, strict=True):
            person.offices.append(replace(first.offices[0], country=own))
        return
    is_listed = bool(first.countries or first.organizations)
    is_of_state = is_listed or any(office.country for office in first.offices)
    office = first.offices[0] if first.offices and is_of_state else None
    for person in people[1:] if office or first.counterpart else ():
        if person.offices or person.counterpart or not (person.countries or person.organizations):
            return
        person.counterpart = first.counterpart
        if office:
            state = person.countries[0] if person.countries else None
            person.offices.append(replace(office, organizations=[], country=state))


def _deal_out(before: list[Party], people: Sequence[Party]) -> list[Party]:
    """Give "les ambassadeurs du Mali et du Niger, A et B" one state each, in their order; return who is left."""
    if not before or before[0].name or len(before[0].offices) != 1 or people[0].offices:
        return before
    office, rest = before[0].offices[0], [*before[1:], people[0]]
    own = [office.country, *office.states] if office.country else before[0].countries
    states = [*own, *(state for party in rest for state in party.countries)]
    is_each = len(states) == len(people) > 1 and not any(p.countries for p in people[1:])
    if not is_each or any(party.offices or party.organizations for party in rest):
        return before
    for person, state in zip(people, states, strict=True):
        person.countries = []
        person.offices.append(replace(office, country=state))
    return []


def _lead(leader: Party, group: Party) -> None:
    """Let who leads a delegation stand for it: "une délégation de l'OMS conduite par le Dr X"."""
    leader.organizations += group.organizations
    leader.countries += group.countries
    leader.delegation = leader.delegation or group.delegation


def _is_agency(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a dateline's brackets hold whose report it is: "Suva, 13 February (IANS)"."""
    if i == 0 or chunks[i - 1].part is not Part.OPEN:
        return False
    return i == 1 or chunks[i - 2].part in {Part.DATE, Part.CITY, Part.COUNTRY}


def _party(chunks: Sequence[Chunk]) -> Party:
    party = Party()
    for chunk in chunks:
        party.take(chunk)
    return party


def _groups(chunks: Sequence[Chunk]) -> Iterator[list[Chunk]]:
    """Split chunks without a name at "and" and at marks; an office takes what follows it."""
    group: list[Chunk] = []
    for chunk in chunks:
        if _is_strong(chunk) or chunk.part is Part.COMMA:
            if group:
                yield group
            group = []
        if chunk.part in _ATTRIBUTES:
            group.append(chunk)
    if group:
        yield group


def _is_strong(chunk: Chunk) -> bool:
    is_joined = chunk.joins and chunk.part in _ATTRIBUTES | {Part.NAME}
    # "رحب الوزير باللواء": what has a preposition written onto it is another party.
    is_other = bool(chunk.prefix) and chunk.part in _PREFIXED
    return chunk.part in _STRONG or is_joined or is_other


def _head(chunks: Sequence[Chunk]) -> int:
    """Tell where the first person's own attributes begin: after the last strong mark before its name."""
    for i in range(len(chunks) - 1, -1, -1):
        if chunks[i].part in _STRONG or _ends_party(chunks, i) or _ends_place(chunks, i):
            return i + 1
        if _is_strong(chunks[i]):
            return i
    return 0


def _ends_party(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a party without a name ends: "استقبل سموه الوزير", "استقبل سمو الأمير، رئيس الوزراء"."""
    chunk, before = chunks[i], chunks[i - 1] if i else None
    if chunk.part is Part.PRONOUN or (chunk.part is Part.TITLE and chunk.value == ALONE):
        return True
    is_closed = chunk.part is Part.COMMA and before is not None and before.part is Part.TITLE
    if is_closed and i + 1 < len(chunks) and chunks[i + 1].part is Part.TITLE:
        # "His Excellency, the Most Hon. Sir X": titles go on.
        return False
    return is_closed and before is not None and before.value != "prayers"


def _ends_place(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a clause opens with a place and a comma: "In Nigeria, Mr. Finer met"."""
    if chunks[i].part is not Part.COMMA or i == 0:
        return False
    return all(c.part in _PLACES for c in chunks[:i])


def _past_place(chunks: Sequence[Chunk]) -> int:
    """Step over the place with which a clause opens before an office: "In Lomé, Togo, the President met"."""
    ends = (i + 1 for i in range(len(chunks)) if _ends_place(chunks, i))
    opening = max(ends, default=0)
    is_office = opening < len(chunks) and chunks[opening].part in {Part.OFFICE, Part.TITLE}
    return opening if is_office else 0


def _joined_head(chunks: Sequence[Chunk], head: int) -> int:
    """Go back over "and" from an office to another: both are of the name that follows."""
    if head < len(chunks) and chunks[head].part is Part.OFFICE and head > 0:
        joint = chunks[head - 1].part is Part.AND or chunks[head].joins
        before = head - 2 if chunks[head - 1].part is Part.AND else head - 1
        if joint and chunks[before].part is Part.OFFICE:
            return before
    return head


def _tail(name: Chunk, chunks: Sequence[Chunk], *, has_role: bool) -> int:
    """Tell where the last person's own attributes end: at the first strong mark after its name.

    "زار الرئيس فلان فرنسا": a state or a body right behind a name is not the name's.
    """
    comma, office = (*chunks, name, name)[:2]
    if has_role and comma.part is Part.COMMA and office.part is Part.OFFICE:
        # "le ministre X, le conseiller et le wali": behind an article another is meant.
        is_whole = any(c.part is Part.SEMICOLON for c in chunks[2:3])
        is_other = office.first > comma.last and not is_whole
        if is_other:
            return 0
    if chunks and chunks[0].part in _VISITED and chunks[0].first == name.last:
        return 0
    strong = (
        i
        for i, c in enumerate(chunks)
        if _comes(c)
        or (_is_strong(c) and not (_joins_offices(chunks, i) or _goes_on_office(chunks, i)))
    )
    return next(strong, len(chunks))


def _goes_on_office(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether "and" is written onto a second office of one person: "ولي العهد ورئيس مجلس الوزراء"."""
    return (
        chunks[i].joins and chunks[i].part is Part.OFFICE and i > 0 and _is_office_before(chunks, i)
    )


def _joins_offices(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether "and" joins two offices of one person: "A, chair of the Union and President of B"."""
    if chunks[i].part is not Part.AND or not 0 < i < len(chunks) - 1:
        return False
    before, after = chunks[i - 1], chunks[i + 1]
    is_adjacent = before.last == chunks[i].first and chunks[i].last == after.first
    return is_adjacent and before.part is Part.OFFICE is after.part


def _next_cut(
    chunks: Sequence[Chunk], a: int, b: int, *, role_first: bool, state_first: bool
) -> int:
    """Tell where between two names the second's party begins; with the name itself where "and" is written onto it."""
    if chunks[b].joins:
        return b
    sent = next((i for i in range(a + 1, b) if _comes(chunks[i])), None)
    if sent is not None and any(c.part is Part.LEADER for c in chunks[sent:b]):
        return sent
    between = chunks[a + 1 : b]
    # "Ces ambassadeurs, A, du Portugal, B, d'Argentine": no state stands before the first name.
    is_listed = not state_first and all(c.part in _STATES | {Part.COMMA} for c in between)
    is_own = role_first and (is_listed or _is_followed_by_own(chunks, a))
    # "استقبل منسى راعي الأبرشية فلانا": who was named in full before is not described again.
    is_bare = chunks[a].last == chunks[a].first + 1 and chunks[a + 1].part is not Part.COMMA
    return a + 1 + _cut(between, role_first=(role_first and not is_own) or is_bare)


def _is_followed_by_own(chunks: Sequence[Chunk], a: int) -> bool:
    """Tell ", Awa Sy présidente de la Cour, B", where an office follows a name that none leads to."""
    before, after = chunks[a - 1 : a], chunks[a + 1 : a + 2]
    is_bare = bool(before) and before[0].part in {Part.COMMA, Part.AND}
    is_next = bool(after) and after[0].part is Part.OFFICE and not after[0].prefix
    return is_bare and is_next and after[0].first == chunks[a].last


def _comes(chunk: Chunk) -> bool:
    """Tell "استقبل فلان وفدا من الاتحاد", where the delegation is who came, from "فلان والوفد المرافق"."""
    return chunk.part is Part.DELEGATION and not chunk.joins


def _first_joined(between: Sequence[Chunk], cut: int, *, role_first: bool) -> int:
    """Go back over offices that "and" joins to one list: "، ونائب رئيس الوزراء ووزير الخارجية فلان".

    Where offices come first, a mark before the first of them tells that it is of the list too.
    """
    while cut > 0 and between[cut].part is Part.OFFICE and _is_office_before(between, cut):
        is_marked = role_first and cut > 1 and between[cut - 2].part in _STRONG | {Part.COMMA}
        if not (_is_strong(between[cut - 1]) or is_marked):
            break
        cut -= 1
    return cut


def _is_office_before(chunks: Sequence[Chunk], i: int) -> bool:
    before = chunks[i - 1]
    return before.part is Part.OFFICE and before.last == chunks[i].first


def _past_second_office(between: Sequence[Chunk], joint: int) -> int:
    """Go past "and" between two offices of the name before: "A, deputy and minister, Ms. B"."""
    before, after = between[:joint], between[joint + 1 :]
    comma = next((i for i, c in enumerate(after) if c.part is Part.COMMA), None)
    is_second = (
        between[joint].part is Part.AND
        and comma is not None
        and any(c.part is Part.OFFICE for c in before)
        and [c.part for c in after if c.part is Part.OFFICE] == [Part.OFFICE]
        and after[0].part is Part.OFFICE
    )
    return joint + 1 + comma if is_second and comma is not None else joint


def _last_led(between: Sequence[Chunk], commas: Sequence[int]) -> int | None:
    """Find the mark before the last office with an article: further offices of one person have none."""
    led = (i for i in reversed(commas) if between[i + 1 : i + 2] and _is_led(between, i + 1))
    return next(led, None)


def _is_led(between: Sequence[Chunk], i: int) -> bool:
    return between[i].part is Part.OFFICE and between[i].first > between[i - 1].last


def _cut(between: Sequence[Chunk], *, role_first: bool) -> int:
    strong = [i for i, c in enumerate(between) if _is_strong(c) and not _joins_offices(between, i)]
    if strong:
        first = _first_joined(between, strong[-1], role_first=role_first)
        return first if role_first else _past_second_office(between, first)
    title = next((i for i, c in enumerate(between) if c.part is Part.TITLE), None)
    commas = [i for i, c in enumerate(between) if c.part is Part.COMMA]
    if not commas:
        offices = [i for i, c in enumerate(between) if c.part is Part.OFFICE]
        if len(offices) > 1:
            return offices[0] if role_first else offices[-1]
        return offices[0] if offices else (title or 0)
    last = commas[-1]
    adjacent = between[last + 1 :]
    if any(c.part is Part.OFFICE for c in adjacent):
        return last
    # ", N" or ", Mr. N": an office before the comma is this one's where offices come first.
    before = between[:last]
    has_own = any(c.part is Part.OFFICE for c in before)
    if role_first and has_own:
        led = _last_led(between, commas)
        before_own = commas[-2] if len(commas) > 1 else 0
        return before_own if led is None else led
    # ", du Niger, N": a state between commas, where offices come first.
    is_state = len(commas) > 1 and all(c.part in _STATES for c in between[commas[-2] + 1 : last])
    return commas[-2] if role_first and is_state else last
