from __future__ import annotations

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
