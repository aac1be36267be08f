"""Answers that were given already: a generation of the store never changes, so neither do they."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

    from kg.server.tasks import Answer


class Memory:
    """The answers asked for last, as long as they fit."""

    def __init__(self, most: int = 64_000_000, each: int = 1_000_000) -> None:
        """Remember nothing yet; `most` bytes in all, `each` at most."""
        self._most, self._each = most, each
        self._held = 0
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()

    def get(self, key: Hashable) -> Answer | None:
        """Give an answer that was given before."""
        if key in self._answers:
            self._answers.move_to_end(key)
        return self._answers.get(key)

    def put(self, key: Hashable, answer: Answer) -> None:
        """Remember an answer, and forget the oldest."""
        if len(answer.body) > self._each or key in self._answers:
            return
        self._answers[key] = answer
        self._held += len(answer.body)
        while self._held > self._most:
            _, oldest = self._answers.popitem(last=False)
            self._held -= len(oldest.body)
