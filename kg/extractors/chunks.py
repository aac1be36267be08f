"""Cut a sentence into chunks: titles, offices with their complements, names, organizations, places, marks.

Boundaries lead, dictionaries help: an unknown word belongs to the office it complements until a
name, a title or a mark begins; no organization needs to be known.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from kg import gazetteers
from kg.extractors.lexicon import Label, Match
from kg.gazetteers import Sort
from kg.text import fold, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kg.extractors.sentence import Sentence
    from kg.extractors.triggers import Trigger


class Part(StrEnum):
    """What a chunk is in its sentence."""

    TITLE = "title"
    NAME = "name"
    OFFICE = "office"
    ORGANIZATION = "organization"
    COUNTRY = "country"
    CITY = "city"
    DEMONYM = "demonym"
    DATE = "date"
    DELEGATION = "delegation"
    GROUP = "group"
    COUNTERPART = "counterpart"
    PRONOUN = "pronoun"
    AND = "and"
    COMMA = "comma"
    SEMICOLON = "semicolon"
    OPEN = "open"
    CLOSE = "close"
    COMPANION = "companion"
    LEADER = "leader"
    PLACE = "place"
    TRIGGER = "trigger"
    ACT = "act"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Span:
    """A range of tokens and what it stands for; `skip` letters of the first are a clitic before it."""

    first: int
    last: int
    value: str | None = None
    skip: int = 0


@dataclass(slots=True)
class Chunk:
    """A stretch of a sentence that is one thing; an office carries whom it serves.

    `words` is the office as written without organization or country; `prefix` a clitic before it,
    `skip` letters long, and `joins` tells that it means "and".
    """

    part: Part
    first: int
    last: int
    value: str | None = None
    prefix: str = ""
    skip: int = 0
    joins: bool = False
    words: Span | None = None
    organizations: list[Span] = field(default_factory=list)
    country: Span | None = None
    accredited_to: Span | None = None


_MARKS = {
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
_WORDS = {
    "and": Part.AND,
    "companion": Part.COMPANION,
    "leader": Part.LEADER,
    "delegation": Part.DELEGATION,
    "group": Part.GROUP,
    "counterpart": Part.COUNTERPART,
    "pronoun": Part.PRONOUN,
    "pronoun_plural": Part.PRONOUN,
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
_NAMELIKE_WORDS = frozenset({"modifier", "venue", "organization_noun", "discussed"})
_LEADS_TO_OFFICE = frozenset(
    {Part.TRIGGER, Part.TITLE, Part.COMMA, Part.AND, Part.NAME, Part.DELEGATION, Part.DATE}
)
_OFFICE_WORDS = frozenset(
    {
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
_AFFILIATIONS = (Label.ORGANIZATION, Label.COUNTRY, Label.DEMONYM)
_PLACES = (Label.COUNTRY, Label.CITY)
_VERBAL = frozenset({Label.TRIGGER})
_NAMES_IN_RUN = frozenset({Label.GIVEN_NAME, Label.CITY, Label.DEMONYM})
_CLOSES_RUN = frozenset(
    {"and", "circumstance", "companion", "delegation", "filler", "function", "place", "posted"}
    | {"relative", "that", "to", "with", "of", "adverb", "group", "leader"}
)
_LONGEST_RUN = 5
_LEADS_TO_NAME = frozenset({Part.TITLE, Part.COUNTERPART, Part.LEADER, Part.COMPANION})
_VERBS = frozenset({Part.TRIGGER, Part.ACT})
_IN_NAMES = frozenset({"particle", "name_prefix"})
_ENDS_COMPLEMENT = (Label.TITLE, Label.OFFICE, Label.TRIGGER, Label.ACT)
_LONGEST_COMPLEMENT = 14
_ELIDED = "'’"
_LONGEST_NICKNAME = 2
_ROMAN = frozenset("IVX")
# Whoever holds such an office is in a city on business: "the Prime Minister in Nadi".
_NEVER_POSTED = ("president", "prime-minister", "minister", "foreign-minister", "secretary-general")


def _is_accredited(office: str | None) -> bool:
    """Tell whether an office is a state's at an organization, for which it does not speak."""
    return office is not None and gazetteers.entry(Sort.OFFICE, office).is_accredited


def chunk(
    sentence: Sentence, triggers: Sequence[Trigger] = (), known: Collection[str] = ()
) -> list[Chunk]:
    """Cut a sentence into chunks that cover every token; the words of a trigger are cut first.

    `known` are the last words, folded, of the names that the article gave before.
    """
    return _Chunker(sentence, triggers, known).run()


