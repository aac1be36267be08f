from __future__ import annotations

import pickle
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import Met, Party, reading

from kg.errors import StoreError
from kg.model import Knowledge
from kg.resolution import resolve
from kg.resolution.decisions import Decision, Decisions, Word, mention_id
from kg.resolution.increments import Change, Resolver
from kg.resolution.shelves import Cabinet

if TYPE_CHECKING:
    from collections.abc import Iterable
from kg.model import Reading

# Few words, so that names meet, shorten and contradict each other often.
NAMES = ("Rashid Al-Kaabi", "راشد الكعبي", "Rashid Saeed Al-Kaabi", "Rashed Hamdan Al Kaabi", "Al-Kaabi", "R. Al-Kaabi", "Saeed Al-Kaabi", "Rashid", "Le Deha", "Li Deha", "Mohammed Ali", "محمد علي", "Leopold Vaugrenard", "Léopold II Vaugrenard", "ليوبولد فوغرينار")  # fmt: skip
DAYS = ("", "2024-05-22", "2024-05-23", "2024-06", "2024", "2021-01-05")

# The first of many cases loads gazetteers and scripts, and machines are busy.
law = settings(deadline=None, max_examples=40)

parties = st.builds(
    Party,
    st.sampled_from(NAMES),
    st.sampled_from(("", "minister", "foreign-minister", "ambassador", "[Guardian of the Seal]")),
    st.sampled_from(("", "", "oic", "gcc", "[Bureau of Tides]")),
    st.sampled_from(("", "AE", "KW")),
    side=st.sampled_from(("", "host", "guest")),
    others=st.sampled_from(((), ("Al-Kaabi",))),
) | st.just(Party("OIC", kind="organization", value="oic"))
meetings = st.builds(
    Met,
    st.lists(parties, min_size=1, max_size=3).map(tuple),
    date=st.sampled_from(DAYS),
    today=st.sampled_from(("", "Thursday")),
    city=st.sampled_from(("", "jeddah", "riyadh", "paris")),
    kind=st.sampled_from(("meeting", "visit", "call", "summit")),
)
articles = st.tuples(
    st.lists(meetings, max_size=2),
    st.sampled_from(("en", "ar")),
    st.sampled_from(("", "2024-05-23", "2024-05-29")),
)
corpora = st.lists(articles, min_size=1, max_size=7).map(
    lambda told: [
        reading(f"{n}", *met, language=language, published=published)
        for n, (met, language, published) in enumerate(told)
    ]
)


KEPT = [
    reading(
        f"{n}",
        Met(
            (Party(name, "minister", country="AE"), Party("OIC", kind="organization", value="oic")),
            date=f"202{n}-05-22",
            city="jeddah",
        ),
    )
    for n, name in enumerate(NAMES[:8])
]


@law
@given(corpora, st.randoms())
def test_the_order_of_articles_leaves_no_trace(readings: list[Reading], rng: object) -> None:
    shuffled = sorted(readings, key=lambda _: rng.random())  # type: ignore[attr-defined]

    assert resolve(shuffled) == resolve(readings)


@law
@given(corpora)
def test_every_mention_of_a_party_is_linked_once_with_score_and_reasons(
    readings: list[Reading],
) -> None:
    knowledge = resolve(readings)

    links = {(link.article, link.mention.start): link for link in knowledge.links}
    assert len(links) == len(knowledge.links)
    for meeting in knowledge.meetings:
        for report in meeting.reports:
            assert report.because
            for entity, party in zip(report.entities, report.mention.participants, strict=True):
                link = links[report.article, party.mention.start]
                assert link.entity == entity
                assert link.because
                assert 0 <= link.score <= 1


@law
@given(corpora)
def test_whatever_is_spoken_of_is_described_and_ids_are_unique(readings: list[Reading]) -> None:
    knowledge = resolve(readings)

    ids = [entity.id for entity in knowledge.entities]
    assert len(set(ids)) == len(ids)
    assert len({meeting.id for meeting in knowledge.meetings}) == len(knowledge.meetings)
    assert spoken_of(knowledge) <= set(ids)
    n_told = sum(len(told.meetings) for told in readings)
    assert sum(len(meeting.reports) for meeting in knowledge.meetings) == n_told


def spoken_of(knowledge: Knowledge) -> set[str]:
    found = {meeting.country for meeting in knowledge.meetings if meeting.country}
    for meeting in knowledge.meetings:
        for party in meeting.participations:
            found |= {party.entity, *party.on_behalf_of}
    return found


