"""The organizations and topics of the world: what the reader looks up must mean one thing."""

from __future__ import annotations

from collections import defaultdict

import pytest

from kg import gazetteers
from kg.extractors import lexicon
from kg.gazetteers import Entry, Sort
from kg.text import fold, tokenize

LANGUAGES = ("en", "fr", "ar")
ORGANIZATIONS = gazetteers.entries(Sort.ORGANIZATION)
TOPICS = gazetteers.entries(Sort.TOPIC)


def words(text: str, language: str) -> str:
    """Fold a name as the reader does: the hyphens, dots, commas and glued articles off."""
    known = lexicon.load(language)
    return " ".join(known.key(token) for token in tokenize(text) if token.is_word)


def shared(entries: tuple[Entry, ...], language: str) -> dict[str, set[str]]:
    """Give the names of a language that more than one entry claims."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for name in (*entry.names, *entry.aliases):
            if name.language == language or (entry.sort == "organization" and name.text.isupper()):
                found[words(name.text, language)].add(entry.id)
    return {name: ids for name, ids in found.items() if len(ids) > 1}


@pytest.mark.parametrize("entries", [ORGANIZATIONS, TOPICS], ids=["organizations", "topics"])
def test_each_has_a_preferred_name_in_every_language(entries: tuple[Entry, ...]) -> None:
    assert [e.id for e in entries if not set(LANGUAGES) <= {n.language for n in e.names}] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_organizations_share_a_name_or_an_acronym(language: str) -> None:
    assert shared(ORGANIZATIONS, language) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_topics_share_a_phrase(language: str) -> None:
    assert shared(TOPICS, language) == {}


def test_no_two_organizations_share_a_folded_name_across_languages() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in ORGANIZATIONS:
        for name in (*entry.names, *entry.aliases):
            found[fold(name.text)].add(entry.id)
    assert {name: ids for name, ids in found.items() if len(ids) > 1} == {}


def test_an_organization_sits_in_a_known_city_of_a_known_state() -> None:
    cities = {entry.id for entry in gazetteers.entries(Sort.CITY)}
    countries = {entry.id for entry in gazetteers.entries(Sort.COUNTRY)}
    assert {e.seat for e in ORGANIZATIONS if e.seat} - cities == set()
    assert {e.country for e in ORGANIZATIONS if e.country} - countries == set()


@pytest.mark.parametrize("entries", [ORGANIZATIONS, TOPICS], ids=["organizations", "topics"])
def test_the_wholes_exist_and_nothing_is_a_part_of_itself(entries: tuple[Entry, ...]) -> None:
    broader = {entry.id: set(entry.broader) for entry in entries}
    for id_, wholes in broader.items():
        above = wholes
        while above:
            assert above <= set(broader)
            assert id_ not in above
            above = set().union(*(broader[whole] for whole in above))


def test_no_organization_bears_the_name_of_a_state_a_place_or_a_person() -> None:
    sorts = (Sort.COUNTRY, Sort.CITY, Sort.GIVEN_NAME)
    for language in LANGUAGES:
        taken = {
            words(name.text, language)
            for sort in sorts
            for entry in gazetteers.entries(sort)
            for name in (*entry.names, *entry.aliases, *entry.demonyms)
            if name.language in {language, ""}
        }
        own = {
            words(name.text, language): entry.id
            for entry in ORGANIZATIONS
            for name in (*entry.names, *entry.aliases)
            # Capitals keep an acronym and a name apart.
            if name.language == language and not name.text.isupper()
        }
        assert {name: own[name] for name in taken & set(own)} == {}


@pytest.mark.parametrize(
    ("language", "name", "id_"),
    [
        ("en", "UN Development Program", "undp"),
        ("en", "U.N. Office of Counterterrorism", "unoct"),
        ("fr", "Pnud", "undp"),
        ("fr", "Cédéao", "ecowas"),
        ("fr", "Coalition islamique militaire de lutte contre le terrorisme", "imctc"),
        ("ar", "لبرنامج الأمم المتحدة الإنمائي", "undp"),
        ("ar", "والتحالف الإسلامي العسكري لمكافحة الارهاب", "imctc"),
        ("ar", "بمجلس التعاون لدول الخليج العربية", "gcc"),
        ("ar", "منظمة التعاون الاقتصادي والتنمية", "oecd"),
    ],
)
def test_the_press_writes_it_so(language: str, name: str, id_: str) -> None:
    tokens = tokenize(name)
    found = lexicon.load(language).all(tokens, 0, len(tokens))
    longest = found[0][0]
    assert (longest.form.value, longest.last) == (id_, len(tokens))


def test_the_body_of_a_state_tells_whose_it_is_and_a_news_agency_of_the_world_does_not() -> None:
    country = {entry.id: entry.country for entry in ORGANIZATIONS}
    told = [country[id_] for id_ in ("white-house", "knesset", "spa", "jica", "reuters", "un")]
    assert told == ["US", "IL", "SA", "JP", None, None]


def test_a_part_of_the_united_nations_is_known_as_one() -> None:
    broader = {entry.id: entry.broader for entry in ORGANIZATIONS}
    assert broader["uncct"] == ("unoct",)
    assert broader["unoct"] == ("un",)
    assert "un-security-council" in broader["cted"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_has_three_phrases_or_more(language: str) -> None:
    few = [
        entry.id
        for entry in TOPICS
        if sum(name.language == language for name in (*entry.names, *entry.aliases)) < 3
    ]
    assert few == []
