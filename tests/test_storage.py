"""Articles and graphs in storage that machines share: in memory as fsspec has it, and on a real S3 server."""

from __future__ import annotations

import sys
import uuid
from typing import TYPE_CHECKING

import pytest
import s3fs

from kg.articles import find, size
from kg.errors import ArticleError, ExportError, StorageError, StoreError
from kg.exporters import export
from kg.pipeline import build
from kg.storage import Shared, is_shared
from kg.store import Store, sending
from kg.store.remote import Remote
from kg.store.sending import load
from kg.store.sharding import Shards

if TYPE_CHECKING:
    from pathlib import Path

    from kg.pipeline import Build


@pytest.fixture(autouse=True)
def _nothing_known() -> None:
    """Clients that know another server by their settings are forgotten."""
    s3fs.S3FileSystem.clear_instance_cache()


@pytest.fixture(params=["memory", "s3"])
def shared(request: pytest.FixtureRequest) -> Shared:
    """A new folder in storage, its bucket made."""
    if request.param == "memory":
        return Shared(f"memory://{uuid.uuid4()}/folder")
    request.getfixturevalue("s3")
    bucket = str(uuid.uuid4())
    s3fs.S3FileSystem().mkdir(bucket)
    return Shared(f"s3://{bucket}/folder")


def put(folder: Shared, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).write_bytes(data)


def test_articles_in_storage_are_found_as_those_of_a_folder(shared: Shared, tmp_path: Path) -> None:
    files = {
        "b.txt": b"b",
        "a.txt": b"a",
        "sub/c.md": b"c",
        "lines.jsonl": b'{"text": "x"}\n\n{"text": "y"}\n',
        "picture.png": b"no article",
        ".hidden/d.txt": b"d",
        "graph/graph.trig": b"a graph",
        "graph/report.txt": b"its report",
    }
    for name, data in files.items():
        (shared / name).write_bytes(data)
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)

    there, here = (list(find([str(where)])) for where in (shared, tmp_path))
    assert {at(each) for each in there} == {at(each) for each in here}
    assert {each.where.removeprefix(str(shared)) for each in there} == {
        each.where.removeprefix(str(tmp_path)) for each in here
    }
    assert size([str(shared)]) == size([str(tmp_path)])
    assert len(there) == 5


def at(found: object) -> tuple[object, ...]:
    assert not isinstance(found, ArticleError), str(found)
    return found.id, found.suffix, found.data, found.digest


def test_a_graph_of_articles_in_storage_is_that_of_the_same_in_a_folder(
    shared: Shared, seeds: Path, tmp_path: Path
) -> None:
    put(shared, {path.name: path.read_bytes() for path in seeds.iterdir()})
    build([str(shared)], tmp_path / "there")
    build([seeds], tmp_path / "here")

    for name in ("graph.ttl", "graph.trig"):
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


def test_one_file_in_storage_may_be_named(shared: Shared) -> None:
    put(shared, {"a.txt": b"a", "b.txt": b"b", "c.png": b"c"})

    [found] = find([f"{shared}/b.txt"])
    assert at(found)[0] == "b"
    [missing] = find([f"{shared}/d.txt"])
    assert str(missing) == f"{shared}/d.txt: there is no such file or folder - check the path"
    [other] = find([f"{shared}/c.png"])
    assert "this is no kind of article" in str(other)


def test_what_is_exported_into_storage_has_the_bytes_of_a_file_here(
    shared: Shared, built: Build, tmp_path: Path
) -> None:
    with Store.open(built.folder) as store:
        export(store, f"{shared}/graph.nt")
        export(store, tmp_path / "graph.nt")

    assert (shared / "graph.nt").read_bytes() == (tmp_path / "graph.nt").read_bytes()


def test_shards_hold_the_graph_and_have_the_same_bytes_everywhere(
    shared: Shared, built: Build, tmp_path: Path
) -> None:
    with Store.open(built.folder) as store:
        for folder in (str(shared), tmp_path / "shards"):
            export(store, folder, shards=7)
        export(store, str(shared), shards=3)
        export(store, tmp_path / "fewer", shards=3)
        quads = set(store)

    here = {path.name: path.read_bytes() for path in (tmp_path / "fewer").iterdir()}
    assert {file.name: file.read_bytes() for file in shared.files()} == here
    assert len(here) == 4
    for folder in (shared, tmp_path / "shards"):
        found = Shards.find(folder)
        assert found is not None
        assert set(found) == quads
        assert found.n_quads == len(quads)


def test_shards_take_no_place_of_anything_else(shared: Shared, built: Build) -> None:
    put(shared, {"mine.txt": b"mine"})

    with (
        Store.open(built.folder) as store,
        pytest.raises(ExportError, match=r"mine\.txt - name an"),
    ):
        export(store, str(shared), shards=2)
    assert (shared / "mine.txt").read_bytes() == b"mine"


def test_shards_are_loaded_into_another_store(shared: Shared, built: Build, elsewhere: str) -> None:
    with Store.open(built.folder) as store:
        export(store, str(shared), shards=3)
        quads = set(store)
    loaded = load(str(shared), f"{elsewhere}/update", size=700)

    assert loaded.n_quads == len(quads)
    assert set(Remote(f"{elsewhere}/query").fetch()) == quads


def test_a_load_of_shards_that_broke_off_goes_on(
    shared: Shared, built: Build, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "_RARELY", 2)
    with Store.open(built.folder) as store:
        export(store, str(shared), shards=3)

    def break_off(done: int, _: int) -> None:
        if done >= 1500:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(str(shared), f"{elsewhere}/update", size=300, watch=break_off)
    loaded = load(str(shared), f"{elsewhere}/update", size=300)

    assert loaded.n_before == 4
    assert loaded.n_sent == -(-loaded.n_quads // 300) - 4
    assert not (shared / "loading.json").exists()


def test_shards_that_are_not_whole_are_not_loaded(shared: Shared, built: Build) -> None:
    with Store.open(built.folder) as store:
        export(store, str(shared), shards=3)
    (shared / "shards.json").unlink()

    with pytest.raises(StoreError, match="no shards are here, or not all of them - write them"):
        load(str(shared), "http://127.0.0.1:9/update")


def test_a_graph_is_not_made_in_storage(shared: Shared, seeds: Path) -> None:
    with pytest.raises(StoreError, match=f"name a folder here; then: kg export FOLDER {shared} "):
        build([seeds], str(shared))


def test_storage_that_is_not_reached_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "else")

    with pytest.raises(StorageError, match=r"s3://news: .*127.0.0.1:9.* - check the address"):
        list(find(["s3://news"]))


def test_storage_of_an_unknown_kind_is_told() -> None:
    with pytest.raises(StorageError, match="Protocol not known: shelf - install what"):
        list(find(["shelf://news"]))


def test_without_the_extra_the_user_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)

    with pytest.raises(StorageError, match=r"pip install 'dipkg\[cluster\]'"):
        list(find(["s3://news"]))


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("s3://a/b", True),
        ("a/b", False),
        ("http://a/b", False),
        ("https://a", False),
        ("C:/a", False),
    ],
)
def test_storage_is_told_from_paths_and_from_the_web(where: str, expected: bool) -> None:  # noqa: FBT001
    assert is_shared(where) is expected
