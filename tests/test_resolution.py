from __future__ import annotations

from dataclasses import replace

import pytest
from told import Met, Party, reading

from kg.gazetteers import Sort, entry
from kg.model import EntityKind, Knowledge, Name, PartialDate, Side, Status
from kg.resolution import resolve

HOST = Party("Rashid Al-Kaabi", "secretary-general", "oic", side="host")
GUEST = Party("Léopold Vaugrenard", "ambassador", "", "FR", side="guest")


def people(knowledge: Knowledge) -> list[str]:
    return [entity.id for entity in knowledge.entities if entity.kind is EntityKind.PERSON]


def met(*parties: Party, date: str = "2024-05-22", **more: str) -> Met:
    return Met(parties, date=date, **more)


def two(a: Party, b: Party, date: str = "2024-06-22") -> list[str]:
    """Resolve two parties told by two articles, who met others on other days."""
    others = (Party("Ingrid Solvang", country="NO"), Party("Piotr Wachowiak", country="PL"))
    first = reading("a", met(a, others[0], date="2024-05-22"))
    second = reading("b", met(b, others[1], date=date))
    found = people(resolve([first, second]))
    return [id_ for id_ in found if "solvang" not in id_ and "wachowiak" not in id_]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (Party("Rashid Al-Kaabi", org="oic"), Party("راشد الكعبي", org="oic")),
        (Party("Al-Kaabi", "secretary-general", "oic"), Party("Rashid Al-Kaabi", "secretary-general", "oic")),
        (Party("Rashid Khalifa Nasser Al-Kaabi"), Party("Rashid bin Khalifa Al-Kaabi", country="AE")),
        (Party("Xi Mingzhe", "president"), Party("Xi Mingzhe", "president", country="CN")),
    ],
)  # fmt: skip
def test_one_person_told_twice_is_one(a: Party, b: Party) -> None:
    assert len(two(a, b)) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (Party("Mohammed Al-Ali", "minister", country="SA"), Party("Mohammed Al-Ali", "ambassador", country="KW")),
        (Party("Mohammed Al-Ali"), Party("Mohammed Al-Ali")),
        (Party("Mohammed Al-Ali", "minister"), Party("Mohammed Al-Ali", "ambassador", country="KW")),
        (Party("Rashid Al-Kaabi", "secretary-general", "oic"), Party("Rashid Al-Kaabi", "secretary-general", "gcc")),
        (Party("Al-Kaabi", country="AE"), Party("Rashid Al-Kaabi", "minister", country="AE")),
        (Party("Hamad II bin Isa", "king", country="BH"), Party("Hamad I bin Isa", "king", country="BH")),
        (Party("Rashid bin Saeed Al-Kaabi", country="AE"), Party("Saeed bin Rashid Al-Kaabi", country="AE")),
    ],
)  # fmt: skip
def test_two_people_are_two(a: Party, b: Party) -> None:
    assert len(two(a, b)) == 2


@pytest.mark.parametrize(("date", "n_people"), [("2029-06-22", 1), ("2024-06-22", 2)])
def test_one_who_changes_office_over_the_years_is_one_but_not_overnight(
    date: str, n_people: int
) -> None:
    minister = Party("Rashid Al-Kaabi", "minister", country="AE")
    ambassador = Party("Rashed Al Kaabi", "ambassador", country="AE")

    assert len(two(minister, ambassador, date=date)) == n_people


def test_a_short_name_joins_nobody_where_two_may_be_meant() -> None:
    readings = [
        reading("a", met(Party("Rashid Al-Kaabi", "minister", country="AE"), GUEST)),
        reading("b", met(Party("Saeed Al-Kaabi", "minister", country="AE"), GUEST, date="2021")),
        reading("c", met(Party("Al-Kaabi", "minister", country="AE"), HOST, date="2022-01-01")),
    ]

    assert "person/al-kaabi" in people(resolve(readings))


def test_a_chain_of_names_joins_no_two_that_contradict() -> None:
    names = ("Rashid Khalifa Al-Kaabi", "Rashid Al-Kaabi", "Rashid Hamdan Al-Kaabi")
    readings = [
        reading(str(n), met(Party(name, "minister", country="AE"), GUEST, date=f"202{n}"))
        for n, name in enumerate(names)
    ]

    found = {link.mention.text: link.entity for link in resolve(readings).links}
    assert found[names[0]] != found[names[2]]


