"""Where a name ends in scripts that have capitals."""

from __future__ import annotations

from itertools import pairwise

from kg.extractors.forms import Label
from kg.extractors.parts import Part
from kg.extractors.reader import ChunkReader

MARKS = {
    ",": Part.COMMA,
    "،": Part.COMMA,
    ";": Part.SEMICOLON,
    "؛": Part.SEMICOLON,
    "(": Part.OPEN,
    "[": Part.OPEN,
    ")": Part.CLOSE,
    "]": Part.CLOSE,
    "–": Part.COMMA,
    "—": Part.COMMA,
}
PLACES = (Label.COUNTRY, Label.CITY)
_ELIDED = "'’"
_LONGEST_NICKNAME = 2
_ROMAN = frozenset("IVX")


def _has_inner_capital(word: str) -> bool:
    """Tell "pen'Apala", a name though it begins small."""
    return any(a in _ELIDED and b.isupper() for a, b in pairwise(word))


class CasedNameReader(ChunkReader):
    """Finds the end of a name by its capitals."""

    def _cased_name_end(self, i: int, *, anything: bool) -> int:
        sentence, tokens = self.sentence, self.sentence.tokens
        j, is_name = i, anything
        if not anything and (self._is_only_before_a_name(i) or self._is_city_quarter(i)):
            return i
        while j < sentence.last:
            token = tokens[j]
            is_title = bool(sentence.find(j, Label.TITLE))
            if (
                j > i
                and not is_title
                and (end := max(self._past_nickname(j), self._past_initial(j))) > j
            ):
                j = end
                continue
            if not token.is_word or sentence.dates.get(j):
                if token.text == "." and j > i and self._is_shortened(j - 1):
                    j += 1
                    continue
                break
            particle = sentence.part(j, "particle")
            best = sentence.best(j)
            if best and best.form.label in PLACES and best.n_tokens > 1:
                # "Abu Dhabi" begins as a name does.
                particle = None
            if particle and j > i and self._places_venue(j, particle.last):
                break
            if j > i and self._is_of_state(j):
                break
            if particle:
                follows = particle.last
                while inner := sentence.part(follows, "particle"):
                    follows = inner.last
                if (
                    follows < sentence.last
                    and tokens[follows].is_word
                    and (
                        tokens[follows].is_capital
                        and not self._stops_name(follows, is_inside=j > i)
                    )
                ):
                    is_first = j == i and token.is_capital and not self._opens_sentence(i)
                    is_name = is_name or is_first or (j > i and not sentence.is_common(i))
                    j = follows
                    continue
                if not token.is_capital:
                    break
            if token.text[-1] in _ELIDED and not (
                j + 1 < sentence.last and tokens[j + 1].is_capital
            ):
                break
            is_glued = token.glued and j > i
            if j > i and self._is_headline_word(j):
                break
            is_capital = token.is_capital or (j > i and _has_inner_capital(token.text))
            if not is_glued and (not is_capital or self._stops_name(j, is_inside=j > i)):
                break
            is_word = sentence.is_common(j) and not self._is_shortened(j)
            is_name = is_name or not (is_word or sentence.is_acronym(j))
            j += 1
        if self._is_hyphenated_word(i, j):
            return i
        j = self._past_suffix(j) if j > i else j
        if not (is_name or self._is_apposed(i, j)) or (not anything and self._names_body(i, j)):
            return i
        if j == i + 1 and not anything and self._opens_sentence(i) and sentence.is_common(i):
            return i
        return j

    def _names_body(self, i: int, j: int) -> bool:
        """Tell a body from a person: "Lake Hall", but "Keith Hall"."""
        nouns = [k for k in range(i, j) if self.sentence.part(k, "organization_noun")]
        is_two = nouns == [j - 1] and j == i + 2
        is_surname = is_two and self._written_onto(j - 1, "surname") is not None
        return bool(nouns) and not (is_surname and self.sentence.find(i, Label.GIVEN_NAME))

    def _is_headline_word(self, j: int) -> bool:
        """Tell the word behind a name where all have capitals: "Envoy Meets Saleh Despite Protest"."""
        sentence, after = self.sentence, j + 1
        goes_on = after < sentence.last and sentence.tokens[after].is_capital
        is_word = sentence.is_common(j) and not sentence.tokens[j].glued
        return goes_on and is_word and sentence.is_title_case()

    def _is_shortened(self, j: int) -> bool:
        """Tell "J." and "Md." from the last word of a sentence."""
        token = self.sentence.tokens[j]
        return len(token.text) == 1 or token.folded in self.language.words.get("abbreviation", ())

    def _is_hyphenated_word(self, i: int, j: int) -> bool:
        """Tell "Entre-temps" at the head of a sentence from "Jean-Luc"."""
        tokens = self.sentence.tokens[i:j]
        is_small = len(tokens) > 1 and all(t.glued and t.text.islower() for t in tokens[1:])
        return is_small and self._opens_sentence(i)

    def _is_city_quarter(self, i: int) -> bool:
        """Tell "Abidjan-Plateau", a part of a city, from "Florence-Marie"."""
        city, sentence = self.sentence.find(i, Label.CITY), self.sentence
        is_joined = city and city.last < sentence.last and sentence.tokens[city.last].glued
        return bool(is_joined) and not sentence.find(i, Label.GIVEN_NAME)

    def _is_apposed(self, i: int, j: int) -> bool:
        """Tell whether a comma parts capitalised words from an office: "the President, Rose Hill,", "Rose Hill, the President"."""
        sentence, before = self.sentence, [chunk.part for chunk in self.chunks[-2:]]
        ends = j >= sentence.last or not sentence.tokens[j].is_word
        if j == i + 1 or not ends or sentence.is_title_case():
            return False
        k = j + 1
        while k < sentence.last and (
            step := sentence.part(k, "determiner", "modifier", "possessive")
            or sentence.find(k, Label.DEMONYM, *PLACES, Label.ORGANIZATION)
        ):
            k = step.last
        is_followed = j < sentence.last and sentence.tokens[j].text == ","
        return before == [Part.OFFICE, Part.COMMA] or bool(
            is_followed and sentence.find(k, Label.OFFICE)
        )

    def _places_venue(self, j: int, follows: int) -> bool:
        """Tell "aéroport Léopold Sédar Senghor de Dakar", where a city ends the name of a venue."""
        sentence = self.sentence
        if not (sentence.part(j, "of") and sentence.find(follows, *PLACES)):
            return False
        return any(sentence.part(chunk.first, "venue") for chunk in self.chunks[-3:])

    def _past_initial(self, j: int) -> int:
        """Step over "A." and "VI" inside of a name, though "a" is a word."""
        tokens, after = self.sentence.tokens, j + 1
        is_initial = tokens[j].is_capital and len(tokens[j].text) == 1
        is_stopped = after < self.sentence.last and tokens[after].text == "."
        if is_initial and is_stopped:
            return j + 2
        is_number = len(tokens[j].text) > 1 and set(tokens[j].text) <= _ROMAN
        return j + 1 if is_number else j

    def _past_nickname(self, j: int) -> int:
        """Step over what is put inside of a name: "Henry A. (Heinz Alfred) Kissinger", "d'" of Estaing."""
        tokens, k = self.sentence.tokens, j + 1
        if tokens[j].folded in {"d'", "l'"} and k < self.sentence.last and tokens[k].is_capital:
            return k
        if tokens[j].text != "(":
            return j
        while k < self.sentence.last and tokens[k].is_capital and k - j <= _LONGEST_NICKNAME:
            k += 1
        is_inside = j + 1 < k < self.sentence.last - 1 and tokens[k].text == ")"
        goes_on = (
            is_inside and tokens[k + 1].is_capital and not self._stops_name(k + 1, is_inside=True)
        )
        is_name = all(not self.sentence.is_acronym(n) for n in range(j + 1, k))
        return k + 1 if goes_on and is_name else j

    def _past_suffix(self, j: int) -> int:
        """Step over what follows a name and belongs to it: ", Jr."."""
        comma = j < self.sentence.last and self.sentence.tokens[j].text == ","
        suffix = self.sentence.part(j + comma, "name_suffix")
        return self._past_stop(suffix.last) if suffix else j

    def _is_only_before_a_name(self, i: int) -> bool:
        """Tell a common word from the name behind it: "Readout Jake Sullivan", "Conflict Pramila Patten"."""
        following = [i + 1, i + 2]
        return (
            i + 2 < self.sentence.last
            and self.sentence.tokens[i - 1].text not in MARKS
            and self.sentence.is_common(i)
            and all(self.sentence.tokens[j].is_capital for j in following)
            and any(not self.sentence.is_common(j) for j in following)
        )

    def _stops_name(self, j: int, *, is_inside: bool) -> bool:
        """Tell whether a known form stops a name, but for the places and given names that names are made of."""
        match = self.sentence.best(j)
        if not match or match.form.label is Label.GIVEN_NAME:
            return False
        if match.form.label is Label.WORD:
            return match.form.value not in {"particle", "organization_noun"}
        if match.form.label in PLACES and match.n_tokens == 1:
            if is_inside and "." in self.sentence.tokens[j].text:
                # "Lee Allan U.S. Ambassador": a family name has no points.
                return True
            after = match.last
            follower = self.sentence.best(after)
            is_titled = bool(self.chunks) and self.chunks[-1].part is Part.TITLE
            is_given = follower and follower.form.label is Label.GIVEN_NAME and is_titled
            goes_on = (
                after < self.sentence.last
                and self.sentence.tokens[after].is_capital
                and (not follower or is_given)
            )
            # "Salem bin Nasser" is a son, not a city.
            is_son = self.sentence.part(after, "patronymic")
            return not (goes_on or is_inside or is_son)
        is_led = is_inside or (bool(self.chunks) and self.chunks[-1].part is Part.TITLE)
        if is_led and self.sentence.part(j, "name_title"):
            return False
        title = self.sentence.find(j, Label.TITLE)
        if title and title.last == match.last and is_inside:
            # "Tran Minh Duc" is no duke: a title stands before a name.
            after = match.last
            tokens = self.sentence.tokens
            after += after < self.sentence.last and tokens[after].text == "."
            leads = after < self.sentence.last and tokens[after].is_capital
            is_fathers = self.sentence.part(j - 1, "patronymic")
            return (leads and not is_fathers) or not tokens[j].is_capital
        return not (self.sentence.find(j, Label.GIVEN_NAME) and match.n_tokens == 1 and is_inside)
