from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from told import Met, Party, reading

from kg.resolution import resolve

if TYPE_CHECKING:
    from kg.model import Reading

GOLD = Path(__file__).parent / "gold" / "identity.tsv"
FLOOR = 0.95

Places = Mapping[tuple[str, int], str]


def read_gold() -> tuple[list[Reading], dict[str, dict[tuple[str, int], str]]]:
    """Make a reading of each line, and say who is who by article and offset."""
    readings, truth = [], {"person": {}, "organization": {}}
    lines = [line for line in GOLD.read_text("utf-8").splitlines() if not line.startswith("#")]
    for n, line in enumerate(lines):
        language, day, *cells = line.split("\t")
        rows = [[field.strip() for field in cell.split(";")] for cell in cells]
        parties = tuple(
            Party(name, office, f"[{body.partition('>')[0]}]" if body else "", country)
            for _, name, office, body, country in rows
        )
        told = reading(f"{n:03}", Met(parties, date=day), language=language)
        readings.append(told)
        for (label, *_, body, _), party in zip(rows, told.meetings[0].participants, strict=True):
            truth["person"][f"{n:03}", party.mention.start] = label.split()[0]
            for mention in party.organizations:
                truth["organization"][f"{n:03}", mention.start] = body.partition(">")[2]
    return readings, truth


def b_cubed(truth: Places, found: Places) -> float:
    """Score how well the groups of two labellings agree, mention by mention."""
    true_of, found_of = groups(truth), groups(found)
    precision = recall = 0.0
    for place in truth:
        theirs, ours = true_of[truth[place]], found_of[found[place]]
        precision += len(theirs & ours) / len(ours)
        recall += len(theirs & ours) / len(theirs)
    return 2 * precision * recall / (precision + recall) / len(truth)


def groups(labels: Places) -> dict[str, AbstractSet[tuple[str, int]]]:
    found: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for place, label in labels.items():
        found[label].add(place)
    return dict(found)


READINGS, TRUTH = read_gold()


def test_the_gold_is_large_enough() -> None:
    assert len(TRUTH["person"]) >= 150
    assert len(set(TRUTH["person"].values())) >= 40
    assert len(set(TRUTH["organization"].values())) >= 20
    assert {told.article.language for told in READINGS} == {"ar", "en", "fr"}


@pytest.mark.parametrize("sort", ["person", "organization"])
def test_mentions_are_put_together_as_a_human_does(sort: str) -> None:
    links = resolve(READINGS).links
    found = {(link.article, link.mention.start): link.entity for link in links}

    assert b_cubed(TRUTH[sort], {place: found[place] for place in TRUTH[sort]}) >= FLOOR


def test_no_two_people_are_taken_for_one() -> None:
    labels = defaultdict(set)
    for link in resolve(READINGS).links:
        if label := TRUTH["person"].get((link.article, link.mention.start)):
            labels[link.entity].add(label)

    assert [each for each in labels.values() if len(each) > 1] == []