def test_parties_of_one_meeting_are_two() -> None:
    parties = (
        Party("Al-Kaabi", "minister", country="AE"),
        Party("Rashid Al-Kaabi", "minister", country="AE"),
    )

    assert len(people(resolve([reading("a", met(*parties))]))) == 2


def test_an_article_may_name_a_party_twice() -> None:
    knowledge = resolve([reading("a", met(HOST, replace(HOST, side=""), GUEST))])

    [meeting] = knowledge.meetings
    assert len(people(knowledge)) == len(meeting.participations) == 2
    assert len(meeting.reports[0].entities) == 3


def test_a_name_prefers_what_is_full_then_what_is_frequent_in_its_language() -> None:
    readings = [
        reading("a", met(Party("Rashid Al-Kaabi", org="oic", others=("Al-Kaabi",)), GUEST)),
        reading("b", met(Party("Rashed Al-Kaabi", org="oic"), GUEST, date="2021-01-01")),
        reading("c", met(Party("Rashed Al-Kaabi", org="oic"), GUEST, date="2022-01-01")),
        reading("d", met(Party("راشد الكعبي", org="oic"), GUEST, date="2023-01-01"), language="ar"),
    ]

    [person] = [e for e in resolve(readings).entities if e.id == "person/rashed-al-kaabi"]
    assert person.names == (Name("راشد الكعبي", "ar"), Name("Rashed Al-Kaabi", "en"))
    assert person.aliases == (Name("Al-Kaabi", "en"), Name("Rashid Al-Kaabi", "en"))


def test_a_name_in_another_script_than_its_article_is_of_no_known_language() -> None:
    party = Party("Sandra De Waele", country="BE")
    told = reading("a", met(Party("راشد الكعبي", org="oic"), party), language="ar")

    [person] = [e for e in resolve([told]).entities if e.id == "person/sandra-de-waele"]
    assert person.names == (Name("Sandra De Waele", "und"),)


def test_the_older_of_two_namesakes_keeps_the_plain_id() -> None:
    old = reading("z", met(Party("Mohammed Al-Ali", country="SA"), GUEST, date="2019-01-01"))
    new = reading("a", met(Party("Mohammed Al-Ali", country="KW"), HOST, date="2020-01-01"))

    found = people(resolve([old, new]))
    assert {"person/mohammed-al-ali", "person/mohammed-al-ali_kw"} <= set(found)
    assert "person/mohammed-al-ali" in people(resolve([old]))


def test_a_known_organization_has_the_names_of_the_gazetteer() -> None:
    party = Party("OIC", kind="organization", value="oic")

    [body] = [e for e in resolve([reading("a", met(party, GUEST))]).entities if "oic" in e.id]
    assert set(body.names) == set(entry(Sort.ORGANIZATION, "oic").names)
    assert body.aliases == (Name("OIC", "en"),)


def test_ministries_of_two_states_are_two_and_that_of_no_state_is_neither() -> None:
    ministry = "[Ministry of Endowments]"
    parties = [Party("A", org=ministry, country=country) for country in ("SA", "KW", "")]
    readings = [reading(str(n), met(party, GUEST)) for n, party in enumerate(parties)]

    found = {e.id for e in resolve(readings).entities if e.kind is EntityKind.ORGANIZATION}
    assert found == {
        "organization/ministry-of-endowments",
        "organization/ministry-of-endowments-kw",
        "organization/ministry-of-endowments-sa",
    }


def test_one_meeting_in_two_languages_is_one_with_both_reports() -> None:
    english = reading("en", met(HOST, GUEST, city="jeddah"))
    arabic = reading(
        "ar", met(replace(GUEST, name="ليوبولد فوغرينار"), replace(HOST, name="راشد الكعبي"), city="jeddah"), language="ar"
    )  # fmt: skip

    [meeting] = resolve([english, arabic]).meetings
    assert meeting.id == "meeting/2024-05-22-leopold-vaugrenard-rashid-al-kaabi"
    assert [report.article for report in meeting.reports] == ["ar", "en"]
    assert all(report.because for report in meeting.reports)


