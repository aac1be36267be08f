"""Dates in a text, what they mean on the day of writing, and the day of writing itself; a date is never invented."""

from __future__ import annotations

from kg.dates.anchors import resolve
from kg.dates.datelines import dateline
from kg.dates.expressions import Expression
from kg.dates.grammar import find

__all__ = ["Expression", "dateline", "find", "resolve"]
