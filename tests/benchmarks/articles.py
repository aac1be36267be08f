"""Articles of invented meetings in three languages, with the truth that was planted: the same seed, the same bytes.

`python tests/benchmarks/articles.py 10000 news.jsonl [gold.jsonl]` writes them, of 1,000 characters each.
The labels are in the format that `kg evaluate` reads.
"""

from __future__ import annotations

import datetime
import json
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

LENGTH = 1000

# Code; English; French with "of"; Arabic; capital in English, French, Arabic.
COUNTRIES = (
    ("SA", "Saudi Arabia", "d'Arabie saoudite", "السعودية", "Riyadh", "Riyad", "الرياض"),
    ("EG", "Egypt", "d'Égypte", "مصر", "Cairo", "Le Caire", "القاهرة"),
    ("FR", "France", "de France", "فرنسا", "Paris", "Paris", "باريس"),
    ("GB", "the United Kingdom", "du Royaume-Uni", "بريطانيا", "London", "Londres", "لندن"),
    ("MA", "Morocco", "du Maroc", "المغرب", "Rabat", "Rabat", "الرباط"),
    ("TN", "Tunisia", "de Tunisie", "تونس", "Tunis", "Tunis", "تونس"),
    ("DZ", "Algeria", "d'Algérie", "الجزائر", "Algiers", "Alger", "الجزائر"),
    ("JO", "Jordan", "de Jordanie", "الأردن", "Amman", "Amman", "عمّان"),
    ("IQ", "Iraq", "d'Irak", "العراق", "Baghdad", "Bagdad", "بغداد"),
    ("QA", "Qatar", "du Qatar", "قطر", "Doha", "Doha", "الدوحة"),
    ("OM", "Oman", "d'Oman", "سلطنة عمان", "Muscat", "Mascate", "مسقط"),
    ("MR", "Mauritania", "de Mauritanie", "موريتانيا", "Nouakchott", "Nouakchott", "نواكشوط"),
    ("SN", "Senegal", "du Sénégal", "السنغال", "Dakar", "Dakar", "داكار"),
    ("ML", "Mali", "du Mali", "مالي", "Bamako", "Bamako", "باماكو"),
    ("TD", "Chad", "du Tchad", "تشاد", "N'Djamena", "N'Djamena", "نجامينا"),
    ("SD", "Sudan", "du Soudan", "السودان", "Khartoum", "Khartoum", "الخرطوم"),
    ("TR", "Turkey", "de Turquie", "تركيا", "Ankara", "Ankara", "أنقرة"),
    ("PK", "Pakistan", "du Pakistan", "باكستان", "Islamabad", "Islamabad", "إسلام آباد"),
    ("IT", "Italy", "d'Italie", "إيطاليا", "Rome", "Rome", "روما"),
    ("ES", "Spain", "d'Espagne", "إسبانيا", "Madrid", "Madrid", "مدريد"),
    ("DE", "Germany", "d'Allemagne", "ألمانيا", "Berlin", "Berlin", "برلين"),
    ("JP", "Japan", "du Japon", "اليابان", "Tokyo", "Tokyo", "طوكيو"),
    ("IN", "India", "d'Inde", "الهند", "New Delhi", "New Delhi", "نيودلهي"),
    ("BR", "Brazil", "du Brésil", "البرازيل", "Brasília", "Brasilia", "برازيليا"),
)
OFFICES = (
    ("Minister of Foreign Affairs", "ministre des Affaires étrangères", "وزير خارجية"),
    ("Minister of Defence", "ministre de la Défense", "وزير دفاع"),
    ("Minister of the Interior", "ministre de l'Intérieur", "وزير داخلية"),
    ("Minister of Finance", "ministre des Finances", "وزير مالية"),
    ("Minister of Culture", "ministre de la Culture", "وزير ثقافة"),
    ("Minister of Education", "ministre de l'Éducation", "وزير تعليم"),
    ("Minister of Health", "ministre de la Santé", "وزير صحة"),
    ("Prime Minister", "Premier ministre", "رئيس وزراء"),
)
GIVEN = (
    ("Ahmed", "أحمد"), ("Khalid", "خالد"), ("Omar", "عمر"), ("Youssef", "يوسف"), ("Ibrahim", "إبراهيم"),
    ("Hassan", "حسن"), ("Hussein", "حسين"), ("Karim", "كريم"), ("Tariq", "طارق"), ("Faisal", "فيصل"),
    ("Nasser", "ناصر"), ("Walid", "وليد"), ("Said", "سعيد"), ("Rashid", "راشد"), ("Mahmoud", "محمود"),
    ("Mustafa", "مصطفى"), ("Bilal", "بلال"), ("Hamza", "حمزة"), ("Adel", "عادل"), ("Majid", "ماجد"),
    ("Sami", "سامي"), ("Munir", "منير"), ("Jamal", "جمال"), ("Salim", "سالم"), ("Yasser", "ياسر"),
    ("Anwar", "أنور"), ("Farid", "فريد"), ("Imad", "عماد"), ("Nabil", "نبيل"), ("Ziad", "زياد"),
)  # fmt: skip
FAMILY = (
    ("Al-Harbi", "الحربي"), ("Al-Qahtani", "القحطاني"), ("Al-Otaibi", "العتيبي"), ("Mansouri", "منصوري"),
    ("Benali", "بن علي"), ("Haddad", "حداد"), ("Khoury", "خوري"), ("Al-Zahrani", "الزهراني"),
    ("Boukhari", "بوخاري"), ("Tazi", "تازي"), ("Al-Shammari", "الشمري"), ("Darwish", "درويش"),
    ("Al-Hashimi", "الهاشمي"), ("Al-Baghdadi", "البغدادي"), ("Najjar", "نجار"), ("Al-Masri", "المصري"),
    ("Kabbaj", "قباج"), ("Al-Tamimi", "التميمي"), ("Ghannam", "غنام"), ("Al-Kindi", "الكندي"),
    ("Rahmani", "رحماني"), ("Al-Farsi", "الفارسي"), ("Sabbagh", "صباغ"), ("Al-Dosari", "الدوسري"),
    ("Barakat", "بركات"), ("Al-Rashidi", "الرشيدي"), ("Shahin", "شاهين"), ("Al-Ghamdi", "الغامدي"),
    ("Hamdan", "حمدان"), ("Al-Mutairi", "المطيري"),
)  # fmt: skip
MONTHS = (
    ("January", "janvier", "يناير"), ("February", "février", "فبراير"), ("March", "mars", "مارس"),
    ("April", "avril", "أبريل"), ("May", "mai", "مايو"), ("June", "juin", "يونيو"),
    ("July", "juillet", "يوليو"), ("August", "août", "أغسطس"), ("September", "septembre", "سبتمبر"),
    ("October", "octobre", "أكتوبر"), ("November", "novembre", "نوفمبر"), ("December", "décembre", "ديسمبر"),
)  # fmt: skip
LANGUAGES = ("en", "fr", "ar")
LEADS = (
    (
        "{host_name} receives {guest_name}\n\n{city}, {day} {month} {year} - The {host_office} of {host_state}, {host_name}, "
        "received today in {city} the {guest_office} of {guest_state}, {guest_name}."
    ),
    (
        "{host_name} reçoit {guest_name}\n\n{city}, le {day} {month} {year} - Le {host_office} {host_state}, {host_name}, "
        "a reçu aujourd'hui à {city} le {guest_office} {guest_state}, {guest_name}."
    ),
    (
        "{host_name} يستقبل {guest_name}\n\n{city} {day} {month} {year} - استقبل {host_office} {host_state} {host_name} "
        "اليوم في {city} {guest_office} {guest_state} {guest_name}."
    ),
)
REST = (
    (
        "During the meeting, they discussed ways to strengthen cooperation between the two countries.",
        "The two sides stressed the importance of continuing consultation on matters of common interest.",
        "{host_name} praised the depth of the relations between the two peoples.",
        "{guest_name} thanked his host for the warm welcome and the hospitality.",
        "The talks also touched on regional security, trade and the fight against terrorism.",
        "They agreed to hold the next session of the joint commission before the end of the year.",
        "The meeting was attended by a number of senior officials from both sides.",
    ),
    (
        "Au cours de la rencontre, ils ont examiné les moyens de renforcer la coopération entre les deux pays.",
        "Les deux parties ont souligné l'importance de poursuivre la concertation sur les questions d'intérêt commun.",
        "{host_name} a salué la profondeur des relations entre les deux peuples.",
        "{guest_name} a remercié son hôte pour son accueil chaleureux et son hospitalité.",
        "Les entretiens ont aussi porté sur la sécurité régionale, le commerce et la lutte contre le terrorisme.",
        "Ils sont convenus de tenir la prochaine session de la commission mixte avant la fin de l'année.",
        "La rencontre s'est déroulée en présence de plusieurs hauts responsables des deux pays.",
    ),
    (
        "وبحث الجانبان خلال اللقاء سبل تعزيز التعاون بين البلدين في مختلف المجالات.",
        "وأكد الطرفان أهمية مواصلة التشاور حول القضايا ذات الاهتمام المشترك.",
        "وأشاد {host_name} بعمق العلاقات بين الشعبين الشقيقين.",
        "وأعرب {guest_name} عن شكره لمضيفه على حسن الاستقبال وكرم الضيافة.",
        "كما تناولت المباحثات الأمن الإقليمي والتجارة ومكافحة الإرهاب.",
        "واتفقا على عقد الدورة المقبلة للجنة المشتركة قبل نهاية العام الجاري.",
        "وحضر اللقاء عدد من كبار المسؤولين من الجانبين.",
    ),
)


