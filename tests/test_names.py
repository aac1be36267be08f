from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolution.names import Comparison, Verdict, compare, keys, slug

GOLD = Path(__file__).parent / "gold" / "names.tsv"
RECALL_FLOOR = 0.97
PRECISION_FLOOR = 0.99


def read_gold() -> list[tuple[Verdict, str, str]]:
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    rows = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return [(Verdict(verdict), a, b) for verdict, a, b in rows]


PAIRS = read_gold()
NAMES = sorted({name for _, a, b in PAIRS for name in (a, b)})
WORDS = sorted({word for name in NAMES for word in name.split()})

real_names = st.sampled_from(NAMES)
invented_names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
names = st.one_of(real_names, invented_names, st.text(max_size=40))


def test_the_gold_pairs_keep_their_floors() -> None:
    found = [(verdict, compare(a, b).verdict) for verdict, a, b in PAIRS]

    judged_same = [truth for truth, verdict in found if verdict is Verdict.SAME]
    truly_same = [verdict for truth, verdict in found if truth is Verdict.SAME]
    assert judged_same.count(Verdict.SAME) / len(truly_same) >= RECALL_FLOOR
    assert judged_same.count(Verdict.SAME) / len(judged_same) >= PRECISION_FLOOR


@pytest.mark.parametrize(("verdict", "a", "b"), PAIRS)
def test_a_gold_pair_is_judged_right(verdict: Verdict, a: str, b: str) -> None:
    assert compare(a, b).verdict is verdict


@pytest.mark.parametrize("name", [name for name in NAMES if " " in name])
def test_a_name_of_several_words_is_the_same_as_itself(name: str) -> None:
    assert compare(name, name).verdict is Verdict.SAME


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Tariq  Aziz-Al Harithi ", "tariq aziz al-harithi"),
        ("TARIQ AZIZ", "Tariq Aziz"),
        ("Siobhán O’Dwyer", "Siobhan O'Dwyer"),
        ("طَارِق الـحَارِثِي", "طارق الحارثي"),
        ("Yi Wu", "yi wu"),
    ],
)
def test_case_marks_and_accents_make_no_other_name(a: str, b: str) -> None:
    assert compare(a, b).verdict is Verdict.SAME


@pytest.mark.parametrize("name", ["", "  ", "- .", "٣٣", "Vedernikov", "Abdul Rahman"])
def test_a_single_word_is_never_enough_to_be_the_same(name: str) -> None:
    assert compare(name, name).verdict is not Verdict.SAME


def test_the_reasons_tell_which_words_matched_which_are_missing_and_the_rule() -> None:
    assert compare("Tariq bin Aziz Al-Harithi", "طارق الحارثي") == Comparison(
        Verdict.SAME,
        0.889,
        (
            "Tariq ~ طارق 0.99",
            "Al Harithi ~ الحارثي 0.99",
            "bin Aziz: in one alone",
            "First and last names agree, and nothing contradicts.",
        ),
    )


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("Yusuf IV bin Idris", "Yusuf VI bin Idris", "Their numerals differ."),
        ("Tariq Aziz Harithi", "Tariq Harithi Ghazi", "Each lacks a word of the other."),
        (
            "Rashid Al Maktoum",
            "Majid bin Rashid Al Maktoum",
            "One is named as a child of the other.",
        ),
        ("Thomas J. Wright", "Thomas H. J. Wright", "Both have initials, and not the same."),
        (
            "Majid bin Rashid",
            "Majid bin Saeed bin Rashid",
            "Who is the father in one is the grandfather in the other.",
        ),
    ],
)
def test_a_contradiction_is_named(a: str, b: str, reason: str) -> None:
    comparison = compare(a, b)

    assert comparison.verdict is Verdict.DIFFERENT
    assert comparison.because[-1] == reason


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mohammed Saeed Al-Moghedi", "mohammed-saeed-al-moghedi"),
        ("Øyvind Łukasz Großmann", "oyvind-lukasz-grossmann"),
        ("Siobhán O’Dwyer", "siobhan-odwyer"),
        ("Сергей Щукин", "sergei-shchukin"),
        ("محمد بن سعيد المغيدي", "mhmd-bn-sayd-almghydy"),
        ("习", "4e60"),
    ],
)
def test_a_slug_is_the_name_in_ascii(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(names)
def test_a_slug_has_nothing_but_ascii_letters_digits_and_hyphens(name: str) -> None:
    assert all(c.isascii() and (c.isalnum() or c == "-") for c in slug(name))
    assert slug(name) or not name


@given(names, names)
def test_the_order_of_two_names_leaves_no_trace(a: str, b: str) -> None:
    assert compare(a, b) == compare(b, a)


@given(names, names)
def test_names_that_are_not_different_share_a_key(a: str, b: str) -> None:
    if compare(a, b).verdict is not Verdict.DIFFERENT:
        assert keys(a) & keys(b)


@given(names)
def test_a_score_is_between_nothing_and_one(name: str) -> None:
    for other in NAMES[::20]:
        assert 0 <= compare(name, other).score <= 1


def test_the_names_of_the_gold_pairs_meet_few_others() -> None:
    n_met = sum(not keys(a).isdisjoint(keys(b)) for a in NAMES for b in NAMES)

    assert n_met < 0.2 * len(NAMES) ** 2
