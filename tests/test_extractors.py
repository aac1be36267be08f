from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import articles, languages
from kg.extractors import extract
from kg.model import Article, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import MeetingMention, Participant, Reading

ROOT = Path(__file__).parents[1]
GOLD = tomllib.loads((Path(__file__).parent / "gold" / "seeds.toml").read_text(encoding="utf-8"))
SEEDS = {a.id: a for a in articles.read([ROOT / "seeds"]) if isinstance(a, Article)}


@pytest.fixture(params=GOLD["article"], ids=lambda gold: gold["id"])
def seed(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Reading]:
    gold = request.param
    return gold, extract(SEEDS[gold["id"]])


def make(text: str, language: str, title: str = "") -> Article:
    return Article(id="a", text=text, title=title, language=language, digest="0")


def mentions(reading: Reading) -> Iterator[Mention]:
    for meeting in reading.meetings:
        yield from (meeting.trigger, meeting.evidence, *meeting.topics)
        yield from filter(None, (meeting.date, meeting.city, meeting.country, meeting.venue))
        for party in meeting.participants:
            yield from (party.mention, *party.offices, *party.organizations, *party.others)
            single = (party.title, party.country, party.accredited_to, party.delegation)
            yield from filter(None, single)
    for statement in reading.statements:
        yield from (statement.act, statement.words, statement.evidence, *statement.topics)
        if statement.speaker:
            yield statement.speaker


def text(mention: Mention | None) -> str | None:
    return mention.text if mention else None


def value(mention: Mention | None) -> str | None:
    return mention.value if mention else None


def told(meeting: MeetingMention) -> dict[str, Any]:
    facts = {
        "kind": str(meeting.kind),
        "status": str(meeting.status),
        "date": value(meeting.date),
        "city": value(meeting.city),
        "country": value(meeting.country),
        "venue": text(meeting.venue),
    }
    return {name: fact for name, fact in facts.items() if fact}


def told_of(party: Participant) -> dict[str, Any]:
    facts = {
        "name": party.mention.text,
        "title": text(party.title),
        "country": value(party.country),
        "accredited_to": value(party.accredited_to),
        "delegation": text(party.delegation),
        "side": party.side and str(party.side),
    }
    lists = {
        "offices": [office.text for office in party.offices],
        "organizations": [organization.text for organization in party.organizations],
    }
    return {name: fact for name, fact in facts.items() if fact} | lists


def test_the_seeds_tell_of_the_meetings_that_a_human_reads(seed: tuple[Any, Reading]) -> None:
    gold, reading = seed

    plain = [{k: v for k, v in m.items() if isinstance(v, str)} for m in gold["meeting"]]
    assert [told(meeting) for meeting in reading.meetings] == plain


def test_the_seeds_name_those_who_met_in_their_offices(seed: tuple[Any, Reading]) -> None:
    gold, reading = seed

    found = [[told_of(party) for party in meeting.participants] for meeting in reading.meetings]
    assert found == [meeting["participant"] for meeting in gold["meeting"]]


def test_the_seeds_tell_what_was_discussed(seed: tuple[Any, Reading]) -> None:
    gold, reading = seed

    found = [[value(topic) for topic in meeting.topics] for meeting in reading.meetings]
    assert found == [meeting["topics"] for meeting in gold["meeting"]]


def test_the_seeds_tell_who_said_what(seed: tuple[Any, Reading]) -> None:
    gold, reading = seed

    found = [(text(s.speaker), value(s.act)) for s in reading.statements]
    assert found == [(row["speaker"], act) for row in gold["statement"] for act in row["acts"]]


def test_every_mention_of_the_seeds_quotes_its_article(seed: tuple[Any, Reading]) -> None:
    _, reading = seed

    whole = reading.article.text
    assert all(whole[m.start : m.end] == m.text for m in mentions(reading))


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=300), st.sampled_from(languages.codes()))
def test_no_text_breaks_the_reader(anything: str, language: str) -> None:
    reading = extract(make(anything, language))

    assert all(anything[m.start : m.end] == m.text for m in mentions(reading))


@settings(deadline=None, max_examples=60)
@given(st.data(), st.sampled_from(sorted(SEEDS)))
def test_a_shuffled_article_is_quoted_faithfully(data: st.DataObject, seed_id: str) -> None:
    words = SEEDS[seed_id].text.split()[:120]
    shuffled = " ".join(data.draw(st.permutations(words)))

    reading = extract(make(shuffled, SEEDS[seed_id].language))

    assert all(shuffled[m.start : m.end] == m.text for m in mentions(reading))
