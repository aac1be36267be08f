from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from served import oxigraph

from kg.pipeline import Build, build

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="session")
def seeds() -> Path:
    return SEEDS


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The graph of the seeds, for tests that only read it."""
    return build([SEEDS], tmp_path_factory.mktemp("seeds") / "graph")


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """A SPARQL store by others, empty."""
    with oxigraph() as address:
        yield address


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """An S3 server of this machine, and whom its clients say that they are."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415 - it takes a second to import

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    with pytest.MonkeyPatch.context() as patch:
        host, port = server.get_host_and_port()
        address = f"http://{host}:{port}"
        patch.setenv("AWS_ENDPOINT_URL", address)
        patch.setenv("AWS_ACCESS_KEY_ID", "me")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        yield address
    server.stop()
