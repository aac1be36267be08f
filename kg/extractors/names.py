"""Where a name ends; without capitals, by given names, particles and words that no dictionary has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import gazetteers
from kg.extractors.cased import CasedNameReader
from kg.extractors.forms import Label
from kg.extractors.parts import Part
from kg.gazetteers import Sort

if TYPE_CHECKING:
    from kg.extractors.forms import Match

_NAMELIKE_WORDS = frozenset({"modifier", "venue", "organization_noun", "discussed"})
NAMES_IN_RUN = frozenset({Label.GIVEN_NAME, Label.CITY, Label.DEMONYM})
_LEADS_TO_LONE = frozenset({Part.TITLE, Part.OFFICE, Part.NAME})
_LONGEST_RUN = 5
_SHORT = 3  # letters
_SHORT_POSSESSED = 4  # letters: "جيله" is a family


class NameReader(CasedNameReader):
    """Finds the end of a name in any script."""

    def _name_end(self, i: int, *, anything: bool = False) -> int:
        """Tell where the name that begins at a token ends; the same token where none begins."""
        if i >= self.sentence.last:
            return i
        return (
            self._cased_name_end(i, anything=anything)
            if self.language.has_case
            else self._caseless_name_end(i, anything=anything)
        )

    def _caseless_name_end(self, i: int, *, anything: bool) -> int:
        """Without capitals a name is given names, particles and words no dictionary has.

        Behind a title its first two words may be any: أكثر الأسماء كلمات.
        """
        sentence = self.sentence
        j, n_names, n_articles = i, 0, 0
        while j < sentence.last and self._may_be_name(j):
            n_articles += self._has_article(j) and not sentence.part(j, "name_suffix")
            if (end := self._past_particle(j, is_inside=n_names > 0)) > j:
                n_names += not n_names and end > j + 1
                j = end
            elif self._is_given(j, i) or self._is_name_word(
                j, n_names, n_articles, anything=anything
            ):
                j += 1
            else:
                break
            n_names += 1
        if n_names == 1 and not (anything or self._may_be_lone(i)):
            j = i
        leads = (
            self._leads_to_name()
            or self._is_listed(i)
            or self._is_sure_given(i)
            or self._is_short_before_foreign(i)
        )
        return max(j, self._closed_run(i)) if leads else j

    def _may_be_lone(self, i: int) -> bool:
        """Tell whether a name of one word may stand at a token: it is led to, or in no dictionary."""
        is_led = bool(self.chunks) and self.chunks[-1].part in _LEADS_TO_LONE
        return is_led or (self._is_foreign(i) and not self._has_article(i))

    def _is_sure_given(self, i: int) -> bool:
        """Tell "جيفري سافلي،" by a first name that is no other word, whatever the second may be."""
        given = self.sentence.find(i, Label.GIVEN_NAME)
        if not given or given.prefix or self._has_article(i):
            return False
        before = self.chunks[-1] if self.chunks else None
        is_led = before is not None and (
            before.part in {Part.COMMA, Part.TRIGGER} or before.value == "with"
        )
        return is_led and not gazetteers.entry(Sort.GIVEN_NAME, given.form.value).is_ambiguous

    def _is_short_before_foreign(self, i: int) -> bool:
        """Tell "مع كاي سيلتز": behind a verb or "with" a short word and one that no dictionary has."""
        before, k = self.chunks[-1] if self.chunks else None, i + 1
        is_led = before is not None and (before.part is Part.TRIGGER or before.value == "with")
        is_short = len(self.sentence.tokens[i].folded) <= _SHORT and not self.sentence.best(i)
        if not (is_led and is_short) or k >= self.sentence.last or self._has_article(k):
            return False
        return self._is_given(k, -1) or self._is_foreign(k)

    def _past_particle(self, j: int, *, is_inside: bool) -> int:
        """Step over "bin", "Abd" and whatever follows them: it belongs to the name."""
        particle = self.sentence.part(j, "particle", "name_prefix")
        if not particle or particle.prefix or self._is_spelled_otherwise(j, particle):
            return j
        if not (is_inside or particle.form.value == "name_prefix"):
            return j
        j = particle.last
        while inner := self.sentence.part(j, "particle", "name_prefix"):
            j = inner.last
        return j + 1 if j < self.sentence.last and self.sentence.tokens[j].is_word else j

    def _is_spelled_otherwise(self, j: int, particle: Match) -> bool:
        """Tell "فإن" from the "فان" of a name: another word is spelled just so."""
        raw = self.sentence.tokens[j].text
        is_other = any(match.form.text == raw for match in self.sentence.all(j, Label.WORD))
        return particle.form.text != raw and is_other

    def _closed_run(self, i: int) -> int:
        """Take for a name, whatever the dictionary says, the few bare words from here to a mark or a joint.

        "وزير الدفاع الإيطالي جامبو لودي باولا،": nothing indefinite goes on an office that is definite.
        """
        j, n_words = i, 0
        while j < self.sentence.last and self._may_be_name(j) and n_words < _LONGEST_RUN:
            if (end := self._past_particle(j, is_inside=n_words > 0)) > j:
                j, n_words = end, n_words + 1
            elif n_words == 0 and (self._is_foreign_homonym(j) or self._is_given(j, i)):
                j, n_words = j + 1, n_words + 1
            elif (
                not self._may_stand_in_run(j)
                or (n_words > 1 and self._ends_run(j))
                or (n_words == 0 and self._opens_no_name(j))
                or self._is_plainly_prefixed(j)
            ):
                break
            else:
                j, n_words = j + 1, n_words + 1
                if self._has_article(j - 1) and not self._goes_on_after_family(j):
                    break
        least = 1 if self.chunks[-1].part is Part.TITLE else 2
        return j if n_words >= least and self._closes_run(j) else i

    def _ends_run(self, j: int) -> bool:
        """Tell a city or what is somebody's from a further word of a name: "فلان ترحيبه", "فلانة طهران"."""
        if self.sentence.find(j, Label.CITY):
            return True
        endings = self.language.words.get("possessive_endings", ("-",))
        is_word = self.sentence.is_common(j) and not self.sentence.is_plain(j)
        word = self.sentence.tokens[j].folded
        return is_word and len(word) > _SHORT_POSSESSED and word.endswith(endings)

    def _opens_no_name(self, j: int) -> bool:
        """Tell "المصري سامح شكري", "الأمير الحسين" from a name: an adjective of a state or a title opens none."""
        if self._written_onto(j, "verbal_noun") is not None:
            return True
        return bool(self.sentence.find(j, Label.DEMONYM, Label.TITLE)) and self._has_article(j)

    def _goes_on_after_family(self, j: int) -> bool:
        """Tell whether a word with an article closes no name: "صلاح الدين", "السيد العربي عبدالفتاح"."""
        is_inside = self._is_regnal(j - 1) or self._is_title_in_name(j - 1)
        if is_inside or j >= self.sentence.last:
            return is_inside
        is_second = self._has_article(j) and self._may_stand_in_run(j) and self._is_closed(j + 1)
        return is_second or self._is_given(j, j)

    def _may_stand_in_run(self, j: int) -> bool:
        best = self.sentence.best(j)
        if self._is_regnal(j) or self._is_title_in_name(j):
            return True
        if not best and self._is_joined(j):
            return False
        if best and best.form.label is Label.WORD and self._is_given(j, -1):
            # "علي" is a name though folded it is the preposition.
            return best.form.text != self.sentence.tokens[j].text
        prefix = self.language.definite.get(best.prefix, best.prefix) if best else ""
        if best and best.form.label is Label.OFFICE and best.n_tokens == 1 and not best.prefix:
            # "أسعد عالم،", "حسين أمير عبد اللهيان": a bare word at the end or before "Abd" is no office.
            return self._is_closed(j + 1) or self._past_particle(j + 1, is_inside=True) > j + 1
        is_name = (
            best is not None
            and best.form.label is Label.GIVEN_NAME
            and not self._is_conjunction(best.prefix)
        )
        return not best or is_name or (best.form.label in NAMES_IN_RUN and not prefix)

    def _closes_run(self, j: int) -> bool:
        """Tell whether a name must be over at a token: a mark, a preposition, "and", a verb."""
        sentence = self.sentence
        if self._is_closed(j) or j in self.triggers or sentence.dates.get(j) or self._ends_run(j):
            return True
        best = sentence.best(j)
        if best and best.form.label is Label.WORD:
            # "زار سيرج داغر مقر السفارة", but "إسحاق دار نائب الرئيس"
            is_venue = best.form.value == "venue" and not self._has_article(j)
            is_place = is_venue and j + 1 < sentence.last and self._has_article(j + 1)
            is_word = best.form.value not in _NAMELIKE_WORDS or is_place
            return is_word or bool(best.prefix)
        if best and best.form.label in {Label.OFFICE, Label.TITLE, Label.ACT}:
            return True
        if best and best.form.label is Label.GIVEN_NAME and self._is_conjunction(best.prefix):
            return True
        return self._is_joined(j)

    def _is_name_word(self, j: int, n_names: int, n_articles: int, *, anything: bool) -> bool:
        """Tell whether a word goes on a name that has `n_names` words, `n_articles` with this one's article."""
        match = self.sentence.best(j)
        if n_names and (self._is_regnal(j) or self._is_title_in_name(j)):
            return True
        if n_names and match and self._is_conjunction(match.prefix):
            return False
        if n_names > 1 and self._ends_run(j):
            return False
        if match and match.form.label not in {Label.GIVEN_NAME, Label.DEMONYM, Label.CITY}:
            is_word = match.form.label is Label.WORD and match.form.value in _NAMELIKE_WORDS
            return anything and n_names == 0 and is_word
        if self._has_article(j):
            is_known = match is not None and match.form.label is not Label.GIVEN_NAME
            is_unknown = not (is_known or self.sentence.is_common(j))
            is_family = n_articles == 1 and not (is_known and n_names > 1)
            return is_unknown if n_names == 0 else is_family or is_unknown
        if match and match.form.label is not Label.GIVEN_NAME:
            return False
        return not self.sentence.is_common(j) or (
            anything and n_names <= 1 and (n_names == 0 or self.sentence.is_plain(j))
        )

    def _is_title_in_name(self, j: int) -> bool:
        """Tell whether a title is a family name: nothing follows that it could be the title of."""
        title = self.sentence.find(j, Label.TITLE)
        office = self.sentence.longest(j, Label.OFFICE)
        if office and not title and self._is_given(j - 1, -1) and self._has_article(j):
            # "عنفوان النائب مدير الإدارة"
            after = self.sentence.longest(office.last, Label.OFFICE)
            return office.n_tokens == 1 and after is not None and not after.prefix
        if not title or title.n_tokens > 1 or not self._has_article(j):
            return False
        is_over = self._is_closed(title.last) or title.last in self.triggers
        return is_over or self._has_article(title.last)
