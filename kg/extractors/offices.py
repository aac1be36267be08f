"""Offices: known ones with what stands before and behind them, and those that only their place tells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg import gazetteers
from kg.extractors.complements import ComplementReader
from kg.extractors.forms import Label
from kg.extractors.nouns import AFFILIATIONS, LONGEST_COMPLEMENT, OFFICE_WORDS
from kg.extractors.parts import Chunk, Part, Span
from kg.gazetteers import Sort
from kg.text import fold

if TYPE_CHECKING:
    from kg.extractors.forms import Match

_LEADS_TO_OFFICE = frozenset(
    {Part.TRIGGER, Part.TITLE, Part.COMMA, Part.AND, Part.NAME, Part.DELEGATION, Part.DATE}
)


class OfficeReader(ComplementReader):
    """Reads offices."""

    def _office(self, i: int) -> Chunk | None:
        match = self.sentence.longest(i, Label.OFFICE)
        if not match:
            return None
        match = self._before_country(i) or match
        match = self._before_adjective(match) or match
        value = self._without_adjective(match) or match.form.value
        office = Chunk(Part.OFFICE, i, match.last, value, match.prefix)
        office.words = Span(i, match.last, value)
        if body := self._body(match):
            office.organizations.append(body)
        self._take_modifiers(office)
        self._take_complement(office)
        office.country = office.country or self._state_of_body(office)
        if self.language.definite:
            office.last = self._past_stop(office.last)
        return office

    def _state_of_body(self, office: Chunk) -> Span | None:
        """Find the state whose body or head an office serves: "رئيس أركان الجيش الوطني الشعبي"."""
        sorts = {Label.ORGANIZATION: Sort.ORGANIZATION, Label.OFFICE: Sort.OFFICE}
        for k in range(office.first + 1, office.last):
            body = self.sentence.find(k, *sorts)
            owner = gazetteers.entry(sorts[body.form.label], body.form.value) if body else None
            if body and owner and owner.country:
                return Span(body.first, body.last, owner.country)
        return None

    def _such(self, i: int) -> Chunk | None:
        """Read the office that is said of one before: "l'ambassadeur du Mali, A, et celui du Bénin, B"."""
        such = self.sentence.part(i, "such")
        before = next((c for c in reversed(self.chunks) if c.part is Part.OFFICE), None)
        if not such or not before:
            return None
        office = Chunk(Part.OFFICE, i, such.last, before.value, words=before.words)
        self._take_complement(office)
        serves = office.country or office.accredited_to or office.organizations
        office.words = before.words
        return office if serves else None

    def _body(self, match: Match) -> Span | None:
        """Find the body that an office's name says: "président du Sénat"."""
        bodies = tuple(fold(body) for body in self.language.words.get("body", ()))
        for k in range(match.first + 1, match.last) if bodies else ():
            is_led = self.sentence.part(k - 1, "of", "determiner")
            if is_led and self.sentence.text(k, match.last).startswith(bodies):
                return Span(k, match.last)
        return None

    def _without_adjective(self, match: Match) -> str | None:
        """Tell the office that a state's adjective stands inside of: "ministre russe des Affaires étrangères"."""
        sentence, last = self.sentence, match.last
        demonym = sentence.find(last, Label.DEMONYM)
        if not demonym or not sentence.part(demonym.last, "of"):
            return None
        end = min(sentence.last, demonym.last + LONGEST_COMPLEMENT)
        words = (*sentence.tokens[match.first : last], *sentence.tokens[demonym.last : end])
        offices = sentence.lexicon.all(words, 0, len(words)).get(0, ())
        return next(
            (
                m.form.value
                for m in offices
                if m.form.label is Label.OFFICE and m.n_tokens > match.n_tokens
            ),
            None,
        )

    def _before_country(self, i: int) -> Match | None:
        """Shorten "President of the Republic" where the republic that is meant has a name."""
        for match in self.sentence.all(i, Label.OFFICE):
            inside = range(i + 1, match.last)
            wholes = (self.sentence.find(k, Label.COUNTRY, Label.ORGANIZATION) for k in inside)
            longer = [whole for whole in wholes if whole and whole.last > match.last]
            # "رئيس مجلس النواب العراقي" heads no more than his own state's house.
            demonym = (
                self.sentence.find(match.last, Label.DEMONYM) if self.language.definite else None
            )
            if all(demonym and whole.last == demonym.last for whole in longer):
                return match
        # "أمير دولة قطر": an office whose last word begins the state's name is said by the words before.
        match = self.sentence.all(i, Label.OFFICE)[-1]
        return replace(match, last=match.last - 1) if match.n_tokens > 1 else None

    def _before_adjective(self, match: Match) -> Match | None:
        """Shorten "président du Conseil" before "économique": another body is meant."""
        noun = self.sentence.part(match.last - 1, "organization_noun")
        if not noun or match.last >= self.sentence.last or not self._is_adjective(match.last):
            return None
        shorter = (m for m in self.sentence.all(match.first, Label.OFFICE) if m.last < match.last)
        return next(shorter, None)

    def _unknown_office(self, i: int) -> Chunk | None:
        """Without capitals, common nouns that lead to a name or follow one are its office."""
        before = self.chunks[-1] if self.chunks else None
        if self.language.has_case or not before or before.part not in _LEADS_TO_OFFICE:
            return None
        if self._leads_to_name() and self._closed_run(i) > i:
            return None
        if self._is_short_before_foreign(i):
            return None
        office = Chunk(Part.OFFICE, i, i, prefix=self._conjunction(i))
        j = i
        while j < self.sentence.last and j - i < LONGEST_COMPLEMENT and self._is_office_word(j, i):
            j = self._take_affiliation(office, j)
        leads = j < self.sentence.last and (
            self.sentence.find(j, Label.TITLE) or self._name_end(j) > j
        )
        if j == i or not (leads or (before.part is Part.NAME and self._is_closed(j))):
            return None
        office.last = j
        office.words = Span(i, j)
        return office

    def _is_office_word(self, j: int, i: int) -> bool:
        match = self.sentence.best(j)
        if not self._may_be_name(j) or self._is_given(j, i) or self.sentence.find(j, Label.TITLE):
            return False
        if match and match.form.label in {Label.ACT, Label.TRIGGER}:
            return False
        clitics = self.language.words.get("purpose_clitic", ())
        places = self.language.words.get("place_clitic", ())
        if j == i and self._written_onto(j, "verbal_noun") is not None:
            return False
        if (
            j == i
            and self.sentence.tokens[j].folded.startswith((*clitics, *places))
            and not self.sentence.is_plain(j)
        ):
            return False
        if j == i and self.sentence.longest(j, Label.CITY):
            return False
        office = self.sentence.find(j, Label.OFFICE)
        is_next = office and (self._is_conjunction(office.prefix) or self._has_article(j))
        if j > i and (is_next or self._is_plainly_prefixed(j)):
            return False
        if match and match.form.label is Label.WORD:
            return match.form.value in OFFICE_WORDS and not (j == i and match.form.value == "venue")
        if match and match.form.label in AFFILIATIONS:
            # "زار الوزير فلان جمهورية العراق": an office does not begin with a state.
            return j > i
        return self.sentence.is_common(j)

    def _take_affiliation(self, office: Chunk, j: int) -> int:
        match = self.sentence.find(j, *AFFILIATIONS)
        if not match:
            return j + 1
        span = Span(j, match.last, match.form.value, self.language.skip(match.prefix))
        if match.form.label is Label.ORGANIZATION:
            office.organizations.append(span)
        else:
            office.country = office.country or span
        return match.last

    def _take_modifiers(self, office: Chunk) -> None:
        """Take what stands before the head: "Iraqi", "Deputy", "National Security Office", "Sri Lanka's"."""
        while self.chunks and self._take_modifier(office):
            office.first = self.chunks.pop().first

    def _take_modifier(self, office: Chunk) -> bool:
        before, words = self.chunks[-1], office.words or Span(office.first, office.last)
        if before.prefix and before.part is not Part.DEMONYM:
            return False
        match before.part:
            case Part.DEMONYM | Part.COUNTRY if self.language.premodified:
                office.country = office.country or Span(before.first, before.last, before.value)
            case Part.ORGANIZATION if self._is_portfolio(before):
                office.words = Span(before.first, words.last, office.value)
            case Part.ORGANIZATION if self.language.premodified and not office.country:
                self._take_organization(office, before)
            case Part.OTHER if before.value == "possessive" and len(self.chunks) > 1:
                is_body = self.chunks[-2].value == "organization_noun"
                return is_body or self.chunks[-2].part in {Part.COUNTRY, Part.ORGANIZATION}
            case Part.OTHER if self._is_body_before(before):
                self._take_organization(office, before)
            case Part.OTHER if before.value == "modifier" or self._premodifies(before):
                # "the visiting Peruvian minister" is a minister.
                is_next = words.first == office.first
                office.words = Span(before.first, words.last, office.value) if is_next else words
            case Part.AND if len(self.chunks) > 1 and self._is_first_portfolio(words):
                office.words = Span(self.chunks[-2].first, words.last, office.value)
            case _:
                return False
        return True

    def _is_body_before(self, before: Chunk) -> bool:
        """Tell "Security Council President" from "Home Affairs Minister"."""
        is_noun = self.language.premodified and before.value == "organization_noun"
        is_proper = self.sentence.tokens[before.first].is_capital
        return is_noun and is_proper and not self._is_portfolio(before)

    def _is_portfolio(self, before: Chunk) -> bool:
        """Tell "Foreign Affairs" before "Secretary": what the office is for, though a body may be so called."""
        is_known = before.words is not None and before.words.value is not None
        return (
            self.language.premodified
            and not is_known
            and any(self.sentence.part(k, "theme") for k in range(before.first, before.last))
        )

    def _take_organization(self, office: Chunk, body: Chunk) -> None:
        """Take an unknown body with the words before it that are its own: "National Security Secretariat"."""
        span = body.words or Span(body.first, body.last)
        while not span.value and len(self.chunks) > 1 and self._is_of_body(self.chunks[-2]):
            self.chunks.pop()
        office.organizations.insert(0, replace(span, first=self.chunks[-1].first))

    def _is_of_body(self, before: Chunk) -> bool:
        """Tell "National" from "Former", which is said of who holds the office."""
        is_modifier = before.value == "modifier"
        is_own = self.sentence.part(before.first, "body_modifier") or not is_modifier
        return self._is_capital_word(before) and bool(is_own)

    def _is_first_portfolio(self, words: Span) -> bool:
        """Tell "Foreign and European Affairs Minister" from two that "and" joins."""
        before = self.chunks[-2]
        is_long = words.last > words.first + 1
        is_led = len(self.chunks) > 2 and self.chunks[-3].part in {Part.OFFICE, Part.TITLE}  # noqa: PLR2004
        is_word = self._premodifies(before) and self._is_capital_word(before)
        is_body = before.part is Part.ORGANIZATION and self._is_portfolio(before)
        return is_long and not is_led and (is_word or is_body)

    def _premodifies(self, before: Chunk) -> bool:
        return self.language.premodified and (
            self._is_capital_word(before) or before.value == "portfolio"
        )
