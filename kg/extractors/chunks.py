"""Cut a sentence into chunks: titles, offices with their complements, names, organizations, places, marks.

Boundaries lead, dictionaries help: an unknown word belongs to the office it complements until a
name, a title or a mark begins; no organization needs to be known.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg import gazetteers
from kg.extractors.cased import MARKS
from kg.extractors.forms import Label
from kg.extractors.names import NAMES_IN_RUN
from kg.extractors.offices import OfficeReader
from kg.extractors.parts import ALONE, Chunk, Part, Span
from kg.gazetteers import Sort

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kg.extractors.forms import Match
    from kg.extractors.sentence import Sentence
    from kg.extractors.triggers import Trigger

_WORDS = {
    "and": Part.AND,
    "companion": Part.COMPANION,
    "leader": Part.LEADER,
    "delegation": Part.DELEGATION,
    "group": Part.GROUP,
    "counterpart": Part.COUNTERPART,
    "pronoun": Part.PRONOUN,
    "pronoun_plural": Part.PRONOUN,
    "visitor": Part.PRONOUN,
}
# Of the lists that share a word, the one that says most of a free-standing word.
_RANK = {part: rank for rank, part in enumerate(("place", "circumstance", *_WORDS))}
_KNOWN = {
    Label.ORGANIZATION: Part.ORGANIZATION,
    Label.COUNTRY: Part.COUNTRY,
    Label.CITY: Part.CITY,
    Label.DEMONYM: Part.DEMONYM,
    Label.ACT: Part.ACT,
}
_MOST_ADJECTIVES = 2
_LONGEST_PORT = 7
_WORDLIKE = frozenset({Label.WORD, Label.TRIGGER})
_VERBS = frozenset({Part.TRIGGER, Part.ACT})
_QUOTES = frozenset("\"'“”‘’«»")
_BULLETS = frozenset("-–•*")
_IN_NAMES = frozenset({"particle", "name_prefix"})


def chunk(
    sentence: Sentence, triggers: Sequence[Trigger] = (), known: Collection[str] = ()
) -> list[Chunk]:
    """Cut a sentence into chunks that cover every token; the words of a trigger are cut first.

    `known` are the last words, folded, of the names that the article gave before.
    """
    return _Chunker(sentence, triggers, known).run()


class _Chunker(OfficeReader):
    """One walk over a sentence; each reader gives the chunk that begins at a token, or None."""

    def run(self) -> list[Chunk]:
        i = self.sentence.first
        while i < self.sentence.last:
            if not self.sentence.tokens[i].is_word and self._is_quote_about_name(i):
                i += 1
                continue
            found = self._read(i)
            if self.chunks and self.chunks[-1].value == "on_behalf":
                found = self._represented(found)
            if found.part is Part.NAME and self._is_venues_name(i):
                found = Chunk(Part.OTHER, found.first, found.last)
            if self.chunks and self.chunks[-1].value == "handle":
                # "@AwaSy": what somebody is called on a network is no further name.
                found = Chunk(Part.OTHER, found.first, found.last, "filler")
            self.chunks.append(self._without_article(found) if found.prefix else found)
            i = found.last
        return self.chunks

    def _is_venues_name(self, i: int) -> bool:
        """Tell "au palais Félix Houéma", where a name is that of the place, from a person."""
        if self.language.premodified or not self.language.has_case or i == self.sentence.first:
            return False
        return self.sentence.part(i - 1, "named_venue") is not None

    def _represented(self, found: Chunk) -> Chunk:
        """Take no office for somebody's who only stands in for its holder: "نيابة عن رئيس الجمهورية"."""
        if found.part not in {Part.TITLE, Part.OFFICE}:
            return found
        if found.prefix and self._is_in(self.language.definite.get(found.prefix, found.prefix)):
            # "الوزارة ممثلة بالوزير فلان": he stands for the body before him.
            self.chunks[-1] = replace(self.chunks[-1], part=Part.LEADER, value="leader")
            return found
        is_done = found.part is Part.OFFICE or found.value == ALONE
        return Chunk(Part.OTHER, found.first, found.last, "filler" if is_done else "on_behalf")

    def _read(self, i: int) -> Chunk:
        token = self.sentence.tokens[i]
        if i in self.triggers:
            return self._trigger(i)
        if i in self.sentence.dates:
            return self._date(i)
        is_small = self.language.has_case and token.text.islower()
        found = None
        if self.sentence.best(i):
            # Where names have capitals, of small-lettered words only "de" or "bin" begins a name.
            is_plain = is_small and self.sentence.is_listed_only(i)
            is_plain = is_plain and not self.sentence.part(i, "particle")
            found = self._word(i) if is_plain else self._of_known(i)
        elif not token.is_word:
            found = self._mark(i)
        elif not is_small and token.text[0].isalpha():
            found = self._of_unknown(i)
        if found:
            return found
        is_deed = self._written_onto(i, "verbal_noun") is not None
        return Chunk(Part.OTHER, i, i + 1, "deed" if is_deed else None)

    def _of_known(self, i: int) -> Chunk | None:
        """Ask in turn what a token may be at which a known form begins."""
        return (
            self._known_name(i)
            or self._name_after_title(i)
            or self._office(i)
            or self._title(i)
            or self._unknown_office(i)
            or self._word(i)
            or self._name(i)
            or self._known(i)
            or self._proper(i)
        )

    def _of_unknown(self, i: int) -> Chunk | None:
        """Ask in turn what a word may be that begins no known form."""
        return (
            self._known_name(i)
            or self._name_after_title(i)
            or self._unknown_office(i)
            or self._name(i)
            or self._proper(i)
        )

    def _is_quote_about_name(self, i: int) -> bool:
        """Tell the marks of السيد “أحمد معيتيق”, which are stepped over, from those of what is said."""
        marks = self.language.words.get("name_quote", ())
        if not marks or self.sentence.tokens[i].text not in marks or not self.chunks:
            return False
        before = self.chunks[-1]
        opened = before.first > self.sentence.first and (
            self.sentence.tokens[before.first - 1].text in marks
        )
        if before.part is Part.OFFICE and self.sentence.part(before.last - 1, "organization_noun"):
            # رئيس نادي "الهلال": an organization's name.
            return False
        is_led = before.part in {Part.TITLE, Part.OFFICE, Part.COUNTERPART}
        return is_led or (before.part is Part.NAME and opened)

    def _without_article(self, found: Chunk) -> Chunk:
        """Keep of what is written onto a chunk the clitic, not the article."""
        found.skip = self.language.skip(found.prefix)
        found.prefix = self.language.definite.get(found.prefix, found.prefix)
        found.joins = self._is_conjunction(found.prefix)
        if found.words and found.words.first == found.first:
            found.words = replace(found.words, skip=found.skip)
        return found

    def _trigger(self, i: int) -> Chunk:
        last, frame = self.triggers[i]
        return Chunk(Part.TRIGGER, i, last, frame)

    def _date(self, i: int) -> Chunk:
        end = self.sentence.dates[i].end
        tokens, last = self.sentence.tokens, i + 1
        while last < self.sentence.last and tokens[last].end <= end:
            last += 1
        return Chunk(Part.DATE, i, last)

    def _mark(self, i: int) -> Chunk:
        text = self.sentence.tokens[i].text
        before = self.chunks[-1] if self.chunks else None
        if part := self._nickname_mark(i):
            return Chunk(part, i, i + 1)
        if text == "@":
            return Chunk(Part.OTHER, i, i + 1, "handle")
        if text == "-" and self._is_about_prayer(i):
            return Chunk(Part.OTHER, i, i + 1, "filler")
        is_list = before and (before.part is Part.SEMICOLON or before.value == "colon")
        if is_list and text in _BULLETS:
            return Chunk(Part.SEMICOLON, i, i + 1)
        if text in _QUOTES and before and before.part is Part.COMMA:
            # '"..." with the envoy," X said': what was quoted ends.
            return Chunk(Part.OTHER, i, i + 1, "quote")
        return Chunk(MARKS.get(text, Part.OTHER), i, i + 1, "colon" if text == ":" else None)

    def _nickname_mark(self, i: int) -> Part | None:
        """Take for brackets the marks about what else somebody is called: "Ali Omar 'Sanad'"."""
        tokens, before = self.sentence.tokens, self.chunks[-1] if self.chunks else None
        if tokens[i].text not in _QUOTES or not before or not self.language.has_case:
            return None
        is_open = i + 2 < self.sentence.last and tokens[i + 2].text in _QUOTES
        if is_open and before.part is Part.NAME and tokens[i + 1].is_capital:
            return Part.OPEN
        opened = len(self.chunks) > 1 and self.chunks[-2].part is Part.OPEN
        return Part.CLOSE if opened and tokens[i - 2].text in _QUOTES else None

    def _is_about_prayer(self, i: int) -> bool:
        """Tell the marks of "الملك فلان -حفظه الله- في مكتبه", which part nothing."""
        after = self.sentence.find(i + 1, Label.TITLE)
        is_behind = bool(self.chunks) and self.chunks[-1].value == "prayers"
        return is_behind or (after is not None and after.form.value == "prayers")

    def _title(self, i: int) -> Chunk | None:
        match = self.sentence.longest(i, Label.TITLE)
        if not match:
            return None
        last = self._past_stop(match.last)
        if last < self.sentence.last and self._is_apostrophe(last):
            last += 1
        return Chunk(Part.TITLE, i, last, match.form.value, match.prefix)

    def _is_apostrophe(self, j: int) -> bool:
        """Tell the mark that ends "Dato’"."""
        before, mark = self.sentence.tokens[j - 1 : j + 1]
        return mark.text in "'’" and mark.start == before.end and self.language.has_case

    def _word(self, i: int) -> Chunk | None:
        best = self.sentence.best(i)
        # A verb that begins here and is no trigger: "a" of "a ... reçu" is still a word.
        is_word = best and best.form.label in _WORDLIKE
        words = self.sentence.all(i, Label.WORD) if is_word else ()
        if not best or not words:
            return None
        match = words[0]
        if len(words) > 1:
            same = (m for m in words if m.last == match.last and m.prefix == match.prefix)
            match = min(same, key=lambda m: _RANK.get(m.form.value, len(_RANK)))
        is_spelled_so = match.form.text == self.sentence.tokens[i].text
        is_in_name = match.form.value in _IN_NAMES or (
            self._leads_to_name()
            and (self._is_foreign_homonym(i) or (not is_spelled_so and self._is_given(i, i)))
        )
        if is_in_name and self._name_end(i) > match.last:
            return None
        if match.form.value == "deictic" and self._is_named_state(i, match.last):
            return Chunk(Part.OTHER, i, i + 1, "determiner")
        if match.form.value == "such" and (office := self._such(i)):
            return office
        if match.form.value == "organization_noun" and self._is_sent():
            return self._proper(i)
        if match.form.value == "venue" and self._is_sent():
            # "وفد من مجلس النواب الليبي"
            end = self._construct_end(match.last, self._is_definite(match.last - 1))
            return Chunk(Part.ORGANIZATION, i, end, words=Span(i, end))
        if match.form.value == "pronoun_plural" and self._is_of_states(match.last):
            return Chunk(Part.OFFICE, i, match.last, words=Span(i, match.last))
        part = _WORDS.get(match.form.value)
        if not part and best.prefix and self._is_conjunction(best.prefix):
            return None
        last = self._past_adjectives(match.last) if part is Part.DELEGATION else match.last
        last = self._past_port(i) or last
        return Chunk(part or Part.OTHER, i, last, match.form.value, match.prefix)

    def _past_adjectives(self, j: int) -> int:
        """Step over what a delegation is, where its adjectives follow: "وفدا إعلاميا", "وفدا برلمانيا رفيعا"."""
        end = min(self.sentence.last, j + _MOST_ADJECTIVES) if not self.language.has_case else j
        best = self.sentence.best
        while j < end and self._may_be_name(j) and not best(j) and self.sentence.is_common(j):
            j += 1
        return j

    def _past_port(self, i: int) -> int:
        """Tell where the name of an airport ends that is somebody's: "مطار الملك خالد الدولي"; 0 for none."""
        if not self.sentence.part(i, "port") or self.sentence.find(i + 1, Label.CITY):
            return 0
        near = range(i + 2, min(self.sentence.last, i + _LONGEST_PORT))
        return next((k + 1 for k in near if self.sentence.is_lone(k, "port_end")), 0)

    def _is_of_states(self, j: int) -> bool:
        """Tell "الرئيسان الفلسطيني فلان واللبناني فلان", an office, from "الرئيسان", who were named before."""
        return not self.language.has_case and self.sentence.find(j, Label.DEMONYM) is not None

    def _is_sent(self) -> bool:
        """Tell whether a delegation stands before an organization: "وفد اتحاد الغرف", "وفدا من شركة سيمنز"."""
        before = [c for c in self.chunks[-2:] if c.value != "of"]
        return bool(before) and before[-1].part is Part.DELEGATION and not self.language.has_case

    def _known(self, i: int) -> Chunk | None:
        match = self.sentence.longest(i, *_KNOWN)
        if not match:
            return None
        if match.form.label is Label.CITY and (body := self._body_of_city(i, match.last)):
            return body
        match = self._city_of_state(i, match) or match
        part = _KNOWN[match.form.label]
        if part is Part.ORGANIZATION and self._is_palace(i):
            whole = Span(i, match.last, match.form.value)
            return Chunk(Part.OTHER, i, match.last, "venue", match.prefix, words=whole)
        last = self._past_acronym(match.last) if part is Part.ORGANIZATION else match.last
        last = self._past_quarter(last) if part is Part.CITY else last
        found = Chunk(part, i, last, match.form.value, match.prefix)
        found.words = Span(i, match.last, match.form.value)
        return found

    def _is_palace(self, i: int) -> bool:
        """Tell "قصر بيان", where one is received, from a body that receives."""
        return bool(self.language.definite) and self.sentence.is_lone(i, "palace")

    def _body_of_city(self, i: int, last: int) -> Chunk | None:
        """Read "Lille Chamber of Commerce" whole; "Lille Airport" is a place in Lille."""
        end = self._named_body_end(last)
        if not end or self.sentence.part(end - 1, "venue", "seat", "thing_noun"):
            return None
        end = max(end, self._proper_end(i))
        found = Chunk(Part.ORGANIZATION, i, self._past_acronym(end))
        found.words = Span(i, end)
        return found

    def _past_quarter(self, j: int) -> int:
        """Step over the quarter of a city: "Abidjan-Plateau"."""
        while j < self.sentence.last and self.sentence.tokens[j].glued:
            j += 1
        return j

    def _city_of_state(self, i: int, match: Match) -> Match | None:
        """Take a name of a state and of a city for the city behind "the capital" or its state's adjective."""
        city = self.sentence.find(i, Label.CITY)
        if match.form.label is not Label.COUNTRY or not city or city.last < match.last:
            return None
        before = self.chunks[-1] if self.chunks else None
        country = gazetteers.entry(Sort.CITY, city.form.value).country
        is_told = before and (
            before.value == "city_noun" or (before.part is Part.DEMONYM and before.value == country)
        )
        # "في عمان": of a city and a state of one name that have nothing to do with each other the city.
        is_other = country != match.form.value and bool(self.language.definite)
        is_told = is_told or (
            is_other and before is not None and before.value in {"place", "posted"}
        )
        # "تونس -": a dateline is a city's.
        has_mark = self._is_closed(match.last) and match.last < self.sentence.last
        is_dateline = has_mark and i == self.sentence.first and bool(self.language.definite)
        prepositions = self.language.words.get("city_place", ())
        # "à Luxembourg", but "au Luxembourg"
        is_led = i > 0 and self.sentence.tokens[i - 1].text.casefold() in prepositions
        return city if is_told or is_dateline or is_led else None

    def _known_name(self, i: int) -> Chunk | None:
        """Without capitals a family name that an adjective or a noun looks like: "استقبل السوداني السفير"."""
        if self.language.has_case:
            return None
        # "واستقبل ولد مرزوك السفير"
        last = i + 1 if self.sentence.part(i, "patronymic") and not self._is_closed(i + 1) else i
        if self.sentence.tokens[last].folded not in self.known:
            return None
        before, best = self.chunks[-1] if self.chunks else None, self.sentence.best(i)
        is_subject = before and (before.part in _VERBS or before.value == "with")
        is_word = best and (best.n_tokens > 1 or best.form.label not in NAMES_IN_RUN)
        is_word = is_word and last == i
        return Chunk(Part.NAME, i, last + 1) if is_subject and not is_word else None

    def _name_after_title(self, i: int) -> Chunk | None:
        """Read the name right after a title, which may be of common words: "Mr. Brown", "الدكتور مساعد العيبان"."""
        before = self.chunks[-1] if self.chunks else None
        if not before or not (before.part is Part.TITLE or self._is_whole_office(before)):
            return None
        if before.value == ALONE:
            return None
        may_be_any = self.language.has_case or before.part is Part.TITLE
        last = self._name_end(i, anything=may_be_any)
        if self._is_given_title(before, i, last):
            self.chunks.pop()
            return Chunk(Part.NAME, before.first, last)
        if before.part is Part.OFFICE and last == i + 1 and self._is_no_name(i):
            return None
        if before.part is Part.OFFICE and last > i + 1 and self._is_body(i, last):
            return None
        return Chunk(Part.NAME, i, last) if last > i else None

    def _is_body(self, i: int, last: int) -> bool:
        """Tell "Armed Forces" behind an office from a name: its last word is an organization's."""
        noun = self.sentence.part(last - 1, "organization_noun")
        return self.language.has_case and noun is not None and self.sentence.is_common(i)

    def _is_given_title(self, title: Chunk, i: int, last: int) -> bool:
        """Tell "Cheikh Ndiaye" and "Sidi Ould Ahmed", where a title is a first name, from "le cheikh Tamim"."""
        sentence = self.sentence
        if title.part is not Part.TITLE or not sentence.part(title.first, "name_title"):
            return False
        behind_article = sentence.part(title.first - 1, "determiner")
        is_short = last == i + 1 or bool(sentence.part(i, "patronymic"))
        return last > i and is_short and not behind_article

    def _is_no_name(self, i: int) -> bool:
        """Tell a common word or an acronym from a name: names stand behind no article anywhere."""
        sentence, tokens = self.sentence, self.sentence.tokens
        if not sentence.is_acronym(i):
            return sentence.is_common(i) and not self._is_surname(i)
        articles = sentence.language.words["determiner"] + sentence.language.words["of"]
        same = (j for j, token in enumerate(tokens) if token.text == tokens[i].text and j)
        return any(tokens[j - 1].folded in articles for j in same)

    def _is_surname(self, i: int) -> bool:
        """Tell "Foreign Minister Brown met", where a capital says that a common word is a name."""
        sentence, tokens, after = self.sentence, self.sentence.tokens, i + 1
        goes_on = after < sentence.last and tokens[after].is_capital
        return self.language.has_case and not (
            goes_on or sentence.best(i) or sentence.is_title_case()
        )

    def _name(self, i: int) -> Chunk | None:
        last = self._name_end(i)
        if last <= i:
            return None
        if not self.language.has_case and self.sentence.part(i - 1, "thing_noun"):
            return Chunk(Part.OTHER, i, last)
        return Chunk(Part.NAME, i, last, prefix=self._conjunction(i))

    def _proper(self, i: int) -> Chunk | None:
        """Read a capitalised run that is no name as an organization, if a word of it says so."""
        sentence = self.sentence
        noun = sentence.part(i, "organization_noun")
        last = self._proper_end(i)
        if last <= i:
            return None
        has_noun = noun or any(sentence.part(j, "organization_noun") for j in range(i, last))
        if not has_noun and not (last == i + 1 and sentence.is_acronym(i)):
            return None
        if sentence.part(last - 1, "thing_noun"):
            return Chunk(Part.OTHER, i, last)
        found = Chunk(Part.ORGANIZATION, i, self._past_acronym(last), prefix="")
        found.words = Span(i, last)
        return found
