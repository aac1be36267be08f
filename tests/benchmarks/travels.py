"""Read 3,766 dated journeys of US presidents and secretaries of state, rendered as sentences: travels.py FILE.jsonl

FILE is the Office of the Historian's list (CC0), one JSON object a line, as it lies in
../shared/corpus/us-diplomatic-travels-and-visits.jsonl. It prints how often the traveller, the day,
the place and its country are exact where the remarks tell of a meeting, and how often no meeting is
read where they tell of none; with --misses also the sentences that were read otherwise.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from kg import gazetteers
from kg.extractors import extract
from kg.gazetteers import Sort
from kg.model import Article

# The words of the list itself that tell of an encounter with somebody who is named.
_TELLS = tuple(
    f"{verb} {office}"
    for verb in ("met with", "conferred with", "held talks with", "met", "audience with")
    for office in (
        *("president", "vice president", "prime minister", "deputy prime minister", "premier"),
        *("foreign minister", "foreign secretary", "chancellor", "secretary general", "pope"),
        *("king", "queen", "emperor", "crown prince", "sultan", "emir"),
    )
)
_TELLS_NONE = (
    *("vacation", "en route", "refueling", "funeral", "rest stop", "addressed", "delivered"),
    *("toured", "sightseeing", "returned to", "stopped", "inspected", "dedicated", "wreath"),
    *("military personnel", "fishing", "changed planes", "overnight"),
)


def sentence(row: dict[str, Any]) -> str:
    """Render a journey as one sentence."""
    remarks = row["remarks"].strip().rstrip(".")
    where = ", ".join(filter(None, (row["locale"], row["country"])))
    remarks = remarks[:1].lower() + remarks[1:]
    return f"{row['office']} {row['traveller']} {remarks} in {where}, {row['start']}."


def _plain(country: str) -> str:
    """Turn "China, People’s Republic of", as the list sorts it, into what the gazetteer calls it."""
    return country.partition(",")[0].casefold().replace("cote d'ivoire", "côte d'ivoire")


def tells_of_a_meeting(remarks: str) -> bool | None:
    """Tell whether the remarks name an encounter; None where that is open."""
    lowered = remarks.lower()
    if any(phrase in lowered for phrase in _TELLS):
        return True
    if any(word in lowered for word in _TELLS_NONE) and not any(
        word in lowered for word in ("met", "talk", "visit", "conferred", "discuss", "conference")
    ):
        return False
    return None


def main(path: Path, *, misses: bool) -> None:
    """Read every journey and print the shares."""
    countries = {
        name.text.casefold(): entry.id
        for entry in gazetteers.entries(Sort.COUNTRY)
        for name in (*entry.names, *entry.aliases)
    }
    counts: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        tells = tells_of_a_meeting(row.get("remarks") or "")
        if "traveller" not in row or tells is None:
            continue
        text = sentence(row)
        found = extract(Article(row["id"], text, "", "en", "")).meetings
        if not tells:
            counts["none"] += 1
            counts["none, read as none"] += not found
            wrong = bool(found)
        else:
            counts["told"] += 1
            right = {
                "subject": any(
                    p.mention.text == row["traveller"] for m in found for p in m.participants
                ),
                "date": any(m.date and m.date.value == row["start"] for m in found),
                "place": not row["locale"]
                or any(m.city and m.city.text in row["locale"] for m in found),
                "country": any(
                    m.country and m.country.value == countries.get(_plain(row["country"]))
                    for m in found
                ),
            }
            counts.update(name for name, is_right in right.items() if is_right)
            counts["all four"] += all(right.values())
            wrong = not all(right.values())
        if misses and wrong:
            sys.stdout.write(f"{text}\n")
    for name in ("subject", "date", "place", "country", "all four"):
        share = counts[name] / counts["told"]
        sys.stdout.write(f"{name:20}{share:7.1%} of {counts['told']}\n")
    share = counts["none, read as none"] / max(counts["none"], 1)
    sys.stdout.write(f"{'no meeting':20}{share:7.1%} of {counts['none']}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), misses="--misses" in sys.argv)
