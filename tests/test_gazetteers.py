from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from kg import gazetteers
from kg.errors import GazetteerError
from kg.gazetteers import Entry, Sort
from kg.resources import GAZETTEERS
from kg.text import fold

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = {"en", "fr", "ar"}
READ = {
    "type", "prefLabel", "altLabel", "demonym", "isoCode", "isoAlpha3", "capital", "country", "seat",
    "broader", "member", "sameAs", "accredited", "ambiguous", "area",
}  # fmt: skip

# The states that are members or observers of the United Nations, and Kosovo and Taiwan.
STATES = set(
    """
    AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG
    CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH
    GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ
    LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG
    NI NL NO NP NR NZ OM PA PE PG PH PK PL PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM
    SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS
    XK YE ZA ZM ZW
    """.split()  # noqa: SIM905  two hundred quoted codes would be harder to read
)


def texts(entry: Entry, language: str) -> set[str]:
    """All that an entry is called in a language, folded."""
    return {
        fold(name.text)
        for name in (*entry.names, *entry.aliases, *entry.demonyms)
        if name.language == language
    }


def called(sort: Sort, language: str, text: str) -> set[str]:
    """The ids of all entries of that name."""
    return {entry.id for entry in gazetteers.entries(sort) if fold(text) in texts(entry, language)}


@pytest.mark.parametrize("sort", Sort)
def test_no_name_is_empty_or_padded(sort: Sort) -> None:
    names = [
        name
        for entry in gazetteers.entries(sort)
        for name in (*entry.names, *entry.aliases, *entry.demonyms)
    ]

    assert names
    assert all(name.text and name.text == " ".join(name.text.split()) for name in names)


@pytest.mark.parametrize("sort", set(Sort) - {Sort.GIVEN_NAME})
def test_every_entry_has_one_preferred_name_a_language(sort: Sort) -> None:
    for entry in gazetteers.entries(sort):
        languages = [name.language for name in entry.names]
        assert set(languages) >= LANGUAGES, entry.id
        assert len(languages) == len(set(languages)), entry.id


@pytest.mark.parametrize("path", sorted(GAZETTEERS.glob("*.ttl")), ids=lambda path: path.stem)
def test_a_file_says_nothing_that_is_not_read(path: Path) -> None:
    said = {
        quad.predicate.value.replace("#", "/").rpartition("/")[2]
        for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE)
    }

    assert said <= READ


@pytest.mark.parametrize("sort", Sort)
def test_an_entry_is_found_by_its_id(sort: Sort) -> None:
    first = gazetteers.entries(sort)[0]

    assert gazetteers.entry(sort, first.id) is first


def test_an_unknown_id_is_told_with_those_that_are_near() -> None:
    with pytest.raises(GazetteerError, match=r"no place 'riyad'.*riyadh"):
        gazetteers.entry(Sort.CITY, "riyad")


def test_entries_come_by_id() -> None:
    ids = [entry.id for entry in gazetteers.entries(Sort.CITY)]

    assert ids == sorted(set(ids))


def test_the_name_in_a_language_is_the_english_one_where_there_is_none() -> None:
    assert gazetteers.entry(Sort.COUNTRY, "SA").name("fr") == "Arabie saoudite"
    assert gazetteers.entry(Sort.COUNTRY, "SA").name("de") == "Saudi Arabia"


# Countries


def test_countries_are_those_of_iso_3166() -> None:
    countries = gazetteers.entries(Sort.COUNTRY)

    assert {entry.id for entry in countries} >= STATES | {"EH", "HK", "MO", "GL", "NC"}
    assert all(re.fullmatch("[A-Z]{2}", entry.id) for entry in countries)
    assert all(re.fullmatch("[A-Z]{3}", entry.iso_alpha3 or "") for entry in countries)
    assert len({entry.iso_alpha3 for entry in countries}) == len(countries)


