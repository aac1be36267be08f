from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import StoreError
from kg.queries import ask
from kg.store import Store
from kg.store.remote import Remote, reach
from kg.store.sending import load

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent / "benchmarks")]
import synthetic  # noqa: E402 - tests are no package
from served import oxigraph, served  # noqa: E402 - as above

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    Store.create(folder, synthetic.quads(12)).close()
    return folder


@pytest.fixture(scope="module")
def endpoint(folder: Path) -> Iterator[str]:
    with served(folder, n_workers=1) as address:
        yield address


@pytest.mark.parametrize("path", ["/update", "/store"])
def test_a_graph_is_loaded_into_another_store(folder: Path, elsewhere: str, path: str) -> None:
    loaded = load(folder, elsewhere + path, size=500)

    with Store.open(folder) as store:
        assert loaded.n_quads == len(store)
        assert set(Remote(f"{elsewhere}/query").fetch()) == set(store)
    assert not (folder / "loading.json").exists()


def test_a_load_that_broke_off_goes_on_where_it_was(folder: Path, elsewhere: str) -> None:
    def break_off(done: int, _: int) -> None:
        if done >= 900:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(folder, f"{elsewhere}/update", size=300, watch=break_off)
    loaded = load(folder, f"{elsewhere}/update", size=300)

    assert loaded.n_before == 3
    assert loaded.n_sent == -(-loaded.n_quads // 300) - 3


def test_the_knowledge_may_have_a_name_over_there(folder: Path, elsewhere: str) -> None:
    name = "https://example.org/knowledge"
    load(folder, f"{elsewhere}/update", knowledge=name)

    with Store.open(folder) as store:
        n_knowledge = sum(1 for _ in store.read())
    remote = Remote(f"{elsewhere}/query")
    assert (remote.count(), remote.count(name)) == (0, n_knowledge)


def test_what_did_not_arrive_is_told(folder: Path, elsewhere: str) -> None:
    with oxigraph() as other, pytest.raises(StoreError, match="are not there - load it again"):
        load(folder, f"{elsewhere}/update", query_url=f"{other}/query")


@pytest.mark.parametrize("name", ["meetings", "participants", "who-met-whom", "most-connected"])
def test_questions_are_answered_by_an_endpoint_as_by_the_folder(
    folder: Path, endpoint: str, name: str
) -> None:
    with Store.open(folder) as store:
        there = ask(Remote(f"{endpoint}/sparql"), name)
        here = ask(store, name)

    assert there.rows == here.rows
    assert there.labels == here.labels


def test_names_are_found_over_there(endpoint: str) -> None:
    remote = Remote(f"{endpoint}/sparql")

    result = ask(remote, "meetings-of-country", {"country": "مصر"})
    assert result.given == {"country": ("Egypt",)}
    assert ask(remote, "describe", {"what": "EG"}).triples


def test_a_user_names_a_folder_or_an_address(folder: Path, endpoint: str) -> None:
    answers = [ask(reach(where), "meetings") for where in (folder, f"{endpoint}/sparql")]

    assert answers[0].rows == answers[1].rows


def test_rdflib_reads_over_there(endpoint: str) -> None:
    question = f"SELECT ?c {{ ?c a <{synthetic.DIP}Country> }}"

    assert len(list(Remote(f"{endpoint}/sparql").graph.query(question))) == len(synthetic.COUNTRIES)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://example.org/", "no address of an endpoint"),
        ("http://", "no address of an endpoint"),
        ("http://[::1", "write it like"),
    ],
)
def test_what_is_no_address_is_told(url: str, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        Remote(url)


def test_no_answer_is_told_and_no_password_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)

    with pytest.raises(StoreError, match=r"no answer.*is it started") as error:
        Remote("http://me:secret@127.0.0.1:9/sparql").count()
    assert "secret" not in str(error.value)


def test_a_page_is_no_endpoint(endpoint: str) -> None:
    with pytest.raises(StoreError, match="405"):
        Remote(f"{endpoint}/").count()
