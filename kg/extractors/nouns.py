"""Where a noun phrase ends: portfolios, bodies, construct states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractors.cased import PLACES
from kg.extractors.forms import Label
from kg.extractors.names import NameReader

if TYPE_CHECKING:
    from kg.extractors.forms import Match

OFFICE_WORDS = frozenset(
    {
        "relations",
        "modifier",
        "office_suffix",
        "region",
        "summit",
        "organization_noun",
        "portfolio",
        "venue",
        "complement",
        "deictic",
    }
)
AFFILIATIONS = (Label.ORGANIZATION, Label.COUNTRY, Label.DEMONYM)
ENDS_COMPLEMENT = (Label.TITLE, Label.OFFICE, Label.TRIGGER, Label.ACT)
LONGEST_COMPLEMENT = 14
_LONGEST_QUOTE = 8  # words


class NounReader(NameReader):
    """Finds the end of a noun phrase."""

    def _noun_end(self, k: int, *, has_preposition: bool) -> int:
        """Tell where the noun phrase of a complement ends."""
        sentence, tokens = self.sentence, self.sentence.tokens
        j = k
        if has_preposition and (office := sentence.find(k, Label.OFFICE)):
            j = office.last
        while j < sentence.last and tokens[j].is_word and j - k < LONGEST_COMPLEMENT:
            best = sentence.best(j)
            label = best.form.label if best else None
            if sentence.dates.get(j):
                break
            if best and label in ENDS_COMPLEMENT and not (label is Label.OFFICE and j == k):
                break
            if best and label is Label.WORD:
                step = self._joined_end(best)
                if not step:
                    break
                j = step
                continue
            if best and label in {Label.DEMONYM, Label.COUNTRY}:
                # "the Royal Thai Army"
                body = self._named_body_end(best.last) if j > k else 0
                if not body:
                    break
                j = body
                continue
            is_new = j > k and not (tokens[j].glued or self._after_joint(j))
            if is_new and self._name_end(j) > j:
                if not (body := self._named_body_end(j)):
                    break
                j = body
                continue
            if tokens[j].text.isdigit():
                j += 1
                continue
            if not self._is_nominal(j, k):
                break
            j = best.last if best and label is Label.ORGANIZATION else j + 1
        while j > k and sentence.part(j - 1, "and", "of", "determiner", "complement"):
            j -= 1
        return j

    def _named_body_end(self, j: int) -> int:
        """Step over the name that a body bears: "the Tan Minh National Academy"; 0 where none is."""
        sentence, tokens, end = self.sentence, self.sentence.tokens, 0
        while j < sentence.last and tokens[j].is_capital and self.language.premodified:
            if sentence.find(j, *ENDS_COMPLEMENT):
                break
            if sentence.part(j, "organization_noun"):
                end = j + 1
            elif end:
                break
            j += 1
        return end

    def _construct_end(self, k: int, is_definite: bool) -> int:  # noqa: FBT001
        """Tell where a construct state ends: its last noun is definite, adjectives and "and" may follow."""
        sentence, j = self.sentence, k
        while j < sentence.last and j - k < LONGEST_COMPLEMENT and self._may_be_name(j):
            office = sentence.find(j, Label.OFFICE)
            if office and not is_definite and not self._is_conjunction(office.prefix):
                j = office.last
            elif office or not self._goes_on_construct(j, is_definite):
                break
            else:
                j += 1
            is_definite = self._is_definite(j - 1)
        return j

    def _goes_on_construct(self, j: int, is_definite: bool) -> bool:  # noqa: FBT001
        best = self.sentence.best(j)
        if best and best.form.value == "region":
            return True
        if best and best.form.value == "city_noun":
            # "محافظ العاصمة", but "زار وزير الخارجية العاصمة".
            return not is_definite
        if self.sentence.find(j, Label.TITLE) and not is_definite and self._is_adjective_of(j):
            return True
        if self._is_given(j, j) or self.sentence.find(j, Label.TITLE, *AFFILIATIONS):
            return False
        if self.sentence.part(j + 1, "patronymic") and not self._has_article(j):
            # "وزيرة الخارجية هالة بن عمر"
            return False
        if is_definite and not best and self.sentence.tokens[j].folded in self.known:
            # "الوزير المقداد": the family name of whom the article named in full.
            return False
        if best and best.form.label is Label.WORD and best.form.value not in OFFICE_WORDS:
            return False
        if best and best.form.label in {Label.ACT, Label.TRIGGER}:
            return False
        if self._is_definite(j):
            return True
        # "وزير التخطيط واستصلاح الأراضي": a further noun that is definite by what follows.
        joints = (*self.language.conjunctions, *self.language.words.get("purpose_clitic", ()))
        is_joined = self.sentence.tokens[j].folded.startswith(joints) and (
            j + 1 < self.sentence.last
            and (self._is_definite(j + 1) or bool(self.sentence.part(j + 1, "region")))
            and not self.sentence.is_plain(j)
        )
        return (is_joined or not is_definite) and self.sentence.is_common(j)

    def _is_adjective_of(self, j: int) -> bool:
        """Tell "رئيس الفريق السياسي", a team, from "رئيس الفريق أحمد": an adjective follows the noun."""
        k = j + 1
        is_word = k < self.sentence.last and self._may_be_name(k) and self._has_article(k)
        return is_word and not self._is_given(k, k) and self.sentence.is_common(k)

    def _joined_end(self, joint: Match) -> int:
        """Step over "and", "of", "the" inside a complement; 0 where they lead out of it."""
        sentence = self.sentence
        if joint.form.value in {*OFFICE_WORDS, "region"} - {"venue", "complement", "deictic"}:
            return joint.last
        if joint.form.value == "group" and sentence.tokens[joint.first].is_capital:
            return joint.last
        if sentence.part(joint.first, "posted") and self._is_theme(joint.last):
            return joint.last
        if joint.form.value not in {"and", "of", "determiner", "charge"}:
            return 0
        k = joint.last
        while inner := sentence.part(k, "determiner", "of"):
            k = inner.last
        if k >= sentence.last or not sentence.tokens[k].is_word:
            return 0
        if sentence.find(k, Label.OFFICE, Label.TITLE, Label.COUNTRY, *ENDS_COMPLEMENT):
            return 0
        if joint.form.value == "and" and self._name_end(k) > k + 1:
            return 0
        return k

    def _is_theme(self, k: int) -> bool:
        """Tell "on Children in Conflict", where a common word follows, from "on Children in Geneva"."""
        sentence = self.sentence
        if k >= sentence.last or not self.language.premodified or sentence.best(k):
            return False
        return sentence.tokens[k].is_capital and sentence.is_common(k)

    def _is_nominal(self, j: int, k: int) -> bool:
        token = self.sentence.tokens[j]
        if not self.language.has_case:
            return self._has_article(j) or self.sentence.is_common(j)
        if token.is_capital or token.glued:
            return True
        is_lower_start = all(not t.is_capital for t in self.sentence.tokens[k:j])
        return is_lower_start or not self.language.premodified

    def _after_joint(self, j: int) -> bool:
        return bool(self.sentence.part(j - 1, "of", "determiner", "and", "complement"))

    def _proper_end(self, i: int) -> int:
        """Tell where a run of capitalised common words ends, with its "of ..." complements."""
        sentence, tokens = self.sentence, self.sentence.tokens
        if not self.language.has_case:
            noun = sentence.part(i, "organization_noun")
            if not noun:
                return i
            end = self._noun_end(noun.last, has_preposition=False)
            return end if end > noun.last else self._name_end(noun.last)
        j = i
        while j < sentence.last and tokens[j].is_word:
            best = sentence.best(j)
            if j > i and best and self._is_owner(best):
                break
            if j > i and self._is_bearer(j):
                break
            if (
                tokens[j].is_capital
                and not sentence.dates.get(j)
                and (
                    not best
                    or best.form.label
                    in {*PLACES, Label.GIVEN_NAME, Label.ORGANIZATION, Label.DEMONYM}
                    or best.form.value in {"organization_noun", "portfolio"}
                )
            ):
                j = best.last if best else j + 1
                continue
            joint = sentence.part(j, "of", "and", "determiner") if j > i else None
            if not joint:
                break
            step = self._joined_end(joint)
            if not step or not (tokens[step].is_capital or sentence.find(step, *PLACES)):
                break
            j = step
        return j

    def _is_bearer(self, j: int) -> bool:
        """Tell "at Rose Palace Ivan Popov", where a person follows the name of a venue."""
        is_behind = self.language.premodified and self.sentence.part(j - 1, "venue", "seat")
        is_given = self.sentence.find(j, Label.GIVEN_NAME) is not None
        return bool(is_behind) and is_given and self._name_end(j) > j + 1

    def _is_owner(self, known: Match) -> bool:
        """Tell whether a state begins anew: "at Bayan Palace Qatar's minister"."""
        is_state = known.form.label is Label.COUNTRY
        is_inside = self.sentence.part(known.first - 1, "of", "determiner")
        return is_state and not is_inside and bool(self.sentence.part(known.last, "possessive"))

    def _body_end(self, k: int) -> int:
        """Tell where a body ends that bears a place's name: "the UAE Armed Forces"; 0 where none does."""
        sentence, tokens = self.sentence, self.sentence.tokens
        place = sentence.find(k, *PLACES)
        end = place.last if place else sentence.last
        while end < sentence.last and tokens[end].is_word and tokens[end].is_capital:
            if sentence.find(end, *ENDS_COMPLEMENT):
                break
            end += 1
        is_body = place and self.language.premodified and end > place.last
        return end if is_body and sentence.part(end - 1, "organization_noun") else 0

    def _region_end(self, k: int) -> int:
        """Tell where the name of a region of no list ends: two words at most, with articles."""
        end = k
        while end < min(self.sentence.last, k + 2) and self._has_article(end):
            if self.sentence.best(end) or not self._may_be_name(end):
                break
            end += 1
        return end

    def _past_quote(self, j: int) -> int:
        """Step over the name of an organization in quotes: نادي "هلال القدس"."""
        marks, tokens = self.language.words.get("name_quote", ()), self.sentence.tokens
        if j >= self.sentence.last or tokens[j].text not in marks:
            return j
        following = range(j + 2, min(self.sentence.last, j + _LONGEST_QUOTE))
        return next((k + 1 for k in following if tokens[k].text in marks), j)