class _Chunker:
    """One walk over a sentence; each reader gives the chunk that begins at a token, or None."""

    def __init__(
        self, sentence: Sentence, triggers: Sequence[Trigger], known: Collection[str]
    ) -> None:
        self.known = known
        self.sentence = sentence
        self.language = sentence.language
        self.triggers = {
            first: (last, trigger.frame.id)
            for trigger in triggers
            for first, last in trigger.phrases
        }
        self.chunks: list[Chunk] = []
        self.readers = (
            self._trigger,
            self._date,
            self._mark,
            self._known_name,
            self._name_after_title,
            self._office,
            self._title,
            self._unknown_office,
            self._word,
            self._name,
            self._known,
            self._proper,
        )

    def run(self) -> list[Chunk]:
        i = self.sentence.first
        while i < self.sentence.last:
            if self._is_quote_about_name(i):
                i += 1
                continue
            found = next((c for reader in self.readers if (c := reader(i))), None)
            self.chunks.append(self._without_article(found or Chunk(Part.OTHER, i, i + 1)))
            i = self.chunks[-1].last
        return self.chunks

    def _is_quote_about_name(self, i: int) -> bool:
        """Tell the marks of السيد “أحمد معيتيق”, which are stepped over, from those of what is said."""
        marks = self.language.words.get("name_quote", ())
        if not marks or self.sentence.tokens[i].text not in marks or not self.chunks:
            return False
        before = self.chunks[-1]
        opened = before.first > self.sentence.first and (
            self.sentence.tokens[before.first - 1].text in marks
        )
        return before.part in {Part.TITLE, Part.OFFICE} or (before.part is Part.NAME and opened)

    def _without_article(self, found: Chunk) -> Chunk:
        """Keep of what is written onto a chunk the clitic, not the article."""
        if not found.prefix:
            return found
        found.skip = self.language.skip(found.prefix)
        found.prefix = self.language.definite.get(found.prefix, found.prefix)
        found.joins = self._is_conjunction(found.prefix)
        if found.words and found.words.first == found.first:
            found.words = replace(found.words, skip=found.skip)
        return found

    # Readers

    def _trigger(self, i: int) -> Chunk | None:
        last, frame = self.triggers.get(i, (i, ""))
        return Chunk(Part.TRIGGER, i, last, frame) if last > i else None

    def _date(self, i: int) -> Chunk | None:
        date = self.sentence.dates.get(i)
        if not date:
            return None
        tokens, last = self.sentence.tokens, i + 1
        while last < self.sentence.last and tokens[last].end <= date.end:
            last += 1
        return Chunk(Part.DATE, i, last)

    def _mark(self, i: int) -> Chunk | None:
        token = self.sentence.tokens[i]
        part = None if token.is_word else _MARKS.get(token.text)
        if token.text == ":":
            return Chunk(Part.OTHER, i, i + 1, "colon")
        return Chunk(part, i, i + 1) if part else None

    def _title(self, i: int) -> Chunk | None:
        match = self.sentence.find(i, Label.TITLE)
        best = self.sentence.best(i)
        if not match or not best or len(best) > len(match):
            return None
        last = self._past_stop(match.last)
        return Chunk(Part.TITLE, i, last, match.form.value, match.prefix)

    def _office(self, i: int) -> Chunk | None:
        match = self.sentence.find(i, Label.OFFICE)
        best = self.sentence.best(i)
        if not match or not best or len(best) > len(match):
            return None
        match = self._before_country(i) or match
        value = self._without_adjective(match) or match.form.value
        office = Chunk(Part.OFFICE, i, match.last, value, match.prefix)
        office.words = Span(i, match.last, value)
        if body := self._body(match):
            office.organizations.append(body)
        self._take_modifiers(office)
        self._take_complement(office)
        if self.language.definite:
            office.last = self._past_stop(office.last)
        return office

    def _body(self, match: Match) -> Span | None:
        """Find the body that an office's name says: "président du Sénat"."""
        bodies = self.language.words.get("body", ())
        for k in range(match.first + 1, match.last) if bodies else ():
            words = self.sentence.text(k, match.last)
            is_body = any(words.startswith(fold(body)) for body in bodies)
            if is_body and self.sentence.part(k - 1, "of", "determiner"):
                return Span(k, match.last)
        return None

    def _without_adjective(self, match: Match) -> str | None:
        """Tell the office that a state's adjective stands inside of: "ministre russe des Affaires étrangères"."""
        sentence, last = self.sentence, match.last
        demonym = sentence.find(last, Label.DEMONYM)
        if not demonym or not sentence.part(demonym.last, "of"):
            return None
        end = min(sentence.last, demonym.last + _LONGEST_COMPLEMENT)
        words = (*sentence.tokens[match.first : last], *sentence.tokens[demonym.last : end])
        offices = sentence.lexicon.all(words, 0, len(words)).get(0, ())
        return next(
            (m.form.value for m in offices if m.form.label is Label.OFFICE and len(m) > len(match)),
            None,
        )

    def _before_country(self, i: int) -> Match | None:
        """Shorten "President of the Republic" where the republic that is meant has a name."""
        for match in self.sentence.all(i, Label.OFFICE):
            inside = range(i + 1, match.last)
            wholes = (self.sentence.find(k, Label.COUNTRY, Label.ORGANIZATION) for k in inside)
            if not any(whole and whole.last > match.last for whole in wholes):
                return match
        # "أمير دولة قطر": an office whose last word begins the state's name is said by the words before.
        match = self.sentence.all(i, Label.OFFICE)[-1]
        return replace(match, last=match.last - 1) if len(match) > 1 else None

    def _unknown_office(self, i: int) -> Chunk | None:
        """Without capitals, common nouns that lead to a name or follow one are its office."""
        before = self.chunks[-1] if self.chunks else None
        if self.language.has_case or not before or before.part not in _LEADS_TO_OFFICE:
            return None
        if self._leads_to_name() and self._closed_run(i) > i:
            return None
        office = Chunk(Part.OFFICE, i, i, prefix=self._conjunction(i))
        j = i
        while j < self.sentence.last and j - i < _LONGEST_COMPLEMENT and self._is_office_word(j, i):
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
        if (
            j == i
            and self.sentence.tokens[j].folded.startswith((*clitics, *places))
            and not self.sentence.is_plain(j)
        ):
            return False
        office = self.sentence.find(j, Label.OFFICE)
        if j > i and office and self._is_conjunction(office.prefix):
            return False
        if match and match.form.label is Label.WORD:
            return match.form.value in _OFFICE_WORDS and not (
                j == i and match.form.value == "venue"
            )
        if match and match.form.label in _AFFILIATIONS:
            # "زار الوزير فلان جمهورية العراق": an office does not begin with a state.
            return j > i
        return self.sentence.is_common(j)

    def _take_affiliation(self, office: Chunk, j: int) -> int:
        match = self.sentence.find(j, *_AFFILIATIONS)
        if not match:
            return j + 1
        span = Span(j, match.last, match.form.value, self.language.skip(match.prefix))
        if match.form.label is Label.ORGANIZATION:
            office.organizations.append(span)
        else:
            office.country = office.country or span
        return match.last

    def _is_closed(self, j: int) -> bool:
        """Tell whether a mark or the end of the sentence stands at a token."""
        return j >= self.sentence.last or not self.sentence.tokens[j].is_word

    def _word(self, i: int) -> Chunk | None:
        match = self.sentence.best(i)
        if match and match.form.label in _VERBAL:
            # A verb that begins here and is no trigger: "a" of "a ... reçu" is still a word.
            match = self.sentence.find(i, Label.WORD)
        if not match or match.form.label is not Label.WORD:
            return None
        match = min(
            (
                m
                for m in self.sentence.all(i, Label.WORD)
                if (m.last, m.prefix) == (match.last, match.prefix)
            ),
            key=lambda m: _RANK.get(m.form.value, len(_RANK)),
        )
        is_spelled_so = match.form.text == self.sentence.tokens[i].text
        is_in_name = match.form.value in _IN_NAMES or (
            (self._is_foreign_homonym(i) or (not is_spelled_so and self._is_given(i, i)))
            and self._leads_to_name()
        )
        if is_in_name and self._name_end(i) > match.last:
            return None
        if match.form.value == "deictic" and self._is_named_state(i, match.last):
            return Chunk(Part.OTHER, i, i + 1, "determiner")
        part = _WORDS.get(match.form.value)
        clitic = self._conjunction(i)
        if clitic and not part:
            return None
        return Chunk(part or Part.OTHER, i, match.last, match.form.value, match.prefix)

    def _is_named_state(self, i: int, last: int) -> bool:
        """Tell "the Republic of Korea", which has a name, from "the Republic"."""
        country = self.sentence.find(i + 1, Label.COUNTRY)
        return country is not None and country.last > last

    def _known(self, i: int) -> Chunk | None:
        match = self.sentence.find(i, *_KNOWN)
        best = self.sentence.best(i)
        if not match or not best or len(best) > len(match):
            return None
        match = self._city_of_state(i, match) or match
        part = _KNOWN[match.form.label]
        last = self._past_acronym(match.last) if part is Part.ORGANIZATION else match.last
        found = Chunk(part, i, last, match.form.value, match.prefix)
        found.words = Span(i, match.last, match.form.value)
        return found

    def _city_of_state(self, i: int, match: Match) -> Match | None:
        """Take a name of a state and of a city for the city behind "the capital" or its state's adjective."""
        city = self.sentence.find(i, Label.CITY)
        if match.form.label is not Label.COUNTRY or not city or len(city) < len(match):
            return None
        before = self.chunks[-1] if self.chunks else None
        country = gazetteers.entry(Sort.CITY, city.form.value).country
        is_told = before and (
            before.value == "city_noun" or (before.part is Part.DEMONYM and before.value == country)
        )
        return city if is_told else None

    def _known_name(self, i: int) -> Chunk | None:
        """Without capitals a family name that an adjective or a noun looks like: "استقبل السوداني السفير"."""
        if self.language.has_case or self.sentence.tokens[i].folded not in self.known:
            return None
        before, best = self.chunks[-1] if self.chunks else None, self.sentence.best(i)
        is_subject = before and (before.part in _VERBS or before.value == "with")
        is_word = best and (len(best) > 1 or best.form.label not in _NAMES_IN_RUN)
        return Chunk(Part.NAME, i, i + 1) if is_subject and not is_word else None

    def _name_after_title(self, i: int) -> Chunk | None:
        """A name right after a title may be of common words: "Mr. Brown", "الدكتور مساعد العيبان"."""
        before = self.chunks[-1] if self.chunks else None
        if not before or not (before.part is Part.TITLE or self._is_whole_office(before)):
            return None
        may_be_any = self.language.has_case or before.part is Part.TITLE
        last = self._name_end(i, anything=may_be_any)
        if self._is_given_title(before, i, last):
            self.chunks.pop()
            return Chunk(Part.NAME, before.first, last)
        if before.part is Part.OFFICE and last == i + 1 and self._is_no_name(i):
            return None
        return Chunk(Part.NAME, i, last) if last > i else None

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
            return sentence.is_common(i)
        articles = sentence.language.words["determiner"] + sentence.language.words["of"]
        same = (j for j, token in enumerate(tokens) if token.text == tokens[i].text and j)
        return any(tokens[j - 1].folded in articles for j in same)

    def _is_whole_office(self, before: Chunk) -> bool:
        """Tell whether an office is said to its end, so that a name may follow at once."""
        if before.part is not Part.OFFICE:
            return False
        serves = before.country or before.organizations or before.accredited_to
        return self.language.has_case or bool(serves)

    def _name(self, i: int) -> Chunk | None:
        last = self._name_end(i)
        if last <= i:
            return None
        return Chunk(Part.NAME, i, last, prefix=self._conjunction(i))

    def _proper(self, i: int) -> Chunk | None:
        """A capitalised run that is no name: an organization, if a word of it says so."""
        sentence = self.sentence
        noun = sentence.part(i, "organization_noun")
        last = self._proper_end(i)
        if last <= i:
            return None
        has_noun = noun or any(sentence.part(j, "organization_noun") for j in range(i, last))
        if not has_noun and not (last == i + 1 and sentence.is_acronym(i)):
            return None
        found = Chunk(Part.ORGANIZATION, i, self._past_acronym(last), prefix="")
        found.words = Span(i, last)
        return found

    # Names

    def _name_end(self, i: int, *, anything: bool = False) -> int:
        """Tell where the name that begins at a token ends; the same token where none begins."""
        if i >= self.sentence.last:
            return i
        return (
            self._cased_name_end(i, anything=anything)
            if self.language.has_case
            else self._caseless_name_end(i, anything=anything)
        )

    def _cased_name_end(self, i: int, *, anything: bool) -> int:
        sentence, tokens = self.sentence, self.sentence.tokens
        j, is_name = i, anything
        if not anything and self._is_only_before_a_name(i):
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
                if token.text == "." and j > i and len(tokens[j - 1].text) == 1:
                    j += 1
                    continue
                break
            particle = sentence.part(j, "particle")
            best = sentence.best(j)
            if best and best.form.label in _PLACES and len(best) > 1:
                # "Abu Dhabi" begins as a name does.
                particle = None
            if particle and j > i and self._places_venue(j, particle.last):
                break
            if j > i and self._is_of_state(j):
                break
            if particle:
                follows = particle.last
                if (
                    follows < sentence.last
                    and tokens[follows].is_word
                    and (tokens[follows].is_capital and not self._stops_name(follows, j > i))
                ):
                    is_name = is_name or (j > i and not sentence.is_common(i))
                    j = follows
                    continue
                if not token.is_capital:
                    break
            if token.text[-1] in _ELIDED and not (
                j + 1 < sentence.last and tokens[j + 1].is_capital
            ):
                break
            is_glued = token.glued and j > i
            if not is_glued and (not token.is_capital or self._stops_name(j, j > i)):
                break
            is_name = is_name or not (sentence.is_common(j) or sentence.is_acronym(j))
            j += 1
        j = self._past_suffix(j) if j > i else j
        if not (is_name or self._is_apposed(i, j)) or (
            not anything and any(sentence.part(k, "organization_noun") for k in range(i, j))
        ):
            return i
        if j == i + 1 and not anything and self._opens_sentence(i) and sentence.is_common(i):
            return i
        return j

    def _is_apposed(self, i: int, j: int) -> bool:
        """Tell whether capitalised words stand between commas behind an office: "the President, Rose Hill,"."""
        before = [chunk.part for chunk in self.chunks[-2:]]
        ends = j >= self.sentence.last or not self.sentence.tokens[j].is_word
        return j > i + 1 and before == [Part.OFFICE, Part.COMMA] and ends

    def _is_of_state(self, j: int) -> bool:
        """Tell "Faure Gnassingbé du Togo", where a state follows a name."""
        of = self.sentence.part(j, "of")
        country = self.sentence.find(of.last, Label.COUNTRY) if of else None
        tokens, last = self.sentence.tokens, self.sentence.last
        return bool(country) and not (
            country and country.last < last and tokens[country.last].is_capital
        )

    def _places_venue(self, j: int, follows: int) -> bool:
        """Tell "aéroport Léopold Sédar Senghor de Dakar", where a city ends the name of a venue."""
        sentence = self.sentence
        if not (sentence.part(j, "of") and sentence.find(follows, *_PLACES)):
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
        goes_on = is_inside and tokens[k + 1].is_capital and not self._stops_name(k + 1, True)  # noqa: FBT003
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
            and self.sentence.tokens[i - 1].text not in _MARKS
            and self.sentence.is_common(i)
            and all(self.sentence.tokens[j].is_capital for j in following)
            and any(not self.sentence.is_common(j) for j in following)
        )

    def _stops_name(self, j: int, is_inside: bool) -> bool:
        """A known form stops a name, but for the places and given names that names are made of."""
        match = self.sentence.best(j)
        if not match or match.form.label is Label.GIVEN_NAME:
            return False
        if match.form.label is Label.WORD:
            return match.form.value not in {"particle", "organization_noun"}
        if match.form.label in _PLACES and len(match) == 1:
            after = match.last
            goes_on = (
                after < self.sentence.last
                and self.sentence.tokens[after].is_capital
                and not self.sentence.best(after)
            )
            return not (goes_on or is_inside)
        if is_inside and self.sentence.part(j, "name_title"):
            return False
        if match.form.label is Label.TITLE and is_inside:
            # "Tran Minh Duc" is no duke: a title stands before a name.
            after = match.last
            tokens = self.sentence.tokens
            after += after < self.sentence.last and tokens[after].text == "."
            leads = after < self.sentence.last and tokens[after].is_capital
            is_fathers = self.sentence.part(j - 1, "patronymic")
            return (leads and not is_fathers) or not tokens[j].is_capital
        return not (self.sentence.find(j, Label.GIVEN_NAME) and len(match) == 1 and is_inside)

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
        is_led = bool(self.chunks) and self.chunks[-1].part in {Part.TITLE, Part.OFFICE, Part.NAME}
        least = 1 if is_led or anything or (self._is_foreign(i) and not self._has_article(i)) else 2
        j = j if n_names >= least else i
        return max(j, self._closed_run(i)) if self._leads_to_name() else j

    def _past_particle(self, j: int, *, is_inside: bool) -> int:
        """Step over "bin", "Abd" and whatever follows them: it belongs to the name."""
        particle = self.sentence.part(j, "particle", "name_prefix")
        is_prefix = bool(particle) and particle.form.value == "name_prefix"
        if not particle or particle.prefix or not (is_inside or is_prefix):
            return j
        j = particle.last
        while inner := self.sentence.part(j, "particle", "name_prefix"):
            j = inner.last
        return min(j + 1, self.sentence.last)

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
            return is_office and self._is_foreign_run(before.last)
        if before.part is Part.OFFICE:
            return self._is_whole_office(before) or self._is_definite(before.last - 1)
        return before.part in _LEADS_TO_NAME and before.value != "prayers"

    def _is_foreign_run(self, j: int) -> bool:
        """Tell whether two bare words begin at a token of which no dictionary has the second."""
        if j + 1 >= self.sentence.last:
            return False
        are_bare = not (self._has_article(j) or self._has_article(j + 1))
        is_foreign = are_bare and not self.sentence.best(j) and self._is_foreign(j + 1)
        return is_foreign or self._is_foreign_homonym(j)

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

    def _is_foreign_homonym(self, j: int) -> bool:
        """Tell "غير بيدرسون", "بان كي مون" from the particles that their first words look like."""
        best, k = self.sentence.best(j), j + 1
        is_particle = best and len(best) == 1 and best.form.value in {"function", "negation"}
        if not is_particle or best.prefix or k >= self.sentence.last:
            return False
        is_word = self.sentence.is_plain(k) or self._has_article(k)
        return self.sentence.tokens[k].text[0].isalpha() and not (is_word or self.sentence.best(k))

    def _is_plainly_prefixed(self, j: int) -> bool:
        """Tell "لمكافحة الإرهاب" from a name: a known noun behind a preposition, and its complement."""
        clitics = self.language.words.get("place_clitic", ())
        is_noun = self.sentence.is_common(j) and not self.sentence.is_plain(j)
        has_complement = j + 1 < self.sentence.last and self._has_article(j + 1)
        return self.sentence.tokens[j].folded.startswith(clitics) and is_noun and has_complement

    def _opens_no_name(self, j: int) -> bool:
        """Tell "المصري سامح شكري", "الأمير الحسين" from a name: an adjective of a state or a title opens none."""
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
        prefix = self.language.definite.get(best.prefix, best.prefix) if best else ""
        if best and best.form.label is Label.OFFICE and len(best) == 1 and not best.prefix:
            # "أسعد عالم،", "حسين أمير عبد اللهيان": a bare word at the end or before "Abd" is no office.
            return self._is_closed(j + 1) or self._past_particle(j + 1, is_inside=True) > j + 1
        is_name = (
            best is not None
            and best.form.label is Label.GIVEN_NAME
            and not self._is_conjunction(best.prefix)
        )
        return not best or is_name or (best.form.label in _NAMES_IN_RUN and not prefix)

    def _closes_run(self, j: int) -> bool:
        """Tell whether a name must be over at a token: a mark, a preposition, "and", a verb."""
        sentence = self.sentence
        if self._is_closed(j) or j in self.triggers or sentence.dates.get(j):
            return True
        best = sentence.best(j)
        if best and best.form.label is Label.WORD:
            return best.form.value not in _NAMELIKE_WORDS or self._is_conjunction(best.prefix)
        if best and best.form.label in {Label.OFFICE, Label.TITLE, Label.ACT}:
            return True
        is_named = best is not None and best.form.label is Label.GIVEN_NAME
        return self._is_joined(j) or (is_named and self._is_conjunction(best.prefix))

    def _is_joined(self, j: int) -> bool:
        """Tell whether "and" is written onto a word: "ونائبها", not "وليد"."""
        word = self.sentence.tokens[j].folded
        is_word = self.sentence.is_plain(j) or not self.sentence.is_common(j)
        return word.startswith(self.language.conjunctions) and not is_word

    def _may_be_name(self, j: int) -> bool:
        token = self.sentence.tokens[j]
        return token.text[0].isalpha() and j not in self.triggers and not self.sentence.dates.get(j)

    def _is_name_word(self, j: int, n_names: int, n_articles: int, *, anything: bool) -> bool:
        """Tell whether a word goes on a name that has `n_names` words, `n_articles` with this one's article."""
        match = self.sentence.best(j)
        if n_names and (self._is_regnal(j) or self._is_title_in_name(j)):
            return True
        if n_names and match and self._is_conjunction(match.prefix):
            return False
        if match and match.form.label not in {Label.GIVEN_NAME, Label.DEMONYM, Label.CITY}:
            is_word = match.form.label is Label.WORD and match.form.value in _NAMELIKE_WORDS
            return anything and n_names == 0 and is_word
        if self._has_article(j):
            is_known = bool(match) and match.form.label is not Label.GIVEN_NAME
            is_unknown = not (is_known or self.sentence.is_common(j))
            is_family = n_articles == 1 and not (is_known and n_names > 1)
            return is_unknown if n_names == 0 else is_family or is_unknown
        if match and match.form.label is not Label.GIVEN_NAME:
            return False
        return not self.sentence.is_common(j) or (
            anything and n_names <= 1 and (n_names == 0 or self.sentence.is_plain(j))
        )

    def _is_regnal(self, j: int) -> bool:
        """Tell "الثاني" of a king and "الدين" of a first name from what only looks like them."""
        part = self.sentence.part(j, "regnal", "name_suffix")
        return bool(part) and self.sentence.lexicon.is_definite(part.form.text) == bool(part.prefix)

    def _is_title_in_name(self, j: int) -> bool:
        """Tell whether a title is a family name: nothing follows that it could be the title of."""
        title = self.sentence.find(j, Label.TITLE)
        if not title or len(title) > 1 or not self._has_article(j):
            return False
        return self._is_closed(title.last) or self._has_article(title.last)

    def _is_given(self, j: int, i: int) -> bool:
        match = self.sentence.find(j, Label.GIVEN_NAME)
        if not match or (match.prefix and not (j == i and self._is_conjunction(match.prefix))):
            return False
        best = self.sentence.best(j)
        # "ولي" is a first name, "ولي العهد" is none.
        if best and len(best) > len(match) and best.form.label in {Label.OFFICE, Label.TITLE}:
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
        word = plain(self.sentence.tokens[j].text)
        return any(word.startswith(p) for p, clitic in self.language.definite.items() if not clitic)

    # Offices

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
            case Part.ORGANIZATION if self.language.premodified and not office.country:
                office.organizations.insert(0, before.words or Span(before.first, before.last))
            case Part.OTHER if before.value == "possessive" and len(self.chunks) > 1:
                is_body = self.chunks[-2].value == "organization_noun"
                return is_body or self.chunks[-2].part in {Part.COUNTRY, Part.ORGANIZATION}
            case Part.OTHER if self.language.premodified and before.value == "organization_noun":
                if not self.sentence.tokens[before.first].is_capital:
                    return False
                self._take_organization(office, before)
            case Part.OTHER if before.value == "modifier" or self._premodifies(before):
                office.words = Span(before.first, words.last, office.value)
            case Part.AND if len(self.chunks) > 1 and self._is_first_portfolio(words):
                office.words = Span(self.chunks[-2].first, words.last, office.value)
            case _:
                return False
        return True

    def _take_organization(self, office: Chunk, noun: Chunk) -> None:
        """Take the words before an organization's noun with it: "National Security Secretariat"."""
        last = noun.last
        while len(self.chunks) > 1 and self._is_capital_word(self.chunks[-2]):
            self.chunks.pop()
        office.organizations.insert(0, Span(self.chunks[-1].first, last))

    def _is_capital_word(self, before: Chunk) -> bool:
        token = self.sentence.tokens[before.first]
        return (
            before.part is Part.OTHER
            and token.is_word
            and token.is_capital
            and (before.value in {None, "modifier", "portfolio", "organization_noun"})
        )

    def _is_first_portfolio(self, words: Span) -> bool:
        """Tell "Foreign and European Affairs Minister" from two that "and" joins."""
        before = self.chunks[-2]
        is_long = words.last > words.first + 1
        is_led = len(self.chunks) > 2 and self.chunks[-3].part in {Part.OFFICE, Part.TITLE}  # noqa: PLR2004
        return (
            is_long and not is_led and self._premodifies(before) and self._is_capital_word(before)
        )

    def _premodifies(self, before: Chunk) -> bool:
        return self.language.premodified and (
            self._is_capital_word(before) or before.value == "portfolio"
        )

    def _take_complement(self, office: Chunk) -> None:
        """Take whom and what an office serves: portfolio, organization, country, place of posting."""
        j = office.last
        while j < min(self.sentence.last, office.last + _LONGEST_COMPLEMENT):
            step = (
                self._complement_adjective(office, j)
                or self._complement_purpose(office, j)
                or self._complement_phrase(office, j)
                or self._complement_goes_on(office, j)
                or self._complement_compatriots(office, j)
                or self._own_acronym(office, j)
            )
            if step <= j:
                break
            j = step
        office.last = max(office.last, j)

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

    def _own_acronym(self, office: Chunk, j: int) -> int:
        """Step over an office's own acronym: "Chief of Defence Staff (CDS)"."""
        tokens, end = self.sentence.tokens, self._past_acronym(j)
        if end == j or self.sentence.find(j + 1, Label.ORGANIZATION, Label.COUNTRY):
            return 0
        initials = {token.text[0] for token in tokens[office.first : office.last]}
        return end if set(tokens[j + 1].text) <= initials else 0

    def _complement_adjective(self, office: Chunk, j: int) -> int:
        if self.sentence.tokens[j].text == "/" and j + 1 < self.sentence.last:
            j += 1
        # "تركي" is a name, "التركي" a Turk.
        is_name = self.sentence.find(j, Label.GIVEN_NAME) and not self._has_article(j)
        if (demonym := self.sentence.find(j, Label.DEMONYM)) and not is_name:
            if demonym is self.sentence.best(j) or len(demonym) == len(self.sentence.best(j) or ()):
                if demonym.prefix and (abroad := self.sentence.part(demonym.last, "abroad")):
                    # "وزير الخارجية والتونسيين بالخارج" serves no state by this.
                    office.words = Span((office.words or office).first, abroad.last, office.value)
                    return abroad.last
                if demonym.prefix and not self.sentence.lexicon.is_definite(demonym.prefix):
                    return 0
                office.country = office.country or Span(j, demonym.last, demonym.form.value)
                joint = self.sentence.part(demonym.last, "and")
                other = joint and self.sentence.find(joint.last, Label.DEMONYM)
                # "les ministres américain et français des Affaires étrangères"
                return other.last if other and not other.prefix else demonym.last
        if epithet := self.sentence.part(j, "epithet"):
            return epithet.last
        if modifier := self.sentence.part(j, "modifier", "office_suffix"):
            office.words = Span(office.words.first, modifier.last, office.value)
            return modifier.last
        return 0

    def _complement_phrase(self, office: Chunk, j: int) -> int:
        """Read a complement after its preposition, or straight after the head in a construct state."""
        sentence = self.sentence
        preposition = sentence.part(j, "of", "to", "posted", "complement")
        k = preposition.last if preposition else j
        # In a construct state the complement follows at once; a state or an adjective of it closes it.
        if not preposition and (
            not self.language.definite or office.country or office.organizations
        ):
            return 0
        role = preposition.form.value if preposition else "of"
        if preposition and (deictic := sentence.part(k, "deictic")):
            if not self._is_named_state(k, deictic.last):
                return deictic.last
        while determiner := sentence.part(k, "determiner"):
            k = determiner.last
        demonym = sentence.find(k, Label.DEMONYM) if self.language.premodified else None
        state = sentence.find(k, Label.COUNTRY)
        if demonym and not (state and len(state) > len(demonym)):
            office.country = office.country or Span(k, demonym.last, demonym.form.value)
            k = demonym.last
        known = sentence.find(k, *_PLACES, Label.ORGANIZATION)
        deictic = sentence.part(k, "deictic")
        if deictic and self.language.definite and not self._has_article(k):
            # "لدى المنظمة" is the one just named, "لدى منظمة" goes on.
            deictic = None if sentence.lexicon.is_definite(deictic.form.text) else deictic
        if deictic and len(deictic) >= len(known or ()):
            if not preposition:
                # "عاهل البلاد"
                if self._is_definite(j - 1):
                    return 0
                office.words = Span((office.words or office).first, deictic.last, office.value)
            return deictic.last
        if known and (not sentence.best(k) or len(known) >= len(sentence.best(k) or ())):
            return self._complement_known(office, known, role)
        if preposition and role in {"to", "posted"} and not sentence.find(k, Label.OFFICE):
            if sentence.part(k, "state_noun") and sentence.find(k + 1, Label.CITY):
                # "رئيس البرلمان في جمهورية الشيشان": a part of a state.
                return k + 2
            inner = sentence.find(k + 1, Label.ORGANIZATION)
            if not (self.language.definite and inner and sentence.is_common(k)):
                return 0
            # "مدير عام في خارجية الاتحاد الأوروبي"
            office.organizations.append(Span(inner.first, inner.last, inner.form.value))
            return inner.last
        end = self._complement_noun(office, k, has_preposition=bool(preposition))
        return end or (k if demonym and preposition and k == demonym.last else 0)

    def _complement_purpose(self, office: Chunk, j: int) -> int:
        """Step over what an organization's officer is for: "وكيل الأمين العام للأمم المتحدة لمكافحة الإرهاب"."""
        word = self.sentence.tokens[j].folded
        clitics = self.language.words.get("purpose_clitic", ())
        if not office.organizations or not word.startswith(clitics) or self.sentence.best(j):
            return 0
        if not self.sentence.is_common(j) or self.sentence.is_plain(j):
            return 0
        end = j + 1
        while end < self.sentence.last and self._has_article(end) and not self.sentence.best(end):
            end += 1
        return end

    def _complement_known(self, office: Chunk, known: Match, role: str) -> int:
        sentence = self.sentence
        skip = self.language.skip(known.prefix)
        span = Span(known.first, known.last, known.form.value, skip)
        match known.form.label:
            case Label.ORGANIZATION:
                if role == "posted" and not self._leads_on(known.last):
                    return 0
                end = self._past_acronym(known.last)
                noun = sentence.part(end, "organization_noun") if end > known.last else None
                if noun and sentence.tokens[end].is_capital and self.language.premodified:
                    # "Chairperson of the African Union (AU) Commission"
                    span, end = replace(span, last=noun.last, value=None), noun.last
                if role != "to" or not _is_accredited(office.value):
                    office.organizations.append(span)
                return end
            case Label.COUNTRY if role in {"to", "posted"}:
                office.accredited_to = office.accredited_to or span
            case Label.COUNTRY if role == "complement":
                # A "special envoy for Yemen" is not Yemen's.
                office.words = Span((office.words or office).first, known.last, office.value)
            case Label.COUNTRY:
                if office.country and office.country.value != span.value:
                    office.accredited_to = office.accredited_to or span
                else:
                    office.country = office.country or span
            case _ if role == "posted" and (office.value or "").startswith(_NEVER_POSTED):
                return 0
            case _:
                if role == "of":
                    office.words = Span(office.words.first, known.last, office.value)
        return known.last

    def _leads_on(self, j: int) -> bool:
        """Tell whether a name follows at once: "Director at the Foreign Office Chris Allan"."""
        is_title = self.sentence.find(j, Label.TITLE) is not None
        return self.language.has_case and (is_title or self._name_end(j) > j)

    def _complement_noun(self, office: Chunk, k: int, *, has_preposition: bool) -> int:
        sentence = self.sentence
        end = (
            self._noun_end(k, has_preposition=has_preposition)
            if self.language.has_case
            else self._construct_end(k, self._is_definite(k - 1))
        )
        if end <= k:
            return 0
        # The noun of an organization leads in French and Arabic, and comes last in English.
        noun = end - 1 if self.language.premodified else k
        has_noun = sentence.part(noun, "organization_noun") and not sentence.part(noun, "portfolio")
        is_proper = (
            self.language.has_case
            and sentence.tokens[k].is_capital
            and not (sentence.is_common(k) or sentence.best(k))
        )
        if has_noun and end == k + 1 < sentence.last and not self.language.has_case:
            # "رئيس مؤسسة زايد بن سلطان": an organization that bears a name.
            end = self._name_end(end)
        if (has_noun or is_proper) and not office.organizations:
            office.organizations.append(Span(k, end))
            return self._past_acronym(end)
        office.words = Span(office.words.first, end, office.value)
        return end

    def _complement_goes_on(self, office: Chunk, j: int) -> int:
        """Go on past a comma inside an office: "ministre des Affaires étrangères, de la Coopération"."""
        sentence = self.sentence
        is_joint = sentence.tokens[j].folded in self.language.conjunctions
        if is_joint and j + 1 < sentence.last and self._is_definite(j + 1):
            # Some write the joint apart: "وزير الخارجية و الهجرة".
            abroad = self._complement_adjective(office, j + 1)
            is_noun = self._goes_on_construct(j + 1, is_definite=True)
            end = abroad or (self._construct_end(j + 1, True) if is_noun else 0)  # noqa: FBT003
            office.words = Span((office.words or office).first, end or j, office.value)
            return end
        if (joint := sentence.part(j, "and")) and self._has_portfolio(office):
            end = self._portfolio_end(joint.last, is_last=True)
            office.words = Span((office.words or office).first, end or office.last, office.value)
            return end
        if sentence.tokens[j].text not in ",،":
            return 0
        if sentence.part(j + 1, "of", "charge"):
            step = self._complement_phrase(office, j + 1)
            return step if step > j + 1 else 0
        if end := self._portfolio_end(j + 1):
            office.words = Span((office.words or office).first, end, office.value)
        return end

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
            elif self._is_portfolio_word(j):
                j += 1
                end = j if is_last else end
            elif sentence.tokens[j].text == "," and not is_last:
                j += 1
            else:
                break
        return end

    def _is_portfolio_word(self, j: int) -> bool:
        token, best = self.sentence.tokens[j], self.sentence.best(j)
        is_free = not best or best.form.value in {"portfolio", "organization_noun", "office_suffix"}
        if token.glued and token.is_capital:
            return True
        return token.is_word and token.is_capital and is_free and self.sentence.is_common(j)

    def _noun_end(self, k: int, *, has_preposition: bool) -> int:
        """Tell where the noun phrase of a complement ends."""
        sentence, tokens = self.sentence, self.sentence.tokens
        j = k
        if has_preposition and (office := sentence.find(k, Label.OFFICE)):
            j = office.last
        while j < sentence.last and tokens[j].is_word and j - k < _LONGEST_COMPLEMENT:
            best = sentence.best(j)
            label = best.form.label if best else None
            if sentence.dates.get(j):
                break
            if best and label in _ENDS_COMPLEMENT and not (label is Label.OFFICE and j == k):
                break
            if best and label is Label.WORD:
                step = self._joined_end(j, best)
                if not step:
                    break
                j = step
                continue
            if best and label in {Label.DEMONYM, Label.COUNTRY}:
                break
            if j > k and self._name_end(j) > j and not self._after_joint(j):
                break
            if not self._is_nominal(j, k):
                break
            j = best.last if best and label is Label.ORGANIZATION else j + 1
        while j > k and sentence.part(j - 1, "and", "of", "determiner", "complement"):
            j -= 1
        return j

    def _construct_end(self, k: int, is_definite: bool) -> int:  # noqa: FBT001
        """Tell where a construct state ends: its last noun is definite, adjectives and "and" may follow."""
        sentence, j = self.sentence, k
        while j < sentence.last and j - k < _LONGEST_COMPLEMENT and self._may_be_name(j):
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
        if self.sentence.find(j, Label.TITLE) and not is_definite and self._is_adjective_of(j):
            return True
        if self._is_given(j, j) or self.sentence.find(j, Label.TITLE, *_AFFILIATIONS):
            return False
        if best and best.form.label is Label.WORD and best.form.value not in _OFFICE_WORDS:
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

    def _is_definite(self, j: int) -> bool:
        return self.sentence.lexicon.is_definite(plain(self.sentence.tokens[j].text))

    def _joined_end(self, j: int, joint: Match) -> int:
        """Step over "and", "of", "the" inside a complement; 0 where they lead out of it."""
        sentence = self.sentence
        if joint.form.value in {*_OFFICE_WORDS, "region"} - {"venue", "complement", "deictic"}:
            return joint.last
        if joint.form.value not in {"and", "of", "determiner", "charge"}:
            return 0
        k = joint.last
        while inner := sentence.part(k, "determiner", "of"):
            k = inner.last
        if k >= sentence.last or not sentence.tokens[k].is_word:
            return 0
        if sentence.find(k, Label.OFFICE, Label.TITLE, Label.COUNTRY, *_ENDS_COMPLEMENT):
            return 0
        if joint.form.value == "and" and self._name_end(k) > k + 1:
            return 0
        return k

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

    # Small things

    def _proper_end(self, i: int) -> int:
        """Tell where a run of capitalised common words ends, with its "of ..." complements."""
        sentence, tokens = self.sentence, self.sentence.tokens
        if not self.language.has_case:
            noun = sentence.part(i, "organization_noun")
            return self._noun_end(noun.last, has_preposition=False) if noun else i
        j = i
        while j < sentence.last and tokens[j].is_word:
            best = sentence.best(j)
            if j > i and best and self._is_owner(best):
                break
            if (
                tokens[j].is_capital
                and not sentence.dates.get(j)
                and (
                    not best
                    or best.form.label
                    in {*_PLACES, Label.GIVEN_NAME, Label.ORGANIZATION, Label.DEMONYM}
                    or best.form.value in {"organization_noun", "portfolio"}
                )
            ):
                j = best.last if best else j + 1
                continue
            joint = sentence.part(j, "of", "and", "determiner") if j > i else None
            if not joint:
                break
            step = self._joined_end(j, joint)
            if not step or not (tokens[step].is_capital or sentence.find(step, *_PLACES)):
                break
            j = step
        return j

    def _is_owner(self, known: Match) -> bool:
        """Tell whether a state begins anew: "at Bayan Palace Qatar's minister"."""
        is_state = known.form.label is Label.COUNTRY
        is_inside = self.sentence.part(known.first - 1, "of", "determiner")
        return is_state and not is_inside and bool(self.sentence.part(known.last, "possessive"))

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

    def _opens_sentence(self, i: int) -> bool:
        return i == self.sentence.first or not self.sentence.tokens[i - 1].is_word

    def _conjunction(self, i: int) -> str:
        best = self.sentence.best(i)
        return best.prefix if best and self._is_conjunction(best.prefix) else ""

    def _is_conjunction(self, prefix: str) -> bool:
        return bool(prefix) and prefix[0] in self.language.conjunctions
