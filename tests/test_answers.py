"""The questions asked of the five seeds, beside answers that a human has checked: tests/answers/<question>.csv.

The first line of an answer gives the values asked for. `python tests/test_answers.py` writes them anew: read
the difference before you keep it.
"""

from __future__ import annotations

import csv
import io
import shlex
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.pipeline import build
from kg.queries import ask, questions
from kg.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"
# Sentences are compared in the tests of the reader; here their number is enough.
LONG = {"sentence", "words", "because", "mention"}
VALUES = {
    "meetings-of-person": "person=المغيدي",
    "co-participants": "person=Al-Mughidi",
    "offices-of-person": "person='Mohammed Saeed Al-Moghedi'",
    "organizations-of-person": "person=moghedi",
    "statements-of-person": "person=Voronkov",
    "articles-of-person": "person='Al-Moghidi'",
    "spellings": "person='Al-Moghedi'",
    "two-steps-away": "person=Voronkov",
    "first-and-last-contact": "one='Al-Moghedi' other=Voronkov",
    "meetings-of-country": "country=IQ",
    "received-by-country": "country='Saudi Arabia'",
    "speaks-for-country": "country=المغرب",
    "topics-of-country": "country=Maroc",
    "meetings-between-countries": "one=SA other=MA",
    "meetings-of-organization": "organization=IMCTC",
    "received-by-organization": "organization=CIMCT",
    "speaks-for-organization": "organization='التحالف الإسلامي العسكري لمحاربة الإرهاب'",
    "meetings-of-year": "year=2024",
    "meetings-in-city": "city='New York'",
    "meetings-of-topic": "topic=counter-terrorism",
    "holders-of-office": "office=ambassador",
    "meetings-of-article": "article=2019-12-03-cimct-ambassadeur-du-maroc.fr",
    "statements-of-act": "act=praise",
    "describe": "what=Voronkov",
}
MEETING = {"evidence", "participants-of-meeting", "statements-of-meeting", "tellings-of-meeting"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("seeds") / "graph"
    build([SEEDS], folder)
    with Store.open(folder) as store:
        yield store


@pytest.mark.parametrize("name", questions())
def test_the_seeds_answer_every_question(store: Store, name: str) -> None:
    expected = (HERE / "answers" / f"{name}.csv").read_text(encoding="utf-8")

    assert answered(store, name) == expected


def answered(store: Store, name: str) -> str:
    """Ask a question as its line in VALUES says; entities go by their names."""
    line = VALUES.get(name, "")
    if name in MEETING:
        [row] = ask(store, "meetings-of-person", {"person": "Voronkov"})
        line = f"meeting={(row['meeting'] or '').rpartition('/')[2]}"
    result = ask(store, name, dict(value.split("=", 1) for value in shlex.split(line)))
    text = io.StringIO()
    print(f"# {line}".rstrip(), file=text)
    table = csv.writer(text, lineterminator="\n")
    if result.triples is not None:
        rows = [[result.words(each) for each in triple] for triple in result.triples]
        table.writerows(sorted(rows))
        return text.getvalue()
    shown = [column for column in result.columns if column not in LONG]
    table.writerow(shown)
    for row in result.rows:
        words = dict(zip(result.columns, map(result.words, row), strict=True))
        table.writerow([words[column] for column in shown])
    return text.getvalue()


def main() -> None:
    """Write the answers anew."""
    with tempfile.TemporaryDirectory() as folder:
        build([SEEDS], Path(folder) / "graph")
        with Store.open(Path(folder) / "graph") as store:
            for name in questions():
                path = HERE / "answers" / f"{name}.csv"
                path.write_text(answered(store, name), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
