"""Whom and what an office serves: portfolio, organization, state, place of posting."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg import gazetteers
from kg.extractors.cased import PLACES
from kg.extractors.forms import Label
from kg.extractors.nationality import NationalityReader
from kg.extractors.nouns import AFFILIATIONS, LONGEST_COMPLEMENT
from kg.extractors.parts import Chunk, Part, Span
from kg.gazetteers import Sort

if TYPE_CHECKING:
    from kg.extractors.forms import Match

_MARKS = frozenset(",،.")
# Whoever holds such an office does so for another: "the special envoy of the President".
_ASSISTS = (
    *("special-envoy", "international-envoy", "envoy", "adviser", "assistant", "representative"),
    *("spokesperson", "deputy-crown-prince", "chief-of-cabinet"),
)
# Whoever holds such an office is in a city on business: "the Prime Minister in Nadi".
_NEVER_POSTED = (
    *("president", "vice-president", "prime-minister", "minister", "foreign-minister"),
    *("deputy-prime-minister", "deputy-minister", "deputy-foreign-minister", "secretary-general"),
)
# Whoever holds such an office of a place serves its state.
_OF_PLACES = frozenset({"governor", "deputy-governor", "mayor", "ruler", "crown-prince"})


def _is_accredited(office: str | None) -> bool:
    """Tell whether an office is a state's at an organization, for which it does not speak."""
    return office is not None and gazetteers.entry(Sort.OFFICE, office).is_accredited


