"""Results in the order of their batches, with few of them under way: memory stays flat."""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
R_co = TypeVar("R_co", covariant=True)


class Promise(Protocol[R_co]):
    """A result that is on its way."""

    def result(self) -> R_co:
        """Wait for it."""


def in_order(
    submit: Callable[[T], Promise[R_co]], batches: Iterable[T], width: int
) -> Iterator[R_co]:
    """Hand out at most `width` batches at a time."""
    rest = iter(batches)
    waiting = deque(map(submit, islice(rest, width)))
    while waiting:
        yield waiting.popleft().result()
        waiting.extend(map(submit, islice(rest, 1)))
