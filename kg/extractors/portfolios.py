"""Portfolios: lists of what a minister is in charge of, and of adjectives behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractors.nouns import NounReader

if TYPE_CHECKING:
    from kg.extractors.parts import Chunk


class PortfolioReader(NounReader):
    """Reads how far such a list goes."""

    def _adjectives_end(self, j: int) -> int:
        """Tell where a list of adjectives ends: "Conseil économique, social et environnemental"; 0 for none."""
        sentence = self.sentence
        while j < sentence.last and self._is_adjective(j):
            joint = sentence.part(j + 1, "and")
            if joint and joint.last < sentence.last and self._is_adjective(joint.last):
                return joint.last + 1
            if j + 1 >= sentence.last or sentence.tokens[j + 1].text != ",":
                break
            j += 2
        return 0

    def _has_portfolio(self, office: Chunk) -> bool:
        """Tell "Minister of Information", to which "and Culture" may belong, from "President"."""
        words = range(office.first + 1, office.last)
        return self.language.has_case and any(
            self.sentence.part(k, "of", "complement", "portfolio") for k in words
        )

    def _portfolio_end(self, j: int, *, is_last: bool = False) -> int:
        """Tell where a list of portfolios ends: ", Foreign Employment and Tourism"; 0 where none is."""
        sentence, end = self.sentence, 0
        while j < sentence.last and self.language.has_case:
            joint = sentence.part(j, "and", "of", "determiner")
            if joint and end != j - 1:
                is_last = is_last or joint.form.value == "and"
                j = joint.last
            elif self._is_portfolio_word(j) or (end == j and self._is_adjective(j)):
                j += 1
                end = j if is_last else end
            elif sentence.tokens[j].text == "," and not is_last:
                j += 1
            else:
                break
        return end

    def _is_adjective(self, j: int) -> bool:
        """Tell "africaines" behind "Affaires": a small-lettered word of no list."""
        is_free = self.sentence.tokens[j].text.islower() and not self.sentence.best(j)
        return is_free and not self.language.premodified and self.sentence.is_common(j)

    def _is_portfolio_word(self, j: int) -> bool:
        token, best = self.sentence.tokens[j], self.sentence.best(j)
        if self._is_shortened(j):
            return False
        is_free = not best or best.form.value in {"portfolio", "organization_noun", "office_suffix"}
        if token.glued and token.is_capital:
            return True
        return token.is_word and token.is_capital and is_free and self.sentence.is_common(j)
