from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kg.errors import KgError
from kg.evaluation import Miss, Tally, evaluate, read_labels, same_name, same_words

if TYPE_CHECKING:
    from pathlib import Path

ROSSI = {
    "mention": "Mario Rossi",
    "type": "person",
    "role": "minister",
    "country": "IT",
    "side": "host",
}
HADDAD = {"mention": "سعيد الحداد", "type": "person", "role": "ambassador", "org": "Red Cross"}
TALKS = {"kind": "meeting", "date": "2024-05-22", "city": "Rome", "participants": [ROSSI, HADDAD]}
LABEL = {"id": "a", "lang": "en", "meetings": [TALKS]}

MEETING = {
    "article": "https://x.example/article/a",
    "meeting": "m1",
    "date": "2024-05-22",
    "city": "Rome",
}
PEOPLE = (
    {
        "mention": "Mario Rossi",
        "type": "person",
        "role": "minister",
        "country": "IT",
        "side": "host",
    },
    {"mention": "سعيد الحداد", "type": "person", "role": "ambassador", "organization": "Red Cross"},
)


def participants(*people: dict[str, str]) -> list[dict[str, str]]:
    return [{**MEETING, **person} for person in people]


def tally(slot: str, *people: dict[str, str], meeting: dict[str, str] = MEETING) -> Tally:
    return evaluate([LABEL], [meeting], participants(*people)).tallies["en", slot]


def test_what_is_read_as_labelled_is_right_in_every_slot() -> None:
    evaluation = evaluate([LABEL], [MEETING], participants(*PEOPLE))

    assert not evaluation.misses
    assert evaluation.languages == ("en", "all")
    assert all(
        found.precision in (0, 1) and found.gold == found.right
        for found in evaluation.tallies.values()
    )


def test_a_person_not_read_costs_recall() -> None:
    found = tally("person in a meeting", PEOPLE[0])

    assert (found.precision, found.recall, found.f1) == (1, 0.5, pytest.approx(2 / 3))


def test_a_person_invented_costs_precision() -> None:
    found = tally("person in a meeting", *PEOPLE, {"mention": "Rome Today", "type": "person"})

    assert (found.precision, found.recall) == (pytest.approx(2 / 3), 1)


def test_a_date_may_be_more_precise_than_its_label() -> None:
    label = {**LABEL, "meetings": [{**TALKS, "date": "2024-05"}]}

    found = evaluate([label], [MEETING], participants(*PEOPLE)).tallies["all", "date"]
    assert found == Tally(1, 1, 1)


def test_an_article_without_meetings_is_wrong_where_one_is_read() -> None:
    evaluation = evaluate([{**LABEL, "meetings": []}], [MEETING], participants(*PEOPLE))

    assert evaluation.tallies["all", "article has a meeting"] == Tally(0, 1, 0)


def test_a_miss_tells_both_values_and_the_name_beside_them() -> None:
    wrong = {**PEOPLE[0], "role": "envoy"}

    evaluation = evaluate([LABEL], [MEETING], participants(wrong, PEOPLE[1]))
    assert evaluation.misses == (Miss("a", "role", "minister", "envoy", "Mario Rossi"),)


@pytest.mark.parametrize(
    ("gold", "found", "is_same"),
    [
        ("Mohammed bin Saeed Al-Moghedi", "Mohammed Saeed Al Moghedi", True),
        ("Mohammed Saeed Al-Moghedi", "Al-Moghedi", False),
        ("أحمد الحداد", "احمد الحداد", True),
        ("Mario Rossi", "Maria Bianchi", False),
        ("Mario Rossi", None, False),
    ],
)
def test_names_are_the_same_with_a_word_or_a_letter_apart(
    gold: str, found: str | None, *, is_same: bool
) -> None:
    assert same_name(gold, found) is is_same


def test_a_role_is_the_same_when_most_words_of_the_shorter_are_there() -> None:
    assert same_words("Minister of Foreign Affairs", "foreign affairs minister")
    assert not same_words("ambassador", "minister")


def test_labels_are_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    lines: list[dict[str, Any]] = [LABEL, {"id": "b"}]
    path.write_text("\n".join(map(json.dumps, lines)) + "\n\n", encoding="utf-8")

    assert list(read_labels(path)) == [LABEL]


def test_a_broken_label_says_where(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a"}\n{"id"', encoding="utf-8")

    with pytest.raises(KgError, match=r"gold\.jsonl:2: this line is not JSON"):
        list(read_labels(path))
