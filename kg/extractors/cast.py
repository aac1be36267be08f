"""Who an article speaks of: each person once, with every name, title and office that it gives them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kg import gazetteers
from kg.extractors.parties import Party, assemble
from kg.extractors.parts import Part, Span
from kg.extractors.regions import is_partyish
from kg.extractors.roster import NameWord, Roster
from kg.gazetteers import Sort
from kg.model import EntityKind
from kg.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kg.extractors.document import Document, Line
    from kg.extractors.parts import Chunk

_LONG_OFFICE = 3  # words
_SHORT_RUN = 4  # chunks
_NUMBERS = 2  # forms of the dual and of the accusative, before the plural


@dataclass(slots=True, eq=False)
class Figure:
    """A person, organization or country of one article; `names` begin with the fullest."""

    kind: EntityKind
    names: list[Span]
    titles: list[Chunk] = field(default_factory=list)
    offices: list[Chunk] = field(default_factory=list)
    organizations: list[Span] = field(default_factory=list)
    country: Span | None = None
    accredited_to: Span | None = None
    delegation: Span | None = None

    @property
    def name(self) -> Span:
        """Give the fullest name."""
        return self.names[0]


class Cast:
    """The figures of a document, found by name or by office."""

    def __init__(self, document: Document) -> None:
        """Gather every name of the document, full names before short ones."""
        self.document = document
        self.figures: list[Figure] = []
        self._by_name: dict[tuple[int, int], Figure] = {}
        self._small = set(document.language.words["of"]) | set(document.language.words["and"])
        self._roster: Roster[Figure] = Roster(
            has_case=document.language.has_case, order=lambda figure: figure.name.first
        )
        names = [(name, line) for line in document.lines for name in line.names]
        # The body's names are fuller than the headline's, whose capitals run on into other words.
        for name, line in sorted(
            names, key=lambda n: (n[1].is_title, -self._n_words(n[0]), n[0].first)
        ):
            self._enter_name(Span(name.first, name.last, skip=name.skip), line)
        for line in sorted(document.lines, key=lambda line: line.is_title):
            for run in _runs(line.chunks) if line.names else ():
                is_named = any(chunk.part is Part.NAME for chunk in run)
                parties = assemble(run) if is_named else []
                for party in self._with_shared(parties):
                    if party.name:
                        self._describe(self.of_name(party.name), party)
        for line in document.lines:
            self._describe_unnamed(line)
        body = [line for line in document.lines if not line.is_title]
        for before, line in pairwise(body):
            self._name_lead(before, line)

    def of_name(self, name: Chunk) -> Figure:
        """Give the person of a name that stands in the document."""
        return self._by_name[name.first, name.last]

    def find(self, party: Party, others: Collection[Figure] = ()) -> Figure | None:
        """Tell who a party of a clause is, none of `others`; None where the article does not say."""
        if party.name:
            figure = self.of_name(party.name)
            self._describe(figure, party)
            return figure
        if party.offices:
            return self._holder(party, others) or self._represented(party)
        if party.organizations:
            return self._group(EntityKind.ORGANIZATION, party.organizations[0], party)
        if party.countries and not party.titles:
            return self._group(EntityKind.COUNTRY, party.countries[0], party)
        return None

    def of_title(self, party: Party, previous: Figure | None) -> Figure | None:
        """Tell whom a bare title means: the one before if it is theirs, else the only one who has it."""
        values = {title.value for title in party.titles}
        holders = [f for f in self.people() if values & {title.value for title in f.titles}]
        if previous in holders:
            return previous
        return holders[0] if len(holders) == 1 else None

    def people(self) -> list[Figure]:
        """List the persons in the order of their first names in the body."""
        return [figure for figure in self.figures if figure.kind is EntityKind.PERSON]

    # Names

    def _n_words(self, name: Chunk | Span) -> int:
        return len(self.document.folded(name.first, name.last))

    def _enter_name(self, name: Span, line: Line) -> None:
        words = self._words(name)
        figure = self._roster.named(words)
        if not figure and line.is_title:
            figure = self._roster.within(words)
        if figure:
            figure.names.append(name)
        else:
            figure = Figure(EntityKind.PERSON, [name])
            self.figures.append(figure)
            self._roster.enter(figure, words)
        self._by_name[name.first, name.last] = figure

    def _words(self, name: Span) -> tuple[NameWord, ...]:
        lexicon, lists = self.document.lexicon, self.document.language.words
        keys = [
            lexicon.key(token)
            for token in self.document.tokens[name.first : name.last]
            if token.is_word
        ]
        words = [
            NameWord(key, i > 0 and keys[i - 1] in lists["patronymic"])
            for i, key in enumerate(keys)
            if key not in lists["particle"]
        ]
        return tuple(words) or tuple(NameWord(key) for key in keys)

    # What is said of them

    def _describe(self, figure: Figure, party: Party) -> None:
        figure.titles += [title for title in party.titles if title not in figure.titles]
        figure.offices += [office for office in party.offices if office not in figure.offices]
        figure.organizations += [o for o in party.organizations if o not in figure.organizations]
        countries = [o.country for o in party.offices if o.country] + party.countries
        figure.country = figure.country or next(iter(countries), None)
        accredited = next((o.accredited_to for o in party.offices if o.accredited_to), None)
        figure.accredited_to = figure.accredited_to or accredited
        figure.delegation = figure.delegation or party.delegation

    def _describe_unnamed(self, line: Line) -> None:
        """Give who holds an office the state that the article gives it where it leaves out the name."""
        offices = [chunk for chunk in line.chunks if chunk.part is Part.OFFICE and chunk.value]
        for office in offices:
            holders = [f for f in self.people() if any(o.value == office.value for o in f.offices)]
            if not office.country or any(office in figure.offices for figure in holders):
                continue
            state = office.country.value
            own = [f for f in holders if f.country and f.country.value == state]
            is_lone = sum(other.value == office.value for other in offices) == 1
            if not own and is_lone and self._is_alone(holders, office, line):
                own, holders[0].country = holders, office.country
            if len(own) == 1:
                own[0].accredited_to = own[0].accredited_to or office.accredited_to

    def _name_lead(self, before: Line, line: Line) -> None:
        """Take for "Kenya's foreign minister" of one sentence the bare name that opens the next."""
        run = next(_runs(before.chunks), [])
        name = next((c for c in line.chunks if c.value != "determiner"), None)
        office = next((c for c in run if c.part is Part.OFFICE), None)
        if not (office and name and name.part is Part.NAME) or len(run) > _SHORT_RUN:
            return
        figure = self.of_name(name)
        is_named = any(c.part is Part.NAME for c in before.chunks)
        is_held = any(self.holds(other, Party(offices=[office])) for other in self.people())
        if not (is_named or is_held or figure.offices or figure.titles):
            self._describe(figure, Party(offices=[office]))

    def _is_alone(self, holders: Sequence[Figure], office: Chunk, line: Line) -> bool:
        """Tell whether the one holder of an office without a state is meant, and not whom he met."""
        if len(holders) != 1 or holders[0].country:
            return False
        span, figure = line.sentence, holders[0]
        is_named = any(span.first <= name.first < span.last for name in figure.names)
        words = self._office_words(office)
        known = [self._office_words(own) for own in figure.offices]
        is_same = words in known and len(words) > _LONG_OFFICE
        is_short = len(words) > 1 and any(set(words) <= set(own) for own in known)
        return is_same or (is_short and not is_named)

    def _office_words(self, office: Chunk) -> tuple[str, ...]:
        span = office.words or Span(office.first, office.last)
        return self.document.folded(span.first, span.last)

    def holds(self, figure: Figure, party: Party) -> bool:
        """Tell whether a person holds the office of a party, or a narrower one."""
        return any(
            self._is_office(party, office) and not self._serves_others(party, office)
            for office in figure.offices
        )

    def _is_office(self, party: Party, office: Chunk) -> bool:
        """Tell whether an office is that of a party, or a narrower one; unknown ones by their words."""
        own = party.offices[0]
        if not own.value or not office.value:
            words = [o.words or Span(o.first, o.last) for o in (own, office)]
            folded = {self.document.folded(span.first, span.last) for span in words}
            return own.value == office.value and len(folded) == 1
        is_same = own.value == office.value
        if not is_same and (office.organizations or not _is_broader(own, office)):
            return False
        countries = {span.value for span in (own.country, office.country, *party.countries) if span}
        return len(countries) <= 1

    def _serves_others(self, party: Party, office: Chunk) -> bool:
        """Tell whether two offices are of organizations that are not the same."""
        own = [*party.offices[0].organizations, *party.organizations]
        if not own or not office.organizations:
            return False
        words, others = (
            {word for o in spans for word in self.document.folded(o.first, o.last)}
            for spans in (own, office.organizations)
        )
        values = {o.value for o in own if o.value} & set(_with_wholes(office.organizations))
        return not values and not words & others - self._small

    def _with_shared(self, parties: Sequence[Party]) -> Sequence[Party]:
        """Give "former presidents A, B and C" the one office of which only the first has the name."""
        for before, party in pairwise(parties):
            is_bare = party.name and not (party.offices or party.titles or party.countries)
            is_led = before.name and len(before.offices) == 1 and not before.companion
            if is_bare and is_led and not party.organizations and self._is_plural(before):
                party.offices.append(before.offices[0])
        return parties

    def _is_plural(self, party: Party) -> bool:
        """Tell "ambassadeurs" from "ambassadeur": whether the head of an office is a plural."""
        words = party.offices[0].words or Span(party.offices[0].first, party.offices[0].last)
        folded = self.document.folded(words.first, words.last)
        lexicon = self.document.lexicon
        head_last = reversed(folded) if self.document.language.premodified else folded
        head = next((word for word in head_last if lexicon.is_office(word)), "")
        return lexicon.is_plural(head)

    def _holder(self, party: Party, others: Collection[Figure]) -> Figure | None:
        """Find the one person of the article who holds the office of a party without a name."""
        if self.is_of_many(party.offices[0]):
            return None
        holders = [f for f in self.people() if f not in others and self.holds(f, party)]
        value, own = party.offices[0].value, party.offices[0].country
        if own and self._is_plural(party):
            # "les ambassadeurs du Togo et du Mali": none of them is one of whom no state is told.
            holders = [f for f in holders if f.country]
        if len(holders) > 1:
            # Who is called head of state himself, rather than any president.
            exact = [f for f in holders if any(o.value == value for o in f.offices)]
            holders = exact or holders
        bodies = {o.value for o in party.offices[0].organizations} - {None}
        if len(holders) > 1 and bodies:
            # "The President of the Bank" is not the President of Mali.
            served = (({o.value for c in f.offices for o in c.organizations}, f) for f in holders)
            holders = [f for values, f in served if values & bodies] or holders
        if len(holders) > 1 and own:
            holders = [f for f in holders if f.country and f.country.value == own.value]
        if len(holders) != 1:
            return None
        holders[0].country = holders[0].country or own
        return holders[0]

    def is_of_many(self, office: Chunk) -> bool:
        """Tell "سفراء فرنسا وألمانيا", of whom no one is meant alone."""
        forms = self.document.language.inflections.values()
        plurals = {fold(each[-1]) for each in forms if len(each) > _NUMBERS}
        return self.document.lexicon.key(self.document.tokens[office.first]) in plurals

    def _represented(self, party: Party) -> Figure | None:
        """Take for an unnamed office holder the organization or the state behind the office."""
        office = party.offices[0]
        organization = next(iter((*office.organizations, *party.organizations)), None)
        if organization:
            return self._group(EntityKind.ORGANIZATION, organization, party)
        country = next(iter((*filter(None, [office.country]), *party.countries)), None)
        return self._group(EntityKind.COUNTRY, country, party) if country else None

    def _group(self, kind: EntityKind, span: Span, party: Party) -> Figure:
        words = self.document.folded(span.first, span.last)
        for figure in self.figures:
            is_same = figure.kind is kind and (
                (span.value and figure.name.value == span.value)
                or self.document.folded(figure.name.first, figure.name.last) == words
            )
            if is_same:
                figure.delegation = figure.delegation or party.delegation
                return figure
        country = next(iter(party.countries), None) if kind is EntityKind.ORGANIZATION else span
        figure = Figure(kind, [span], country=country, delegation=party.delegation)
        self.figures.append(figure)
        return figure


def _is_venue(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a word of place stands before an organization: "at Bayan Palace Qatar's minister"."""
    before = next((c for c in reversed(chunks[:i]) if c.value != "determiner"), None)
    return before is not None and before.value in {"place", "posted"}


def _runs(chunks: Sequence[Chunk]) -> Iterator[list[Chunk]]:
    """Cut a sentence at its verbs and prepositions: what is said of a name stands in one run with it."""
    run: list[Chunk] = []
    for i, chunk in enumerate(chunks):
        if chunk.part is Part.ORGANIZATION and _is_venue(chunks, i):
            yield run
            run = []
        elif is_partyish(chunk) or chunk.part is Part.SEMICOLON:
            run.append(chunk)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _with_wholes(organizations: Iterable[Span]) -> Iterator[str]:
    """Give the known organizations, and those of which they are parts."""
    for organization in organizations:
        if organization.value:
            yield organization.value
            yield from gazetteers.entry(Sort.ORGANIZATION, organization.value).broader


def _is_broader(wide: Chunk, narrow: Chunk) -> bool:
    """Tell whether one of two offices is the other said in wider words: a president, the head of state."""
    if not (wide.value and narrow.value):
        return False
    return wide.value in _wider(narrow.value) or narrow.value in _wider(wide.value)


@cache
def _wider(office: str) -> frozenset[str]:
    broader = gazetteers.entry(Sort.OFFICE, office).broader
    return frozenset(broader).union(*(_wider(other) for other in broader))
