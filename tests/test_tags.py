from __future__ import annotations

import pickle

import pytest

from kg.extractors.forms import Label


def test_a_tag_is_one_thing_however_it_was_come_by() -> None:
    assert Label("given-name") is Label.GIVEN_NAME
    assert pickle.loads(pickle.dumps(Label.OFFICE)) is Label.OFFICE  # noqa: S301 - our own bytes


def test_what_is_no_tag_is_refused() -> None:
    with pytest.raises(KeyError):
        Label("nonsense")
