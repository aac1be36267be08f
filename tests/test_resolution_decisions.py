from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from told import Met, Party, reading

from kg.errors import DecisionError
from kg.model import Knowledge, Name
from kg.resolution import explain, resolve, review
from kg.resolution.decisions import COLUMNS, Decision, Decisions, Word, read, write

if TYPE_CHECKING:
    from pathlib import Path

OTHERS = [Party(name) for name in ("Ingrid Solvang", "Piotr Wachowiak", "Tomasz Brzeziecki")]
MINISTER = Party("Mohammed Al-Ali", "minister", country="SA")
ENVOY = Party("Mohammed Al-Ali", "ambassador", country="KW")
FRIEND = Party("Abdoulaye Diop", "minister", country="ML")
SAME_FRIEND = Party("عبد الله ديوب", "minister", country="ML")
READINGS = [
    reading("a", Met((MINISTER, OTHERS[0]), date="2020-05-22")),
    reading("b", Met((ENVOY, OTHERS[1]), date="2021-05-22")),
    reading("c", Met((MINISTER, OTHERS[2]), date="2022-05-22"), published="2022-05-23"),
    reading("d", Met((FRIEND, OTHERS[0]), date="2023-05-22")),
    reading("e", Met((SAME_FRIEND, OTHERS[1]), date="2024-05-22"), language="ar"),
]


def decide(*rows: tuple[str, ...]) -> Decisions:
    return Decisions(tuple(Decision(Word(word), *more) for word, *more in rows))


def who(knowledge: Knowledge, article: str) -> str:
    """Tell who is the first party of an article."""
    return min(
        (link for link in knowledge.links if link.article == article),
        key=lambda link: link.mention.start,
    ).entity


def mention(article: str) -> str:
    [told] = [each for each in READINGS if each.article.id == article]
    name = told.meetings[0].participants[0].mention
    return f"article/{article}#char={name.start},{name.end}"


def test_nothing_decided_leaves_namesakes_apart() -> None:
    knowledge = resolve(READINGS)

    assert who(knowledge, "a") == who(knowledge, "c") == "person/mohammed-al-ali"
    assert who(knowledge, "b") == "person/mohammed-al-ali_kw"


@pytest.mark.parametrize(
    "row",
    [
        ("same", "person/mohammed-al-ali", "person/mohammed-al-ali_kw"),
        ("same", mention("b"), "person/mohammed-al-ali"),
        ("same", mention("a"), mention("b")),
    ],
)
def test_same_wins_over_what_contradicts_and_is_the_reason(row: tuple[str, str, str]) -> None:
    knowledge = resolve(READINGS, decide(row))

    assert who(knowledge, "a") == who(knowledge, "b") == who(knowledge, "c")
    assert any("You decided that they are the same." in link.because for link in knowledge.links)


@pytest.mark.parametrize(
    "row",
    [
        ("different", mention("a"), mention("c")),
        ("different", "person/mohammed-al-ali", mention("c")),
    ],
)
def test_different_wins_over_what_agrees(row: tuple[str, str, str]) -> None:
    knowledge = resolve(READINGS, decide(row))

    assert who(knowledge, "a") != who(knowledge, "c")


def test_two_spellings_are_the_same_wherever_they_stand() -> None:
    knowledge = resolve(READINGS, decide(("same", "Abdoulaye Diop", "عبد الله ديوب")))

    assert who(knowledge, "d") == who(knowledge, "e")


def test_the_later_of_two_decisions_wins() -> None:
    pair = ("person/mohammed-al-ali", "person/mohammed-al-ali_kw")
    apart = resolve(READINGS, decide(("same", *pair), ("different", *pair)))
    one = resolve(READINGS, decide(("different", *pair), ("same", *pair)))

    assert who(apart, "a") != who(apart, "b")
    assert who(one, "a") == who(one, "b")


def test_what_is_taken_back_leaves_no_trace() -> None:
    row = Decision(Word.SAME, mention("a"), mention("b"))

    assert resolve(READINGS, Decisions((row,)).without(row)) == resolve(READINGS)


def test_an_id_and_a_name_are_what_the_user_says() -> None:
    rows = (
        ("id", "person/mohammed-al-ali", "the-minister"),
        ("name", "person/the-minister", "Mohammed bin Ali Al-Ali", "en"),
    )
    knowledge = resolve(READINGS, decide(*rows))

    [person] = [each for each in knowledge.entities if each.id == "person/the-minister"]
    assert person.names == (Name("Mohammed bin Ali Al-Ali", "en"),)
    assert Name("Mohammed Al-Ali", "en") in person.aliases
    assert who(knowledge, "b") == "person/mohammed-al-ali"