class Person(NamedTuple):
    """A minister: given name, father's name, family name, country and office by number."""

    given: int
    father: int
    family: int
    country: int
    office: int

    def name(self, language: int) -> str:
        """Write the name; Arabic has its own script."""
        script = 1 if LANGUAGES[language] == "ar" else 0
        parts = (GIVEN[self.given], GIVEN[self.father], FAMILY[self.family])
        return " ".join(part[script] for part in parts)


def people(n: int, chance: random.Random) -> list[Person]:
    """Invent people, no two of one name: one a country and office, or a few after each other."""
    names = chance.sample(range(len(GIVEN) ** 2 * len(FAMILY)), n)
    return [
        Person(
            name % len(GIVEN),
            name // len(GIVEN) % len(GIVEN),
            name // len(GIVEN) ** 2,
            chance.randrange(len(COUNTRIES)),
            chance.randrange(len(OFFICES)),
        )
        for name in names
    ]


def invent(n_articles: int, seed: int = 0) -> Iterator[tuple[dict[str, object], dict[str, object]]]:
    """Invent articles, each with its label; most meetings are told by one article, some by two or three."""
    chance = random.Random(seed)  # noqa: S311 - the same each time is what is wanted
    known = people(min(20_000, max(12, n_articles // 5)), chance)
    number = 0
    while number < n_articles:
        host, guest = chance.sample(known, 2)
        if host.country == guest.country:
            continue
        day = datetime.date(2010, 1, 1) + datetime.timedelta(days=chance.randrange(5000))
        n_reports = min(chance.choice((1, 1, 1, 2, 3)), n_articles - number)
        for language in chance.sample(range(3), n_reports):
            name = f"a{number:07}"
            article = {
                "id": name,
                "language": LANGUAGES[language],
                "published": day.isoformat(),
                "publisher": f"Agency {chance.randrange(40)}",
                "text": _text(host, guest, day, language, chance),
            }
            yield article, _label(name, host, guest, day, language)
            number += 1


def _text(
    host: Person, guest: Person, day: datetime.date, language: int, chance: random.Random
) -> str:
    words = {
        "city": COUNTRIES[host.country][4 + language],
        "day": day.day,
        "month": MONTHS[day.month - 1][language],
        "year": day.year,
    }
    for side, person in (("host", host), ("guest", guest)):
        words[f"{side}_name"] = person.name(language)
        words[f"{side}_office"] = OFFICES[person.office][language]
        words[f"{side}_state"] = COUNTRIES[person.country][1 + language]
    sentences = [LEADS[language]]
    rest = list(REST[language])
    while sum(map(len, sentences)) < LENGTH:
        chance.shuffle(rest)
        sentences += rest
    text = " ".join(sentences).format(**words)
    return text[: text.index(".", LENGTH - 100) + 1]


def _label(
    name: str, host: Person, guest: Person, day: datetime.date, language: int
) -> dict[str, object]:
    participants = [
        {
            "mention": person.name(language),
            "type": "person",
            "role": OFFICES[person.office][language],
            "country": COUNTRIES[person.country][0],
            "side": side,
        }
        for side, person in (("host", host), ("guest", guest))
    ]
    country = COUNTRIES[host.country]
    meeting = {
        "kind": "meeting",
        "status": "held",
        "date": day.isoformat(),
        "city": country[4],
        "country": country[0],
        "participants": participants,
    }
    return {"id": name, "lang": LANGUAGES[language], "meetings": [meeting]}


def main(n_articles: str, news: str, gold: str | None = None) -> None:
    with Path(news).open("w", encoding="utf-8") as file:
        labels = []
        for article, label in invent(int(n_articles)):
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
            labels.append(label)
    if gold:
        lines = (json.dumps(label, ensure_ascii=False) + "\n" for label in labels)
        Path(gold).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
