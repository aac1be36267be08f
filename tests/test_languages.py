"""Every example beside a language's frames is read as it says; every frame is shown by one."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from kg import languages
from kg.extractors import extract
from kg.extractors.document import Document
from kg.model import Article

if TYPE_CHECKING:
    import datetime

    from kg.model import MeetingMention, Participant, Reading

CODES = languages.codes()


@cache
def examples(code: str) -> tuple[dict[str, Any], ...]:
    path = languages.load(code).folder / "examples.toml"
    return tuple(tomllib.loads(path.read_text(encoding="utf-8"))["example"])


def article(code: str, example: dict[str, Any]) -> Article:
    published: datetime.date | None = example.get("published")
    text = example["text"]
    title = text.splitlines()[0] if "\n" in text else ""
    return Article(id="a", text=text, title=title, language=code, digest="0", published=published)


def read(code: str, example: dict[str, Any]) -> Reading:
    return extract(article(code, example))


def facts(meeting: MeetingMention) -> dict[str, Any]:
    marks = {"date": meeting.date, "city": meeting.city, "country": meeting.country}
    return {
        "kind": str(meeting.kind),
        "status": str(meeting.status),
        "venue": meeting.venue.text if meeting.venue else "",
        **{name: mark.value if mark else "" for name, mark in marks.items()},
    }


def facts_of(party: Participant) -> dict[str, str]:
    return {
        "name": party.mention.text,
        "title": party.title.text if party.title else "",
        "office": ", ".join(office.text for office in party.offices),
        "organization": ", ".join(organization.text for organization in party.organizations),
        "country": (party.country.value or "") if party.country else "",
        "side": str(party.side or ""),
    }


def told(wanted: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Keep of what was found only what the example speaks of."""
    return {name: found.get(name) for name in wanted}


# Frames that only add to a meeting told already.
ATTENDANCE = {"attend", "attended", "side", "listed", "arrival"}

ALL = [(code, i) for code in CODES for i in range(len(examples(code)))]


@pytest.mark.parametrize(("code", "i"), ALL)
def test_an_example_is_read_as_it_says(code: str, i: int) -> None:
    example = examples(code)[i]
    wanted = example.get("meeting", [])

    found = read(code, example).meetings

    assert len(found) == len(wanted)
    for meeting, gold in zip(found, wanted, strict=True):
        plain = {name: fact for name, fact in gold.items() if name != "participants"}
        assert told(plain, facts(meeting)) == plain
        parties = {party.mention.text: facts_of(party) for party in meeting.participants}
        assert sorted(parties) == sorted(gold_party["name"] for gold_party in gold["participants"])
        for gold_party in gold["participants"]:
            assert told(gold_party, parties[gold_party["name"]]) == gold_party


@pytest.mark.parametrize("code", CODES)
def test_every_frame_of_an_encounter_is_the_rule_of_an_example(code: str) -> None:
    frames = languages.load(code).frames
    attendance = {f.id for f in frames if f.shape in ATTENDANCE}

    rules = {m.rule for example in examples(code) for m in read(code, example).meetings}

    assert rules - attendance == {f.id for f in frames} - attendance


@pytest.mark.parametrize("code", CODES)
def test_every_frame_of_attendance_stands_in_an_example(code: str) -> None:
    attendance = {f.id for f in languages.load(code).frames if f.shape in ATTENDANCE}

    documents = [Document(article(code, example)) for example in examples(code)]
    told = {c.frame.id for document in documents for line in document.lines for c in line.clauses}

    assert attendance <= told


@pytest.mark.parametrize("code", CODES)
def test_some_examples_tell_of_no_meeting(code: str) -> None:
    assert [example for example in examples(code) if not example.get("meeting")]
