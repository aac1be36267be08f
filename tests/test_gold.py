"""What a human read in our own articles is a floor: it is only ever raised."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kg import build, query
from kg.evaluation import evaluate, read_labels

GOLD = Path(__file__).parent / "gold"
FLOORS = tomllib.loads((GOLD / "floors.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("code", sorted(FLOORS))
def test_a_language_keeps_its_floors(code: str, tmp_path: Path) -> None:
    path = GOLD / f"articles-{code}.jsonl"
    build([path], tmp_path / "graph")
    rows = [list(query(tmp_path / "graph", name)) for name in ("meetings", "participants")]

    found = evaluate(read_labels(path), *rows)

    figures = {slot: round(found.tallies[code, slot].f1, 3) for slot in FLOORS[code]}
    assert {slot: max(figure, FLOORS[code][slot]) for slot, figure in figures.items()} == figures