class ComplementReader(NationalityReader):
    """Reads on from the head of an office."""

    def _take_complement(self, office: Chunk) -> None:
        """Take whom and what an office serves: portfolio, organization, country, place of posting."""
        j = head = office.last
        while j < min(self.sentence.last, office.last + LONGEST_COMPLEMENT):
            step = (
                self._complement_adjective(office, j)
                or self._complement_master(office, j)
                or self._complement_owner(office, j)
                or self._complement_purpose(office, j)
                or self._complement_post(office, j)
                or self._complement_unit(office, j)
                or self._complement_phrase(office, j)
                or self._complement_goes_on(office, j)
                or self._complement_owned(office, j)
                or self._complement_compatriots(office, j)
                or self._own_acronym(office, j)
            )
            if step <= j:
                break
            j = step
        office.last = self._past_sender(office, head, max(office.last, j))

    def _complement_owned(self, office: Chunk, j: int) -> int:
        """Read whose part an office serves: "of the Maltese Parliament's Trade Committee"."""
        owner = self.sentence.part(j, "possessive")
        end = self._named_body_end(owner.last) if owner and j > office.last else 0
        if owner and end:
            whole = office.organizations.pop().first if office.organizations else owner.last
            office.organizations.append(Span(whole, end))
        return end

    def _past_sender(self, office: Chunk, head: int, end: int) -> int:
        """Step over whose officer it is: "l'envoyé spécial du président Garnier"; his own name is another."""
        sentence = self.sentence
        of = sentence.part(head, "of")
        if not of or not self.language.has_case:
            return end
        state = sentence.find(of.last, Label.DEMONYM) if self.language.premodified else None
        k = state.last if state else of.last
        if sentence.find(k, Label.OFFICE):
            end = max(end, self._name_end(end))
        while determiner := sentence.part(k, "determiner"):
            k = determiner.last
        master = sentence.find(k, Label.OFFICE) or sentence.part(k, "counterpart")
        is_sent = (office.value or "").endswith("envoy") and self._is_apposed_to_name()
        return (
            max(end, self._past_master(office, max(end, master.last)))
            if master and is_sent
            else end
        )

    def _is_apposed_to_name(self) -> bool:
        """Tell whether the office that is read stands behind its holder's name: "M. A, émissaire de"."""
        before = [c for c in self.chunks[-3:] if c.value != "determiner"]
        return [c.part for c in before[-2:]] == [Part.NAME, Part.COMMA]

    def _past_master(self, office: Chunk, j: int) -> int:
        """Step over the name of who sends: "M. A, émissaire de son homologue kenyan, M. B"."""
        sentence = self.sentence
        if state := sentence.find(j, Label.DEMONYM):
            office.country = office.country or Span(j, state.last, state.form.value)
            j = state.last
        if j >= sentence.last or sentence.tokens[j].text != ",":
            return 0
        k = j + 1
        while title := sentence.find(k, Label.TITLE):
            k = self._past_stop(title.last)
        end = self._name_end(k)
        return end if end > k and self._is_closed(end) else 0

    def _own_acronym(self, office: Chunk, j: int) -> int:
        """Step over an office's own acronym: "Chief of Defence Staff (CDS)"."""
        tokens, end = self.sentence.tokens, self._past_acronym(j)
        if end == j or self.sentence.find(j + 1, Label.ORGANIZATION, Label.COUNTRY):
            return 0
        initials = {token.text[0] for token in tokens[office.first : j]}
        return end if set(tokens[j + 1].text) <= initials else 0

    def _complement_adjective(self, office: Chunk, j: int) -> int:
        if self.sentence.tokens[j].text == "/" and j + 1 < self.sentence.last:
            j += 1
        # "تركي" is a name, "التركي" a Turk.
        is_name = self.sentence.find(j, Label.GIVEN_NAME) and not self._has_article(j)
        demonym = None if is_name else self.sentence.longest(j, Label.DEMONYM)
        if demonym:
            return self._complement_demonym(office, demonym)
        if epithet := self.sentence.part(j, "epithet"):
            return epithet.last
        title = self.sentence.find(j, Label.TITLE)
        modifier = self.sentence.part(j, "modifier", "office_suffix")
        if modifier and self._is_conjunction(modifier.prefix):
            # "نائب رئيس الدولة ونائب رئيس الوزراء"
            return 0
        body = self._named_body_end(j) if modifier and self.sentence.tokens[j].is_capital else 0
        if modifier and body > modifier.last:
            # "Commander Royal Air Force"
            office.organizations.append(Span(j, body))
            self._take_state(office, j, body)
            return body
        if modifier and not (title and title.last > modifier.last):
            office.words = Span((office.words or office).first, modifier.last, office.value)
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
        deictic = self._deictic(k) if preposition else None
        if deictic and not self._is_named_state(k, deictic.last):
            return deictic.last
        while determiner := sentence.part(k, "determiner"):
            k = determiner.last
        if preposition and role == "of" and (end := self._body_end(k)):
            return self._complement_body(office, k, end)
        demonym = sentence.find(k, Label.DEMONYM) if self.language.premodified else None
        state = sentence.find(k, Label.COUNTRY)
        if demonym and not (state and state.last > demonym.last):
            office.country = office.country or Span(k, demonym.last, demonym.form.value)
            k = demonym.last
        known = sentence.find(k, *PLACES, Label.ORGANIZATION)
        deictic = self._deictic(k)
        if deictic and not (known and known.last > deictic.last):
            if not preposition:
                # "عاهل البلاد"
                if self._is_definite(j - 1):
                    return 0
                office.words = Span((office.words or office).first, deictic.last, office.value)
            return deictic.last
        if known and known is sentence.longest(k, *PLACES, Label.ORGANIZATION):
            return self._complement_known(office, known, role)
        if role == "posted" and sentence.part(j, "complement") and sentence.part(k, "portfolio"):
            role = "complement"
        if role == "to" and self.language.premodified and (region := sentence.part(k, "region")):
            # "Special Envoy to the Middle East"
            office.words = Span((office.words or office).first, region.last, office.value)
            return region.last
        if preposition and role in {"to", "posted"} and not sentence.find(k, Label.OFFICE):
            if sentence.part(k, "state_noun") and sentence.find(k + 1, Label.CITY):
                # "رئيس البرلمان في جمهورية الشيشان": a part of a state.
                return k + 2
            if (office.value or "").endswith("envoy") and (end := self._region_end(k)) > k:
                # "المبعوث الشخصي إلى الصحراء الغربية"
                office.words = Span((office.words or office).first, end, office.value)
                return end
            inner = sentence.find(k + 1, Label.ORGANIZATION)
            if not (self.language.definite and inner and sentence.is_common(k)):
                return 0
            # "مدير عام في خارجية الاتحاد الأوروبي"
            office.organizations.append(Span(inner.first, inner.last, inner.form.value))
            return inner.last
        end = self._complement_noun(office, k, has_preposition=bool(preposition))
        if not end and preposition and role == "of" and self.sentence.part(k, "seat"):
            # "le secrétaire général de la primature": a seat stands for who works there.
            end = self._past_seat(office, k)
        return end or (k if demonym and preposition and k == demonym.last else 0)

    def _past_seat(self, office: Chunk, k: int) -> int:
        seat = None if self.language.premodified else self.sentence.part(k, "seat")
        if not seat or not self.language.has_case:
            return 0
        end = max(seat.last, self._noun_end(seat.last, has_preposition=False))
        office.words = Span((office.words or office).first, end, office.value)
        return end

    def _complement_master(self, office: Chunk, j: int) -> int:
        """Read whom an envoy or an adviser serves: "المبعوث الخاص لفخامة الرئيس الصومالي"."""
        clitics = self.language.words.get("purpose_clitic", ("-",))
        if not (office.value or "").startswith(_ASSISTS):
            return 0
        k, is_led = j, self.sentence.tokens[j].folded.startswith(clitics)
        while is_led and (title := self.sentence.find(k, Label.TITLE)):
            if k == j and not title.prefix.startswith(clitics):
                return 0
            k = title.last
        head = self.sentence.find(k, Label.OFFICE) if is_led else None
        if not head or (k == j and not head.prefix.startswith(clitics)):
            return 0
        master = Chunk(Part.OFFICE, k, head.last, head.form.value)
        self._take_complement(master)
        office.country = office.country or master.country
        office.organizations += master.organizations
        return master.last

    def _complement_owner(self, office: Chunk, j: int) -> int:
        """Read whose office it is, styles and all: "مدير مكتب سمو وزير الخارجية"; his own name is another's."""
        k = j
        if self.language.has_case or self._is_definite(j - 1):
            return 0
        while (title := self.sentence.find(k, Label.TITLE)) and not title.prefix.strip("ال"):
            k = title.last
        head = self.sentence.longest(k, Label.OFFICE) if k > j else None
        is_alone = k > j + 1 and self._is_definite(k - 1) and self._is_past_owner(k)
        if head and not head.prefix:
            owner = Chunk(Part.OFFICE, k, head.last, head.form.value)
            self._take_complement(owner)
            office.country = office.country or owner.country
            k = owner.last
        elif not is_alone:
            return 0
        office.words = Span((office.words or office).first, k, office.value)
        return k

    def _is_past_owner(self, k: int) -> bool:
        """Tell whether a mark or another's title follows: "مدير مكتب جلالة الملك، المهندس فلان"."""
        if k >= self.sentence.last or self.sentence.tokens[k].text in _MARKS:
            return True
        return self.sentence.find(k, Label.TITLE) is not None and self._has_article(k)

    def _complement_post(self, office: Chunk, j: int) -> int:
        """Read where an envoy is posted, the preposition written onto it: "سفيرة فرنسا بالجزائر"."""
        place = self.sentence.find(j, *PLACES)
        if not (place and self._is_in(place.prefix) and _is_accredited(office.value)):
            return 0
        if place.form.label is Label.COUNTRY:
            span = Span(j, place.last, place.form.value, self.language.skip(place.prefix))
            office.accredited_to = office.accredited_to or span
        return place.last

    def _complement_unit(self, office: Chunk, j: int) -> int:
        """Step over where an official works: "مدير الإدارة العربية في وزارة الخارجية"; who heads it receives there."""
        preposition = self.sentence.part(j, "posted")
        k = preposition.last if preposition else j
        prefix = self._written_onto(k, "unit")
        if prefix is None or not (preposition or self._is_in(prefix)):
            return 0
        if not office.value or office.value.startswith(_NEVER_POSTED):
            return 0
        end = self._construct_end(k + 1, self._is_definite(k))
        if self._is_closed(end) or self.sentence.find(end, Label.TITLE):
            office.words = Span((office.words or office).first, end, office.value)
        goes_on = self._is_closed(end) or self.sentence.find(end, *AFFILIATIONS, Label.TITLE)
        return end if goes_on or self._name_end(end) > end else 0

    def _is_in(self, prefix: str) -> bool:
        """Tell whether a clitic means "in": "بالجزائر", not "لروسيا"."""
        words = self.language.words
        is_for = prefix.startswith(words.get("purpose_clitic", ()))
        return prefix in words.get("place_clitic", ()) and not is_for

    def _complement_body(self, office: Chunk, k: int, end: int) -> int:
        office.organizations.append(Span(k, end))
        if state := self.sentence.find(k, Label.COUNTRY):
            office.country = office.country or Span(k, state.last, state.form.value)
        return self._past_acronym(end)

    def _deictic(self, k: int) -> Match | None:
        """Find "the Kingdom", "المنظمة", the one just named; "لدى منظمة" without its article goes on."""
        deictic = self.sentence.part(k, "deictic")
        if not (deictic and self.language.definite) or self._has_article(k):
            return deictic
        return None if self.sentence.lexicon.is_definite(deictic.form.text) else deictic

    def _complement_purpose(self, office: Chunk, j: int) -> int:
        """Step over what an organization's officer is for: "وكيل الأمين العام للأمم المتحدة لمكافحة الإرهاب"."""
        word = self.sentence.tokens[j].folded
        clitics = self.language.words.get("purpose_clitic", ())
        if not office.organizations or not word.startswith(clitics) or self.sentence.best(j):
            return 0
        if not self.sentence.is_common(j) or self.sentence.is_plain(j):
            return 0
        end = j + 1
        while end < self.sentence.last and self._has_article(end):
            best = self.sentence.best(end)
            # "لعملية السلام": a first name with an article is a word.
            if best and (best.form.label is not Label.GIVEN_NAME or not best.prefix):
                break
            end += 1
        return end

    def _complement_known(self, office: Chunk, known: Match, role: str) -> int:
        sentence = self.sentence
        skip = self.language.skip(known.prefix)
        span = Span(known.first, known.last, known.form.value, skip)
        match known.form.label:
            case Label.ORGANIZATION:
                if role == "posted" and not self._works_in(office, known.last):
                    return 0
                end = self._past_acronym(known.last)
                noun = sentence.part(end, "organization_noun") if end > known.last else None
                if noun and sentence.tokens[end].is_capital and self.language.premodified:
                    # The body's noun may stand behind: "of the African Union (AU) Commission".
                    span, end = replace(span, last=noun.last, value=None), noun.last
                if role != "to" or not _is_accredited(office.value):
                    office.organizations.append(span)
                return end
            case Label.COUNTRY if role == "posted" and self._serves_there(office):
                office.country = office.country or span
            case Label.COUNTRY if role in {"to", "posted"}:
                office.accredited_to = office.accredited_to or span
            case Label.COUNTRY if role == "complement":
                # A "special envoy for Yemen" is not Yemen's.
                office.words = Span((office.words or office).first, known.last, office.value)
            case Label.COUNTRY:
                if office.country and office.country.value != span.value:
                    self._take_second_state(office, span)
                else:
                    office.country = office.country or span
            case _ if role == "posted" and (office.value or "").startswith(_NEVER_POSTED):
                return 0
            case Label.CITY if role in {"to", "posted"} and _is_accredited(office.value):
                post = gazetteers.entry(Sort.CITY, known.form.value).country
                office.accredited_to = office.accredited_to or replace(span, value=post)
            case _:
                if role == "of":
                    office.words = Span((office.words or office).first, known.last, office.value)
                if role == "of" and (office.value or "") in _OF_PLACES:
                    # "محافظ البصرة", "ولي عهد أم القيوين"
                    state = gazetteers.entry(Sort.CITY, known.form.value).country
                    office.country = office.country or replace(span, value=state)
        return known.last

    def _serves_there(self, office: Chunk) -> bool:
        """Tell "وزير الدفاع في المملكة العربية السعودية", who serves the state, from who is sent there."""
        is_head = (office.value or "").startswith((*_NEVER_POSTED, "deputy-minister"))
        return bool(self.language.definite) and is_head and not office.country

    def _works_in(self, office: Chunk, j: int) -> bool:
        """Tell whether an organization behind "in" is an official's own, not where somebody was received."""
        if not self.language.has_case:
            return not (office.value or "").startswith(_NEVER_POSTED)
        return self._leads_on(j)

    def _leads_on(self, j: int) -> bool:
        """Tell whether a name follows at once: "Director at the Foreign Office Chris Allan"."""
        is_title = self.sentence.find(j, Label.TITLE) is not None
        return self.language.has_case and (is_title or self._name_end(j) > j)

    def _complement_noun(self, office: Chunk, k: int, *, has_preposition: bool) -> int:
        sentence = self.sentence
        end = (
            self._noun_end(k, has_preposition=has_preposition)
            if self.language.has_case
            else self._construct_end(k, self._is_definite(k - 1) and not self._is_bare(office, k))
        )
        if end <= k:
            return 0
        # The noun of an organization leads in French and Arabic, and comes last in English.
        of = next((j for j in range(k + 1, end) if sentence.part(j, "of")), end)
        noun = of - 1 if self.language.premodified else k
        has_noun = sentence.part(noun, "organization_noun") and not sentence.part(
            noun, "portfolio", "thing_noun"
        )
        is_proper = (
            self.language.has_case
            and sentence.tokens[k].is_capital
            and not (sentence.is_common(k) or sentence.best(k))
        )
        is_bare = not (self.language.has_case or self._is_definite(k))
        if has_noun and (close := self._past_quote(end)) > end:
            end = close
        elif has_noun and is_bare and end == k + 1 < sentence.last:
            # "رئيس مؤسسة زايد بن سلطان": an organization that bears a name.
            end = self._name_end(end)
        if has_noun:
            self._take_state(office, k, end)
        if (has_noun or is_proper) and not office.organizations:
            office.organizations.append(Span(k, end))
            return self._past_acronym(end)
        office.words = Span((office.words or office).first, end, office.value)
        return end

    def _is_bare(self, office: Chunk, k: int) -> bool:
        """Tell "والي مدينة", whose letters look like "and" and an article, from a head that has one."""
        return k - 1 == office.first and not office.prefix

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
        if end := self._portfolio_end(j + 1) or self._adjectives_end(j + 1):
            office.words = Span((office.words or office).first, end, office.value)
        return end
