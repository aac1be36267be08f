from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from kg.errors import StoreError
from kg.model import (
    Article,
    Kind,
    MeetingMention,
    Mention,
    MentionKind,
    Participant,
    Reading,
    Side,
    Statement,
    Status,
)
from kg.readings import Readings, decode, encode

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "وزير الخارجية met the ambassador in Rome."
DAY = datetime.date(2024, 5, 22)


def mention(kind: MentionKind, words: str, value: str | None = None) -> Mention:
    start = TEXT.index(words)
    return Mention(kind, words, start, start + len(words), value)


def reading(name: str = "a") -> Reading:
    article = Article(name, TEXT, "Talks", "en", "d1", DAY, publisher="The Ministry")
    sentence = mention(MentionKind.SENTENCE, TEXT)
    minister = Participant(mention(MentionKind.PERSON, "وزير الخارجية"), side=Side.HOST)
    trigger = mention(MentionKind.TRIGGER, "met")
    city = mention(MentionKind.CITY, "Rome", "rome")
    meeting = MeetingMention(
        Kind.MEETING, Status.HELD, trigger, sentence, "en.meet", (minister,), city=city
    )
    statement = Statement(trigger, sentence, sentence, "en.say", speaker=minister.mention)
    return Reading(article, (meeting,), (statement,))


def test_a_reading_comes_back_as_it_was() -> None:
    assert decode(encode(reading())) == reading()


def test_readings_come_in_the_order_of_their_ids(tmp_path: Path) -> None:
    with Readings(tmp_path / "readings") as readings:
        for name in ("b", "a", "c"):
            readings.add(f"key {name}", name, encode(reading(name)))

        assert [found.article.id for found in readings] == ["a", "b", "c"]
        assert len(readings) == 3


def test_readings_stay_on_disk(tmp_path: Path) -> None:
    with Readings(tmp_path / "readings") as readings:
        readings.add("k", "a", encode(reading()))

    with Readings(tmp_path / "readings") as readings:
        assert "k" in readings
        assert readings.find("a") == "k"


def test_an_unknown_id_is_told(tmp_path: Path) -> None:
    with (
        Readings(tmp_path / "readings") as readings,
        pytest.raises(StoreError, match="b: no article of this id is in the graph"),
    ):
        readings.find("b")


def test_only_some_are_kept(tmp_path: Path) -> None:
    with Readings(tmp_path / "readings") as readings:
        for name in ("a", "b"):
            readings.add(f"key {name}", name, encode(reading(name)))
        readings.keep_only({"key b"})

        assert readings.keys() == {"key b"}


def test_ids_that_are_shared_are_found(tmp_path: Path) -> None:
    with Readings(tmp_path / "readings") as readings:
        for key, name in (("k1", "a"), ("k2", "b"), ("k0", "a")):
            readings.add(key, name, encode(reading(name)))

        assert list(readings.same_ids()) == [("a", ("k0", "k1"))]


def test_a_file_that_is_something_else_is_told(tmp_path: Path) -> None:
    (tmp_path / "readings").write_text("This is a letter, and no database at all." * 20)

    with pytest.raises(StoreError, match="the readings cannot be opened"):
        Readings(tmp_path / "readings")