@pytest.mark.parametrize(
    ("a", "b", "published", "n_meetings"),
    [
        ({"date": "2024-05-22"}, {"date": "2024-11-22"}, "", 2),
        ({"date": "2024-05-22"}, {"date": "2024-05-23"}, "", 2),
        ({"date": "2024-05-22"}, {"date": "2024-05-23", "today": "Thursday"}, "", 1),
        ({"date": "2024-05-22"}, {"date": ""}, "2024-05-24", 1),
        ({"date": "2024-05-22"}, {"date": ""}, "2024-05-28", 2),
        ({"date": "2024-05-22"}, {"date": ""}, "", 2),
        ({"date": "2024-05-22", "city": "jeddah"}, {"date": "", "city": "jeddah"}, "", 1),
        ({"date": "2024-05-22"}, {"date": "2024-05"}, "", 1),
        ({"date": "2024-05-22", "kind": "call"}, {"date": "2024-05-22"}, "", 2),
        ({"date": "2024-05-22", "kind": "visit"}, {"date": "2024-05-22"}, "", 1),
        ({"date": "2024-05-22", "city": "jeddah"}, {"date": "2024-05-22", "city": "paris"}, "", 2),
        ({"date": "2024-05-22", "city": "jeddah"}, {"date": "2024-05-22", "city": "riyadh"}, "", 1),
    ],
)
def test_a_pair_meets_as_often_as_days_places_and_kinds_tell(
    a: dict[str, str], b: dict[str, str], published: str, n_meetings: int
) -> None:
    first = reading("a", met(HOST, GUEST, **a))
    second = reading("b", met(HOST, GUEST, **b), published=published)

    assert len(resolve([first, second]).meetings) == n_meetings


def test_an_undated_report_joins_no_meeting_where_the_pair_has_two() -> None:
    readings = [
        reading("a", met(HOST, GUEST, date="2023-05-22", city="jeddah")),
        reading("b", met(HOST, GUEST, date="2024-05-22", city="jeddah")),
        reading("c", met(HOST, GUEST, date="", city="jeddah")),
    ]

    assert len(resolve(readings).meetings) == 3


def test_two_reports_in_one_article_are_one_meeting() -> None:
    told = reading("a", met(HOST, GUEST), met(GUEST, HOST, kind="visit"))

    [meeting] = resolve([told]).meetings
    assert len(meeting.reports) == 2


def test_an_organization_may_be_told_where_another_article_names_who_acted() -> None:
    body = Party("OIC", kind="organization", value="oic", side="host")

    assert (
        len(resolve([reading("a", met(HOST, GUEST)), reading("b", met(body, GUEST))]).meetings) == 1
    )


def test_an_exact_date_is_chosen_before_a_counted_one() -> None:
    readings = [
        reading("a", met(HOST, GUEST, date="2024-05-23", today="Thursday")),
        reading("b", met(HOST, GUEST, date="2024-05-23", today="today")),
        reading("c", met(HOST, GUEST, date="2024-05-22")),
    ]

    [meeting] = resolve(readings).meetings
    assert meeting.date == PartialDate(2024, 5, 22)


def test_a_planned_meeting_that_others_saw_was_held() -> None:
    readings = [reading("a", met(HOST, GUEST, status="planned")), reading("b", met(HOST, GUEST))]

    [meeting] = resolve(readings).meetings
    assert meeting.status is Status.HELD


def test_a_participation_tells_side_office_and_whom_it_is_for() -> None:
    [meeting] = resolve([reading("a", met(HOST, GUEST, city="jeddah", topic="trade"))]).meetings

    [guest, host] = meeting.participations
    assert (host.side, host.offices) == (Side.HOST, ("office/secretary-general",))
    assert (host.on_behalf_of, guest.on_behalf_of) == (("organization/oic",), ("country/FR",))
    assert (meeting.city, meeting.country, meeting.topics) == (
        "place/jeddah",
        "country/SA",
        ("topic/trade",),
    )


def test_a_statement_has_its_speaker_by_a_short_name_or_none() -> None:
    host = replace(HOST, others=("Al-Kaabi",))
    known = resolve([reading("a", met(host, GUEST), said="Al-Kaabi")])
    unknown = resolve([reading("a", met(host, GUEST), said="Somebody")])

    assert known.statements[0].speaker == "person/rashid-al-kaabi"
    assert known.statements[0].meeting == known.meetings[0].id
    assert unknown.statements[0].speaker is None
