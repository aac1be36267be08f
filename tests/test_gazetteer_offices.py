from __future__ import annotations

from collections import defaultdict

import pytest

from kg import gazetteers, languages
from kg.gazetteers import Sort
from kg.text import fold, tokenize

_LANGUAGES = ("ar", "en", "fr")
_OFFICES = gazetteers.entries(Sort.OFFICE)
_BY_ID = {office.id: office for office in _OFFICES}
_COMMON = {
    "en": {"his", "the", "state", "council", "bank", "head of the", "and"},
    "fr": {"le", "la", "état", "conseil", "son"},
    "ar": {"دولة", "سمو", "مجلس", "مساعد", "مقرر"},
}


def _folded(text: str) -> str:
    return " ".join(fold(token.text) for token in tokenize(text) if token.is_word)


def _ancestors(id_: str) -> set[str]:
    broader = _BY_ID[id_].broader
    return {id_, *broader}.union(*(_ancestors(each) for each in broader))


def test_some_250_offices_are_known() -> None:
    assert len(_OFFICES) >= 250


def test_every_office_has_one_label_a_language() -> None:
    labels = {o.id: [name.language for name in o.names] for o in _OFFICES}
    assert all(set(found) >= set(_LANGUAGES) for found in labels.values())
    assert all(len(set(found)) == len(found) for found in labels.values())


def test_every_broader_office_exists_and_none_is_its_own() -> None:
    assert all(b in _BY_ID and o.id not in _ancestors(b) for o in _OFFICES for b in o.broader)


def test_no_two_offices_share_a_form() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for office in _OFFICES:
        for name in (*office.names, *office.aliases):
            owners[name.language, _folded(name.text)].add(office.id)
    shared = {
        form: ids
        for form, ids in owners.items()
        if not any(ids <= _ancestors(narrowest) for narrowest in ids)
    }
    assert not shared


def test_no_office_lists_a_form_twice() -> None:
    for office in _OFFICES:
        names = (*office.names, *office.aliases)
        assert len({(name.language, name.text) for name in names}) == len(names), office.id


def test_no_office_is_an_ordinary_word() -> None:
    forms = {(n.language, _folded(n.text)) for o in _OFFICES for n in (*o.names, *o.aliases)}
    assert not forms & {(code, _folded(word)) for code, words in _COMMON.items() for word in words}


@pytest.mark.parametrize(
    ("id_", "forms"),
    [
        ("deputy-crown-prince", "ولي ولي العهد"),
        ("deputy-minister-of-defence", "vice minister of defence|مساعد وزير الدفاع"),
        ("foreign-minister", "minister for foreign affairs|وزيرة الخارجية|chef de la diplomatie"),
        ("defence-attache", "defense attaché|attachée de défense|ملحق عسكري"),
        ("under-secretary-general", "under-secretary-general|وكيل الأمين العام"),
        ("minister-of-justice", "justice minister|ministre de la Justice|وزيرة العدل"),
    ],
)
def test_the_press_writes_an_office_in_many_ways(id_: str, forms: str) -> None:
    known = {name.text for name in (*_BY_ID[id_].names, *_BY_ID[id_].aliases)}
    assert known.issuperset(forms.split("|"))


def test_ambassadors_and_consuls_are_accredited_and_ministers_are_not() -> None:
    assert _BY_ID["ambassador"].is_accredited
    assert _BY_ID["consul-general"].is_accredited
    assert not _BY_ID["foreign-minister"].is_accredited


def test_titles_have_the_same_keys_in_all_languages() -> None:
    keys = {code: set(languages.load(code).titles) for code in _LANGUAGES}
    assert keys["en"] == keys["fr"] == keys["ar"]


@pytest.mark.parametrize("code", _LANGUAGES)
def test_no_form_of_a_title_is_listed_twice(code: str) -> None:
    forms = [form for forms in languages.load(code).titles.values() for form in forms]
    # One form may open a name and stand for its bearer.
    alone = set(languages.load(code).titles["his-excellency-alone"])
    repeated = {form for form in forms if forms.count(form) > 1}
    assert repeated <= alone


@pytest.mark.parametrize(
    ("code", "key", "form"),
    [
        ("en", "his-royal-highness", "HRH"),
        ("fr", "lieutenant-general", "général de corps d'armée"),
        ("ar", "major-general", "اللواء الركن"),
        ("ar", "prayers", "حفظه الله"),
    ],
)
def test_titles_and_ranks_are_known(code: str, key: str, form: str) -> None:
    assert form in languages.load(code).titles[key]
