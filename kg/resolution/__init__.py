"""What articles say becomes what the world has: one person, one organization, one meeting, and why.

The result depends on the set of readings and the user's decisions alone: never on their order or number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.resolution.decisions import NONE, Decisions
from kg.resolution.explain import explain
from kg.resolution.increments import Change, Resolver
from kg.resolution.passes import settle
from kg.resolution.review import review

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model import Knowledge, Reading
    from kg.resolution.weighing import Carry

__all__ = ["NONE", "Change", "Decisions", "Resolver", "explain", "resolve", "review"]


def resolve(
    readings: Iterable[Reading], decisions: Decisions = NONE, *, carry: Carry = map
) -> Knowledge:
    """Find the people, organizations, countries and meetings that all readings together tell of.

    `carry` applies a function to many batches, as `map` does, perhaps on other machines.
    """
    return settle(readings, decisions, carry)
