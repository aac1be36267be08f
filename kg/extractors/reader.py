"""What every reader of chunks knows of a sentence: its words, its triggers and the chunks so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractors.forms import Label
from kg.extractors.parts import Chunk, Part
from kg.text import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kg.extractors.sentence import Sentence
    from kg.extractors.triggers import Trigger

_SHORTEST_JOINED = 4
_NEAR = 5  # chunks
_LEADS_TO_NAME = frozenset({Part.TITLE, Part.COUNTERPART, Part.LEADER, Part.COMPANION})


class ChunkReader:
    """A sentence on its way into chunks; each reader tells the chunk that begins at a token, or where it ends."""

    def __init__(
        self, sentence: Sentence, triggers: Sequence[Trigger], known: Collection[str]
    ) -> None:
        """Begin a sentence; the words of its triggers are chunks of their own."""
        self.known = known
        self.sentence = sentence
        self.language = sentence.language
        self._articles = tuple(p for p, clitic in self.language.definite.items() if not clitic)
        self.triggers = {
            first: (last, trigger.frame.id)
            for trigger in triggers
            for first, last in trigger.phrases
        }
        self.chunks: list[Chunk] = []

    def _is_closed(self, j: int) -> bool:
        """Tell whether a mark or the end of the sentence stands at a token."""
        return j >= self.sentence.last or not self.sentence.tokens[j].is_word

    def _is_named_state(self, i: int, last: int) -> bool:
        """Tell "the Republic of Korea" and "the State Duma", which have names, from "the Republic", "the State"."""
        named = (Label.COUNTRY, Label.ORGANIZATION)
        countries = (self.sentence.find(k, *named) for k in (i, i + 1))
        return any(country and country.last > last for country in countries)

    def _is_whole_office(self, before: Chunk) -> bool:
        """Tell whether an office is said to its end, so that a name may follow at once."""
        if before.part is not Part.OFFICE:
            return False
        serves = before.country or before.organizations or before.accredited_to
        return self.language.has_case or bool(serves)

    def _is_of_state(self, j: int) -> bool:
        """Tell "Faure Gnassingbé du Togo", where a state follows a name."""
        of = self.sentence.part(j, "of")
        country = self.sentence.find(of.last, Label.COUNTRY) if of else None
        tokens, last = self.sentence.tokens, self.sentence.last
        return bool(country) and not (
            country and country.last < last and tokens[country.last].is_capital
        )

    def _leads_to_name(self) -> bool:
        """Tell whether what stands before can only go on with a name: a title, an office said to its end."""
        if not self.chunks:
            return False
        before = self.chunks[-1]
        if before.part is Part.DEMONYM and len(self.chunks) > 1:
            return self.chunks[-2].part is Part.COUNTERPART
        if before.part is Part.COMMA and len(self.chunks) > 1:
            # "المبعوث الخاص إلى سوريا، غير بيدرسون": behind a mark only what can be no other word.
            is_office = self.chunks[-2].part is Part.OFFICE
            return is_office and self._is_foreign_run(before.last, self.chunks[-2])
        if before.part is Part.ORGANIZATION and len(self.chunks) > 1:
            # "وقعها ... وعن البنك الدولي فريد بالحاج"
            return self.chunks[-2].value == "signatory"
        if before.part is Part.OFFICE:
            return self._is_whole_office(before) or self._is_definite(before.last - 1)
        return before.part in _LEADS_TO_NAME and before.value != "prayers"

    def _is_foreign_run(self, j: int, office: Chunk) -> bool:
        """Tell whether two bare words begin at a token of which no dictionary has the second.

        Behind an office of a foreign state it is enough that it has not both as they stand.
        """
        words = (j, j + 1)
        if j + 1 >= self.sentence.last or any(self._has_article(k) for k in words):
            return self._is_foreign_homonym(j)
        is_free = not any(self.sentence.best(k) for k in words)
        is_abroad = bool(office.country) and not all(self.sentence.is_plain(k) for k in words)
        is_foreign = not self.sentence.best(j) and self._is_foreign(j + 1)
        return is_foreign or (is_abroad and is_free) or self._is_foreign_homonym(j)

    def _is_foreign_homonym(self, j: int) -> bool:
        """Tell "غير بيدرسون", "بان كي مون" from the particles that their first words look like."""
        best, k = self.sentence.best(j), j + 1
        if not best or best.prefix or best.n_tokens > 1 or k >= self.sentence.last:
            return False
        if best.form.value not in {"function", "negation"}:
            return False
        # "بيدرسون" only looks like "they study" with a preposition before it, "اعتزازه" is a word.
        is_prefixed = self.sentence.tokens[k].folded.startswith(self.language.clitics)
        is_word = self.sentence.is_plain(k) or (self.sentence.is_common(k) and not is_prefixed)
        is_free = not (is_word or self._has_article(k) or self.sentence.best(k))
        return is_free and self.sentence.tokens[k].text[0].isalpha()

    def _is_plainly_prefixed(self, j: int) -> bool:
        """Tell "لمكافحة الإرهاب" from a name: a known noun behind a preposition, and its complement."""
        clitics = self.language.words.get("place_clitic", ())
        is_noun = self.sentence.is_common(j) and not self.sentence.is_plain(j)
        has_complement = j + 1 < self.sentence.last and self._has_article(j + 1)
        # "إلينا بانوفا المنسقة": an office goes on no noun.
        is_led = has_complement and not self.sentence.find(j + 1, Label.OFFICE)
        return self.sentence.tokens[j].folded.startswith(clitics) and is_noun and is_led

    def _is_joined(self, j: int) -> bool:
        """Tell whether "and" is written onto a word: "ونائبها", not "وليد"."""
        word = self.sentence.tokens[j].folded
        is_word = self.sentence.is_plain(j) or not self.sentence.is_common(j)
        return word.startswith(self.language.conjunctions) and not is_word

    def _may_be_name(self, j: int) -> bool:
        token = self.sentence.tokens[j]
        return token.text[0].isalpha() and j not in self.triggers and not self.sentence.dates.get(j)

    def _is_regnal(self, j: int) -> bool:
        """Tell "الثاني" of a king and "الدين" of a first name from what only looks like them."""
        part = self.sentence.part(j, "regnal", "name_suffix")
        is_definite = self.sentence.lexicon.is_definite
        return part is not None and is_definite(part.form.text) == bool(part.prefix)

    def _is_given(self, j: int, i: int) -> bool:
        match = self.sentence.find(j, Label.GIVEN_NAME)
        if not match or (match.prefix and not (j == i and self._is_conjunction(match.prefix))):
            return False
        best = self.sentence.best(j)
        if j > i >= 0 and self.sentence.part(j, "modifier") and not self.language.has_case:
            # "محمد يعقوب مساعد ممثل المنظمة"
            office = self.sentence.longest(j + 1, Label.OFFICE)
            if office and not office.prefix:
                return False
        # "ولي" is a first name, "ولي العهد" is none.
        if best and best.last > match.last and best.form.label in {Label.OFFICE, Label.TITLE}:
            return False
        # "على" is the preposition though folded it is the name of Ali.
        raw = self.sentence.tokens[j].text
        spelled = (m.form.text == raw for m in self.sentence.all(j, Label.WORD))
        if match.form.text == raw or not any(spelled):
            return True
        # "السفير على رضا": some write Ali as the preposition.
        is_led = j == i and self._leads_to_name() and j + 1 < self.sentence.last
        return is_led and not self._has_article(j + 1) and not self.sentence.is_common(j + 1)

    def _is_foreign(self, i: int) -> bool:
        return not self.sentence.is_common(i) and not self.sentence.best(i)

    def _has_article(self, j: int) -> bool:
        # "أليسا" only looks as if it began with the article, once its hamza is folded away.
        return plain(self.sentence.tokens[j].text).startswith(self._articles)

    def _is_capital_word(self, before: Chunk) -> bool:
        token = self.sentence.tokens[before.first]
        return (
            before.part is Part.OTHER
            and token.is_word
            and token.is_capital
            and (before.value in {None, "modifier", "portfolio", "organization_noun"})
        )

    def _is_definite(self, j: int) -> bool:
        return self.sentence.lexicon.is_definite(plain(self.sentence.tokens[j].text))

    def _past_acronym(self, j: int) -> int:
        """Step over "(ACR)" after a long form."""
        tokens, last = self.sentence.tokens, self.sentence.last
        is_acronym = (
            j + 2 < last
            and tokens[j].text == "("
            and tokens[j + 2].text == ")"
            and (self.sentence.is_acronym(j + 1) or not self.language.has_case)
        )
        return j + 3 if is_acronym else j

    def _past_stop(self, j: int) -> int:
        """Step over the stop or slash behind a title: "Mr.", "السيد/", "السيد /"."""
        tokens = self.sentence.tokens
        if self.language.definite and j < self.sentence.last and tokens[j].text == "/":
            return j + 1
        while (
            j < self.sentence.last
            and tokens[j].text in "./"
            and tokens[j].start == tokens[j - 1].end
        ):
            j += 1
        return j

    def _written_onto(self, j: int, part: str) -> str | None:
        """Give what is written onto a lone word of a list that is not looked up; None where it is none."""
        words = self.sentence.lexicon.lone(part)
        if not words or j >= self.sentence.last:
            return None
        readings = self.sentence.lexicon.keys(self.sentence.tokens[j])
        return next((prefix for key, prefix in readings if key in words), None)

    def _opens_sentence(self, i: int) -> bool:
        return i == self.sentence.first or not self.sentence.tokens[i - 1].is_word

    def _conjunction(self, i: int) -> str:
        best = self.sentence.best(i)
        if best:
            return best.prefix if self._is_conjunction(best.prefix) else ""
        word = self.sentence.tokens[i].folded
        is_joined = self._is_joined(i) or self._goes_on_list(i)
        return (
            next((c for c in self.language.conjunctions if word.startswith(c)), "")
            if is_joined
            else ""
        )

    def _goes_on_list(self, i: int) -> bool:
        """Tell "فلان، وتيموثي" from "فلان، وانغ": in a list a word of no dictionary has its "and" written onto it."""
        return self._is_listed(i) and not self.sentence.find(i, Label.GIVEN_NAME)

    def _is_listed(self, i: int) -> bool:
        """Tell whether a word with "and" written onto it stands behind a mark, and a name before that."""
        word = self.sentence.tokens[i].folded
        if not word.startswith(self.language.conjunctions) or len(word) <= _SHORTEST_JOINED:
            return False
        before = [c.part for c in self.chunks[-_NEAR:]]
        if before[-1:] != [Part.COMMA] or Part.NAME not in before:
            return False
        # "فلان وعلان، وجهات النظر"
        return not self.sentence.is_plain(i) or bool(self.sentence.find(i, Label.GIVEN_NAME))

    def _is_conjunction(self, prefix: str) -> bool:
        return bool(prefix) and prefix[0] in self.language.conjunctions
