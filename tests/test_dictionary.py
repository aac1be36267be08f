from __future__ import annotations

import pytest
import simplemma

from kg.extractors.dictionary import is_known
from kg.languages import codes

WORDS = [
    "minister",
    "paris",
    "macdonald",
    "d'",
    "aujourd'hui",
    "aujourd’hui",
    "l'état",
    "été",
    "été",
    "été's",
    "don't",
    "donʼt",
    "مكثف",
    "مكثّف",
    "الوزير",
    "لقاءٔ",
    "y",
    "niño",
    "niño",
    "2024",
    "x1",
    "%",
    "’",
    "straße",
    "i̇stanbul",
]


@pytest.mark.parametrize("code", codes())
def test_a_word_is_known_if_simplemma_knows_it(code: str) -> None:
    known = [word for word in WORDS if is_known(code, word)]

    assert known == [word for word in WORDS if simplemma.is_known(word, code)]
