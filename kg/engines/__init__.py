"""What carries a function over many batches: this machine's processes, or other machines.

An engine knows nothing of articles: it hands out batches and gives back results, in the batches' order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.engines import cluster, processes

if TYPE_CHECKING:
    from collections.abc import Callable

ENGINES: dict[str, Callable[..., Any]] = {"processes": processes.carry, "dask": cluster.carry}
