"""The states that an office serves by its words: adjectives, nationals, the names of bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractors.forms import Label
from kg.extractors.parts import Span
from kg.extractors.portfolios import PortfolioReader

if TYPE_CHECKING:
    from kg.extractors.forms import Match
    from kg.extractors.parts import Chunk


class NationalityReader(PortfolioReader):
    """Reads whose state an office is, or of several holders each his own."""

    def _complement_demonym(self, office: Chunk, demonym: Match) -> int:
        abroad = self.sentence.part(demonym.last, "abroad")
        if demonym.prefix and abroad:
            # "وزير الخارجية والتونسيين بالخارج": whose nationals a minister cares for, that state he serves.
            office.country = office.country or Span(demonym.first, demonym.last, demonym.form.value)
            office.words = Span((office.words or office).first, abroad.last, office.value)
            return abroad.last
        if demonym.prefix and not self.sentence.lexicon.is_definite(demonym.prefix):
            return 0
        office.country = office.country or Span(demonym.first, demonym.last, demonym.form.value)
        return self._past_states(office, demonym.last)

    def _past_states(self, office: Chunk, j: int) -> int:
        """Read whom further holders of a plural office serve: "les ministres américain et français de la Défense"."""
        tokens, joint = self.sentence.tokens, self.sentence.part(j, "and")
        is_mark = j < self.sentence.last and tokens[j].text == ","
        k = joint.last if joint else j + is_mark
        other = self.sentence.find(k, Label.DEMONYM) if k > j else None
        if not other or other.prefix:
            return j
        span = Span(k, other.last, other.form.value)
        if joint:
            office.states.append(span)
            return other.last
        end = self._past_states(office, other.last)
        if end == other.last:
            return j
        office.states.insert(0, span)
        return end

    def _take_second_state(self, office: Chunk, state: Span) -> None:
        """Tell "les présidents du Mali, du Niger", of one state each, from "l'ambassadeur du Mali du Niger"."""
        tokens = self.sentence.tokens[office.first : office.last]
        is_plural = any(self.sentence.lexicon.is_plural(token.folded) for token in tokens)
        if is_plural:
            office.states.append(state)
        else:
            office.accredited_to = office.accredited_to or state

    def _complement_compatriots(self, office: Chunk, j: int) -> int:
        """Read whose nationals an office cares for: "et des Marocains résidant à l'étranger"."""
        sentence, tokens = self.sentence, self.sentence.tokens
        joint = sentence.part(j, "and")
        if not joint or not sentence.language.has_case or self.language.premodified:
            return 0
        k = joint.last
        while inner := sentence.part(k, "of", "determiner"):
            k = inner.last
        demonym = sentence.find(k, Label.DEMONYM)
        if not demonym or not tokens[k].is_capital:
            return 0
        office.country = office.country or Span(k, demonym.last, demonym.form.value)
        end = demonym.last
        while end < sentence.last and tokens[end].is_word and end not in self.triggers:
            if tokens[end].is_capital and not sentence.part(end - 1, "of", "determiner"):
                break
            end += 1
        office.words = Span((office.words or office).first, end, office.value)
        return end

    def _take_state(self, office: Chunk, first: int, last: int) -> None:
        """Take the state whose adjective stands in a body's name: "Royal Saudi Air Force"."""
        states = (self.sentence.find(i, Label.DEMONYM) for i in range(first, last))
        if state := next(filter(None, states), None):
            office.country = office.country or Span(state.first, state.last, state.form.value)