@law
@given(corpora)
def test_an_article_without_kin_changes_nothing(readings: list[Reading]) -> None:
    stranger = Party("Ignatius Oyelaran-Whitcombe", "mayor", country="NG")
    alone = reading("zz", Met((stranger,), date="1999-01-01"))

    before, after = resolve(readings), resolve([*readings, alone])
    assert [m for m in after.meetings if m.reports[0].article != "zz"] == list(before.meetings)
    assert {*before.entities} <= {*after.entities}


@law
@given(corpora, st.data())
def test_the_word_of_the_user_always_wins(readings: list[Reading], data: st.DataObject) -> None:
    mentions = [
        mention_id(told.article.id, party.mention.start, party.mention.end)
        for told in readings
        for meeting in told.meetings
        for party in meeting.participants
        if party.mention.kind.value == "person"
    ]
    pair = st.lists(st.sampled_from(mentions), min_size=2, max_size=2, unique=True)
    words = st.sampled_from((Word.SAME, Word.DIFFERENT))
    if len(mentions) < 2:
        return
    rows = data.draw(st.lists(st.tuples(words, pair), min_size=1, max_size=3))
    decisions = tuple(Decision(word, *both) for word, both in rows)

    entities = {
        mention_id(link.article, link.mention.start, link.mention.end): link.entity
        for link in resolve(readings, Decisions(decisions)).links
    }
    last = decisions[-1]
    assert (entities[last.subject] == entities[last.object]) is (last.word is Word.SAME)


@law
@given(corpora)
def test_no_two_parties_on_two_sides_of_a_meeting_are_one(readings: list[Reading]) -> None:
    for meeting in resolve(readings).meetings:
        for report in meeting.reports:
            sides = defaultdict(set)
            for entity, party in zip(report.entities, report.mention.participants, strict=True):
                if entity.startswith("person/"):
                    sides[entity].add(party.side)
            assert not any(len(found - {None}) > 1 for found in sides.values())


@law
@given(corpora, st.data())
def test_what_is_taken_in_and_out_bit_by_bit_is_what_all_at_once_is(
    readings: list[Reading], data: st.DataObject
) -> None:
    resolver, known = Resolver(), {}
    steps = st.tuples(st.booleans(), st.lists(st.sampled_from(readings), max_size=4))
    for is_in, told in data.draw(st.lists(steps, min_size=1, max_size=5)):
        before = resolver.knowledge
        ids = {each.article.id for each in told}
        change = resolver.update(told) if is_in else resolver.update(remove=ids)
        known = {id_: each for id_, each in known.items() if id_ not in ids}
        known |= {each.article.id: each for each in told} if is_in else {}

        assert resolver.knowledge == resolve(known.values())
        assert changed(before, change) == replace(resolver.knowledge, statements=(), links=())


def changed(before: Knowledge, change: Change) -> Knowledge:
    """Apply a change to what was known, for all but the links and statements of what is gone."""
    now = change.knowledge
    entities = {e.id: e for e in (*before.entities, *now.entities) if e.id not in change.gone}
    meetings = {m.id: m for m in (*before.meetings, *now.meetings) if m.id not in change.gone}
    return Knowledge(
        tuple(entities[id_] for id_ in sorted(entities)),
        tuple(meetings[id_] for id_ in sorted(meetings)),
        (),
        (),
    )


@law
@given(st.lists(st.sampled_from(range(len(KEPT))), max_size=3), st.booleans())
def test_what_is_kept_on_disk_goes_on_where_it_ended(numbers: list[int], is_in: bool) -> None:  # noqa: FBT001
    told = [KEPT[n] for n in numbers]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "resolved"
        update(path, add=KEPT[: len(KEPT) // 2])
        known = (
            update(path, add=told) if is_in else update(path, remove=[t.article.id for t in told])
        )

    left = {t.article.id: t for t in (KEPT[: len(KEPT) // 2])}
    ids = {t.article.id for t in told}
    left = {id_: t for id_, t in left.items() if id_ not in ids} | (
        {t.article.id: t for t in told} if is_in else {}
    )
    assert known == resolve(left.values())


def update(path: Path, **change: Iterable[object]) -> Knowledge:
    """Change what lies on disk, as a process does that ends then."""
    with closing(Cabinet(path)) as cabinet:
        resolver = Resolver(cabinet)
        resolver.update(**change)  # type: ignore[arg-type]
        resolver.save()
    with closing(Cabinet(path)) as cabinet:
        return Resolver(cabinet).knowledge


def test_a_file_that_would_run_something_is_refused(tmp_path: Path) -> None:
    update(tmp_path / "resolved", add=KEPT)
    with closing(sqlite3.connect(tmp_path / "resolved")) as database, database:
        database.execute("update people set value = ?", (pickle.dumps(print),))

    with pytest.raises(StoreError, match="builtins: print is no plain type"):
        update(tmp_path / "resolved", add=KEPT[:1])
