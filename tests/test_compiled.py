from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.compiled import Words, kept, pack

if TYPE_CHECKING:
    from pathlib import Path

WORDS = {"embassy": "ambassade", "état": "état\u2028", "سفير": "", "é": "1\t2"}


class Maker:
    """Make words, and count how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> dict[str, str]:
        self.times += 1
        return WORDS


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "dipkg"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "source").write_text("1", encoding="utf-8")
    return tmp_path / "source"


def test_what_is_packed_is_found_again() -> None:
    words = Words(pack(WORDS))

    assert {word: words.get(word) for word in words} == WORDS
    assert "ministry" not in words


def test_words_are_made_once(cache: Path, source: Path) -> None:
    make = Maker()

    found = [kept("test", [source], make).get("embassy") for _ in range(2)]
    assert (found, make.times) == (["ambassade"] * 2, 1)
    assert [path.name.partition("-")[0] for path in cache.iterdir()] == ["test"]


def test_words_are_made_anew_when_their_source_changes(cache: Path, source: Path) -> None:
    make = Maker()

    for version in "12345678":
        copy = source.with_name(version) / "source"
        copy.parent.mkdir()
        copy.write_text(version, encoding="utf-8")
        kept("test", [copy], make)
    assert make.times == 8
    assert len(list(cache.iterdir())) < 8


@pytest.mark.parametrize("broken", [b"", b"something else", pack(WORDS)[:-1]])
def test_a_broken_file_is_made_anew(cache: Path, source: Path, broken: bytes) -> None:
    kept("test", [source], Maker())
    [path] = cache.iterdir()
    path.write_bytes(broken)

    assert kept("test", [source], Maker()).get("embassy") == "ambassade"
    assert path.read_bytes() == pack(WORDS)


def test_without_a_cache_all_is_made_again(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder can be here", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    make = Maker()

    found = [kept("test", [source], make).get("embassy") for _ in range(2)]
    assert (found, make.times) == (["ambassade"] * 2, 2)