def test_no_two_countries_share_a_name_or_a_demonym() -> None:
    bearers = defaultdict(set)
    for entry in gazetteers.entries(Sort.COUNTRY):
        for language in LANGUAGES:
            for text in texts(entry, language):
                bearers[language, text].add(entry.id)

    assert {key: ids for key, ids in bearers.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("code", sorted(STATES - {"CG", "VA"}))
def test_a_state_has_demonyms_in_three_languages(code: str) -> None:
    demonyms = gazetteers.entry(Sort.COUNTRY, code).demonyms

    assert {name.language for name in demonyms} >= LANGUAGES


@pytest.mark.parametrize("code", sorted(STATES))
def test_the_capital_of_a_state_is_a_known_place(code: str) -> None:
    capital = gazetteers.entry(Sort.COUNTRY, code).capital

    assert capital
    assert gazetteers.entry(Sort.CITY, capital).country in {code, "IL"}


@pytest.mark.parametrize(
    ("code", "language", "text"),
    [
        ("TR", "en", "Turkey"),
        ("TR", "en", "Türkiye"),
        ("CD", "en", "Democratic Republic of Congo"),
        ("CD", "fr", "RDC"),
        ("CD", "ar", "الكونغو الديمقراطية"),
        ("CG", "fr", "Congo"),
        ("CI", "ar", "كوت ديفوار"),
        ("CI", "ar", "ساحل العاج"),
        ("GM", "ar", "جامبيا"),
        ("GM", "en", "Republic of The Gambia"),
        ("US", "ar", "الولايات المتحدة الأميركية"),
        ("US", "ar", "أمريكا"),
        ("US", "en", "U.S."),
        ("US", "fr", "États-Unis d'Amérique"),
        ("GB", "en", "United Kingdom of Great Britain and Northern Ireland"),
        ("MA", "ar", "المملكة المغربية"),
        ("IQ", "fr", "République d'Irak"),
        ("NE", "fr", "République du Niger"),
        ("MV", "ar", "جمهورية المالديف"),
        ("XK", "en", "Kosovo"),
        ("VA", "fr", "Saint-Siège"),
        ("SU", "en", "U.S.S.R."),
    ],
)
def test_a_country_is_known_by_what_the_press_calls_it(code: str, language: str, text: str) -> None:
    assert called(Sort.COUNTRY, language, text) == {code}


@pytest.mark.parametrize(
    ("code", "language", "text"),
    [
        ("US", "ar", "أميركية"),
        ("US", "ar", "أمريكيين"),
        ("FR", "fr", "française"),
        ("FR", "en", "Frenchmen"),
        ("GR", "fr", "grecque"),
        ("TR", "fr", "turques"),
        ("TR", "ar", "أتراك"),
        ("NE", "fr", "nigérien"),
        ("NG", "fr", "nigérian"),
        ("NE", "ar", "نيجري"),
        ("GN", "fr", "guinéen"),
        ("GW", "fr", "bissau-guinéenne"),
        ("CD", "fr", "congolais"),
        ("ZA", "ar", "جنوب أفريقية"),
        ("KR", "ar", "كورية جنوبية"),
        ("KR", "en", "Koreans"),
        ("AT", "ar", "نمساوي"),
        ("CI", "ar", "إيفوارية"),
        ("HU", "ar", "مجريون"),
        ("CH", "fr", "suisses"),
        ("BF", "fr", "burkinabè"),
        ("NL", "en", "Dutch"),
    ],
)
def test_a_people_is_of_the_country_usually_meant(code: str, language: str, text: str) -> None:
    assert called(Sort.COUNTRY, language, text) == {code}


def test_a_metonym_is_no_name_of_a_country() -> None:
    assert called(Sort.COUNTRY, "en", "Washington") == set()
    assert called(Sort.COUNTRY, "ar", "المملكة") == set()


# Finance is more often meant than Mali: "وزارة المالية".
def test_the_word_for_finance_is_no_demonym_of_mali() -> None:
    assert called(Sort.COUNTRY, "ar", "مالية") == set()


# Places


def test_every_place_lies_in_a_known_country() -> None:
    codes = {entry.id for entry in gazetteers.entries(Sort.COUNTRY)}
    places = gazetteers.entries(Sort.CITY)

    assert len(places) > 1500
    assert {place.country for place in places} <= codes
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", place.id) for place in places)


@pytest.mark.parametrize(
    ("id_", "language", "text"),
    [
        ("washington", "en", "Washington, D.C."),
        ("washington", "en", "Washington DC"),
        ("washington", "ar", "واشنطن"),
        ("new-york", "ar", "نيويورك"),
        ("geneva", "ar", "جنيف"),
        ("geneva", "fr", "Genève"),
        ("riyadh", "fr", "Riyad"),
        ("riyadh", "en", "Ar Riyadh"),
        ("cairo", "ar", "القاهرة"),
        ("sharm-el-sheikh", "fr", "Charm el-Cheikh"),
        ("ain-sokhna", "ar", "العين السخنة"),
        ("ndjamena", "ar", "نجامينا"),
        ("ulaanbaatar", "fr", "Oulan-Bator"),
        ("jeddah", "fr", "Djeddah"),
        ("nouadhibou", "ar", "نواذيبو"),
        ("al-hoceima", "ar", "الحسيمة"),
        ("burgenstock", "en", "Bürgenstock"),
        ("kyiv", "en", "Kiev"),
        ("rawalpindi", "ar", "راولبندي"),
        ("yarzeh", "ar", "اليرزة"),
    ],
)
def test_a_place_is_known_by_its_spellings(id_: str, language: str, text: str) -> None:
    assert called(Sort.CITY, language, text) == {id_}


@pytest.mark.parametrize(("language", "text"), [("en", "Tripoli"), ("ar", "طرابلس")])
def test_of_places_that_share_a_name_the_usual_one_comes_first(language: str, text: str) -> None:
    assert min(called(Sort.CITY, language, text)) == "tripoli"
    assert gazetteers.entry(Sort.CITY, "tripoli").country == "LY"


@pytest.mark.parametrize("id_", ["nice", "bath", "mobile", "split", "orange", "tyre", "khobar"])
def test_a_place_named_like_a_word_is_ambiguous(id_: str) -> None:
    assert gazetteers.entry(Sort.CITY, id_).is_ambiguous


# "في إطار", "كان" and "العديد من" are in every text: Atar, Cannes and Al Udeid need a word beside.
@pytest.mark.parametrize("text", ["إطار", "كان", "العديد", "الجلالة", "آب"])
def test_no_place_is_called_by_the_commonest_words(text: str) -> None:
    assert called(Sort.CITY, "ar", text) == set()


def test_a_region_is_an_area() -> None:
    assert gazetteers.entry(Sort.CITY, "darfur").is_area
    assert not gazetteers.entry(Sort.CITY, "khartoum").is_area


def test_every_seat_is_a_known_place() -> None:
    seats = {entry.seat for entry in gazetteers.entries(Sort.ORGANIZATION) if entry.seat}

    assert seats <= {entry.id for entry in gazetteers.entries(Sort.CITY)}


# Given names


@pytest.mark.parametrize(
    "text", ["محمد", "عبدالله", "فلاديمير", "إيمانويل", "جون", "Mohamed", "Jürgen"]
)
def test_a_given_name_is_known_in_its_script(text: str) -> None:
    assert called(Sort.GIVEN_NAME, "", text)


@pytest.mark.parametrize("text", ["سفير", "وزير", "رئيس", "أمير", "نظير", "يعرب", "وزيري", "آن"])
def test_an_office_or_a_common_word_is_no_given_name(text: str) -> None:
    assert called(Sort.GIVEN_NAME, "", text) == set()


@pytest.mark.parametrize("id_", ["ali", "amin", "sabah", "saeed", "karim", "hassan", "adel"])
def test_a_name_that_is_an_everyday_word_is_ambiguous(id_: str) -> None:
    assert gazetteers.entry(Sort.GIVEN_NAME, id_).is_ambiguous


def test_the_given_names_are_many_in_both_scripts() -> None:
    spellings = [n.text for e in gazetteers.entries(Sort.GIVEN_NAME) for n in e.aliases]
    arabic = [text for text in spellings if "ء" <= text[0] <= "ي"]

    assert len(arabic) > 1500
    assert len(spellings) - len(arabic) > 800