def test_an_id_made_by_a_decision_may_be_decided_upon() -> None:
    rows = (
        ("different", mention("a"), mention("c")),
        ("id", "person/mohammed-al-ali_sa", "the-son"),
    )

    assert who(resolve(READINGS, decide(*rows)), "c") == "person/the-son"


def test_a_decision_upon_what_is_not_there_changes_nothing() -> None:
    rows = (("same", "person/nobody", "person/mohammed-al-ali"), ("id", "Nobody", "no-one"))

    assert resolve(READINGS, decide(*rows)) == resolve(READINGS)


def test_organizations_and_meetings_are_decided_upon_too() -> None:
    bodies = [
        Party("[x]", kind="organization"),
        Party("Islamic Summit Bureau", kind="organization"),
        Party("Bureau du sommet islamique", kind="organization"),
    ]
    told = [
        reading(str(n), Met((body, OTHERS[0]), date=f"2020-05-2{n}"))
        for n, body in enumerate(bodies[1:])
    ]
    days = ("2020-05-20", "2020-05-21")
    body = "islamic-summit-bureau"
    meetings = [f"meeting/{day}-ingrid-solvang-{body}" for day in days]

    one_body = resolve(told, decide(("same", "Bureau du sommet islamique", f"organization/{body}")))
    heir = "organization/bureau-du-sommet-islamique"
    assert [each.id for each in one_body.entities if "bureau" in each.id] == [heir]
    assert len(one_body.meetings) == len(meetings)
    ids = [each.id for each in one_body.meetings]
    assert len(resolve(told, decide(("same", "Islamic Summit Bureau", "Bureau du sommet islamique"), ("same", *ids))).meetings) == 1  # fmt: skip


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    table = decide(
        ("same", mention("a"), "person/x", "", "the same, surely"),
        ("name", "person/x", "محمد العلي", "ar"),
    )
    write(table, tmp_path / "decisions.csv")

    assert read(tmp_path / "decisions.csv") == table
    assert (tmp_path / "decisions.csv").read_text("utf-8-sig").splitlines()[0] == ",".join(COLUMNS)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_spreadsheet_may_choose_the_delimiter_and_leave_cells_out(
    tmp_path: Path, delimiter: str
) -> None:
    lines = [
        COLUMNS[:3],
        (),
        ("#", "a remark"),
        ("same", "<https://w3id.org/dipkg/id/person/x>", "X"),
    ]
    text = "\n".join(delimiter.join(line) for line in lines)
    (tmp_path / "decisions.csv").write_text(text, "utf-8")

    assert read(tmp_path / "decisions.csv") == decide(("same", "person/x", "X"))


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("merge,a,b", "'merge' is no decision"),
        ("same,a,", "'same' needs a subject and an object"),
        ("same,a,a", "subject and object are the same"),
        ("name,a,b", "a name needs a language"),
        ("id,a,Big Boss", "'Big Boss' is no id"),
        ("same,a,article/x#char=1", "'article/x#char=1' is no mention"),
    ],
)
def test_what_cannot_be_obeyed_is_told_with_its_line(tmp_path: Path, row: str, what: str) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(f"decision,subject,object\nsame,x,y\n{row}\n", "utf-8")

    with pytest.raises(DecisionError, match=f"^{path}:3: {what} - "):
        read(path)


def test_a_review_lists_what_is_not_sure_with_its_sentences_and_writes_decisions() -> None:
    knowledge = resolve(READINGS)

    pairs = {
        frozenset({pair.a.entity, pair.b.entity}): pair for pair in review(knowledge, READINGS)
    }
    pair = pairs[frozenset({"person/mohammed-al-ali", "person/mohammed-al-ali_kw"})]
    assert not pair.is_merged
    assert "They stand for different countries." in pair.because
    assert pair.a.sentence == pair.b.sentence == "Mohammed Al-Ali"
    for word, is_one in ((Word.SAME, True), (Word.DIFFERENT, False)):
        decided = Decisions((pair.decide(word),))
        after = resolve(READINGS, decided)
        assert (who(after, "a") == who(after, "b")) is is_one
        assert not any(each.because == pair.because for each in review(after, READINGS, decided))


def test_an_explanation_tells_every_mention_by_id_iri_or_name() -> None:
    knowledge = resolve(READINGS)

    [by_id] = explain(knowledge, "person/mohammed-al-ali", READINGS)
    assert [told.link.article for told in by_id.told] == ["a", "c"]
    assert all(told.sentence == "Mohammed Al-Ali" for told in by_id.told)
    iri = "https://w3id.org/dipkg/id/person/mohammed-al-ali"
    assert explain(knowledge, iri, READINGS) == (by_id,)
    assert len(explain(knowledge, "mohammed al-ali", READINGS)) == 2
    [meeting] = explain(knowledge, knowledge.meetings[0].id, READINGS)
    assert [told.link.article for told in meeting.told] == ["a"]
