from __future__ import annotations

import datetime
import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import Expression, dateline, find, resolve
from kg.languages import dates
from kg.model import PartialDate
from kg.text import tokenize

GOLD = Path(__file__).parent / "gold" / "dates.tsv"
LANGUAGES = ("ar", "en", "fr")
MARKED = re.compile(r"\[([^]]+)\]")

Row = tuple[str, datetime.date | None, str, list[tuple[str, str]]]


def read_gold() -> list[Row]:
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    return [read_row(*line.split("\t")) for line in lines if not line.startswith("#")]


def read_row(language: str, published: str, marked: str, values: str) -> Row:
    quotes = MARKED.findall(marked)
    day = None if published == "-" else datetime.date.fromisoformat(published)
    meanings = [] if values == "-" else values.split()
    return language, day, MARKED.sub(r"\1", marked), list(zip(quotes, meanings, strict=True))


def meaning(expression: Expression, published: datetime.date | None) -> str:
    date = resolve(expression, anchor=None, published=published)
    return f"{date or '?'}/{expression.until}" if expression.until else str(date or "?")


ROWS = read_gold()
PIECES = sorted({piece for _, _, text, _ in ROWS for piece in re.findall(r"\S+|\s", text)})
made_of_dates = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)
texts = st.one_of(st.text(max_size=60), made_of_dates)
days = st.one_of(st.none(), st.dates())


@pytest.mark.parametrize(("language", "published", "text", "expected"), ROWS)
def test_a_date_is_found_where_it_stands_and_means_what_it_says(
    language: str, published: datetime.date | None, text: str, expected: list[tuple[str, str]]
) -> None:
    found = find(text, language)

    assert [(text[e.start : e.end], meaning(e, published)) for e in found] == expected


def test_the_gold_has_enough_dates_of_each_language() -> None:
    for language in LANGUAGES:
        assert sum(len(expected) for code, _, _, expected in ROWS if code == language) >= 35
    assert sum(len(expected) for _, _, _, expected in ROWS) >= 150


@given(texts, st.sampled_from(LANGUAGES), days)
def test_any_text_can_be_read_and_its_dates_lie_in_it_in_order(
    text: str, language: str, published: datetime.date | None
) -> None:
    found = find(text, language)

    edges = [0, *(edge for e in found for edge in (e.start, e.end)), len(text)]
    assert all(a <= b for a, b in pairwise(edges))
    for expression in found:
        assert text[expression.start : expression.end].strip()
        resolve(expression, anchor=None, published=published)
    dateline(text, found)


@given(made_of_dates, st.sampled_from(LANGUAGES))
def test_nothing_is_told_of_a_relative_date_without_a_day_of_writing(
    text: str, language: str
) -> None:
    for expression in find(text, language):
        date = resolve(expression, anchor=None, published=None)

        assert date == expression.date


@given(made_of_dates, st.sampled_from(LANGUAGES))
def test_a_text_may_come_with_its_tokens(text: str, language: str) -> None:
    assert find(text, language, tokens=tokenize(text)) == find(text, language)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Envoy received\n\nNew York, 22-5-2024\n\nThe minister met him.", "22-5-2024"),
        ("en", "Envoy received\nRIYADH, Dec 3 (SPA) -- The minister met him.", "Dec 3"),
        ("en", "Envoy received\nOIC (SPA - 16th December, 2021) The minister", "16th December, 2021"),
        ("en", "Envoy received\nMon 14th June 2021 | by the desk\nHe came.", "Mon 14th June 2021"),
        ("en", "Envoy received\nThe minister met him in the old palace on 5 May 2024.", None),
        ("en", "Envoy received on 5 May 2024\nThe minister met him here today.", None),
        ("en", "22 May 2024\nEnvoy received", "22 May 2024"),
        ("fr", "Le directeur reçu\n\n03/12/2019 – Riyad : Le secrétaire a reçu", "03/12/2019"),
        ("fr", "Pauvreté\n\nGENÈVE (25 juin 2026) — Les experts disent", "25 juin 2026"),
        ("fr", "Douala, 9 juillet 2026.\n\nLe directeur a reçu", "9 juillet 2026"),
        ("fr", "Il l'a reçu.\nEt puis\nplus\nrien.\nParis, le 3 mai 2021", "3 mai 2021"),
        ("ar", "استقبال المبعوث\n\nنيويورك 2024/5/22\n\nالتقى الوزير", "2024/5/22"),
        ("ar", "استقبال\nمسقط 5 شوال 1445 هـ الموافق 14 أبريل 2024 م واس\nالتقى",
         "5 شوال 1445 هـ الموافق 14 أبريل 2024 م"),
    ],
)  # fmt: skip
def test_the_day_of_writing_stands_at_the_head_or_the_foot(
    language: str, text: str, expected: str | None
) -> None:
    found = dateline(text, find(text, language))

    assert (text[found.start : found.end] if found else None) == expected


@pytest.mark.parametrize(
    ("text", "planned", "expected"),
    [
        ("on Friday", False, "2024-05-17"),
        ("on Friday", True, "2024-05-24"),
        ("on Wednesday", True, "2024-05-22"),
        ("last Friday", True, "2024-05-17"),
        ("next Wednesday", True, "2024-05-29"),
    ],
)
def test_a_weekday_is_behind_us_unless_something_is_planned(
    text: str, expected: str, *, planned: bool
) -> None:
    [found] = find(text, "en")

    date = resolve(found, anchor=PartialDate(2024, 5, 22), published=None, planned=planned)
    assert str(date) == expected


def test_the_day_of_writing_goes_before_that_of_publication() -> None:
    [found] = find("met him today", "en")

    date = resolve(found, anchor=PartialDate(2024, 5, 22), published=datetime.date(2024, 5, 24))
    assert date == PartialDate(2024, 5, 22)


def test_an_imprecise_day_of_writing_tells_the_year_alone() -> None:
    today, day = find("met him today, and on 5 March", "en")

    assert resolve(today, anchor=PartialDate(2024, 5), published=None) is None
    assert resolve(day, anchor=PartialDate(2024), published=None) == PartialDate(2024, 3, 5)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_twelve_months_and_seven_days(language: str) -> None:
    words = dates(language)

    assert [int(key) for key in words["months"]] == list(range(1, 13))
    assert [int(key) for key in words["hijri_months"]] == list(range(1, 13))
    assert [int(key) for key in words["weekdays"]] == list(range(7))


@pytest.mark.parametrize(
    "text", ["morning ", "to the ", "May/", "1, ", "1-", "last ", "May 5 and ", "("]
)
def test_a_page_of_one_word_is_read_in_a_moment_too(text: str) -> None:
    start = time.perf_counter()
    find(f"Monday {text * 3000} Monday", "en")

    assert time.perf_counter() - start < 1


def test_a_page_is_read_in_a_moment() -> None:
    text = " ".join(text for code, _, text, _ in ROWS if code == "en")
    tokens = tokenize(text)

    start = time.perf_counter()
    find(text, "en", tokens=tokens)
    milliseconds = (time.perf_counter() - start) * 1000

    # Half of this page is dates; an article has one in a hundred words.
    assert milliseconds < 10 * len(text) / 1000
